"""Where the words of the sample letter stand, which has the layout of DIN 5008, form B."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from judges import poppler
from typeset.desk import Desk, short
from typeset.measuring import HALF, lines, said

if TYPE_CHECKING:
    from pathlib import Path

    from judges.poppler import Word

SPECIMEN = (
    "Specimen composed with lettergen from a public statement. "
    "It was not sent, and it is not the organisation’s letter."
)


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
