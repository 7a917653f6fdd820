"""A TOML file that somebody wrote: its data, and the place of everything in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from lettergen.problems import Place, Problem
from lettergen.workspace.toml_syntax import parse

if TYPE_CHECKING:
    from pathlib import Path

    from lettergen.workspace.toml_locator import Locations, Spot

KeyPath = tuple[str | int, ...]


@dataclass(frozen=True)
class Document:
    """One TOML file, read.

    Attributes:
        name: path relative to the workspace, with forward slashes.
        text: the file's text; empty when it could not be read.
        data: what could be parsed.
        problems: why the rest could not.
    """

    name: str
    text: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @cached_property
    def _locations(self) -> Locations:
        # Positions are worked out only when there is something to point at.
        from lettergen.workspace.toml_locator import locate

        return locate(self.text)

    def key(self, path: KeyPath) -> Place:
        """Return where the key at `path` stands, or else the nearest thing around it."""
        return self._place(self._locations.key(path) or self._locations.nearest(path))

    def value(self, path: KeyPath) -> Place:
        """Return where the value at `path` begins, or else the nearest thing around it."""
        return self._place(self._locations.value(path) or self._locations.nearest(path))

    def inside(self, path: KeyPath, offset: int) -> Place:
        """Return where character number `offset` of the text at `path` stands."""
        return self._place(self._locations.inside(path, offset) or self._locations.nearest(path))

    def _place(self, spot: Spot | None) -> Place:
        if spot is None:
            return Place(self.name)
        return Place(self.name, spot.line, spot.column, self._locations.line(spot.line))


def read_document(root: Path, path: Path) -> Document:
    """Read a TOML file of the workspace; whatever is wrong with it is in the document's problems."""
    name = path.relative_to(root).as_posix()
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return _unread(name, "LG101", f"{name} is missing.", None)
    except UnicodeDecodeError as error:
        # Only what stands before the bad byte can be counted.
        before = error.object[: error.start].decode("utf-8", "replace")
        line = before.count("\n") + 1
        return _unread(
            name, "LG101", f"{name} is not written in UTF-8.", "Save the file with the encoding UTF-8.", line
        )
    except OSError as error:
        return _unread(name, "LG101", f"{name} cannot be read: {error.strerror or error}.", None)
    data, mistakes = parse(text)
    problems = tuple(
        Problem(
            mistake.code, mistake.message, Place(name, mistake.line, mistake.column, mistake.source), mistake.help
        )
        for mistake in mistakes
    )
    return Document(name, text, data, problems)


def _unread(name: str, code: str, message: str, way_out: str | None, line: int | None = None) -> Document:
    return Document(name, problems=(Problem(code, message, Place(name, line), way_out),))
