"""Files of letters that a campaign no longer has."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from lettergen.manifest import Entry


def left_over(
    folder: Path, recipients: Iterable[str], languages: Iterable[str], known: dict[str, Entry]
) -> tuple[Path, ...]:
    """Return the files of letters that the campaign cannot have any more, as far as they are still there."""
    written_to, written_in = set(recipients), set(languages)
    files = (
        folder / name
        for name, entry in sorted(known.items())
        if entry.recipient not in written_to or entry.language not in written_in
    )
    return tuple(file for file in files if file.exists())
