"""New decisions → the end of the file, durably, and so that git can merge them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lettergen.files import append_durably, write_atomically
from lettergen.problems import FileError
from lettergen.review.decisions import DECISIONS
from lettergen.review.history import read_history
from lettergen.review.snapshot import keep
from lettergen.workspace.folder import LETTERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from lettergen.review.decisions import Decision
    from lettergen.review.snapshot import Snapshot

ATTRIBUTES = ".gitattributes"
# Both sides of a merge stay: the order of the lines means nothing, and each carries its own hash.
UNION = f"{DECISIONS} merge=union"


def record(root: Path, summit: str, made: Sequence[Decision], read: Iterable[Snapshot]) -> tuple[Decision, ...]:
    """Add decisions to a summit's file: all of them in one write, each knowing the one before it.

    Args:
        root: the workspace.
        summit: the folder's name.
        made: the decisions, which know nothing yet.
        read: the texts that they are about, which are kept.

    Raises:
        RefusedError: the file is damaged.
        FileError: something cannot be read or written.
    """
    folder = root / LETTERS / summit
    # Read again: somebody else may have decided since the letter was opened.
    history = read_history(root, summit)
    history.refuse_damage()
    keep(folder, read)  # before the lines that name them: nothing is approved that nobody can read again
    _let_git_merge(folder / ATTRIBUTES)
    recorded: list[Decision] = []
    knew = history.tips
    for decision in made:
        recorded.append(decision.knowing(knew))
        knew = (recorded[-1].hash,)
    append_durably(folder / DECISIONS, "\n".join(decision.to_line() for decision in recorded).encode())
    return tuple(recorded)


def _let_git_merge(path: Path) -> None:
    try:
        text = path.read_text("utf-8") if path.exists() else ""
    except (OSError, UnicodeDecodeError) as error:
        raise FileError(f"{path} cannot be read: {error}.") from error
    if UNION not in text.splitlines():
        whole = text if not text or text.endswith("\n") else f"{text}\n"
        write_atomically(path, f"{whole}{UNION}\n".encode())
