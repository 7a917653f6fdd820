"""Lines as wide as a terminal or an e-mail, counted in its cells."""

from __future__ import annotations

import re
from unicodedata import category, east_asian_width

# No line ends with a mark that opens, or begins with one that closes (French) or a dash (Russian).
_BREAK = re.compile(r"(?<!«) (?![;:!?»%—–](?!\w))")
_WITHOUT_WIDTH = {"Mn", "Me", "Cf"}  # marks over and around a letter, and what only joins or parts


def cells(text: str) -> int:
    """Return how many cells of a terminal a text takes.

    East Asian wide signs take two (Unicode UAX #11), combining marks and format characters none.
    """
    if text.isascii():
        return len(text)
    return sum(
        0 if category(sign) in _WITHOUT_WIDTH else 2 if east_asian_width(sign) in {"W", "F"} else 1 for sign in text
    )


def wrap(text: str, width: int, first: str = "", rest: str = "") -> list[str]:
    """Return a line of words as lines of a width; a word that is longer, such as a web address, stays whole.

    Args:
        text: without line breaks.
        width: in cells, with what stands before the words.
        first: what stands before the first line.
        rest: what stands before each further line.
    """
    lines: list[str] = []
    line = first
    room = width - cells(first)
    empty = True
    for word in _BREAK.split(text):
        needed = cells(word) + (not empty)
        if needed > room and not empty:
            lines.append(line)
            line, room, empty = rest, width - cells(rest), True
            needed = cells(word)
        line += word if empty else f" {word}"
        room -= needed
        empty = False
    return [*lines, line]
