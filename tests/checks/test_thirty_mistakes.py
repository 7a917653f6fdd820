"""Every mistake at once: a workspace with thirty of them, in four files."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from workspace.sample import Sample

PLANTED = Path(__file__).parent / "thirty"
SUMMIT = "almaty-2031"
LETTER = "letters/almaty-2031/letter.toml"
TEMPLATE = "letters/letterhead/watch/letterhead.html"
HEAD = "letters/letterhead/watch/letterhead.toml"
RECIPIENTS = "recipients.toml"

EXPECTED = [
    ("LG303", LETTER, 11, 8),  # dated after the summit: a warning
    ("LG402", LETTER, 13, 42),  # sumit.place
    ("LG201", LETTER, 15, 52),  # ferreira
    ("LG111", LETTER, 16, 10),  # din5008-c
    ("LG401", LETTER, 19, 25),  # one brace too few, on the second line of a text that is continued
    ("LG205", LETTER, 24, 46),  # amnestie
    ("LG110", LETTER, 28, 9),  # an empty title
    ("LG302", LETTER, 34, 6),  # forgotten
    ("LG204", LETTER, 43, 25),  # prisonners
    ("LG109", LETTER, 46, 6),  # release, again
    ("LG206", LETTER, 49, 16),  # santos
    ("LG301", LETTER, 54, 11),  # answers nothing
    ("LG305", LETTER, 73, 8),  # published after the letter
    ("LG306", LETTER, 80, 12),  # accessed after the letter
    ("LG106", LETTER, 87, 8),  # mai 2031
    ("LG307", LETTER, 90, 6),  # unused
    ("LG402", TEMPLATE, 2, 31),  # letterhead.adress
    ("LG401", TEMPLATE, 4, 34),  # one brace too few
    ("LG103", HEAD, 1, 1),  # no address
    ("LG111", HEAD, 3, 10),  # dark red
    ("LG207", HEAD, 4, 8),  # no such logo
    ("LG101", RECIPIENTS, 2, 14),  # António without quotation marks
    ("LG304", RECIPIENTS, 6, 36),  # out of office
    ("LG102", RECIPIENTS, 12, 1),  # grammatical_gender, again
    ("LG202", RECIPIENTS, 13, 10),  # european-comission-president
    ("LG103", RECIPIENTS, 16, 2),  # no grammatical_gender
    ("LG105", RECIPIENTS, 26, 54),  # a number, behind a flag
    ("LG104", RECIPIENTS, 27, 54),  # salutaton, behind a dash and typographic quotation marks
    ("LG108", RECIPIENTS, 29, 2),  # wołodymyr
    ("LG107", RECIPIENTS, 40, 9),  # no @
]


@pytest.fixture
def planted(tmp_path: Path, own_folders: Path) -> Sample:
    """Return a copy of the workspace with the mistakes."""
    shutil.copytree(PLANTED, tmp_path / "workspace")
    return Sample(tmp_path / "workspace")


def test_check_finds_all_thirty_and_nothing_else(planted: Sample) -> None:
    """Each planted mistake is one finding at its line and column; none is missing, none echoes another."""
    found = [(f["code"], f["file"], f["line"], f["column"]) for f in planted.findings()]
    assert found == EXPECTED
    assert len(EXPECTED) == 30


def test_check_ends_with_1(planted: Sample) -> None:
    """One error or thirty: the exit code is 1, in every format."""
    assert [planted.run("check", "--format", form).exit_code for form in ("full", "concise", "json")] == [1, 1, 1]


@pytest.mark.parametrize("options", [[], ["--draft"], ["--unsigned"], ["--force"], ["--dry-run"], ["--json"]])
def test_compose_writes_nothing(planted: Sample, options: list[str], own_folders: Path) -> None:
    """With a mistake in the files, compose ends with 1, and neither a folder nor an identity is made."""
    before = _files(planted.root) | _files(own_folders)
    run = planted.run("compose", "--summit", SUMMIT, *options)
    assert run.exit_code == 1
    assert _files(planted.root) | _files(own_folders) == before


def test_compose_tells_what_check_tells(planted: Sample) -> None:
    """What compose says on stderr is what check shows on stdout; with --json it reports the same objects."""
    run = planted.run("compose", "--summit", SUMMIT)
    assert (run.stdout, run.stderr) == ("", planted.run("check").stdout)
    report = json.loads(planted.run("compose", "--summit", SUMMIT, "--json").stdout)
    assert report["findings"] == planted.findings()


def _files(root: Path) -> dict[Path, bytes | None]:
    return {path: path.read_bytes() if path.is_file() else None for path in root.rglob("*")}
