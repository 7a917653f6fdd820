"""No-break spaces: what belongs together stays on one line.

One no-break space serves all places, U+00A0. The letters' typeface has no narrow one (U+202F), and needs none: its
space is a quarter of an em, which is the thin space of French printers.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from lettergen.language.writing import WRITINGS

if TYPE_CHECKING:
    from collections.abc import Collection

_NO_BREAK = "\u00a0"
_WHITE = r"[ \t\n]+"
_CAPITAL = r"[^\W\d_a-zß-öø-ÿа-яё]"
_LETTER = r"[^\W\d_]"


class _Ties(NamedTuple):
    """What a language ties to the word behind or before it; regular expressions.

    Attributes:
        titles: before a name.
        numbered: before a number.
        ordinal: behind the day of a month.
        units: behind a number.
        further: pairs of what stands before and behind a space that does not break.
    """

    titles: str
    numbered: str
    ordinal: str
    units: str
    further: tuple[tuple[str, str], ...] = ()


_GROUPS_OF_THREE = (r"(?<![\d.,])\d{1,3}", r"\d{3}(?!\d)")
_TIES = {
    "en": _Ties(
        titles=r"Messrs|Mr|Mrs|Ms|Mx|Dr|Prof\.|Mr\.|Mrs\.|Ms\.|Dr\.",
        numbered=r"Nos?|Nos?\.|[Aa]rts?\.|[Aa]rticles?|pp?\.|[Nn]otes?",
        ordinal="(?:st|nd|rd|th)?",
        units="million|billion|per|km|EUR|USD|a\\.m\\.|p\\.m\\.",
    ),
    "fr": _Ties(
        titles=r"MM?\.|Mmes?|Mlles?|Dr|Pr|Me",
        numbered=r"[Nn]os|[Aa]rts?\.|[Aa]rticles?|pp?\.|[Nn]otes?",
        ordinal="(?:er)?",
        units="millions?|milliards?|euros?|pour|km|h|EUR|USD",
        further=(
            _GROUPS_OF_THREE,
            # Signs of two parts, and quotation marks, have a space on the side of the text.
            ("", "[;:!?»]"),
            ("«", ""),
            (r"(?<!\w)p\.", r"ex\."),
        ),
    ),
    "de": _Ties(
        titles=r"Herrn?|Frau|Dr\.|Prof\.",
        numbered=r"Nr\.|Nrn\.|[Aa]rt\.|Artikeln?|Artikels|Abs\.|S\.|Anm\.|Kap\.",
        ordinal=r"\.",
        units="Mio\\.|Mrd\\.|Millionen|Milliarden|Euro|Prozent|Uhr|km|EUR|USD",
        further=(_GROUPS_OF_THREE, (r"(?:Mio|Mrd)\.", "Euro|EUR|€")),
    ),
    "ru": _Ties(
        titles="г-на|г-ну|г-ном|г-не|г-н|г-жа|г-жи|г-же|г-жу|г-жой",
        numbered=r"ст\.|стр\.|с\.|пп?\.|ч\.|гл\.|[Сс]тать\w{1,2}",
        ordinal="",
        units=r"гг?\.|вв?\.|год\w{0,2}|лет|тыс\.|млн|млрд|руб\.|евро|чел\.|км|EUR|USD",
        further=(
            _GROUPS_OF_THREE,
            # No line begins with a dash, or ends with a word of one letter.
            ("", "[—–]"),
            (r"(?<!\w)[авикосуяАВИКОСУЯ]", r"[\w«„(]"),
            (r"(?<=\w)", r"(?:бы|б|ли|же|ж)(?!\w)"),
        ),
    ),
}
# Where French has no space yet but wants one: inside its quotation marks, and before a sign of two parts.
_MISSING_BEHIND = re.compile(r"«(?![\s\u00a0\u202f])(?=.)", re.DOTALL)
_MISSING_BEFORE = re.compile(r"(?<=[^\s\u00a0\u202f«])»|(?<=[\w»”’)\]%…\ufffc])[;:!?](?=[\s»”)\]]|[!?]|$)")


def with_spaces(text: str, language: str, alone: Collection[int]) -> list[str]:
    """Return what stands for each character of a text so that its lines break where they may.

    Args:
        text: one paragraph.
        language: of the text.
        alone: indices that are not looked at.
    """
    signs = list(text)
    for match in _tied(language).finditer(text):
        start, end = match.span("space")
        if start not in alone:
            signs[start:end] = [_NO_BREAK] + [""] * (end - start - 1)
    if language == "fr":
        for match in _MISSING_BEHIND.finditer(text):
            if match.start() not in alone:
                signs[match.start()] += _NO_BREAK
        for match in _MISSING_BEFORE.finditer(text):
            if match.start() not in alone:
                signs[match.start()] = _NO_BREAK + signs[match.start()]
    return signs


@cache
def _tied(language: str) -> re.Pattern[str]:
    """Return a pattern of the spaces that do not break."""
    ties = _TIES[language]
    pairs = [
        (rf"(?<!\w)(?:{ties.titles})", _CAPITAL),
        (rf"(?<!\w)(?:{ties.numbered}|[Nn][°º]|№|§§?)", r"\d"),
        (rf"(?<!\d)\d{{1,2}}{ties.ordinal}", rf"(?:{'|'.join(_months(language))})(?!\w)"),
        (r"\d", rf"(?:(?:{ties.units})(?!\w)|[%‰€°])"),
        # Initials, and abbreviations of several words: “P. T. Smith”, „z. B.“, «т. е.».
        (rf"(?<!\w){_CAPITAL}\.", _CAPITAL),
        (rf"(?<!\w){_LETTER}\.", rf"{_LETTER}\."),
        *ties.further,
    ]
    tied = "|".join(f"{before}(?={_WHITE}(?:{behind}))" for before, behind in pairs)
    return re.compile(rf"(?:{tied})(?P<space>{_WHITE})")


def _months(language: str) -> list[str]:
    from babel import Locale

    return [str(name) for name in Locale.parse(WRITINGS[language].locale).months["format"]["wide"].values()]
