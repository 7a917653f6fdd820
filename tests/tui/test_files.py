"""Holds how the review screen follows the files, and opens them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from tui.screen import LETTER, drive, until

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from workspaces import Workspace


def test_an_edit_shows_at_once(small: Workspace) -> None:
    """An edited file is read again: the approval is gone, and Changes shows the redline that lapsed it."""

    async def story(pilot: Pilot[None]) -> None:
        await pilot.press("a", "enter")
        await until(pilot, "✔ approved  costa.en")
        small.edit(LETTER, "Speak of it.", "Speak of it in public.")
        await until(pilot, "↺ lapsed    costa.en")
        await pilot.press("d")
        await until(pilot, "{+ in public+}")

    drive(small, story)


def test_a_mistake_comes_forward(small: Workspace) -> None:
    """Files with a mistake: its finding is shown, the last good letters stay, nothing can be decided."""

    async def story(pilot: Pilot[None]) -> None:
        small.edit(LETTER, '"civic-space"]', '"civic-spaces"]')
        await until(pilot, "error LG204")
        await until(pilot, "costa.en")
        await pilot.press("a")
        await until(pilot, "The files have mistakes; mend them first")
        small.edit(LETTER, '"civic-spaces"]', '"civic-space"]')
        await until(pilot, "Dear President Costa")
        await pilot.press("a")
        await until(pilot, "Approve costa.en")

    drive(small, story, (120, 30))


@pytest.fixture
def own_home(small: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what is composed in this process find no identities but the workspace's own."""
    monkeypatch.setenv("HOME", str(small.home))
    monkeypatch.setenv("XDG_DATA_HOME", str(small.data))


def stand_in(folder: Path, name: str) -> Path:
    """Return the file into which a program, to be found first, writes its arguments down."""
    folder.mkdir()
    noted = folder / "noted"
    program = folder / name
    program.write_text(f"#!/bin/sh\nprintf '%s\\n' \"$@\" > '{noted}.new'\nmv '{noted}.new' '{noted}'\n", "utf-8")
    program.chmod(0o755)
    return noted


def test_a_draft_is_opened(
    small: Workspace, tmp_path: Path, own_home: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """O makes a draft of the letter that is shown, and hands it to the system's program for it."""
    noted = stand_in(tmp_path / "bin", "xdg-open")
    monkeypatch.setenv("PATH", f"{noted.parent}{os.pathsep}{os.environ['PATH']}")

    async def story(pilot: Pilot[None]) -> None:
        await pilot.press("n", "o")
        await until(pilot, "The draft is out/samarkand-2025/von-der-leyen.en.draft.pdf.")
        for _ in range(100):  # the program goes on by itself
            if noted.exists():
                break
            await pilot.pause(0.05)

    drive(small, story, (120, 30))
    opened = Path(noted.read_text("utf-8").rstrip("\n"))
    assert opened == small.out / "von-der-leyen.en.draft.pdf"
    with pypdfium2.PdfDocument(opened) as document:
        assert "Dear President von der Leyen" in document[0].get_textpage().get_text_range()
    assert [file["file"] for file in small.manifest["files"]] == ["von-der-leyen.en.draft.pdf"]


def test_nothing_opens_a_draft(
    small: Workspace, tmp_path: Path, own_home: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a program for it, or with one that cannot be started, o says where the draft is."""
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))

    async def story(pilot: Pilot[None]) -> None:
        await pilot.press("o")
        await until(
            pilot, "No program that opens a PDF was found. The draft is out/samarkand-2025/costa.en.draft.pdf."
        )
        program = stand_in(tmp_path / "bin", "xdg-open").with_name("xdg-open")
        program.write_bytes(b"\x7fnothing that can be started")
        await pilot.press("o")
        await until(pilot, "xdg-open cannot be started: Exec format error.")

    drive(small, story, (160, 30))


@pytest.mark.parametrize("editor", [None, "'"], ids=["none", "unreadable"])
def test_without_an_editor(small: Workspace, monkeypatch: pytest.MonkeyPatch, editor: str | None) -> None:
    """Enter on a finding says where it is, and what to set."""
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    if editor:
        monkeypatch.setenv("EDITOR", editor)

    async def story(pilot: Pilot[None]) -> None:
        small.edit(LETTER, '"civic-space"]', '"civic-spaces"]')
        await until(pilot, "error LG204")
        await pilot.press("enter")
        await until(pilot, f"It is at {LETTER}:30:12. Set EDITOR, and Enter opens it there.")

    drive(small, story, (160, 30))
