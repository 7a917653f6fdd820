"""Holds how the review screen looks, as pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lettergen.review import deciding
from tui.screen import ANA, BO, LETTER, drive, picture, reading, select, until, voice

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.pilot import Pilot

    from workspaces import Workspace


SIZES = [(80, 24), (200, 60)]
LONG = (
    "The summit is near, and those who would speak at it are kept from speaking at home. "
    "We write to you before it begins."
)
ROLES = '[review]\napprovals = 3\nroles = ["facts", "director"]\n\n'


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


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "200x60"])
def test_changes(small: Workspace, golden: Callable[[str, str], None], size: tuple[int, int]) -> None:
    """The redline that lapsed an approval: words that came, words that went, and what became of the rest."""
    deciding.approve(reading(small), ["costa.en"], voice(ANA, 9))
    small.edit(LETTER, "Speak of it.", "Speak of it in public, before the cameras leave.")
    small.edit(LETTER, "Associations are obstructed.", "Associations are closed.")
    small.edit(LETTER, "We would value a reply.", "We would value a reply before the summit begins.")

    async def story(pilot: Pilot[None]) -> None:
        await pilot.press("d")
        await until(pilot, "{+")
        golden(f"tui/changes-{size[0]}x{size[1]}.svg", await picture(pilot))

    drive(small, story, size)


def test_findings(small: Workspace, golden: Callable[[str, str], None]) -> None:
    """Mistakes come forward with their places and the way out; what is wrong is said below, and above the keys."""

    async def story(pilot: Pilot[None]) -> None:
        small.edit(LETTER, '"civic-space"]', '"civic-spaces"]')
        small.edit(LETTER, 'letterhead = "iphr"', 'letterhead = "iphr"\nsubjekt = "Civil society"')
        await until(pilot, "error LG204")
        golden("tui/findings.svg", await picture(pilot))

    drive(small, story, (100, 30))


def test_decisions(small: Workspace, golden: Callable[[str, str], None]) -> None:
    """Who decided what about the letter, the latest first; what was taken back says so."""
    small.edit(LETTER, "[[signatory]]", f"{ROLES}[[signatory]]")
    deciding.request_changes(reading(small), ["costa.en"], voice(BO, 8), "Say by when you want an answer.")
    deciding.comment(
        reading(small),
        "costa.en",
        voice(BO, 9),
        "Associations are obstructed.",
        "How many of them, and since when?",
    )
    deciding.approve(reading(small), ["costa.en"], voice(ANA, 10, "facts"), "Both sources read, and both say it.")
    deciding.comment(reading(small), "costa.en", voice(ANA, 11), "The summit is near.", "Too short?")
    deciding.withdraw(reading(small), reading(small).history.decisions[-1].hash, voice(ANA, 12))

    async def story(pilot: Pilot[None]) -> None:
        await pilot.press("4")
        await until(pilot, "taken back since")
        golden("tui/decisions.svg", await picture(pilot))

    drive(small, story, (100, 36))


def test_commenting(small: Workspace, golden: Callable[[str, str], None]) -> None:
    """The comment's dialog quotes what was selected; the letter stays in sight behind it."""
    small.edit(LETTER, "The summit is near.", LONG)

    async def story(pilot: Pilot[None]) -> None:
        await select(pilot, LONG)
        await pilot.press("c")
        await until(pilot, "Comment on costa.en")
        await pilot.press(*"Is that so?")
        golden("tui/commenting.svg", await picture(pilot))

    drive(small, story)


def test_approving(small: Workspace, golden: Callable[[str, str], None]) -> None:
    """The approval's dialog offers the campaign's roles, the one that is missing first."""
    small.edit(LETTER, "[[signatory]]", f"{ROLES}[[signatory]]")
    deciding.approve(reading(small), ["costa.en"], voice(BO, 10, "facts"))

    async def story(pilot: Pilot[None]) -> None:
        await pilot.press("a")
        await until(pilot, "Approve costa.en")
        golden("tui/approving.svg", await picture(pilot))

    drive(small, story)
