"""Two wordings of one text, word by word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lettergen.review.prose import compare, tokens
from review.marks import marked

# Texts that share much: of few words, with all that is read as one piece.
WORDS = (
    "the",
    "The",
    "cat",
    "sat",
    "1,000",
    "1 200",
    "[^a]",
    "[^b]",
    "l’Union",
    ".",
    ",",
    " ",
    "  ",
    "\n",
    "[-",
    "+}",
)
texts = st.one_of(st.text(max_size=30), st.lists(st.sampled_from(WORDS), max_size=25).map("".join))

READINGS = {
    "a figure": (
        "In Kazakhstan officials counted 238 dead.",
        "In Kazakhstan officials counted 232 dead.",
        "In Kazakhstan officials counted [-238-]{+232+} dead.",
    ),
    "thousands": ("over 1,000 people", "over 1,200 people", "over [-1,000-]{+1,200+} people"),
    "thousands with a space": (
        "plus de 1 000 personnes",
        "plus de 1 200 personnes",
        "plus de [-1 000-]{+1 200+} personnes",
    ),
    "a date": ("read on 2025-03-27.", "read on 2025-03-28.", "read on [-2025-03-27-]{+2025-03-28+}."),
    "an ordinal": ("ranked 120th", "ranked 121st", "ranked [-120th-]{+121st+}"),
    "a joined word": ("l’Ouzbékistan même", "l’Ouzbekistan même", "[-l’Ouzbékistan-]{+l’Ouzbekistan+} même"),
    "an accent of its own": ("a cafe\u0301 b", "a cafe b", "a [-cafe\u0301-]{+cafe+} b"),
    "a source": ("was paused.[^a] The", "was paused.[^a][^b] The", "was paused.[^a]{+[^b]+} The"),
    "another source": ("was paused.[^a-1] The", "was paused.[^a-2] The", "was paused.[-[^a-1]-]{+[^a-2]+} The"),
    "a web address": (
        "P, <https://example.org/2024/a>.",
        "P, <https://example.org/2025/a>.",
        "P, <[-https://example.org/2024/a-]{+https://example.org/2025/a+}>.",
    ),
    "a sentence less": (
        "He saw. The cat ran. The dog sat.",
        "He saw. The dog sat.",
        "He saw. [-The cat ran. -]The dog sat.",
    ),
    "a sentence with a call less": (
        "A b.[^x] C d.[^y] E f.[^z]",
        "A b.[^x] E f.[^z]",
        "A b.[^x] [-C d.[^y] -]E f.[^z]",
    ),
    "a word less": ("the independent civil society", "the civil society", "the [-independent -]civil society"),
    "an island of a space": (
        "in safety and peace",
        "without fear and peace",
        "[-in safety-]{+without fear+} and peace",
    ),
    "an island of a word": (
        "The grant was ended in March and came back.",
        "The grant was suspended by the President in early May and came back.",
        "The grant was [-ended in March-]{+suspended by the President in early May+} and came back.",
    ),
    "lines": (
        "Mr António Costa\nPresident\nRue de la Loi 175\n1048 Brussels",
        "Ms Ana Costa\nPresident\nRue de la Loi 175\n1049 Brussels",
        "[-Mr António-]{+Ms Ana+} Costa\nPresident\nRue de la Loi 175\n[-1048-]{+1049+} Brussels",
    ),
    "a space": ("a  b", "a b", "a[-  -]{+ +}b"),
    "another text": (
        "Closer ties need not come at the price of rights; they last longer where people hold power.",
        "We ask for a meeting at the office in May, with people who know the region.",
        (
            "[-Closer ties need not come at the price of rights; they last longer where people hold power-]"
            "{+We ask for a meeting at the office in May, with people who know the region+}."
        ),
    ),
    "from nothing": ("", "We ask.", "{+We ask.+}"),
}


@pytest.mark.parametrize(("before", "after", "expected"), READINGS.values(), ids=READINGS.keys())
def test_it_reads_as_a_person_would_mark_it(before: str, after: str, expected: str) -> None:
    """What is struck out and written in are whole words, numbers, sources and, where it can be, sentences."""
    assert marked(compare(before, after)) == expected


@given(texts, texts)
def test_both_texts_can_be_taken_from_it(before: str, after: str) -> None:
    """Without what was inserted a redline is the text as it was, without what was deleted as it is."""
    parts = compare(before, after)
    assert "".join(part.text for part in parts if part.op != "insert") == before
    assert "".join(part.text for part in parts if part.op != "delete") == after
    assert any(part.op != "equal" for part in parts) == (before != after)


@given(texts, texts)
def test_parts_are_as_few_as_can_be(before: str, after: str) -> None:
    """No part is empty, and between two that are equal stand at most a deletion and then an insertion."""
    parts = compare(before, after)
    assert all(part.text for part in parts)
    order = "".join(part.op[0] for part in parts)
    assert not any(pair in order for pair in ("ee", "dd", "ii", "id"))


@given(texts)
def test_tokens_are_the_text(text: str) -> None:
    """Nothing is lost where a text is taken apart."""
    assert "".join(tokens(text)) == text


@given(texts, texts)
def test_numbers_are_whole(before: str, after: str) -> None:
    """No mark stands inside a number, a source or a word."""
    for text, left_out in ((before, "insert"), (after, "delete")):
        pieces = [part.text for part in compare(before, after) if part.op != left_out]
        assert [token for piece in pieces for token in tokens(piece)] == tokens(text)
