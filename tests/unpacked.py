"""What a file holds for somebody who looks for it: a PDF's streams unpacked, its strings, and its text."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

import pikepdf

from judges import poppler

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def writings(text: str) -> Iterator[bytes]:
    """Yield a text as files can hold it: composed and decomposed, in each encoding, in hexadecimal, escaped."""
    for form in ("NFC", "NFD"):
        normal = unicodedata.normalize(form, text)
        for encoding in ("utf-8", "utf-16-be", "utf-16-le"):
            yield normal.encode(encoding)
            yield normal.encode(encoding).hex().encode()
        yield normal.encode("ascii", "backslashreplace")
        yield normal.encode("ascii", "xmlcharrefreplace")


def unpacked(name: str, data: bytes, path: Path) -> Iterator[tuple[str, bytes]]:
    """Yield a file; of a PDF also its streams, unpacked, its strings, and its text as a reader finds it."""
    yield name, data
    if path.suffix == ".pdf":
        yield f"{name}: text", poppler.text(path).encode()
        with pikepdf.open(path) as pdf:
            for number, thing in enumerate(pdf.objects):
                if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") != "/Image":
                    yield f"{name}: stream {number}", thing.read_bytes()
                yield f"{name}: strings {number}", b"\n".join(_strings(thing))


def _strings(thing: Any) -> Iterator[bytes]:
    if isinstance(thing, pikepdf.String):
        yield bytes(thing)
        yield str(thing).encode()
    elif isinstance(thing, pikepdf.Array):
        for part in thing:
            if not getattr(part, "is_indirect", False):
                yield from _strings(part)
    elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        for key, part in thing.items():
            yield key.encode()
            if not getattr(part, "is_indirect", False):
                yield from _strings(part)
