"""The order of names: as readers of a language look for them."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lettergen.language import in_order

ORDERS = {
    "accents come after their letters alone": ("fr", ["Ecole", "École", "Ecoles", "Élan", "Etat"]),
    "capitals make no difference to letters": ("en", ["article 19", "Article 20", "article 21"]),
    "umlauts stand with their vowels": ("de", ["Ärzte A", "Arzt B", "Öffnung", "Ofen", "Über", "Uhr"]),
    "an English article is left aside": ("en", ["Agora", "The Bridge", "Centre", "Theatre"]),
    "quotation marks are left aside": ("ru", ["«Агора»", "Бюро", "«Мемориал»", "Фонд"]),
    "Cyrillic comes first in Russian": ("ru", ["Ёлка", "Жизнь", "Яблоко", "Article 19"]),
    "Latin comes first elsewhere": ("en", ["Article 19", "Zebra", "Ёлка", "Жизнь"]),
    "Й is a letter of its own": ("ru", ["Игра", "Июль", "Йога", "Край"]),
    "a name of signs alone has a place too": ("en", ["***", "Agora"]),
}  # fmt: skip
SORTED = {
    "umlauts stand with their vowels": ["Arzt B", "Ärzte A", "Ofen", "Öffnung", "Über", "Uhr"],
}


@pytest.mark.parametrize("name", ORDERS)
def test_order(name: str) -> None:
    """Each language's own, whatever the order was before."""
    language, names = ORDERS[name]
    expected = SORTED.get(name, names)
    assert in_order(reversed(names), language, str) == expected
    assert in_order(sorted(names), language, str) == expected


@given(st.lists(st.text(min_size=1, max_size=8)), st.sampled_from(["en", "fr", "de", "ru"]))
def test_any_names(names: list[str], language: str) -> None:
    """Any names have one order, which does not depend on the one that they were written in."""
    assert in_order(names, language, str) == in_order(sorted(names), language, str)


def test_who_has_no_name_comes_last() -> None:
    """By country, those without one stand at the end, by name."""
    rows = [(None, "b"), ("Uzbekistan", "z"), (None, "a"), ("Kazakhstan", "y"), ("Kazakhstan", "x")]
    assert in_order(rows, "en", lambda row: row[0], lambda row: row[1]) == [
        ("Kazakhstan", "x"),
        ("Kazakhstan", "y"),
        ("Uzbekistan", "z"),
        (None, "a"),
        (None, "b"),
    ]


def test_the_table_is_read_when_there_is_something_to_sort() -> None:
    """A campaign without co-signatories does not load the library of the order."""
    code = (
        "import sys; from lettergen.language import in_order; import lettergen.merge; in_order([], 'en', str);"
        "print('pyuca' in sys.modules); in_order(['a'], 'en', str); print('pyuca' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, encoding="utf-8")
    assert done.stdout == "False\nTrue\n"
