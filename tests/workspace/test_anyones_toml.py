"""Any TOML text, sound, damaged or hostile: its mistakes are found, its other data kept, and in time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
import tomli
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from lettergen.workspace.toml_scanner import MOST_MISTAKES, scan
from lettergen.workspace.toml_syntax import SyntaxProblem, parse
from workspace.toml_mistakes import LINES
from workspace.toml_texts import assert_found, damaged_documents, documents, is_toml, paths, sound_statements

if TYPE_CHECKING:
    from collections.abc import Callable


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
