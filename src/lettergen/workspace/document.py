"""A file that somebody wrote: its data, and the place of everything in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

from lettergen.problems import Place, Problem
from lettergen.workspace.toml_syntax import parse
from lettergen.workspace.wording import as_id

if TYPE_CHECKING:
    from pathlib import Path

    from lettergen.workspace.lost import LostPart
    from lettergen.workspace.toml_locator import Locations, Spot

KeyPath = tuple[str | int, ...]


class Places(Protocol):
    """Something that knows where keys and values stand."""

    @property
    def name(self) -> str:
        """The file, relative to the workspace."""

    def key(self, path: KeyPath) -> Place:
        """Return where the key at `path` stands."""

    def value(self, path: KeyPath) -> Place:
        """Return where the value at `path` begins."""

    def inside(self, path: KeyPath, offset: int) -> Place:
        """Return where character number `offset` of the text at `path` stands."""

    def may_hold(self, table: KeyPath, key: str) -> bool:
        """Whether a key of a table may stand in what could not be read."""


@dataclass(frozen=True)
class Document:
    """One TOML file, read.

    Attributes:
        name: path relative to the workspace, with forward slashes.
        text: the file's text; None when there is none, or nobody can read it.
        data: what could be parsed.
        problems: why the rest could not.
    """

    name: str
    text: str | None = None
    data: dict[str, Any] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @cached_property
    def _locations(self) -> Locations:
        # Positions are worked out only when there is something to point at.
        from lettergen.workspace.toml_locator import locate

        return locate(self.text or "")

    @cached_property
    def _lost(self) -> tuple[LostPart, ...]:
        if not self.problems:
            return ()
        from lettergen.workspace.lost import lost_parts

        return lost_parts(self.text or "")

    def key(self, path: KeyPath) -> Place:
        """Return where the key at `path` stands, or else the nearest thing around it."""
        return self._place(self._locations.key(path) or self._locations.nearest(path))

    def value(self, path: KeyPath) -> Place:
        """Return where the value at `path` begins, or else the nearest thing around it."""
        return self._place(self._locations.value(path) or self._locations.nearest(path))

    def inside(self, path: KeyPath, offset: int) -> Place:
        """Return where character number `offset` of the text at `path` stands."""
        return self._place(self._locations.inside(path, offset) or self._locations.nearest(path))

    def may_say(self, word: str) -> bool:
        """Whether an id may stand in what could not be read, there perhaps in other letters: “von der Leyen”."""
        return self.text is None or any(f"-{as_id(word)}-" in f"-{as_id(part.text)}-" for part in self._lost)

    def may_hold(self, table: KeyPath, key: str) -> bool:
        """Whether a key of a table may stand in what could not be read."""
        if self.text is None or not self._lost:
            return self.text is None
        spot = self._locations.value(table)
        return any(part.may_hold(key) for part in self._lost if part.header == (spot.line if spot else 0))

    def _place(self, spot: Spot | None) -> Place:
        if self.text is None:
            return Place(self.name)
        # Whatever is missing from a file as a whole can be added at its top.
        line, column = (spot.line, spot.column) if spot else (1, 1)
        return Place(self.name, line, column, self._locations.line(line))


def read_document(root: Path, path: Path) -> Document:
    """Read a TOML file of the workspace; whatever is wrong with it is in the document's problems."""
    name = path.relative_to(root).as_posix()
    text = read_text(root, path)
    if isinstance(text, Problem):
        return Document(name, problems=(text,))
    data, mistakes = parse(text)
    problems = tuple(
        Problem(
            mistake.code,
            mistake.message,
            Place(name, mistake.line, mistake.column, mistake.source),
            mistake.help,
        )
        for mistake in mistakes
    )
    return Document(name, text, data, problems)


def read_text(root: Path, path: Path) -> str | Problem:
    """Return the text of a file of the workspace, or why it cannot be read (LG101)."""
    name = path.relative_to(root).as_posix()
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Problem("LG101", f"{name} is missing.", Place(name))
    except OSError as error:
        return Problem("LG101", f"{name} cannot be read: {error.strerror or error}.", Place(name))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return Problem(
            "LG101",
            f"{name} is not written in UTF-8.",
            _first_bad_byte(name, error),
            "Save the file with the encoding UTF-8.",
        )


def _first_bad_byte(name: str, error: UnicodeDecodeError) -> Place:
    good = error.object[: error.start].decode()
    bad = error.object[error.start :].decode("utf-8", "replace")
    line = good.rpartition("\n")[2]
    source = line + bad.split("\n", 1)[0].rstrip("\r")
    return Place(name, good.count("\n") + 1, len(line) + 1, source)
