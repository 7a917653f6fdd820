"""Dates in words."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from lettergen.language.catalogues import catalogue
from lettergen.language.writing import WRITINGS

if TYPE_CHECKING:
    import datetime as dt


@cache  # Babel reads its patterns anew each time, and every letter of a campaign has the same dates
def long_date(day: dt.date, language: str) -> str:
    """Return a date in words: “1 April 2025”, “1er avril 2025”. Spaces inside a date do not break."""
    from babel.dates import format_date

    words = format_date(day, format="long", locale=WRITINGS[language].locale)
    # CLDR counts every day alike; French counts the first of a month by its ordinal, in letters and elsewhere.
    return _unbroken(re.sub(r"^1(?= )", "1er", words) if language == "fr" else words)


@cache
def partial_date(iso: str, language: str) -> str:
    """Return an ISO date, month or year in words: “15 May 2019”, “May 2019”, “2019”."""
    import datetime as dt

    from babel.dates import format_skeleton

    parts = [int(part) for part in iso.split("-")]
    if len(parts) == 1:
        return iso
    if len(parts) == 2:
        month = dt.datetime(parts[0], parts[1], 1, tzinfo=dt.UTC)
        return _unbroken(format_skeleton("yMMMM", month, tzinfo=dt.UTC, locale=WRITINGS[language].locale))
    return long_date(dt.date(*parts), language)


def place_and_date(place: str, day: dt.date, language: str) -> str:
    """Return the line over a letter: “Brussels, 1 April 2025”, “Bruxelles, le 1er avril 2025”."""
    return catalogue(language).gettext("{place}, {date}").format(place=place, date=long_date(day, language))


def _unbroken(words: str) -> str:
    return re.sub(r"\s", "\u00a0", words)
