"""Passages that comments are about: taken out of a letter, and found again after it was edited."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from lettergen.problems import UsageError
from lettergen.review.decisions import Quote
from lettergen.workspace.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lettergen.render.reading import Block

    BlockKey = tuple[str, str]

_AROUND = 32  # characters of context, as much as annotation tools keep
# Calls of sources, as they are kept and as they are shown, and the marks of emphasis.
_NOT_SAID = re.compile(r"\[\^[^\]\s]+\]|\[\d{1,3}\]|\*")
_FOLDED = (
    dict.fromkeys(map(ord, "“”„‟«»″"), '"')
    | dict.fromkeys(map(ord, "‘’‚‛‹›′"), "'")
    | dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
    | dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"), "")
)


def quote_in(blocks: Sequence[Block], passage: str, around: tuple[str, str] | None = None) -> Quote:
    """Return the selector of a passage as it stands in a letter.

    Args:
        blocks: the letter.
        passage: its words; line breaks, kinds of quotation marks and dashes, and calls of sources do not matter.
        around: what stands in front of it and behind it, which tells it from the same words elsewhere.

    Raises:
        UsageError: it does not stand there, or several times and it was not said where.
    """
    page, sought = _squeezed(blocks), _said(passage)
    starts = list(_occurrences(page.said, sought))
    if not starts:
        raise UsageError(f"The letter does not say {quoted(passage)}.", help="Copy the words from lettergen show.")
    if around is None and len(starts) > 1:
        message = f"The letter says {quoted(passage)} {len(starts)} times."
        raise UsageError(message, help="Quote more of the words around the place that you mean.")
    before, after = map(_said, around or ("", ""))
    start = max(starts, key=lambda at: _closeness(page.said, at, len(sought), before, after))
    end = start + len(sought)
    return Quote(page.read(start, end), page.read(start - _AROUND, start), page.read(end, end + _AROUND))


def find(quote: Quote, blocks: Sequence[Block]) -> BlockKey | None:
    """Return kind and id of the block in which a quoted passage begins; None when the letter does not say it.

    Where the passage stands several times, it is the place with most of the same words around it.
    """
    page = _squeezed(blocks)
    exact, before, after = map(_said, (quote.exact, quote.prefix, quote.suffix))
    starts = _occurrences(page.said, exact)
    start = max(starts, key=lambda at: _closeness(page.said, at, len(exact), before, after), default=None)
    return None if start is None else page.block(start)


def nearest(quote: Quote, text: str, places: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Return that of several places in a text which has most of the same words around it as a quote had.

    Args:
        quote: of a passage that stands at each of the places.
        text: what they are places in.
        places: first character and the one behind the last; at least one.
    """
    before, after = _said(quote.prefix), _said(quote.suffix)
    reach = 4 * _AROUND  # spaces and calls count for nothing

    def closeness(place: tuple[int, int]) -> int:
        start, end = place
        ahead, behind = _said(text[max(start - reach, 0) : start]), _said(text[end : end + reach])
        return _common(reversed(ahead), reversed(before)) + _common(behind, after)

    return max(places, key=closeness)


def _closeness(said: str, start: int, length: int, before: str, after: str) -> int:
    return _common(reversed(said[:start]), reversed(before)) + _common(said[start + length :], after)


def _said(text: str) -> str:
    return "".join(said for said, _ in _characters(text))


@dataclass(frozen=True, slots=True)
class _Page:
    """A letter as it is searched: without spaces and calls, and with one kind of quotation mark.

    Attributes:
        said: the characters that count.
        places: for each, its index in `text`.
        text: everything, blocks on lines of their own.
        begins: where in `text` each block begins, the last first.
    """

    said: str
    places: tuple[int, ...]
    text: str
    begins: tuple[tuple[int, BlockKey], ...]

    def block(self, start: int) -> BlockKey:
        """Return kind and id of the block that a character stands in."""
        return next(key for begin, key in self.begins if begin <= self.places[start])

    def read(self, start: int, end: int) -> str:
        """Return what stands between two characters, as a person reads it."""
        start, end = max(start, 0), min(end, len(self.said))
        if start >= end:
            return ""
        text = self.text[self.places[start] : self.places[end - 1] + 1]
        return " ".join(_NOT_SAID.sub("", text).split())


def _squeezed(blocks: Sequence[Block]) -> _Page:
    begins, text = [], ""
    for block in blocks:
        begins.append((len(text), (block.kind, block.id)))
        # A run-in heading is words of the letter; a number changes with all that stands before it.
        heading = block.label if any(character.isalpha() for character in block.label) else ""
        text += f"{heading} {block.text}\n"
    characters = list(_characters(text))
    said = "".join(said for said, _ in characters)
    return _Page(said, tuple(place for _, place in characters), text, tuple(reversed(begins)))


def _characters(text: str) -> Iterator[tuple[str, int]]:
    """Yield each character that counts, folded, with its index in the text."""
    left_out = {index for match in _NOT_SAID.finditer(text) for index in range(*match.span())}
    for index, character in enumerate(text):
        if index not in left_out:
            for folded in _folded(character):
                yield folded, index


@cache
def _folded(character: str) -> str:
    """Return what a character is compared as: decomposed, with plain marks, and a space as nothing."""
    return "".join(unicodedata.normalize("NFKD", character.translate(_FOLDED)).split()).translate(_FOLDED)


def _occurrences(said: str, sought: str) -> Iterator[int]:
    start = said.find(sought) if sought else -1
    while start >= 0:
        yield start
        start = said.find(sought, start + 1)


def _common(one: Iterator[str] | str, other: Iterator[str] | str) -> int:
    """Return how many characters two texts have in common at their beginning."""
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count
