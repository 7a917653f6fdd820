"""Holds which files and versions letters are made from, by hash."""

from __future__ import annotations

import platform
from importlib.metadata import version
from typing import TYPE_CHECKING

import pytest

from lettergen import __version__
from lettergen.files import sha256
from lettergen.inputs import SETS_PAGES, input_hashes, library_versions, package_hash
from lettergen.problems import FileError

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "recipients.toml": b"people",
    "forms_of_address/fr.toml": b"forms",
    "letters/one/letter.toml": b"one",
    "letters/one/letter.fr.toml": b"un",
    "letters/one/pictures/map.svg": b"map",
    "letters/letterhead/iphr/letterhead.toml": b"head",
    "letters/letterhead/iphr/logo.svg": b"logo",
}


def test_files_of_a_summit(tmp_path: Path) -> None:
    """Recipients, forms of one's own, the summit's folder and letterheads count; other things do not."""
    others = {"letters/two/letter.toml": b"two", "out/one/costa.en.pdf": b"letter", "notes.txt": b"notes"}
    for name, content in (FILES | others).items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    assert input_hashes(tmp_path, "one") == {name: sha256(content) for name, content in FILES.items()}


def test_co_signatories_are_one_entry(tmp_path: Path) -> None:
    """Their files, whose names are ids of organisations, are in no record; what they say and are called counts."""
    folder = tmp_path / "letters" / "one" / "signatories"
    folder.mkdir(parents=True)
    (folder / "canary.toml").write_bytes(b"x")
    first = input_hashes(tmp_path, "one")
    assert list(first) == ["letters/one/signatories/"]
    (folder / "canary.toml").rename(folder / "sparrow.toml")
    second = input_hashes(tmp_path, "one")
    (folder / "sparrow.toml").write_bytes(b"y")
    assert (
        len({hashes["letters/one/signatories/"] for hashes in (first, second, input_hashes(tmp_path, "one"))}) == 3
    )


def test_no_files(tmp_path: Path) -> None:
    """What is not there has no hash, and is no error: whoever reads it says so."""
    assert input_hashes(tmp_path, "one") == {}


def test_unreadable_file(tmp_path: Path) -> None:
    """A file that cannot be read is named."""
    (tmp_path / "recipients.toml").mkdir()
    with pytest.raises(FileError, match=r"/recipients\.toml cannot be read: Is a directory\.$"):
        input_hashes(tmp_path, "one")


def test_versions() -> None:
    """The record names lettergen, Python, and the libraries that have a part in a letter, with their versions."""
    names = (
        "weasyprint",
        "pydyf",
        "fontpkg-ibm-plex-serif",
        "markdown-it-py",
        "babel",
        "pyuca",
        "pillow",
        "jinja2",
        "pyhanko",
    )
    assert library_versions() == {
        "lettergen": __version__,
        "python": platform.python_version(),
        **{name: version(name) for name in names},
    }
    assert set(SETS_PAGES) <= set(library_versions())


def test_package() -> None:
    """Lettergen itself has one hash, the same each time it is asked for."""
    package_hash.cache_clear()
    first = package_hash()
    package_hash.cache_clear()
    assert package_hash() == first
