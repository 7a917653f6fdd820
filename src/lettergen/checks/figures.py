"""The numbers and dates of a text, in a form that is the same in every language.

Figures are compared as they are written in digits; months by their names (Unicode CLDR). A number in words is not.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lettergen.model import Language

_SPACES = " \u00a0\u2009\u202f"
# What stands between groups of three digits beside a space, which the Union's institutions write in every language;
# and before decimals (Unicode CLDR).
_GROUP = {"en": ",", "fr": "", "de": ".", "ru": ""}
_DECIMAL = {"en": ".", "fr": ",", "de": ",", "ru": ","}
# What a text holds that nobody reads as text: Jinja, calls of sources, addresses of links.
_NOT_READ = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|\[\^[^\]\s]+\]|\]\([^)\s]*|<https?:[^>\s]*>", re.DOTALL)
# Russian declines the names of months; CLDR has the nominative and the genitive.
_FURTHER_MONTHS = {
    "ru": (
        ("январе", "январю", "январём"),
        ("феврале", "февралю", "февралём"),
        ("марте", "марту", "мартом"),
        ("апреле", "апрелю", "апрелем"),
        ("мае", "маю", "маем"),
        ("июне", "июню", "июнем"),
        ("июле", "июлю", "июлем"),
        ("августе", "августу", "августом"),
        ("сентябре", "сентябрю", "сентябрём"),
        ("октябре", "октябрю", "октябрём"),
        ("ноябре", "ноябрю", "ноябрём"),
        ("декабре", "декабрю", "декабрём"),
    )
}
# “May”, „Mai“ and “march”, “mars” can be other words; with a day or a year they are months.
_AMBIGUOUS_MONTHS = frozenset({3, 5})


class Figure(NamedTuple):
    """A number or date of a text.

    Attributes:
        value: the same in every language: “1000”, “2.5”, “2024-04-02”, “--04-02”, “2025-02”.
        written: as the text writes it.
        offset: of its first character in the text.
    """

    value: str
    written: str
    offset: int


class _Month(NamedTuple):
    """A month that a name means; not for sure where the name can be another word and stands alone."""

    number: int
    sure: bool


def figures(text: str, language: Language) -> Iterator[Figure]:
    """Yield the numbers and dates of a text, in its order."""
    readable = _NOT_READ.sub(lambda part: " " * len(part[0]), text)
    pattern, months = _dates(language)
    after = 0
    for found in pattern.finditer(readable):
        value = _date(found, months)
        if value is None:
            continue
        yield from _numbers(readable, after, found.start(), language)
        after = found.end()
        yield Figure(value, found[0], found.start())
    yield from _numbers(readable, after, len(readable), language)


def _date(found: re.Match[str], months: Mapping[str, _Month]) -> str | None:
    """Return what a date says, or None when its month may be another word."""
    day = found["day"] or found["day_after"] or found["day_in_digits"]
    year = found["year"] or found["year_in_digits"]
    if found["month"]:
        month = months[found["month"].casefold()]
        if not (month.sure or day or year):
            return None
        number = month.number
    else:
        number = int(found["month_in_digits"])
    return f"{year or '-'}-{number:02}" + (f"-{int(day):02}" if day else "")


def _numbers(text: str, start: int, end: int, language: Language) -> Iterator[Figure]:
    for found in _number(language).finditer(text, start, end):
        whole = re.sub(r"\D", "", found["whole"])
        value = whole + (f".{found['decimals']}" if found["decimals"] else "")
        yield Figure(value, found[0], found.start())


@cache
def _number(language: Language) -> re.Pattern[str]:
    group, decimal = f"{_SPACES}{re.escape(_GROUP[language])}", re.escape(_DECIMAL[language])
    return re.compile(
        rf"(?<![0-9])(?P<whole>[0-9]{{1,3}}(?:[{group}][0-9]{{3}})+(?![0-9])|[0-9]+)(?:{decimal}(?P<decimals>[0-9]+))?"
    )


@cache
def _dates(language: Language) -> tuple[re.Pattern[str], Mapping[str, _Month]]:
    """Return what finds a month with the day and year beside it, and the months by their names in small letters."""
    months = _months(language)
    # A name is written as inside a sentence, or as at its beginning, or in capitals: “may” is a verb.
    written = {form for name in months for form in (name, name[0].upper() + name[1:], name.upper())}
    month = "|".join(sorted(map(re.escape, written), key=len, reverse=True))
    space = f"[{_SPACES}\n]"
    # Only English puts the day behind: « en mars 12 personnes ».
    day_after = rf"(?:{space}(?P<day_after>[0-9]{{1,2}})(?:st|nd|rd|th)?(?![0-9]))?"
    if language != "en":
        day_after = "(?P<day_after>(?!))?"
    # “2 April 2024”, “1er avril”, „2. April“, “April 2, 2024”, “April 2024”, “April”; „02.04.2024“.
    pattern = re.compile(
        rf"(?:(?<![0-9])(?P<day>[0-9]{{1,2}})(?:er|st|nd|rd|th|\.|-?го)?{space}(?:of{space})?)?"
        rf"(?<!\w)(?P<month>{month})(?!\w){day_after}"
        rf"(?:,?{space}(?P<year>[0-9]{{4}})(?![0-9]))?"
        rf"|(?<![0-9.])(?P<day_in_digits>[0-9]{{1,2}})\.{space}?(?P<month_in_digits>0?[1-9]|1[0-2])\.{space}?"
        rf"(?P<year_in_digits>[0-9]{{4}})(?![0-9])"
    )
    return pattern, {name.casefold(): month for name, month in months.items()}


@cache
def _months(language: Language) -> Mapping[str, _Month]:
    """Return the months by their names as a sentence holds them: whole, declined, short with or without a dot."""
    from babel import Locale

    names = Locale.parse(language).months
    months: dict[str, _Month] = {}
    for context in ("format", "stand-alone"):
        for number, name in names[context]["abbreviated"].items():
            short = _Month(number, sure=False)
            months |= {name.rstrip("."): short, f"{name.rstrip('.')}.": short}
    for number, declined in enumerate(_FURTHER_MONTHS.get(language, ()), start=1):
        months |= dict.fromkeys(declined, _Month(number, number not in _AMBIGUOUS_MONTHS))
    for context in ("format", "stand-alone"):
        for number, name in names[context]["wide"].items():
            months[name] = _Month(number, number not in _AMBIGUOUS_MONTHS)
    if language == "en":  # the British short form, beside the American one of CLDR's “en”
        months |= dict.fromkeys(("Sept", "Sept."), _Month(9, sure=False))
    return months
