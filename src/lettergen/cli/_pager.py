"""Long texts on stdout: through the pager at a terminal, as they are in a pipe."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from contextlib import suppress

from lettergen.cli._console import is_dumb, visible

_WIDEST = 80  # columns
_IN_A_PIPE = 76  # columns; what an e-mail has
_DEFAULT = ("less", "more")
# Unless people have their own: leave at once where the text fits on the screen, let colours through.
_SETTINGS = {"LESS": "FR"}
_IN_UTF_8 = {"LESSCHARSET": "utf-8"}  # whatever the locale says, every script is shown


def show_text(text: str) -> None:
    """Write a text to stdout; at a terminal one leafs through it.

    The pager is $PAGER, else less. None is used on a dumb terminal, with an empty $PAGER, or when stdin is no
    terminal and could not take its keys.
    """
    show_styled(visible(text))


def show_styled(text: str) -> None:
    """Write a text to stdout as `show_text` does, with the escape sequences that stand in it.

    Whoever puts them in makes visible what comes from elsewhere.
    """
    from lettergen.render.sketch import in_encoding

    shown = in_encoding(text, sys.stdout.encoding)
    pager = _pager()
    if pager is None:
        sys.stdout.write(shown)
    else:
        sys.stdout.flush()
        _leaf_through(shown, pager)


def text_width() -> int:
    """Return how wide the lines of a text are to be, in cells."""
    return min(shutil.get_terminal_size().columns, _WIDEST) if sys.stdout.isatty() else _IN_A_PIPE


def _pager() -> list[str] | None:
    if not (sys.stdin.isatty() and sys.stdout.isatty()) or is_dumb():
        return None
    named = os.environ.get("PAGER")
    commands = [shlex.split(named)] if named is not None else [[name] for name in _DEFAULT]
    return next((command for command in commands if command and shutil.which(command[0])), None)


def _leaf_through(text: str, pager: list[str]) -> None:
    encoding = sys.stdout.encoding
    settings = _SETTINGS | (_IN_UTF_8 if encoding.lower() == "utf-8" else {})
    with subprocess.Popen(pager, stdin=subprocess.PIPE, encoding=encoding, env=settings | os.environ) as process:
        # Ctrl-C is the pager's: it ends a search, not the reading.
        with suppress(KeyboardInterrupt):
            process.communicate(text)
        while process.poll() is None:
            with suppress(KeyboardInterrupt):
                process.wait()
