"""Markdown texts → plain text: what the page shows, calls kept, and nothing that only looks like one."""

from __future__ import annotations

from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lettergen.render.markdown import markdown_parser
from lettergen.render.plain import plain_line, plain_paragraph, plain_paragraphs, with_calls

# What Markdown, calls and white space are made of.
TEXTS = st.text(st.sampled_from("ab1[]^\\*_ \n-.<>()!\"'&;\t\u00a0"), min_size=1, max_size=30)


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("One.\n\nTwo.", ("One.", "Two.")),
        ("one\ntwo", ("one two",)),
        ("one  \ntwo", ("one\ntwo",)),
        ("one \t two", ("one two",)),
        ("*a* **b** ***c***", ("*a* **b** ***c***",)),
        ("[a](https://example.org/b)", ("a <https://example.org/b>",)),
        ("<https://example.org/b>", ("https://example.org/b",)),
        ("- a\n- b\n  c", ("• a\n• b c",)),
        ("3. a\n4. b", ("3. a\n4. b",)),
        ("0. a", ("0. a",)),
        ("1. a\n\n   b\n\n   - c\n   - d\n\ne", ("1. a\n   b\n   • c\n   • d", "e")),
        ("- - a\n-", ("• • a\n•",)),
        ("\"a\" 'b' ... -- (c)", ("“a” ‘b’ … – ©",)),
        ("a[^s] b [^t] [^s].", ("a[^s] b[^t][^s].",)),
        ("a *b*\n[^s]", ("a *b*[^s]",)),
        ("# a\n\n`b` <b>", ("# a", "`b` <b>")),
        ("a\u00adb 4\u00a0April 1\u202f000", ("ab 4 April 1 000",)),
    ],
)
def test_what_the_page_shows(text: str, paragraphs: tuple[str, ...]) -> None:
    """Paragraphs, emphasis, links, lists and calls in plain signs, with the typography of the page."""
    assert plain_paragraphs(text, "en") == paragraphs


@pytest.mark.parametrize(
    ("language", "line"),
    [("en", "“a” b"), ("fr", "« a » b"), ("de", "„a“ b"), ("ru", "«a» b")],
)
def test_each_language_has_its_own_typography(language: str, line: str) -> None:
    """Quotation marks are the language's, and spaces are plain, in Markdown and in plain lines."""
    assert (plain_paragraph('"a" b', language), plain_line('"a" b', language)) == (line, line)


def test_a_text_of_one_paragraph_has_no_lists() -> None:
    """A demand is one paragraph on the page, whatever its lines begin with."""
    assert plain_paragraph("a\n- b[^s]", "en") == "a - b[^s]"


@pytest.mark.parametrize(
    ("text", "plain", "numbered"),
    [
        (r"a[^s] \[^s] b[^s]", r"a[^s] \[^s] b[^s]", r"a[1] \[^s] b[2]"),
        (r"\\[^s]", r"\\[^s]", r"\[1]"),
        (r"\\\[^s]", r"\\\[^s]", r"\\\[^s]"),
        (r"\[^a[^s]]", r"\[^a[^s]]", r"\[^a[1]]"),
        (r"a\\b [^x y]", r"a\b \[^x y]", r"a\b \[^x y]"),
    ],
)
def test_what_only_looks_like_a_call_keeps_its_backslash(text: str, plain: str, numbered: str) -> None:
    """A call and the look of one are told apart, whatever backslashes stand there."""
    numbers = count(1)
    assert plain_paragraph(text, "en") == plain
    assert with_calls(plain, lambda _: f"[{next(numbers)}]") == numbered


@given(TEXTS)
def test_plain_text_has_the_calls_of_the_text(text: str) -> None:
    """As many calls, of the same sources, in the same order, in any text; no hidden space is left."""
    sources = [
        token.content
        for block in markdown_parser().parse(text, {"language": "en"})
        for token in block.children or []
        if token.type == "source_call"
    ]
    found: list[str] = []

    def written(source: str) -> str:
        found.append(source)
        return ""

    for paragraph in plain_paragraphs(text, "en"):
        with_calls(paragraph, written)
        assert not set(paragraph) & {"\u00a0", "\u202f", "\u00ad", "\t"}
    assert found == sources
