"""What git knows that matters to decisions: who is working here, and every line that their file ever had."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lettergen.problems import MissingError
from lettergen.review.git import git

if TYPE_CHECKING:
    from pathlib import Path

# Nothing that people have set for their own eyes may change what is read here.
_LOG = (
    "-c", "log.showRoot=true", "-c", "log.diffMerges=separate",
    "log", "--full-history", "-m", "-p", "-U0", "--format=", "--text", "--no-color",
    "--no-textconv", "--no-renames", "--no-notes",
)  # fmt: skip


def configured(folder: Path, key: str) -> str | None:
    """Return what git is told about a key where a folder is; None without git, or when nothing is told."""
    value = _answer(folder, "config", "--get", key)
    return value.strip() or None


def added_lines(folder: Path, file: str) -> tuple[str, ...]:
    """Return every line of JSON that a commit behind HEAD ever added to a file, once each; none without git."""
    # To start git costs more than all else that reads decisions, and most folders on shared drives have none.
    if not any((above / ".git").exists() for above in (folder, *folder.parents)):
        return ()
    lines = _answer(folder, *_LOG, "--", file).split("\n")
    return tuple(dict.fromkeys(line[1:].removesuffix("\r") for line in lines if line.startswith("+{")))


def _answer(folder: Path, *arguments: str) -> str:
    try:
        return (git(folder, *arguments) or b"").decode("utf-8", "surrogateescape")
    except MissingError:
        return ""
