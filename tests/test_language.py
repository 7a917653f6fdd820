"""Holds how dates, places and countries are written, and that the layouts find their words."""

from __future__ import annotations

import datetime as dt
import re
from importlib.resources import files
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lettergen.language import country_name, long_date, partial_date, place_and_date, words
from lettergen.model import Language

LAYOUTS = files("lettergen") / "layouts"


def test_a_date_in_words() -> None:
    """Day, month, year, held together by spaces that do not break."""
    assert long_date(dt.date(2025, 4, 1), "en") == "1\u00a0April\u00a02025"


@pytest.mark.parametrize(
    ("iso", "expected"),
    [("2019", "2019"), ("2019-05", "May\u00a02019"), ("2019-05-15", "15\u00a0May\u00a02019")],
)
def test_a_date_of_which_only_a_part_is_known(iso: str, expected: str) -> None:
    """A year, a month or a day is written as far as it is known."""
    assert partial_date(iso, "en") == expected


@given(st.dates())
def test_every_day_has_its_words(day: dt.date) -> None:
    """The parts of any date stand in its words, in order, without a space that breaks."""
    number, month, year = long_date(day, "en").split("\u00a0")
    assert (int(number), int(year)) == (day.day, day.year)
    assert month.isalpha()
    assert partial_date(day.isoformat(), "en") == long_date(day, "en")


def test_place_and_date() -> None:
    """The line over a letter; braces in a place are no placeholders."""
    assert place_and_date("Ghent {date}", dt.date(2025, 4, 1), "en") == "Ghent {date}, 1\u00a0April\u00a02025"


@pytest.mark.parametrize(
    ("code", "expected"), [("BE", "Belgium"), ("UZ", "Uzbekistan"), ("GB", "United Kingdom"), ("TR", "Türkiye")]
)
def test_country_names(code: str, expected: str) -> None:
    """Countries are called as Unicode's CLDR calls them."""
    assert country_name(code, "en") == expected


def test_a_code_without_country() -> None:
    """A code that nobody has is a KeyError, which the checks turn into a finding beforehand."""
    with pytest.raises(KeyError):
        country_name("XX", "en")


@pytest.mark.parametrize("language", get_args(Language))
def test_the_layouts_find_their_words(language: str) -> None:
    """Every word that a layout's file names is there, and it has no braces but those of its placeholders."""
    known = words(language)
    used = set()
    for name in ("letter.html", "letter.css", "letterhead.html"):
        used |= set(re.findall(r"words\.(\w+)", (LAYOUTS / name).read_text("utf-8")))
    assert used <= known.keys()
    for name, text in known.items():
        assert re.sub(r"\{(place|date|name|number)\}", "", text).isprintable(), name
        assert not {"{", "}"} & set(re.sub(r"\{(place|date|name|number)\}", "", text)), name
