"""Pictures in a terminal: in half blocks everywhere, in real pixels where the terminal says that it has them.

Kitty's graphics protocol: https://sw.kovidgoyal.net/kitty/graphics-protocol/. Sixel: DEC VT330/VT340 manual,
volume 2, chapter 14.
"""

from __future__ import annotations

import io
import os
import re
import sys
from base64 import standard_b64encode
from functools import cache, reduce
from itertools import zip_longest
from operator import or_
from time import monotonic
from typing import TYPE_CHECKING, Literal

from lettergen.cli._console import is_dumb

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL.Image import Image

_PATIENCE = 1.0  # seconds; every terminal answers the second question, over a slow line too
_KITTY_QUESTION = "\x1b_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\"
_KITTY_ANSWER = b"\x1b_Gi=31;OK"
_ATTRIBUTES_QUESTION = "\x1b[c"
_ATTRIBUTES = re.compile(rb"\x1b\[\?([0-9;]*)c")
_SIXEL = b"4"  # among the attributes
_MULTIPLEXERS = ("screen", "tmux")  # they take kitty's question for a title

_LONGEST_PART = 4096  # bytes of base64 in one sequence for kitty
_SIXEL_COLOURS = 32  # black on white, its soft edges, and a logo
_BAND = 6  # rows of pixels in a row of sixels
_SIXELS = bytes(min(63 + bits, 255) for bits in range(256))  # the sign of six pixels
_RUN = re.compile(r"(.)\1{3,}")
_FIRST_GREY = 232  # of the palette of 256 colours: 24 greys, after a cube of 6 × 6 × 6 colours
_PAPER = 200  # what is lighter is paper, where there are no colours


def graphics() -> Literal["kitty", "sixel"] | None:
    """Ask the terminal for what it has; None where it has neither, or nobody can answer.

    Asks on stdout and reads the answer from stdin, both of which are to be the terminal.
    """
    if is_dumb() or not sys.stdin.isatty():
        return None
    asks_for_kitty = "STY" not in os.environ and not os.environ.get("TERM", "").startswith(_MULTIPLEXERS)
    answer = _answer((_KITTY_QUESTION if asks_for_kitty else "") + _ATTRIBUTES_QUESTION)
    if _KITTY_ANSWER in answer:
        return "kitty"
    attributes = _ATTRIBUTES.search(answer)
    return "sixel" if attributes and _SIXEL in attributes[1].split(b";") else None


def _answer(question: str) -> bytes:
    """Return what the terminal answers, up to its attributes; what it can as long as one waits."""
    try:
        import termios
        import tty
    except ImportError:  # Windows
        return b""
    from select import select

    keyboard = sys.stdin.fileno()
    before = termios.tcgetattr(keyboard)
    answer, end = b"", monotonic() + _PATIENCE
    try:
        tty.setcbreak(keyboard)
        sys.stdout.write(question)
        sys.stdout.flush()
        while not _ATTRIBUTES.search(answer) and select([keyboard], [], [], max(0, end - monotonic()))[0]:
            answer += os.read(keyboard, 1024)
    finally:
        termios.tcsetattr(keyboard, termios.TCSAFLUSH, before)
    return answer


def half_blocks(image: Image) -> str:
    """Return a picture in blocks of half a cell, each a pixel, in the 256 colours that terminals share."""
    shown = []
    for upper, lower in _pairs(_rows(image.convert("RGB").tobytes(), 3 * image.width)):
        before = None
        for start in range(0, len(upper), 3):
            colours = _nearest(upper[start : start + 3]), _nearest(lower[start : start + 3])
            shown.append("▀" if colours == before else f"\x1b[38;5;{colours[0]};48;5;{colours[1]}m▀")
            before = colours
        shown.append("\x1b[0m\n")
    return "".join(shown)


def colourless_blocks(image: Image) -> str:
    """Return a picture in blocks of half a cell; the terminal's own colour is the ink."""
    signs = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}
    lines = (
        "".join(signs[above < _PAPER, below < _PAPER] for above, below in zip(upper, lower, strict=True))
        for upper, lower in _pairs(_rows(image.convert("L").tobytes(), image.width))
    )
    return "".join(f"{line.rstrip()}\n" for line in lines)


def kitty(image: Image, columns: int) -> str:
    """Return a picture as kitty takes it, some columns wide."""
    file = io.BytesIO()
    image.save(file, "PNG")
    data = standard_b64encode(file.getvalue()).decode()
    parts = [data[start : start + _LONGEST_PART] for start in range(0, len(data), _LONGEST_PART)]
    heads = [f"a=T,f=100,q=2,c={columns},", *[""] * (len(parts) - 1)]
    more = [1] * (len(parts) - 1) + [0]
    return (
        "".join(
            f"\x1b_G{head}m={goes_on};{part}\x1b\\" for head, goes_on, part in zip(heads, more, parts, strict=True)
        )
        + "\n"
    )


def sixel(image: Image) -> str:
    """Return a picture in sixels."""
    indexed = image.quantize(_SIXEL_COLOURS)
    palette = indexed.getpalette() or []
    rows = _rows(indexed.tobytes(), indexed.width)
    colours = [
        f"#{number};2;" + ";".join(str(round(part / 2.55)) for part in palette[3 * number : 3 * number + 3])
        for number in range(len(palette) // 3)
    ]
    bands = (_band(rows[start : start + _BAND]) for start in range(0, len(rows), _BAND))
    return f'\x1bP0;1q"1;1;{image.width};{image.height}' + "".join(colours) + "-".join(bands) + "\x1b\\\n"


def _band(rows: list[bytes]) -> str:
    """Return up to six rows of pixels, one sign per column for each colour that they have."""
    width = len(rows[0])
    drawn = []
    for colour in sorted(set(b"".join(rows))):
        # Each row gives one bit of each sign; the rows are put together as one long number.
        bits = reduce(or_, (int.from_bytes(row.translate(_bit(colour, bit))) for bit, row in enumerate(rows)))
        signs = bits.to_bytes(width).translate(_SIXELS).decode()
        drawn.append(f"#{colour}{_RUN.sub(lambda run: f'!{len(run[0])}{run[1]}', signs)}")
    return "$".join(drawn)


@cache
def _bit(colour: int, bit: int) -> bytes:
    """Return a table that makes a bit of a colour, and nothing of every other."""
    return bytes(1 << bit if number == colour else 0 for number in range(256))


def _rows(pixels: bytes, length: int) -> list[bytes]:
    return [pixels[start : start + length] for start in range(0, len(pixels), length)]


def _pairs(rows: list[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """Return rows two by two; under an odd one is white paper."""
    return zip_longest(rows[::2], rows[1::2], fillvalue=b"\xff" * len(rows[0]))


@cache
def _nearest(colour: bytes) -> int:
    """Return the number of a colour in the palette of 256."""
    if max(colour) - min(colour) < 16:
        grey = round((sum(colour) / 3 - 8) / 10)
        return 16 if grey < 0 else 231 if grey > 23 else _FIRST_GREY + grey
    red, green, blue = (0 if part < 48 else 1 if part < 115 else (part - 35) // 40 for part in colour)
    return 16 + 36 * red + 6 * green + blue
