"""What the words of TOML look like: TOML 1.0, with what tomli takes beyond it.

That is of TOML 1.1: line ends and a last comma in inline tables, the escapes e and x, times without seconds.
All patterns take time in proportion to what they read, whatever stands there.
"""

from __future__ import annotations

import re
from typing import Final

import tomli

# Characters that stand nowhere in a line: control characters other than the tab, and halves of characters.
_NEVER = r"\x00-\x08\x0a-\x1f\x7f\ud800-\udfff"
_NEVER_IN_LINES = r"\x00-\x08\x0b-\x1f\x7f\ud800-\udfff"
_ESCAPE = (
    r'\\(?:[btnfre"\\]|x[0-9A-Fa-f]{2}|u(?![dD][89a-fA-F])[0-9A-Fa-f]{4}'
    r"|U(?:0000(?![dD][89a-fA-F])|000[1-9A-Fa-f]|0010)[0-9A-Fa-f]{4})"
)
# Only single characters are matched possessively: of groups, Python before 3.11.4 gets that wrong.
_LINE_CONTINUES = r"\\[ \t]*+\n[ \t\n]*+"

# What may stand between the quotation marks of each kind of string.
_INSIDE = {
    '"': rf'(?:[^"\\{_NEVER}]++|{_ESCAPE})*',
    "'": rf"[^'{_NEVER}]*+",
    '"""': rf'(?:[^"\\{_NEVER_IN_LINES}]++|{_ESCAPE}|{_LINE_CONTINUES}|""?(?!"))*',
    "'''": rf"(?:[^'{_NEVER_IN_LINES}]++|''?(?!'))*",
}
# The same with any character and escape, to find the end of a string that has a mistake in it.
_ANYTHING_INSIDE = {
    '"': r'(?:[^"\\\n]++|\\[^\n])*',
    "'": r"[^'\n]*+",
    '"""': r'(?:[^"\\]++|\\[\s\S]|""?(?!"))*',
    "'''": r"(?:[^']++|''?(?!'))*",
}
# Up to two more quotation marks than three belong to the text.
_CLOSING = {'"': '"', "'": "'", '"""': '"{3,5}', "'''": "'{3,5}"}

STRINGS: Final = {marks: re.compile(marks + inside + _CLOSING[marks]) for marks, inside in _INSIDE.items()}
FLAWED_STRINGS: Final = {
    marks: re.compile(marks + inside + _CLOSING[marks]) for marks, inside in _ANYTHING_INSIDE.items()
}
FLAWLESS_BEGINNINGS: Final = {marks: re.compile(marks + inside) for marks, inside in _INSIDE.items()}

# A string in double quotation marks in pieces: plain characters, an escape for one, a line end that is left out.
PIECE: Final = re.compile(rf"(?P<plain>[^\\]++)|(?P<nothing>{_LINE_CONTINUES})|{_ESCAPE}")

SPACE: Final = re.compile(r"[ \t]*+")
SPACE_AND_COMMENT: Final = re.compile(rf"[ \t]*+(?:#[^{_NEVER}]*+)?")
BLANK: Final = re.compile(rf"(?:[ \t\n]++|#[^{_NEVER}]*+)*")

# One part of a key in group 1 (bare), 2 (in double quotation marks) or 3 (in single ones), with the space around.
KEY_PART: Final = re.compile(
    rf"""[ \t]*+(?:([A-Za-z0-9_-]++)|"(?!"")({_INSIDE['"']})"|'(?!'')({_INSIDE["'"]})')[ \t]*+"""
)

# In group 1 what may be a number, a date, a time, true or false, if what follows it may follow one.
_DATE_BEFORE_TIME = r"(?:\d{4}-\d\d-\d\d (?=\d))?"
SCALAR: Final = re.compile(rf"({_DATE_BEFORE_TIME}(?:[^ \t\n,#]++|,(?=\d))*)(?=[ \t]*+(?:[\n,#]|\Z))", re.ASCII)
SCALAR_IN_BRACKETS: Final = re.compile(
    rf"""({_DATE_BEFORE_TIME}[^ \t\n,\]}}#]*+)(?=[ \t]*+(?:[\n,\]}}#\[{{"']|\Z)|[ \t]++[A-Za-z0-9_-]++[ \t]*+=)""",
    re.ASCII,
)
# What stands in place of a value in brackets.
ENTRY: Final = re.compile(r"[^,\]}\n]*+")
COMMENT: Final = re.compile(r"(?<![^ \t])#.*", re.DOTALL)


def quotation_marks(source: str, position: int) -> str | None:
    """Return the marks with which a string opens at a position, a key of STRINGS; None when none opens there."""
    mark = source[position : position + 1]
    if mark not in {'"', "'"}:
        return None
    return mark * 3 if source.startswith(mark * 3, position) else mark


def is_scalar(written: str) -> bool:
    """Whether tomli takes this as a number, a date, a time, true or false."""
    try:
        tomli.loads(f"x={written}")
    except ValueError:
        # A syntax error, a date that no calendar has, or a whole number of more than 4300 digits.
        return False
    return True


def unescaped(inside: str) -> str:
    """Return what a key in double quotation marks means."""
    name: str = tomli.loads(f'x="{inside}"')["x"] if "\\" in inside else inside
    return name
