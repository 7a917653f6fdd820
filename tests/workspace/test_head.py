"""Holds that a letterhead comes with the files that lie beside it."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING

import pytest

from lettergen.model import Letterhead
from lettergen.problems import FileError
from lettergen.workspace.head import MEDIA_TYPES, Head, read_head

if TYPE_CHECKING:
    from pathlib import Path

PLAIN = Letterhead(name="Watch", address=("Ghent",), country="BE")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of a letterhead."""
    folder = tmp_path / "letters" / "letterhead" / "watch"
    folder.mkdir(parents=True)
    return folder


def test_a_letterhead_alone(tmp_path: Path, folder: Path) -> None:
    """Without files of its own it has no logo, and the layout's template and style."""
    assert folder.is_dir()
    assert read_head(tmp_path, "watch", PLAIN) == Head(PLAIN, None, None, "")


@pytest.mark.parametrize("suffix", [*MEDIA_TYPES, ".SVG"])
def test_a_letterhead_with_everything(tmp_path: Path, folder: Path, suffix: str) -> None:
    """The logo comes as a data: address, template and style as text without a byte order mark."""
    picture = b"\x00picture"
    (folder / f"logo{suffix}").write_bytes(picture)
    (folder / "letterhead.html").write_bytes("\ufeff<p>Ў</p>\n".encode())
    (folder / "letterhead.css").write_bytes(b".sender { color: red }\n")
    letterhead = PLAIN.model_copy(update={"logo": f"logo{suffix}"})
    logo = f"data:{MEDIA_TYPES[suffix.lower()]};base64,{b64encode(picture).decode()}"
    assert read_head(tmp_path, "watch", letterhead) == Head(
        letterhead, logo, "<p>Ў</p>\n", ".sender { color: red }\n"
    )


def test_files_that_vanished_or_are_spoilt(tmp_path: Path, folder: Path) -> None:
    """What the checks saw a moment ago can be gone: an error about a file, not a crash."""
    with pytest.raises(FileError, match="cannot be read"):
        read_head(tmp_path, "watch", PLAIN.model_copy(update={"logo": "logo.svg"}))
    (folder / "letterhead.css").write_bytes(b"\xff")
    with pytest.raises(FileError, match="cannot be read"):
        read_head(tmp_path, "watch", PLAIN)
