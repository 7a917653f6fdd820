"""Lines as wide as the terminal, counted in cells."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lettergen.render.wrapping import cells, wrap


@pytest.mark.parametrize(
    ("text", "width"),
    [("", 0), ("abc", 3), ("Мир", 3), ("é", 1), ("e\u0301", 1), ("и\u0306", 1), ("北京", 4), ("a\u200db\u00ad", 2)],
)
def test_cells(text: str, width: int) -> None:
    """Marks over a letter take no cell of their own, wide signs take two."""
    assert cells(text) == width


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("one two three", ["one two", "three"]),
        ("https://example.org/long x", ["https://example.org/long", "x"]),
        ("ab « cdef » ; g", ["ab", "« cdef » ;", "g"]),
        ("abcdef — ghi", ["abcdef —", "ghi"]),
        ("a\u0301b\u0301c\u0301 d\u0301e\u0301f\u0301 g", ["a\u0301b\u0301c\u0301 d\u0301e\u0301f\u0301", "g"]),
        ("", [""]),
    ],
)
def test_lines(text: str, lines: list[str]) -> None:
    """Words stay whole; no line begins with a mark that closes, or ends with one that opens."""
    assert wrap(text, 8) == lines


def test_hanging() -> None:
    """What stands before the lines counts, and hangs the further ones."""
    assert wrap("one two three", 10, " 1. ", "    ") == [" 1. one", "    two", "    three"]


@given(st.text(st.sampled_from("abй« »;—\u0301北 ")), st.integers(1, 20))
def test_nothing_is_lost(text: str, width: int) -> None:
    """The lines put together are the text, and one that is too wide has nowhere to be broken."""
    lines = wrap(text, width)
    assert " ".join(lines) == text
    assert [line for line in lines if cells(line) > width and len(wrap(line, 1)) > 1] == []
