"""lettergen request-changes."""

from typing import Annotated

import typer

from lettergen.cli._choices import chosen_layout
from lettergen.cli._deciding import (
    Every,
    Letters,
    Role,
    loaded,
    refuse_missing_words,
    speaking,
    tell,
    wanted,
)
from lettergen.cli._options import Json, Language, Layout, Summit


def request_changes(
    ctx: typer.Context,
    summit: Summit,
    *,
    letters: Letters = None,
    words: Annotated[str, typer.Argument(metavar="WORDS", help="What must change.", show_default=False)],
    every: Every = False,
    role: Role = None,
    language: Language = None,
    layout: Layout = None,
    as_json: Json = False,
) -> None:
    """Ask for changes of letters. None of them is approved until you approve it, or withdraw what you asked for."""
    from lettergen.review import deciding

    review = loaded(ctx.obj, summit, letters, language, chosen_layout(layout))
    refuse_missing_words(review, words)
    chosen = wanted(review, letters, every=every)
    tell(review, deciding.request_changes(review, chosen, speaking(ctx.obj, role), words), as_json=as_json)
