"""What is drawn beside the words, measured in pictures of the pages: marks, the rule over the notes, logos."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PIL import Image, ImageChops

from judges import poppler
from lettergen.geometry import geometry
from typeset.desk import Desk, data_address, short
from typeset.measuring import DARK, HALF, dark, marks, said

if TYPE_CHECKING:
    from pathlib import Path

    from lettergen.model import Layout


def test_fold_and_hole_marks(drafts: dict[str, Path], tmp_path: Path) -> None:
    """Page 1 has marks 4 mm from its edge at 105, 148.5 and 210 mm, page 2 has none."""
    dpi = 300
    first, second = poppler.pictures(drafts["unsigned"], dpi, tmp_path)
    tops, lefts, lengths = zip(*marks(first, dpi), strict=True)
    assert tops == pytest.approx((105, 148.5, 210), abs=HALF)
    assert lefts == pytest.approx((4, 4, 4), abs=HALF)
    assert lengths == pytest.approx((2.5, 4, 2.5), abs=HALF)
    assert marks(second, dpi) == []


def test_the_rule_over_the_notes_is_short_and_hides_nothing(drafts: dict[str, Path], tmp_path: Path) -> None:
    """Over the notes stands a hairline of 40 mm, and the paper of the notes stays white."""
    dpi = 150
    mm = 25.4 / dpi
    page = Image.open(poppler.pictures(drafts["unsigned"], dpi, tmp_path)[1]).convert("L")
    words = [word for word in poppler.words_with_boxes(drafts["unsigned"]) if word.page == 2]
    notes_top = next(word.top for word in words if word.text == "12." and word.left < 26)
    text_bottom = max(word.bottom for word in words if word.bottom < notes_top)
    strip = page.crop((0, round(text_bottom / mm) + 1, page.width, round(notes_top / mm)))
    box = dark(strip).getbbox()
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
        box = dark(head.crop((round(121 / mm), 0, head.width, head.height))).getbbox()
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
    box = dark(strip).getbbox()
    assert box is not None
    assert [place.x - 5 + box[0] * mm, (box[2] - box[0]) * mm] == pytest.approx([place.x, 16 * 3], abs=HALF)
    name = next(
        word for word in poppler.words_with_boxes(file) if word.text == "Partnership" and word.left >= place.x
    )
    assert place.y + 16 < name.top < place.y + 22
