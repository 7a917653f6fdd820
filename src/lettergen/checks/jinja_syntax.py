"""Jinja → its tree, with the offset of every part in place of its line, and all mistakes in its syntax."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from jinja2.exceptions import TemplateSyntaxError
from jinja2.lexer import Lexer
from jinja2.sandbox import ImmutableSandboxedEnvironment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jinja2 import nodes

# With more mistakes than these, what follows is not read.
MOST_MISTAKES = 20
MOST_ATTEMPTS = 100

_OPENING = re.compile(r"\{[{%#]")
_CLOSING = {"{{": "}}", "{%": "%}", "{#": "#}"}
_STATEMENT = re.compile(r"\{%[-+]?\s*(end)?(\w+)|\{%")
_OF_STRUCTURE = re.compile(r"Encountered unknown tag '(?:end\w*|else|elif)'|Unexpected end of template")
_WITHOUT_PLACE = frozenset({"data", "whitespace", "comment", "linecomment"})


@dataclass(frozen=True, slots=True)
class SyntaxMistake:
    """A mistake in the syntax of a template, at a character counted from 0."""

    message: str
    offset: int


@dataclass(frozen=True, slots=True)
class Parsed:
    """A template, read.

    Attributes:
        tree: what could be read; the `lineno` of a node is its offset. None when nothing could.
        mistakes: what stands in the way of the rest.
        left_out: the tags of statements in that rest, which may set names.
    """

    tree: nodes.Template | None
    mistakes: tuple[SyntaxMistake, ...]
    left_out: str


def parse(source: str) -> Parsed:
    """Read a template whose line ends are line feeds; a tag with a mistake is left out and the rest is read on."""
    mistakes: list[SyntaxMistake] = []
    left_out: list[str] = []
    rest = source
    for _ in range(MOST_ATTEMPTS):
        try:
            return Parsed(_environment().parse(rest), tuple(mistakes), " ".join(left_out))
        except RecursionError:
            return Parsed(None, (*mistakes, SyntaxMistake("Too much stands inside one another.", 0)), "")
        except TemplateSyntaxError as error:
            message = error.message or ""
            offset = _offset(rest, error)
            # Where one half of a pair of tags was left out, the other half makes no sense any more.
            if not (left_out and _OF_STRUCTURE.match(message)):
                mistakes.append(SyntaxMistake(_sentence(message), offset))
        if len(mistakes) >= MOST_MISTAKES:
            break
        tag = _tag(rest, _opening_before(rest, offset))
        if rest.startswith("{%", tag.start):
            left_out.append(rest[tag.start : tag.stop])
        rest = rest[: tag.start] + re.sub(r"[^\n]", " ", rest[tag.start : tag.stop]) + rest[tag.stop :]
    return Parsed(None, tuple(mistakes), "")


class _OffsetLexer(Lexer):
    """Jinja's lexer, but what it gives as line numbers are offsets."""

    def tokeniter(
        self, source: str, name: str | None, filename: str | None = None, state: str | None = None
    ) -> Iterator[tuple[int, str, str]]:
        end = 0
        try:
            for _, kind, text in super().tokeniter(source, name, filename, state):
                place = end
                if kind not in _WITHOUT_PLACE and (found := source.find(text.strip(), end)) >= 0:
                    place, end = found, found + len(text.strip())
                yield place, kind, text
        except TemplateSyntaxError as error:
            gap = len(source[end:]) - len(source[end:].lstrip())
            raise TemplateSyntaxError(error.message or "", end + gap, name, filename) from None


class _OffsetEnvironment(ImmutableSandboxedEnvironment):
    @property
    def lexer(self) -> Lexer:
        """The lexer."""
        return _lexer()


@cache
def _environment() -> _OffsetEnvironment:
    return _OffsetEnvironment()


@cache
def _lexer() -> _OffsetLexer:
    return _OffsetLexer(_environment())


def _offset(source: str, error: TemplateSyntaxError) -> int:
    if (error.message or "").startswith("Unexpected end of template"):
        return _block_left_open(source)
    return min(error.lineno, len(source))


def _block_left_open(source: str) -> int:
    open_blocks = [0]
    for match in _STATEMENT.finditer(source):
        if match[1] and len(open_blocks) > 1:
            open_blocks.pop()
        elif match[2] not in {"else", "elif"}:
            open_blocks.append(match.start())
    return open_blocks[-1]


def _opening_before(source: str, offset: int) -> int:
    return max((match.start() for match in _OPENING.finditer(source, 0, offset + 2)), default=0)


def _tag(source: str, start: int) -> range:
    """Return where the tag that opens at a position stands; one that is not closed ends at the next opening."""
    closing = _CLOSING.get(source[start : start + 2], "\n")
    closed = source.find(closing, start)
    following = _OPENING.search(source, start + 1)
    ends = [closed + len(closing) if closed >= 0 else len(source), following.start() if following else len(source)]
    return range(start, max(min(ends), start + 1))


def _sentence(message: str) -> str:
    words = re.sub(r" at \d+$", "", message).rstrip(".")
    return f"{words[:1].upper()}{words[1:]}."
