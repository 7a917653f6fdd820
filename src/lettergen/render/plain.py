"""Markdown texts → plain text that reads as the page does.

The typography is the page's. Emphasis keeps its asterisks, a link is “words <address>”, an item of a list has its
mark, and a call stays [^source-id]; a backslash stands before what only looks like a call.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from lettergen.language import typographic
from lettergen.language.hyphens import SOFT_HYPHEN
from lettergen.render.markdown import markdown_parser

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_KEPT_TEXTS = 1 << 13  # the letters of one campaign share nearly all of theirs

_PLAIN_SIGNS = str.maketrans({"\u00a0": " ", "\u202f": " ", SOFT_HYPHEN: None})
_EMPHASIS = {"em_open": "*", "em_close": "*", "strong_open": "**", "strong_close": "**"}
_BULLET = "•"

# What the page shows as one space, or at the ends of a line not at all.
_SPACE_AROUND = re.compile(r"[ \t]*(\n)[ \t]*|[ \t]+")
# Backslashes in pairs stand for one each, where a call or the look of one follows.
_LOOKS_LIKE_CALL = re.compile(r"(\\*)\[\^")
_BEFORE_CALL = re.compile(r"\\+\Z")
_CALL = re.compile(r"(?P<pairs>(?:\\\\)*)(?:\\\[\^|\[\^(?P<source>[^\]\s]+)\])")


@lru_cache(_KEPT_TEXTS)
def plain_paragraphs(text: str, language: str) -> tuple[str, ...]:
    """Return the paragraphs of a Markdown text, each a line; one with a hard break, or a list, has several."""
    return tuple(_paragraphs(_parser().parse(text, {"language": language})))


@lru_cache(_KEPT_TEXTS)
def plain_paragraph(text: str, language: str) -> str:
    """Return a Markdown text of one paragraph."""
    (inline,) = _parser().parseInline(text, {"language": language})
    return _inline(inline.children or [])


@lru_cache(_KEPT_TEXTS)
def plain_line(text: str, language: str) -> str:
    """Return a text that is no Markdown, such as a subject."""
    return with_plain_spaces(typographic(text, language))


def with_plain_spaces(text: str) -> str:
    """Return lines with plain spaces for those that do not break, single ones as on the page; no soft hyphens."""
    return _SPACE_AROUND.sub(lambda match: match[1] or " ", text).translate(_PLAIN_SIGNS).strip(" ")


def with_calls(text: str, written: Callable[[str], str]) -> str:
    """Return a plain text with its calls written in another way; what only looks like one keeps its backslash.

    Args:
        text: as `plain_paragraph` returns it.
        written: takes the id of a source, and returns what stands for its call. Called in the order of the text.
    """

    def replaced(match: re.Match[str]) -> str:
        source = match["source"]
        return match[0] if source is None else match["pairs"][::2] + written(source)

    return _CALL.sub(replaced, text)


@cache
def _parser() -> MarkdownIt:
    return markdown_parser()


def _paragraphs(tokens: Sequence[Token]) -> list[str]:
    """Return the paragraphs and the outermost lists."""
    found: list[str] = []
    lists: list[_List] = []
    for token in tokens:
        match token.type:
            case "bullet_list_open":
                lists.append(_List(None))
            case "ordered_list_open":
                start = token.attrGet("start")  # left out where it is 1
                lists.append(_List(1 if start is None else int(start)))
            case "list_item_open":
                lists[-1].begin_item()
            case "bullet_list_close" | "ordered_list_close":
                lines = lists.pop().lines
                if lists:
                    lists[-1].add(lines)
                else:
                    found.append("\n".join(lines))
            case "inline":
                text = _inline(token.children or [])
                if lists:
                    lists[-1].add(text.split("\n"))
                else:
                    found.append(text)
    return found


class _List:
    """The lines of a list so far; those of an item stand behind its mark."""

    def __init__(self, number: int | None) -> None:
        self.lines: list[str] = []
        self._number = number
        self._mark = ""
        self._item_is_empty = False

    def begin_item(self) -> None:
        self._mark = _BULLET
        if self._number is not None:
            self._mark = f"{self._number}."
            self._number += 1
        self.lines.append(self._mark)
        self._item_is_empty = True

    def add(self, lines: Sequence[str]) -> None:
        for line in lines:
            if self._item_is_empty:
                self.lines[-1] += f" {line}"
                self._item_is_empty = False
            else:
                self.lines.append(f"{' ' * len(self._mark)} {line}")


def _inline(tokens: Sequence[Token]) -> str:
    """Return the text of a paragraph; like on the page, no space stands before a call."""
    before, run, address = "", "", ""
    for token in tokens:
        match token.type:
            case "source_call":
                literal = _BEFORE_CALL.sub(r"\g<0>\g<0>", _marked(run.rstrip(" ")))
                before, run = f"{before}{literal}[^{token.content}]", ""
            case "text" | "text_special":
                run += token.content
            case "softbreak":
                run += " "
            case "hardbreak":
                run += "\n"
            case "link_open":
                address = "" if token.info == "auto" else f" <{token.attrGet('href')}>"
            case "link_close":
                run += address
            case _:
                run += _EMPHASIS[token.type]
    return with_plain_spaces(before + _marked(run))


def _marked(text: str) -> str:
    """Return a text without calls, with a backslash before what looks like one."""
    return _LOOKS_LIKE_CALL.sub(r"\1\1\\[^", text)
