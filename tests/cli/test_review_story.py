"""Holds the whole story of a review, at the screen in a real pseudo-terminal and by commands alone.

Read, comment, approve, edit the file, see the approval gone, be refused, approve again, compose: both ways leave
the same decisions.
"""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import pexpect
import pytest

import workspaces
from workspaces import SUMMIT

if TYPE_CHECKING:
    from pathlib import Path

    from workspaces import Workspace

LETTER = f"letters/{SUMMIT}/letter.toml"
ANA = {"LETTERGEN_REVIEWER": "Ana Example <ana@example.org>"}
RULES = '\n[review]\napprovals = 1\nroles = ["director"]\n'
PASSAGE = "President of the European Council"


@pytest.fixture
def small(tmp_path: Path) -> Workspace:
    """Return a workspace with two letters of one page, which the director must approve."""
    workspace = workspaces.small(tmp_path)
    letter = workspace.root / LETTER
    letter.write_text(letter.read_text("utf-8") + RULES, "utf-8")
    return workspace


def by_commands(workspace: Workspace) -> None:
    """Go through the story with commands."""

    def run(command: str, *arguments: str) -> workspaces.Outcome:
        return workspace.run(command, "--summit", SUMMIT, *arguments, env=ANA)

    shown = run("show", "costa")
    assert (shown.status, PASSAGE in shown.out) == (0, True)
    assert run("comment", "costa", "--on", PASSAGE, "Is this right?").status == 0
    assert run("approve", "costa", "--role", "director").status == 0
    assert run("approve", "von-der-leyen", "--role", "director").status == 0
    workspace.edit(LETTER, "Speak of it.", "Speak of it in public.")
    status = run("status")
    assert status.status == 0
    assert "lapsed" in status.out
    assert "{+ in public+}" in status.out
    refused = run("compose", "--unsigned")
    assert (refused.status, "director" in refused.err) == (4, True)
    assert not workspace.out.exists()
    assert run("compose", "--draft").status == 0
    assert run("approve", "costa", "--role", "director").status == 0
    assert run("approve", "von-der-leyen", "--role", "director").status == 0
    assert run("compose", "--unsigned").status == 0


def at_the_screen(workspace: Workspace) -> None:
    """Go through the story at the screen; only composing is a command."""
    command, *rest = workspace.command("review", "--summit", SUMMIT)
    screen = pexpect.spawn(
        command,
        rest,
        cwd=str(workspace.root),
        env=workspace.environment | ANA | {"TERM": "xterm-256color"},
        encoding="utf-8",
        timeout=30,
        dimensions=(24, 80),
    )

    def press(keys: str, then: str) -> None:
        time.sleep(0.3)  # as people do, who look before they type
        screen.send(keys)
        screen.expect_exact(then)

    screen.expect_exact("2 letters")
    screen.expect_exact(PASSAGE)
    # Read: to the line of the passage, select it, comment.
    down, select = "\x1b[B", "\x1b[1;2F"
    screen.send("1")
    press(down * 7 + select, PASSAGE)
    press("c", "Leave (Esc)")
    press("Is this right?\r", "comment kept")
    press("a", "Leave (Esc)")
    press("\r", "approved (")
    press("n", "von der Leyen")
    press("a", "Leave (Esc)")
    press("\r", "approved (")
    workspace.edit(LETTER, "Speak of it.", "Speak of it in public.")
    screen.expect_exact("lapsed")
    press("d", "{+ in public+}")
    refused = workspace.compose("--unsigned")
    assert (refused.status, "director" in refused.err) == (4, True)
    assert not workspace.out.exists()
    press("p", "costa.en")
    press("a", "Leave (Esc)")
    press("\r", "approved (")
    press("n", "von-der-leyen.en")
    press("a", "Leave (Esc)")
    press("\r", "approved (")
    screen.send("q")
    screen.expect(pexpect.EOF)
    screen.close()
    assert screen.exitstatus == 0
    assert "Traceback" not in (screen.before or "")
    assert workspace.compose("--unsigned").status == 0


def decisions(workspace: Workspace) -> list[dict[str, Any]]:
    """Return what was decided, without times and hashes of lines."""
    lines = (workspace.root / "letters" / SUMMIT / "decisions.jsonl").read_text("utf-8").splitlines()
    return [
        {key: value for key, value in json.loads(line).items() if key not in {"at", "hash", "knew"}}
        for line in lines
    ]


def test_the_story(small: Workspace, tmp_path: Path) -> None:
    """Screen and commands leave the same decisions, and composed letters."""
    other = small.copy(tmp_path / "other")
    by_commands(small)
    at_the_screen(other)
    assert decisions(other) == decisions(small)
    assert [row["decision"] for row in decisions(small)] == ["comment", *["approve"] * 4]
    assert sorted(path.name for path in other.out.glob("*.unsigned.pdf")) == [
        "costa.en.unsigned.pdf",
        "von-der-leyen.en.unsigned.pdf",
    ]


@pytest.mark.parametrize("term", ["dumb", "unknown"])
def test_a_terminal_without_a_screen(small: Workspace, term: str) -> None:
    """A dumb terminal gets a sentence and exit 2, with the commands that serve instead."""
    command, *rest = small.command("review", "--summit", SUMMIT)
    terminal = pexpect.spawn(
        command,
        rest,
        cwd=str(small.root),
        env=small.environment | ANA | {"TERM": term},
        encoding="utf-8",
        timeout=30,
        dimensions=(24, 200),
    )
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert terminal.exitstatus == 2
    assert "show, diff, status, approve, request-changes, comment" in (terminal.before or "")
    assert "\x1b" not in (terminal.before or "")


def test_no_terminal(small: Workspace) -> None:
    """Without a terminal there is no screen; the commands that serve instead are named."""
    outcome = small.run("review", "--summit", SUMMIT, env=ANA)
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err == (
        "error: The review screen needs a terminal, and this is none.\n"
        "  help: Use the commands that do the same: show, diff, status, approve, request-changes, comment, "
        "withdraw.\n"
    )


def test_the_screen_loads_no_engine(small: Workspace) -> None:
    """WeasyPrint is not loaded until a page is asked for; Textual not by any other command."""
    code = "import sys, lettergen.tui.app; print('weasyprint' in sys.modules)"
    assert small.python(code).out == "False\n"
    code = "import sys, lettergen.cli._app; print('textual' in sys.modules)"
    assert small.python(code).out == "False\n"
