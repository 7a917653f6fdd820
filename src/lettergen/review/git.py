"""The git program, where there is one: asked for what it knows, never for anything that writes or asks back."""

from __future__ import annotations

import os
import subprocess
from shutil import which
from typing import TYPE_CHECKING

from lettergen.problems import MissingError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

LONGEST = 60  # seconds that git may take for one answer; a shared drive may never give one
_QUIET = {
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",  # what is not here is not fetched
    "GIT_LFS_SKIP_SMUDGE": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_LITERAL_PATHSPECS": "1",
    "LC_ALL": "C",  # what it says is read here
}
_DISTRUST = b"dubious ownership"
_SAYS_NO = 128  # as git ends itself


class GitError(Exception):
    """git says no. The message is its reason, without a full stop.

    Attributes:
        is_distrust: the reason is that the repository belongs to somebody else.
    """

    def __init__(self, reason: str, *, is_distrust: bool = False) -> None:
        super().__init__(reason)
        self.is_distrust = is_distrust


def git(root: Path, *arguments: str) -> bytes | None:
    """Return what git answers in a folder; None when it says no.

    Raises:
        MissingError: there is no git program.
    """
    try:
        return answer(root, *arguments)
    except GitError:
        return None


def answer(root: Path, *arguments: str) -> bytes:
    """Return what git answers in a folder.

    Raises:
        GitError: it says no, or nothing for too long.
        MissingError: there is no git program.
    """
    done = _run(root, *arguments)
    if done.returncode != 0:
        raise _refusal(done.stderr)
    return done.stdout


def in_repository(root: Path) -> bool:
    """Whether there is a git program, and the folder is part of what it keeps."""
    return which("git") is not None and _run(root, "rev-parse", "--is-inside-work-tree").stdout.strip() == b"true"


def require_repository(root: Path) -> None:
    """Make sure that git keeps a folder.

    Raises:
        MissingError: there is no git program.
        UsageError: the folder is in no repository, or in one that git does not trust.
    """
    done = _run(root, "rev-parse", "--is-inside-work-tree")
    if done.stdout.strip() == b"true":
        return
    if _DISTRUST in done.stderr:
        raise UsageError(
            f"git does not read {root}, because the folder belongs to somebody else.",
            help="If you trust it: git config --global --add safe.directory FOLDER, the one that holds .git.",
        )
    raise UsageError(f"{root} is not in a git repository.", help="Only what git keeps has revisions: git init.")


def _run(root: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    program = which("git")
    if program is None:
        raise MissingError("The program git is not installed.", help="Install it, or do without --revision.")
    command = [program, "-C", str(root), *arguments]
    try:
        return subprocess.run(
            command,
            check=False,
            capture_output=True,
            stdin=subprocess.DEVNULL,
            env=os.environ | _QUIET,
            timeout=LONGEST,
        )
    except subprocess.TimeoutExpired:
        silence = f"it gave no answer within {LONGEST} seconds".encode()
        return subprocess.CompletedProcess(command, _SAYS_NO, b"", silence)


def _refusal(said: bytes) -> GitError:
    """Return the reason why git says no, out of all that it says: what it calls fatal."""
    if _DISTRUST in said:
        return GitError("the folder belongs to somebody else", is_distrust=True)
    lines = said.decode("utf-8", "replace").strip().splitlines() or ["it does not say why"]
    fatal = next((line for line in lines if line.startswith("fatal: ")), lines[-1])
    return GitError(fatal.removeprefix("fatal: ").rstrip("."))
