"""The reading of a letter against its page: all of its words, no others, in their order."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from judges import poppler
from lettergen.cli._sheet import unsigned_pdf
from lettergen.prepare import prepare
from lettergen.render.html import to_html_document
from lettergen.render.plain import with_calls
from lettergen.render.reading import Block, reading, to_text
from workspace.sample import LETTER, SUMMIT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from lettergen.model import Language
    from lettergen.prepare import Prepared
    from workspace.sample import Sample

LANGUAGES: tuple[Language, ...] = ("en", "fr", "de", "ru")
REST = """our_reference = "W-7"
enclosures = ["A report"]
cc = ["The press"]
"""


class PageText(HTMLParser):
    """The words of a page, as its HTML has them: its text, and its notes apart."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.notes: list[str] = []
        self._open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element."""
        if tag in {"meta", "img", "input", "br"}:
            return
        names = (dict(attrs).get("class") or "").split()
        self._open.append("note" if "note" in names else tag)
        if "note" in names:
            self.notes.append("")
        if tag in {"p", "h1", "h2", "h3", "li", "div", "address"}:
            self.text += " "

    def handle_endtag(self, tag: str) -> None:
        """End an element."""
        self._open.pop()
        if tag in {"p", "h3", "li"}:
            self.text += " "

    def handle_data(self, data: str) -> None:
        """Take what is not in the head."""
        if "note" in self._open:
            self.notes[-1] += data
        elif "head" not in self._open:
            self.text += data


def _words(text: str) -> list[str]:
    return text.replace("\u00ad", "").replace("\u00a0", " ").split()


def _check(prepared: Prepared) -> None:
    """Compare the blocks of each letter with the words of its page, in their order."""
    for each in prepared.letters:
        page = PageText(to_html_document(each, prepared.head, "unsigned"))
        found = reading(each, prepared.head.letterhead)
        # The style hides the return line of a letter to several people, prints the mark, and numbers the demands.
        text = page.text.replace(each.return_line, "", 1) if each.mode == "joint" else page.text
        labels = {b: b.label if b.kind == "concern" else "" for b in found}
        read = " ".join(
            f"{labels[b]} {with_calls(b.text, lambda _: '')}" for b in found if b.kind not in {"note", "mark"}
        )
        assert _words(read) == _words(text)
        notes = [b.text.replace("*", "") for b in found if b.kind == "note"]
        sites = [re.sub(r"<https?://(?:www\.)?([^/>]+)[^>]*>", r"\1", note) for note in notes]
        assert list(map(_words, sites)) == list(map(_words, page.notes))


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_all_that_the_page_has(four_languages: Sample, language: Language) -> None:
    """The words of the sample's page, all of them and no others, in their order, in each language."""
    _check(prepare(four_languages.root, SUMMIT, language=language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_all_of_those_who_join(four_languages: Sample, language: Language) -> None:
    """The same holds for co-signatories: their heading, each with country, note and speaker, and the withheld."""
    consent = 'consent = { date = 2025-03-20, by = "Director", how = "e-mail" }\n'
    folder = (four_languages.root / LETTER).with_name("signatories")
    folder.mkdir()
    keys = 'acronym = "A"\ncountry = "KZ"\nnote = "in exile"\nperson = "Ann Doe"\nfunction = "Chair"\n'
    for number in range(8):
        (folder / f"o{number}.toml").write_text(f'name = "O{number}"\n{keys if number % 2 else ""}{consent}')
    (folder / "quiet.toml").write_text(f'name = "Quiet"\ndisplay = "withheld"\n{consent}')
    _check(prepare(four_languages.root, SUMMIT, language=language))


@pytest.mark.parametrize("layout", ["din5008-b", "nf-z11-001", "us-no10"])
def test_it_is_all_that_a_page_to_several_people_has(sample: Sample, layout: str) -> None:
    """The same holds for a letter to several people, with a reference, enclosures and copies, on several sheets."""
    sample.plant(LETTER, 'layout = "din5008-b"\n', f'layout = "{layout}"\nmode = "joint"\n{REST}')
    _check(prepare(sample.root, SUMMIT))


def test_it_is_what_the_finished_pages_print(sample: Sample, tmp_path: Path) -> None:
    """What the style adds to the HTML is read too: mark, numbers of demands and notes; what it hides is not."""
    sample.plant(LETTER, 'layout = "din5008-b"', 'layout = "din5008-b"\nmode = "joint"')
    prepared = prepare(sample.root, SUMMIT)
    (each,) = prepared.letters
    file = tmp_path / "letter.pdf"
    file.write_bytes(unsigned_pdf(sample.root, SUMMIT, prepared, each))
    printed = " ".join(poppler.text(file).split())
    found = reading(each, prepared.head.letterhead)
    assert each.return_line not in printed
    assert all(
        line in printed for block in found if block.kind in {"mark", "address", "date"} for line in _lines(block)
    )
    assert [b.label for b in found if b.kind == "demand" and f"{b.label} {b.text[:20]}" not in printed] == []
    assert [
        b.label for b in found if b.kind == "note" and f"{b.label}. {b.text.partition(',')[0]}" not in printed
    ] == []


def _lines(block: Block) -> list[str]:
    return block.text.split("\n")


def test_the_sample_as_it_is_shown(four_languages: Sample, golden: Callable[[str, str], None]) -> None:
    """The sample letter in each language, as somebody reads it before approving it."""
    for language in LANGUAGES:
        prepared = prepare(four_languages.root, SUMMIT, language=language)
        text = to_text(reading(prepared.letters[0], prepared.head.letterhead), 76)
        golden(f"{SUMMIT}/costa.{language}.txt", text)
