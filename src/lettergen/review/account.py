"""What changed in a letter, as one tells it: passage by passage, then what follows from it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from lettergen.review.alignment import NUMBERED
from lettergen.review.prose import Part, compare
from lettergen.review.redline import redline, sheet_changes
from lettergen.review.titles import number, title

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lettergen.review.redline import BlockChange
    from lettergen.review.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a letter that changed.

    Attributes:
        title: what it is and what became of it: “Demand 2, dropped”.
        parts: its text, with its run-in heading; none where it only moved.
    """

    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """What changed in a letter.

    Attributes:
        passages: in the order of the page.
        renumbered: sentences about numbers, which follow from other changes.
        sheet: sentences about what is no text.
        unchanged: how many pieces of the letter are as they were.
    """

    passages: tuple[Passage, ...]
    renumbered: tuple[str, ...]
    sheet: tuple[str, ...]
    unchanged: int


@dataclass(frozen=True, slots=True)
class Wording:
    """How one says what became of a piece."""

    added: str
    removed: str
    moved: str
    was: str


_SINCE = Wording("new", "dropped", "moved: now", "was")
BETWEEN_LETTERS = Wording("in addition", "missing here", "elsewhere:", "there")


def account(before: Snapshot, after: Snapshot) -> Account:
    """Return what changed between two readings of a letter."""
    changes = redline(before.blocks, after.blocks)
    return Account(
        passages(changes),
        tuple(_renumbered(changes)),
        sheet_changes(before, after),
        sum(change.status == "same" for change in changes),
    )


def passages(changes: Sequence[BlockChange], wording: Wording = _SINCE) -> tuple[Passage, ...]:
    """Return what is not the same among changes in the order of the page."""
    return tuple(
        Passage(_headline(change, changes[:index], wording), _text(change))
        for index, change in enumerate(changes)
        if change.status != "same" and not _goes_along(change)
    )


def text_with_heading(change: BlockChange) -> tuple[Part, ...]:
    """Return the text of a block behind the heading that it runs on from, if it has one."""
    was, now = change.labels
    if change.kind in NUMBERED or not (was or now):
        return change.parts
    if was is None:
        return (Part("insert", f"{now} {change.after}"),)
    if now is None:
        return (Part("delete", f"{was} {change.before}"),)
    return (*compare(was, now), Part("equal", " "), *change.parts)


def _text(change: BlockChange) -> tuple[Part, ...]:
    parts = text_with_heading(change)
    return () if all(part.op == "equal" for part in parts) else parts


def _goes_along(change: BlockChange) -> bool:
    """Whether a paragraph only moved with the one before it."""
    return change.status == "moved" and "/" in change.id and not _text(change)


def _headline(change: BlockChange, earlier: Sequence[BlockChange], wording: Wording) -> str:
    was, now = change.labels
    words = title(change.kind, change.id, (was if now is None else now) or "")
    if change.status == "added":
        return f"{words}, {wording.added}"
    if change.status == "removed":
        return f"{words}, {wording.removed}"
    if change.kind in NUMBERED and was is not None and was != now:
        words += f" ({wording.was} {number(was)})"
    return f"{words}, {wording.moved} {_place(change, earlier)}" if change.status == "moved" else words


def _place(change: BlockChange, earlier: Sequence[BlockChange]) -> str:
    """Return where a block stands now: behind another of its kind, or first."""
    name = change.id.partition("/")[0]
    for other in reversed(earlier):
        if other.kind == change.kind and other.status != "removed" and other.id.partition("/")[0] != name:
            words = title(other.kind, other.id.partition("/")[0], other.labels[1] or "")
            return f"after {words[0].lower()}{words[1:]}"
    return "first"


def _renumbered(changes: Sequence[BlockChange]) -> Iterator[str]:
    """Yield which demands have other numbers than before, and whether notes have."""
    numbers = [
        (int(number(was)), int(number(now)))
        for change in changes
        if change.kind == "demand"
        for was, now in [change.labels]
        if was and now and was != now
    ]
    for _, run in groupby(enumerate(numbers), key=lambda item: (item[1][0] - item[0], item[1][1] - item[0])):
        (was, now), *rest = [pair for _, pair in run]
        if rest:
            yield f"Demands {was} to {rest[-1][0]} are now {now} to {rest[-1][1]}."
        else:
            yield f"Demand {was} is now {now}."
    if any(change.kind == "note" and change.status == "same" and len({*change.labels}) > 1 for change in changes):
        yield "The notes have other numbers."
