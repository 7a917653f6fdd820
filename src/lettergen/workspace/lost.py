"""What of a TOML text could not be read: the statements with mistakes, and all below a header with one.

A name that nobody defines, or a key that is missing, may stand there; to report it as well would be an echo.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from lettergen.workspace.toml_scanner import scan

_HEADER = re.compile(r"^[ \t]*\[\[?[^\[\]\n,]+\]\]?[ \t]*(?:#.*)?$", re.MULTILINE)
_KEY = re.compile(r"[ \t]*([A-Za-z0-9_-]+)[ \t]*=")


@dataclass(frozen=True, slots=True)
class LostPart:
    """One part that could not be read.

    Attributes:
        text: as it is written.
        header: the line of the header above it, counted from 1; 0 for what stands above all headers, None for a
            header with what stands below it.
    """

    text: str
    header: int | None

    def may_hold(self, key: str) -> bool:
        """Whether a key may be set here: this one, or nobody can tell which."""
        written = _KEY.match(self.text)
        return written is None or written[1] == key


def lost_parts(text: str) -> tuple[LostPart, ...]:
    """Return what of a TOML text could not be read, in its order."""
    found = scan(text)
    source = found.source
    spoiled_headers = [part.start for part in found.spoiled if part.is_header]
    headers = sorted({*spoiled_headers, *(match.start() for match in _HEADER.finditer(source))})
    parts = []
    for part in found.spoiled:
        after = bisect_right(headers, part.start)
        if part.is_header:
            end = headers[after] if after < len(headers) else len(source)
            parts.append(LostPart(source[part.start : end], None))
        elif after == 0 or headers[after - 1] not in spoiled_headers:
            line = source.count("\n", 0, headers[after - 1]) + 1 if after else 0
            parts.append(LostPart(source[part.start : part.end], line))
    return tuple(parts)
