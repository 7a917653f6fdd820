"""lettergen withdraw."""

from typing import Annotated

import typer

from lettergen.cli._deciding import Words, speaking, tell
from lettergen.cli._options import Json, Summit


def withdraw(
    ctx: typer.Context,
    summit: Summit,
    decision: Annotated[
        str | None,
        typer.Argument(metavar="DECISION", help="Its short name, as status shows it; your latest when left out."),
    ] = None,
    words: Words = None,
    as_json: Json = False,
) -> None:
    """Take a decision of your own back. It stays in the file, and counts no more."""
    from lettergen.problems import UsageError
    from lettergen.review import deciding
    from lettergen.review.review import load_review

    review = load_review(ctx.obj, summit)
    voice = speaking(ctx.obj)
    if decision is None:
        last = deciding.last_of(review, voice.reviewer)
        if last is None:
            raise UsageError(f"{voice.reviewer} has decided nothing that still counts.")
        decision = last.hash
    tell(review, deciding.withdraw(review, decision, voice, words), as_json=as_json)
