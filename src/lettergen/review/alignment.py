"""Which block of one reading is which block of another."""

from __future__ import annotations

import re
from collections import defaultdict
from difflib import SequenceMatcher
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from lettergen.review.prose import likeness

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lettergen.render.reading import Block, Kind

# Blocks of these kinds have names of their own; all others of a kind are told apart by a running number.
_NAMED = frozenset({"concern", "demand", "signatory", "co-signatory"})
# Their labels are numbers that follow from what stands before them.
NUMBERED: frozenset[Kind] = frozenset({"demand", "note"})

_REFERENCE = re.compile(r"(?<=\s)\d+(?=\.$)")
_LEAST_ALIKE = 0.3  # with less in common, one paragraph went and another came


class Pair(NamedTuple):
    """A block as it was and as it is.

    Attributes:
        before: None when it was added.
        after: None when it was removed.
        moved: whether it stands elsewhere among its neighbours.
        same: whether it says the same, whatever number it has, in whatever place.
    """

    before: Block | None
    after: Block | None
    moved: bool
    same: bool


def align(before: Sequence[Block], after: Sequence[Block]) -> list[Pair]:
    """Return each block of two readings once, in the order of the later one.

    What was removed stands behind what it stood behind. Blocks belong together by their names; the paragraphs of
    one text, which have numbers only, by what they say.
    """
    partners = _partners(before, after)
    moved = _moved(partners, after)
    taken = set(partners.values())
    removed: dict[int, list[Pair]] = defaultdict(list)  # by the place in `after` that they stand behind
    places = {old: new for new, old in partners.items() if new not in moved}
    behind = -1
    for old, block in enumerate(before):
        if old in places:
            behind = places[old]
        elif old not in taken:
            removed[behind].append(Pair(block, None, moved=False, same=False))
    numbers = {before[old].label: after[new].label for new, old in partners.items() if after[new].kind == "note"}
    pairs = removed[-1]
    for new, block in enumerate(after):
        was = before[partners[new]] if new in partners else None
        same = was is not None and _says_the_same(was, block, numbers)
        pairs.append(Pair(was, block, moved=new in moved, same=same))
        pairs += removed[new]
    return pairs


def _says_the_same(was: Block, now: Block, numbers: Mapping[str, str]) -> bool:
    """Whether two blocks say the same; the number of a demand or note follows from what stands before it."""
    if was.text != now.text:
        return was.kind == "note" and _referring(was.text, numbers) == now.text
    return was.label == now.label or was.kind in NUMBERED


def _referring(note: str, numbers: Mapping[str, str]) -> str:
    """Return a note that refers to another, “see note 3.”, with that one's present number."""
    return _REFERENCE.sub(lambda match: numbers.get(match[0], match[0]), note)


def _partners(before: Sequence[Block], after: Sequence[Block]) -> dict[int, int]:
    """Return the place in `before` of each place in `after` that was there before."""
    partners: dict[int, int] = {}
    old_texts, new_texts = _texts(before), _texts(after)
    for key, new in new_texts.items():
        old = old_texts.get(key, [])
        if len(old) == len(new) == 1:
            partners[new[0]] = old[0]
        elif old:
            partners.update(_alike(before, old, after, new))
    partners.update(_renamed(before, after, partners))
    return partners


def _texts(blocks: Sequence[Block]) -> dict[tuple[str, str], list[int]]:
    """Return the places of the paragraphs of each text, by its name."""
    texts: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, block in enumerate(blocks):
        name, _, _ = block.id.partition("/")
        texts[block.kind, name if block.kind in _NAMED or not name.isdigit() else ""].append(place)
    return texts


def _alike(
    before: Sequence[Block], old: Sequence[int], after: Sequence[Block], new: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """Yield which paragraphs of a text are the same, or nearly, in their order."""
    old_texts, new_texts = [before[place].text for place in old], [after[place].text for place in new]
    for op, i1, i2, j1, j2 in SequenceMatcher(None, old_texts, new_texts, autojunk=False).get_opcodes():
        if op == "equal":
            together = [(i1 + step, j1 + step) for step in range(i2 - i1)]
        else:
            together = [(i1 + i, j1 + j) for i, j in _most_alike(old_texts[i1:i2], new_texts[j1:j2])]
        yield from ((new[j], old[i]) for i, j in together)


def _most_alike(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the places of what belongs together, so that as much as possible stays as it was, in its order."""
    scores = [[_score(a, b) for b in new] for a in old]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], scores[i][j] + best[i + 1][j + 1])
    i = j = 0
    while i < len(old) and j < len(new):
        if scores[i][j] and best[i][j] == scores[i][j] + best[i + 1][j + 1]:
            yield i, j
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1


def _score(old: str, new: str) -> float:
    alike = likeness(old, new)
    return alike if alike >= _LEAST_ALIKE else 0.0


def _renamed(
    before: Sequence[Block], after: Sequence[Block], partners: dict[int, int]
) -> Iterator[tuple[int, int]]:
    """Yield what has the same words under another name: another id, or another place among paragraphs."""
    taken = set(partners.values())
    left = {(block.kind, block.text): place for place, block in enumerate(before) if place not in taken}
    for place, block in enumerate(after):
        if place not in partners and (block.kind, block.text) in left:
            yield place, left.pop((block.kind, block.text))


def _moved(partners: dict[int, int], after: Sequence[Block]) -> set[int]:
    """Return the places in `after` of what stands elsewhere among its neighbours than before: as few as possible.

    Notes follow their calls, so that they never move by themselves.
    """
    new = [place for place in sorted(partners) if after[place].kind != "note"]
    if all(partners[a] < partners[b] for a, b in pairwise(new)):
        return set()
    # A concern of three paragraphs weighs as much as one of a single paragraph.
    weights = {place: 1 / len(text) for text in _texts(after).values() for place in text}
    return set(new) - set(_rising(new, partners, weights))


def _rising(places: Sequence[int], partners: Mapping[int, int], weights: Mapping[int, float]) -> list[int]:
    """Return the heaviest choice of places whose partners are in order."""
    lines: list[tuple[float, list[int]]] = []
    for place in places:
        before = [line for line in lines if partners[line[1][-1]] < partners[place]]
        weight, line = max(before, key=lambda line: line[0], default=(0.0, []))
        lines.append((weight + weights[place], [*line, place]))
    return max(lines, key=lambda line: line[0])[1]
