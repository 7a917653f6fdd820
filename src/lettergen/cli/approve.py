"""lettergen approve."""

from typing import TYPE_CHECKING, Annotated

import typer

from lettergen.cli._choices import chosen_layout
from lettergen.cli._console import say
from lettergen.cli._deciding import Every, Letters, Role, Words, loaded, speaking, tell, wanted
from lettergen.cli._options import Json, Language, Layout, Summit

if TYPE_CHECKING:
    from lettergen.review.review import Review

_WIDTH = 76  # cells


def approve(
    ctx: typer.Context,
    summit: Summit,
    letters: Letters = None,
    every: Every = False,
    role: Role = None,
    words: Words = None,
    text: Annotated[
        str | None,
        typer.Option(
            "--text", metavar="HASH", help="Only if the letter still reads as this text, which show tells."
        ),
    ] = None,
    language: Language = None,
    layout: Layout = None,
    as_json: Json = False,
) -> None:
    """Approve letters exactly as they read now. Any change of what a recipient would get ends the approval."""
    from lettergen.review import deciding

    review = loaded(ctx.obj, summit, letters, language, chosen_layout(layout))
    chosen = wanted(review, letters, every=every)
    if text:
        _refuse_other_text(review, chosen, text)
    voice = speaking(ctx.obj, role)
    if every:
        mine = [letter for letter in chosen if deciding.has_approved(review, letter, voice.reviewer)]
        if mine:
            who = voice.reviewer.name
            say(f"{who} has already approved {len(mine)} of {len(chosen)} letters; they stay as they are.")
        chosen = tuple(letter for letter in chosen if letter not in mine)
    tell(review, deciding.approve(review, chosen, voice, words) if chosen else (), as_json=as_json)


def _refuse_other_text(review: "Review", letters: tuple[str, ...], text: str) -> None:
    """Stop unless the one letter that is meant still reads as the text with this hash; show what changed."""
    from lettergen.problems import RefusedError, UsageError
    from lettergen.review.deciding import refuse_other_text

    if len(letters) != 1:
        raise UsageError("--text is of one letter.", help="Name that letter alone.")
    try:
        refuse_other_text(review, letters[0], text)
    except RefusedError:
        _tell_what_changed(review, letters[0], text)
        raise


def _tell_what_changed(review: "Review", letter: str, text: str) -> None:
    """Show on stderr what changed since the text that was read, if it was kept."""
    from lettergen.cli._changes import Comparison, comparison_lines
    from lettergen.cli._redline import written

    before = review.text_called(text)
    if before is not None:
        compared = Comparison(review.snapshots[letter], before, f"the text {text}", None)
        say(written(comparison_lines([compared], (), review.summit, _WIDTH), plain=True))
