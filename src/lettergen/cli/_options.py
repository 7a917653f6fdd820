"""Options that several commands have."""

from pathlib import Path
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
SignatureLevel = Annotated[
    str | None, typer.Option("--level", metavar="LEVEL", help="Of the signature: B, T, LT or LTA.")
]
AcceptLevel = Annotated[
    str | None,
    typer.Option("--accept-level", metavar="LEVEL", help="Go on at this level where the other is not reached."),
]
PassphraseFile = Annotated[
    Path | None,
    typer.Option("--passphrase-file", metavar="FILE", help="The key's passphrase, on its first line."),
]
Json = Annotated[bool, typer.Option("--json", help="Report as JSON on stdout.")]
