"""Two readings of a letter → what changed between them, block by block."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from lettergen.files import sha256
from lettergen.review.alignment import Pair, align
from lettergen.review.prose import Part, compare

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lettergen.render.reading import Block, Kind
    from lettergen.review.snapshot import Snapshot

Status = Literal["same", "changed", "added", "removed", "moved"]

_UNREAD = (
    "Something has changed that cannot be read here: a space that holds words together, or data that is attached "
    "to the PDF."
)
_NOTHING = sha256(b"")
_HEAD_FILES = {
    "logo": "logo",
    "template": "template (letterhead.html)",
    "style": "style sheet (letterhead.css)",
}


@dataclass(frozen=True, slots=True)
class BlockChange:
    """What became of one block.

    Attributes:
        kind: what it is.
        id: its name, as it is now; as it was, when it was removed.
        labels: what the page prints in front of it, before and after; None where there was no such block.
        status: “moved” when it stands elsewhere among its neighbours, whether its words changed too or not. A
            number that only follows from other changes, its own or that of a note it refers to, leaves it “same”.
        parts: its text as it was and as it is, in one: what is equal or deleted was there before, what is equal or
            inserted is there now.
    """

    kind: Kind
    id: str
    labels: tuple[str | None, str | None]
    status: Status
    parts: tuple[Part, ...]

    @property
    def before(self) -> str:
        """The text as it was."""
        return "".join(part.text for part in self.parts if part.op != "insert")

    @property
    def after(self) -> str:
        """The text as it is."""
        return "".join(part.text for part in self.parts if part.op != "delete")


def redline(before: Sequence[Block], after: Sequence[Block]) -> tuple[BlockChange, ...]:
    """Return what became of each block, in the order of the later reading, unchanged ones too."""
    return tuple(change(pair) for pair in align(before, after))


def change(pair: Pair) -> BlockChange:
    """Return what became of one block."""
    was, now = pair.before, pair.after
    if was and now:
        status: Status = "moved" if pair.moved else "same" if pair.same else "changed"
        return BlockChange(now.kind, now.id, (was.label, now.label), status, compare(was.text, now.text))
    if now:
        return BlockChange(now.kind, now.id, (None, now.label), "added", _all("insert", now.text))
    if was:
        return BlockChange(was.kind, was.id, (was.label, None), "removed", _all("delete", was.text))
    raise ValueError("a pair without a block")


def sheet_changes(before: Snapshot, after: Snapshot) -> tuple[str, ...]:
    """Return a sentence for each thing that changed and is no text.

    Two snapshots with different hashes have at least one, or their redline has a block that is not the same.
    """
    sentences = tuple(_sheet_changes(before, after))
    if sentences or before.hash == after.hash:
        return sentences
    if any(block.status != "same" for block in redline(before.blocks, after.blocks)):
        return ()
    return (_UNREAD,)


def _sheet_changes(before: Snapshot, after: Snapshot) -> Iterator[str]:
    if before.letter != after.letter:
        yield f"This is the letter {after.letter}; it was {before.letter}."
    was, now = before.sheet, after.sheet
    if was.get("layout") != now.get("layout"):
        yield f"The layout is now {now.get('layout')}; it was {was.get('layout')}."
    for key, file in _HEAD_FILES.items():
        if was.get(key) == now.get(key):
            continue
        if was.get(key) == _NOTHING:
            yield f"The letterhead now has a {file} of its own."
        elif now.get(key) == _NOTHING:
            yield f"The letterhead no longer has a {file} of its own."
        else:
            yield f"The letterhead’s {file} has changed."
    if was.get("letterhead") != now.get("letterhead"):
        yield "The letterhead’s details (letterhead.toml) have changed: its colour, name, address or contacts."
    known = {"layout", "letterhead", "data", *_HEAD_FILES}
    for key in sorted((was.keys() | now.keys()) - known):
        if was.get(key) != now.get(key):
            yield f"The sheet’s “{key}” has changed."


def _all(op: Literal["insert", "delete"], text: str) -> tuple[Part, ...]:
    return (Part(op, text),) if text else ()
