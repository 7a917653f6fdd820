"""What stands where on a finished page, in millimetres from its top left corner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from judges.poppler import Word
    from lettergen.geometry import Geometry

HALF = 0.5  # millimetres; what a window envelope forgives
DARK = 160  # of 255


def lines(words: Iterable[Word]) -> list[list[Word]]:
    """Return the lines of a page: words that stand level, from the left."""
    by_top: dict[float, list[Word]] = {}
    for word in words:
        by_top.setdefault(round(word.top, 1), []).append(word)
    return [sorted(line, key=lambda word: word.left) for _, line in sorted(by_top.items())]


def said(words: Iterable[Word]) -> str:
    """Return what words say."""
    return " ".join(word.text for word in words)


def in_zone(words: list[Word], sheet: Geometry) -> list[list[Word]]:
    """Return the lines that stand in the zone of the address."""
    zone = sheet.lines
    return lines(
        word for word in words if zone.y - HALF < word.top < zone.bottom and zone.x - HALF < word.left < zone.right
    )


def dark(picture: Image.Image) -> Image.Image:
    """Return a grey picture with all that is drawn in white and the paper in black, as getbbox wants it."""
    return picture.point(lambda value: 255 if value < DARK else 0)


def marks(picture: Path, dpi: int) -> list[tuple[float, float, float]]:
    """Return top, left and length of what is drawn in the left margin, in millimetres."""
    mm = 25.4 / dpi
    page = Image.open(picture).convert("L")
    margin = page.crop((0, 0, round(20 / mm), page.height))
    drawn = dark(margin)
    found: list[tuple[float, float, float]] = []
    for y in range(drawn.height):
        box = drawn.crop((0, y, drawn.width, y + 1)).getbbox()
        if box and not (found and y * mm - found[-1][0] < 1):
            found.append((y * mm, box[0] * mm, (box[2] - box[0]) * mm))
    return found
