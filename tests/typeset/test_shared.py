"""Holds that a letter which takes the pages of an earlier one is the file that it would have been by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from judges import poppler, verapdf
from lettergen.render.html import to_html_document
from lettergen.render.shared import SharedDocuments
from lettergen.typeset.typesetter import Typesetter

if TYPE_CHECKING:
    from pathlib import Path

    from lettergen.model import Letter
    from lettergen.render.html import Mode
    from lettergen.typeset.typesetter import Page
    from lettergen.workspace.head import Head
    from typeset.desk import Desk

# Signs that a name can have: of the typeface, of none, of HTML, invisible, and from right to left.
SIGNS = (
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 -'’.,&<>\"()/·"
    "àéîöüßçñøåæœłżśćńęąčřšžďťňáíóúýőűșțăğışİ"
    "абвгдежзийклмнопрстуфхцчшщъыьэюяҚқҒғӣӯ"
    "\N{SOFT HYPHEN}\N{NO-BREAK SPACE}\N{ZERO WIDTH SPACE}אب漢😀"
)
LINES = st.text(st.sampled_from(SIGNS), min_size=1, max_size=60).filter(
    lambda text: text.strip() == text and text != ""
)


def _own(desk: Desk, name: str, line: str, **changes: Any) -> Letter:
    """Return a letter to another person at the same kind of address."""
    address = (name, line, *desk.costa.address[2:])
    own = {"recipient": "other", "recipient_name": name, "address": address, "salutation": f"Dear {name},"}
    return desk.costa.model_copy(update=own | changes)


class Batch:
    """A typesetter of its own, in which the sample letter was set first."""

    def __init__(
        self, desk: Desk, mode: Mode = "unsigned", head: Head | None = None, first: Letter | None = None
    ) -> None:
        self._mode: Mode = mode
        self._head = head or desk.head
        self._typesetter = Typesetter([desk.root], desk.head_folder)
        named = first is not None and first.demands_lead != desk.costa.demands_lead
        self._documents = SharedDocuments(self._head, mode, named_in_lead=named)
        self.alone(first or desk.costa)

    def alone(self, letter: Letter) -> Page:
        """Set a letter by itself."""
        return self._typesetter.typeset(
            to_html_document(letter, self._head, self._mode),
            data=letter.model_dump_json(indent=1).encode(),
            written=letter.date,
            fields=self._mode == "signed",
            shared=self._documents.of(letter),
        )

    def like_the_first(self, letter: Letter) -> Page | None:
        """Set a letter with the pages of the first one, if it can have them."""
        data = letter.model_dump_json(indent=1).encode()
        return self._typesetter.set_like_the_first(self._documents.of(letter), data=data, written=letter.date)


@pytest.fixture(scope="module")
def batch(desk: Desk) -> Batch:
    """Return a batch of signed letters."""
    return Batch(desk, "signed")


@pytest.mark.parametrize("mode", ["signed", "unsigned", "draft"])
def test_same_bytes(desk: Desk, mode: Mode) -> None:
    """The file is the same, byte for byte, also with signs that the first letter does not have."""
    batch = Batch(desk, mode)
    for name in ("Anna Quist", "Žofie Ďuričová-Łącka", "Антониу Кошта", "Søren & <b>Sons</b> “Œuvre” fi ffl"):
        letter = _own(desk, name, "Präsidentin der Řeka")
        page = batch.like_the_first(letter)
        assert page is not None, name
        assert page == batch.alone(letter), name


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=LINES, line=LINES)
def test_any_recipient(desk: Desk, batch: Batch, name: str, line: str) -> None:
    """Whoever the recipient is, the file is what it would have been by itself, or the letter is set by itself."""
    letter = _own(desk, name, line)
    page = batch.like_the_first(letter)
    if page is not None:
        assert page == batch.alone(letter)


def test_named_before_the_demands(desk: Desk) -> None:
    """The paragraph before the demands may name the recipient, as long as it is one line."""
    batch = Batch(desk, first=_own(desk, "Anna Quist", "x", demands_lead="Ms Quist, we ask you to use the summit:"))
    letter = _own(desk, "Ömer Žák", "y", demands_lead="Mr Žák, we ask you to use the summit:")
    page = batch.like_the_first(letter)
    assert page is not None
    assert page == batch.alone(letter)
    long = _own(desk, "Ömer Žák", "y", demands_lead="Mr Žák, " + "we ask you " * 20 + ":")
    assert batch.like_the_first(long) is None


@pytest.mark.parametrize(
    "changes",
    [
        {"address": ("One", "Two", "Three", "Four", "Five")},
        {"subject": "Another subject"},
        {"salutation": "Dear " + "very " * 40 + "long salutation,"},
        {"salutation": "Dear  friend,"},
        {"recipient_name": "漢字"},
        {"demands": ()},
    ],
)
def test_by_itself(desk: Desk, batch: Batch, changes: dict[str, Any]) -> None:
    """A letter that differs in more, or whose own line is not one plain line, does not get another's pages."""
    assert batch.like_the_first(_own(desk, "Anna Quist", "x", **changes)) is None


@pytest.mark.parametrize(
    "style",
    [
        ".salutation { text-align: right }",
        ".salutation { text-transform: uppercase }",
        ".salutation { text-decoration: underline }",
        "address p { float: right }",
        "@page { @top-left { width: auto } }",
    ],
)
def test_style_that_moves_a_line(desk: Desk, style: str) -> None:
    """Where the letterhead's style lets more than a line's text depend on it, every letter is set by itself."""
    batch = Batch(desk, head=desk.headed(style=style))
    assert batch.like_the_first(_own(desk, "Anna Quist", "x")) is None


def test_letterhead_that_names_the_recipient(desk: Desk) -> None:
    """A letterhead with the recipient in it is another one for each letter."""
    batch = Batch(desk, head=desk.headed(template="<p>{{ letter.recipient_name }}</p>"))
    assert batch.like_the_first(_own(desk, "Anna Quist", "x")) is None


def test_before_independent_judges(desk: Desk, tmp_path: Path) -> None:
    """Pages as pictures, text, structure and veraPDF's verdict are the same for both ways."""
    batch = Batch(desk, "signed")
    letter = _own(desk, "Žofie Ďuričová-Łącka", "Präsidentin der Řeka")
    shared = batch.like_the_first(letter)
    assert shared is not None
    files = {"shared": tmp_path / "shared.pdf", "alone": tmp_path / "alone.pdf"}
    files["shared"].write_bytes(shared.pdf)
    files["alone"].write_bytes(Batch(desk, "signed", first=letter).alone(letter).pdf)
    one, other = (
        (poppler.text(file), poppler.structure(file), _pictures(file, tmp_path / name))
        for name, file in files.items()
    )
    assert one == other
    assert "Žofie Ďuričová-Łącka" in one[0]
    assert list(verapdf.verdicts(list(files.values())).values()) == [[], [], [], []]


def _pictures(file: Path, folder: Path) -> list[bytes]:
    folder.mkdir()
    return [picture.read_bytes() for picture in poppler.pictures(file, 150, folder)]


def test_signs_that_look_alike(desk: Desk, batch: Batch) -> None:
    """A sign that is another way to write one, and would share its glyph, goes the long way."""
    assert batch.like_the_first(_own(desk, "Anna \N{ANGSTROM SIGN}", "x")) is None
    assert batch.like_the_first(_own(desk, "Anna \N{LATIN CAPITAL LETTER A WITH RING ABOVE}", "x")) is not None
