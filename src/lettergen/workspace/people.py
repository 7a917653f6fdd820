"""Where a recipient stands: in recipients.toml, or in a row of a table beside it.

The rules ask for places by recipient and key; which file that is, is nobody's business but ours.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lettergen.problems import Place
    from lettergen.workspace.document import Document, KeyPath
    from lettergen.workspace.recipient_tables import RecipientTable


@dataclass(frozen=True)
class People:
    """The places of all recipients of a workspace.

    Attributes:
        document: recipients.toml.
        tables: for each recipient that stands in another file, that file.
        whole: whether all tables could be read to their ends.
    """

    document: Document
    tables: Mapping[str, RecipientTable] = field(default_factory=dict)
    whole: bool = True

    def key(self, path: KeyPath) -> Place:
        """Return where the key at `path` stands, or else the nearest thing around it."""
        return self._in_table(path) or self.document.key(path)

    def value(self, path: KeyPath) -> Place:
        """Return where the value at `path` begins, or else the nearest thing around it."""
        return self._in_table(path) or self.document.value(path)

    def inside(self, path: KeyPath, offset: int) -> Place:
        """Return where character number `offset` of the text at `path` stands; in a table, its cell."""
        return self._in_table(path) or self.document.inside(path, offset)

    @property
    def name(self) -> str:
        """The file that people write by hand."""
        return self.document.name

    def may_say(self, word: str) -> bool:
        """Whether an id may stand in what could not be read."""
        return not self.whole or (self._is_there and self.document.may_say(word))

    def may_hold(self, table: KeyPath, key: str) -> bool:
        """Whether a key of a recipient may stand in what could not be read."""
        return table[0] not in self.tables and self.document.may_hold(table, key)

    @property
    def _is_there(self) -> bool:
        return self.document.text is not None or not self.tables

    def _in_table(self, path: KeyPath) -> Place | None:
        rows = self.tables.get(str(path[0])) if path else None
        return rows.place(path) if rows else None
