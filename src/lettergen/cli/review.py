"""lettergen review."""

import gc
import os
import sys

import typer

from lettergen.cli._choices import chosen_language, chosen_layout
from lettergen.cli._deciding import speaking
from lettergen.cli._options import Language, Layout, Summit


def review(ctx: typer.Context, summit: Summit, language: Language = None, layout: Layout = None) -> None:
    """Read, compare, comment on and approve letters, on one screen."""
    from lettergen.workspace.folder import summit_folder

    _refuse_no_screen()
    summit_folder(ctx.obj, summit)
    person = speaking(ctx.obj).reviewer
    gc.disable()  # what a start makes is no garbage; reading the letters turns the collection on again
    from lettergen.tui.app import ReviewScreen
    from lettergen.tui.watching import Campaign

    screen = ReviewScreen(Campaign(ctx.obj, summit, chosen_language(language), chosen_layout(layout)), person)
    screen.run()
    if screen.failure:
        raise screen.failure


def _refuse_no_screen() -> None:
    from lettergen.problems import UsageError

    instead = "Use the commands that do the same: show, diff, status, approve, request-changes, comment, withdraw."
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("The review screen needs a terminal, and this is none.", help=instead)
    if os.environ.get("TERM", "") in {"", "dumb", "unknown"}:
        message = f"The terminal is called “{os.environ.get('TERM', '')}”, which cannot hold a screen."
        raise UsageError(message, help=instead)
