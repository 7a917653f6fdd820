"""Holds how one goes through letters on the review screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.screen import LETTER, drive, text, until

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from workspaces import Workspace


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


def test_texts_are_not_markup(small: Workspace) -> None:
    """Brackets and control characters in people's texts are shown as they are."""
    small.edit(LETTER, "The summit is near.", "[bold]The summit[/bold] [@click=app.quit]is near.")

    async def story(pilot: Pilot[None]) -> None:
        await until(pilot, "[bold]The summit[/bold] [@click=app.quit]is near.")

    drive(small, story, (120, 40))


def test_hundreds_of_letters(parliament: Workspace) -> None:
    """Of 720 letters a filter shows its own; keys go on among them, and a reread leaves the chosen one chosen."""

    async def story(pilot: Pilot[None]) -> None:
        await pilot.press("slash", *"mep-71")
        await until(pilot, "11 of 720 letters")
        await until(pilot, "Ana Example-71\n")
        await pilot.press("enter", "n", "n", "n")
        await until(pilot, "Ana Example-712\n")
        await pilot.press("p", "escape")
        await until(pilot, "720 letters")
        assert "of 720 letters" not in text(pilot)
        parliament.edit(LETTER, '"mep-3", ', "")
        await until(pilot, "719 letters")
        assert "Ana Example-711\n" in text(pilot)
        await pilot.press("n")
        await until(pilot, "Ana Example-712\n")

    drive(parliament, story, (80, 40), "720 letters")
