"""Straight quotation marks and apostrophes → those of a language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lettergen.language.writing import WRITINGS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

# A quotation mark behind one of these opens, as it does behind white space.
_OPENING = frozenset("([{<–—/")
_APOSTROPHE = "’"
# French words that lose their vowel before another: l’, qu’, jusqu’.
_ELISION = re.compile(r"(?<!\w)(?:[cdjlmnst]|\w{0,7}qu)['’]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Mark:
    """A quotation mark of a text: where, which kind (two marks of a kind make a pair), and which way it faces."""

    index: int
    kind: str
    opens: bool


def with_quotation_marks(text: str, language: str, alone: Collection[int]) -> str:
    """Return a text of the same length whose straight marks are those of its language.

    Marks that are not part of a pair stay straight, for what they mean is not known: inches, or a slip.

    Args:
        text: one paragraph.
        language: of the text.
        alone: indices that are not looked at.
    """
    # A pair that got its marks may separate others from each other that were between them.
    while (changed := _once(text, language, alone)) != text:
        text = changed
    return text


def _once(text: str, language: str, alone: Collection[int]) -> str:
    outer_opening, outer_closing, inner_opening, inner_closing = WRITINGS[language].quotation_marks
    signs = list(text)
    apostrophes = {index for index in _apostrophes(text, language) if index not in alone}
    paired: set[int] = set()
    for opening, closing, inner in _levels(_pairs(_marks(text, language, apostrophes.union(alone)))):
        paired |= {opening.index, closing.index}
        if opening.kind in "\"'":
            signs[opening.index] = inner_opening if inner else outer_opening
            signs[closing.index] = inner_closing if inner else outer_closing
    for index, sign in enumerate(text):
        leaves_out = index in apostrophes or (index not in paired and _may_leave_out(text, index))
        if sign == "'" and leaves_out and index not in alone:
            signs[index] = _APOSTROPHE
    return "".join(signs)


def _marks(text: str, language: str, no_marks: Collection[int]) -> Iterator[_Mark]:
    """Yield the straight marks of a text, and those of its language that are typed already."""
    outer_opening, outer_closing, inner_opening, inner_closing = WRITINGS[language].quotation_marks
    typed = {
        outer_opening: ("outer", True),
        outer_closing: ("outer", False),
        inner_opening: ("inner", True),
        inner_closing: ("inner", False),
    }
    opening_signs = _OPENING | {outer_opening, inner_opening}
    opens_behind = True  # whether a straight mark would open here
    for index, sign in enumerate(text):
        if index in no_marks:
            opens_behind = sign in "'’" and language == "fr"  # « l’“État” »
        elif sign in typed:
            yield _Mark(index, *typed[sign])
            opens_behind = sign in opening_signs
        elif sign in "\"'":
            yield _Mark(index, sign, opens_behind)
        else:
            opens_behind = sign.isspace() or sign in opening_signs


def _pairs(marks: Iterator[_Mark]) -> list[tuple[_Mark, _Mark]]:
    """Return what opens and closes together, outer pairs before those in them."""
    waiting: list[_Mark] = []
    pairs = []
    for mark in marks:
        if mark.opens:
            waiting.append(mark)
        elif mark.kind in {other.kind for other in waiting}:
            while (opening := waiting.pop()).kind != mark.kind:
                pass
            pairs.append((opening, mark))
    return sorted(pairs, key=lambda pair: pair[0].index)


def _levels(pairs: list[tuple[_Mark, _Mark]]) -> Iterator[tuple[_Mark, _Mark, bool]]:
    """Yield the pairs, and of each whether it is a quotation within a quotation."""
    around: list[tuple[int, bool]] = []  # where the pairs around end, and what they are
    for opening, closing in pairs:
        while around and around[-1][0] < opening.index:
            around.pop()
        inside_outer = bool(around) and not around[-1][1]
        inner = opening.kind in {"'", "inner"} or (opening.kind == '"' and inside_outer)
        around.append((closing.index, inner))
        yield opening, closing, inner


def _apostrophes(text: str, language: str) -> set[int]:
    """Return where apostrophes stand for sure, straight or not: between letters, and behind French elisions."""
    found = {match.start() for match in re.finditer(r"(?<=[^\W\d_])['’](?=[^\W\d_])", text)}
    if language == "fr":
        found |= {match.end() - 1 for match in _ELISION.finditer(text)}
    return found


def _may_leave_out(text: str, index: int) -> bool:
    """Whether a mark that closes no quotation leaves something out: “states' rights”, “the '90s”."""
    return text[index - 1 : index].isalnum() or text[index + 1 : index + 2].isdigit()
