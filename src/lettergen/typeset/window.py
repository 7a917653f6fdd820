"""Whether the address of a finished letter shows in the window of its envelope, measured in the PDF itself."""

from __future__ import annotations

import ctypes
import unicodedata
from contextlib import closing
from functools import cache
from typing import TYPE_CHECKING, Any

from lettergen.geometry import AddressLine, Rectangle, Row, around, geometry, visible
from lettergen.problems import LetterError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pypdfium2 import PdfDocument

    from lettergen.geometry import Geometry
    from lettergen.model import Layout, Letter

_MM = 25.4 / 72  # one PDF unit in millimetres
_TOLERANCE = 0.1  # millimetres
_SAME_LINE = 1.0  # millimetres between the baselines of signs of one line, at most
# Hyphens, and what pdfium says for one where a line ends: a line that is broken has one more than its text.
_HYPHENS = frozenset("-\u00ad\u2010\x02\ufffe")
_BROKEN = {0x02: "-", 0xFFFE: "-"}  # what pdfium says for a hyphen at the end of a line


def refuse_hidden_address(document: PdfDocument, letter: Letter) -> None:
    """Refuse a letter whose address would not show in the window, however the sheet slips in its envelope.

    Raises:
        LetterError: it names each line that stands out, the side, and the millimetres; or the address is not there.
    """
    sheet = geometry(letter.layout)
    hidden = hidden_lines(sheet, _measured(document, letter.address, letter.layout))
    if hidden:
        raise LetterError(
            " ".join(hidden),
            help="Shorten the line, give the person lines of their own with address = […] in recipients.toml, "
            f"or choose another layout: this one shows {sheet.lines.most} lines of {sheet.lines.width:.0f} mm.",
        )


def hidden_lines(sheet: Geometry, lines: Sequence[AddressLine]) -> list[str]:
    """Return a sentence for each line of an address, and each side, that not every slip of the sheet shows."""
    shown = visible(sheet)
    return [
        f"The line “{line.text}” of the address stands {out:.1f} mm {side} what the window of the envelope "
        f"{sheet.envelope.name} shows."
        for line in lines
        for side, out in shown.overhang(line.box).items()
        if out > _TOLERANCE
    ]


def measure_address(pdf: bytes, address: Sequence[str], layout: Layout) -> tuple[AddressLine, ...]:
    """Return where the lines of an address stand on the first page of a finished letter: their ink, to 0.1 mm.

    A line without any sign but hyphens has no place of its own and is left out.

    Raises:
        LetterError: the address is not on the page.
    """
    import pypdfium2

    with closing(pypdfium2.PdfDocument(pdf)) as document:
        return _measured(document, address, layout)


def _measured(document: PdfDocument, address: Sequence[str], layout: Layout) -> tuple[AddressLine, ...]:
    written = [line for line in address if any(_comparable(line))]
    page = document[0]
    signs = _Signs(page.get_textpage(), page.get_height())
    runs = signs.find(written, geometry(layout).lines)
    return tuple(signs.line(text, run) for text, run in zip(written, runs, strict=True))


class _Signs:
    """The signs of a page, as pdfium counts them."""

    def __init__(self, page: Any, height: float) -> None:
        self._page = page
        self._height = height
        self._drawn = _drawn(page)
        # Comparable signs, and which sign of the page each of them belongs to.
        pairs = [(sign, number) for number, drawn in enumerate(self._drawn) for sign in _comparable_sign(drawn)]
        self._text = "".join(sign for sign, _ in pairs)
        self._numbers = [number for _, number in pairs]

    def find(self, address: Sequence[str], zone: Rectangle) -> list[range]:
        """Return the numbers of the signs of each line; of several like addresses, those of the one in its zone."""
        needles = ["".join(_comparable(line)) for line in address]
        starts = list(_occurrences(self._text, "".join(needles)))
        if not starts:
            raise LetterError(
                "The address cannot be found on the first page.",
                help="Look at letterhead.css: something there hides it, or draws something between its lines.",
            )
        start = min(starts, key=lambda at: self._distance(self._numbers[at], zone))
        runs = []
        for needle in needles:
            end = start + len(needle)
            runs.append(range(self._numbers[start], self._numbers[end - 1] + 1))
            start = end
        return runs

    def line(self, text: str, run: range) -> AddressLine:
        """Return a line of the address with its rows: more than one where it is broken."""
        rows: list[list[int]] = []
        for number in run:
            if self._drawn[number].isspace():
                continue
            if rows and abs(self._baseline(number) - self._baseline(rows[-1][0])) <= _SAME_LINE:
                rows[-1].append(number)
            else:
                rows.append([number])
        return AddressLine(text=text, rows=tuple(self._row(row) for row in rows))

    def _row(self, numbers: list[int]) -> Row:
        drawn = "".join(self._drawn[numbers[0] : numbers[-1] + 1])
        return Row(
            text=" ".join(drawn.translate(_BROKEN).split()),
            box=around([self._box(number) for number in numbers]),
            baseline=self._baseline(numbers[0]),
        )

    def _box(self, number: int) -> Rectangle:
        left, bottom, right, top = (side * _MM for side in self._page.get_charbox(number))
        return Rectangle(x=left, y=self._height * _MM - top, width=right - left, height=top - bottom)

    def _baseline(self, number: int) -> float:
        from pypdfium2 import raw

        x, y = ctypes.c_double(), ctypes.c_double()
        raw.FPDFText_GetCharOrigin(self._page, number, x, y)
        return float(self._height - y.value) * _MM

    def _distance(self, number: int, zone: Rectangle) -> float:
        box = self._box(number)
        return abs(box.x - zone.x) + abs(box.y - zone.y)


def _drawn(page: Any) -> Sequence[str]:
    """Return the signs of a page; all at once where pdfium counts them as Python does."""
    from pypdfium2 import raw

    count = page.count_chars()
    text = page.get_text_range()
    return text if len(text) == count else [chr(raw.FPDFText_GetUnicode(page, number)) for number in range(count)]


@cache
def _comparable_sign(sign: str) -> str:
    return "".join(_comparable(sign))


def _comparable(text: str) -> Iterator[str]:
    """Yield the signs of a text in a form in which spaces, hyphens, accents and ligatures make no difference."""
    for sign in unicodedata.normalize("NFKD", text):
        if not sign.isspace() and sign not in _HYPHENS and not unicodedata.combining(sign):
            yield sign


def _occurrences(text: str, wanted: str) -> Iterator[int]:
    at = text.find(wanted)
    while at >= 0:
        yield at
        at = text.find(wanted, at + 1)
