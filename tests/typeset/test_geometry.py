"""Where things stand on the finished page, in millimetres from its top left corner."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import pytest
from PIL import Image, ImageChops

from judges import poppler, verapdf
from lettergen.geometry import Lines, geometry
from lettergen.model import Layout
from lettergen.render.html import to_html_document
from typeset.desk import Desk, data_address, short

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from judges.poppler import Word
    from lettergen.geometry import Geometry

LAYOUTS: tuple[Layout, ...] = get_args(Layout)
HALF = 0.5  # millimetres; what a window envelope forgives
SPECIMEN = (
    "Specimen composed with lettergen from a public statement. "
    "It was not sent, and it is not the organisation’s letter."
)
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


@pytest.fixture(scope="module")
def words(drafts: dict[str, Path]) -> list[Word]:
    """Return the words of the unsigned sample letter."""
    return poppler.words_with_boxes(drafts["unsigned"])


def test_the_address_stands_in_the_window(words: list[Word], desk: Desk) -> None:
    """Return line and address start at 25 mm, in the zones 45 to 62.7 and 62.7 to 90 mm (DIN 5008, form B)."""
    left = [word for word in words if word.page == 1 and 45 < word.top < 92 and word.left < 105]
    returned, *address = lines(left)
    assert said(returned) == desk.costa.return_line
    assert [said(line) for line in address] == list(desk.costa.address)
    assert [line[0].left for line in (returned, *address)] == pytest.approx([25] * 5, abs=HALF)
    assert 45 <= returned[0].top <= returned[0].bottom <= 62.7
    assert address[0][0].top == pytest.approx(62.7, abs=HALF)
    assert address[-1][0].bottom <= 90
    assert all(word.right <= 105 for word in left)


def test_six_lines_of_address_fit(desk: Desk, tmp_path: Path) -> None:
    """The six lines that DIN 5008 has room for stay inside the field."""
    six = (
        "Dr Ursula von der Leyen",
        "President of the Commission",
        "Berlaymont",
        "Rue de la Loi 200",
        "1049 Brussels",
    )
    file = desk.written(tmp_path / "letter.pdf", short(desk.costa, address=(*six, "BELGIUM")))
    last = next(word for word in poppler.words_with_boxes(file) if word.text == "BELGIUM")
    assert last.bottom <= 90


def test_a_long_return_line_stays_in_the_window(desk: Desk, tmp_path: Path) -> None:
    """A return line that is longer than the window is broken, upwards from its place."""
    text = "A Partnership for the Freedoms of Association and Assembly · Square de l’Aviation 7A · 1070 Brussels"
    file = desk.written(tmp_path / "letter.pdf", short(desk.costa, return_line=text))
    zone = [word for word in poppler.words_with_boxes(file) if 45 < word.top < 62 and word.left < 124]
    assert said(word for line in lines(zone) for word in line) == text
    assert len(lines(zone)) == 2
    assert max(word.right for word in zone) <= 105


def test_date_and_reference_stand_level_with_the_address(desk: Desk, tmp_path: Path) -> None:
    """Place and date and the reference start at 125 mm, on the lines of the address."""
    file = desk.written(tmp_path / "letter.pdf", short(desk.costa, our_reference="IPHR/41"))
    found = poppler.words_with_boxes(file)
    block = lines(word for word in found if 60 < word.top < 92)
    assert [said(word for word in line if word.left > 120) for line in block[:2]] == [
        "Brussels, 1 April 2025",
        "Our reference: IPHR/41",
    ]
    assert [line[0].text for line in block[:2]] == ["Mr", "President"]
    starts = [next(word.left for word in line if word.left > 120) for line in block[:2]]
    assert starts == pytest.approx([125, 125], abs=HALF)


def test_the_subject_stands_under_the_address(words: list[Word], desk: Desk) -> None:
    """The subject starts 8.46 mm below the field, at 98.46 mm, and is the first line after the address."""
    subject = lines(word for word in words if word.page == 1 and word.top > 92)[0]
    assert said(subject) == desk.costa.subject
    assert subject[0].left == pytest.approx(25, abs=HALF)
    assert subject[0].top == pytest.approx(98.46, abs=HALF)


def test_text_and_notes_keep_the_margins(words: list[Word]) -> None:
    """The text starts at 25 mm and ends at 165, notes, running head and foot end at 190; nothing is outside."""
    assert min(word.left for word in words) == pytest.approx(25, abs=HALF)
    assert max(word.right for word in words) <= 190 + HALF
    for page, notes in ((1, "1."), (2, "12.")):
        on_page = [word for word in words if word.page == page]
        top = max(word.top for word in on_page if word.text == notes and word.left < 26)
        text = [word for word in on_page if (95 if page == 1 else 20) < word.top < top - 1]
        assert max(word.right for word in text) <= 165 + HALF
        full_size = [word for word in text if word.bottom - word.top > 4]  # the calls of notes are smaller
        for line in lines(full_size):  # a line of text, or one that hangs behind the number of a demand
            assert min(abs(line[0].left - start) for start in (25, 29.5)) <= HALF
        assert max(word.bottom for word in on_page if word.top < 280) <= 278 + HALF


def test_the_running_head_begins_on_page_two(words: list[Word], desk: Desk) -> None:
    """Recipient, date and page stand over the text of page 2, and not on page 1."""
    heads = [said(word for word in words if word.page == page and word.top < 20) for page in (1, 2)]
    assert heads == ["International Partnership for Human Rights", "António Costa · 1 April 2025 Page 2 of 2"]


def test_the_specimen_line_is_on_every_page(words: list[Word], desk: Desk, tmp_path: Path) -> None:
    """Each page's foot says that this is a specimen; a letter that is none does not say it."""
    assert [said(word for word in words if word.page == page and word.top > 280) for page in (1, 2)] == [
        SPECIMEN
    ] * 2
    real = desk.written(tmp_path / "letter.pdf", short(desk.costa, specimen=False))
    assert "pecimen" not in poppler.text(real)


def test_fold_and_hole_marks(drafts: dict[str, Path], tmp_path: Path) -> None:
    """Page 1 has marks 4 mm from its edge at 105, 148.5 and 210 mm, page 2 has none."""
    dpi = 300
    first, second = poppler.pictures(drafts["unsigned"], dpi, tmp_path)
    tops, lefts, lengths = zip(*_marks(first, dpi), strict=True)
    assert tops == pytest.approx((105, 148.5, 210), abs=HALF)
    assert lefts == pytest.approx((4, 4, 4), abs=HALF)
    assert lengths == pytest.approx((2.5, 4, 2.5), abs=HALF)
    assert _marks(second, dpi) == []


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
    lines_of_address = _in_zone(words, sheet)
    assert [said(line) for line in lines_of_address] == list(letter.address)
    assert [line[0].left for line in lines_of_address] == pytest.approx([sheet.lines.x] * 4, abs=HALF)
    tops = [sheet.lines.y + number * sheet.lines.pitch for number in range(4)]
    assert [line[0].top for line in lines_of_address] == pytest.approx(tops, abs=HALF)


def _in_zone(words: list[Word], sheet: Geometry) -> list[list[Word]]:
    """Return the lines that stand in the zone of the address."""
    zone = sheet.lines
    return lines(
        word for word in words if zone.y - HALF < word.top < zone.bottom and zone.x - HALF < word.left < zone.right
    )


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
    assert len(_marks(first, dpi)) == len(expected)
    for found, wanted in zip(_marks(first, dpi), expected, strict=True):
        assert found == pytest.approx(wanted, abs=HALF)
    assert _marks(second, dpi) == []
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
    first = _in_zone(words, sheet.model_copy(update={"lines": zone}))[0][0]
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
    file.write_bytes(
        desk.typesetter.typeset(html, base=desk.head_folder, data=b"{}", written=desk.costa.date, fields=False).pdf
    )
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


def _marks(picture: Path, dpi: int) -> list[tuple[float, float, float]]:
    """Return top, left and length of what is drawn in the left margin, in millimetres."""
    mm = 25.4 / dpi
    page = Image.open(picture).convert("L")
    margin = page.crop((0, 0, round(20 / mm), page.height))
    dark = margin.point(lambda value: 255 if value < DARK else 0)
    found: list[tuple[float, float, float]] = []
    for y in range(dark.height):
        box = dark.crop((0, y, dark.width, y + 1)).getbbox()
        if box and not (found and y * mm - found[-1][0] < 1):
            found.append((y * mm, box[0] * mm, (box[2] - box[0]) * mm))
    return found


def test_the_rule_over_the_notes_is_short_and_hides_nothing(drafts: dict[str, Path], tmp_path: Path) -> None:
    """Over the notes stands a hairline of 40 mm, and the paper of the notes stays white."""
    dpi = 150
    mm = 25.4 / dpi
    page = Image.open(poppler.pictures(drafts["unsigned"], dpi, tmp_path)[1]).convert("L")
    words = [word for word in poppler.words_with_boxes(drafts["unsigned"]) if word.page == 2]
    notes_top = next(word.top for word in words if word.text == "12." and word.left < 26)
    text_bottom = max(word.bottom for word in words if word.bottom < notes_top)
    strip = page.crop((0, round(text_bottom / mm) + 1, page.width, round(notes_top / mm)))
    box = strip.point(lambda value: 255 if value < DARK else 0).getbbox()
    assert box is not None
    assert [box[0] * mm, (box[2] - box[0]) * mm] == pytest.approx([25, 40], abs=HALF)
    assert (box[3] - box[1]) * mm < HALF
    foot = page.crop((0, round(notes_top / mm), page.width, round(278 / mm)))
    assert sum(foot.histogram()[:DARK]) < 0.15 * foot.width * foot.height


def test_the_draft_mark_is_on_every_page_and_never_on_words(drafts: dict[str, Path], tmp_path: Path) -> None:
    """A draft differs from the letter by its mark alone, which is large, on every page, and on no word."""
    dpi = 100
    mm = 25.4 / dpi
    words = poppler.words_with_boxes(drafts["unsigned"])
    pairs = zip(*(poppler.pictures(drafts[mode], dpi, tmp_path) for mode in ("unsigned", "draft")), strict=True)
    pages = 0
    for pages, pair in enumerate(pairs, start=1):
        box = ImageChops.difference(*(Image.open(picture).convert("L") for picture in pair)).getbbox()
        assert box is not None
        left, top, right, bottom = (side * mm for side in box)
        assert right - left > 9
        assert bottom - top > 60
        on_words = [
            word.text
            for word in words
            if word.page == pages
            and word.left < right
            and word.right > left
            and word.top < bottom
            and word.bottom > top
        ]
        assert on_words == []
    assert pages == 2


def test_a_logo_is_no_higher_than_its_place(desk: Desk, tmp_path: Path) -> None:
    """A logo stands at the right of the head, at most 16 mm high and 65 mm wide, and the name beside it."""
    dpi = 100
    mm = 25.4 / dpi
    for name, width, height in (("high", 100, 400), ("wide", 900, 100)):
        svg = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}mm" height="{height}mm" '
            f'viewBox="0 0 {width} {height}"><rect width="{width}" height="{height}" fill="#222222"/></svg>'
        )
        logo = data_address(svg.encode(), "image/svg+xml")
        file = desk.written(tmp_path / f"{name}.pdf", short(desk.costa), head=desk.headed(logo=logo))
        page = Image.open(poppler.pictures(file, dpi, tmp_path)[0]).convert("L")
        head = page.crop((0, 0, page.width, round(45 / mm)))
        drawn = head.crop((round(121 / mm), 0, head.width, head.height)).point(
            lambda value: 255 if value < DARK else 0
        )
        box = drawn.getbbox()
        assert box is not None
        assert (box[3] - box[1]) * mm <= 16 + HALF
        assert (box[2] - box[0]) * mm <= 65 + HALF
        assert 121 + box[0] * mm == pytest.approx(125, abs=HALF)
        sender = [word for word in poppler.words_with_boxes(file) if word.top < 20]
        assert said(sender) == "International Partnership for Human Rights"
        assert max(word.right for word in sender) <= 120


@pytest.mark.parametrize("layout", ["nf-z11-001", "jp-chou3"])
def test_in_a_column_the_logo_stands_over_the_name(desk: Desk, layout: Layout, tmp_path: Path) -> None:
    """Where the letterhead is a column, a wide logo keeps to it, and the name stands below."""
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="900mm" height="300mm" viewBox="0 0 900 300">'
        '<rect width="900" height="300" fill="#222222"/></svg>'
    )
    dpi = 100
    mm = 25.4 / dpi
    letter = short(desk.costa, layout=layout)
    head = desk.headed(logo=data_address(svg.encode(), "image/svg+xml"))
    file = desk.written(tmp_path / "letter.pdf", letter, head=head)
    place = geometry(layout).letterhead
    with Image.open(poppler.pictures(file, dpi, tmp_path)[0]) as picture:
        page = picture.convert("L")
    top = round(place.y / mm)
    strip = page.crop((round((place.x - 5) / mm), top, page.width, top + round(14 / mm)))
    box = strip.point(lambda value: 255 if value < DARK else 0).getbbox()
    assert box is not None
    assert [place.x - 5 + box[0] * mm, (box[2] - box[0]) * mm] == pytest.approx([place.x, 16 * 3], abs=HALF)
    name = next(
        word for word in poppler.words_with_boxes(file) if word.text == "Partnership" and word.left >= place.x
    )
    assert place.y + 16 < name.top < place.y + 22
