"""Holds that files are whole or absent, that names are safe everywhere, and that one run at a time has a folder."""

from __future__ import annotations

import os
import re
import stat
import string
import threading
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lettergen.files import append_durably, is_safe_name, locked, sha256, sha256_of_file, write_atomically
from lettergen.problems import FileError, LetterError, RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"  # FIPS 180-4, appendix


@pytest.fixture
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    """Set the umask that the test names."""
    before = os.umask(request.param)
    yield
    os.umask(before)


@pytest.mark.parametrize("name", ["costa", "von-der-leyen", "2025", "a", "a" * 64, "com", "com10", "console"])
def test_safe_names(name: str) -> None:
    """Small letters, digits and single hyphens make a name that is the same file on every system."""
    assert is_safe_name(name)


UNSAFE = [
    "",
    ".",
    "..",
    "a/b",
    "a\\b",
    "A",
    "é",
    "e\u0301",
    "ſ",
    "١",
    "-a",
    "a-",
    "a--b",
    "a b",
    "a.b",
    "a\n",
    "a\0",
]
DEVICES = ["con", "prn", "aux", "nul", "com1", "com9", "lpt1", "lpt9"]


@pytest.mark.parametrize("name", [*UNSAFE, *DEVICES, "a" * 65])
def test_unsafe_names(name: str) -> None:
    """What could leave the folder, collide, or be a device is no safe name."""
    assert not is_safe_name(name)


@given(st.text() | st.text(string.ascii_lowercase + string.digits + "-"))
def test_what_safe_names_are_made_of(name: str) -> None:
    """Whatever is safe has no sign but a-z, 0-9 and hyphens, and stands in no other case or form."""
    if is_safe_name(name):
        assert re.fullmatch("[a-z0-9-]{1,64}", name)
        assert name.casefold() == name


def test_hashes(tmp_path: Path) -> None:
    """Bytes and files have the SHA-256 that the standard gives; a file that is not there has none."""
    (tmp_path / "abc").write_bytes(b"abc")
    assert (sha256(b"abc"), sha256_of_file(tmp_path / "abc"), sha256_of_file(tmp_path / "x")) == (ABC, ABC, None)


def test_hash_of_what_is_no_file(tmp_path: Path) -> None:
    """A folder under a file's name is an error that says which and why."""
    with pytest.raises(FileError, match=f"^{re.escape(str(tmp_path))} cannot be read: Is a directory.$"):
        sha256_of_file(tmp_path)


def test_written_and_overwritten(tmp_path: Path) -> None:
    """A file gets its bytes, in a folder that is made for it, and new bytes when it is written again."""
    file = tmp_path / "a" / "b" / "letter.pdf"
    write_atomically(file, b"first")
    write_atomically(file, b"second")
    assert [(path.name, path.read_bytes()) for path in file.parent.iterdir()] == [("letter.pdf", b"second")]


@pytest.mark.parametrize(
    ("umask", "mode", "expected"),
    [(0o000, 0o644, 0o644), (0o077, 0o644, 0o600), (0o000, 0o600, 0o600), (0o022, 0o666, 0o644)],
    indirect=["umask"],
)
def test_permissions(tmp_path: Path, umask: None, mode: int, expected: int) -> None:
    """A file has the permissions that were asked for, less the user's umask, also over a file that had others."""
    file = tmp_path / "file"
    file.write_bytes(b"old")
    file.chmod(0o666)
    write_atomically(file, b"new", mode=mode)
    assert stat.S_IMODE(file.stat().st_mode) == expected


def test_refused_by_who_looks_at_it(tmp_path: Path) -> None:
    """Who looks at a file sees all its bytes under another name; a refusal leaves the old file, nothing else."""
    file = tmp_path / "file"
    file.write_bytes(b"old")
    seen = []

    def refuse(written: Path) -> None:
        seen.append((written.read_bytes(), file.read_bytes()))
        raise LetterError("No.")

    with pytest.raises(LetterError, match=r"^No\.$"):
        write_atomically(file, b"new", accept=refuse)
    assert seen == [(b"new", b"old")]
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("file", b"old")]


@pytest.mark.parametrize("call", ["open", "fsync", "replace"])
def test_failing_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    """When the disk refuses at any step, the old file stands, nothing lies about, and a sentence says why."""
    file = tmp_path / "file"
    file.write_bytes(b"old")

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, call, fail)
        with pytest.raises(
            FileError, match=f"^{re.escape(str(file))} cannot be written: No space left on device.$"
        ):
            write_atomically(file, b"new")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("file", b"old")]


def test_interrupted_by_hand(tmp_path: Path) -> None:
    """Ctrl-C while a file is looked at leaves nothing about."""

    def interrupt(_: Path) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_atomically(tmp_path / "file", b"new", accept=interrupt)
    assert list(tmp_path.iterdir()) == []


def test_file_where_a_folder_is_wanted(tmp_path: Path) -> None:
    """A file that stands where a folder is wanted is named in the error."""
    (tmp_path / "out").write_bytes(b"")
    with pytest.raises(FileError, match=r"out/letter\.pdf cannot be written: (File exists|Not a directory)\.$"):
        write_atomically(tmp_path / "out" / "letter.pdf", b"new")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (None, b"line\n"),
        (b"", b"line\n"),
        (b"one\n", b"one\nline\n"),
        (b"one\ntor", b"one\ntor\nline\n"),
        (b"t", b"t\nline\n"),
    ],
)
def test_lines_are_added(tmp_path: Path, before: bytes | None, after: bytes) -> None:
    """A line is added at the end; one that was left torn ends first."""
    file = tmp_path / "journal"
    if before is not None:
        file.write_bytes(before)
    append_durably(file, b"line")
    assert file.read_bytes() == after


def test_line_that_cannot_be_added(tmp_path: Path) -> None:
    """A journal that cannot be written is an error that says which and why."""
    with pytest.raises(FileError, match=f"^{re.escape(str(tmp_path))} cannot be written: Is a directory.$"):
        append_durably(tmp_path, b"line")


def test_lock(tmp_path: Path) -> None:
    """Who comes second is refused in a sentence; the folder is free again when the first has finished."""
    folder = tmp_path / "out"
    refusals = []

    def second() -> None:
        try:
            with locked(folder):
                pass
        except RefusedError as error:
            refusals.append((str(error), error.help))

    with locked(folder):
        thread = threading.Thread(target=second)
        thread.start()
        thread.join()
    second()
    assert refusals == [
        (f"Another lettergen is writing to {folder}.", "Wait until it has finished, then run this again.")
    ]


def test_lock_is_let_go_after_a_failure(tmp_path: Path) -> None:
    """An error inside ends the lock, and comes out as it is, also one of the system's."""
    with pytest.raises(PermissionError), locked(tmp_path):
        raise PermissionError
    with locked(tmp_path):
        pass


def test_lock_where_nothing_can_be_written(tmp_path: Path) -> None:
    """A folder that cannot be made is an error that says which and why."""
    (tmp_path / "out").write_bytes(b"")
    with (
        pytest.raises(FileError, match=r"out/summit cannot be written: Not a directory\.$"),
        locked(tmp_path / "out/summit"),
    ):
        pass


def test_half_written_files_are_cleared_away(tmp_path: Path) -> None:
    """What a killed run left half-written goes when the next one has the lock; nobody else's file does."""
    kept = ["letter.pdf", "letter.pdf.part", ".letter.pdf.part", ".letter.pdf.0123456g.part", ".x.01234567.partly"]
    for name in [*kept, ".letter.pdf.0123abcf.part", ".manifest.json.89abcdef.part"]:
        (tmp_path / name).write_bytes(b"")
    with locked(tmp_path):
        left = {path.name for path in tmp_path.iterdir()}
    assert left == {*kept, ".lettergen.lock"}
