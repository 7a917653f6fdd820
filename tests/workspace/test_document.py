"""Holds what of a file can be read and pointed at, whatever its bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lettergen.problems import Place, Problem
from lettergen.workspace.document import read_document, read_text

if TYPE_CHECKING:
    from pathlib import Path

    from lettergen.workspace.document import Document

NAME = "letters/a/letter.toml"


def document(root: Path, data: bytes) -> Document:
    """Return a document with these bytes."""
    (root / NAME).parent.mkdir(parents=True, exist_ok=True)
    (root / NAME).write_bytes(data)
    return read_document(root, root / NAME)


def test_places(tmp_path: Path) -> None:
    """Keys, values, and characters inside a value have their line, column, and the text of their line."""
    read = document(tmp_path, 'a = 1\n[b]\n"ў 🇺🇿" = "é\\u00e9x"\n'.encode())
    line = '"ў 🇺🇿" = "é\\u00e9x"'
    assert read.problems == ()
    assert read.key(("b", "ў 🇺🇿")) == Place(NAME, 3, 1, line)
    assert read.value(("b", "ў 🇺🇿")) == Place(NAME, 3, 10, line)
    assert read.inside(("b", "ў 🇺🇿"), 2) == Place(NAME, 3, 18, line)
    assert str(read.key(("b",))) == f"{NAME}:2:2"


def test_what_is_not_there_is_near_something(tmp_path: Path) -> None:
    """A missing key is in its table, a missing table at the top of the file."""
    read = document(tmp_path, b"# c\na = 1\n[b]\nx = 1\n")
    assert read.value(("b", "y", 0)) == Place(NAME, 3, 2, "[b]")
    assert read.value(("c", "y")) == Place(NAME, 1, 1, "# c")
    assert document(tmp_path, b"").value(("c",)) == Place(NAME, 1, 1, "")


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"a = '\xff'\nb", Place(NAME, 1, 6, "a = '\ufffd'")),
        ("é\n🇺🇿 ".encode() + b"\x80\r\n", Place(NAME, 2, 4, "🇺🇿 \ufffd")),
        ("a = 'b'".encode("utf-16"), Place(NAME, 1, 1, "\ufffd\ufffda\x00 \x00=\x00 \x00'\x00b\x00'\x00")),
        (b"\xef\xbb\xbfa = \xff", Place(NAME, 1, 5, "a = \ufffd")),
    ],
)
def test_bytes_that_are_not_utf8(tmp_path: Path, data: bytes, place: Place) -> None:
    """The first bad byte is pointed at, in characters; nothing is known of what such a file says."""
    read = document(tmp_path, data)
    (problem,) = read.problems
    assert (problem.code, problem.message) == ("LG101", f"{NAME} is not written in UTF-8.")
    assert problem.where == place
    assert (read.data, read.text, read.value(())) == ({}, None, Place(NAME))
    assert read.may_say("anything")
    assert read.may_hold(("letter",), "date")


def test_a_byte_order_mark_takes_no_column(tmp_path: Path) -> None:
    """A file from an editor that writes such a mark is read, and its columns are those that the editor shows."""
    read = document(tmp_path, b"\xef\xbb\xbfa = 1\r\nb = 2\r\n")
    assert (read.data, read.key(("a",))) == ({"a": 1, "b": 2}, Place(NAME, 1, 1, "a = 1"))


def test_no_file(tmp_path: Path) -> None:
    """A missing file, or a folder in its place, is a finding about the whole file."""
    missing = Problem("LG101", "a.toml is missing.", Place("a.toml"))
    assert read_document(tmp_path, tmp_path / "a.toml").problems == (missing,)
    (tmp_path / "a.toml").mkdir()
    folder = Problem("LG101", "a.toml cannot be read: Is a directory.", Place("a.toml"))
    assert read_text(tmp_path, tmp_path / "a.toml") == folder


SPOILT = """\
top = 1
bad value
[one]
x = 1
y = oops

[two
z = "von der Leyen"
[three]
z = { w = 1,, }
odd key = 1
[[four]]
id = "fine"
"""


def test_which_keys_may_stand_in_what_is_lost(tmp_path: Path) -> None:
    """A statement that cannot be read may hold its own key, or any key when that cannot be read either."""
    read = document(tmp_path, SPOILT.encode())
    assert [problem.where.line for problem in read.problems] == [2, 5, 7, 10, 11]
    assert read.may_hold((), "top")  # nobody can tell which key “bad value” was meant to be
    assert read.may_hold(("one",), "y")
    assert not read.may_hold(("one",), "z")
    assert read.may_hold(("three",), "z")
    assert read.may_hold(("three",), "anything")
    assert not read.may_hold(("four", 0), "id")


def test_which_words_may_stand_in_what_is_lost(tmp_path: Path) -> None:
    """What stands below a lost header is lost with it; words count as a whole, whatever their capitals."""
    words = ["two", "von-der-leyen", "leyen", "der-ley", "oops", "fine"]
    read = document(tmp_path, SPOILT.encode())
    assert list(filter(read.may_say, words)) == ["two", "von-der-leyen", "leyen", "oops"]


def test_nothing_is_lost_of_a_sound_file(tmp_path: Path) -> None:
    """In a file without mistakes, what is not there is nowhere."""
    read = document(tmp_path, b"a = 1\n")
    assert not read.may_say("a")
    assert not read.may_hold((), "a")
