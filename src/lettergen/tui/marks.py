"""Where a passage stands in a letter as it is shown: with its lines, its calls and its emphasis."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lettergen.render.reading import Block
from lettergen.review.anchors import find

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lettergen.review.decisions import Quote

_CALLS = r"(?:\[\d+\]|\*)*"

Span = tuple[int, int, int]
"""Line, first column, and the column behind the last."""


def spans(quote: Quote, lines: Sequence[str]) -> tuple[Span, ...]:
    """Return the pieces of lines in which a quoted passage stands; none when the lines do not say it.

    Where it stands several times, it is the place with most of the same words around it.
    """
    key = find(quote, [Block("opening", str(number), "", line) for number, line in enumerate(lines)])
    if key is None:
        return ()
    first = int(key[1])
    rest = "\n".join(lines[first:])
    match = _pattern(quote.exact).search(rest)
    return tuple(_by_line(match, first)) if match else ((first, 0, len(lines[first])),)


def _pattern(passage: str) -> re.Pattern[str]:
    """Return what matches a passage whatever its lines, and with the calls that stand in it."""
    words = [_CALLS.join(map(re.escape, re.split(r"(?<=\W)|(?=\W)", word))) for word in passage.split()]
    return re.compile(rf"{_CALLS}\s+{_CALLS}".join(words))


def _by_line(match: re.Match[str], first: int) -> list[Span]:
    start = match.start()
    line = first + match.string.count("\n", 0, start)
    column = start - (match.string.rfind("\n", 0, start) + 1)
    found: list[Span] = []
    for piece in match[0].split("\n"):
        indent = len(piece) - len(piece.lstrip()) if found else 0
        found.append((line, column + indent, column + len(piece)))
        line, column = line + 1, 0
    return found
