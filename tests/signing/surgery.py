"""Taking signed PDFs apart and spoiling them, with nothing but the standard library where that does."""

from __future__ import annotations

import io
import re
import struct
import zlib
from typing import NamedTuple

import pikepdf
from pyhanko.pdf_utils.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    StreamObject,
    pdf_string,
)
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader


class Parts(NamedTuple):
    """A signed PDF: what lies before its last signature's place, the signature, and what lies behind.

    Attributes:
        before: bytes before the gap.
        gap: the signature in hexadecimal digits, with its angle brackets.
        behind: bytes behind the gap.
    """

    before: bytes
    gap: bytes
    behind: bytes

    @property
    def content(self) -> bytes:
        """What was signed."""
        return self.before + self.behind

    @property
    def padded(self) -> bytes:
        """The CMS container with its padding."""
        return bytes.fromhex(self.gap[1:-1].decode())

    @property
    def container(self) -> bytes:
        """The CMS container, DER."""
        padded = self.padded
        assert padded[1] == 0x82
        return padded[: 4 + int.from_bytes(padded[2:4], "big")]

    def joined(self, *, container: bytes | None = None) -> bytes:
        """Return the file again, with another container of the same or a smaller size."""
        if container is None:
            return self.before + self.gap + self.behind
        padded = container + bytes(len(self.padded) - len(container))
        return self.before + b"<" + padded.hex().encode() + b">" + self.behind


def parts(pdf: bytes) -> Parts:
    """Take a signed PDF apart at its last signature."""
    numbers = re.findall(rb"/ByteRange \[(\d+) (\d+) (\d+) (\d+)\]", pdf)[-1]
    start, before, behind, length = (int(number) for number in numbers)
    assert start == 0
    return Parts(pdf[:before], pdf[before:behind], pdf[behind : behind + length])


def flipped(data: bytes, at: int, mask: int = 0x01) -> bytes:
    """Return bytes of which one is changed."""
    spoilt = bytearray(data)
    spoilt[at] ^= mask
    return bytes(spoilt)


def page_stream(pdf: bytes) -> int:
    """Return the offset of a byte inside the first page's compressed content."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return pdf.index(document.pages[0].Contents.read_raw_bytes()) + 20


def signature_value(pdf: bytes) -> int:
    """Return the offset of a digit 0-9 inside the signature's value, which ends its container."""
    signed = parts(pdf)
    end = len(signed.before) + 1 + 2 * len(signed.container)
    return next(at for at in range(end - 8, 0, -1) if pdf[at : at + 1].isdigit())


def with_changed_page(pdf: bytes) -> bytes:
    """Append an update that draws over the page, as an honest PDF editor would."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    page[NameObject("/Contents")] = writer.add_object(StreamObject(stream_data=b"1 0 0 rg 0 0 500 500 re f"))
    writer.update_container(page)
    return written(writer)


def with_annotation(pdf: bytes) -> bytes:
    """Append an update that puts a note on the page."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    note = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/FreeText"),
            NameObject("/Rect"): ArrayObject(map(NumberObject, (100, 100, 300, 200))),
            NameObject("/Contents"): pdf_string("We withdraw all of this."),
            NameObject("/DA"): pdf_string("/Helv 12 Tf"),
        }
    )
    page["/Annots"].append(writer.add_object(note))
    writer.update_container(page["/Annots"])
    writer.update_container(page)
    return written(writer)


def with_new_title(pdf: bytes) -> bytes:
    """Append an update that changes nothing but the document's title: no page looks different."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    info = writer.trailer["/Info"].get_object()
    info[NameObject("/Title")] = pdf_string("Another letter")
    writer.update_container(info)
    return written(writer)


def written(writer: IncrementalPdfFileWriter) -> bytes:
    """Return what a writer holds."""
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def resaved(pdf: bytes) -> bytes:
    """Save the file anew, as any PDF tool does."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(out)
    return out.getvalue()


def with_a_page_in_the_gap(pdf: bytes, size: int = 40_000) -> bytes:
    """Return the file with another page in the bytes that the signature leaves out.

    The signed bytes stay as they are, so the digest is right; the gap between them becomes larger and holds a
    cross-reference stream at the offset where the file's end says that it is, new page content, and the signature
    once more, in an object stream, with a /ByteRange that fits, padded until its length explains the gap.
    """
    signed = parts(pdf)
    gap_at = len(signed.before)
    table_at = int(re.findall(rb"startxref\s+(\d+)", signed.behind)[-1])
    earlier_table = int(re.findall(rb"startxref\s+(\d+)", signed.before)[-1])
    reader = PdfFileReader(io.BytesIO(pdf))
    root, info = (reader.trailer.raw_get(key).idnum for key in ("/Root", "/Info"))
    page_content = reader.root["/Pages"]["/Kids"][0].raw_get("/Contents").idnum
    signature = reader.embedded_signatures[0].sig_field.raw_get("/V").idnum
    moved = {ref.idnum: reader.xrefs[ref] for ref in reader.xrefs.explicit_refs_in_revision(1)}
    holder, table = 900, 901

    value = signed.container.hex() + "00" * ((size - 2) // 2 - len(signed.container))
    byte_range = f"[0 {gap_at} {gap_at + size} {len(signed.behind)}]"
    kind = "/Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached"
    dictionary = f"<<{kind}/ByteRange {byte_range}/Contents <{value}>>>"
    gap = bytearray(b"<")
    places: dict[int, tuple[int, int, int]] = {}

    def put(number: int, entries: str, data: bytes) -> None:
        packed = zlib.compress(data, 9)
        places[number] = (1, gap_at + len(gap), 0)
        gap.extend(f"{number} 0 obj\n<<{entries}/Filter/FlateDecode/Length {len(packed)}>>stream\n".encode())
        gap.extend(packed + b"\nendstream\nendobj\n")

    put(page_content, "", b"1 0 0 rg 0 0 500 500 re f")
    index = f"{signature} 0 "
    put(holder, f"/Type/ObjStm/N 1/First {len(index)}", (index + dictionary).encode())
    assert gap_at + len(gap) < table_at
    gap.extend(b" " * (table_at - gap_at - len(gap)))
    places |= {
        number: (1, at if at < gap_at else at + size - len(signed.gap), 0)
        for number, at in moved.items()
        if isinstance(at, int) and number != signature
    }
    places |= {signature: (2, holder, 0), table: (1, table_at, 0)}
    numbers = sorted(places)
    sections = " ".join(f"{number} 1" for number in numbers)
    put(
        table,
        f"/Type/XRef/Size 902/W[1 4 2]/Index[{sections}]/Root {root} 0 R/Info {info} 0 R/Prev {earlier_table}",
        b"".join(struct.pack(">BIH", *places[number]) for number in numbers),
    )
    gap.extend(b" " * (size - len(gap)))
    return signed.before + bytes(gap) + signed.behind
