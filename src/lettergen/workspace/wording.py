"""How findings speak of what people wrote: quoted, shortened, and fit for a terminal."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

from lettergen.unseen import DIRECTION_OVERRIDES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

LONGEST_QUOTATION = 60
# With more unknown words than these it is not the spelling of single words, and comparing all with all takes long.
MOST_COMPARED = 50
_UNKNOWN = "\ufffd"

# In place of what would move the cursor, end the line or turn its direction stands a sign of the same width.
_SHOWN = (
    {code: chr(0x2400 + code) for code in range(0x20)}
    | {0x7F: "\u2421"}
    | dict.fromkeys((*range(0x80, 0xA0), 0x2028, 0x2029, *map(ord, DIRECTION_OVERRIDES)), _UNKNOWN)
)


def visible(text: str) -> str:
    """Return a text as one line of as many characters, none of which moves or turns what is shown."""
    return text if text.isprintable() else text.translate(_SHOWN)


def quoted(text: str) -> str:
    """Return a text in quotation marks, on one line, and cut where it is long."""
    shown = visible(text)
    if len(shown) > LONGEST_QUOTATION:
        shown = shown[: LONGEST_QUOTATION - 1].rstrip() + "…"
    return f"“{shown}”"


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that was likely meant, the one that `did_you_mean` names."""
    return next(iter(get_close_matches(word, sorted(known), n=1, cutoff=0.6)), None)


def meant_by(words: Collection[str], known: Collection[str]) -> set[str]:
    """Return the known words that were likely meant by some unknown ones."""
    found = (nearest(word, known) for word in sorted(words)[:MOST_COMPARED])
    return {word for word in found if word is not None}


def as_id(text: str) -> str:
    """Return a text as it would be written as an id, to compare the two."""
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")
