"""Where things stand on the sheet, and what of it a window envelope shows.

A layout's geometry is data, a file each in `layouts/geometry/`. Everything is in millimetres from the top left
corner of the sheet, but for what belongs to the envelope, which says so.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING

from lettergen.model import Record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lettergen.model import Layout


class Rectangle(Record):
    """A place on the sheet."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right side's distance from the left edge of the sheet."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The lower side's distance from the top of the sheet."""
        return self.y + self.height

    def holds(self, other: Rectangle, tolerance: float = 0.0) -> bool:
        """Whether another rectangle lies within this one."""
        return all(out <= tolerance for out in self.overhang(other).values())

    def overhang(self, other: Rectangle) -> dict[str, float]:
        """Return by how much another rectangle stands out at each side; less than nothing where it does not."""
        return {
            "above": self.y - other.y,
            "below": other.bottom - self.bottom,
            "to the left of": self.x - other.x,
            "to the right of": other.right - self.right,
        }


class Margin(Record):
    """The margins of a page; `top` counts from page 2 on."""

    left: float
    right: float
    top: float
    bottom: float


class Logo(Record):
    """The place of a logo beside the sender's name, on the top of the letterhead; width and height at most."""

    x: float
    width: float
    height: float


class ReturnLine(Record):
    """The place of the sender's small line over the address; it grows upwards from `bottom`."""

    x: float
    bottom: float
    width: float


class Lines(Rectangle):
    """The zone of the address lines; `pitch` is the distance from line to line."""

    pitch: float

    @property
    def most(self) -> int:
        """How many lines fit."""
        return int(self.height / self.pitch + 0.001)


class Info(Record):
    """The place of the lines with place, date and reference."""

    x: float
    y: float
    width: float


class Subject(Record):
    """Where the subject begins, and the text with it."""

    y: float


class Text(Record):
    """The measure of the text, which begins at the left margin."""

    width: float


class Notes(Record):
    """The measure of the notes, and of the hairline over them."""

    width: float
    rule: float


class Marks(Record):
    """The marks for folding and punching, `x` from the left edge."""

    x: float
    fold_length: float
    hole: float | None = None
    hole_length: float | None = None


class Window(Record):
    """A window, from the envelope's left or right edge, and from its lower edge."""

    left: float | None = None
    right: float | None = None
    bottom: float
    width: float
    height: float


class Envelope(Record):
    """An envelope as it lies before its reader, the flap on its upper edge."""

    name: str
    width: float
    height: float
    window: Window

    @property
    def window_left(self) -> float:
        """The window's distance from the envelope's left edge."""
        window = self.window
        if window.left is not None:
            return window.left
        if window.right is not None:
            return self.width - window.right - window.width
        raise ValueError(f"The window of the envelope {self.name} has no place.")

    @property
    def window_top(self) -> float:
        """The window's distance from the envelope's upper edge."""
        return self.height - self.window.bottom - self.window.height


class Geometry(Record):
    """A sheet, how it is folded, and the envelope it goes into.

    Attributes:
        name: the standard or usage.
        source: where the numbers were read.
        verified: whether field and window were both found in a source; what was not, the file of the layout tells.
        sheet: width and height.
        folds: where the sheet is folded; what lies over the first fold shows in the window.
        letterhead: the place of the sender's name, address and logo.
        logo: its own place in the letterhead; without one it stands over the name.
        field: the address field as the source has it.
        return_line: None where the window has no room for one.
        lines: where the lines of the address may stand; inside of what every slip of the sheet shows.
    """

    name: str
    source: str
    verified: bool
    sheet: tuple[float, float]
    folds: tuple[float, ...]
    margin: Margin
    letterhead: Rectangle
    logo: Logo | None = None
    field: Rectangle
    return_line: ReturnLine | None = None
    lines: Lines
    info: Info
    subject: Subject
    text: Text
    notes: Notes
    marks: Marks
    envelope: Envelope

    @property
    def folded(self) -> float:
        """The height of the folded sheet: that of its highest panel."""
        edges = (0.0, *self.folds, self.sheet[1])
        return max(below - above for above, below in pairwise(edges))

    @property
    def slack(self) -> tuple[float, float]:
        """How far the folded sheet can slip in its envelope, sideways and upwards."""
        return self.envelope.width - self.sheet[0], self.envelope.height - self.folded


class Row(Record):
    """Part of a line of the address as it stands on the page: its ink, and the height its letters stand on."""

    text: str
    box: Rectangle
    baseline: float


class AddressLine(Record):
    """A line of the address as it stands on the page, in more than one row where it is broken."""

    text: str
    rows: tuple[Row, ...]

    @property
    def box(self) -> Rectangle:
        """Where its ink is."""
        return around([row.box for row in self.rows])


def around(boxes: Sequence[Rectangle]) -> Rectangle:
    """Return the smallest rectangle around some others."""
    left, top = min(box.x for box in boxes), min(box.y for box in boxes)
    right, bottom = max(box.right for box in boxes), max(box.bottom for box in boxes)
    return Rectangle(x=left, y=top, width=right - left, height=bottom - top)


@cache
def geometry(layout: Layout) -> Geometry:
    """Return the geometry of a layout."""
    file = files("lettergen") / "layouts" / "geometry" / f"{layout}.toml"
    return Geometry.model_validate(tomllib.loads(file.read_text("utf-8")))


def seen(sheet: Geometry, right: float, up: float) -> Rectangle:
    """Return what of the sheet is seen in the window.

    Args:
        sheet: the sheet with its envelope.
        right: how far the sheet has slipped to the right from the envelope's left edge.
        up: how far its fold has slipped up from the envelope's lower edge.
    """
    envelope = sheet.envelope
    top = sheet.folds[0] + up - envelope.window.bottom - envelope.window.height
    left = envelope.window_left - right
    return Rectangle(x=left, y=top, width=envelope.window.width, height=envelope.window.height)


def visible(sheet: Geometry) -> Rectangle:
    """Return what of the sheet is seen in the window however the sheet has slipped."""
    rest, slipped = seen(sheet, 0, 0), seen(sheet, *sheet.slack)
    return Rectangle(x=rest.x, y=slipped.y, width=slipped.right - rest.x, height=rest.bottom - slipped.y)


def exposed(sheet: Geometry) -> Rectangle:
    """Return what of the sheet can be seen in the window at all: nothing but the address belongs there."""
    rest, slipped = seen(sheet, 0, 0), seen(sheet, *sheet.slack)
    return Rectangle(x=slipped.x, y=rest.y, width=rest.right - slipped.x, height=slipped.bottom - rest.y)
