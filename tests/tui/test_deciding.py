"""Holds what is decided on the review screen, and what it then records."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING

import pytest

from lettergen.review import deciding
from lettergen.review.decisions import Quote
from lettergen.tui.watching import load
from tui.screen import ANA, BO, LETTER, drive, reading, select, until, until_underlined, voice
from workspaces import SUMMIT

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from lettergen.tui.watching import Campaign, Loaded
    from workspaces import Workspace


@pytest.fixture
def may_read(monkeypatch: pytest.MonkeyPatch) -> Event:
    """Return what lets the screen read the files, and thereby record; cleared, it waits."""
    gate = Event()
    gate.set()

    def slow(campaign: Campaign, earlier: Loaded | None = None) -> Loaded:
        gate.wait()
        return load(campaign, earlier)

    monkeypatch.setattr("lettergen.tui.app.load", slow)
    return gate


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


def test_which_of_two_passages(small: Workspace) -> None:
    """Of words that the letter says twice those are quoted, and underlined, that were selected."""
    small.edit(LETTER, "We would value a reply.", "Speak of it. We would value a reply.")

    async def story(pilot: Pilot[None]) -> None:
        await select(pilot, "Speak of it.", 1)
        await pilot.press("c", *"Again?", "enter")
        await until(pilot, "comment kept")
        await until_underlined(pilot, "Speak of it. We would value a reply.")

    drive(small, story, (100, 60))
    (kept,) = reading(small).history.decisions
    assert kept.quote == Quote(
        "Speak of it.", "esident Costa, we ask you: Speak of it.", "We would value a reply. Yours sincerel"
    )


def test_headings_and_numbers(small: Workspace) -> None:
    """Over headings and numbers that are no words of the letter the words themselves are quoted, or it says so."""

    async def story(pilot: Pilot[None]) -> None:
        await select(pilot, "1. Speak of it. We would value a reply.")
        await pilot.press("c", *"Both", "enter")
        await until(pilot, "comment kept")
        await select(pilot, "[1] A publisher")
        await pilot.press("c", *"Who", "enter")
        await until(pilot, "comment kept")

    drive(small, story, (100, 60))
    assert [kept.quote and kept.quote.exact for kept in reading(small).history.decisions] == [
        "Speak of it. We would value a reply.",
        "A publisher",
    ]


def test_typed_ahead(small: Workspace) -> None:
    """Keys that follow each other without a look do what they would have done later, all of them."""

    async def story(pilot: Pilot[None]) -> None:
        await pilot.press("a", *"Good", "enter", "n", "r", *"Quite too long", "enter", "4")
        await until(pilot, "Quite too long")
        await until(pilot, "✖ changes   von-der-leyen.en")
        await until(pilot, "✔ approved  costa.en")

    drive(small, story, (140, 30))
    made = [(kept.letter, kept.decision, kept.words) for kept in reading(small).history.decisions]
    assert made == [
        ("costa.en", "approve", "Good"),
        ("von-der-leyen.en", "request-changes", "Quite too long"),
    ]


def test_undo_at_once(small: Workspace, may_read: Event) -> None:
    """While a decision is being recorded nothing older is taken back in its place."""
    deciding.comment(reading(small), "costa.en", voice(ANA, 9), "The summit is near.", "Why?")

    async def story(pilot: Pilot[None]) -> None:
        may_read.clear()
        try:
            await pilot.press("a", "enter", "u")
            await until(pilot, "One moment: the decision before is being recorded.")
        finally:
            may_read.set()
        await until(pilot, "✔ approved  costa.en")
        await pilot.press("u")
        await until(pilot, "● open      costa.en")

    drive(small, story, (140, 30))
    comment, approval, undone = reading(small).history.decisions
    assert [comment.decision, approval.decision, undone.withdraws] == ["comment", "approve", approval.hash]


def test_one_after_the_other(small: Workspace, may_read: Event) -> None:
    """The next letter is decided about while the decision before is being recorded; both are kept, in turn."""

    async def story(pilot: Pilot[None]) -> None:
        may_read.clear()
        try:
            await pilot.press("a", *"One", "enter", "n", "a", *"Two", "enter")
        finally:
            may_read.set()
        await until(pilot, "✔ approved  von-der-leyen.en")
        await until(pilot, "✔ approved  costa.en")

    drive(small, story, (140, 30))
    assert [(made.words, len(made.knew)) for made in reading(small).history.decisions] == [("One", 0), ("Two", 1)]


def test_a_colleague_decides(small: Workspace) -> None:
    """What somebody else records meanwhile is in the list and among the decisions, without a key."""

    async def story(pilot: Pilot[None]) -> None:
        await pilot.press("4")
        await until(pilot, "Nobody has decided anything")
        deciding.request_changes(reading(small), ["costa.en"], voice(BO, 9), "Say by when.")
        await until(pilot, "✖ changes   costa.en")
        await until(pilot, "Bo Chief asked for changes")
        await until(pilot, "Say by when.")

    drive(small, story, (100, 30))


def test_damaged_decisions(small: Workspace) -> None:
    """A damaged file of decisions is told where findings are, and nothing is added to it."""
    deciding.approve(reading(small), ["costa.en"], voice(BO, 9))
    file = small.root / "letters" / SUMMIT / "decisions.jsonl"

    async def story(pilot: Pilot[None]) -> None:
        await until(pilot, "✔ approved  costa.en")
        file.write_text(file.read_text("utf-8").replace("costa.en", "von-der-leyen.en"), "utf-8")
        await until(pilot, "Something is wrong with the recorded decisions: see Findings.")
        await until(pilot, "Findings (1)")
        await pilot.press("3")
        await until(pilot, "LG701")
        await pilot.press("a", "enter")
        await until(pilot, "damaged")

    drive(small, story, (120, 30))
    assert len(file.read_text("utf-8").splitlines()) == 1
