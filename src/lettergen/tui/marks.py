"""Where a passage stands in a letter as it is shown: with its lines, its calls and its emphasis."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lettergen.review.anchors import nearest

if TYPE_CHECKING:
    from lettergen.review.decisions import Quote

_CALLS = r"(?:\[\d+\]|\*)*"

Span = tuple[int, int, int]
"""Line, first column, and the column behind the last."""


def spans(quote: Quote, text: str) -> tuple[Span, ...]:
    """Return the pieces of lines in which a quoted passage stands; none when the text does not say it.

    Where it stands several times, it is the place with most of the same words around it.
    """
    matches = {match.span(): match for match in _pattern(quote.exact).finditer(text)}
    return tuple(_by_line(matches[nearest(quote, text, tuple(matches))])) if matches else ()


def _pattern(passage: str) -> re.Pattern[str]:
    """Return what matches a passage whatever its lines, and with the calls that stand in it."""
    words = [_CALLS.join(map(re.escape, re.split(r"(?<=\W)|(?=\W)", word))) for word in passage.split()]
    return re.compile(rf"{_CALLS}\s+{_CALLS}".join(words))


def _line(match: re.Match[str]) -> int:
    return match.string.count("\n", 0, match.start())


def _by_line(match: re.Match[str]) -> list[Span]:
    line, column = _line(match), match.start() - (match.string.rfind("\n", 0, match.start()) + 1)
    found: list[Span] = []
    for piece in match[0].split("\n"):
        indent = len(piece) - len(piece.lstrip()) if found else 0
        if piece.strip():
            found.append((line, column + indent, column + len(piece)))
        line, column = line + 1, 0
    return found
