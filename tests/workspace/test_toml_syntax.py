"""Every mistake in the syntax of a TOML text, and the data of the rest."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
import tomli
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from lettergen.workspace import toml_syntax
from lettergen.workspace.toml_scanner import MOST_MISTAKES, Scan, scan
from lettergen.workspace.toml_syntax import SyntaxProblem, parse
from workspace.toml_texts import assert_found, damaged_documents, documents, is_toml, paths, sound_statements

if TYPE_CHECKING:
    from collections.abc import Callable

NO_EQUALS = 'Write key = "value".'
QUOTE = "Put the text in quotation marks: "
NUMBER = "Write a number with digits, without leading zeros, and with a point; anything else in quotes."
DATE = "Write year-month-day, like 2025-04-01."
SPACED = "Delete it, or type a space in its place."
COMMA = "Write a comma between two entries; if this was meant as one text, look at its quotation marks."
MISSING = "Write the value, or take the line out."
ESCAPE = "Write \\\\ for a backslash, or put the text in single quotation marks."
MORE = 'Begin a new line, or put # before a comment; write \\" for quotation marks inside a text.'

# One line with one mistake: the text, its column, the message, what to do.
LINES = [
    ("x", 2, "An equals sign is missing after “x”.", NO_EQUALS),
    ("x: 1", 2, "An equals sign is missing after “x”.", "Write = in place of the colon."),
    (
        "given name = 1",
        7,
        "An equals sign is missing after “given”.",
        'Write key = "value"; a key with anything but A–Z, a–z, 0–9, _ and - needs quotation marks.',
    ),
    (
        "  имя = 1",
        3,
        "“имя” cannot be a key as it stands.",
        'Only A–Z, a–z, 0–9, _ and - stand unquoted in a key; put others in quotation marks: "имя".',
    ),
    ("= 1", 1, "A key is missing here.", "Write a name here, or take the line out."),
    ("x. = 1", 4, "A key is missing here.", "Write a name here, or take the line out."),
    (
        '"x = 1',
        1,
        "The quoted key that begins here is not closed, or has an unknown escape.",
        "Close it with the quotation mark that it began with; write a backslash as \\\\.",
    ),
    (
        '"""',
        1,
        "These quotation marks close nothing.",
        "Take them out, or begin the text with three quotation marks after the equals sign.",
    ),
    ("]", 1, "This ] closes nothing.", "Take it out, or write the bracket that opens."),
    ("x =", 4, "A value is missing here.", MISSING),
    ("x = # nothing", 5, "A value is missing here.", MISSING),
    (
        "x = António Costa # c",
        5,
        "“António Costa” is neither quoted text nor a number, a date, true or false.",
        QUOTE + '"António Costa".',
    ),
    (
        'x = say "no"',
        5,
        "“say \"no\"” is neither quoted text nor a number, a date, true or false.",
        QUOTE + "'say \"no\"'.",
    ),
    ("x = “no”", 5, "This text stands in typographic quotation marks.", 'Write straight ones: "…".'),
    ("x = Yes", 5, "“Yes” is not a value.", "Write true, in small letters and without quotation marks."),
    ("x = FALSE", 5, "“FALSE” is not a value.", "Write false, in small letters and without quotation marks."),
    ("x = null", 5, "“null” is not a value.", "Take the line out, to leave the key empty."),
    ("x = 4 April 2025", 5, "“4 April 2025” is not a date.", DATE),
    ("x = 2025-02-30", 5, "“2025-02-30” is not a date.", DATE),
    ("x = 04.04.2025", 5, "“04.04.2025” is not a date.", DATE),
    ("x = 2025-04", 5, "“2025-04” is not a date.", DATE),
    ("x = 007", 5, "“007” is not a number.", NUMBER),
    ("x = 1,5", 5, "“1,5” is not a number.", NUMBER),
    ("x = " + "9" * 4301, 5, "“" + "9" * 39 + "…” is not a number.", NUMBER),
    ("x = 1,", 6, "“,” follows where the line should end.", "Take it out."),
    ('x = "a" b', 9, "“b” follows where the line should end.", MORE),
    ('x = "a "b" c"', 9, "“b\" c\"” follows where the line should end.", MORE),
    (
        'x = "a',
        5,
        'The text that opens here with " is not closed.',
        'Write " at its end; a text of several lines stands between """ and """.',
    ),
    (
        "x = 'a",
        5,
        "The text that opens here with ' is not closed.",
        "Write ' at its end; a text of several lines stands between ''' and '''.",
    ),
    (
        'x = "C:\\"',
        5,
        'The text that opens here with " is not closed.',
        'The last \\" is a part of the text: write a backslash as \\\\.',
    ),
    ('x = "C:\\Users"', 8, "“\\U” means nothing in double quotation marks.", ESCAPE),
    ('x = "\\uD800"', 6, "“\\u” means nothing in double quotation marks.", ESCAPE),
    (
        'x = """a\x01"""',
        9,
        "An invisible control character (U+0001) stands here.",
        "Delete it; if it is meant, write \\u0001 in a text in double quotation marks.",
    ),
    (
        "x = 1 # \x7f",
        9,
        "An invisible control character (U+007F) stands here.",
        "Delete it; if it is meant, write \\u007F in a text in double quotation marks.",
    ),
    (
        "x = 'a\rb'",
        7,
        "A carriage return (U+000D) stands here without a line feed.",
        "Save the file with the line ends of Unix or Windows.",
    ),
    (
        "x = 'a\ud800b'",
        7,
        "Half a character (U+D800) stands here.",
        "Delete it and type the character again.",
    ),
    (
        "x\u00a0= 1",
        2,
        "An invisible character stands here that is not an ordinary space: no-break space.",
        SPACED,
    ),
    (
        "x = 1\u200b",
        6,
        "An invisible character stands here that is not an ordinary space: zero width space.",
        SPACED,
    ),
    ("x = [1, 2", 5, "The list that opens here with [ is not closed.", "Write ] at its end."),
    ("x = {a = 1", 5, "The table that opens here with { is not closed.", "Write } at its end."),
    ("x = [{a = 1]", 6, "The table that opens here with { is not closed.", "Write } at its end."),
    ("x = [1}]", 7, "This } closes nothing.", "Take it out, or write the bracket that opens."),
    ("x = [1 [2]]", 7, "A comma is missing here.", COMMA),
    ('x = ["a" "b"]', 9, "A comma is missing here.", COMMA),
    ("x = {a = 2024-12-01 b = [2]}", 20, "A comma is missing here.", COMMA),
    ("x = [1,,2]", 8, "A value is missing here.", MISSING),
    ("x = {a = , b = 1}", 10, "A value is missing here.", MISSING),
    ("x = {a: 1}", 7, "An equals sign is missing after “a”.", "Write = in place of the colon."),
    ("x = " + "[" * 401 + "1", 406, "Too many brackets stand inside one another.", "Write fewer levels."),
]  # fmt: skip
HEADERS = [
    (
        "[x",
        3,
        "The header of this table is not closed with ].",
        "Write ] after the name; a name with spaces or accents needs quotation marks.",
    ),
    (
        "[[x y]]",
        5,
        "The header of this table is not closed with ]].",
        "Write ]] after the name; a name with spaces or accents needs quotation marks.",
    ),
    ("[]", 2, "A key is missing here.", "Write a name here, or take the line out."),
    ("[x] y = 1", 5, "“y = 1” follows where the line should end.", MORE),
]


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


KEEP_ONE = "Keep one of them."
ONE_PLACE = "Write it in one of the two places only."
ONE_TABLE = "Put the keys of both in one table, or give this one another name."


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


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(documents)
def test_a_sound_text_has_no_mistakes(text: str) -> None:
    """What the parser takes gives its data and nothing else; the scan, too, has nothing against it."""
    assert repr(parse(text)) == repr((tomli.loads(text), []))
    assert scan(text).mistakes == []


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(sound_statements(), st.integers(0, 8), st.sampled_from([line for line in LINES if len(line[0]) < 100]))
def test_a_mistake_is_one_finding_wherever_it_stands(
    statements: list[str], where: int, mistaken: tuple[str, int, str, str]
) -> None:
    """One wrong line within any text makes one finding there, and costs no data but its own."""
    before, after = "".join(statements[:where]), "".join(statements[where:])
    # A text that ends like the beginning of another is rightly suspected when the next line is wrong.
    assume(
        not any(
            isinstance(value, str) and re.search(r"=[ \t]*\Z", value) for _, value in paths(tomli.loads(before))
        )
    )
    line, column, message, way_out = mistaken
    # A key that the wrong line has as well is a second mistake.
    words = set(re.findall(r"\w+", line))
    assume(not any(str(part) in words for path, _ in paths(tomli.loads("".join(statements))) for part in path))
    data, problems = parse(f"{before}{line}\nread-on = 1\n{after}")
    assert problems == [SyntaxProblem("LG101", message, way_out, before.count("\n") + 1, column, line)]
    assert repr(data) == repr(tomli.loads(f"{before}read-on = 1\n{after}"))


def _check_anything(text: str) -> None:
    sound = is_toml(text.removeprefix("\ufeff")) and not re.search("[\ud800-\udfff]", text)
    data, problems = parse(text)
    assert (problems == []) == (scan(text).mistakes == []) == sound
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    places = [(problem.line, problem.column) for problem in problems]
    assert places == sorted(places)
    assert len(places) <= MOST_MISTAKES + 1
    for problem in problems:
        assert problem.source == lines[problem.line - 1]
        assert 1 <= problem.column <= len(problem.source) + 1
        assert re.sub("[\u200c\u200d]", "", f"{problem.message} {problem.help}").isprintable()
    assert_found(text, data)


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(damaged_documents())
@example("a = 1\r\r\nb = 2")
@example('a = "\ud800"')
@example("\ufeff\ufeffa = 1")
def test_a_damaged_text_is_read_as_far_as_it_goes(text: str) -> None:
    """A damaged text has findings exactly when the parser refuses it, each in a line of it; its data has places."""
    _check_anything(text)


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from(list("\"'[]{}=,.#\\\n\r ab1-:\0u")), max_size=40) | st.text(st.characters()))
def test_no_text_is_too_strange(text: str) -> None:
    """Any text at all is read without an error of ours."""
    _check_anything(text)


@pytest.mark.parametrize(
    "hostile",
    [
        lambda n: "a = [" * n,
        lambda n: "a = [\n" * n,
        lambda n: "a = {\n" * n,
        lambda n: 'a = """x\n' * n,
        lambda n: "a = \"\"\"\nb = '''\n" * n,
        lambda n: "a = [" + "x, " * n + "]",
        lambda n: "a = {" + "!, " * n + "}",
        lambda n: "a = [" + "}" * n,
        lambda n: 'a = "' + "\\" * n,
        lambda n: 'a = """' + '"" ' * n,
        lambda n: 'a = """' + "\\\n " * n,
        lambda n: "a = x" + " " * n + "#",
        lambda n: "a = [" + " " * n + "x",
        lambda n: "a = x" + "\n  " * n,
        lambda n: "[a" + " ]" * n,
        lambda n: "'" * n,
        lambda n: "\0" * n,
    ],
)
def test_hostile_texts_take_time_in_proportion(hostile: Callable[[int], str]) -> None:
    """Twenty thousand repetitions of what could make a reader go back and forth are read at once."""
    assert parse(hostile(20_000))[1]
