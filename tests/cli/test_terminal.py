"""Holds what happens at a terminal, a real pseudo-terminal: colours, progress, questions, Ctrl-C."""

from __future__ import annotations

import re
import signal
import subprocess
from typing import TYPE_CHECKING

import pexpect
import pytest

import workspaces
from workspaces import SUMMIT, files

if TYPE_CHECKING:
    from pathlib import Path

    from workspaces import Workspace

LETTER = f"letters/{SUMMIT}/letter.toml"
CANARY = "canary-4711-Größe"
QUESTION = "Passphrase for the identity “officer”: "
COLOUR = re.compile(r"\x1b\[[0-9;]*3[0-9][0-9;]*m")


def at_terminal(
    workspace: Workspace, *arguments: str, term: str = "xterm-256color", **env: str
) -> pexpect.spawn[str]:
    """Start lettergen at a terminal."""
    command, *rest = workspace.command(*arguments)
    return pexpect.spawn(
        command,
        rest,
        cwd=str(workspace.root),
        env=workspace.environment | {"TERM": term} | env,
        encoding="utf-8",
        timeout=workspaces.LONGEST_RUN,
        dimensions=(24, 200),
    )


def end(terminal: pexpect.spawn[str]) -> tuple[str, int | None]:
    """Wait for the end; return what was shown since the last question, with plain line ends, and the exit code."""
    terminal.expect(pexpect.EOF)
    terminal.close()
    return (terminal.before or "").replace("\r\n", "\n"), terminal.exitstatus


@pytest.mark.parametrize(
    ("term", "env", "coloured", "escaped"),
    [
        ("xterm-256color", {}, True, True),
        ("xterm-256color", {"NO_COLOR": "1"}, False, True),
        ("dumb", {}, False, False),
    ],
    ids=str,
)
def test_colours(small: Workspace, term: str, env: dict[str, str], coloured: bool, escaped: bool) -> None:  # noqa: FBT001
    """A terminal gets colours, unless NO_COLOR is set; a dumb one gets nothing but text."""
    small.edit(LETTER, '"civic-space"]', '"civic-spaces"]')
    shown, status = end(at_terminal(small, "compose", "--summit", SUMMIT, term=term, **env))
    assert status == 1
    assert (bool(COLOUR.search(shown)), "\x1b" in shown) == (coloured, escaped)
    assert re.sub(r"\x1b\[[0-9;]*m", "", shown) == small.compose().err


def test_no_colours_in_a_pipe(small: Workspace) -> None:
    """What goes to a file or a pipe has no escape sequences, whatever the terminal's name is."""
    small.edit(LETTER, '"civic-space"]', '"civic-spaces"]')
    assert "\x1b" not in small.compose(env={"TERM": "xterm-256color", "COLORTERM": "truecolor"}).err


def test_progress(small: Workspace) -> None:
    """At a terminal progress is one line that goes away; a dumb one gets a line per letter, as a pipe does."""
    shown, status = end(at_terminal(small, "compose", "--summit", SUMMIT, "--unsigned"))
    assert status == 0
    assert "1/2 costa.en" in shown
    assert "2/2 von-der-leyen.en" in shown
    assert shown.index("\x1b[?25l") < shown.index("\x1b[?25h")  # the cursor comes back
    assert shown.endswith("2 written.\n")
    dumb, status = end(at_terminal(small, "compose", "--summit", SUMMIT, "--draft", term="dumb"))
    assert status == 0
    assert dumb == (
        "1/2 costa.en\n2/2 von-der-leyen.en\n"
        f"written    out/{SUMMIT}/costa.en.draft.pdf, 1 page\n"
        f"written    out/{SUMMIT}/von-der-leyen.en.draft.pdf, 1 page\n"
        "2 written.\n"
    )


def test_interrupted(tmp_path: Path) -> None:
    """Ctrl-C ends a run with exit code 130 and one word; no half letter stays, and the next run does the rest."""
    workspace = workspaces.sample(tmp_path)
    terminal = at_terminal(workspace, "compose", "--summit", SUMMIT, "--unsigned")
    terminal.expect_exact("1/2 costa.en")
    terminal.sendintr()
    shown, status = end(terminal)
    assert status == 130
    assert shown.endswith("Interrupted.\n")
    assert "Traceback" not in shown
    assert [name for name in files(workspace.out) if name.endswith(".part")] == []
    assert workspace.compose("--unsigned").status == 0


def test_interrupted_without_a_terminal(small: Workspace) -> None:
    """The same holds for an interrupt that comes from elsewhere."""
    command = small.command("compose", "--summit", SUMMIT, "--unsigned")
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, cwd=small.root, env=small.environment, encoding="utf-8"
    ) as running:
        assert running.stderr is not None
        assert running.stderr.readline() == "1/2 costa.en\n"
        running.send_signal(signal.SIGINT)
        said = running.stderr.read()
    assert (running.returncode, said.splitlines()[-1]) == (130, "Interrupted.")


@pytest.fixture
def locked(small: Workspace) -> Workspace:
    """Return a workspace whose only identity has a passphrase."""
    arguments = ("identity", "new", "officer", "--organisation", "Watchers", "--passphrase")
    made = small.run(*arguments, env={"LETTERGEN_PASSPHRASE": CANARY})
    assert made.status == 0
    return small


def test_asked_for_the_passphrase(locked: Workspace) -> None:
    """Before any work is shown the passphrase is asked for, without echo; then the letters are signed."""
    terminal = at_terminal(locked, "compose", "--summit", SUMMIT, "--to", "costa")
    terminal.expect_exact(QUESTION)
    assert terminal.before == ""
    terminal.sendline(CANARY)
    shown, status = end(terminal)
    assert status == 0
    assert "Signed as “Watchers (self-issued)”." in shown
    assert "canary" not in shown
    assert [content for content in files(locked.root).values() if CANARY.encode() in content] == []


@pytest.mark.parametrize("debug", [{}, {"LETTERGEN_DEBUG": "1"}])
def test_wrong_passphrase(locked: Workspace, debug: dict[str, str]) -> None:
    """A wrong passphrase is refused in one sentence, with exit code 4, and is shown nowhere."""
    terminal = at_terminal(locked, "compose", "--summit", SUMMIT, term="dumb", **debug)
    terminal.expect_exact(QUESTION)
    terminal.sendline("wrong-canary")
    sentence = "The key of the identity “officer” does not open: the passphrase is wrong, or the file is damaged."
    assert end(terminal) == (f"\nerror: {sentence}\n", 4)


@pytest.mark.parametrize("answer", ["\n", "\x04"], ids=["enter", "ctrl-d"])
def test_no_answer(locked: Workspace, answer: str) -> None:
    """Who answers nothing, or ends the input, is told which other ways there are."""
    terminal = at_terminal(locked, "compose", "--summit", SUMMIT, term="dumb")
    terminal.expect_exact(QUESTION)
    terminal.send(answer)
    shown, status = end(terminal)
    assert status == 4
    assert shown.lstrip("\n").startswith(
        "error: The key of the identity “officer” needs its passphrase.\n  help: Give "
    )


@pytest.mark.parametrize(("again", "expected"), [(CANARY, 0), ("canary", 4), ("", 4)])
def test_chosen_twice(small: Workspace, again: str, expected: int) -> None:
    """A passphrase for a new key is typed twice: a mistyped one would lock the key for ever."""
    terminal = at_terminal(
        small, "identity", "new", "officer", "--organisation", "Watchers", "--passphrase", term="dumb"
    )
    terminal.expect_exact(QUESTION)
    terminal.sendline(CANARY)
    terminal.expect_exact("The same again: ")
    terminal.sendline(again)
    shown, status = end(terminal)
    assert status == expected
    if expected:
        assert shown == "\nerror: The two passphrases differ.\n  help: Run it again; nothing was made.\n"
    assert small.identities.exists() == (expected == 0)
    assert CANARY not in shown
