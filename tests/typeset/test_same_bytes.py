"""Same letter, same bytes: whoever composes it, wherever and whenever, before it is signed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import workspaces
from typeset.desk import desk as new_desk

if TYPE_CHECKING:
    from pathlib import Path

    from typeset.desk import Desk


def test_twice_in_one_process(desk: Desk) -> None:
    """A warm typesetter gives the bytes that it gave before, whatever it set in between."""
    first = desk.set(desk.costa).pdf
    desk.set(desk.letters["von-der-leyen"], "draft")
    assert desk.set(desk.costa).pdf == first


def test_a_new_typesetter_gives_the_same(desk: Desk, tmp_path: Path) -> None:
    """Another workspace folder and another typesetter change nothing: no path of the machine is in the file."""
    assert new_desk(tmp_path).set(desk.costa).pdf == desk.set(desk.costa).pdf


def test_in_two_processes(tmp_path: Path) -> None:
    """Another hash seed, time zone, language, home and folder give the same files."""
    made = []
    for number, zone in enumerate(("Asia/Samarkand", "America/Los_Angeles")):
        workspace = workspaces.small(tmp_path / str(number))
        env = {"PYTHONHASHSEED": str(number), "TZ": zone, "LC_ALL": ("C.UTF-8", "C")[number]}
        outcome = workspace.compose("--unsigned", env=env)
        assert outcome.status == 0, outcome.err
        made.append({file.name: file.read_bytes() for file in sorted(workspace.out.glob("*.pdf"))})
    assert list(made[0]) == ["costa.en.unsigned.pdf", "von-der-leyen.en.unsigned.pdf"]
    assert made[0] == made[1]
