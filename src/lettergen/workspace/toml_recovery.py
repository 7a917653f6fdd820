"""Where to go on reading a TOML text after a mistake."""

from __future__ import annotations

import re

# What a line looks like that begins a statement.
_ANY_KEY = r"""(?:[A-Za-z0-9_-]++|"[^"\n]*+"|'[^'\n]*+')"""
_ASSIGNMENT = rf"[ \t]*+{_ANY_KEY}(?:[ \t]*+\.[ \t]*+{_ANY_KEY})*[ \t]*+="
# A number in brackets is taken for a list.
_HEADER = rf"[ \t]*+\[\[?[ \t]*+(?!\d){_ANY_KEY}[^\n\],]*+\]\]?[ \t]*+(?:#[^\n]*+)?$"
_STATEMENT = re.compile(rf"^(?:{_ASSIGNMENT}|{_HEADER})", re.MULTILINE)
_BEFORE_VALUE = re.compile(rf"{_ASSIGNMENT}[ \t]*+")

_CLOSES_A_LINE = {mark: re.compile(rf"{mark}[ \t]*+$", re.MULTILINE) for mark in ('"', "'")}
_LINE_OF_TEXT = re.compile(r"\n[ \t]*+[^ \t\n#][^\n]*+")


def end_of_line(source: str, position: int) -> int:
    """Return where the line of a position ends."""
    end = source.find("\n", position)
    return len(source) if end < 0 else end


def next_statement(source: str, position: int) -> int:
    """Return where the next line begins that looks like a statement, or the end of the source."""
    found = _STATEMENT.search(source, end_of_line(source, position))
    return found.start() if found else len(source)


def begins_statement(source: str, position: int, *, after: int) -> bool:
    """Whether a position is the first on a line below that of `after`, and the line looks like a statement."""
    line = position
    while line > after and source[line - 1] in " \t":
        line -= 1
    return line > after and source[line - 1] == "\n" and _STATEMENT.match(source, line) is not None


def end_of_text(source: str, position: int, mark: str | None = None) -> int:
    """Return where something ends that was meant as a text of several lines, but lacks the marks for that.

    Args:
        source: the whole text.
        position: where it begins.
        mark: the quotation mark with which it opens, if one does.
    """
    end, stop = end_of_line(source, position), next_statement(source, position)
    if mark is not None and (closing := _CLOSES_A_LINE[mark].search(source, end, stop)):
        return closing.end()
    while line := _LINE_OF_TEXT.match(source, end, stop):
        end = line.end()
    return end


def ran_into_another(source: str, opening: int, closing: int) -> bool:
    """Whether the marks that close a long text look like those that open the next one, on a later line."""
    line = source.rfind("\n", opening, closing) + 1
    return line > 0 and _BEFORE_VALUE.fullmatch(source, line, closing) is not None
