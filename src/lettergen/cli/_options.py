"""Options that several commands have."""

from typing import Annotated

import typer

Summit = Annotated[str, typer.Option("--summit", metavar="SUMMIT", help="A folder under letters/.")]
Language = Annotated[
    str | None, typer.Option("--language", metavar="LANGUAGE", help="All letters in it: en, fr, de or ru.")
]
Layout = Annotated[
    str | None,
    typer.Option("--layout", metavar="LAYOUT", help="Another layout than the campaign's: din5008-a, us-no10, …"),
]
Json = Annotated[bool, typer.Option("--json", help="Report as JSON on stdout.")]
