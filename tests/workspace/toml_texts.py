"""Hypothesis strategies for TOML texts: not for their data, but for all the ways to write it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import tomli
from hypothesis import strategies as st

from lettergen.workspace.toml_locator import locate

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

# Two code points that look like one letter, a flag, Cyrillic with Uzbek letters, a line separator, a joined emoji.
HARD = [
    "e\u0301",
    "🇺🇿",
    "Ў",
    "ғ",
    "\u2028",
    "\u0085",
    "👩\u200d⚖️",
    "\U0010ffff",
    "a",
    " ",
    "\t",
    "#",
    "=",
    "[",
    "]",
]
LINE_ENDS = st.sampled_from(["\n", "\n", "\r\n"])
SPACE = st.sampled_from(["", "", "", " ", "\t", "  \t "])

plain = st.one_of(
    st.sampled_from(HARD),
    st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\"'\\"),
    st.text("abcxyz ", max_size=4),
)
escapes = st.one_of(
    st.sampled_from(list('btnfre"\\')).map(lambda letter: "\\" + letter),
    st.integers(0, 0xFF).map(lambda number: f"\\x{number:02x}"),
    st.integers(0, 0xD7FF).map(lambda number: f"\\u{number:04X}"),
    st.integers(0xE000, 0x10FFFF).map(lambda number: f"\\U{number:08x}"),
    st.just("\\U0001F1FA\\U0001F1FF"),
)
comments = st.lists(plain | st.sampled_from(['"', "'", "\\", '"""', "}"]), max_size=4).map(
    lambda parts: "#" + "".join(parts)
)


def _joined(parts: SearchStrategy[str], most: int = 6) -> SearchStrategy[str]:
    return st.lists(parts, max_size=most).map("".join)


basic = _joined(plain | escapes | st.just("'")).map('"{}"'.format)
literal = _joined(plain | st.sampled_from(['"', "\\", "\\n"])).map("'{}'".format)


@st.composite
def long_basic(draw: DrawFn) -> str:
    """Return a string between three double quotation marks."""
    continued = st.builds(
        "\\{}{}{}".format, SPACE, LINE_ENDS, _joined(st.sampled_from([" ", "\t", "\n", "\r\n"]), 3)
    )
    part = st.one_of(plain, escapes, LINE_ENDS, continued, st.sampled_from(["'", "'''", 'x"y', 'x""y', "a = 1\n"]))
    first, last = draw(st.sampled_from(["", "\n", "\r\n"])), draw(st.sampled_from(["", 'x"', 'x""']))
    return f'"""{first}{draw(_joined(part, 8))}{last}"""'


@st.composite
def long_literal(draw: DrawFn) -> str:
    """Return a string between three single quotation marks."""
    part = st.one_of(plain, LINE_ENDS, st.sampled_from(['"', '"""', "x'y", "x''y", "\\", "\\\n", "[a]\n"]))
    first, last = draw(st.sampled_from(["", "\n", "\r\n"])), draw(st.sampled_from(["", "x'", "x''"]))
    return f"'''{first}{draw(_joined(part, 8))}{last}'''"


strings = st.one_of(basic, literal, long_basic(), long_literal())
numbers_and_dates = st.one_of(
    st.integers(-(2**63), 2**63 - 1).map(str),
    st.floats(allow_nan=False, allow_infinity=False).map(repr),
    st.dates().map(str),
    st.times().map(str),
    st.datetimes().map(lambda moment: moment.isoformat(sep=" ")),
    st.datetimes().map(lambda moment: moment.isoformat(sep="t") + "Z"),
    st.sampled_from(["true", "false", "inf", "-inf", "+nan", "0", "+1", "1_000", "-0.0", "6.02e23", "1e06"]),
    st.sampled_from(["0xDEAD_beef", "0o755", "0b1101", "07:32", "07:32:00.5", "1979-05-27T00:32:00-07:00"]),
)
scalars = strings | numbers_and_dates

# Few names, so that tables meet; none of those with which the oracle labels its answers.
NAMES = ["a", "b", "c", "1", "2-x", "_", "-"]
key_parts = st.one_of(
    st.sampled_from(NAMES),
    st.sampled_from(NAMES),
    st.sampled_from(NAMES).map('"{}"'.format),
    st.sampled_from(NAMES).map("'{}'".format),
    basic,
    literal,
)


@st.composite
def keys(draw: DrawFn, most: int = 3) -> str:
    """Return a key, dotted or not."""
    parts = draw(st.lists(key_parts, min_size=1, max_size=most))
    return "".join(
        part if number == 0 else f"{draw(SPACE)}.{draw(SPACE)}{part}" for number, part in enumerate(parts)
    )


@st.composite
def blank(draw: DrawFn) -> str:
    """Return what may stand between two entries of a list."""
    pieces = draw(st.lists(st.one_of(SPACE, LINE_ENDS, st.builds("{}{}".format, comments, LINE_ENDS)), max_size=2))
    return "".join(pieces)


def _lists(entries: SearchStrategy[str]) -> SearchStrategy[str]:
    return _bracketed("[", "]", entries)


def _inline_tables(entries: SearchStrategy[str]) -> SearchStrategy[str]:
    return _bracketed("{", "}", st.builds("{}{}={}{}".format, keys(2), SPACE, SPACE, entries))


@st.composite
def _bracketed(draw: DrawFn, opening: str, closing: str, entries: SearchStrategy[str]) -> str:
    """Return entries in brackets; a table may get the same key twice and then be no TOML."""
    written = draw(st.lists(st.builds("{}{}{}".format, blank(), entries, blank()), max_size=3))
    comma = draw(st.sampled_from(["", f",{draw(blank())}"])) if written else draw(blank())
    return opening + ",".join(written) + comma + closing


values = st.recursive(scalars, lambda inner: _lists(inner) | _inline_tables(inner), max_leaves=5)


@st.composite
def statements(draw: DrawFn) -> str:
    """Return a statement with its line end, or several empty lines."""
    what = draw(st.sampled_from(["key", "key", "key", "table", "entry", "nothing"]))
    if what == "key":
        written = f"{draw(keys())}{draw(SPACE)}={draw(SPACE)}{draw(values)}"
    elif what == "table":
        written = f"[{draw(SPACE)}{draw(keys())}{draw(SPACE)}]"
    elif what == "entry":
        written = f"[[{draw(SPACE)}{draw(keys())}{draw(SPACE)}]]"
    else:
        written = ""
    return draw(SPACE) + written + draw(SPACE) + draw(st.just("") | comments) + draw(LINE_ENDS)


def is_toml(text: str) -> bool:
    """Whether tomli takes a text."""
    try:
        tomli.loads(text)
    except ValueError:
        return False
    return True


@st.composite
def sound_statements(draw: DrawFn) -> list[str]:
    """Return statements that make up a text that tomli takes; what it would not take is left out."""
    sound: list[str] = []
    for statement in draw(st.lists(statements(), max_size=8)):
        if is_toml("".join([*sound, statement])):
            sound.append(statement)
    return sound


# The last line end may be missing.
documents = st.builds(
    lambda sound, whole: "".join(sound) if whole else "".join(sound).rstrip("\r\n"),
    sound_statements(),
    st.booleans(),
)


@st.composite
def damaged_documents(draw: DrawFn) -> str:
    """Return a text like TOML, with a few cuts, repetitions and stray marks."""
    text = draw(documents | _joined(statements()))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.sampled_from([0, 0, 1, 2, 5, 30])))
        stray = draw(
            st.sampled_from(
                [*"\"'[]{}=,.#\\\n\r\0\x7f\u00a0\ufeff\ud800x1-: ", '"""', "'''", "[[", "]]", text[start:end] * 2]
            )
        )
        text = text[:start] + stray + text[end:]
    return text


def paths(data: Any) -> list[tuple[tuple[str | int, ...], Any]]:
    """Return every path in some data with the value there, but for the root."""
    members: list[tuple[str | int, Any]] = []
    if isinstance(data, dict):
        members = list(data.items())
    elif isinstance(data, list):
        members = list(enumerate(data))
    return [
        found
        for key, value in members
        for found in [((key,), value), *(((key, *path), inner) for path, inner in paths(value))]
    ]


def assert_found(text: str, data: dict[str, Any]) -> None:
    """Assert that at every place that the locator tells for some data, its keys and values are written."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    locations = locate(text)
    starts = [0, *(found.end() for found in re.finditer("\n", text))]
    for path, value in paths(data):
        key, there = locations.key(path), locations.value(path)
        assert there is not None
        written = text[starts[there.line - 1] + there.column - 1 :]
        if not isinstance(value, dict | list):
            assert repr(_value_at_beginning(written)) == repr(value)
        elif key is None:
            assert written[0] == ("{" if isinstance(value, dict) else "[")
        if isinstance(path[-1], str):
            assert key is not None
            assert _key_at_beginning(text[starts[key.line - 1] + key.column - 1 :]) == path[-1]


def _value_at_beginning(text: str) -> Any:
    marks = text[:3] if text[:3] in {'"""', "'''"} else text[:1]
    if marks not in {'"', "'", '"""', "'''"}:
        return tomli.loads("x = " + re.split(r"[],}\n#]", text, maxsplit=1)[0])["x"]
    end = len(marks)
    while True:
        end = text.index(marks[0], end) + 1
        # More marks of the same kind belong to the text, or close it.
        if text[end : end + 1] != marks[0] and is_toml(f"x = {text[:end]}"):
            return tomli.loads(f"x = {text[:end]}")["x"]


def _key_at_beginning(text: str) -> str:
    found = re.match(r"""[A-Za-z0-9_-]+|"(?:[^"\\]|\\.)*"|'[^']*'""", text)
    assert found
    (key,) = tomli.loads(f"{found[0]} = 1")
    return key
