"""The languages that letters are written in, one record each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Hyphenation:
    """Which words of a language may be broken.

    Attributes:
        dictionary: the name that pyphen has for it.
        shortest_word: in letters.
        nouns_are_capitalised: whether a capital may be a noun's; elsewhere it is a name's, and stays whole.
    """

    dictionary: str
    shortest_word: int
    nouns_are_capitalised: bool = False


@dataclass(frozen=True, slots=True)
class Writing:
    """How a language is written.

    Attributes:
        locale: name of the CLDR locale that dates, lists, countries and the direction are taken from.
        quotation_marks: opening and closing, then those of a quotation within a quotation.
        hyphenation: None where words are short enough.
    """

    locale: str
    quotation_marks: tuple[str, str, str, str]
    hyphenation: Hyphenation | None = None


WRITINGS = {
    # English is written as the institutions in Brussels write it: day, month, year; no comma before “and”.
    "en": Writing("en_GB", ("“", "”", "‘", "’")),
    "fr": Writing("fr", ("«", "»", "“", "”"), Hyphenation("fr", 15)),
    "de": Writing("de", ("„", "“", "‚", "‘"), Hyphenation("de_DE", 15, nouns_are_capitalised=True)),
    "ru": Writing("ru", ("«", "»", "„", "“"), Hyphenation("ru_RU", 15)),
}


def direction(language: str) -> Literal["ltr", "rtl"]:
    """Return the direction of a language's script, as HTML's dir says it."""
    from babel import Locale

    return "rtl" if Locale.parse(WRITINGS[language].locale).text_direction == "rtl" else "ltr"
