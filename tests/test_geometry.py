"""The layouts as data: every number that a source gives, and what their windows show by the formula."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lettergen.geometry import Envelope, Geometry, Rectangle, Window, exposed, geometry, seen, visible
from lettergen.model import Layout

LAYOUTS: tuple[Layout, ...] = get_args(Layout)
INCH = 25.4
HUNDREDTH = 0.01
DL = Envelope(name="DL", width=220, height=110, window=Window(left=20, bottom=15, width=90, height=45))
C65 = Envelope(name="C6/5", width=229, height=114, window=Window(left=20, bottom=15, width=90, height=45))


def sides(rectangle: Rectangle, unit: float = 1.0) -> list[float]:
    """Return left, right, top and bottom."""
    return [side / unit for side in (rectangle.x, rectangle.right, rectangle.y, rectangle.bottom)]


@pytest.mark.parametrize(
    ("layout", "envelope", "unit", "slack", "shown"),
    [
        ("din5008-a", DL, 1, (10, 5), (20, 100, 32, 72)),
        ("din5008-b", DL, 1, (10, 5), (20, 100, 50, 90)),
        ("din5008-b", C65, 1, (19, 9), (20, 91, 54, 90)),
        ("nf-z11-001", None, 1, (10, 11), (100, 190, 45, 79)),
        ("c5-left", None, 1, (19, 13.5), (20, 101, 52, 83.5)),
        ("us-no9", None, INCH, (0.375, 0.125), (0.875, 5, 2.25, 3.25)),
        ("us-no10", None, INCH, (1, 11 / 24), (0.875, 4.375, 2.5, 3 + 1 / 6)),
    ],
)
def test_what_shows_however_the_sheet_slips(
    layout: Layout, envelope: Envelope | None, unit: float, slack: tuple[float, float], shown: tuple[float, ...]
) -> None:
    """The formula gives the rectangles that were worked out by hand, to a hundredth of a millimetre."""
    sheet = geometry(layout).model_copy(update={"envelope": envelope} if envelope else {})
    assert [play / unit for play in sheet.slack] == pytest.approx(slack, abs=HUNDREDTH / unit)
    assert sides(visible(sheet), unit) == pytest.approx(shown, abs=HUNDREDTH / unit)


@pytest.mark.parametrize("layout", LAYOUTS)
@given(right=st.floats(0, 1), up=st.floats(0, 1))
def test_no_slip_shows_less_or_more(layout: Layout, right: float, up: float) -> None:
    """Wherever the sheet lies in its envelope, the window shows what is promised, and nothing that is not."""
    sheet = geometry(layout)
    window = seen(sheet, right * sheet.slack[0], up * sheet.slack[1])
    assert window.holds(visible(sheet), 1e-9)
    assert exposed(sheet).holds(window, 1e-9)


@pytest.mark.parametrize(
    ("layout", "sheet", "field", "folds"),
    [
        ("din5008-a", (210, 297), (20, 27, 85, 45), (87, 192)),
        ("din5008-b", (210, 297), (20, 45, 85, 45), (105, 210)),
        ("sn010130-right", (210, 297), (112, 45, 90, 45), (105, 210)),
        ("sn-left", (210, 297), (20, 35.5, 100, 45), (105, 210)),
        ("c5-left", (210, 297), (20, 52, 81, 31.5), (148.5,)),
        ("c5-right", (210, 297), (120, 52, 80, 31.5), (148.5,)),
        ("nf-z11-001", (210, 297), (100, 35, 100, 45), (99, 198)),
        (
            "us-no9",
            (8.5 * INCH, 11 * INCH),
            (0.6875 * INCH, 2.1875 * INCH, 4.5 * INCH, 1.125 * INCH),
            (3.75 * INCH, 7.375 * INCH),
        ),
        (
            "us-no10",
            (8.5 * INCH, 11 * INCH),
            (0.875 * INCH, 2.5 * INCH, 3.5 * INCH, 2 / 3 * INCH),
            (11 / 3 * INCH, 22 / 3 * INCH),
        ),
        ("jp-chou3", (210, 297), (25, 12, 90, 45), (116, 232)),
        ("uk-dl", (210, 297), (20, 57, 80, 24), (99, 198)),
    ],
)
def test_fields_and_folds_are_those_of_the_sources(
    layout: Layout, sheet: tuple[float, ...], field: tuple[float, ...], folds: tuple[float, ...]
) -> None:
    """Sheet, address field and folds have the published numbers; those in inches are converted exactly."""
    data = geometry(layout)
    assert data.sheet == pytest.approx(sheet, abs=1e-4)
    assert (data.field.x, data.field.y, data.field.width, data.field.height) == pytest.approx(field, abs=1e-4)
    assert data.folds == pytest.approx(folds, abs=1e-4)


def test_din_5008() -> None:
    """Both forms: a hole mark in the middle, 27.3 mm for the lines, the subject 8.46 mm under the field."""
    for layout in ("din5008-a", "din5008-b"):
        sheet = geometry(layout)
        assert sheet.marks.hole == sheet.sheet[1] / 2
        assert sheet.lines.y - sheet.field.y == pytest.approx(5 + 12.7)
        assert sheet.lines.height == 27.3
        assert sheet.subject.y == pytest.approx(sheet.field.bottom + 8.46)


def test_envelopes() -> None:
    """Each envelope has the published size, and the window its place from the upper left corner."""
    envelopes = {layout: geometry(layout).envelope for layout in LAYOUTS}
    found = {layout: (one.name, one.width, one.height) for layout, one in envelopes.items()}
    assert found == {
        "din5008-a": ("DL", 220, 110),
        "din5008-b": ("DL", 220, 110),
        "sn010130-right": ("C6/5", 229, 114),
        "sn-left": ("C6/5", 229, 114),
        "c5-left": ("C5", 229, 162),
        "c5-right": ("C5", 229, 162),
        "nf-z11-001": ("DL", 220, 110),
        "us-no9": ("no. 9", pytest.approx(8.875 * INCH), pytest.approx(3.875 * INCH)),
        "us-no10": ("no. 10", pytest.approx(9.5 * INCH), pytest.approx(4.125 * INCH)),
        "jp-chou3": ("Chou 3", 235, 120),
        "uk-dl": ("DL", 220, 110),
    }
    envelope = geometry("jp-chou3").envelope
    assert (envelope.window_left, envelope.window_top) == (25, 12)
    envelope = geometry("nf-z11-001").envelope
    assert (envelope.window_left, envelope.window_top) == (100, 45)


def test_how_many_lines_fit() -> None:
    """Six lines as a rule; a no. 10 envelope shows four, a British DL five."""
    assert {layout: geometry(layout).lines.most for layout in LAYOUTS} == {
        "din5008-a": 6,
        "din5008-b": 6,
        "sn010130-right": 6,
        "sn-left": 6,
        "c5-left": 6,
        "c5-right": 6,
        "nf-z11-001": 6,
        "us-no9": 6,
        "us-no10": 4,
        "jp-chou3": 7,
        "uk-dl": 5,
    }


def test_what_no_source_says_is_marked() -> None:
    """A layout whose window was found in no source says so."""
    unverified = {layout for layout in LAYOUTS if not geometry(layout).verified}
    assert unverified == {"sn010130-right", "sn-left", "us-no10", "uk-dl"}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_lines_always_show_and_nothing_else_ever_does(layout: Layout) -> None:
    """The zone of the lines always shows; letterhead, date and subject never; nothing stands on anything else."""
    sheet = geometry(layout)
    window = exposed(sheet)
    pitch = sheet.lines.pitch
    info = Rectangle(x=sheet.info.x, y=sheet.info.y, width=sheet.info.width, height=2 * pitch)
    assert visible(sheet).holds(sheet.lines, HUNDREDTH)
    assert not meet(sheet.letterhead, window)
    assert not meet(info, window)
    assert not meet(info, sheet.letterhead)
    assert sheet.subject.y >= max(info.bottom, window.bottom, sheet.letterhead.bottom)
    paper = Rectangle(x=0, y=0, width=sheet.sheet[0], height=sheet.sheet[1])
    for part in (sheet.letterhead, sheet.lines, info):
        assert paper.holds(part)
        assert part.x >= sheet.margin.left
    assert sheet.margin.left + sheet.notes.width + sheet.margin.right <= sheet.sheet[0] + HUNDREDTH
    if sheet.return_line:
        line = Rectangle(
            x=sheet.return_line.x, y=sheet.return_line.bottom - 3, width=sheet.return_line.width, height=3
        )
        assert visible(sheet).holds(line)
        assert line.bottom < sheet.lines.y


def meet(one: Rectangle, other: Rectangle) -> bool:
    """Whether two rectangles have a place in common."""
    apart = one.right <= other.x or other.right <= one.x or one.bottom <= other.y or other.bottom <= one.y
    return not apart


def test_a_window_without_a_place_is_no_envelope() -> None:
    """A window is placed from the left or from the right; with neither it is nowhere."""
    nowhere = DL.model_copy(update={"window": Window(bottom=15, width=90, height=45)})
    with pytest.raises(ValueError, match="The window of the envelope DL has no place"):
        visible(geometry("din5008-b").model_copy(update={"envelope": nowhere}))


def test_a_mistyped_key_is_no_geometry() -> None:
    """A layout's file has the keys it should have, and no other."""
    data = geometry("uk-dl").model_dump() | {"fold": [99]}
    with pytest.raises(ValueError, match="Extra inputs are not permitted"):
        Geometry.model_validate(data)
