"""Holds what the review screen shows and does, key by key, on a real campaign."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import workspaces
from tui.screen import drive, picture, text, until
from workspaces import SUMMIT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.pilot import Pilot

    from workspaces import Workspace

LETTER = f"letters/{SUMMIT}/letter.toml"
SIZES = [(80, 24), (200, 60)]


@pytest.fixture
def small(tmp_path: Path) -> Workspace:
    """Return a workspace with two letters of one page."""
    return workspaces.small(tmp_path)


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "200x60"])
def test_the_letter_as_a_picture(
    small: Workspace, golden: Callable[[str, str], None], size: tuple[int, int]
) -> None:
    """The first letter is shown with the list, the tabs and all keys."""

    async def story(pilot: Pilot[None]) -> None:
        await until(pilot, "Dear President Costa")
        golden(f"tui/letter-{size[0]}x{size[1]}.svg", await picture(pilot))

    drive(small, story, size)


def test_no_colour(small: Workspace, monkeypatch: pytest.MonkeyPatch, golden: Callable[[str, str], None]) -> None:
    """With NO_COLOR everything is said in shades of grey, signs and words."""
    monkeypatch.setenv("NO_COLOR", "1")

    async def story(pilot: Pilot[None]) -> None:
        await until(pilot, "Dear President Costa")
        golden("tui/no-color.svg", await picture(pilot))

    drive(small, story)


def test_help(small: Workspace, golden: Callable[[str, str], None]) -> None:
    """? shows all keys; Escape closes that."""

    async def story(pilot: Pilot[None]) -> None:
        await pilot.press("question_mark")
        await until(pilot, "Deciding")
        golden("tui/help.svg", await picture(pilot))
        await pilot.press("escape")
        await until(pilot, "Dear President Costa")

    drive(small, story, (100, 30))


def test_from_letter_to_letter(small: Workspace) -> None:
    """N and p go through the letters, and say where they end."""

    async def story(pilot: Pilot[None]) -> None:
        await pilot.press("n")
        await until(pilot, "Ms Ursula von der Leyen")
        await pilot.press("n")
        await until(pilot, "This is the last letter.")
        await pilot.press("p")
        await until(pilot, "Mr António Costa")
        await pilot.press("p")
        await until(pilot, "This is the first letter.")

    drive(small, story)


def test_filter(small: Workspace) -> None:
    """The filter keeps what its words stand in; Escape shows all again."""

    async def story(pilot: Pilot[None]) -> None:
        await pilot.press("slash", *"leyen")
        await until(pilot, "1 of 2 letters")
        assert "costa.en" not in text(pilot)
        await until(pilot, "Ms Ursula von der Leyen")
        await pilot.press("escape")
        await until(pilot, "costa.en")

    drive(small, story)


def test_approve_and_undo(small: Workspace) -> None:
    """An approval is recorded, shown, refused a second time, and taken back by a line of its own."""

    async def story(pilot: Pilot[None]) -> None:
        await pilot.press("a")
        await until(pilot, "Approve costa.en")
        await pilot.press(*"Good", "enter")
        await until(pilot, "✔ approved  costa.en")
        await pilot.press("a", "enter")
        await until(pilot, "nobody approves twice")
        await pilot.press("4")
        await until(pilot, "Ana Example approved")
        await until(pilot, "Good")
        await pilot.press("u")
        await until(pilot, "● open      costa.en")

    drive(small, story, (140, 30))
    lines = (small.root / "letters" / SUMMIT / "decisions.jsonl").read_text("utf-8").splitlines()
    assert ['"decision":"approve"' in lines[0], '"decision":"withdraw"' in lines[1], len(lines)] == [True, True, 2]


def test_leaving_a_dialog_decides_nothing(small: Workspace) -> None:
    """Escape leaves a question without a line; words that are needed are asked for."""

    async def story(pilot: Pilot[None]) -> None:
        await pilot.press("r", "enter")
        await until(pilot, "Say what must change.")
        await pilot.press("escape")
        await until(pilot, "Dear President Costa")

    drive(small, story)
    assert not (small.root / "letters" / SUMMIT / "decisions.jsonl").exists()


def test_request_changes(small: Workspace) -> None:
    """Asked changes are in the list and among the decisions."""

    async def story(pilot: Pilot[None]) -> None:
        await pilot.press("r", *"Shorter", "enter")
        await until(pilot, "✖ changes   costa.en")
        await pilot.press("4")
        await until(pilot, "Shorter")

    drive(small, story)


def test_comment_on_a_selected_passage(small: Workspace) -> None:
    """What is selected is quoted, over the ends of lines; without a selection c says how to select."""

    async def story(pilot: Pilot[None]) -> None:
        await pilot.press("1", "c")
        await until(pilot, "Select a passage of the letter first")
        await pilot.press(*["down"] * 6, *["shift+down"] * 2, "c")
        await until(pilot, "Comment on costa.en")
        await until(pilot, "Mr António Costa")
        await pilot.press(*"Why", "enter")
        await until(pilot, "comment kept")
        await pilot.press("4")
        await until(pilot, "Why")

    drive(small, story, (100, 40))


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


def test_what_is_approved_is_what_is_shown(small: Workspace) -> None:
    """A file that changes while the question is open: nothing is decided, and the new text is shown."""

    async def story(pilot: Pilot[None]) -> None:
        await pilot.press("a")
        await until(pilot, "Approve costa.en")
        small.edit(LETTER, "The summit is near.", "The summit is very near.")
        await pilot.press("enter")
        await until(pilot, "nothing was recorded")
        await until(pilot, "The summit is very near.")

    drive(small, story, (120, 40))
    assert not (small.root / "letters" / SUMMIT / "decisions.jsonl").exists()


def test_texts_are_not_markup(small: Workspace) -> None:
    """Brackets and control characters in people's texts are shown as they are."""
    small.edit(LETTER, "The summit is near.", "[bold]The summit[/bold] [@click=app.quit]is near.")

    async def story(pilot: Pilot[None]) -> None:
        await until(pilot, "[bold]The summit[/bold] [@click=app.quit]is near.")

    drive(small, story, (120, 40))
