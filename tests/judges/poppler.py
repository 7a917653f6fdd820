"""What a reader gets from a PDF, by poppler: words and where they stand, fonts, structure, pictures."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import dataclass
from typing import TYPE_CHECKING

from judges.programs import said_by

if TYPE_CHECKING:
    from pathlib import Path

PACKAGE = "poppler-utils"
MM_PER_POINT = 25.4 / 72
SIDES = ("xMin", "yMin", "xMax", "yMax")  # in the order of Word’s fields
XHTML = "{http://www.w3.org/1999/xhtml}"


@dataclass(frozen=True, slots=True)
class Word:
    """One word on a page.

    Attributes:
        page: counted from 1.
        text: as poppler parts words, so with its punctuation.
        left: distance of the word's box from the page's left edge, in mm; `right` likewise.
        top: distance of the box from the page's top edge, in mm; `bottom` likewise. The box is as high as the
            font's ascent and descent, not as the word's own letters.
    """

    page: int
    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Font:
    """One font of a file; its name carries a tag of six letters when only a subset is embedded."""

    name: str
    embedded: bool
    subset: bool


def text(file: Path, first: int | None = None, last: int | None = None, *, layout: bool = False) -> str:
    """Return the text of pages `first` to `last`, counted from 1; pages end with a form feed.

    The order is poppler's guess from where the words stand. In which order a screen reader comes across them only
    `structure` can say.

    Args:
        file: the PDF.
        first: the first page; None means the file's first.
        last: the last page; None means the file's last.
        layout: keep lines and columns as they stand on the page.
    """
    pages = [*(["-f", str(first)] if first else []), *(["-l", str(last)] if last else [])]
    return said_by("pdftotext", PACKAGE, *pages, *(["-layout"] if layout else []), file, "-")


def words_with_boxes(file: Path) -> list[Word]:
    """Return every word with its page and place, page by page."""
    root = ET.fromstring(said_by("pdftotext", PACKAGE, "-bbox", file, "-"))  # noqa: S314 - poppler escapes it
    return [
        Word(number, "".join(word.itertext()), *(float(word.attrib[side]) * MM_PER_POINT for side in SIDES))
        for number, page in enumerate(root.iter(f"{XHTML}page"), start=1)
        for word in page.iter(f"{XHTML}word")
    ]


def fonts(file: Path) -> list[Font]:
    """Return the fonts of a file in pdffonts’ order."""
    _titles, _dashes, *rows = said_by("pdffonts", PACKAGE, file).splitlines() or ("", "")
    return [_font(row.split()) for row in rows]


def _font(columns: list[str]) -> Font:
    # The type may have spaces in it, and a long name runs over its column: so count from both ends.
    embedded, subset, _unicode, _object, _generation = columns[-5:]
    return Font(columns[0], embedded == "yes", subset == "yes")


def structure(file: Path) -> str:
    """Return the structure tree with its text in pdfinfo’s words, indented, a line per element or text."""
    return said_by("pdfinfo", PACKAGE, "-struct-text", file)


def pictures(file: Path, dpi: int, folder: Path) -> list[Path]:
    """Draw each page as a PNG file in `folder`; return the files in the order of the pages."""
    folder.mkdir(parents=True, exist_ok=True)
    said_by("pdftoppm", PACKAGE, "-png", "-r", str(dpi), file, folder / file.stem)
    return sorted(folder.glob(f"{file.stem}-*.png"))  # pdftoppm pads the numbers to one length
