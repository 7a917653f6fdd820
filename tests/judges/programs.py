"""Running a judge that is a program of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

LONGEST_RUN = 300  # seconds; a judge that needs longer for a letter hangs


class MissingJudgeError(RuntimeError):
    """A judge is not installed; the message names the Debian package that brings it."""


class UnreadableError(RuntimeError):
    """A judge could not read a file at all, so it has no verdict."""


class RejectedError(AssertionError):
    """A judge read a file and says no; the message is the judge's own."""


def run(
    program: str, package: str, *arguments: str | Path, stdin: str | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a judge and return what it said, whatever its exit code.

    Args:
        program: name of the program, looked up on PATH.
        package: the Debian package that brings it.
        arguments: everything after the program's name.
        stdin: text for its standard input.

    Raises:
        MissingJudgeError: the program is not on PATH.
    """
    found = shutil.which(program)
    if found is None:
        raise MissingJudgeError(f"The judge “{program}” is not installed: apt-get install {package}.")
    return subprocess.run(
        [found, *arguments],
        check=False,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "LC_ALL": "C.UTF-8"},  # what is parsed here must not depend on anyone's language
        input=stdin,
        timeout=LONGEST_RUN,
    )


def said_by(program: str, package: str, *arguments: str | Path) -> str:
    """Run a judge that returns 0 whenever it could read its file, and return its standard output.

    Raises:
        MissingJudgeError: the program is not on PATH.
        UnreadableError: it could not read the file.
    """
    result = run(program, package, *arguments)
    if result.returncode != 0:
        raise UnreadableError(f"{program} returned {result.returncode}: {result.stderr.strip()}")
    return result.stdout
