"""Two wordings of one text → what a person would strike out and write in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Op = Literal["equal", "insert", "delete"]

# What is struck out or written in as a whole. Spaces that hold the thousands of a number together are plain in a
# text that is read, and a number that is half struck out reads as another number.
_TOKEN = re.compile(
    r"""
    \[\^[^\]\s]+\]                                      # the call of a source
    | (?:https?|mailto):[^\s<>]+                        # an address
    | (?<!\d)\d{1,3}(?:[ ]\d{3})+(?!\w)                 # 15 000
    | \d+(?:[.,:/’'–-]\d+)*\w*                          # 1,000  2024-05-01  10:30  2022–2024  120th
    | (?:\w[\u0300-\u036f\u00ad\u200c\u200d]*)+         # a word, with what belongs to its letters …
      (?:[-‑’'](?:\w[\u0300-\u036f\u00ad\u200c\u200d]*)+)*  # … and what is joined to it: l’Union, Gorno-Badakhshan
    | \n | [^\S\n]+ | .
    """,
    re.VERBOSE,
)
_SENTENCE_END = frozenset(".!?…:")
_LONGEST_ISLAND = 3  # words that are as they were, between two changes that are longer
_LEAST_IN_COMMON = 0.35  # of the characters; shredded into less, two texts are easier to read side by side


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a text that was kept, written in, or struck out."""

    op: Op
    text: str


@lru_cache(maxsize=8192)
def compare(before: str, after: str) -> tuple[Part, ...]:
    """Return a text as it was and as it is, in one.

    The kept and deleted parts together are `before`, the kept and inserted ones `after`. Where both change, what is
    deleted stands in front of what is inserted.
    """
    if before == after:
        return (Part("equal", after),) if after else ()
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    runs = [_Run(old[i1:i2], new[j1:j2], equal=op == "equal") for op, i1, i2, j1, j2 in matcher.get_opcodes()]
    runs = _joined(_without_islands(_at_good_places(runs)))
    kept = sum(_length(run.new) for run in runs if run.equal)
    changes = sum(not run.equal for run in runs)
    if changes > 1 and 2 * kept < _LEAST_IN_COMMON * (len(before) + len(after)):
        return tuple(_parts([_Run(old, new, equal=False)]))
    return tuple(_parts(runs))


def likeness(before: str, after: str) -> float:
    """Return how much of two texts is the same, from 0 to 1, counted in words."""
    if before == after:
        return 1.0
    old, new = _words(before), _words(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() > 0 else 0.0


def tokens(text: str) -> list[str]:
    """Return the pieces that are struck out and written in as a whole; together they are the text."""
    return _TOKEN.findall(text)


@dataclass(frozen=True, slots=True)
class _Run:
    """Tokens that follow each other; in a run that is equal, `old` and `new` are the same."""

    old: list[str]
    new: list[str]
    equal: bool


def _parts(runs: Iterable[_Run]) -> Iterator[Part]:
    for run in runs:
        if run.equal:
            yield Part("equal", "".join(run.new))
        else:
            if run.old:
                yield Part("delete", "".join(run.old))
            if run.new:
                yield Part("insert", "".join(run.new))


def _at_good_places(runs: list[_Run]) -> list[_Run]:
    """Let what was only deleted, or only inserted, begin where a person would begin to mark it.

    “The cat ran. The dog sat.” without its first sentence is as well one without “cat ran. The ”.
    """
    moved = list(runs)
    for here in range(1, len(moved) - 1):
        left, run, right = moved[here - 1 : here + 2]
        if run.equal or (run.old and run.new):
            continue
        edit = run.old or run.new
        ahead, width = [*left.new, *edit, *right.new], len(edit)
        start = len(left.new)
        best = max(_places(ahead, start, width), key=lambda at: (_quality(ahead, at, width), -abs(at - start)))
        piece = ahead[best : best + width]
        moved[here - 1] = _Run(ahead[:best], ahead[:best], equal=True)
        moved[here] = _Run(piece if run.old else [], piece if run.new else [], equal=False)
        moved[here + 1] = _Run(ahead[best + width :], ahead[best + width :], equal=True)
    return [run for run in moved if run.old or run.new]


def _places(ahead: list[str], start: int, width: int) -> list[int]:
    """Return where a piece of `width` tokens can be taken out of a text so that the same text is left."""
    first = start
    while first > 0 and ahead[first - 1] == ahead[first + width - 1]:
        first -= 1
    last = start
    while last + width < len(ahead) and ahead[last] == ahead[last + width]:
        last += 1
    return list(range(first, last + 1))


def _quality(ahead: list[str], at: int, width: int) -> int:
    """Return how well a piece stands at a place: it is whole sentences, or words with the space behind them."""
    before = "".join(ahead[max(0, at - 3) : at])
    end = "".join(ahead[max(0, at + width - 3) : at + width])
    if _ends_sentence(before) and _ends_sentence(end):
        return 3
    if before[-1:].isspace() or not before:
        return 2 if end[-1:].isspace() else 1
    return 0


def _ends_sentence(text: str) -> bool:
    """Whether a text is empty, or ends with a full stop, perhaps a call, and a space."""
    said = re.sub(r"\[\^[^\]\s]+\]", "", text).rstrip()
    return not text or (text[-1].isspace() and (not said or said[-1] in _SENTENCE_END))


def _without_islands(runs: Sequence[_Run]) -> list[_Run]:
    """Make what is as it was, and too short to be read between two changes, part of one change."""
    merged = list(runs)
    here = 1
    while here < len(merged) - 1:
        left, run, right = merged[here - 1 : here + 2]
        if run.equal and not left.equal and not right.equal and _is_island(left, run.new, right):
            merged[here - 1 : here + 2] = [
                _Run([*left.old, *run.old, *right.old], [*left.new, *run.new, *right.new], equal=False)
            ]
            here = max(1, here - 2)
        else:
            here += 1
    return merged


def _is_island(left: _Run, kept: list[str], right: _Run) -> bool:
    if "\n" in kept:  # the lines of a form stand for themselves
        return False
    words = sum(map(_is_word, kept))
    if not words:
        return True
    return words <= _LONGEST_ISLAND and _length(kept) < min(_size(left), _size(right))


def _joined(runs: Sequence[_Run]) -> list[_Run]:
    """Join neighbours that are both equal, or both not."""
    joined: list[_Run] = []
    for run in runs:
        if joined and joined[-1].equal == run.equal:
            last = joined.pop()
            joined.append(_Run([*last.old, *run.old], [*last.new, *run.new], equal=run.equal))
        else:
            joined.append(run)
    return joined


def _size(run: _Run) -> int:
    return max(_length(run.old), _length(run.new))


def _length(pieces: Iterable[str]) -> int:
    return sum(map(len, pieces))


def _words(text: str) -> list[str]:
    return [token for token in _TOKEN.findall(text) if _is_word(token)]


def _is_word(token: str) -> bool:
    return token[0].isalnum() or token.startswith("[^")
