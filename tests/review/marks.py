"""Redlines with the marks that people read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lettergen.review.prose import Part

MARKS = {"equal": ("", ""), "delete": ("[-", "-]"), "insert": ("{+", "+}")}


def marked(parts: Iterable[Part]) -> str:
    """Return a redline with its marks."""
    return "".join(part.text.join(MARKS[part.op]) for part in parts)
