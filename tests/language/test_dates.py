"""Holds how dates, places and lists are written."""

from __future__ import annotations

import datetime as dt
import re
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lettergen.language import list_in_words, long_date, partial_date, place_and_date
from lettergen.model import Language

LANGUAGES = st.sampled_from(get_args(Language))


@pytest.mark.parametrize(
    ("language", "first", "fourth"),
    [
        ("en", "1 April 2025", "4 April 2025"),
        ("fr", "1er avril 2025", "4 avril 2025"),
        ("de", "1. April 2025", "4. April 2025"),
        ("ru", "1 апреля 2025 г.", "4 апреля 2025 г."),
    ],
)
def test_a_date_in_words(language: str, first: str, fourth: str) -> None:
    """Day, month, year as the language writes them, held together by spaces that do not break."""
    days = [dt.date(2025, 4, 1), dt.date(2025, 4, 4)]
    assert [long_date(day, language) for day in days] == [text.replace(" ", "\u00a0") for text in (first, fourth)]


@pytest.mark.parametrize(
    ("language", "month"), [("en", "May 2019"), ("fr", "mai 2019"), ("de", "Mai 2019"), ("ru", "май 2019 г.")]
)
def test_a_date_of_which_only_a_part_is_known(language: str, month: str) -> None:
    """A year or a month is written as far as it is known; a month alone stands in the nominative."""
    assert partial_date("2019", language) == "2019"
    assert partial_date("2019-05", language) == month.replace(" ", "\u00a0")


@given(st.dates(), LANGUAGES)
def test_every_day_has_its_words(day: dt.date, language: str) -> None:
    """Day and year stand in the words of any date, around the month, without a space that breaks."""
    text = long_date(day, language)
    found = re.fullmatch(r"(\d+)(?:er|\.)?\u00a0([^\W\d_]+)\u00a0(\d+)(?:\u00a0г\.)?", text)
    assert found is not None
    assert (int(found[1]), int(found[3])) == (day.day, day.year)
    assert ("1er" in text) == (language == "fr" and day.day == 1)
    assert partial_date(day.isoformat(), language) == text


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "{date}, 1 April 2025"),
        ("fr", "{date}, le 1er avril 2025"),
        ("de", "{date}, 1. April 2025"),
        ("ru", "{date}, 1 апреля 2025 г."),
    ],
)
def test_place_and_date(language: str, expected: str) -> None:
    """The line over a letter; braces in a place are no placeholders."""
    assert place_and_date("{date}", dt.date(2025, 4, 1), language).replace("\u00a0", " ") == expected


@pytest.mark.parametrize(("language", "joined"), [("en", "and"), ("fr", "et"), ("de", "und"), ("ru", "и")])
def test_a_list_in_words(language: str, joined: str) -> None:
    """No comma stands before the last."""
    lists = [list_in_words(["A", "B", "C"][:count], language) for count in range(4)]
    assert lists == ["", "A", f"A {joined} B", f"A, B {joined} C"]
