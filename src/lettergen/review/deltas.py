"""The letters of a campaign against each other: what they share, once, and what each has of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from lettergen.render.reading import Block, Form, Kind
from lettergen.review.alignment import Pair, align
from lettergen.review.redline import BlockChange, change

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from lettergen.review.snapshot import Snapshot

_FORMS: frozenset[Kind] = frozenset(get_args(Form))


@dataclass(frozen=True, slots=True)
class Place:
    """Where letters differ.

    Attributes:
        kind: of the block that stands here.
        id: its name.
        label: what the page prints in front of it, in the first letter that has it.
        text: as the first letter that has it reads.
        in_all: whether each letter has such a block.
    """

    kind: Kind
    id: str
    label: str
    text: str
    in_all: bool


@dataclass(frozen=True, slots=True)
class OwnForms:
    """The forms of one letter that are not those of all: address, salutation, closing."""

    letter: str
    forms: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Variant:
    """Letters whose prose is the same.

    Attributes:
        changes: the prose that not all letters share. In the first variant it is that of the group's first letter
            as it reads; in the others only what differs from that.
        letters: with the forms of each.
    """

    changes: tuple[BlockChange, ...]
    letters: tuple[OwnForms, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The letters in one language.

    Attributes:
        language: of all of them.
        body: what all letters share, in the order of the page, and the places where they differ. Numbers are those
            of the first letter.
        variants: the first one has the group's first letter.
    """

    language: str
    body: tuple[Block | Place, ...]
    variants: tuple[Variant, ...]

    @property
    def first(self) -> str:
        """The letter that the others are compared with."""
        return self.variants[0].letters[0].letter

    @property
    def size(self) -> int:
        """How many letters there are."""
        return sum(len(variant.letters) for variant in self.variants)


def deltas(snapshots: Iterable[Snapshot]) -> tuple[Group, ...]:
    """Return the letters of a campaign against each other, by their language, in the campaign's order."""
    groups: dict[str, list[Snapshot]] = {}
    for snapshot in snapshots:
        groups.setdefault(snapshot.letter.rpartition(".")[2], []).append(snapshot)
    return tuple(_group(language, letters) for language, letters in groups.items())


def _group(language: str, letters: Sequence[Snapshot]) -> Group:
    first, *rest = letters
    others = [(letter.letter, align(first.blocks, letter.blocks)) for letter in rest]
    differing = {pair.before for _, pairs in others for pair in pairs if pair.before and _differs(pair)}
    itself = [Pair(block, block, moved=False, same=True) for block in first.blocks]
    own = tuple(change(pair) for pair in itself if pair.before in differing and not _is_form(pair))
    variants = {own: [OwnForms(first.letter, _own_forms(itself, differing))]}
    for letter, pairs in others:
        changes = tuple(change(pair) for pair in pairs if _differs(pair) and not _is_form(pair))
        variants.setdefault(changes or own, []).append(OwnForms(letter, _own_forms(pairs, differing)))
    return Group(
        language,
        tuple(_body(first.blocks, [pairs for _, pairs in others], differing)),
        tuple(Variant(changes, tuple(forms)) for changes, forms in variants.items()),
    )


def _differs(pair: Pair) -> bool:
    return pair.moved or not pair.same


def _is_form(pair: Pair) -> bool:
    block = pair.after or pair.before
    return block is not None and block.kind in _FORMS


def _own_forms(pairs: Iterable[Pair], differing: AbstractSet[Block]) -> tuple[Block, ...]:
    """Return the forms of a letter that not all letters have in the same words."""
    return tuple(
        pair.after
        for pair in pairs
        if pair.after and _is_form(pair) and (pair.before is None or pair.before in differing)
    )


def _body(
    first: Sequence[Block], others: Iterable[Sequence[Pair]], differing: AbstractSet[Block]
) -> Iterator[Block | Place]:
    """Yield what all letters share and where they differ, in the order of the first, with what it lacks."""
    # By the block of the first letter that it stands behind.
    lacked: dict[Block | None, dict[tuple[Kind, str], Block]] = {}
    missed: set[Block] = set()
    for pairs in others:
        behind: Block | None = None
        for was, now, *_ in pairs:
            if was:
                behind = was
                if now is None:
                    missed.add(was)
            elif now:
                # A note's name is a number, which is another one in each letter.
                name = now.text if now.kind == "note" else now.id
                lacked.setdefault(behind, {}).setdefault((now.kind, name), now)
    for block in (None, *first):
        if block:
            yield _place(block, in_all=block not in missed) if block in differing else block
        yield from (_place(more, in_all=False) for more in lacked.get(block, {}).values())


def _place(block: Block, *, in_all: bool) -> Place:
    return Place(block.kind, block.id, block.label, block.text, in_all)
