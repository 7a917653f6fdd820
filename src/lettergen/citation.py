"""Calls of sources in a text: [^source-id], as Markdown writes footnotes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

CALL = re.compile(r"\[\^([^\]\s]+)\]")


def calls(text: str) -> Iterator[tuple[str, int]]:
    """Yield each source id that a text calls, in order, with the offset of the id."""
    for match in CALL.finditer(text):
        yield match[1], match.start(1)
