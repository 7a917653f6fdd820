"""Where things are in a workspace: the folder with recipients.toml and letters/."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lettergen.problems import UsageError, did_you_mean

if TYPE_CHECKING:
    from pathlib import Path

RECIPIENTS = "recipients.toml"
RECIPIENTS_CSV = "recipients.csv"
RECIPIENTS_JSONL = "recipients.jsonl"
LETTERS = "letters"
LETTERHEADS = "letterhead"
LETTER = "letter.toml"
EDITIONS = "letter.*.toml"
SIGNATORIES = "signatories"
FORMS = "forms_of_address"
LETTERHEAD = "letterhead.toml"
LETTERHEAD_TEMPLATE = "letterhead.html"
LETTERHEAD_STYLE = "letterhead.css"


def summits(root: Path) -> list[str]:
    """Return the ids of all summits of the workspace: the folders under letters/ with a letter.toml."""
    return sorted(path.parent.name for path in (root / LETTERS).glob(f"*/{LETTER}"))


def letterheads(root: Path) -> list[str]:
    """Return the ids of all letterheads of the workspace."""
    return sorted(path.parent.name for path in (root / LETTERS / LETTERHEADS).glob(f"*/{LETTERHEAD}"))


def summit_folder(root: Path, summit: str) -> Path:
    """Return the folder of a summit.

    Raises:
        UsageError: there is no such summit here.
    """
    known = summits(root)
    if summit in known:
        return root / LETTERS / summit
    if known:
        way_out = did_you_mean(summit, known) or f"There are: {', '.join(known)}."
    else:
        way_out = f"Go to the folder that holds {LETTERS}/ and {RECIPIENTS}, or name it with -C."
    raise UsageError(f"There is no summit “{summit}” in {root / LETTERS}.", help=way_out)


def letterhead_folder(root: Path, letterhead: str) -> Path:
    """Return the folder of a letterhead, whether it is there or not."""
    return root / LETTERS / LETTERHEADS / letterhead
