"""Where every key and value of a TOML text stands."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import pytest
import toml_rs
import tomli
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lettergen.workspace.toml_locator import Locations, Path, Spot, locate
from workspace.toml_texts import assert_found, comments, documents, paths, scalars, strings

EVERYTHING = """\
# A comment = "with" [brackets]
title = "Самарқанд 🇺🇿" # and one behind
"Ўзбекистон 🇺🇿" . 'e\u0301' = 'C:\\temp'

 [ a . "b c" . d ]
k.l = 1
k.m = [ 1979-05-27 07:32:00 , [ true , inf ], # two
  { w = 0xFF, x.y = "]", x.z = [] },
]

[a]
late = -1.5e3

[[concern]]
text = \"\"\"
one\"\"\"
[[concern]]
sources = ["s",
  's2']
  [[concern.note]]
  id = '''
[x]'''
  [concern.note.by]
  name = ""
"""

KEYS: dict[Path, tuple[int, int]] = {
    ("title",): (2, 1),
    ("Ўзбекистон 🇺🇿",): (3, 1),
    ("Ўзбекистон 🇺🇿", "e\u0301"): (3, 19),
    ("a",): (11, 2),
    ("a", "b c"): (5, 8),
    ("a", "b c", "d"): (5, 16),
    ("a", "b c", "d", "k"): (6, 1),
    ("a", "b c", "d", "k", "l"): (6, 3),
    ("a", "b c", "d", "k", "m"): (7, 3),
    ("a", "b c", "d", "k", "m", 2, "w"): (8, 5),
    ("a", "b c", "d", "k", "m", 2, "x"): (8, 15),
    ("a", "b c", "d", "k", "m", 2, "x", "y"): (8, 17),
    ("a", "b c", "d", "k", "m", 2, "x", "z"): (8, 28),
    ("a", "late"): (12, 1),
    ("concern",): (14, 3),
    ("concern", 0): (14, 3),
    ("concern", 0, "text"): (15, 1),
    ("concern", 1): (17, 3),
    ("concern", 1, "sources"): (18, 1),
    ("concern", 1, "note"): (20, 13),
    ("concern", 1, "note", 0): (20, 13),
    ("concern", 1, "note", 0, "id"): (21, 3),
    ("concern", 1, "note", 0, "by"): (23, 17),
    ("concern", 1, "note", 0, "by", "name"): (24, 3),
}
VALUES: dict[Path, tuple[int, int]] = {
    ("title",): (2, 9),
    ("Ўзбекистон 🇺🇿",): (3, 1),
    ("Ўзбекистон 🇺🇿", "e\u0301"): (3, 26),
    ("a",): (11, 1),
    ("a", "b c"): (5, 2),
    ("a", "b c", "d"): (5, 2),
    ("a", "b c", "d", "k"): (6, 1),
    ("a", "b c", "d", "k", "l"): (6, 7),
    ("a", "b c", "d", "k", "m"): (7, 7),
    ("a", "b c", "d", "k", "m", 0): (7, 9),
    ("a", "b c", "d", "k", "m", 1): (7, 31),
    ("a", "b c", "d", "k", "m", 1, 0): (7, 33),
    ("a", "b c", "d", "k", "m", 1, 1): (7, 40),
    ("a", "b c", "d", "k", "m", 2): (8, 3),
    ("a", "b c", "d", "k", "m", 2, "w"): (8, 9),
    ("a", "b c", "d", "k", "m", 2, "x"): (8, 15),
    ("a", "b c", "d", "k", "m", 2, "x", "y"): (8, 21),
    ("a", "b c", "d", "k", "m", 2, "x", "z"): (8, 32),
    ("a", "late"): (12, 8),
    ("concern",): (14, 1),
    ("concern", 0): (14, 1),
    ("concern", 0, "text"): (15, 8),
    ("concern", 1): (17, 1),
    ("concern", 1, "sources"): (18, 11),
    ("concern", 1, "sources", 0): (18, 12),
    ("concern", 1, "sources", 1): (19, 3),
    ("concern", 1, "note"): (20, 3),
    ("concern", 1, "note", 0): (20, 3),
    ("concern", 1, "note", 0, "id"): (21, 8),
    ("concern", 1, "note", 0, "by"): (23, 3),
    ("concern", 1, "note", 0, "by", "name"): (24, 10),
}
LINE_ENDS = pytest.mark.parametrize("line_end", ["\n", "\r\n"])
MARKS_OF_ORDER = pytest.mark.parametrize("mark", ["", "\ufeff"])


@LINE_ENDS
@MARKS_OF_ORDER
def test_every_key_and_value_has_its_place(line_end: str, mark: str) -> None:
    """Keys and values of all shapes are found in their places; line ends and byte order marks do not count."""
    locations = locate(mark + EVERYTHING.replace("\n", line_end))
    every = [path for path, _ in paths(tomli.loads(EVERYTHING))]
    assert {path: _pair(spot) for path in every if (spot := locations.key(path))} == KEYS
    assert {path: _pair(spot) for path in every if (spot := locations.value(path))} == VALUES


def test_a_table_stands_where_its_own_header_does() -> None:
    """A table that a longer header named first moves to its own header, and not to a later longer one."""
    locations = locate("[a.b]\n[ a]\n[a.c]\n")
    assert (locations.key(("a",)), locations.value(("a",))) == (Spot(2, 3), Spot(2, 1))


def test_nothing_is_found_where_nothing_is() -> None:
    """What is not in the text has no place; nor has the root; an index is not a key."""
    locations = locate('a = [1]\n0 = "x"\n')
    missing: list[Path] = [(), ("b",), ("a", 1), ("a", "0"), ("a", 0, "x"), (0,)]
    assert [locations.key(path) for path in missing] == [None] * 6
    assert [locations.value(path) for path in missing] == [None] * 6
    assert [locations.inside(path, 0) for path in [*missing, ("a",), ("a", 0)]] == [None] * 8
    assert (locations.key(("a", 0)), locations.value(("a", 0))) == (None, Spot(1, 6))


@pytest.mark.parametrize(
    ("path", "spot"),
    [
        ((), None),
        (("nobody",), None),
        (("costa", "office"), Spot(1, 2)),
        (("costa", "term", "begin"), Spot(2, 1)),
        (("costa", "languages", 1, "x"), Spot(3, 20)),
        (("costa", "languages", 7), Spot(3, 1)),
        (("concern", 0, "title"), Spot(4, 3)),
        (("concern", 5), Spot(4, 3)),
    ],
)
def test_a_missing_key_is_shown_at_its_table(path: Path, spot: Spot | None) -> None:
    """The nearest place is that of the longest part of the path that is there."""
    text = '[costa]\nterm = { start = 2024-12-01 }\nlanguages = ["en", {}]\n[[concern]]\n'
    assert locate(text).nearest(path) == spot


@LINE_ENDS
def test_lines_come_without_their_ends(line_end: str) -> None:
    """Only CR LF and LF end a line; beyond the last one there is nothing."""
    locations = locate(line_end.join(["\ufeffa = 'x\u2028y\x85'", "", "# b"]))
    assert [locations.line(number) for number in range(-1, 5)] == ["", "", "a = 'x\u2028y\x85'", "", "# b", ""]


@pytest.mark.parametrize(
    ("written", "spots"),
    [
        ('""', [(1, 6)]),
        ("'🇺🇿e\u0301'", [(1, 6), (1, 7), (1, 8), (1, 9), (1, 10)]),
        (r'"a\n\u00e9\U0001F1FA\x41b"', [(1, 6), (1, 7), (1, 9), (1, 15), (1, 25), (1, 29), (1, 30)]),
        (r"'\n'", [(1, 6), (1, 7), (1, 8)]),
        ('"""\nab"""', [(2, 1), (2, 2), (2, 3)]),
        ('"""a\n\nb"""', [(1, 8), (1, 9), (2, 1), (3, 1), (3, 2)]),
        ('"""a\n"""', [(1, 8), (1, 9), (2, 1)]),
        ('"""\\\n  a \\  \n\n  b\\\n"""', [(2, 3), (2, 4), (4, 3), (4, 4)]),
        ('"""\n"""', [(2, 1)]),
        ('"""""a"""""', [(1, 8), (1, 9), (1, 10), (1, 11), (1, 12), (1, 13)]),
        ("'''\n'a\\\n'''''", [(2, 1), (2, 2), (2, 3), (2, 4), (3, 1), (3, 2), (3, 3)]),
    ],
)
@LINE_ENDS
def test_a_character_inside_a_text_has_its_place(written: str, spots: list[tuple[int, int]], line_end: str) -> None:
    """Each character of a value, and the place after the last, is found through escapes and folded lines."""
    locations = locate(f"k = {written}".replace("\n", line_end))
    length = len(tomli.loads(f"k = {written}")["k"])
    found = [locations.inside(("k",), offset) for offset in range(-1, length + 2)]
    assert found == [None, *(Spot(*spot) for spot in spots), None]


def test_many_brackets_inside_one_another_are_located() -> None:
    """The 400 levels that the parser takes do not exhaust the stack, wherever the call comes from."""
    lists, tables = "[" * 400 + "1" + "]" * 400, "{x = " * 400 + "1" + "}" * 400
    locations = locate(f"a = {lists}\nb = {tables}\n")
    assert tomli.loads(f"a = {lists}\nb = {tables}\n")
    assert locations.value(("a", *[0] * 400)) == Spot(1, 405)
    assert locations.value(("b", *["x"] * 400)) == Spot(2, 5 + 400 * 5)


def test_a_key_with_a_wrong_value_is_known_all_the_same() -> None:
    """A reader of the data can tell a missing key from one that stands there and could not be read."""
    locations = locate("a = x\n[b]\nc = 1\n[d\ne = 1\n")
    assert [locations.key(path) for path in [("a",), ("b", "c"), ("d",), ("e",), ("b", "e")]] == [
        Spot(1, 1),
        Spot(3, 1),
        None,
        None,
        None,
    ]


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(documents)
def test_places_are_those_that_another_parser_finds(text: str) -> None:
    """For texts written in every way, toml-rs gives the same places, as far as it gives any."""
    document = toml_rs.load_with_metadata(text)
    locations = locate(text)
    for what, path, line, column in _places_by_oracle(document.meta["nodes"], document.value):
        found = locations.key(path) if what == "key" else locations.value(path)
        before = text.split("\n")[line - 1].encode()[: column - 1]
        assert (what, path, found) == (what, path, Spot(line, len(before.decode()) + 1))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(documents)
def test_everything_in_the_data_has_a_place(text: str) -> None:
    """At the places of every path of the data stand its key and its value, and nothing else."""
    assert_found(text, tomli.loads(text))


ESCAPE = r'\\(?:[btnfre"\\]|x..|u....|U........)'
FOLD = r"(?:\\[ \t]*\r?\n[ \t\r\n]*)*"


@settings(max_examples=250, deadline=None)
@given(strings, st.lists(comments | scalars.map("b = {}".format), max_size=1), st.sampled_from(["\n", "\r\n"]))
def test_every_character_comes_from_the_place_that_is_told(written: str, before: list[str], line_end: str) -> None:
    """The places inside a text cut it into pieces that mean just the characters of the value, one each."""
    text = line_end.join([*before, f"a = {written}"])
    value, locations = tomli.loads(text)["a"], locate(text)
    marks = written[:3] if written[:3] in {'"""', "'''"} else written[0]
    cuts = [_index(text, locations, ("a",), offset) for offset in range(len(value) + 1)]
    beginning, ends = text.rindex("a = " + written) + 4, text[cuts[-1] :]
    assert re.fullmatch(rf"{marks}(\r?\n)?{FOLD}", text[beginning : cuts[0]])
    assert re.fullmatch(rf"{FOLD}{marks}", ends)
    pieces = [text[start:end] for start, end in pairwise(cuts)]
    assert "".join(map(_meaning if '"' in marks else _as_it_is, pieces)) == value


def _meaning(piece: str) -> str:
    found = re.fullmatch(rf"({ESCAPE}|\r\n|[^\\]){FOLD}", piece)
    assert found, piece
    character: str = tomli.loads(f'x = "{found[1]}"')["x"] if found[1][0] == "\\" else _as_it_is(found[1])
    return character


def _as_it_is(piece: str) -> str:
    assert len(piece) == 1 or piece == "\r\n"
    return piece[-1]


def _index(text: str, locations: Locations, path: Path, offset: int) -> int:
    spot = locations.inside(path, offset)
    assert spot is not None
    return sum(len(line) + 1 for line in text.split("\n")[: spot.line - 1]) + spot.column - 1


def _pair(spot: Spot) -> tuple[int, int]:
    return spot.line, spot.column


def _places_by_oracle(nodes: Any, table: dict[str, Any], above: Path = ()) -> list[tuple[str, Path, int, int]]:
    """Return (key or value, path, line, column in bytes) for all that toml-rs knows the place of."""
    return [place for name, value in table.items() for place in _places(nodes[name], value, (*above, name))]


def _places(node: Any, value: Any, path: Path) -> list[tuple[str, Path, int, int]]:
    # A table with a header has only its members here; all else is labelled, and a line or column may be a range.
    found = [
        (what, path, _first(node[f"{what}_line"]), _first(node[f"{what}_col"]))
        for what in ("key", "value")
        if f"{what}_col" in node
    ]
    inner = node["value"] if found else node
    if isinstance(value, dict):
        return found + _places_by_oracle(inner, value, path)
    if isinstance(value, list):
        return found + [place for i, entry in enumerate(value) for place in _places(inner[i], entry, (*path, i))]
    return found


def _first(place: int | tuple[int, int]) -> int:
    return place if isinstance(place, int) else place[0]
