"""Everything that was decided about a letter, the latest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from lettergen.tui.words import KINDS, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lettergen.review.decisions import Decision
    from lettergen.review.review import Review


def decisions(review: Review, letter: str) -> Content:
    """Return the decisions about a letter, or a sentence that says that there are none."""
    blocks = {comment.decision.hash: comment.block for comment in review.state(letter).comments}
    entries = [
        Content("\n").join(_lines(review, letter, decision, blocks)) for decision in reversed(review.about(letter))
    ]
    if not entries:
        return plain("Nobody has decided anything about this letter yet.")
    return Content("\n\n").join(entries)


def _lines(
    review: Review, letter: str, decision: Decision, blocks: dict[str, tuple[str, str] | None]
) -> Iterator[Content]:
    sign, word, colour = KINDS[decision.decision]
    role = f" as {decision.role}" if decision.role else ""
    taken_back = decision.hash in review.history.withdrawn
    yield Content.assemble(
        Content.styled(f"{sign} ", colour),
        Content.styled(decision.by.name, "bold"),
        f" {word}{role}",
        " · withdrawn" if taken_back else "",
    )
    yield Content.styled(
        f"  {decision.short} · {decision.at:%Y-%m-%d %H:%M} UTC · {_text(review, letter, decision)}", "$text-muted"
    )
    if decision.quote:
        yield Content.assemble("  ", (f"“{plain(' '.join(decision.quote.exact.split()))}”", "italic"))
        if not taken_back and blocks.get(decision.hash) is None:
            yield Content.styled("  detached: the letter does not say this any more", "$warning")
    if decision.words:
        for line in decision.words.split("\n"):
            yield Content.assemble("  ", plain(line))


def _text(review: Review, letter: str, decision: Decision) -> str:
    if decision.withdraws:
        return f"takes back {decision.withdraws[:8]}"
    return "the text as it is now" if decision.text == review.snapshots[letter].hash else "another text"
