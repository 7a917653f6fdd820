"""How a language writes dates, and the fixed words of the layouts."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

# English is written as the institutions in Brussels write it: day, month, year.
_LOCALES = {"en": "en_GB"}


def long_date(day: dt.date, language: str) -> str:
    """Return a date in words: “1 April 2025”. Spaces inside a date do not break."""
    from babel.dates import format_date

    return format_date(day, format="long", locale=_LOCALES[language]).replace(" ", "\u00a0")


def partial_date(iso: str, language: str) -> str:
    """Return an ISO date, month or year in words: “15 May 2019”, “May 2019”, “2019”."""
    import datetime as dt

    from babel.dates import format_date

    parts = [int(part) for part in iso.split("-")]
    if len(parts) == 1:
        return iso
    if len(parts) == 2:
        day = dt.date(parts[0], parts[1], 1)
        return format_date(day, format="LLLL\u00a0y", locale=_LOCALES[language])
    return long_date(dt.date(*parts), language)


def place_and_date(place: str, day: dt.date, language: str) -> str:
    """Return the line over a letter: “Brussels, 1 April 2025”."""
    return words(language)["place_and_date"].format(place=place, date=long_date(day, language))


def country_name(code: str, language: str) -> str:
    """Return the name of a country by its ISO 3166-1 code."""
    from babel import Locale

    return str(Locale.parse(_LOCALES[language]).territories[code])


@cache
def words(language: str) -> dict[str, str]:
    """Return the fixed words of the layouts in a language."""
    return tomllib.loads((files("lettergen") / "layouts" / f"words.{language}.toml").read_text("utf-8"))
