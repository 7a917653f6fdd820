"""Calls of sources in a text: [^source-id], as Markdown writes footnotes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

CALL = re.compile(r"\[\^([^\]\s]+)\]")

# A backslash takes the sign behind it out of Markdown's hands (CommonMark, 2.4).
_ESCAPE_OR_CALL = re.compile(rf"\\[!-/:-@\[-`{{-~]|{CALL.pattern}")


def calls(text: str) -> Iterator[tuple[str, int]]:
    """Yield each source id that a Markdown text calls, in order, with the offset of the id."""
    for match in _ESCAPE_OR_CALL.finditer(text):
        if match[1]:
            yield match[1], match.start(1)
