"""The structure tree: one element per thing that is read, in the order in which it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pikepdf
import pytest

from judges import poppler, qpdf, tags, verapdf
from lettergen.model import Ask, Letter, Passage
from typeset.desk import Desk, note, short
from typeset.reading import elements, pages_of, pieces, reading

if TYPE_CHECKING:
    from pathlib import Path

LONG_HEADING = (
    "Independent journalists, bloggers, lawyers and defenders of human rights all over the region are followed, "
    "threatened, tried and imprisoned for nothing but their work, and those who speak for them share their fate."
)
WORDS = " ".join(f"word{number}" for number in range(500))
LIST = """\
We **demand** an end to it,[^s1] *now*, as [our report](https://example.org/report) says.[^s1][^s3]

- release the prisoners
- let lawyers work
  - in court
  - in prison

Another paragraph.
"""
TREE = """\
Document
  Part
    Div
      NonStruct
        Div
          P: International Partnership for Human Rights
          P: Brussels
          P: iphronline.org
      P: IPHR · Brussels
      Div
        NonStruct
          P: Mr António Costa
          P: President of the European Council
          P: Rue de la Loi 175
          P: 1048 Brussels
      Div
        P: Brussels, 1 April 2025
    Div
      H1: Civil society and fundamental freedoms at the summit in Samarkand
      P: Dear President Costa,
      P: We write to you.
      H2: What concerns us
      Sect
        H3: {heading}
        P: We demand an end to it,[1] now, as <our report> says.[2][3]
        L
          LI
            Lbl: •
            LBody: release the prisoners
          LI
            Lbl: •
            LBody: let lawyers work
          L
            LI
              Lbl: –
              LBody: in court
            LI
              Lbl: –
              LBody: in prison
        P: Another paragraph.
      Sect
        H3: Points.
        L
          LI
            Lbl: 1.
            LBody
              P: One
          LI
            Lbl: 2.
            LBody
              P: Two
              P: and more of it
      H2: What we ask of you
      P: President Costa, we ask you to use the summit for this:
      L
        LI
          Lbl: 1.
          LBody: Release all of them.
      Div
        P: We would value a reply.
      Div
        P: Yours sincerely,
        Div
          NonStruct
            Form
          P: International Partnership for Human Rights
        P: Signed digitally; the signature is in the PDF file.
      Div
        P: Enclosures:
        P: A list
      Div
        P: Copy to:
        P: The Ombudsman
  NonStruct
    Note <note-0001>: A publisher, A report, <example.org>.
      Lbl: 1.
    Note <note-0002>: A publisher, A report, see note 1.
      Lbl: 2.
    Note <note-0003>: A publisher, Another, May 2024, <example.org> (read on 1 March 2025).
      Lbl: 3.
"""


def letter_with_everything(letter: Letter) -> Letter:
    """Return a letter with a heading of three lines, lists in lists, a loose list, and all that can follow."""
    return short(
        letter,
        concerns=(
            Passage(id="one", title=LONG_HEADING, text=LIST),
            Passage(id="two", title="Points.", text="1. One\n\n2. Two\n\n   and more of it\n"),
        ),
        demands=(Ask(id="one", number=1, text="Release **all** of them."),),
        notes=(
            note(1),
            note(2, source="s1", repeats=1),
            note(3, "Another", date="May 2024", accessed="1 March 2025"),
        ),
        enclosures=("A list",),
        cc=("The Ombudsman",),
    )


@pytest.fixture(scope="module")
def everything(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return that letter, with its signature field."""
    file = tmp_path_factory.mktemp("structure") / "letter.pdf"
    return desk.written(file, letter_with_everything(desk.costa), "signed")


def test_the_tree_is_what_a_person_reads(everything: Path) -> None:
    """Address before body, one heading and one paragraph where text runs on, lists whole, notes behind the body."""
    assert reading(everything) == TREE.format(heading=LONG_HEADING)


@pytest.fixture(scope="module")
def long(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a letter of three pages whose ends break a paragraph and a list."""
    letter = short(
        desk.costa,
        concerns=(Passage(id="one", title="Long.", text=WORDS),),
        demands=tuple(Ask(id=f"d{number}", number=number, text="Act.") for number in range(1, 45)),
    )
    return desk.written(tmp_path_factory.mktemp("long") / "letter.pdf", letter)


def test_poppler_reads_the_same(everything: Path) -> None:
    """An independent reader finds the same pieces of text under the tree, in the same order."""
    found = [
        line.strip()[1:-1] for line in poppler.structure(everything).splitlines() if line.strip().startswith('"')
    ]
    assert [piece.replace("ﬁ", "fi") for piece in found] == [
        piece.replace("ﬁ", "fi") for piece in pieces(everything)
    ]


def test_the_judges_accept_it(everything: Path, long: Path) -> None:
    """PDF/A-3a and PDF/UA-1 with lists in lists, loose lists and what pages break; nothing is adrift."""
    assert [rules for rules in verapdf.verdicts([everything, long]).values() if rules] == []
    for file in (everything, long):
        assert tags.adrift(file) == []
        qpdf.check(file)


def test_what_a_page_breaks_is_one_element(long: Path) -> None:
    """A paragraph and a list that go over pages are one element each, with all their words and in their order."""
    told = reading(long)
    assert f"\n        H3: Long.\n        P: {WORDS}\n      H2: What we ask of you\n" in told
    assert told.count("\n      L\n") == 1
    assert told.count("\n  Part\n") == 1
    with pikepdf.open(long) as pdf:
        assert len(pdf.pages) == 3
        assert sum(element.S == "/LI" for element in elements(pdf)) == 44  # and each says whose kid it is


def test_a_heading_over_the_end_of_a_page_is_one(desk: Desk, tmp_path: Path) -> None:
    """A run-in heading that is longer than what is left of the page stays one heading before one paragraph."""
    heading = " ".join(f"title{number}" for number in range(60))
    letter = short(
        desk.costa,
        opening="\n\n".join(["We write."] * 20),
        concerns=(Passage(id="one", title=heading, text="It is wrong."),),
    )
    file = desk.written(tmp_path / "letter.pdf", letter)
    parts = [poppler.text(file, page, page).count("title") for page in (1, 2)]
    assert min(parts) > 10
    assert sum(parts) == 60
    assert f"\n        H3: {heading}\n        P: It is wrong.\n      H2: What we ask" in reading(file)
    assert tags.adrift(file) == []


def test_notes_have_names_and_calls_are_references(everything: Path) -> None:
    """Each note has an ID that the tree's index leads to, and there is a call for each."""
    with pikepdf.open(everything) as pdf:
        names = list(pdf.Root.StructTreeRoot.IDTree.Names)
        index = {str(name): element.objgen for name, element in zip(names[::2], names[1::2], strict=True)}
        notes = {str(element.ID): element.objgen for element in elements(pdf) if element.S == "/Note"}
    assert index == notes
    assert list(notes) == ["note-0001", "note-0002", "note-0003"]
    assert pages_of(everything, "Reference") == pages_of(everything, "Note") == [1, 1, 1]
