"""lettergen comment."""

from typing import Annotated

import typer

from lettergen.cli._choices import chosen_layout
from lettergen.cli._deciding import (
    Letters,
    Role,
    loaded,
    refuse_missing_words,
    speaking,
    tell,
    wanted,
)
from lettergen.cli._options import Json, Language, Layout, Summit


def comment(
    ctx: typer.Context,
    summit: Summit,
    *,
    passage: Annotated[
        str, typer.Option("--on", metavar="PASSAGE", help="Words of the letter, as show shows them.")
    ],
    letters: Letters = None,
    words: Annotated[str, typer.Argument(metavar="WORDS", help="What you say about it.", show_default=False)],
    role: Role = None,
    language: Language = None,
    layout: Layout = None,
    as_json: Json = False,
) -> None:
    """Say something about a passage of a letter. The comment stays with the passage while the letter changes."""
    from lettergen.problems import UsageError
    from lettergen.review import deciding

    review = loaded(ctx.obj, summit, letters, language, chosen_layout(layout))
    refuse_missing_words(review, words)
    chosen = wanted(review, letters, every=False)
    if len(chosen) != 1:
        raise UsageError("A comment is about one letter.", help="Name that letter alone.")
    tell(review, deciding.comment(review, chosen[0], speaking(ctx.obj, role), passage, words), as_json=as_json)
