"""What has changed since a letter was approved last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from lettergen.review.redline import redline, sheet_changes
from lettergen.tui.words import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lettergen.review.prose import Op, Part
    from lettergen.review.redline import BlockChange
    from lettergen.review.review import Review
    from lettergen.review.snapshot import Snapshot

_MARKS: dict[Op, tuple[str, str, str]] = {
    "equal": ("", "", ""),
    "delete": ("[-", "-]", "$error"),
    "insert": ("{+", "+}", "$success"),
}


def changes(review: Review, letter: str) -> Content:
    """Return what changed in a letter since its last approval, or a sentence that says that there is nothing."""
    approval = review.last_approval(letter)
    if approval is None:
        return plain("This letter was never approved, so there is nothing to compare it with.")
    before, now = review.last_approved(letter), review.snapshots[letter]
    if before is None:
        return plain(f"The text that {approval.by.name} approved ({approval.short}) was not kept.")
    when = f"{approval.by.name} approved it on {approval.at:%Y-%m-%d at %H:%M} UTC ({approval.short})"
    if before.hash == now.hash:
        return plain(f"Nothing has changed since {when}.")
    head = Content.styled(f"Changes since {when}.", "$text-muted")
    return Content("\n\n").join([head, *_pieces(before, now)])


def _pieces(before: Snapshot, now: Snapshot) -> Iterator[Content]:
    for sentence in sheet_changes(before, now):
        yield plain(sentence)
    same = 0
    for change in redline(before.blocks, now.blocks):
        if change.status == "same":
            same += 1
            continue
        if same:
            yield _unchanged(same)
        same = 0
        yield _block(change)
    if same:
        yield _unchanged(same)


def _unchanged(number: int) -> Content:
    return Content.styled(f"⋯ {number} part{'' if number == 1 else 's'} unchanged", "$text-muted")


def _block(change: BlockChange) -> Content:
    was, now = change.labels
    label = now if now is not None else was
    name = change.kind.replace("-", " ").capitalize()
    title = f"{name} {label or change.id}".strip()
    return Content.assemble((f"{title} · {change.status}", "bold"), "\n", _marked(change.parts))


def _marked(parts: Sequence[Part]) -> Content:
    pieces = []
    for part in parts:
        opening, closing, colour = _MARKS[part.op]
        pieces.append(Content.assemble(opening, plain(part.text), closing).stylize(colour))
    return Content("").join(pieces)
