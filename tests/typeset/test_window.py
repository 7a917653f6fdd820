"""The address in the finished PDF, measured, and what is refused because a window would hide it."""

from __future__ import annotations

import time
from itertools import pairwise
from typing import TYPE_CHECKING, get_args

import pytest
from PIL import Image
from pypdfium2 import PdfDocument

from judges import poppler
from lettergen.geometry import geometry, visible
from lettergen.model import Layout
from lettergen.problems import LetterError
from lettergen.typeset.window import hidden_lines, measure_address, refuse_hidden_address
from typeset.desk import Desk, short

if TYPE_CHECKING:
    from pathlib import Path

    from lettergen.geometry import Rectangle

LAYOUTS: tuple[Layout, ...] = get_args(Layout)
LONG = (
    "Her Excellency",
    "Ms Maria",
    "President of the Republic",
    "Palace",
    "1 Main Street",
    "12345 Town",
    "TURKMENISTAN",
)
TENTH = 0.1


def ink(file: Path, zone: Rectangle, dpi: int = 600) -> tuple[float, ...]:
    """Return left, top, right and bottom of what is drawn in a place of page 1, from its picture."""
    mm = 25.4 / dpi
    page = Image.open(poppler.pictures(file, dpi, file.parent)[0]).convert("L")
    left, top = round(zone.x / mm), round(zone.y / mm)
    part = page.crop((left, top, round(zone.right / mm), round(zone.bottom / mm)))
    box = part.point(lambda value: 255 if value < 128 else 0).getbbox()
    assert box is not None
    return tuple((side + start) * mm for side, start in zip(box, (left, top, left, top), strict=True))


@pytest.mark.parametrize(
    "line",
    ["Ágnes Ålgård-Ğjpqy", "Office of Staff Affairs, fifth floor", "Шавкату Мирзиёеву", "ÉCOLE (Ç)", "A - B"],
)
def test_ink_is_measured_to_a_tenth(desk: Desk, tmp_path: Path, line: str) -> None:
    """A line's box is what is drawn of it, with accents, descenders, ligatures and Cyrillic, to 0.1 mm."""
    file = desk.written(tmp_path / "letter.pdf", short(desk.costa, address=(line,)))
    (found,) = measure_address(file.read_bytes(), (line,), "din5008-b")
    assert found.text == line
    assert [row.text for row in found.rows] == [line]
    box = found.box
    assert (box.x, box.y, box.right, box.bottom) == pytest.approx(ink(file, geometry("din5008-b").lines), abs=TENTH)


def test_a_broken_line_is_one_line_in_two_rows(desk: Desk) -> None:
    """A line that is too long for its zone is found in both its rows, and its box is around both."""
    address = ("Ms Ursula von der Leyen", "Directorate-General for Neighbourhood and Enlargement Negotiations", "B")
    pdf = desk.set(short(desk.costa, address=address)).pdf
    first, broken, last = measure_address(pdf, address, "din5008-b")
    assert [row.text for row in broken.rows] == [
        "Directorate-General for Neighbourhood and",
        "Enlargement Negotiations",
    ]
    pitch = geometry("din5008-b").lines.pitch
    levels = [row.baseline for line in (first, broken, last) for row in line.rows]
    assert [below - above for above, below in pairwise(levels)] == pytest.approx([pitch] * 3, abs=0.02)
    assert broken.box.bottom - broken.box.y > pitch
    whole = (address[0], broken.rows[0].text)
    _, unbroken = measure_address(desk.set(short(desk.costa, address=whole)).pdf, whole, "din5008-b")
    assert broken.rows[0].box.right == pytest.approx(unbroken.box.right, abs=0.01)  # no space counts


@pytest.mark.parametrize(
    "line",
    [
        "Rue\u00a0de\u202fla\u00a0Loi",
        "Donaudampf\u00adschiffahrts\u00adgesellschaft",
        "e\u0301cole",
        "q\u0302\u0323",
    ],
)
def test_signs_that_nobody_sees_make_no_difference(desk: Desk, line: str) -> None:
    """No-break spaces, soft hyphens and composed accents do not hide a line from the measure."""
    address = ("Ms A", line, "B")
    found = measure_address(desk.set(short(desk.costa, address=address)).pdf, address, "din5008-b")
    assert [found_line.text for found_line in found] == list(address)


def test_a_soft_hyphen_at_a_break(desk: Desk) -> None:
    """A word broken at a soft hyphen gets a hyphen, which the text of the address does not have."""
    line = "Bundesministerium für wirtschaftliche Zusammen\u00adarbeit und Entwicklung"
    (found,) = measure_address(desk.set(short(desk.costa, address=(line,))).pdf, (line,), "din5008-b")
    assert len(found.rows) == 2


def test_the_address_is_taken_from_its_zone(desk: Desk) -> None:
    """The same words elsewhere on the page are not taken for the address."""
    address = ("António Costa", "Brussels")
    style = ".contact:first-of-type{color:#000}"
    template = "<p>António Costa Brussels</p><p>International Partnership for Human Rights</p>"
    letter = short(
        desk.costa, address=address, opening="António Costa Brussels.", return_line="António Costa, Brussels"
    )
    pdf = desk.set(letter, head=desk.headed(template=template, style=style)).pdf
    first, _ = measure_address(pdf, address, "din5008-b")
    assert first.box.y == pytest.approx(63.5, abs=0.5)


def test_a_line_of_hyphens_has_no_place(desk: Desk) -> None:
    """A line without a sign to look for is left out, and the others are measured."""
    address = ("Mr B", "-", "C")
    found = measure_address(desk.set(short(desk.costa, address=address)).pdf, address, "din5008-b")
    assert [line.text for line in found] == ["Mr B", "C"]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_full_address_shows(desk: Desk, layout: Layout) -> None:
    """As many lines as a layout has room for all show, with accents on the first and descenders on the last."""
    lines = tuple(f"Éygj {number}" for number in range(geometry(layout).lines.most))
    letter = short(desk.costa, layout=layout, address=lines)
    pdf = desk.set(letter).pdf
    refuse_hidden_address(PdfDocument(pdf), letter)
    assert all(visible(geometry(layout)).holds(line.box) for line in measure_address(pdf, lines, layout))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_one_line_more_is_refused(desk: Desk, layout: Layout) -> None:
    """One line more than a layout has room for is refused by its name, in millimetres."""
    most = geometry(layout).lines.most
    lines = tuple(f"Éygj {number}" for number in range(most + 1))
    letter = short(desk.costa, layout=layout, address=lines)
    pdf = desk.set(letter).pdf
    with pytest.raises(
        LetterError, match=rf"The line “Éygj {most}” of the address stands \d\.\d mm below what the"
    ):
        refuse_hidden_address(PdfDocument(pdf), letter)


def test_a_hidden_line_is_named_with_its_millimetres(desk: Desk) -> None:
    """Of seven lines that the field lets through, the window names the last, and says how far it is out."""
    letter = short(desk.costa, address=LONG)
    pdf = desk.set(letter).pdf
    with pytest.raises(LetterError) as error:
        refuse_hidden_address(PdfDocument(pdf), letter)
    assert str(error.value) == (
        "The line “TURKMENISTAN” of the address stands 3.3 mm below what the window of the envelope DL shows."
    )
    assert error.value.help == (
        "Shorten the line, give the person lines of their own with address = […] in recipients.toml, or choose "
        "another layout: this one shows 6 lines of 75 mm."
    )


def test_a_line_that_runs_out_of_the_window_is_named(desk: Desk) -> None:
    """A line that cannot be broken is refused where it leaves the window, in a layout with a narrow one."""
    line = "Europäischer_Auswärtiger_Dienst_der_Union"
    letter = short(desk.costa, layout="jp-chou3", address=("Herrn A", line, "1046 Brüssel"))
    style = ".field { white-space: nowrap }"
    pdf = desk.set(letter, head=desk.headed(style=style)).pdf
    box = measure_address(pdf, letter.address, "jp-chou3")[1].box
    with pytest.raises(LetterError) as error:
        refuse_hidden_address(PdfDocument(pdf), letter)
    assert str(error.value) == (
        f"The line “{line}” of the address stands {box.right - 90:.1f} mm to the right of what the window of the "
        "envelope Chou 3 shows."
    )
    assert box.right - 90 > 5


@pytest.mark.parametrize(
    ("move", "side"),
    [
        ("top: -20mm", "above"),
        ("top: 30mm", "below"),
        ("left: -10mm", "to the left of"),
        ("left: 50mm", "to the right of"),
    ],
)
def test_each_side_is_named(desk: Desk, move: str, side: str) -> None:
    """A letterhead's style that moves the address out of the window is refused, and the side is said."""
    letter = short(desk.costa, address=("Mr António Costa", "1048 Brussels"))
    pdf = desk.set(letter, head=desk.headed(style=f"#address p {{ position: relative; {move} }}")).pdf
    sentences = hidden_lines(geometry("din5008-b"), measure_address(pdf, letter.address, "din5008-b"))
    assert sentences
    assert all(f" mm {side} what" in sentence for sentence in sentences)


def test_an_address_that_is_not_there_is_refused(desk: Desk) -> None:
    """An address that a letterhead's style swallows is an error, not a letter that goes nowhere."""
    letter = short(desk.costa)
    pdf = desk.set(letter).pdf
    with pytest.raises(LetterError, match="The address cannot be found on the first page"):
        refuse_hidden_address(PdfDocument(pdf), letter.model_copy(update={"address": ("Ms Nobody", "Nowhere")}))


def test_the_measure_is_cheap(desk: Desk) -> None:
    """Measuring takes a small part of the time that setting takes: it is done for every letter."""
    pdf = desk.set(desk.costa).pdf
    measure_address(pdf, desk.costa.address, "din5008-b")
    times = []
    for _ in range(5):
        start = time.perf_counter()
        measure_address(pdf, desk.costa.address, "din5008-b")
        times.append(time.perf_counter() - start)
    assert min(times) < 0.05
