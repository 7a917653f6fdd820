"""Lists in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lettergen.language.writing import WRITINGS

if TYPE_CHECKING:
    from collections.abc import Sequence


def list_in_words(items: Sequence[str], language: str) -> str:
    """Return a list as a sentence holds it: “A, B and C”; no comma stands before the “and”."""
    from babel.lists import format_list

    return format_list(items, style="standard", locale=WRITINGS[language].locale)
