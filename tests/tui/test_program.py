"""Holds what the real program does in a real terminal: what it starts, and what it never loads."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

import pexpect

from tui.screen import LETTER
from workspaces import SUMMIT

if TYPE_CHECKING:
    from pathlib import Path

    from workspaces import Workspace

ENGINES = {"weasyprint", "pyhanko", "cryptography", "pypdfium2"}
NOTE_MODULES = """
import atexit, json, os, sys

def note():
    with open(os.path.join(os.environ["NOTED"], f"{os.getpid()}.json"), "w") as file:
        json.dump(sorted(sys.modules), file)

atexit.register(note)
"""


class Terminal:
    """The program in a pseudo-terminal; every Python process of it notes what it has loaded when it ends."""

    def __init__(self, workspace: Workspace, folder: Path, **environment: str) -> None:
        self._noted = folder / "noted"
        self._noted.mkdir()
        (folder / "sitecustomize.py").write_text(NOTE_MODULES, "utf-8")
        command, *rest = workspace.command("review", "--summit", SUMMIT)
        self.screen = pexpect.spawn(
            command,
            rest,
            cwd=str(workspace.root),
            env=workspace.environment
            | {
                "TERM": "xterm-256color",
                "LETTERGEN_REVIEWER": "Ana Example <ana@example.org>",
                "PYTHONPATH": str(folder),
                "NOTED": str(self._noted),
            }
            | environment,
            encoding="utf-8",
            timeout=30,
            dimensions=(30, 120),
        )
        self.screen.expect_exact("2 letters")
        self.screen.expect_exact("Dear President")

    def press(self, keys: str, then: str) -> None:
        """Send keys, and wait for what they bring."""
        time.sleep(0.2)  # as people do, who look before they type
        self.screen.send(keys)
        self.screen.expect_exact(then)

    def quit(self) -> None:
        """Leave the screen by its key."""
        time.sleep(0.3)  # after Escape, which with q would be another key
        self.screen.send("q")
        self.screen.expect(pexpect.EOF)
        self.screen.close()
        assert self.screen.exitstatus == 0

    @property
    def loaded(self) -> set[str]:
        """What was loaded, in whichever process."""
        return {name for file in self._noted.iterdir() for name in json.loads(file.read_text("utf-8"))}


def test_no_engine_is_loaded(small: Workspace, tmp_path: Path) -> None:
    """Reading, commenting, approving and taking back need neither WeasyPrint nor pyHanko; a draft does."""
    terminal = Terminal(small, tmp_path)
    terminal.press("n", "Ursula")
    terminal.press("1", "")
    terminal.press("\x1b[B" * 7 + "\x1b[1;2F", "")
    terminal.press("c", "Leave (Esc)")
    terminal.press("Why?\r", "comment kept")
    terminal.press("a", "Leave (Esc)")
    terminal.press("\r", "approved (")
    for tab, words in (("d", "Nothing has changed since"), ("4", "commented"), ("3", "")):
        terminal.press(tab, words)
    terminal.press("u", "taken back (")
    terminal.quit()
    assert "lettergen.tui.app" in terminal.loaded
    assert terminal.loaded & ENGINES == set()


def test_a_draft_loads_the_engine(small: Workspace, tmp_path: Path) -> None:
    """What holds that no engine is loaded would see it."""
    terminal = Terminal(small, tmp_path)
    terminal.press("o", "No program that opens")
    terminal.quit()
    assert "weasyprint" in terminal.loaded


def test_the_editor_at_a_finding(small: Workspace, tmp_path: Path) -> None:
    """Enter on a finding starts the editor at its line; what was mended there is read when the editor ends."""
    editor = tmp_path / "vi"
    editor.write_text(
        f'#!/bin/sh\necho "vi: $*" > \'{tmp_path}/arguments\'\nsed -i s/civic-spaces/civic-space/ "$2"\n', "utf-8"
    )
    editor.chmod(0o755)
    terminal = Terminal(small, tmp_path, EDITOR=str(editor))
    small.edit(LETTER, '"civic-space"]', '"civic-spaces"]')
    terminal.screen.expect_exact("LG204")
    terminal.press("\r", "The summit is near.")
    terminal.press("a", "Leave (Esc)")
    terminal.press("\x1b", "")
    terminal.quit()
    assert (tmp_path / "arguments").read_text("utf-8") == f"vi: +30 {small.root / LETTER}\n"
