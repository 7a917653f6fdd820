"""Programs of the user's own: the editor at a place, and what opens a PDF."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from lettergen.problems import MissingError

if TYPE_CHECKING:
    from lettergen.problems import Place

_NAMES_COLUMN = {"nano", "micro", "emacs", "emacsclient"}  # take +LINE,COLUMN or +LINE:COLUMN
_WITH_COLONS = {"hx", "helix", "kak", "subl", "zed"}  # take FILE:LINE:COLUMN
_WITH_GOTO = {"code", "codium", "cursor"}


def editor_command(root: Path, place: Place) -> list[str] | None:
    """Return the command that opens $VISUAL or $EDITOR at a place; None when neither names one."""
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    try:
        command = shlex.split(named or "")
    except ValueError:  # a quotation mark is never closed
        return None
    if not command:
        return None
    file = str(root / place.file)
    name = Path(command[0]).stem
    line, column = place.line or 1, place.column or 1
    if name in _WITH_GOTO:
        return [*command, "--wait", "--goto", f"{file}:{line}:{column}"]
    if name in _WITH_COLONS:
        return [*command, f"{file}:{line}:{column}"]
    if name in _NAMES_COLUMN:
        return [*command, f"+{line}{',' if name == 'nano' else ':'}{column}", file]
    return [*command, f"+{line}", file]  # as POSIX has it for ex, vi and more


def open_file(path: Path) -> None:
    """Open a file with the program that the system has for it; nothing of what that says reaches the screen.

    Raises:
        MissingError: there is no such program, or it cannot be started.
    """
    program = shutil.which("open" if sys.platform == "darwin" else "xdg-open")
    if program is None:
        raise MissingError("No program that opens a PDF was found.")
    try:
        started = subprocess.Popen(
            [program, str(path)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        raise MissingError(f"{program} cannot be started: {error.strerror}.") from error
    # It may stay for as long as the file is read, and nobody who quits waits for that.
    Thread(target=started.wait, daemon=True).start()
