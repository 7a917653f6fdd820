"""The review screen over a campaign of one's own, driven by keys."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING

from lettergen.review.reviewer import Reviewer
from lettergen.tui.app import ReviewScreen
from lettergen.tui.watching import Campaign
from workspaces import SUMMIT

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.pilot import Pilot

    from workspaces import Workspace

ANA = Reviewer("Ana Example", "ana@example.org")
_LONGEST = 20  # seconds
_STILL = 6  # looks, a tenth of a second apart


def drive(
    workspace: Workspace, story: Callable[[Pilot[None]], Awaitable[None]], size: tuple[int, int] = (80, 24)
) -> None:
    """Run a story on the screen, once the letters are there."""

    async def run() -> None:
        app = ReviewScreen(Campaign(workspace.root, SUMMIT), ANA)
        async with app.run_test(size=size) as pilot:
            await until(pilot, "2 letters")
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


async def picture(pilot: Pilot[None]) -> str:
    """Return the screen as SVG, once nothing moves any more, without what differs from run to run."""
    same, before = 0, ""
    while same < _STILL:
        await pilot.pause(0.1)
        now = pilot.app.export_screenshot(simplify=True)
        same, before = (same + 1 if now == before else 0), now
    return re.sub(r"terminal-\d+", "terminal", before)
