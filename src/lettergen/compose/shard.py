"""A part of a campaign's letters, for several computers that know nothing of each other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lettergen.files import sha256
from lettergen.problems import UsageError

if TYPE_CHECKING:
    from pathlib import Path

_WRITTEN = re.compile(r"([1-9][0-9]{0,5})/([1-9][0-9]{0,5})")
_FOLDER = re.compile(r"shard-([1-9][0-9]*)-of-([1-9][0-9]*)")


@dataclass(frozen=True, order=True, slots=True)
class Shard:
    """One of several parts, told apart by the recipients' ids alone: the same everywhere and always."""

    of: int
    number: int

    @classmethod
    def read(cls, text: str) -> Shard:
        """Return what “3/16” says: the third of sixteen.

        Raises:
            UsageError: it says nothing of the kind.
        """
        written = _WRITTEN.fullmatch(text)
        if written is None or int(written[1]) > int(written[2]):
            raise UsageError(
                f"“{text}” is no part of a whole.", help="Write --shard 3/16 for the third of sixteen."
            )
        return cls(int(written[2]), int(written[1]))

    @classmethod
    def of_folder(cls, folder: Path) -> Shard | None:
        """Return the shard whose output folder it is, by its name; None when it is no such folder."""
        named = _FOLDER.fullmatch(folder.name)
        return cls(int(named[2]), int(named[1])) if named and folder.is_dir() else None

    @property
    def folder(self) -> str:
        """The name of its folder, in the summit's output folder."""
        return f"shard-{self.number}-of-{self.of}"

    def takes(self, recipient: str) -> bool:
        """Whether a recipient's letters belong to it."""
        return int(sha256(recipient.encode()), 16) % self.of == self.number - 1
