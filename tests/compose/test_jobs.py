"""Holds that worker processes make the letters that one process makes, and that a run with them can be stopped."""

from __future__ import annotations

import hashlib
import os
import re
import signal
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import workspaces
from workspaces import SUMMIT, files

if TYPE_CHECKING:
    from workspaces import Workspace

LETTER = f"letters/{SUMMIT}/letter.toml"
KILLED = "The process that made it ended with the signal SIGKILL"
CANARY = "correct horse battery"
ROW = "mep-{0},Anna,Quist {0},f,european-commission-president,Rue {0} | 1000 Brussels,BE\n"


def _batch(folder: Path, count: int) -> Workspace:
    workspace = workspaces.small(folder)
    rows = "".join(ROW.format(number) for number in range(count))
    header = "id,given_name,family_name,grammatical_gender,office,address,country\n"
    (workspace.root / "recipients.csv").write_text(header + rows, "utf-8")
    workspace.edit(LETTER, 'recipients = ["costa", "von-der-leyen"]', 'recipients = ["mep-*"]')
    return workspace


def _hashes(workspace: Workspace) -> dict[str, str]:
    return {name: hashlib.sha256(data).hexdigest() for name, data in files(workspace.out).items()}


def _workers(run: subprocess.Popen[str]) -> list[int]:
    """Return the worker processes of a run: its children but for the one that looks after their semaphores."""
    children = Path(f"/proc/{run.pid}/task/{run.pid}/children").read_text("ascii").split()
    return [int(pid) for pid in children if "spawn_main" in Path(f"/proc/{pid}/cmdline").read_text("utf-8")]


def _wait_for(count: int, workspace: Workspace) -> None:
    deadline = time.monotonic() + workspaces.LONGEST_RUN
    while len(list(workspace.out.glob("*.pdf"))) < count and time.monotonic() < deadline:
        time.sleep(0.02)


def _start(workspace: Workspace, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        workspace.command("compose", "--summit", SUMMIT, *arguments),
        stderr=subprocess.PIPE,
        cwd=workspace.root,
        env=workspace.environment,
        encoding="utf-8",
        start_new_session=True,
    )


def test_the_same_bytes(tmp_path: Path) -> None:
    """One process, two and three leave the same letters and the same manifest."""
    trees = []
    for jobs in "123":
        workspace = _batch(tmp_path / jobs, 12)
        outcome = workspace.compose("--unsigned", "--jobs", jobs)
        assert (outcome.status, outcome.err.splitlines()[-1]) == (0, "12 written.")
        trees.append(_hashes(workspace))
    assert trees[0] == trees[1] == trees[2]
    assert len(trees[0]) == 13


def test_signed_with_a_passphrase(tmp_path: Path) -> None:
    """Every worker opens the key; the passphrase is asked for once, and is in nothing that can be looked at."""
    workspace = _batch(tmp_path, 6)
    new = ("identity", "new", "officer", "--organisation", "Watchers", "--passphrase")
    made = workspace.run(*new, env={"LETTERGEN_PASSPHRASE": CANARY})
    assert made.status == 0
    file = tmp_path / "passphrase"
    file.touch(mode=0o600)
    file.write_text(CANARY, "utf-8")
    with _start(workspace, "--jobs", "2", "--passphrase-file", str(file)) as run:
        _wait_for(1, workspace)
        seen = [
            Path(f"/proc/{pid}/{what}").read_bytes() for pid in _workers(run) for what in ("cmdline", "environ")
        ]
        said = run.communicate()[1]
    assert run.returncode == 0, said
    assert not any(CANARY.encode() in text for text in (*seen, said.encode()))
    letters = sorted(workspace.out.glob("*.pdf"))
    assert len(letters) == 6
    assert workspace.run("verify", *letters).status == 0


def test_a_killed_worker(tmp_path: Path) -> None:
    """The letter at which a worker died is named, the others are made; the next run makes it."""
    workspace = _batch(tmp_path, 40)
    with _start(workspace, "--unsigned", "--jobs", "2") as run:
        _wait_for(4, workspace)
        os.kill(_workers(run)[0], signal.SIGKILL)
        said = run.communicate()[1]
    assert run.returncode == 1, said
    lost = re.findall(
        rf"failed +out/{SUMMIT}/(\S+)\n +The process that made it ended with the signal SIGKILL\.", said
    )
    assert len(lost) == 1, said
    assert "39 written" in said
    assert not (workspace.out / lost[0]).exists()
    again = workspace.compose("--unsigned")
    assert (again.status, again.err.splitlines()[0]) == (0, f"1/1 {lost[0].removesuffix('.unsigned.pdf')}")


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_stopped(tmp_path: Path, jobs: str) -> None:
    """Ctrl-C finishes what is at work and records it; the next run makes the rest, and nothing twice."""
    workspace = _batch(tmp_path / "stopped", 40)
    with _start(workspace, "--unsigned", "--jobs", jobs) as run:
        _wait_for(3, workspace)
        os.killpg(run.pid, signal.SIGINT)
        said = run.communicate()[1]
    assert run.returncode == 130, said
    assert "Finishing the letters that are at work. Press Ctrl-C again to stop at once.\n" in said
    made = {path.name: path.stat().st_mtime_ns for path in workspace.out.glob("*.pdf")}
    assert 3 <= len(made) < 40
    assert {one["file"] for one in workspace.manifest["files"]} == made.keys()
    assert workspace.compose("--unsigned").status == 0
    assert {name: (workspace.out / name).stat().st_mtime_ns for name in made} == made
    straight = _batch(tmp_path / "straight", 40)
    assert straight.compose("--unsigned", "--jobs", "1").status == 0
    assert _hashes(workspace) == _hashes(straight)


def test_stopped_at_once(tmp_path: Path) -> None:
    """A second Ctrl-C does not wait; the next run completes the set."""
    workspace = _batch(tmp_path / "stopped", 40)
    with _start(workspace, "--unsigned", "--jobs", "2") as run:
        _wait_for(3, workspace)
        for pid in _workers(run):
            os.kill(pid, signal.SIGSTOP)  # what is at work will not be finished
        os.kill(run.pid, signal.SIGINT)
        time.sleep(0.5)
        os.kill(run.pid, signal.SIGINT)
        run.communicate()
    assert run.returncode == 130
    again = workspace.compose("--unsigned")
    assert again.status == 0
    straight = _batch(tmp_path / "straight", 40)
    assert straight.compose("--unsigned", "--jobs", "1").status == 0
    assert _hashes(workspace) == _hashes(straight)
