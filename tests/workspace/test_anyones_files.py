"""Holds that whatever bytes stand in a workspace's files, they give letters or findings, soon, and nothing else."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from lettergen.prepare import find_problems
from workspace.sample import EDITION, FORMS, HEAD, LETTER, RECIPIENTS, TEMPLATE, Sample
from workspaces import SIGNED_OFF, lay_out_four_languages

LONGEST = 2000  # milliseconds, on a machine that does other things as well

soon = settings(deadline=LONGEST, max_examples=60, suppress_health_check=[HealthCheck.too_slow])

_VALUES = """
"" | '' | 0 | -1 | 1e400 | nan | true | [] | {} | [[[]]] | [{}] | [[]] | = | 07:32:00 | 0001-01-01 | 9999-12-31
1979-05-27T07:32:00Z | 1979-05-27 | "٢٠٢٤" | "\\u202e" | "\\u0000" | "{{" | "{% if %}" | "[^" | "[^x]" | "%s" | "XX"
{ en = {} } | { en = 1 } | { "[key]" = 1 } | { start = 1, end = [] } | ["en", "en"] | ["costa", "costa"] | "\\u2028"
"""
_values = st.one_of(
    st.sampled_from([value.strip() for value in _VALUES.replace("\n", "|").split("|")]),
    st.just(f"0x{'f' * 5000}"),
    st.text(max_size=20).map(lambda text: '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'),
    st.dates().map(str),
    st.integers().map(str),
)
_keys = st.sampled_from(
    ["id", "to", "answers", "text", "date", "[key]", "", "forms", "term", "x", "summit", "letter"]
)
_lines = st.one_of(
    st.builds("{} = {}".format, _keys.map('"{}"'.format), _values),
    st.builds("[{}]".format, _keys.map('"{}"'.format)),
    st.builds(
        "[[{}]]".format,
        st.sampled_from(["concern", "demand", "source", "signatory", "letter", "edition", "x", '"costa"']),
    ),
    st.text(max_size=10),
)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """Return a copy of the sample campaign that is written over again and again, with letters in two languages."""
    root = tmp_path_factory.mktemp("anyones")
    lay_out_four_languages(root)
    workspace = Sample(root)
    workspace.plant(RECIPIENTS, 'languages = ["en"]\n# In', 'languages = ["fr"]\n# In')
    (root / FORMS).parent.mkdir()
    (root / FORMS).write_text(SIGNED_OFF, "utf-8")
    return workspace


def look(workspace: Sample, file: str, data: bytes) -> None:
    """Check the workspace with these bytes in one of its files, and see that every finding has a place in it."""
    path = workspace.root / file
    original = path.read_bytes() if path.exists() else None
    path.write_bytes(data)
    try:
        problems = find_problems(workspace.root, None)
    finally:
        path.unlink() if original is None else path.write_bytes(original)
    lines = data.decode("utf-8-sig", "replace").replace("\r\n", "\n").split("\n")
    for problem in problems:
        place = problem.where
        assert re.fullmatch(r"LG[1-6]\d\d", problem.code)
        assert problem.message.endswith((".", "?", "…”")), problem.message
        assert "\n" not in problem.message + (problem.help or "")
        if place.file == file and place.line is not None and place.column is not None:
            assert 1 <= place.column <= len(lines[place.line - 1]) + 1
            assert problem.code != "LG403"


@soon
@pytest.mark.parametrize("file", [RECIPIENTS, LETTER, EDITION, FORMS, HEAD, TEMPLATE])
@given(data=st.binary())
@example(data=b"")
@example(data=b"\xef\xbb\xbf")
@example(data=b"[costa]\r\ngiven_name = '\xff'\r\n")
@example(data=b"[" * 5000)
@example(data=b"x = " + b"[" * 5000)
@example(data=b"a.b.c" * 2000 + b" = 1")
@example(data=b"concern = [1, 2]\ndemand = [[]]\nsource = [{}]\nsignatory = 5\nsummit = []\nletter = 1")
@example(data=b"{{" * 3000)
@example(data=b"{%for a in letter%}" * 1000)
def test_any_bytes(workspace: Sample, file: str, data: bytes) -> None:
    """Bytes that nobody would write."""
    look(workspace, file, data)


@soon
@pytest.mark.parametrize("file", [RECIPIENTS, LETTER, EDITION, FORMS, HEAD])
@given(choices=st.data())
def test_any_value_in_a_place_where_another_one_was_good(
    workspace: Sample, file: str, choices: st.DataObject
) -> None:
    """The sample's files with some of their values, keys and lines replaced by others."""
    lines = (workspace.root / file).read_text("utf-8").split("\n")
    for _ in range(choices.draw(st.integers(1, 4))):
        number = choices.draw(st.integers(0, len(lines) - 1))
        key, equals, _value = lines[number].partition(" = ")
        if equals and choices.draw(st.booleans()):
            lines[number] = f"{key} = {choices.draw(_values)}"
        else:
            lines[number] = choices.draw(_lines)
    look(workspace, file, "\n".join(lines).encode())


@soon
@pytest.mark.parametrize("file", [LETTER, EDITION])
@given(cut=st.integers(0, 10_000), length=st.integers(0, 300))
def test_a_file_with_a_piece_cut_out(workspace: Sample, file: str, cut: int, length: int) -> None:
    """The sample's letter.toml, or a translation of it, after an editor's accident."""
    data = (workspace.root / file).read_bytes()
    look(workspace, file, data[:cut] + data[cut + length :])
