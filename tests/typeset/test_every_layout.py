"""In every layout, each part of a letter stands where the layout says."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import pytest
from PIL import Image

from judges import poppler, verapdf
from lettergen.geometry import Lines, geometry
from lettergen.model import Layout
from lettergen.render.html import to_html_document
from typeset.desk import Desk, short
from typeset.measuring import HALF, in_zone, marks, said

if TYPE_CHECKING:
    from pathlib import Path

LAYOUTS: tuple[Layout, ...] = get_args(Layout)


@pytest.fixture(scope="module")
def sheets(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> dict[Layout, Path]:
    """Return the sample letter in every layout, with a reference and a return line."""
    folder = tmp_path_factory.mktemp("layouts")
    letter = desk.costa.model_copy(update={"our_reference": "IPHR/41"})
    return {
        layout: desk.written(folder / f"{layout}.pdf", letter.model_copy(update={"layout": layout}))
        for layout in LAYOUTS
    }


@pytest.mark.parametrize("layout", LAYOUTS)
def test_everything_stands_where_the_layout_says(sheets: dict[Layout, Path], desk: Desk, layout: Layout) -> None:
    """Read back from the PDF, each part of the first sheet stands where its layout has it, to half a millimetre."""
    sheet, letter = geometry(layout), desk.costa
    words = [word for word in poppler.words_with_boxes(sheets[layout]) if word.page == 1]
    expected = {
        "International": (sheet.letterhead.x, sheet.letterhead.y),
        letter.address[0].split()[0]: (sheet.lines.x, sheet.lines.y),
        letter.place_and_date.split()[0]: (sheet.info.x, sheet.info.y),
        "Our": (sheet.info.x, sheet.info.y + sheet.lines.pitch),
        "Civil": (sheet.margin.left, sheet.subject.y),
    }
    for first, place in expected.items():
        # Other words of the page can be like the one that is meant, and none of them begins where that one does.
        places = [(word.left, word.top) for word in words if word.text.rstrip(",") == first.rstrip(",")]
        assert min(abs(left - place[0]) + abs(top - place[1]) for left, top in places) <= HALF, (first, places)
    lines_of_address = in_zone(words, sheet)
    assert [said(line) for line in lines_of_address] == list(letter.address)
    assert [line[0].left for line in lines_of_address] == pytest.approx([sheet.lines.x] * 4, abs=HALF)
    tops = [sheet.lines.y + number * sheet.lines.pitch for number in range(4)]
    assert [line[0].top for line in lines_of_address] == pytest.approx(tops, abs=HALF)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_return_line_stands_over_the_address(sheets: dict[Layout, Path], desk: Desk, layout: Layout) -> None:
    """The return line ends just over the address; a layout whose window has no room for one prints none."""
    sheet, line = geometry(layout), geometry(layout).return_line
    small = [
        word
        for word in poppler.words_with_boxes(sheets[layout])
        if word.page == 1 and word.bottom - word.top < 3.5 and word.bottom <= sheet.lines.y
    ]
    assert said(small) == (desk.costa.return_line if line else "")
    if line:
        assert small[0].left == pytest.approx(line.x, abs=HALF)
        assert small[-1].bottom == pytest.approx(line.bottom, abs=HALF)
        assert small[-1].right <= line.x + line.width


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_sheet_has_its_size_its_marks_and_its_running_head(
    sheets: dict[Layout, Path], layout: Layout, tmp_path: Path
) -> None:
    """Paper, fold and hole marks are the layout's; later pages have a head between the margins, and no marks."""
    sheet, dpi = geometry(layout), 150
    first, second, *_ = poppler.pictures(sheets[layout], dpi, tmp_path)
    with Image.open(first) as picture:
        size = picture.size
    assert [side * 25.4 / dpi for side in size] == pytest.approx(sheet.sheet, abs=HALF)
    mark = sheet.marks
    expected = [(fold, mark.x, mark.fold_length) for fold in sheet.folds]
    if mark.hole and mark.hole_length:
        expected = sorted([*expected, (mark.hole, mark.x, mark.hole_length)])
    assert len(marks(first, dpi)) == len(expected)
    for found, wanted in zip(marks(first, dpi), expected, strict=True):
        assert found == pytest.approx(wanted, abs=HALF)
    assert marks(second, dpi) == []
    words = [word for word in poppler.words_with_boxes(sheets[layout]) if word.page == 2 and word.top < 20]
    assert said(words).startswith("António Costa · 1 April 2025 Page 2 of ")
    assert words[0].left == pytest.approx(sheet.margin.left, abs=HALF)
    assert words[-1].right == pytest.approx(sheet.sheet[0] - sheet.margin.right, abs=HALF)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_words_stand_on_others(sheets: dict[Layout, Path], layout: Layout) -> None:
    """On no page of any layout two words share a place."""
    words = poppler.words_with_boxes(sheets[layout])
    shared = [
        (one.text, other.text)
        for number, one in enumerate(words)
        for other in words[number + 1 :]
        if one.page == other.page
        and min(one.right, other.right) - max(one.left, other.left) > HALF
        and min(one.bottom, other.bottom) - max(one.top, other.top)
        > 1.2  # lines are set closer than fonts are high
    ]
    assert shared == []


def test_verapdf_accepts_every_layout(sheets: dict[Layout, Path]) -> None:
    """The sample letter is PDF/A-3a and PDF/UA-1 in every layout."""
    verdicts = verapdf.verdicts(list(sheets.values()))
    assert len(verdicts) == 2 * len(LAYOUTS)
    assert {key: rules for key, rules in verdicts.items() if rules} == {}


@pytest.mark.parametrize("moved", [{"x": 5.0}, {"y": 5.0}])
def test_a_field_that_is_moved_is_seen(desk: Desk, moved: dict[str, float], tmp_path: Path) -> None:
    """Were the page drawn elsewhere than the layout says, the measure would see it: 5 mm are 5 mm."""
    sheet = geometry("din5008-b")
    style = "".join(
        f"#address-field {{ {'left' if side == 'x' else 'top'}: {by + (0 if side == 'x' else sheet.lines.y)}mm }}"
        for side, by in moved.items()
    )
    file = desk.written(tmp_path / "letter.pdf", short(desk.costa), head=desk.headed(style=style))
    zone = Lines.model_validate(
        sheet.lines.model_dump() | {side: getattr(sheet.lines, side) + by for side, by in moved.items()}
    )
    words = poppler.words_with_boxes(file)
    first = in_zone(words, sheet.model_copy(update={"lines": zone}))[0][0]
    assert (first.left, first.top) == pytest.approx((zone.x, zone.y), abs=HALF)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_long_list_of_addressees_pushes_the_text_down(desk: Desk, layout: Layout, tmp_path: Path) -> None:
    """In a letter to several people the addresses follow each other, and date and subject keep clear of them."""
    sheet = geometry(layout)
    people = 5
    html = to_html_document(short(desk.costa, layout=layout), desk.head, "unsigned")
    one = html[html.index('<address id="address">') : html.index("</address>") + len("</address>")]
    several = "".join(one.replace(' id="address"', "") for _ in range(people))
    html = html.replace('<div class="sheet">', '<div class="sheet joint">').replace(
        one, f'<div id="address">{several}</div>'
    )
    file = tmp_path / "letter.pdf"
    file.write_bytes(desk.typesetter.typeset(html, data=b"{}", written=desk.costa.date, fields=False).pdf)
    words = [word for word in poppler.words_with_boxes(file) if word.page == 1]
    names = [word for word in words if word.text == "António"]
    assert len(names) == people
    assert [word.top for word in names] == sorted(word.top for word in names)
    assert names[0].top == pytest.approx(sheet.lines.y, abs=HALF)
    postcodes = [word for word in words if word.text == "1048"]
    subject = next(word for word in words if word.text == "Civil")
    assert subject.top >= postcodes[-1].bottom + 5
    date = next(word for word in words if word.text == "April")
    assert all(
        date.top >= word.bottom or date.bottom <= word.top or date.left > word.right for word in names + postcodes
    )
