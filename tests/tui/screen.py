"""The review screen over a campaign of one's own, driven by keys."""

from __future__ import annotations

import asyncio
import datetime as dt
import re
from typing import TYPE_CHECKING

from lettergen.review.deciding import Voice
from lettergen.review.review import load_review
from lettergen.review.reviewer import Reviewer
from lettergen.tui.app import ReviewScreen
from lettergen.tui.letter_text import LetterText
from lettergen.tui.watching import Campaign
from workspaces import SUMMIT

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.pilot import Pilot

    from lettergen.review.review import Review
    from workspaces import Workspace

LETTER = f"letters/{SUMMIT}/letter.toml"
ANA = Reviewer("Ana Example", "ana@example.org")
BO = Reviewer("Bo Chief", "bo@example.org")
_LONGEST = 20  # seconds
_STILL = 6  # looks, a tenth of a second apart


def drive(
    workspace: Workspace,
    story: Callable[[Pilot[None]], Awaitable[None]],
    size: tuple[int, int] = (80, 24),
    ready: str = "2 letters",
) -> None:
    """Run a story on the screen, once it says that it is ready."""

    async def run() -> None:
        app = ReviewScreen(Campaign(workspace.root, SUMMIT), ANA)
        async with app.run_test(size=size) as pilot:
            await until(pilot, ready)
            await story(pilot)

    asyncio.run(run())


async def until(pilot: Pilot[None], words: str) -> None:
    """Wait until the screen says something."""
    for _ in range(_LONGEST * 20):
        if words in text(pilot):
            return
        await pilot.pause(0.05)
    raise AssertionError(f"“{words}” is not on the screen:\n{text(pilot)}")


def text(pilot: Pilot[None]) -> str:
    """Return what the screen shows, as lines."""
    widget = pilot.app.screen
    strips = widget._compositor.render_strips()  # noqa: SLF001 - the only way to the screen's text
    return "\n".join(strip.text.rstrip() for strip in strips)


async def until_underlined(pilot: Pilot[None], line: str) -> None:
    """Wait until the first words of a line of the letter are underlined, and those of no other line."""
    letter = pilot.app.query_one(LetterText)
    for _ in range(_LONGEST * 20):
        lines = [letter.get_line(number) for number in range(letter.document.line_count)]
        if found := [found.plain for found in lines if any("underline" in str(span.style) for span in found.spans)]:
            assert found == [line]
            return
        await pilot.pause(0.05)
    raise AssertionError(f"Nothing is underlined:\n{text(pilot)}")


async def select(pilot: Pilot[None], words: str, occurrence: int = 0) -> None:
    """Select words of the letter with the mouse, as it is drawn on the screen, over the ends of lines."""
    letter = pilot.app.query_one(LetterText)
    where = [match.span() for match in re.finditer(r"\s+".join(map(re.escape, words.split())), letter.text)]
    (start, end) = (_place(letter.text, index) for index in where[occurrence])
    await pilot.mouse_down(letter, offset=start)
    await pilot.hover(letter, offset=end)
    await pilot.mouse_up(letter, offset=end)
    assert letter.selected_text.split() == words.split()


def _place(lines: str, index: int) -> tuple[int, int]:
    before = lines[:index].split("\n")
    return len(before[-1]), len(before) - 1


async def picture(pilot: Pilot[None]) -> str:
    """Return the screen as SVG, once nothing moves any more, without what differs from run to run."""
    same, before = 0, ""
    while same < _STILL:
        await pilot.pause(0.1)
        now = pilot.app.export_screenshot(simplify=True)
        same, before = (same + 1 if now == before else 0), now
    return re.sub(r"\b[0-9a-f]{8}\b", "01234567", re.sub(r"terminal-\d+", "terminal", before))


def reading(workspace: Workspace) -> Review:
    """Return the campaign as somebody reads it who has no screen."""
    return load_review(workspace.root, SUMMIT)


def voice(reviewer: Reviewer, hour: int, role: str | None = None) -> Voice:
    """Return somebody who decides at some hour of a day that is long over."""
    return Voice(reviewer, role, dt.datetime(2025, 3, 20, hour, 15, tzinfo=dt.UTC))
