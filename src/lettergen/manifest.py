"""out/<summit>/manifest.json: what was made from what, by whom it was signed; and what a killed run left.

The manifest is written at the end of a run. Until then each finished letter stands in a journal beside it, one JSON
object a line, written before the letter takes its name; so that a run that was killed is finished by the next one.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields
from functools import cached_property
from multiprocessing import parent_process
from os import getpid
from typing import TYPE_CHECKING, Any, TypeVar

from lettergen.files import append_durably, cannot_be_written, sha256, sha256_of_file, write_atomically
from lettergen.problems import FileError, Place, Problem

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA_VERSION = 3
MANIFEST = "manifest.json"
JOURNAL = ".journal.jsonl"
_JOURNAL_OF_A_WORKER = ".journal.{}.jsonl"
_ANY_JOURNAL = ".journal*.jsonl"
LOCK = ".lettergen.lock"  # of `files.locked`; a run leaves it behind

Value = TypeVar("Value")


@dataclass(frozen=True)
class Basis:
    """Everything that letters are made from, by hash and version.

    Attributes:
        inputs: SHA-256 of the workspace's files, by path.
        libraries: versions by name.
        package: SHA-256 over lettergen's own files.
    """

    inputs: dict[str, str]
    libraries: dict[str, str]
    package: str

    @cached_property
    def digest(self) -> str:
        """One SHA-256 over it all."""
        return sha256(json.dumps([self.inputs, self.libraries, self.package], sort_keys=True).encode())


@dataclass(frozen=True, slots=True)
class SignedBy:
    """A signature of a file, as it was read back.

    Attributes:
        name: the name in the certificate.
        fingerprint: the certificate's SHA-256.
        self_issued: nobody but the signer issued it.
        level: the level that was reached; None for a signature that was made elsewhere.
        asked: the level that was asked for; None likewise.
        field: the field that holds it.
        signed_at: when it claims to have been made, as ISO 8601; None when it does not say.
    """

    name: str
    fingerprint: str
    self_issued: bool
    level: str | None
    asked: str | None
    field: str
    signed_at: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One file in an output folder.

    Attributes:
        id: the letter, as recipient and language.
        mode: signed, unsigned or draft.
        content: SHA-256 over all that decides over the letter: its page as HTML, its data, libraries, signer.
        basis: what it was made from or, if the letter is still the same, what it was last found to follow from.
        size: in bytes.
        signatures: in the order in which they were made; the first is the sender's own.
    """

    id: str
    recipient: str
    language: str
    layout: str
    mode: str
    file: str
    pages: int
    size: int
    sha256: str
    content: str
    basis: Basis
    signatures: tuple[SignedBy, ...] = ()

    @property
    def signer(self) -> SignedBy | None:
        """Whose signature the letter was given when it was made."""
        return self.signatures[0] if self.signatures else None


@dataclass(frozen=True, slots=True)
class Manifest:
    """What stands in an output folder.

    Attributes:
        letterhead: the letterhead's id.
        layout: the campaign's.
        level: the level of signatures that the campaign asks for.
        languages: those that letters of the campaign can have.
        letters: the ids of all letters of the campaign, made or not, when it was last composed.
        warnings: what the check said of them then, without the lines it spoke of: those are people's own; None when
            the last run was asked for another language or layout than the campaign's own.
        basis: what the campaign was then.
        entries: by file name; also of letters that the campaign no longer has.
    """

    summit: str
    letterhead: str
    layout: str
    level: str
    languages: tuple[str, ...]
    letters: tuple[str, ...]
    warnings: tuple[Problem, ...] | None
    basis: Basis
    entries: dict[str, Entry] = field(default_factory=dict)


def read_manifest(folder: Path) -> Manifest | None:
    """Return the manifest of an output folder, or None when it has none.

    Raises:
        FileError: there is one that cannot be understood.
    """
    path = folder / MANIFEST
    try:
        data = json.loads(path.read_bytes())
        if data["schema_version"] != SCHEMA_VERSION:
            raise FileError(
                f"{path} was written by another version of lettergen.",
                help="Compose into another folder with --out.",
            )
        bases = {digest: _basis(row) for digest, row in _a(dict, data["bases"]).items()}
        entries = [_entry(row, bases[row["basis"]]) for row in _a(list, data["files"])]
        return Manifest(
            summit=_a(str, data["summit"]),
            letterhead=_a(str, data["letterhead"]),
            layout=_a(str, data["layout"]),
            level=_a(str, data["level"]),
            languages=tuple(_a(str, language) for language in _a(list, data["languages"])),
            letters=tuple(_a(str, letter) for letter in _a(list, data["letters"])),
            warnings=None if data["warnings"] is None else tuple(map(_warning, _a(list, data["warnings"]))),
            basis=bases[data["basis"]],
            entries={entry.file: entry for entry in entries},
        )
    except FileNotFoundError:
        return None
    except OSError as error:
        raise FileError(f"{path} cannot be read: {error.strerror or error}.") from error
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise FileError(
            f"{path} cannot be understood.",
            help="It was altered. Put the original back, or move the folder away and compose again.",
        ) from error


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest of an output folder, and end its journal.

    Raises:
        FileError: one of them cannot be written.
    """
    entries = [entry for _, entry in sorted(manifest.entries.items())]
    bases = [manifest.basis, *(entry.basis for entry in entries)]
    data = {
        "schema_version": SCHEMA_VERSION,
        "summit": manifest.summit,
        "letterhead": manifest.letterhead,
        "layout": manifest.layout,
        "level": manifest.level,
        "languages": manifest.languages,
        "letters": manifest.letters,
        "warnings": None if manifest.warnings is None else [_warning_row(one) for one in manifest.warnings],
        "basis": manifest.basis.digest,
        "bases": {basis.digest: _values(basis) for basis in bases},
        "files": [_row(entry) | {"basis": entry.basis.digest} for entry in entries],
    }
    write_atomically(folder / MANIFEST, (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode())
    for journal in _journals(folder):
        try:
            journal.unlink(missing_ok=True)
        except OSError as error:
            raise cannot_be_written(journal, error) from error


def note_in_journal(folder: Path, entry: Entry) -> None:
    """Note a letter that is about to take its name. Each worker process has a journal of its own.

    Raises:
        FileError: the journal cannot be written.
    """
    row = _row(entry) | {"basis": _values(entry.basis)}
    journal = JOURNAL if parent_process() is None else _JOURNAL_OF_A_WORKER.format(getpid())
    append_durably(folder / journal, json.dumps(row, ensure_ascii=False).encode())


def read_journal(folder: Path) -> list[Entry]:
    """Return the letters that a run noted which did not end, and which did take their names.

    A torn line is passed over, and so is a letter whose file has other bytes than were noted: it did not take its
    name, or was changed since.

    Raises:
        FileError: the journal or a letter cannot be read.
    """
    lines: list[bytes] = []
    for path in _journals(folder):
        try:
            lines += path.read_bytes().splitlines()
        except OSError as error:
            raise FileError(f"{path} cannot be read: {error.strerror or error}.") from error
    noted = [entry for entry in map(_noted, lines) if entry is not None]
    return [entry for entry in noted if sha256_of_file(folder / entry.file) == entry.sha256]


def _journals(folder: Path) -> list[Path]:
    """Return the journals of a run and its workers that did not end."""
    return sorted(folder.glob(_ANY_JOURNAL))


def is_output_folder(folder: Path) -> bool:
    """Whether lettergen works in a folder: another program's manifest.json is not for us to read."""
    return (folder / LOCK).exists()


def read_entries(folder: Path) -> dict[str, Entry]:
    """Return what is known of the files of an output folder, also from a run that was killed.

    Raises:
        FileError: the manifest, the journal or a letter cannot be read or understood.
    """
    manifest = read_manifest(folder)
    known = dict(manifest.entries) if manifest else {}
    return known | {entry.file: entry for entry in read_journal(folder)}


def _noted(line: bytes) -> Entry | None:
    try:
        row = json.loads(line)
        return _entry(row, _basis(row["basis"]))
    except (ValueError, LookupError, TypeError, RecursionError):
        return None


def _row(entry: Entry) -> dict[str, Any]:
    return _values(entry) | {"signatures": [_values(one) for one in entry.signatures]}


def _values(record: Basis | Entry | SignedBy) -> dict[str, Any]:
    return {one.name: getattr(record, one.name) for one in fields(record)}


def _entry(row: dict[str, Any], basis: Basis) -> Entry:
    texts = ("id", "recipient", "language", "layout", "mode", "file", "sha256", "content")
    return Entry(
        **{name: _a(str, row[name]) for name in texts},
        pages=_a(int, row["pages"]),
        size=_a(int, row["size"]),
        basis=basis,
        signatures=tuple(map(_signed_by, _a(list, row["signatures"]))),
    )


def _warning_row(problem: Problem) -> dict[str, Any]:
    place = problem.where
    return {
        "code": problem.code,
        "message": problem.message,
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "help": problem.help,
    }


def _warning(row: dict[str, Any]) -> Problem:
    line, column, way_out = row["line"], row["column"], row["help"]
    place = Place(_a(str, row["file"]), line and _a(int, line), column and _a(int, column))
    return Problem(_a(str, row["code"]), _a(str, row["message"]), place, way_out and _a(str, way_out), "warning")


def _signed_by(row: dict[str, Any]) -> SignedBy:
    level, asked, signed_at = (
        None if row[name] is None else _a(str, row[name]) for name in ("level", "asked", "signed_at")
    )
    return SignedBy(
        name=_a(str, row["name"]),
        fingerprint=_a(str, row["fingerprint"]),
        self_issued=_a(bool, row["self_issued"]),
        level=level,
        asked=asked,
        field=_a(str, row["field"]),
        signed_at=signed_at,
    )


def _basis(row: dict[str, Any]) -> Basis:
    return Basis(_texts(row["inputs"]), _texts(row["libraries"]), _a(str, row["package"]))


def _texts(row: object) -> dict[str, str]:
    return {name: _a(str, text) for name, text in _a(dict, row).items()}


def _a(kind: type[Value], value: object) -> Value:
    """Return a value that is of a kind, as JSON has them."""
    if not isinstance(value, kind):
        raise TypeError(f"{value!r} is no {kind.__name__}")
    return value
