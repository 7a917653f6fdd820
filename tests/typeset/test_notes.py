"""Each note on the page of its call, however the pages break."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from judges import poppler
from lettergen.model import Ask, Passage
from lettergen.problems import LetterError
from lettergen.typeset import notes
from lettergen.typeset.notes import calls_of, first_page_without_its_notes, lay_out
from typeset.desk import Desk, note, random_letter, short
from typeset.reading import pages_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@dataclass
class Sheet:
    """A page as the typesetter's engine gives it, as far as notes are concerned."""

    anchors: dict[str, object] = field(default_factory=dict)


@dataclass
class Document:
    """A laid-out document."""

    pages: list[Sheet]


def document(*pages: str) -> Any:
    """Return a document whose pages have these ids, parted by spaces."""
    return Document([Sheet(dict.fromkeys(page.split())) for page in pages])


def layouts(*documents: Any) -> tuple[list[str], Callable[[str], Any]]:
    """Return a layout that gives one document after another, and what it was asked to lay out."""
    asked: list[str] = []

    def layout(html: str) -> Any:
        asked.append(html)
        return documents[min(len(asked), len(documents)) - 1]

    return asked, layout


HTML = "<html><head></head><body></body></html>"


def test_a_span_of_calls_is_all_its_numbers() -> None:
    """The ids of calls name the first and the last of those that stand behind one word."""
    page = document("calls-1-1 calls-2-4 address note-1").pages[0]
    assert calls_of(page) == {1, 2, 3, 4}


def test_the_first_page_without_its_notes_is_found() -> None:
    """A note on the page before or after its call, or nowhere, is not on its page."""
    assert first_page_without_its_notes(document("calls-1-1 note-1", "calls-2-3 note-2 note-3").pages) is None
    assert first_page_without_its_notes(document("calls-1-1 note-1", "calls-2-3 note-2", "note-3").pages) == 1
    assert first_page_without_its_notes(document("calls-1-2 note-1", "").pages) == 0
    assert first_page_without_its_notes(document("note-1", "calls-1-1").pages) == 1


def test_a_good_layout_is_taken_as_it_is() -> None:
    """Nothing is added to the document, and it is laid out once."""
    good = document("calls-1-1 note-1")
    asked, layout = layouts(good)
    assert lay_out(HTML, layout) is good
    assert asked == [HTML]


def test_the_foot_is_raised_until_the_notes_are_right() -> None:
    """Each layout with a note astray raises the foot of that page by one line more, and leaves the others."""
    good = document("calls-1-1 note-1", "calls-2-2 note-2")
    asked, layout = layouts(
        document("calls-1-1", "note-1 calls-2-2 note-2"),
        document("calls-1-1", "note-1 calls-2-2 note-2"),
        document("calls-1-1 note-1", "calls-2-2"),
        good,
    )
    assert lay_out(HTML, layout) is good
    feet = [html.removeprefix("<html><head><style>").partition("</style>")[0] for html in asked[1:]]
    assert feet == [
        "@page :nth(1) { @footnote { margin-top: 31px } }",
        "@page :nth(1) { @footnote { margin-top: 50px } }",
        "@page :nth(1) { @footnote { margin-top: 50px } }@page :nth(2) { @footnote { margin-top: 31px } }",
    ]


def test_what_never_fits_is_refused() -> None:
    """When no raised foot helps, the sentence names the page, and the help says what to do."""
    asked, layout = layouts(document("", "calls-1-1", "note-1"))
    with pytest.raises(LetterError, match=r"The notes of page 2 do not fit on it\.") as refused:
        lay_out(HTML, layout)
    assert refused.value.help
    assert len(asked) == 24


def test_a_note_longer_than_a_page_is_refused(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine would let such a note run out of the page."""
    monkeypatch.setattr(notes, "_LAYOUTS", 3)
    letter = short(desk.costa, opening="We write.[^s1]", notes=(note(1, "very long " * 1400),))
    with pytest.raises(LetterError, match=r"The notes of page \d do not fit on it\."):
        desk.set(letter)


@pytest.mark.parametrize(("number", "words"), [(40, 4), (9, 80)])
def test_many_notes_of_one_paragraph_are_with_their_calls(
    desk: Desk, tmp_path: Path, number: int, words: int
) -> None:
    """A paragraph whose notes need more than a page is broken where its notes are."""
    text = " ".join(f"This is the claim of note number {index}.[^s{index}]" for index in range(1, number + 1))
    letter = short(
        desk.costa,
        concerns=(Passage(id="one", title="Much.", text=text),),
        notes=tuple(note(index, "word " * words) for index in range(1, number + 1)),
    )
    file = desk.written(tmp_path / "letter.pdf", letter)
    assert pages_of(file, "Note") == pages_of(file, "Reference")
    assert len(pages_of(file, "Note")) == number


# With each of these the engine, left to itself, puts a note on another page than its call, or loses it.
ASTRAY = (1, 14, 26, 63, 75, 88, 91, 99, 105, 121, 124)


@pytest.mark.parametrize("seed", [*ASTRAY, 0, 2, 5, 9])
def test_pages_of_any_length_are_well_made(desk: Desk, tmp_path: Path, seed: int) -> None:
    """Notes are with their calls and under the text, no heading ends a page, and the closing has text over it."""
    letter = random_letter(desk.costa, seed)
    file = desk.written(tmp_path / "letter.pdf", letter)
    assert len(pages_of(file, "Note")) == len(letter.notes)
    assert pages_of(file, "Note") == pages_of(file, "Reference")
    assert_well_broken(file)


@pytest.mark.parametrize("lines", range(6, 15))
@pytest.mark.parametrize("conclusion", ["Reply.", "First.\n\nReply.", "Please. " * 40])
def test_no_page_holds_a_signature_alone(desk: Desk, tmp_path: Path, lines: int, conclusion: str) -> None:
    """Wherever the page ends, at least two lines of text stand over the closing on its page."""
    opening = "\n\n".join(["We write."] * lines)
    letter = short(desk.costa, opening=opening, conclusion=conclusion, enclosures=("A list",), cc=("Nobody",))
    assert_well_broken(desk.written(tmp_path / "letter.pdf", letter))


@pytest.mark.parametrize("lines", range(16, 20))
@pytest.mark.parametrize("more", range(1, 5))  # lines without the space between paragraphs
def test_no_page_ends_with_a_heading(desk: Desk, tmp_path: Path, lines: int, more: int) -> None:
    """Wherever the page ends, headings and the lead to the demands have what they head on their page."""
    letter = short(
        desk.costa,
        opening="\n\n".join(["We write."] * lines) + "  \nWe write." * more,
        demands=tuple(Ask(id=f"d{number}", number=number, text="Mend it.") for number in range(1, 9)),
    )
    assert_well_broken(desk.written(tmp_path / "letter.pdf", letter))


def assert_well_broken(file: Path) -> None:
    """Hold what can be seen of a letter's page ends from its words and their places."""
    words = poppler.words_with_boxes(file)
    last = max(word.page for word in words)
    for page in range(1, last + 1):
        inside = [word for word in words if word.page == page and (97 if page == 1 else 20) < word.top < 280]
        text = [word for word in inside if word.bottom - word.top > 4.5]
        foot = [word for word in inside if 3.4 < word.bottom - word.top < 4]
        assert max(word.bottom for word in text) <= min((word.top for word in foot), default=278.5)
        assert max(word.bottom for word in foot + text) <= 278.5
        by_top: dict[float, list[str]] = {}
        for word in sorted(text, key=lambda word: (round(word.top, 1), word.left)):
            by_top.setdefault(round(word.top, 1), []).append(word.text)
        lines = [" ".join(line) for line in by_top.values()]
        assert ("Yours sincerely," in lines) == (page == last)  # nor do enclosures and copies stand alone
        if page < last:
            assert lines[-1] not in {
                "What concerns us",
                "What we ask of you",
                "Dear President Costa,",
                "President Costa, we ask you to use the summit for this:",
            }
        if "Yours sincerely," in lines:
            assert lines.index("Yours sincerely,") >= 2
            assert "International Partnership for Human Rights" in lines
        else:
            assert "International Partnership for Human Rights" not in lines
