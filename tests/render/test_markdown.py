"""Texts → HTML: what a letter needs is on, everything else is text, and each call prints its note."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from lettergen.citation import calls
from lettergen.model import Note
from lettergen.problems import LettergenError
from lettergen.render.markdown import to_html, to_html_inline

if TYPE_CHECKING:
    from collections.abc import Iterator


def note(number: int, source: str, repeats: int | None = None) -> Note:
    """Return a note of few words; its source may be called anything, as a text can."""
    return Note.model_construct(
        number=number,
        source=source,
        title="T",
        publisher="P",
        url="https://www.example.org/a?b=1&c=2",
        date="2024",
        accessed="1 March 2025",
        repeats=repeats,
    )


def notes(*sources: str) -> Iterator[Note]:
    """Return a note for each call of a text."""
    return iter([note(number, source) for number, source in enumerate(sources, start=1)])


def called(number: int) -> str:
    """Return the HTML of a note."""
    return (
        f'<span class="note" id="note-{number}">P, <span class=\'em\'>T</span>, 2024, '
        '<a href="https://www.example.org/a?b=1&amp;c=2">example.org</a> (read on 1 March 2025).</span>'
    )


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One.\n\nTwo.", "<p>One.</p>\n<p>Two.</p>\n"),
        ("*a* **b**", '<p><span class="em">a</span> <span class="strong">b</span></p>\n'),
        ("[a](https://example.org/a?b=1&c)", '<p><a href="https://example.org/a?b=1&amp;c">a</a></p>\n'),
        ("<https://example.org>", '<p><a href="https://example.org">https://example.org</a></p>\n'),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>\n'),
        ("\"a\" 'b' ... -- ---", "<p>“a” ‘b’ … – —</p>\n"),
        ("a  \nb", "<p>a<br />\nb</p>\n"),
    ],
)
def test_what_a_letter_needs_is_on(text: str, html: str) -> None:
    """Paragraphs, emphasis, links, lists, quotation marks and dashes."""
    assert to_html(text, notes(), "en") == html


@pytest.mark.parametrize(
    ("language", "text", "html"),
    [
        ("en", '"a *b" c*', '“a <span class="em">b” c</span>'),
        (
            "fr",
            '"a *b* [c](https://example.org)";',
            '«~a <span class="em">b</span> <a href="https://example.org">c</a>~»~;',
        ),
        ("fr", "a[^s] ; b", '<span class="keep" id="calls-1-1">a{1}</span>~; b'),
        ("fr", "le 1\navril[^s]", 'le <span class="keep" id="calls-1-1">1~avril{1}</span>'),
        ("de", '"a  \nb"', "„a<br />\nb“"),
        ("ru", "*в* регионе", '<span class="em">в</span>~регионе'),
        ("en", '\\"a\\" 4\\ April', "&quot;a&quot; 4\\ April"),
        (
            "fr",
            "<https://example.org/a;b?c!>",
            '<a href="https://example.org/a;b?c!">https://example.org/a;b?c!</a>',
        ),
    ],
)
def test_a_paragraph_gets_the_typography_of_its_language(language: str, text: str, html: str) -> None:
    """Across emphasis, links, calls and line ends; escaped signs and addresses stay as they are."""
    words = {"en": "read on", "fr": "consulté le", "de": "abgerufen am", "ru": "дата обращения:"}[language]
    expected = html.replace("~", "\u00a0").replace("{1}", called(1).replace("read on", words))
    assert to_html_inline(text, notes(*[source for source, _ in calls(text)]), language) == expected


@pytest.mark.parametrize(
    "text",
    [
        "# a",
        "a\n===",
        "a\n---",
        "> a",
        "***",
        "    a",
        "```\na\n```",
        "`a`",
        "<b>a</b>",
        "<!-- a -->",
        "<script>a</script>",
    ],
)
def test_what_could_change_the_page_is_text(text: str) -> None:
    """No headings, quotations, rules, code or raw HTML: their marks stand there as they were written."""
    html = to_html(text, notes(), "en")
    marks = {"<p>", "</p>"}
    assert {mark for mark in marks if mark in html} == marks
    assert html.count("<") == 2 * html.count("<p>")


@pytest.mark.parametrize(
    "text", ["[a](javascript:alert(1))", "[a](file:///etc/passwd)", "[a](vbscript:a)", "[a](data:text/html,a)"]
)
def test_a_link_that_runs_or_reads_something_is_text(text: str) -> None:
    """Such links are not links."""
    assert "<a" not in to_html(text, notes(), "en")


def test_a_picture_is_a_link() -> None:
    """A text cannot show a picture: nothing is loaded for it."""
    assert "<img" not in to_html("![a](http://example.org/a.png)", notes(), "en")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("the end.[^a] So", 'the <span class="keep" id="calls-1-1">end.{1}</span> So'),
        ("the end.[^a][^b] So", 'the <span class="keep" id="calls-1-2">end.{1}{2}</span> So'),
        ("the end. [^a] So", 'the <span class="keep" id="calls-1-1">end.{1}</span> So'),
        ("the end.\n[^a] So", 'the <span class="keep" id="calls-1-1">end.{1}</span> So'),
        ("*end*[^a]", '<span class="em">end</span><span class="keep" id="calls-1-1">{1}</span>'),
        ("x" * 50 + "[^a]", "x" * 20 + '<span class="keep" id="calls-1-1">' + "x" * 30 + "{1}</span>"),
        ("a\\[^a]", "a[^a]"),
        ("a[^ a]", "a[^ a]"),
    ],
)
def test_a_call_is_kept_on_the_line_of_its_word(text: str, html: str) -> None:
    """Calls stand behind the last word without a space; several calls behind a word are one span of numbers."""
    sources = [source for source, _ in calls(text)]
    expected = html.replace("{1}", called(1)).replace("{2}", called(2).replace("note-1", "note-2"))
    assert to_html_inline(text, notes(*sources), "en") == expected


def test_a_repeated_source_refers_to_its_first_note() -> None:
    """The second note of a source is short."""
    html = to_html_inline("a[^s] b[^s]", iter([note(1, "s"), note(2, "s", repeats=1)]), "en")
    assert html.endswith('<span class="note" id="note-2">P, <span class=\'em\'>T</span>, see note 1.</span></span>')


@pytest.mark.parametrize("text", ["[a](https://example.org/[^s]) b[^t]", "a[^t]"])
def test_a_call_that_misses_its_note_is_refused(text: str) -> None:
    """A call inside the address of a link would shift all notes behind it."""
    with pytest.raises(LettergenError, match="A call does not stand where it could print a note"):
        to_html(text, notes("s", "t"), "en")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One.\n\nTwo.", '<div class="run-in">\n<h3>A &lt; B</h3> One.</div>\n<p>Two.</p>\n'),
        ("- a", "<h3>A &lt; B</h3> <ul>\n<li>a</li>\n</ul>\n"),
        ("a[^s]", '<div class="run-in">\n<h3>A &lt; B</h3> <span class="keep" id="calls-1-1">a{1}</span></div>\n'),
    ],
)
def test_a_heading_runs_into_the_first_paragraph(text: str, html: str) -> None:
    """It stands on a line of its own only before a list."""
    assert to_html(text, notes("s"), "en", run_in="A < B") == html.replace("{1}", called(1))


PIECES = [
    "[^s]",
    "[",
    "](https://e.org)",
    "*",
    "**",
    "_",
    "\n",
    "\n\n",
    "- ",
    "  ",
    "1. ",
    "<b>",
    "`",
    "\\",
    "word",
    "“",
    '"',
    "&",
    "![",
    "<",
]


@given(
    st.lists(st.sampled_from(PIECES) | st.text(st.characters(exclude_categories=["Cs", "Cc"])), max_size=20).map(
        "".join
    )
)
def test_any_words_make_well_formed_html(text: str) -> None:
    """Whatever a text holds, its HTML has only the elements that a letter knows, closed in order."""
    sources = [source for source, _ in calls(text)]
    try:
        html = to_html(text, notes(*sources), "en", run_in=text)
    except LettergenError:
        return
    assert f"<h3>{escape(text)}</h3>" in html or "&#34;" in escape(text) or "&#39;" in escape(text)
    _assert_closed(html)


def _assert_closed(html: str) -> None:
    from html.parser import HTMLParser

    known = {"p", "div", "h3", "span", "a", "ul", "ol", "li", "br"}
    open_elements: list[str] = []

    class Watcher(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            assert tag in known
            assert {name for name, _ in attrs} <= {"class", "id", "href", "title", "start"}
            if tag != "br":
                open_elements.append(tag)

        def handle_endtag(self, tag: str) -> None:
            if tag != "br":
                assert open_elements.pop() == tag

    Watcher().feed(html)
    assert open_elements == []


def test_very_long_words_may_be_broken_but_not_shortly_before_a_call() -> None:
    """The engine would take a hyphen there that nobody needs, once the call goes to the next line."""
    word = "Menschenrechtsverletzungen"
    text = f"{word} {word} haben wir dort gesehen, wo man sie leugnet.\n\n{word} sehen wir.[^a]"
    first, second = to_html(text, iter([note(1, "a")]), "de").split("</p>", 1)
    assert first.count("Menschen\u00adrechts\u00adver\u00adlet\u00adzungen") == 2
    assert "\u00ad" not in second
