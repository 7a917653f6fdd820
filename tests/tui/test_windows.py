"""Holds what the review screen does in small windows, and in windows that change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tui.screen import LETTER, drive, text, until

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from workspaces import Workspace

TOO_SMALL = "too small"


@pytest.mark.parametrize("size", [(30, 10), (35, 24), (80, 8)])
def test_too_small(small: Workspace, size: tuple[int, int]) -> None:
    """Where a letter cannot be read the screen says so, alone; a larger window shows the letter."""

    async def story(pilot: Pilot[None]) -> None:
        assert "Letter" not in text(pilot)
        assert "quit" in text(pilot)
        await pilot.resize_terminal(80, 24)
        await until(pilot, "Dear President Costa")
        assert TOO_SMALL not in text(pilot)

    drive(small, story, size, TOO_SMALL)


@pytest.mark.parametrize("size", [(36, 9), (60, 20), (64, 18)])
def test_small(small: Workspace, size: tuple[int, int]) -> None:
    """In a small window letters are gone through, read to the end and decided about, and lines are in one piece."""

    async def story(pilot: Pilot[None]) -> None:
        assert TOO_SMALL not in text(pilot)
        await pilot.press("n")
        await until(pilot, "von-der-leyen.en")
        await pilot.press(*["space"] * 15)
        await until(pilot, "https://example.org/report")
        await pilot.press("a")
        await until(pilot, "Approve von-der-leyen.en")
        await pilot.press(*"Good", "enter")
        await until(pilot, "takes it back")
        await pilot.press("4")
        await until(pilot, "Ana Example approved")

    drive(small, story, size, "costa.en")


@pytest.mark.parametrize("size", [(36, 9), (60, 20)])
def test_a_dialog_in_a_small_window(small: Workspace, size: tuple[int, int]) -> None:
    """What a dialog asks, and where it is answered, is in sight; words that are missing are asked for."""

    async def story(pilot: Pilot[None]) -> None:
        await pilot.press("r", "enter")
        await until(pilot, "Say what must change.")
        await pilot.press(*"Shorter")
        await until(pilot, "Shorter")
        await until(pilot, "Request changes (Enter)")

    drive(small, story, size, "costa.en")


def test_a_window_that_changes_under_a_dialog(small: Workspace) -> None:
    """What was written stays, in whatever window, and is then recorded."""

    async def story(pilot: Pilot[None]) -> None:
        await pilot.press("r", *"Shor")
        for size in ((20, 5), (36, 9), (200, 60), (1, 1), (60, 20)):
            await pilot.resize_terminal(*size)
            await pilot.pause(0.05)
        await until(pilot, "Shor")
        await pilot.press(*"ter", "enter")
        await until(pilot, "changes requested (")
        await pilot.press("4")
        await until(pilot, "Shorter")

    drive(small, story)


def test_roles_in_a_small_window(small: Workspace) -> None:
    """The role, the words and what is missing have room beside each other in the smallest window."""
    small.edit(LETTER, "[[signatory]]", '[review]\nroles = ["facts", "director"]\n\n[[signatory]]')

    async def story(pilot: Pilot[None]) -> None:
        await pilot.press("r", "down", "enter", "enter")
        await until(pilot, "Say what must change.")
        await until(pilot, "facts")
        await pilot.press(*"Shorter")
        await until(pilot, "Shorter")
        await until(pilot, "Request changes (Enter)")

    drive(small, story, (36, 9), "costa.en")
