"""Holds that shards, made apart and merged, are the set that one run makes."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from compose.test_jobs import _batch
from lettergen.compose.shard import Shard
from lettergen.problems import UsageError
from workspaces import SUMMIT, files

if TYPE_CHECKING:
    from pathlib import Path

    from workspaces import Workspace


@pytest.fixture(scope="module")
def sharded(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Return a workspace in which three shards were made. Not to be changed: tests take copies."""
    workspace = _batch(tmp_path_factory.mktemp("sharded"), 8)
    for number in "123":
        outcome = workspace.compose("--unsigned", "--shard", f"{number}/3")
        assert outcome.status == 0, outcome.err
    return workspace


def _merge(workspace: Workspace) -> tuple[int, list[str]]:
    outcome = workspace.run("manifest", "merge", f"out/{SUMMIT}")
    return outcome.status, outcome.err.splitlines()


def test_together(sharded: Workspace, tmp_path: Path) -> None:
    """Merged, they are byte for byte the letters and the manifest of one run; then nothing is left to do."""
    workspace = sharded.copy(tmp_path)
    assert {path.parent.name for path in workspace.out.rglob("*.pdf")} == {f"shard-{n}-of-3" for n in (1, 2, 3)}
    assert _merge(workspace) == (0, [f"8 letters stand in out/{SUMMIT}, and in its manifest."])
    whole = _batch(tmp_path / "whole", 8)
    assert whole.compose("--unsigned").status == 0
    assert files(workspace.out) == files(whole.out)
    assert workspace.compose("--unsigned").err.splitlines()[-1] == "8 unchanged."
    assert _merge(workspace) == (
        4,
        [
            f"error: There are no shards in {workspace.out}.",
            "  help: Make them with compose --shard 1/4, and so on to 4/4.",
        ],
    )


def test_unchanged(sharded: Workspace, tmp_path: Path) -> None:
    """A shard that is up to date is left alone, like any letter."""
    workspace = sharded.copy(tmp_path)
    before = files(workspace.out)
    outcome = workspace.compose("--unsigned", "--shard", "2/3")
    assert (outcome.status, files(workspace.out)) == (0, before)
    assert outcome.err.splitlines()[-1].endswith(" unchanged.")


def test_killed_while_merging(sharded: Workspace, tmp_path: Path) -> None:
    """A merge that was stopped between two letters is finished by the next one."""
    workspace = sharded.copy(tmp_path)
    letter = next(workspace.out.glob("shard-1-of-3/*.pdf"))
    letter.replace(workspace.out / letter.name)
    assert _merge(workspace)[0] == 0
    assert not list(workspace.out.glob("shard-*"))


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        ("missing", "error: There is no shard-2-of-3 in "),
        ("unfinished", "error: shard-2-of-3 was not finished."),
        ("altered", "error: "),
        ("other", "error: shard-2-of-3 was made from other files, or by another lettergen, than the other shards."),
        ("lacking", "error: shard-2-of-3 lacks the letter "),
    ],
)
def test_refused(sharded: Workspace, tmp_path: Path, harm: str, said: str) -> None:
    """A shard that is missing, unfinished, altered, incomplete or of another campaign stops the merge."""
    workspace = sharded.copy(tmp_path)
    second = workspace.out / "shard-2-of-3"
    letter = next(second.glob("*.pdf"))
    if harm == "missing":
        shutil.rmtree(second)
    elif harm == "unfinished":
        (second / "manifest.json").unlink()
    elif harm == "altered":
        letter.write_bytes(b"another letter")
    elif harm == "other":
        workspace.edit(f"letters/{SUMMIT}/letter.toml", "The summit is near.", "The summit is very near.")
        assert workspace.compose("--unsigned", "--shard", "2/3").status == 0
    else:
        text = (second / "manifest.json").read_text("utf-8")
        (second / "manifest.json").write_text(
            text.replace(f'"id": "{letter.name.split(".")[0]}', '"id": "x'), "utf-8"
        )
    status, lines = _merge(workspace)
    assert status == (5 if harm == "altered" else 4)
    assert lines[0].startswith(said)
    assert not (workspace.out / "manifest.json").exists()


@pytest.mark.parametrize("text", ["0/3", "4/3", "3", "a/b", "1/0", "-1/3", "1/3/5", "01/3"])
def test_no_part(text: str) -> None:
    """What is no part of a whole is a mistake of usage."""
    with pytest.raises(UsageError, match="is no part of a whole"):
        Shard.read(text)


def test_every_recipient_in_one_shard() -> None:
    """Each recipient is in exactly one of the parts, and the parts are of about one size."""
    names = [f"person-{number}" for number in range(4000)]
    taken = [[name for name in names if Shard(16, number).takes(name)] for number in range(1, 17)]
    assert sorted(name for part in taken for name in part) == sorted(names)
    assert all(190 < len(part) < 310 for part in taken)
