"""Whatever people's names and texts hold, it is text: on the page, in the running head, in the file's metadata."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pikepdf
import pytest

from judges import poppler, tags, verapdf
from lettergen.language import typographic
from lettergen.model import Passage, SignatureBlock
from typeset.desk import Desk, note, short
from typeset.reading import reading

if TYPE_CHECKING:
    from pathlib import Path

HOSTILE = [
    "<script>alert(1)</script>",
    "</title></style><h1>X</h1>",
    "& &amp; &lt;b&gt; &#x41;",
    '"double" \'single\' \\"back\\\\',
    '"; } * { color: red } /*',
    "\\22 ; } body { display: none }",
    "*/ url(http://example.org/a) /*",
    "{{ letter }} {% raw %} {# no #}",
    "counter(page) attr(id) \\A \\00000a",
    "]]> <!-- --> <![CDATA[ x",
    "(a) <</Type /Catalog>> endstream endobj",
    "%PDF-1.7 \\( \\) ( ) )",
    "Ўзбекистон 100% — “é” ﬁ",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_words(desk: Desk, tmp_path: Path, words: str) -> None:
    """They stand as they are in the return line, the subject, the running head, the metadata, and load nothing."""
    letter = short(
        desk.costa,
        recipient_name=words,
        subject=words,
        sender=words,
        return_line=words,
        salutation=words,
        opening="We write.\n\n" * 30,
        concerns_heading=words,
        concerns=(Passage(id="one", title=words, text="It is wrong.[^s1]"),),
        demands_heading=words,
        notes=(note(1, words, publisher=words),),
        closing=words,
        signatories=(SignatureBlock(id="us", name=words, function=words, organisation=words),),
        enclosures=(words,),
        cc=(words,),
        our_reference=words,
    )
    file = desk.written(tmp_path / "letter.pdf", letter, "signed")
    head = [word.text for word in poppler.words_with_boxes(file) if word.page == 2 and word.top < 20]
    assert _bare(f"{words} · 1 April 2025 Page 2 of 2") == _bare("".join(head))
    # Return line, reference, subject, salutation, three headings, note (2), closing, signatory (3), enclosure,
    # copy, running head.
    assert _bare(poppler.text(file)).count(_bare(words)) == 16
    with pikepdf.open(file) as pdf:
        assert str(pdf.docinfo.Title) == f"Specimen: {typographic(words, 'en')}"
        assert str(pdf.docinfo.Author) == words
        assert str(pdf.docinfo.Subject) == f"Letter to {words}"
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"] == f"Specimen: {typographic(words, 'en')}"
        assert [str(field.TU) for field in pdf.Root.AcroForm.Fields] == [f"Digital signature of {words}"]


def test_a_screen_reader_reads_them(desk: Desk, tmp_path: Path) -> None:
    """In the structure tree they are the text of the headings, and they break neither standard."""
    words = " ".join(HOSTILE)
    letter = short(desk.costa, subject=words, sender=words, concerns=(Passage(id="a", title=words, text="So."),))
    file = desk.written(tmp_path / "letter.pdf", letter, "draft")
    headings = [line.split(": ", 1) for line in reading(file).splitlines() if line.lstrip().startswith("H")]
    assert [(tag.strip(), _bare(text)) for tag, text in headings if tag.strip() != "H2"] == [
        ("H1", _bare(words)),
        ("H3", _bare(words)),
    ]
    assert [rules for rules in verapdf.verdicts([file]).values() if rules] == []
    assert tags.adrift(file) == []


def _bare(text: str) -> str:
    """Return a text with straight quotes, without its spaces and ligatures, which readers combine as they like."""
    return "".join(text.split()).replace("ﬁ", "fi").translate(str.maketrans("“”‘’", "\"\"''"))
