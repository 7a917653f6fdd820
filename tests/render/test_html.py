"""Letter → one HTML document: what each mode has, and what no name or style sheet can break out of."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
import tinycss2  # type: ignore[import-untyped]  # it has no types
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from lettergen.language.writing import WRITINGS, Writing
from lettergen.model import Letter, Letterhead, Line, SignatureBlock
from lettergen.problems import LettergenError
from lettergen.render.html import render_head, to_html_document
from lettergen.workspace.head import Head
from lettergen.workspace.signature_images import SignatureImage

if TYPE_CHECKING:
    from lettergen.render.html import Mode

LETTER = Letter.model_validate(
    {
        "summit": "summit",
        "mode": "individual",
        "recipient": "costa",
        "recipient_name": "António Costa",
        "language": "en",
        "layout": "din5008-b",
        "specimen": False,
        "sender": "Watchers",
        "letterhead": "watchers",
        "return_line": "Watchers · Brussels",
        "address": ("Mr António Costa", "1048 Brussels"),
        "addressees": (),
        "date": "2025-04-01",
        "date_in_words": "1 April 2025",
        "place_and_date": "Brussels, 1 April 2025",
        "our_reference": None,
        "subject": "Rights",
        "salutation": "Dear President Costa,",
        "opening": "We write.",
        "concerns_heading": "Concerns",
        "concerns": ({"id": "one", "title": "One.", "text": "It is wrong."},),
        "demands_heading": "Demands",
        "demands_lead": "We ask:",
        "demands": ({"id": "one", "number": 1, "text": "Mend it."},),
        "conclusion": "We wait.",
        "closing": "Yours sincerely,",
        "signatories": (
            SignatureBlock(id="us", organisation="Watchers"),
            SignatureBlock(id="they", organisation="Others"),
        ),
        "enclosures": (),
        "cc": (),
        "notes": (),
    }
)
LETTERHEAD = Letterhead(name="Watchers & Co", address=("Brussels",), country="BE", contact=("example.org",))
MODES: tuple[Mode, ...] = ("signed", "unsigned", "draft")
ONE_LINE: TypeAdapter[str] = TypeAdapter(Line)


class Elements(HTMLParser):
    """What an HTML reader finds: the start tags, and the text of each style element and of the title."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {"style": [], "title": []}
        self._inside = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember a tag."""
        self.tags.append((tag, dict(attrs)))
        self._inside = tag
        if tag in self.texts:
            self.texts[tag].append("")

    def handle_endtag(self, tag: str) -> None:
        """Leave a tag."""
        self._inside = "" if tag == self._inside else self._inside

    def handle_data(self, data: str) -> None:
        """Remember the text of a title or a style sheet."""
        if self._inside in self.texts:
            self.texts[self._inside][-1] += data


def elements(letter: Letter = LETTER, head: Head | None = None, mode: Mode = "unsigned") -> Elements:
    """Return what an HTML reader finds in a letter."""
    return Elements(to_html_document(letter, head or Head(LETTERHEAD), mode))


@pytest.mark.parametrize("mode", MODES)
def test_only_a_letter_that_is_signed_has_fields(mode: Mode) -> None:
    """A field for each signatory, named after them; none in a draft or an unsigned letter."""
    names = [attributes.get("name") for tag, attributes in elements(mode=mode).tags if tag == "input"]
    assert names == (["signature-us", "signature-they"] if mode == "signed" else [])


@pytest.mark.parametrize("mode", MODES)
def test_a_draft_has_no_ink(mode: Mode) -> None:
    """A final letter shows the signature image, described; a draft shows the place where it will stand."""
    described = LETTER.signatories[1].model_copy(update={"image_description": "A scrawl"})
    letter = LETTER.model_copy(update={"signatories": (LETTER.signatories[0], described)})
    ink = {name: SignatureImage(f"data:image/png;base64,{name}", "") for name in ("us", "they")}
    html = to_html_document(letter, Head(LETTERHEAD, signatures=ink), mode)
    shown = [(tag["src"], tag["alt"]) for name, tag in Elements(html).tags if name == "img"]
    us, they = "data:image/png;base64,us", "data:image/png;base64,they"
    assert shown == ([] if mode == "draft" else [(us, "Signature of Watchers"), (they, "A scrawl")])
    assert ("base64,us" in html) == (mode != "draft")


def test_the_title_says_what_the_letter_is() -> None:
    """Specimen and draft are in the title, which is what a window or a list of files shows."""
    specimen = LETTER.model_copy(update={"specimen": True})
    titles = [elements(letter, mode=mode).texts["title"] for letter in (LETTER, specimen) for mode in MODES]
    assert titles == [
        ["Rights"],
        ["Rights"],
        ["Draft: Rights"],
        ["Specimen: Rights"],
        ["Specimen: Rights"],
        ["Specimen: Draft: Rights"],
    ]


@given(st.text(min_size=1, max_size=30))
def test_any_name_is_a_string_of_the_style_sheet(name: str) -> None:
    """The running head says exactly the name, whatever signs of HTML or CSS are in it."""
    try:
        ONE_LINE.validate_python(name)
    except ValidationError:
        return
    found = elements(LETTER.model_copy(update={"recipient_name": name}))
    assert len(found.texts["style"]) == 2
    assert _running_head(found.texts["style"][0]) == f"{name} · 1 April 2025"


def _running_head(style: str) -> str:
    page = next(
        rule
        for rule in tinycss2.parse_stylesheet(style)
        if rule.type == "at-rule" and rule.lower_at_keyword == "page"
    )
    rules = tinycss2.parse_blocks_contents(page.content)
    assert [rule for rule in rules if rule.type == "error"] == []
    head = next(rule for rule in rules if rule.type == "at-rule" and rule.lower_at_keyword == "top-left")
    content = next(
        rule for rule in tinycss2.parse_blocks_contents(head.content) if getattr(rule, "name", "") == "content"
    )
    text, *others = [token for token in content.value if token.type != "whitespace"]
    assert others == []
    return str(text.value)


@pytest.mark.parametrize("style", ["</style><p>out</p>", "/* </STYLE > */", 'p::before { content: "</style>" }'])
def test_a_style_sheet_cannot_leave_its_element(style: str) -> None:
    """What stands in letterhead.css stays in its style element, and a string in it says the same as before."""
    found = elements(head=Head(LETTERHEAD, style=style))
    assert [tag for tag, _ in found.tags] == [tag for tag, _ in elements().tags]
    assert found.texts["style"][1] == style.replace("</", "<\\/")
    before, after = (tinycss2.parse_stylesheet(text)[:1] for text in (style, found.texts["style"][1]))
    if style.startswith("p"):
        assert [token.value for token in before[0].content if token.type == "string"] == ["</style>"]
        assert [token.value for token in after[0].content if token.type == "string"] == ["</style>"]


def test_the_head_is_escaped() -> None:
    """What letterhead.toml says is text in the layout's head and in the letterhead's own."""
    own = Head(LETTERHEAD, template="<b>{{ letterhead.name }}</b> {{ letter.subject }} {{ logo }}")
    assert render_head(LETTER, Head(LETTERHEAD)).split("\n") == [
        '<p class="sender">Watchers &amp; Co</p>',
        '<p class="contact">Brussels</p>',
        '<p class="contact">example.org</p>',
        "",
    ]
    assert render_head(LETTER, own) == "<b>Watchers &amp; Co</b> Rights None"


def test_a_note_that_no_call_takes_is_refused() -> None:
    """A call that Markdown hides inside the address of a link would lose its note in silence."""
    note = {"number": 1, "source": "s", "title": "T", "publisher": "P", "url": "https://example.org"}
    letter = Letter.model_validate(
        LETTER.model_dump()
        | {
            "opening": "See [it](https://example.org/[^s]).",
            "notes": [note | {"date": None, "accessed": None, "repeats": None}],
        }
    )
    with pytest.raises(LettergenError, match=r"A call does not stand where it could print a note; it is \[\^s\]"):
        to_html_document(letter, Head(LETTERHEAD), "unsigned")


def test_the_page_speaks_the_letters_language() -> None:
    """Language and direction are said, and every fixed word is of the language."""
    german = LETTER.model_copy(update={"language": "de", "enclosures": ("Bericht",), "specimen": True})
    html = to_html_document(german, Head(LETTERHEAD), "draft")
    assert '<html lang="de" dir="ltr">' in html
    assert "<title>Muster: Entwurf: Rights</title>" in html
    assert '<meta name="description" content="Brief an António Costa">' in html
    assert '<div class="after"><p>Anlagen:</p><p>Bericht</p></div>' in html
    assert 'content: "Seite " counter(page) " von " counter(pages) "";' in html


def test_lines_get_the_typography_of_the_language() -> None:
    """Subject, headings, salutation, closing, enclosures and copies; names and addresses stay as they are."""
    line = 'a "b" c!'
    names = ("subject", "concerns_heading", "demands_heading", "salutation", "closing")
    update = dict.fromkeys(names, line) | {
        "enclosures": (line,),
        "cc": (line,),
        "address": (line,),
        "language": "fr",
    }
    html = to_html_document(LETTER.model_copy(update=update), Head(LETTERHEAD), "unsigned")
    assert html.count("a «\u00a0b\u00a0» c\u00a0!") == 1 + len(names) + 2  # the subject is the title, too
    assert html.count("a &#34;b&#34; c!") == 1


@pytest.mark.parametrize("language", ["en", "fr", "de", "ru"])
def test_no_word_is_hyphenated_but_by_its_author(language: str) -> None:
    """Only soft hyphens may break a word: the engine's own hyphenation breaks words that would fit."""
    style = elements(LETTER.model_copy(update={"language": language})).texts["style"][0]
    assert re.findall(r" hyphens: (\w+);", style) == ["manual"]


def test_a_letter_can_run_from_right_to_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """The direction is that of the locale."""
    monkeypatch.setitem(WRITINGS, "en", Writing("ar", ("”", "“", "’", "‘")))
    assert elements().tags[0] == ("html", {"lang": "en", "dir": "rtl"})
