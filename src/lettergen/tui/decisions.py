"""Everything that was decided about a letter, the latest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from lettergen.review.titles import title
from lettergen.tui.leaf import EMPTY, Paragraph
from lettergen.tui.words import KINDS, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lettergen.review.decisions import Decision
    from lettergen.review.review import Review


def decisions(review: Review, letter: str) -> Iterator[Paragraph]:
    """Yield the decisions about a letter, or a sentence that says that there are none."""
    about = review.about(letter)
    if not about:
        yield Paragraph(plain("Nobody has decided anything about this letter yet."))
    for decision in reversed(about):
        yield from _told(review, letter, decision)
        yield EMPTY


def _told(review: Review, letter: str, decision: Decision) -> Iterator[Paragraph]:
    sign, word, colour = KINDS[decision.decision]
    role = f" as {decision.role}" if decision.role else ""
    withdrawn = ", taken back since" if decision.hash in review.history.withdrawn else ""
    yield Paragraph(
        Content.assemble((sign, colour), " ", (plain(decision.by.name).plain, "bold"), f" {word}{role}{withdrawn}")
    )
    when = f"{decision.short} · {decision.at:%Y-%m-%d %H:%M} UTC · {_of_what(review, letter, decision)}"
    yield Paragraph(Content.styled(when, "$foreground-muted"), indent=2)
    if decision.quote:
        yield Paragraph(Content.styled(f"“{plain(decision.quote.exact).plain}”", "italic"), indent=2)
    if decision.words:
        yield Paragraph(plain(decision.words), indent=2)


def _of_what(review: Review, letter: str, decision: Decision) -> str:
    if decision.withdraws:
        return f"takes back {decision.withdraws[:8]}"
    if decision.quote:
        return _place(review, letter, decision)
    return "of the text as it is now" if decision.text == review.snapshots[letter].hash else "of another text"


def _place(review: Review, letter: str, decision: Decision) -> str:
    """Return where in the letter a comment belongs; one that was taken back belongs nowhere any more."""
    if decision.hash in review.history.withdrawn:
        return "on a passage"
    place = next(found.block for found in review.state(letter).comments if found.decision == decision)
    for block in review.snapshots[letter].blocks:
        if (block.kind, block.id) == place:
            return title(block.kind, block.id, block.label)
    return "detached: the letter does not say this any more"
