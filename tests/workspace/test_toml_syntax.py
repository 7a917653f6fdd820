"""Every mistake in the syntax of a TOML text, and the data of the rest."""

from __future__ import annotations

from typing import Any

import pytest

from lettergen.workspace import toml_syntax
from lettergen.workspace.toml_scanner import MOST_MISTAKES, Scan, scan
from lettergen.workspace.toml_syntax import SyntaxProblem, parse
from workspace.toml_mistakes import HEADERS, LINES, QUOTE

KEEP_ONE = "Keep one of them."
ONE_PLACE = "Write it in one of the two places only."
ONE_TABLE = "Put the keys of both in one table, or give this one another name."


@pytest.mark.parametrize(("line", "column", "message", "way_out"), LINES)
def test_a_mistake_in_a_line_is_told_and_the_rest_is_read(
    line: str, column: int, message: str, way_out: str
) -> None:
    """One mistake makes one finding in plain words, at its place; what stands before and behind is read."""
    data, problems = parse(f"a = 1\n{line}\nb = 2\n[c]\nd = 3\n")
    assert problems == [SyntaxProblem("LG101", message, way_out, 2, column, line)]
    assert data == {"a": 1, "b": 2, "c": {"d": 3}}


@pytest.mark.parametrize(("line", "column", "message", "way_out"), HEADERS)
def test_what_stands_below_a_wrong_header_is_left_out(line: str, column: int, message: str, way_out: str) -> None:
    """The keys below belong to no other table, and the mistakes among them are told as well."""
    data, problems = parse(f"[a]\nb = 1\n{line}\nb = 2\nc = ?\n[d]\n")
    assert problems == [
        SyntaxProblem("LG101", message, way_out, 3, column, line),
        SyntaxProblem(
            "LG101",
            "“?” is neither quoted text nor a number, a date, true or false.",
            QUOTE + '"?".',
            5,
            5,
            "c = ?",
        ),
    ]
    assert data == {"a": {"b": 1}, "d": {}}


@pytest.mark.parametrize(
    ("text", "place", "message", "way_out", "data"),
    [
        ("a = 1\n\n a = 2\n", (3, 2), "“a” stands here a second time; the first is in line 1.", KEEP_ONE, {"a": 1}),
        (
            "[a]\nb.c = 1\n[d]\n[a]\nx = 1\n",
            (4, 2),
            "The table “a” is opened here a second time; the first is in line 1.",
            ONE_TABLE,
            {"a": {"b": {"c": 1}}, "d": {}},
        ),
        (
            "[a]\nb.c = 1\n[a.b]\n",
            (3, 4),
            "The table “b” is opened here a second time; the first is in line 2.",
            ONE_TABLE,
            {"a": {"b": {"c": 1}}},
        ),
        (
            "[a.b.c]\n[a]\nb.d = 1\n[a.b]\n",
            (4, 4),
            "The table “b” is opened here a second time; the first is in line 1.",
            ONE_TABLE,
            {"a": {"b": {"c": {}, "d": 1}}},
        ),
        (
            "a = 1\n[a]\n",
            (2, 2),
            "“a” stands here a second time; the first is in line 1.",
            KEEP_ONE,
            {"a": 1},
        ),
        ("a = []\n[[a]]\n", (2, 3), "“a” stands here a second time; the first is in line 1.", KEEP_ONE, {"a": []}),
        (
            "[[a]]\nx = 1\n[a]\nx = 2\n",
            (3, 2),
            "The table “a” has two brackets in line 1 and one here.",
            "Write two brackets here if this is one more of them, or another name.",
            {"a": [{"x": 1}]},
        ),
        (
            "[a.b]\n[[a]]\n",
            (2, 3),
            "The table “a” has two brackets here, and is a single table in line 1.",
            "Write two brackets in all its headers, or give this one another name.",
            {"a": {"b": {}}},
        ),
        (
            "a = {b = 1}\na.c = 2\n",
            (2, 1),
            "“a” is complete since line 1, so nothing can be added to it here.",
            ONE_PLACE,
            {"a": {"b": 1}},
        ),
        (
            "a = {b = 1}\n[a.c]\n",
            (2, 2),
            "“a” is complete since line 1, so nothing can be added to it here.",
            ONE_PLACE,
            {"a": {"b": 1}},
        ),
        (
            "[a.b]\n[a]\nb.c = 1\n",
            (3, 1),
            "The table “b” has a header of its own in line 1, so nothing can be added to it here.",
            "Write this key under that header.",
            {"a": {"b": {}}},
        ),
        (
            "a = {b = 1,\n b.c = 1}\n",
            (2, 2),
            "“b” is complete since line 1, so nothing can be added to it here.",
            ONE_PLACE,
            {},
        ),
        ("a = {b = 1, 'b' = 1}\n", (1, 13), "“b” stands here a second time; the first is in line 1.", KEEP_ONE, {}),
    ],
)
def test_what_stands_twice_is_told_at_its_second_place(
    text: str, place: tuple[int, int], message: str, way_out: str, data: dict[str, Any]
) -> None:
    """A key or table that is taken is a finding of its own kind, and says where the first one stands."""
    line, column = place
    assert parse(text) == (
        data,
        [SyntaxProblem("LG102", message, way_out, line, column, text.split("\n")[line - 1])],
    )


@pytest.mark.parametrize(
    ("text", "places", "data"),
    [
        # A list that lacks its bracket ends before what cannot belong to it.
        ('a = [\n "x",\n "y"\n\nb = 1\n[c]\n', [(1, 5)], {"b": 1, "c": {}}),
        ('a = [\n "x",\n[[c]]\nb = 1\n', [(1, 5)], {"c": [{"b": 1}]}),
        ("a = [\n {b = 1,\n  c = 2},\n d\nd = 1\n", [(1, 5)], {"d": 1}),
        ("a = [ x\nb = 1\n", [(1, 5)], {"b": 1}),
        ("a = [\n[x, y],\n[2]\nb = 1\n", [(1, 5)], {"b": 1}),
        ("a = {\n b = 1,\n[c]\nd = 1\n", [(1, 5)], {"c": {"d": 1}}),
        ("a = { b = 1\nc = 2\nd = 3\n", [(1, 5)], {"c": 2, "d": 3}),
        # In a list that is closed, each line tells its own mistake.
        ("a = [\n x,\n 1\n 2,\n y,\n]\nb = 1\n", [(2, 2), (3, 3), (5, 2)], {"b": 1}),
        ('a = [\n "x,\n "y"\n]\nb = 1\n', [(2, 2)], {"b": 1}),
        ('a = [\n {b = 1, c = "x"},\n {b = 2, c = "y"\n]\nd = 1\n', [(3, 2)], {"d": 1}),
        # A long text that lacks its end stops before what looks like a statement.
        ('a = """\nOne.\nb = 1\n', [(1, 5)], {"b": 1}),
        ('a = """\nOne.\n\n[[c]]\nd = """\nTwo.\n"""\n', [(1, 5)], {"c": [{"d": "Two.\n"}]}),
        ('[x]\na = """One""\n[y]\nb = """Two"""\nc = 1\n', [(2, 5)], {"x": {}, "y": {"b": "Two", "c": 1}}),
        ("a = '''\nOne.\nb = '''\nTwo", [(1, 5), (3, 5)], {}),
        # A text of several lines in marks for one line is one mistake.
        ('a = "One\nand two.\n\nThree."\nb = 1\n', [(1, 5)], {"b": 1}),
        ("a = One\nand two.\nb = 1\n", [(1, 5)], {"b": 1}),
        ('a =\n"One"\nb = 1\n', [(1, 4)], {"b": 1}),
        # A sound text may look like one that lost its end.
        ("a = '''\nb = '''\nc = 1\nd = x\n", [(4, 5)], {"a": "b = ", "c": 1}),
        # The name that we put in place of a wrong header is nobody else's.
        ("[x\n[wrong-header-0]\nb = 1\n", [(1, 3)], {"wrong-header-0": {"b": 1}}),
    ],
)
def test_one_mistake_does_not_make_many(text: str, places: list[tuple[int, int]], data: dict[str, Any]) -> None:
    """What was never closed ends where a person would end it, and no finding is the consequence of another."""
    found, problems = parse(text)
    assert [(problem.line, problem.column) for problem in problems] == places
    assert found == data


def test_twenty_mistakes_are_enough() -> None:
    """After twenty findings a last one says where reading stopped; what was sound before is still there."""
    data, problems = parse("a = 1\n" + "".join(f"b{number} = x\n" for number in range(50)))
    assert [problem.line for problem in problems] == list(range(2, 3 + MOST_MISTAKES))
    assert problems[-1] == SyntaxProblem(
        "LG101",
        "The file was not read from here on.",
        "Correct the mistakes above first.",
        2 + MOST_MISTAKES,
        7,
        f"b{MOST_MISTAKES} = x",
    )
    assert data == {"a": 1}


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_line_ends_and_a_byte_order_mark_move_nothing(line_end: str) -> None:
    """Places count in characters of the line as an editor shows it."""
    message = "“x” is neither quoted text nor a number, a date, true or false."
    first = SyntaxProblem("LG101", message, QUOTE + '"x".', 1, 5, "a = x")
    second = SyntaxProblem("LG101", message, QUOTE + '"x".', 2, 8, "'🇺🇿' = x")
    assert parse(f"\ufeffa = x{line_end}'🇺🇿' = x{line_end}") == ({}, [first, second])


def test_a_refusal_that_we_do_not_understand_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """When the parser refuses what our scan finds nothing wrong with, its place is given, and no data."""

    def blind(text: str) -> Scan:
        return Scan(text, scan("").root, [], [])

    monkeypatch.setattr(toml_syntax, "scan", blind)
    way_out = "Compare the line with toml.io, or write it in a simpler way."
    message = "This cannot be read as TOML."
    assert parse("a = 1\nbc = ?\n") == ({}, [SyntaxProblem("LG101", message, way_out, 2, 6, "bc = ?")])
    key = ".".join("a" * 2000)
    assert parse(f"{key} = 1") == ({}, [SyntaxProblem("LG101", message, way_out, 1, 1, f"{key} = 1")])
