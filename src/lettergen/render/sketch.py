"""The window with the address in it, in signs, for a terminal."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from lettergen.geometry import seen
from lettergen.render.envelope import describe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lettergen.geometry import AddressLine, Geometry, Rectangle

_WIDTH = 80
_COLUMN = 1.75  # millimetres: about one letter of the address
_PLAIN = str.maketrans(
    {"┌": "+", "┐": "+", "└": "+", "┘": "+", "─": "-", "│": "|", "×": "x", "…": "~", "“": '"', "”": '"', "’": "'"}
)


def sketch(sheet: Geometry, lines: Sequence[AddressLine], hidden: Sequence[str]) -> str:
    """Return the window at both ends of the sheet's play with the address in it, in 80 columns at most."""
    right, up = sheet.slack
    parts = [
        "The sheet at the lower left of the envelope:",
        _window(seen(sheet, 0, 0), sheet.lines.pitch, lines),
        "The sheet at the upper right of the envelope:",
        _window(seen(sheet, right, up), sheet.lines.pitch, lines),
        textwrap.fill(describe(sheet, hidden), _WIDTH),
    ]
    return "\n".join(parts) + "\n"


def in_encoding(text: str, encoding: str) -> str:
    """Return a text as an encoding can have it: as it is, or with plain signs for lines and quotes."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return text.translate(_PLAIN).encode(encoding, "replace").decode(encoding)
    return text


def _window(window: Rectangle, pitch: float, lines: Sequence[AddressLine]) -> str:
    columns, rows = round(window.width / _COLUMN), max(1, round(window.height / pitch))
    inside = [" " * columns for _ in range(rows)]
    for row in (row for line in lines for row in line.rows):
        level = int((row.baseline - window.y) // pitch)
        if 0 <= level < rows:
            inside[level] = _put(inside[level], row.text, round((row.box.x - window.x) / _COLUMN))
    return "\n".join([f"┌{'─' * columns}┐", *(f"│{line}│" for line in inside), f"└{'─' * columns}┘"])


def _put(line: str, text: str, column: int) -> str:
    """Return a line with a text written into it; what stands out at either end is cut off and marked."""
    if column < 0:
        text, column = f"…{text[1 - column :]}", 0
    if column + len(text) > len(line):
        text = f"{text[: max(0, len(line) - column - 1)]}…"
    return (line[:column] + text + line[column + len(text) :])[: len(line)]
