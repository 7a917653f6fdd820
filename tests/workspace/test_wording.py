"""Holds that what findings quote is short, on one line, and harmless to a terminal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lettergen.workspace.wording import LONGEST_QUOTATION, MOST_COMPARED, as_id, meant_by, nearest, quoted, visible


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("António", "“António”"),
        ("", "“”"),
        ("a\nb\tc", "“a␊b␉c”"),
        ("\x1b[31mred\x9b0m\x7f", "“␛[31mred\ufffd0m␡”"),
        ("a\u202eb\u2066c\u2028\u2029", "“a\ufffdb\ufffdc\ufffd\ufffd”"),
        ("👩\u200d⚖️ Ў", "“👩\u200d⚖️ Ў”"),
        ("x" * 61, f"“{'x' * 59}…”"),
    ],
)
def test_quoted(value: str, expected: str) -> None:
    """Any text is shown on one line, in quotation marks."""
    assert quoted(value) == expected


@given(st.text())
def test_what_is_visible_stays_in_its_column(text: str) -> None:
    """Every sign stays one sign, and none moves the cursor, ends the line, or turns the direction."""
    shown = visible(text)
    assert len(shown) == len(text)
    assert len(shown.splitlines()) <= 1
    assert not {"\x1b", "\x9b", "\u202e", "\t"} & set(shown)
    assert len(quoted(text)) <= LONGEST_QUOTATION + 2


def test_nearest() -> None:
    """A word with a slip in it means the known word next to it; anything else means none."""
    assert nearest("kosta", ["costa", "santos"]) == "costa"
    assert nearest("xyz", ["costa", "santos"]) is None
    assert nearest("xyz", []) is None


def test_few_words_are_compared() -> None:
    """Where hundreds of names are unknown, no spelling explains them, and comparing all would take minutes."""
    words = [f"member-{number:04}x" for number in range(2000)]
    assert meant_by(words, ["member-0000"]) == {"member-0000"}
    assert meant_by(words, ["member-1999"]) <= {"member-1999"}
    assert MOST_COMPARED < 2000


@pytest.mark.parametrize(
    ("text", "expected"), [("von der Leyen", "von-der-leyen"), ("TEU/21", "teu-21"), ('  "é" ', ""), ("a_b", "a-b")]
)
def test_as_id(text: str, expected: str) -> None:
    """What was meant by something that cannot be an id."""
    assert as_id(text) == expected
