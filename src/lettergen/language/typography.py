"""The typography of a language over plain prose, whoever typed it in whatever hurry.

Only white space, straight quotation marks and straight apostrophes change; where French wants a space inside its
quotation marks or before a sign, it is added. Everything is made once: what is right already stays as it is.
"""

from __future__ import annotations

import re

from lettergen.language.quotation import with_quotation_marks
from lettergen.language.spaces import with_spaces

# Left alone: addresses of pages and people, code, Jinja, and calls of sources.
_LEFT_ALONE = re.compile(
    r"""
    (?:\b[\w+.-]+://|\bwww\.)[^\s"«»„“”<>]+
    | [^\s"«»„“”<>()]+@[^\s"«»„“”<>()]+
    | `[^`]*` | \{\{.*?\}\} | \{%.*?%\} | \{\#.*?\#\}
    | \[\^[^\]\s]+\]
    """,
    re.VERBOSE | re.DOTALL,
)


def typographic(text: str, language: str) -> str:
    """Return a text with the quotation marks, apostrophes and no-break spaces of its language."""
    return "".join(characters(text, language))


def characters(text: str, language: str, kept: frozenset[int] = frozenset()) -> list[str]:
    """Return what stands for each character of a text, so that a text in pieces can be put together again.

    Args:
        text: plain prose, one paragraph; U+FFFC stands for something that is no text, such as the call of a source.
        language: of the text.
        kept: indices of characters that are meant as they are.
    """
    alone = kept.union(*(range(*match.span()) for match in _LEFT_ALONE.finditer(text)))
    return with_spaces(with_quotation_marks(text, language, alone), language, alone)
