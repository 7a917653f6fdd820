"""[[co_signatory]] and signatories/<id>.toml → who joins the letters, with the place of what is wrong.

Some of them must not be named: a name can cost its bearer's freedom. So no finding shows what stands in these
tables; each tells its place, and what is wrong there in general words, whether it is about a withheld one or not: a
mistake in the very key that would withhold a name must not print it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from lettergen.files import is_safe_name
from lettergen.model import CoSignatory
from lettergen.problems import Place, Problem
from lettergen.workspace.document import Document, KeyPath, read_document
from lettergen.workspace.folder import SIGNATORIES
from lettergen.workspace.tables import records
from lettergen.workspace.validation import UNSAFE_ID_HELP, Findings, validate
from lettergen.workspace.wording import nearest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path

TABLE = "co_signatory"

_SYNTAX_HELP = "Most often quotation marks, a bracket or a comma are missing."
# What a finding of each code says here, and the way out where the one of other files would quote something.
_SAID: dict[str, tuple[str, str | None]] = {
    "LG101": ("This cannot be read, or is not TOML in UTF-8.", _SYNTAX_HELP),
    "LG102": ("This key or table stands twice, or collides with another.", "Keep one of them."),
    "LG103": ("A key is missing.", None),
    "LG104": ("This is not a key that can stand here.", None),
    "LG105": ("This value is of the wrong kind.", None),
    "LG106": ("This is not a date.", None),
    "LG108": ("This cannot be an id.", None),
    "LG109": ("A co-signatory has this id already.", "Give each an id of its own."),
    "LG110": ("This is empty.", None),
    "LG111": ("This value cannot stand here.", None),
    "LG112": ("A character does not belong here.", None),
}
_HEADER = re.compile(r"\s*\[+\s*[\"']?([\w-]+)")


@dataclass(frozen=True, slots=True)
class CoSignatoryParts:
    """A co-signatory, good or not, and where it stands.

    Attributes:
        record: with mistakes it is only good for comparing; never shown, for it may be withheld.
        path: of its table in the file.
        written: the keys of its table.
    """

    record: CoSignatory = field(repr=False)
    document: Document = field(repr=False)
    path: KeyPath
    written: frozenset[str] = field(repr=False)

    def place(self, *keys: str) -> Place:
        """Return where a value of it stands, or else its table, without what is written there."""
        return without_source(self.document.value((*self.path, *keys)))

    def may_say(self, key: str) -> bool:
        """Whether a key may stand in the table misspelt or with a wrong value, or in what could not be read."""
        return any(nearest(name, [key]) for name in self.written) or self.document.may_hold(self.path, key)


def load_co_signatories(
    root: Path, folder: Path, document: Document, findings: Findings
) -> tuple[CoSignatoryParts, ...]:
    """Read the co-signatories of a summit's folder: those of letter.toml, then a file each.

    Args:
        root: the workspace.
        folder: the summit's.
        document: its letter.toml.
        findings: mistakes are added to them.
    """
    own = Findings()
    listed = records(CoSignatory, TABLE, document, own)
    findings.unread |= own.unread
    found = [
        CoSignatoryParts(one, document, (TABLE, index), _keys(document.data[TABLE][index]))
        for index, one in enumerate(listed)
    ]
    problems = list(own.problems)
    for path in _files(folder / SIGNATORIES):
        name = path.relative_to(root).as_posix()
        if path.suffix != ".toml" or not path.is_file():
            message = "This is not the file of an organisation, which is called ID.toml."
            findings.problems.append(Problem("LG108", message, Place(name), "Rename it, or put it elsewhere."))
            continue
        if not is_safe_name(path.stem):
            problems.append(Problem("LG108", "", Place(name), UNSAFE_ID_HELP))
        file = read_document(root, path)
        problems += file.problems
        found.append(_from_file(file, path.stem, problems))
    problems += _equal_ids(found, len(listed))
    findings.problems += map(_without_words, problems)
    return tuple(found)


def mistakes_in_toml(document: Document, tables: Collection[str]) -> list[Problem]:
    """Return what is wrong with letter.toml as TOML, with nothing quoted that may be a co-signatory's.

    Args:
        document: letter.toml.
        tables: all that it can have.
    """
    lines = (document.text or "").split("\n")
    return [
        _without_words(problem) if _may_be_ours(lines[: problem.where.line or 0], tables) else problem
        for problem in document.problems
    ]


def without_source(place: Place) -> Place:
    """Return a place without what is written there."""
    return replace(place, source=None)


def _files(folder: Path) -> list[Path]:
    """Return what lies in the folder; what the system hides there belongs to the system or to an editor."""
    return sorted(path for path in folder.iterdir() if not path.name.startswith(".")) if folder.is_dir() else []


def _from_file(document: Document, name: str, problems: list[Problem]) -> CoSignatoryParts:
    """Return the co-signatory of a file, whose name is the id."""
    findings, data = Findings(), dict(document.data)
    if "id" in data:
        way_out = "Leave it out; the file’s name is the id."
        problems.append(Problem("LG104", "", document.key(("id",)), way_out))
    record = validate(CoSignatory, data | {"id": name if is_safe_name(name) else "unsafe"}, document, (), findings)
    problems += findings.problems
    return CoSignatoryParts(record, document, (), _keys(data))


def _keys(table: object) -> frozenset[str]:
    return frozenset(table) if isinstance(table, dict) else frozenset()


def _equal_ids(found: Sequence[CoSignatoryParts], listed: int) -> Iterator[Problem]:
    """Yield the files whose name is an id of letter.toml; two ids there are found where they are read."""
    taken = {parts.record.id for parts in found[:listed]}
    for parts in found[listed:]:
        if parts.record.id in taken:
            yield Problem("LG109", "", Place(parts.document.name))


def _may_be_ours(lines: Sequence[str], tables: Collection[str]) -> bool:
    """Whether the last of these lines may be a co-signatory's: no header of another table stands nearer."""
    for line in reversed(lines):
        header = _HEADER.match(line)
        if TABLE in line or (header and header[1] not in tables):  # a header that is misspelt, or a line of a text
            return True
        if header:
            return False
    return False


def _without_words(problem: Problem) -> Problem:
    """Return a finding that says nothing of what is written: code, place, and general words."""
    message, way_out = _SAID.get(problem.code, ("Something is wrong here.", None))
    if problem.code == "LG103":  # names a key of the model
        message = problem.message
    return replace(problem, message=message, help=way_out or problem.help, where=without_source(problem.where))
