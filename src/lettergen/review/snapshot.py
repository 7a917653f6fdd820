"""What somebody has read: a letter's whole text and sheet, under one hash, kept beside the campaign."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from lettergen.files import sha256, write_atomically
from lettergen.problems import FileError
from lettergen.render.reading import Block, reading

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from lettergen.model import Letter
    from lettergen.workspace.head import Head

SNAPSHOTS = "snapshots"
_SCHEMA = 1
_AT_ONCE = 16  # files that wait for the disk together; it takes about as long for many as for one
_KEPT_LINES = 1 << 13  # the letters of one campaign share nearly all of theirs


@dataclass(frozen=True)
class Snapshot:
    """A letter as it was read.

    Attributes:
        letter: the letter's id.
        blocks: all that its recipient reads.
        sheet: what decides over the outcome and is no text: the layout, the hashes of the logo, of the letterhead's
            own style and template, of the signature images, and of the data that is attached to the PDF.
    """

    letter: str
    blocks: tuple[Block, ...]
    sheet: dict[str, str]

    @cached_property
    def hash(self) -> str:
        """SHA-256 over everything above: one character more or less in the outcome makes another one."""
        return sha256(self.to_bytes())

    def to_bytes(self) -> bytes:
        """Return the snapshot as the file that is kept: JSON, with a block a line, as git compares lines."""
        head = _json({"schema": _SCHEMA, "letter": self.letter, "sheet": self.sheet}).removesuffix("}")
        blocks = ",\n".join(_line(block) for block in self.blocks)
        return f'{head}, "blocks": [\n{blocks}\n]}}\n'.encode()


@lru_cache(maxsize=_KEPT_LINES)
def _line(block: Block) -> str:
    return _json({"kind": block.kind, "id": block.id, "label": block.label, "text": block.text})


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def take(letter: Letter, head: Head) -> Snapshot:
    """Return a letter, under its letterhead, as it reads now."""
    return Snapshot(letter.id, reading(letter, head.letterhead), _sheet(letter, head))


def keep(folder: Path, snapshots: Iterable[Snapshot]) -> None:
    """Write snapshots into a summit's folder, but for those that are there as they were kept.

    All of them are on the disk when this returns, so that a decision can rest on them.

    Raises:
        FileError: one cannot be read or written.
    """

    def keep_one(snapshot: Snapshot) -> None:
        if kept(folder, snapshot.hash) is None:
            write_atomically(_file(folder, snapshot.hash), snapshot.to_bytes())

    with ThreadPoolExecutor(_AT_ONCE) as threads:
        for _ in threads.map(keep_one, snapshots):
            pass


def kept(folder: Path, text: str) -> Snapshot | None:
    """Return the snapshot of a hash; None when it is not there, or is not what was kept.

    Raises:
        FileError: it cannot be read.
    """
    path = _file(folder, text)
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise FileError(f"{path} cannot be read: {error.strerror or error}.") from error
    return _snapshot(json.loads(data)) if sha256(data) == text else None


def _file(folder: Path, text: str) -> Path:
    return folder / SNAPSHOTS / f"{text}.json"


def _snapshot(value: dict[str, Any]) -> Snapshot:
    return Snapshot(value["letter"], tuple(Block(**block) for block in value["blocks"]), value["sheet"])


def _sheet(letter: Letter, head: Head) -> dict[str, str]:
    # A sheet without signature images is what it was before there were any: its approvals stay.
    images = {name: image.source for name, image in head.signatures.items()}
    signatures = {"signature image": sha256(_json(images).encode())} if images else {}
    return signatures | {
        "layout": letter.layout,
        "letterhead": sha256(head.letterhead.model_dump_json().encode()),
        "logo": sha256((head.logo or "").encode()),
        # An empty template prints no head at all; without one it is the layout's.
        "template": "" if head.template is None else sha256(head.template.encode()),
        "style": sha256(head.style.encode()),
        "data": sha256(letter.model_dump_json().encode()),
    }
