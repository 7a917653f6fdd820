"""What can be wrong with TOML text, in plain sentences."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

SYNTAX = "LG101"
TWICE = "LG102"

LONGEST_QUOTATION = 40

_CURLY_QUOTES = "“”„‟«»‹›‘’‚‛"
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\ud800-\udfff]")
# At either end, where the eye takes it for a space or for nothing; within words it may be meant.
_ODD_SPACE = re.compile(
    r"^[^\S \t]|^[\u00ad\u200b-\u200f\u2060\ufeff]|(?:[^\S \t]|[\u00ad\u200b-\u200f\u2060\ufeff])$"
)
_DATE_LIKE = re.compile(r"\d{1,4}[-./]\d{1,2}[-./]\d{1,4}|\d{4}-\d\d?$|\d{1,2}\.? [^\W\d]+ \d{4}$")
_NUMBER_LIKE = re.compile(r"[+-]?[\d.,_]*\d[\d.,_]*$")
_NOTHING = frozenset({"none", "null", "nil", "~", "n/a"})
_TRUE = frozenset({"true", "yes", "on"})
_FALSE = frozenset({"false", "no", "off"})


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake in a TOML text.

    Attributes:
        position: the character at which it stands, counted from 0.
        message: what is wrong.
        help: what to do.
        code: SYNTAX or TWICE.
    """

    position: int
    message: str
    help: str
    code: str = SYNTAX


def bad_value(position: int, written: str) -> Mistake:
    """Something stands where a value must, and it is none; `written` may be empty."""
    quoted = _quoted(written)
    small = written.lower()
    if not written:
        return Mistake(position, "A value is missing here.", "Write the value, or take the line out.")
    if unreadable := _unreadable(position, written):
        return unreadable
    if written[0] in _CURLY_QUOTES:
        return Mistake(position, "This text stands in typographic quotation marks.", 'Write straight ones: "…".')
    if small in _TRUE | _FALSE:
        way_out = f"Write {'true' if small in _TRUE else 'false'}, in small letters and without quotation marks."
        return Mistake(position, f"{quoted} is not a value.", way_out)
    if small in _NOTHING:
        return Mistake(position, f"{quoted} is not a value.", "Take the line out, to leave the key empty.")
    if _DATE_LIKE.match(written):
        return Mistake(position, f"{quoted} is not a date.", "Write year-month-day, like 2025-04-01.")
    if _NUMBER_LIKE.match(written):
        way_out = "Write a number with digits, without leading zeros, and with a point; anything else in quotes."
        return Mistake(position, f"{quoted} is not a number.", way_out)
    mark = "'" if '"' in written or "\\" in written else '"'
    way_out = f"Put the text in quotation marks: {mark}{_shortened(written)}{mark}."
    return Mistake(position, f"{quoted} is neither quoted text nor a number, a date, true or false.", way_out)


def bad_key(position: int, rest: str) -> Mistake:
    """A key must stand here, and `rest`, the rest of the line, does not begin with one."""
    if unreadable := _unreadable(position, rest[:1]):
        return unreadable
    if rest.startswith(('"""', "'''")):
        way_out = "Take them out, or begin the text with three quotation marks after the equals sign."
        return Mistake(position, "These quotation marks close nothing.", way_out)
    if rest[:1] in {'"', "'"}:
        way_out = "Close it with the quotation mark that it began with; write a backslash as \\\\."
        return Mistake(
            position, "The quoted key that begins here is not closed, or has an unknown escape.", way_out
        )
    if not rest or rest[0] in "=.#,]}":
        return Mistake(position, "A key is missing here.", "Write a name here, or take the line out.")
    word = re.split(r"[=\].]", rest, maxsplit=1)[0].strip()
    way_out = (
        f'Only A–Z, a–z, 0–9, _ and - stand unquoted in a key; put others in quotation marks: "{_shortened(word)}".'
    )
    return Mistake(position, f"{_quoted(word)} cannot be a key as it stands.", way_out)


def equals_missing(position: int, key: str, rest: str) -> Mistake:
    """After a key comes `rest` in place of an equals sign."""
    if unreadable := _unreadable(position, rest[:1]):
        return unreadable
    message = f"An equals sign is missing after {_quoted(key)}."
    if rest.startswith(":"):
        way_out = "Write = in place of the colon."
    elif rest[:1].isalnum():
        way_out = 'Write key = "value"; a key with anything but A–Z, a–z, 0–9, _ and - needs quotation marks.'
    else:
        way_out = 'Write key = "value".'
    return Mistake(position, message, way_out)


def header_not_closed(position: int, rest: str, wanted: str) -> Mistake:
    """The header of a table goes on with `rest` where `wanted`, its brackets, must stand."""
    if unreadable := _unreadable(position, rest[:1]):
        return unreadable
    way_out = f"Write {wanted} after the name; a name with spaces or accents needs quotation marks."
    return Mistake(position, f"The header of this table is not closed with {wanted}.", way_out)


def something_follows(position: int, rest: str) -> Mistake:
    """A value or a header is complete, and `rest` follows on its line."""
    if unreadable := _unreadable(position, rest[:1]):
        return unreadable
    if rest[0] in ",;]}":
        way_out = "Take it out."
    else:
        way_out = 'Begin a new line, or put # before a comment; write \\" for quotation marks inside a text.'
    return Mistake(position, f"{_quoted(rest)} follows where the line should end.", way_out)


def bad_in_text(position: int, written: str) -> Mistake:
    """In a text in quotation marks stands a character that may not, or a backslash that has no meaning."""
    if not written.startswith("\\"):
        return _bad_character(position, written[0])
    way_out = "Write \\\\ for a backslash, or put the text in single quotation marks."
    return Mistake(position, f"{_quoted(written)} means nothing in double quotation marks.", way_out)


def text_not_closed(position: int, marks: str, rest: str = "") -> Mistake:
    """A text opens with `marks` and never ends; `rest` is the rest of its first line."""
    message = f"The text that opens here with {marks} is not closed."
    if len(marks) == 3:
        return Mistake(position, message, f"Write {marks} where the text ends.")
    if marks == '"' and rest.rstrip().endswith('\\"'):
        return Mistake(position, message, 'The last \\" is a part of the text: write a backslash as \\\\.')
    return Mistake(
        position,
        message,
        f"Write {marks} at its end; a text of several lines stands between {marks * 3} and {marks * 3}.",
    )


def bracket_not_closed(position: int, bracket: str) -> Mistake:
    """A list or an inline table is never closed."""
    closing, what = ("]", "list") if bracket == "[" else ("}", "table")
    return Mistake(
        position, f"The {what} that opens here with {bracket} is not closed.", f"Write {closing} at its end."
    )


def nothing_to_close(position: int, bracket: str) -> Mistake:
    """A closing bracket without its opening one."""
    return Mistake(position, f"This {bracket} closes nothing.", "Take it out, or write the bracket that opens.")


def comma_missing(position: int) -> Mistake:
    """Two entries of a list or inline table without a comma between them."""
    way_out = "Write a comma between two entries; if this was meant as one text, look at its quotation marks."
    return Mistake(position, "A comma is missing here.", way_out)


def too_deep(position: int) -> Mistake:
    """Brackets within brackets, beyond what the parser takes."""
    return Mistake(position, "Too many brackets stand inside one another.", "Write fewer levels.")


def too_many(position: int) -> Mistake:
    """So many mistakes that reading on is of no use."""
    return Mistake(position, "The file was not read from here on.", "Correct the mistakes above first.")


def unknown(position: int) -> Mistake:
    """The parser refuses the text, and we cannot tell why."""
    way_out = "Compare the line with toml.io, or write it in a simpler way."
    return Mistake(position, "This cannot be read as TOML.", way_out)


def key_twice(position: int, name: str, line: int) -> Mistake:
    """A key is given a value, and has one since `line`."""
    return Mistake(
        position,
        f"{_quoted(name)} stands here a second time; the first is in line {line}.",
        "Keep one of them.",
        TWICE,
    )


def table_twice(position: int, name: str, line: int) -> Mistake:
    """A table is opened by a header, and was defined in `line`."""
    message = f"The table {_quoted(name)} is opened here a second time; the first is in line {line}."
    return Mistake(position, message, "Put the keys of both in one table, or give this one another name.", TWICE)


def opened_as_array(position: int, name: str, line: int) -> Mistake:
    """A header has one pair of brackets where the same name has two in `line`."""
    message = f"The table {_quoted(name)} has two brackets in line {line} and one here."
    return Mistake(
        position, message, "Write two brackets here if this is one more of them, or another name.", TWICE
    )


def opened_as_table(position: int, name: str, line: int) -> Mistake:
    """A header has two pairs of brackets where the same name is one table in `line`."""
    message = f"The table {_quoted(name)} has two brackets here, and is a single table in line {line}."
    return Mistake(
        position, message, "Write two brackets in all its headers, or give this one another name.", TWICE
    )


def value_in_the_way(position: int, name: str, line: int) -> Mistake:
    """Keys are to be put under a name that has a value of its own since `line`."""
    message = f"{_quoted(name)} is complete since line {line}, so nothing can be added to it here."
    return Mistake(position, message, "Write it in one of the two places only.", TWICE)


def table_has_header(position: int, name: str, line: int) -> Mistake:
    """A dotted key adds to a table that has a header of its own in `line`."""
    message = (
        f"The table {_quoted(name)} has a header of its own in line {line}, so nothing can be added to it here."
    )
    return Mistake(position, message, "Write this key under that header.", TWICE)


def _bad_character(position: int, character: str) -> Mistake:
    """A character that may not stand in a TOML file at all."""
    number = f"U+{ord(character):04X}"
    if 0xD800 <= ord(character) <= 0xDFFF:
        return Mistake(
            position, f"Half a character ({number}) stands here.", "Delete it and type the character again."
        )
    if character == "\r":
        message = "A carriage return (U+000D) stands here without a line feed."
        return Mistake(position, message, "Save the file with the line ends of Unix or Windows.")
    way_out = f"Delete it; if it is meant, write \\u{ord(character):04X} in a text in double quotation marks."
    return Mistake(position, f"An invisible control character ({number}) stands here.", way_out)


def _unreadable(position: int, text: str) -> Mistake | None:
    """Return the mistake when a character that cannot be seen or typed on purpose is at fault."""
    if control := _CONTROL.search(text):
        return _bad_character(position + control.start(), control[0])
    if odd := _ODD_SPACE.search(text):
        name = unicodedata.name(odd[0], f"U+{ord(odd[0]):04X}").lower()
        message = f"An invisible character stands here that is not an ordinary space: {name}."
        return Mistake(position + odd.start(), message, "Delete it, or type a space in its place.")
    return None


def _quoted(text: str) -> str:
    return f"“{_shortened(text)}”"


def _shortened(text: str) -> str:
    # The joiners hold emoji and letters together; nothing else that cannot be seen may reach a terminal.
    text = "".join(char if char.isprintable() or char in "\u200c\u200d" else " " for char in text).strip()
    return text if len(text) <= LONGEST_QUOTATION else text[: LONGEST_QUOTATION - 1].rstrip() + "…"
