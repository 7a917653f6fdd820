"""Redlines as text: [-struck out-]{+written in+}, wrapped, and coloured at a terminal."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from lettergen.cli._console import is_dumb, visible
from lettergen.render.wrapping import cells

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lettergen.review.account import Passage
    from lettergen.review.prose import Op, Part

Style = Literal["plain", "title", "equal", "insert", "delete"]
_MARKS: dict[Op, tuple[str, str]] = {"equal": ("", ""), "delete": ("[-", "-]"), "insert": ("{+", "+}")}
# Select Graphic Rendition (ECMA-48, 8.3.117): bold, crossed out, underlined; red and green.
_FORMS: dict[Style, str] = {"plain": "", "title": "1", "equal": "", "insert": "4", "delete": "9"}
_COLOURS: dict[Style, str] = {"insert": "32", "delete": "31"}

_GLUE = "\u00a0"  # a space at which no line ends; texts that are read have plain spaces only
_SEEN = str.maketrans({" ": "␣", "\n": "⏎\n", "\t": "→"})


@dataclass(frozen=True, slots=True)
class Piece:
    """A text in one style."""

    text: str
    style: Style = "plain"


Line = list[Piece]


def passage_lines(passages: Iterable[Passage], width: int) -> Iterator[Line]:
    """Yield each passage as lines, under its title and followed by an empty line."""
    for passage in passages:
        yield [Piece(visible(passage.title), "title")]
        yield from redline_lines(passage.parts, width, "  ")
        yield []


def redline_lines(parts: Iterable[Part], width: int, indent: str = "", hang: str | None = None) -> Iterator[Line]:
    """Yield a redline as lines.

    Args:
        parts: of one text.
        width: in cells, with the indent; a word that is longer stays whole.
        indent: before the first line.
        hang: before each further line; as the first when left out.
    """
    hang = indent if hang is None else hang
    line: Line = [Piece(indent)] if indent else []
    taken, empty = cells(indent), True
    pieces = [piece for part in parts for piece in _marked(part)]
    if not pieces:
        return
    for separator, word in _words(pieces):
        needed = sum(cells(piece.text) for piece in word)
        if separator and (separator.text == "\n" or (taken + 1 + needed > width and not empty)):
            yield line
            line, taken, empty = [Piece(hang)] if hang else [], cells(hang), True
        elif separator:
            line.append(separator)
            taken += 1
        line += word
        taken += needed
        empty = empty and not needed
    yield line


def as_kept(text: str) -> Part:
    """Return a text in which nothing is marked."""
    from lettergen.review.prose import Part

    return Part("equal", text)


def written(lines: Iterable[Line], *, plain: bool = False) -> str:
    """Return lines as text; with the escape sequences of a terminal where stdout is one that takes them.

    Args:
        lines: to be written.
        plain: they go elsewhere, and are text alone.
    """
    styled = sys.stdout.isatty() and not is_dumb() and not plain
    coloured = styled and not os.environ.get("NO_COLOR")
    return "".join(f"{''.join(_run(piece, styled, coloured) for piece in _joined(line))}\n" for line in lines)


def _marked(part: Part) -> Iterator[Piece]:
    """Yield a part with its marks; a change of nothing but spaces shows them."""
    opening, closing = _MARKS[part.op]
    text = visible(part.text)
    if part.op == "equal":
        yield Piece(text, "equal")
    elif text.isspace():
        yield Piece(f"{opening}{text.translate(_SEEN)}{closing}", part.op)
    else:
        # The marks stand in the lines of the words.
        body = text.strip("\n")
        start = text.index(body)
        yield Piece(text[:start], part.op)
        yield Piece(f"{opening}{_glued(body)}{closing}", part.op)
        yield Piece(text[start + len(body) :], part.op)


def _glued(text: str) -> str:
    """Let no line end between a mark and the space beside it."""
    body = text.strip(" ")
    start = text.index(body)
    return f"{_GLUE * start}{body}{_GLUE * (len(text) - start - len(body))}"


def _words(pieces: Sequence[Piece]) -> Iterator[tuple[Piece | None, Line]]:
    """Yield words, each with the space or line end before it; words can have pieces in several styles."""
    word: Line = []
    separator: Piece | None = None
    for piece in pieces:
        start = 0
        for place, sign in enumerate(piece.text):
            if sign in " \n":
                yield separator, [*word, Piece(piece.text[start:place], piece.style)]
                word, separator, start = [], Piece(sign, piece.style), place + 1
        word.append(Piece(piece.text[start:], piece.style))
    yield separator, word


def _joined(line: Line) -> Iterator[Piece]:
    """Yield the pieces of a line, neighbours of one style as one."""
    text, style = "", None
    for piece in line:
        if piece.style != style:
            if text and style:
                yield Piece(text, style)
            text, style = "", piece.style
        text += piece.text
    if text and style:
        yield Piece(text, style)


def _run(piece: Piece, styled: bool, coloured: bool) -> str:
    text = piece.text.replace(_GLUE, " ")
    codes = [_FORMS[piece.style], _COLOURS.get(piece.style, "") if coloured else ""]
    code = ";".join(filter(None, codes))
    return f"\x1b[{code}m{text}\x1b[0m" if styled and code else text
