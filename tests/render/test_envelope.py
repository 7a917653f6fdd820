"""The drawing of a folded sheet in its envelope: numbers, well-formed SVG, and the sketch for a terminal."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lettergen.geometry import AddressLine, Rectangle, Row, geometry
from lettergen.model import Layout
from lettergen.render.envelope import describe, to_svg
from lettergen.render.sketch import in_encoding, sketch

SVG = "{http://www.w3.org/2000/svg}"
LAYOUTS: tuple[Layout, ...] = get_args(Layout)
FORM_B = geometry("din5008-b")
SKETCH = """\
The sheet at the lower left of the envelope:
┌───────────────────────────────────────────────────┐
│                                                   │
│                                                   │
│                                                   │
│                                                   │
│   Mr António Costa                                │
│   1048 Brussels                                   │
│                                                   │
│                                                   │
│                                                   │
│                                                   │
└───────────────────────────────────────────────────┘
The sheet at the upper right of the envelope:
┌───────────────────────────────────────────────────┐
│                                                   │
│                                                   │
│                                                   │
│         Mr António Costa                          │
│         1048 Brussels                             │
│                                                   │
│                                                   │
│                                                   │
│                                                   │
│                                                   │
└───────────────────────────────────────────────────┘
DIN 5008, form B: the envelope DL is 220 × 110 mm; its window is 90 × 45 mm, 20
mm from the left and 15 mm from the bottom. However the sheet slips, 80 × 40 mm
of it show, 20 to 100 mm from its left edge and 50 to 90 mm from its top. Every
line of the address stands within that.
"""


def lines(*texts: str, x: float = 25.2, y: float = 66.27, pitch: float = 4.498) -> tuple[AddressLine, ...]:
    """Return an address whose first line stands on a baseline, with 1.8 mm for each sign."""
    return tuple(
        AddressLine(
            text=text,
            rows=(
                Row(
                    text=text,
                    box=Rectangle(x=x, y=y + number * pitch - 2.7, width=1.8 * len(text), height=3.4),
                    baseline=y + number * pitch,
                ),
            ),
        )
        for number, text in enumerate(texts)
    )


def parsed(svg: str) -> ET.Element:
    """Return the drawing's root element."""
    return ET.fromstring(svg.encode())  # noqa: S314 - our own drawing


def texts(svg: str) -> list[tuple[str, float, float]]:
    """Return the text elements of a drawing that stand at a place, with it."""
    found = [element for element in parsed(svg).iter(f"{SVG}text") if "textLength" in element.attrib]
    return [(element.text or "", float(element.attrib["x"]), float(element.attrib["y"])) for element in found]


def rectangles(svg: str) -> list[list[float]]:
    """Return the rectangles of the second drawing: envelope, sheet, window, the same for clipping, what shows."""
    second = parsed(svg).findall(f"{SVG}g")[1]
    sides = ("x", "y", "width", "height")
    return [[float(box.get(side, 0)) for side in sides] for box in second.iter(f"{SVG}rect")]


def test_the_drawing_is_to_scale() -> None:
    """Envelope, sheet, window and what always shows have their sizes, and the slipped sheet its place."""
    svg = to_svg("costa.en", FORM_B, lines("Mr António Costa", "1048 Brussels"), [])
    assert rectangles(svg) == [
        [0, 0, 220, 110],
        [10, 0, 210, 105],
        [20, 50, 90, 45],
        [20, 50, 90, 45],
        [30, 50, 80, 40],
    ]


def test_the_address_stands_where_it_was_measured() -> None:
    """At rest a line is 5 mm lower on the envelope than on the sheet; slipped, it is 10 mm further right."""
    svg = to_svg("costa.en", FORM_B, lines("Mr António Costa"), [])
    assert texts(svg) == [("Mr António Costa", 25.2, 71.27), ("Mr António Costa", 35.2, 66.27)]


def test_a_hidden_line_is_drawn_over_the_edge_and_told() -> None:
    """A line that does not always show is drawn whole, in a colour of its own, and its sentence stands below."""
    sentence = "The line “C” of the address stands 3.0 mm below what the window of the envelope DL shows."
    svg = to_svg("costa.en", FORM_B, lines("A", "C", y=89), [sentence])
    assert [text for text, _, _ in texts(svg)] == ["A", "C", "C"] * 2
    assert sentence in "".join(parsed(svg).itertext())
    assert describe(FORM_B, [sentence]).endswith(sentence)


def test_it_can_be_read_aloud() -> None:
    """The drawing has a title and a description, and names them as its own."""
    root = parsed(to_svg("costa.en", geometry("nf-z11-001"), lines("A"), []))
    labels = {element.get("id"): element.text for element in root if element.get("id")}
    assert labels == {
        "title": "costa.en",
        "description": "NF Z 11-001: the envelope DL is 220 × 110 mm; its window is 100 × 45 mm, 20 mm from the "
        "right and 20 mm from the bottom. However the sheet slips, 90 × 34 mm of it show, 100 to 190 mm from its "
        "left edge and 45 to 79 mm from its top. Every line of the address stands within that.",
    }
    assert root.get("aria-labelledby") == "title description"


@pytest.mark.parametrize("layout", LAYOUTS)
@given(text=st.text(min_size=1, max_size=60))
def test_any_text_is_well_formed(layout: Layout, text: str) -> None:
    """Whatever a line says, the drawing is well-formed XML and the sketch keeps its 80 columns."""
    sheet = geometry(layout)
    address = lines(text, x=sheet.lines.x, y=sheet.lines.y + 3.5)
    parsed(to_svg(text, sheet, address, [text]))
    if text.isprintable():
        assert max(map(len, sketch(sheet, address, []).splitlines())) <= 80


def test_markup_in_an_address_stays_text() -> None:
    """Angle brackets and ampersands of an address are shown, not obeyed."""
    svg = to_svg("a<b", FORM_B, lines('<script>"&'), [])
    assert texts(svg)[0][0] == '<script>"&'
    assert "<script>" not in svg


def test_the_sketch() -> None:
    """The terminal shows both ends of the sheet's play, and says in words what always shows."""
    assert sketch(FORM_B, lines("Mr António Costa", "1048 Brussels"), []) == SKETCH


def test_a_line_that_leaves_the_window_is_cut_and_marked() -> None:
    """What stands out at the left or right ends in an ellipsis; what stands above or below is not seen."""
    drawn = sketch(FORM_B, lines("A" * 60, x=25.2), []).split("\n")
    assert f"│   {'A' * 47}…│" in drawn
    assert f"│…{'A' * 49} │" not in drawn
    drawn = sketch(FORM_B, lines("B" * 10, x=12), []).split("\n")
    assert f"│…{'B' * 4}".ljust(52) + "│" in drawn
    assert "C" not in sketch(FORM_B, lines("CC", y=120), []).split("DIN")[0]


def test_plain_signs_where_the_terminal_has_no_others() -> None:
    """An output in ASCII gets plain lines and quotes; one in UTF-8 gets the text as it is."""
    assert in_encoding(SKETCH, "utf-8") == SKETCH
    plain = in_encoding(SKETCH, "ascii")
    assert plain.isascii()
    assert [len(line) for line in plain.split("\n")] == [len(line) for line in SKETCH.split("\n")]
    assert "|   Mr Ant?nio Costa" in plain
    assert "220 x 110 mm" in plain
