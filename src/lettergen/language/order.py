"""The order of names in a list, as a language's readers look for them."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Item = TypeVar("Item")

# What nobody looks a name up by: quotation marks and other signs at its beginning, and the English article.
_NOT_LOOKED_UP = re.compile(r"\W*(?:the\s+(?=\w))?", re.IGNORECASE)

# Unicode's root order begins with Latin; Russian begins with its own letters (CLDR, ru.xml: reorder Cyrl).
_OWN_SCRIPT = {"ru": "CYRILLIC"}


class _Collator(Protocol):
    def sort_key(self, string: str) -> tuple[int, ...]: ...


def in_order(items: Iterable[Item], language: str, *names: Callable[[Item], str | None]) -> list[Item]:
    """Return items in the order of their names, by the Unicode Collation Algorithm (UTS #10).

    The algorithm's own table has the order of English, French, German and Russian words.

    Args:
        items: what has names.
        language: of the reader.
        names: the name that decides first, then those that decide between equals; an item without one comes last.
    """
    return sorted(items, key=lambda item: tuple(_place(name(item), language) for name in names))


def _place(name: str | None, language: str) -> tuple[object, ...]:
    if name is None:
        return (True,)
    sought = _NOT_LOOKED_UP.sub("", name, count=1) or name
    script = _OWN_SCRIPT.get(language)
    foreign = script is not None and not unicodedata.name(sought[0], "").startswith(script)
    return (False, foreign, _collator().sort_key(sought), name)


@cache
def _collator() -> _Collator:
    # Reads a table of all characters: only where there is something to sort.
    from pyuca import Collator

    collator: _Collator = Collator()
    return collator
