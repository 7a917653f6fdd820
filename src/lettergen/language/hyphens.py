"""Where long words may be broken at the end of a line: few of them, and only words so long that they tear a hole.

Lines are set left, so a word that moves to the next line harms nothing until it is very long. The patterns are
those of the dictionaries that LibreOffice and Hunspell use (pyphen).
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from lettergen.language.writing import WRITINGS

if TYPE_CHECKING:
    from pyphen import Pyphen

SOFT_HYPHEN = "\u00ad"
_SHORTEST_PART = 5  # letters before and behind a hyphen


def with_soft_hyphens(text: str, language: str) -> str:
    """Return a text with soft hyphens in its very long words; words that an author hyphenated stay as they are."""
    rule = WRITINGS[language].hyphenation
    if rule is None or SOFT_HYPHEN in text:
        return text
    long_words = rf"(?<![\w@/.\u00ad-])\w{{{rule.shortest_word},}}(?![\w@/])"
    dictionary = _dictionary(rule.dictionary)

    def hyphenated(word: re.Match[str]) -> str:
        is_name = word[0][0].isupper() and not rule.nouns_are_capitalised
        return word[0] if is_name else dictionary.inserted(word[0], SOFT_HYPHEN)

    return re.sub(long_words, hyphenated, text)


@cache
def _dictionary(name: str) -> Pyphen:
    from pyphen import Pyphen

    return Pyphen(lang=name, left=_SHORTEST_PART, right=_SHORTEST_PART)
