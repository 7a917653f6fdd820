"""A PDF put together from finished objects, as the engine's own writer does it.

pydyf writes what is no stream into one compressed object (ISO 32000-1, 7.5.7), and compresses it anew for each
file. Of the letters of a batch that object differs at its end alone, in the information about the file; so the work
up to there is done once. `SharedPages` holds what comes out against the engine's own bytes before it relies on it.
"""

from __future__ import annotations

import zlib
from collections import OrderedDict
from hashlib import md5
from math import ceil, log
from typing import TYPE_CHECKING, Any

import pydyf

if TYPE_CHECKING:
    from collections.abc import Mapping

_HEADER = b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n"
_LEVEL = 9  # pydyf's
_FIRST = (0, 0, 65535)  # what the table says of object 0, which is none
_KEPT = 64


class Assembly:
    """Writes files that have the same objects in the same places.

    Args:
        streams: numbers of the objects that are streams; all others from 1 to `info` are not.
        info: number of the information about the file, the last of its objects.
        root: number of the catalogue.
    """

    def __init__(self, streams: frozenset[int], info: int, root: int) -> None:
        self._streams, self._info, self._root = streams, info, root
        self._plain = [number for number in range(1, info) if number not in streams]
        self._begun: OrderedDict[object, tuple[int, bytes, Any]] = OrderedDict()

    def written(self, objects: Mapping[int, bytes], information: bytes, kind: object) -> bytes:
        """Return a file.

        Args:
            objects: the data of each object but the information, by number.
            information: the information's data.
            kind: equal for files that have the same data in all objects that are no streams.
        """
        container = self._info + 1
        first, begun, packing = self._packing(objects, kind)
        rest = packing.copy()
        packed = begun + rest.compress(information) + rest.flush()
        head = {"Type": "/ObjStm", "N": len(self._plain) + 1, "First": first}
        container_data = _stream(head, packed)

        pieces, position, offsets = [_HEADER], len(_HEADER), {}
        for number in sorted(self._streams):
            offsets[number] = position
            pieces.append(_indirect(number, objects[number]))
            position += len(pieces[-1])
        offsets[container] = position
        pieces.append(_indirect(container, container_data))
        position += len(pieces[-1])

        every = [*(objects[number] for number in range(1, self._info)), information, container_data]
        digest = pydyf.String(md5(b"".join(every), usedforsecurity=False).hexdigest()).data
        trailer = {
            "Type": "/XRef",
            "Index": pydyf.Array((0, container + 2)),
            "W": pydyf.Array((1, _bytes_for(position), 2)),
            "Size": container + 2,
            "Root": b"%d 0 R" % self._root,
            "Info": b"%d 0 R" % self._info,
            "ID": pydyf.Array((digest, digest)),
        }
        table = _stream(trailer, zlib.compress(self._table(offsets, container, position), _LEVEL))
        pieces.append(_indirect(container + 1, table))
        pieces.append(b"startxref\n%d\n%%%%EOF\n" % position)
        return b"".join(pieces)

    def _packing(self, objects: Mapping[int, bytes], kind: object) -> tuple[int, bytes, Any]:
        """Return where the first object begins in the container, and its compression as far as the last."""
        if kind not in self._begun:
            places, position = [], 0
            for number in self._plain:
                places.append(f"{number} {position}")
                position += len(objects[number]) + 1
            index = " ".join((*places, f"{self._info} {position}")).encode()
            packing = zlib.compressobj(level=_LEVEL)
            begun = packing.compress(b"\n".join((index, *(objects[number] for number in self._plain), b"")))
            self._begun[kind] = (len(index) + 1, begun, packing)
            if len(self._begun) > _KEPT:
                self._begun.popitem(last=False)
        self._begun.move_to_end(kind)
        return self._begun[kind]

    def _table(self, offsets: Mapping[int, int], container: int, end: int) -> bytes:
        rows, index = [_FIRST], 0
        for number in range(1, container):
            if number in offsets:
                rows.append((1, offsets[number], 0))
            else:
                rows.append((2, container, index))
                index += 1
        rows += [(1, offsets[container], 0), (1, end, 0)]
        lengths = (1, _bytes_for(end), 2)
        return b"".join(
            value.to_bytes(length, "big") for row in rows for length, value in zip(lengths, row, strict=True)
        )


def _stream(head: dict[str, Any], packed: bytes) -> bytes:
    head = {**head, "Filter": "/FlateDecode", "Length": len(packed)}
    return b"\n".join((pydyf.Dictionary(head).data, b"stream", packed, b"endstream"))


def _indirect(number: int, data: bytes) -> bytes:
    return b"%d 0 obj\n%b\nendobj\n" % (number, data)


def _bytes_for(position: int) -> int:
    return ceil(log(position + 1, 256))
