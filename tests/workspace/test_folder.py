"""Holds where a workspace keeps its campaigns and letterheads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lettergen.problems import UsageError
from lettergen.workspace.folder import letterhead_folder, letterheads, summit_folder, summits

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a workspace with two campaigns and a letterhead, and things beside them."""
    for file in ("b-2/letter.toml", "a-1/letter.toml", "notes/draft.txt", "letterhead/iphr/letterhead.toml"):
        path = tmp_path / "letters" / file
        path.parent.mkdir(parents=True)
        path.touch()
    (tmp_path / "letters/letterhead/empty").mkdir()
    return tmp_path


def test_what_is_there(root: Path) -> None:
    """A folder with a letter.toml is a summit, one with a letterhead.toml a letterhead; in alphabetical order."""
    assert (summits(root), letterheads(root)) == (["a-1", "b-2"], ["iphr"])
    assert summit_folder(root, "a-1") == root / "letters/a-1"
    assert letterhead_folder(root, "iphr") == root / "letters/letterhead/iphr"


@pytest.mark.parametrize(
    ("name", "way_out"),
    [
        ("a-12", "Did you mean “a-1”?"),
        ("xyz", "There are: a-1, b-2."),
        ("../letters/a-1", "There are: a-1, b-2."),
        ("", "There are: a-1, b-2."),
    ],
)
def test_an_unknown_summit(root: Path, name: str, way_out: str) -> None:
    """It is an error of use that says which there are; no path leads around the names."""
    with pytest.raises(UsageError, match="There is no summit") as caught:
        summit_folder(root, name)
    assert caught.value.help == way_out


def test_no_summit_at_all(tmp_path: Path) -> None:
    """Whoever stands in the wrong folder is told where to go."""
    with pytest.raises(UsageError) as caught:
        summit_folder(tmp_path, "a-1")
    assert caught.value.help == "Go to the folder that holds letters/ and recipients.toml, or name it with -C."
