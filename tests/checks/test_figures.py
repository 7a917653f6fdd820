"""Holds that a number or date is read as the same figure in every language, and nothing else as one."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, get_args

import pytest
from babel.dates import format_date
from babel.numbers import format_decimal
from hypothesis import example, given
from hypothesis import strategies as st

from lettergen.checks.figures import Figure, figures
from lettergen.language import long_date, partial_date
from lettergen.model import Language

if TYPE_CHECKING:
    from decimal import Decimal

LANGUAGES: tuple[Language, ...] = get_args(Language)
DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1))
# As a language writes them with its own habits, which “en” of Unicode’s CLDR has from the United States.
LOCALES = {"en": ("en", "en_GB"), "fr": ("fr",), "de": ("de",), "ru": ("ru",)}

READ = {
    "en": {
        "over 1,000 people": ["1000"],
        "1 000, 1\u00a0000, 1\u202f000, 1\u2009000": ["1000"] * 4,
        "12,345,678.90 and 0.5": ["12345678.90", "0.5"],
        "the 120th, 1st, 2nd and 3rd": ["120", "1", "2", "3"],
        "On 2 April 2024, on April 2, 2024, on the 2nd of April 2024": ["2024-04-02"] * 3,
        "2 April; April 2; the 2nd of April": ["--04-02"] * 3,
        "in April 2024, in April, in APRIL 2024": ["2024-04", "--04", "2024-04"],
        "Sept. 2, 2024; 2 Sept 2024; 2 Sep 2024": ["2024-09-02"] * 3,
        "in May, a march, they may; 27 March, 5 May, May 2024": ["--03-27", "--05-05", "2024-05"],
        "the 21 may face 5 years": ["21", "5"],
        "Jan Nováček and Mar Roxas": [],
        "2–4 April 2024": ["2", "2024-04-04"],
        "in 2022 238 people; 2022, 2023": ["2022", "238", "2022", "2023"],
        "R2D2, COVID-19": ["2", "2", "19"],
        "a year’s end, one officer, eighteen months": [],
    },
    "fr": {
        "plus de 1 000, 1\u00a0000, 1\u202f000": ["1000"] * 3,
        "12 345 678,90 et 0,5": ["12345678.90", "0.5"],
        "la 120e, le 1er, la 2e place": ["120", "1", "2"],
        "le 2 avril 2024, le 1er avril 2024, le 2\u00a0avril": ["2024-04-02", "2024-04-01", "--04-02"],
        "en avril 2024, en avril ; Avril 2024": ["2024-04", "--04", "2024-04"],
        "en mars 12 personnes, en février 40 autres": ["12", "--02", "40"],
        "2 avr. 2024, 2 août 2024, 2 sept. 2024": ["2024-04-02", "2024-08-02", "2024-09-02"],
        "27 mars, 2 mai 2024": ["--03-27", "2024-05-02"],
    },
    "de": {
        "mehr als 1.000, 1 000, 1\u00a0000": ["1000"] * 3,
        "12.345.678,90 und 0,5": ["12345678.90", "0.5"],
        "Platz 120. Am 2. April 2024, am 02.04.2024, am 2. 4. 2024": ["120", *["2024-04-02"] * 3],
        "2. April, im April, April 2024": ["--04-02", "--04", "2024-04"],
        "im Mai, im März; 5. Mai, März 2024": ["--05-05", "2024-03"],
        "Im Juni 21 Menschen": ["--06", "21"],
        "der 21. Januar, 21. Jan. 2024": ["--01-21", "2024-01-21"],
    },
    "ru": {
        "более 1 000, 1\u00a0000, 1\u202f000": ["1000"] * 3,
        "12 345 678,90 и 0,5": ["12345678.90", "0.5"],
        "120-е место, 1-й, 2-го": ["120", "1", "2"],
        "2 апреля 2024 года, 2-го апреля 2024 г., 02.04.2024": ["2024-04-02"] * 3,
        "в апреле 2024 года, в апреле, апрель, к апрелю": ["2024-04", "--04", "--04", "--04"],
        "27 марта, в мае, в марте": ["--03-27"],
        "Январь 2024; 2 янв. 2024; 2 мая 2024": ["2024-01", "2024-01-02", "2024-05-02"],
    },
}


def values(text: str, language: Language) -> list[str]:
    """Return what is read in a text."""
    return [figure.value for figure in figures(text, language)]


@pytest.mark.parametrize(
    ("language", "text"), [(language, text) for language in LANGUAGES for text in READ[language]]
)
def test_what_is_read(language: Language, text: str) -> None:
    """Numbers with their groups and decimals, ordinals, and dates as the language writes them."""
    assert values(text, language) == READ[language][text]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_nobody_reads_as_text(language: Language) -> None:
    """Jinja, calls of sources and addresses of links hold no figures; what is around them keeps its place."""
    unread = (
        "{{ 21 }} {% if 22 %} {# 23\n24 #}[^hrw-2022] [text](https://a.eu/2025/12 'in 7') (https) <https://a.eu/13>"
    )
    assert list(figures(f"{unread} 5", language)) == [
        Figure("7", "7", unread.index("7")),
        Figure("5", "5", len(unread) + 1),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_figures_stand_where_they_stand(language: Language) -> None:
    """In the order of the text, each with its offset and as it is written."""
    text = f"7 – {long_date(dt.date(2024, 4, 2), language)} – 8"
    found = list(figures(text, language))
    assert [figure.value for figure in found] == ["7", "2024-04-02", "8"]
    assert all(text[figure.offset :].startswith(figure.written) for figure in found)


@pytest.mark.parametrize("language", LANGUAGES)
@given(st.text() | st.text("0123456789., \u00a0\u202f\nMayаямрт{}[]()^%#-<>:hpst/", max_size=60))
@example("0" * 5000)
@example("{{" * 3000)
def test_any_text_is_read(language: Language, text: str) -> None:
    """Nothing that anyone writes stops it; what is found is in the text, in order."""
    found = list(figures(text, language))
    assert [figure.offset for figure in found] == sorted(figure.offset for figure in found)
    assert all(text[figure.offset :].startswith(figure.written) for figure in found)


@pytest.mark.parametrize("language", LANGUAGES)
@given(st.integers(0, 10**15))
def test_whole_numbers_read_back(language: Language, number: int) -> None:
    """As Unicode's CLDR writes them, with groups, in a sentence."""
    for locale in LOCALES[language]:
        assert values(f"x {format_decimal(number, locale=locale)}, x", language) == [str(number)]


@pytest.mark.parametrize("language", LANGUAGES)
@given(st.decimals(0, 10**9, places=2))
def test_decimals_read_back(language: Language, number: Decimal) -> None:
    """With two decimals."""
    written = format_decimal(number, format="#,##0.00", locale=language)
    assert values(f"x {written} x", language) == [f"{number:.2f}"]


@pytest.mark.parametrize("language", LANGUAGES)
@given(DAYS)
def test_dates_read_back(language: Language, day: dt.date) -> None:
    """As CLDR writes them, long or of medium length, and as our own letters do; and so do months."""
    written = {format_date(day, width, locale) for width in ("long", "medium") for locale in LOCALES[language]}
    for text in {*written, long_date(day, language)}:
        assert values(f"x {text}, x", language) == [day.isoformat()], text
    month = partial_date(f"{day:%Y-%m}", language)
    assert values(f"x {month}.", language) == [f"{day:%Y-%m}"]
