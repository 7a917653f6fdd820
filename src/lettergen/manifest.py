"""out/<summit>/manifest.json: what was made from what, by whom it was signed; and what a killed run left.

The manifest is written at the end of a run. Until then each finished letter stands in a journal beside it, one JSON
object a line, written before the letter takes its name; so that a run that was killed is finished by the next one.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from lettergen.files import write_atomically
from lettergen.problems import FileError

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA_VERSION = 1
MANIFEST = "manifest.json"
JOURNAL = ".journal.jsonl"


@dataclass(frozen=True, slots=True)
class SignedBy:
    """Who signed: the name in the certificate, its SHA-256, and whether nobody but the signer issued it."""

    name: str
    fingerprint: str
    self_issued: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """One file in an output folder.

    Attributes:
        id: the letter, as recipient and language.
        mode: signed, unsigned or draft.
        content: SHA-256 over all that decides over the letter: its page as HTML, its data, libraries, signer.
        basis: SHA-256 over the workspace's files and lettergen itself, when this was last found up to date.
        size: in bytes.
    """

    id: str
    recipient: str
    language: str
    mode: str
    file: str
    pages: int
    size: int
    sha256: str
    content: str
    basis: str
    signer: SignedBy | None


@dataclass(frozen=True, slots=True)
class Manifest:
    """What stands in an output folder.

    Attributes:
        letterhead: the letterhead's id.
        letters: the ids of all letters of the campaign, made or not.
        libraries: versions by name.
        package: SHA-256 over lettergen's own files.
        inputs: SHA-256 of the workspace's files, by path.
        entries: by file name.
    """

    summit: str
    letterhead: str
    letters: tuple[str, ...]
    libraries: dict[str, str]
    package: str
    inputs: dict[str, str]
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
        return Manifest(
            summit=data["summit"],
            letterhead=data["letterhead"],
            letters=tuple(data["letters"]),
            libraries=dict(data["libraries"]),
            package=data["package"],
            inputs=dict(data["inputs"]),
            entries={row["file"]: _entry(row) for row in data["files"]},
        )
    except FileNotFoundError:
        return None
    except OSError as error:
        raise FileError(f"{path} cannot be read: {error.strerror or error}.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise FileError(
            f"{path} cannot be understood.",
            help="It was altered. Put the original back, or move the folder away and compose again.",
        ) from error


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest of an output folder, and end its journal."""
    data = {
        "schema_version": SCHEMA_VERSION,
        "summit": manifest.summit,
        "letterhead": manifest.letterhead,
        "letters": manifest.letters,
        "libraries": manifest.libraries,
        "package": manifest.package,
        "inputs": manifest.inputs,
        "files": [asdict(entry) for _, entry in sorted(manifest.entries.items())],
    }
    write_atomically(folder / MANIFEST, (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode())
    (folder / JOURNAL).unlink(missing_ok=True)


def note_in_journal(folder: Path, entry: Entry) -> None:
    """Note a letter that is about to take its name.

    Raises:
        FileError: the journal cannot be written.
    """
    line = json.dumps(asdict(entry), ensure_ascii=False) + "\n"
    path = folder / JOURNAL
    try:
        # A line that a killed run left torn ends here, not in the middle of this one.
        torn = path.exists() and not path.read_bytes().endswith(b"\n") and path.stat().st_size > 0
        with path.open("ab") as file:
            file.write((b"\n" if torn else b"") + line.encode())
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise FileError(f"{path} cannot be written: {error.strerror or error}.") from error


def read_journal(folder: Path) -> list[Entry]:
    """Return what a run that did not end noted, in order; a torn line is passed over."""
    entries = []
    try:
        lines = (folder / JOURNAL).read_bytes().splitlines()
    except FileNotFoundError:
        return []
    except OSError as error:
        raise FileError(f"{folder / JOURNAL} cannot be read: {error.strerror or error}.") from error
    for line in lines:
        try:
            entries.append(_entry(json.loads(line)))
        except (ValueError, KeyError, TypeError):
            continue
    return entries


def _entry(row: dict[str, Any]) -> Entry:
    signer = SignedBy(**row["signer"]) if row["signer"] else None
    return Entry(**{**row, "signer": signer})
