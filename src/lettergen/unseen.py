"""Characters that nobody sees, and that make a text read as another one."""

from __future__ import annotations

# They turn the direction of the text around them: embeddings, overrides, isolates (Unicode UAX #9).
DIRECTION_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
