"""What git knows that matters to decisions: who is working here, and every line that their file ever had."""

from __future__ import annotations

from shutil import which
from typing import TYPE_CHECKING

from lettergen.problems import MissingError
from lettergen.review.git import GitError, answer, git

if TYPE_CHECKING:
    from pathlib import Path

_NO_COMMITS = "does not have any commits yet"

# Nothing that people have set for their own eyes may change what is read here.
_LOG = (
    "-c", "log.showRoot=true", "-c", "log.diffMerges=separate",
    "log", "--full-history", "-m", "-p", "-U0", "--format=", "--text", "--no-color",
    "--no-textconv", "--no-renames", "--no-notes",
)  # fmt: skip


def configured(folder: Path, key: str) -> str | None:
    """Return what git is told about a key where a folder is; None without git, or when nothing is told."""
    try:
        value = _text(git(folder, "config", "--get", key) or b"")
    except MissingError:
        return None
    return value.strip() or None


def repository_of(folder: Path) -> Path | None:
    """Return the folder at or above this one that has a .git, whether git reads it or not; None without any."""
    return next((above for above in (folder, *folder.parents) if (above / ".git").exists()), None)


def added_lines(folder: Path, file: str) -> tuple[str, ...]:
    """Return every line of JSON that a commit behind HEAD ever added to a file, once each; none without git.

    Raises:
        GitError: there are a repository and a git program, and the one does not read the other.
    """
    # To start git costs more than all else that reads decisions, and most folders on shared drives have none.
    if repository_of(folder) is None or which("git") is None:
        return ()
    try:
        lines = _text(answer(folder, *_LOG, "--", file)).split("\n")
    except GitError as error:
        if _NO_COMMITS in str(error):
            return ()
        raise
    return tuple(dict.fromkeys(line[1:].removesuffix("\r") for line in lines if line.startswith("+{")))


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")
