"""Holds which calls of sources a text makes, as Markdown reads them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lettergen.citation import calls
from lettergen.model import Note
from lettergen.render.markdown import to_html


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("Nothing.", []),
        ("One.[^a]", [("a", 6)]),
        ("One,[^a-1][^b2] two.[^a-1]\n\n[^c]", [("a-1", 6), ("b2", 12), ("a-1", 22), ("c", 30)]),
        ("“Ў 🇺🇿”[^ў]", [("ў", 8)]),
        ("[^] [^a b] [a] ^[a] [^a", []),
        (r"\[^a] \\[^b] \\\[^c] \x[^d]", [("b", 10), ("d", 25)]),
        ("*[^a]* [text[^b]](https://example.org)", [("a", 3), ("b", 14)]),
    ],
)
def test_calls(text: str, expected: list[tuple[str, int]]) -> None:
    """Each call is found with the place of its id; what is escaped or no call is not."""
    assert list(calls(text)) == expected


_pieces = st.sampled_from(
    ["\\", "[^a]", "[^b]", "[", "]", "^", "(u)", "*", "_", "\n\n", "\n- ", "x", ".", " ", "é", "!", "<", "&"]
)


@given(st.lists(_pieces, max_size=12).map("".join))
def test_the_page_shows_the_same_calls(text: str) -> None:
    """Each call that is counted here takes a note on the page, and nothing else does."""
    # Not checked: what cannot be the id of a source is a call all the same.
    notes = iter(
        Note.model_construct(
            number=n, source=s, title="", publisher="", url="https://a.eu", date=None, accessed=None, repeats=None
        )
        for n, (s, _) in enumerate(calls(text), start=1)
    )
    to_html(text, notes, "en")
    assert list(notes) == []
