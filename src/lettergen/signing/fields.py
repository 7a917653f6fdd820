"""The signature fields of a PDF, and what in the file decides over its next signature."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lettergen.problems import FileError, LettergenError, RefusedError, did_you_mean
from lettergen.signing.certificate import facts, printable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from pyhanko.pdf_utils.reader import PdfFileReader

LETTER_DATA = "letter.json"  # what lettergen attaches to its letters
HEADER_WITHIN = 1024  # bytes; where readers look for the header (ISO 32000-1, implementation note 13)
NO_CHANGES = 1  # ISO 32000-2, table 257: the /P of a certification that allows nothing more


@dataclass(frozen=True, slots=True)
class Made:
    """A signature that a PDF has, as it says itself; whether it holds is for `verify` to say.

    Attributes:
        field: the name of its field.
        signer: the name in its certificate.
        fingerprint: SHA-256 over the certificate, 64 lower-case hexadecimal digits.
        self_issued: the certificate is signed with its own key.
        signed_at: when it claims to have been made.
    """

    field: str
    signer: str
    fingerprint: str
    self_issued: bool
    signed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where the next signature goes: a field's name, and whether that field is yet to be made."""

    field: str
    new: bool


@dataclass(frozen=True, slots=True)
class SignatureFields:
    """What a PDF that can be signed has for signatures.

    Attributes:
        empty: names of the signature fields that wait for a signature.
        signed: names of those that have one, time-stamps included.
        taken: names of all form fields.
        title: the document's title, or None.
        letter: the data that lettergen attaches to a letter, or None.
    """

    empty: tuple[str, ...]
    signed: tuple[str, ...]
    taken: frozenset[str]
    title: str | None
    letter: bytes | None

    def place(self, wanted: str | None) -> Place:
        """Return where the next signature goes.

        Args:
            wanted: a signatory's id or a field's name; None for the only empty field or, where a file has none, a
                new one that nothing shows.

        Raises:
            RefusedError: there is no such field, it is signed already, or several are empty and none was named.
        """
        if wanted is not None:
            return Place(self._named(wanted), new=False)
        if len(self.empty) > 1:
            raise RefusedError(
                f"Several signature fields are empty: {_ids(self.empty)}.", help="Say which one with --as ID."
            )
        if self.empty:
            return Place(self.empty[0], new=False)
        numbers = range(1, len(self.taken) + 2)
        return Place(next(name for name in map("Signature{}".format, numbers) if name not in self.taken), new=True)

    def _named(self, wanted: str) -> str:
        for name in (field_of(wanted), wanted):
            if name in self.signed:
                raise RefusedError(f"“{wanted}” has signed already: the field “{name}” holds a signature.")
            if name in self.empty:
                return name
        have = f"Empty ones: {_ids(self.empty)}." if self.empty else "Leave out --as: a field is made then."
        near = did_you_mean(wanted, map(signatory_of, self.empty))
        raise RefusedError(
            f"The PDF has no signature field for “{wanted}”.", help=" ".join(filter(None, (near, have)))
        )


def field_of(signatory: str) -> str:
    """Return the name of a signatory's field in a letter."""
    return f"signature-{signatory}"


def signatory_of(field: str) -> str:
    """Return the signatory whose field it is; in anybody's PDF the field's own name."""
    return printable(field.removeprefix(field_of("")))


def read_fields(pdf: bytes) -> SignatureFields:
    """Look at a PDF before it is signed.

    Args:
        pdf: the whole file.

    Raises:
        FileError: this is no PDF.
        RefusedError: it cannot be signed, or a signature would harm it: it is damaged, encrypted, an XFA form, or
            certified against every change.
    """
    if b"%PDF-" not in pdf[:HEADER_WITHIN]:
        raise FileError("This is not a PDF.")
    try:
        return _look(pdf)
    except LettergenError:
        raise
    except Exception as error:  # the libraries fail on a damaged file with whatever they run into
        raise RefusedError(
            "The PDF is damaged, so a signature would not hold in every reader.",
            help="Ask its maker for it again, or save it anew from the program that made it.",
        ) from error


def signatures_in(pdf: bytes) -> tuple[Made, ...]:
    """Return the signatures of a PDF in the order in which they were made, time-stamps left out.

    Args:
        pdf: a file whose signatures were verified: one that cannot be read is not expected here.
    """
    from cryptography.x509 import load_der_x509_certificate
    from pyhanko.pdf_utils.reader import PdfFileReader

    from lettergen.signing.pyhanko_seam import silence

    with silence():
        found = sorted(
            PdfFileReader(io.BytesIO(pdf)).embedded_regular_signatures, key=lambda one: one.signed_revision
        )
        certificates = [facts(load_der_x509_certificate(one.signer_cert.dump())) for one in found]
        return tuple(
            Made(
                field=printable(one.field_name),
                signer=certificate.signer,
                fingerprint=certificate.fingerprint,
                self_issued=certificate.self_issued,
                signed_at=one.self_reported_timestamp,
            )
            for one, certificate in zip(found, certificates, strict=True)
        )


def _look(pdf: bytes) -> SignatureFields:
    from pyhanko.pdf_utils.reader import PdfFileReader

    from lettergen.signing.pyhanko_seam import signature_fields, silence

    with silence():
        reader = PdfFileReader(io.BytesIO(pdf))
        _refuse_unsignable(reader)
        _refuse_lost_objects(pdf, reader)
        fields = {name: value for name, value, _ in signature_fields(reader)}
        form = _of(reader.root, "/AcroForm", {})
        return SignatureFields(
            empty=tuple(name for name, value in fields.items() if value is None),
            signed=tuple(name for name, value in fields.items() if value is not None),
            taken=frozenset({*fields, *(str(_of(field, "/T")) for field in _each(form, "/Fields"))}),
            title=_text(_of(reader.trailer["/Info"], "/Title")) if "/Info" in reader.trailer else None,
            letter=next(_letter_data(reader), None),
        )


def _refuse_unsignable(reader: PdfFileReader) -> None:
    if reader.encrypted:
        raise RefusedError(
            "The PDF is encrypted: a signature in it would not last beyond its password.",
            help="Save it without a password, and sign that.",
        )
    if "/XFA" in _of(reader.root, "/AcroForm", {}):
        raise RefusedError(
            "The PDF is an XFA form, whose pages a signature does not cover.",
            help="Print it to a PDF, and sign that.",
        )
    if reader.xrefs.hybrid_xrefs_present:
        raise RefusedError(
            "The PDF has two tables of its contents, and programs could read different pages from it.",
            help="Save it anew from the program that made it, and sign that.",
        )
    if _certified(reader) == NO_CHANGES:
        raise RefusedError("The PDF is certified, and its certification allows no further signature.")


def _refuse_lost_objects(pdf: bytes, reader: PdfFileReader) -> None:
    """Refuse a file whose table of contents is wrong: readers repair it, and each repairs it in its own way.

    Raises:
        ValueError: an object is not where the table says, or a page is not among the pages.
    """
    for revision in range(reader.xrefs.total_revisions):
        for reference in reader.xrefs.explicit_refs_in_revision(revision):
            place = reader.xrefs[reference]
            head = rb"\s*%d\s+%d\s+obj" % (reference.idnum, reference.generation)
            if isinstance(place, int) and re.compile(head).match(pdf, place) is None:
                raise ValueError(f"object {reference.idnum} is not at {place}")
    for number in range(int(reader.root["/Pages"]["/Count"])):
        reader.find_page_for_modification(number)


def _certified(reader: PdfFileReader) -> int | None:
    """Return what a certification allows: its /P, which is 2 where it is left out; None without one."""
    certification = _of(_of(reader.root, "/Perms", {}), "/DocMDP")
    if certification is None:
        return None
    for reference in _each(certification, "/Reference"):
        if _of(reference, "/TransformMethod") == "/DocMDP":
            return int(_of(_of(reference, "/TransformParams", {}), "/P", 2))
    return 2


def _letter_data(reader: PdfFileReader) -> Iterator[bytes]:
    for file in _each(reader.root, "/AF"):
        if _of(file, "/Type") == "/Filespec" and LETTER_DATA in {_text(_of(file, key)) for key in ("/UF", "/F")}:
            yield file["/EF"]["/F"].data


def _of(holder: Any, key: str, default: Any = None) -> Any:
    """Return what stands under a key; pyHanko's own `get` returns references as they are."""
    try:
        return holder[key]
    except KeyError:
        return default


def _each(holder: Any, key: str) -> list[Any]:
    """Return what an array refers to; nothing when it is not there."""
    return [one.get_object() for one in _of(holder, key, ())]


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _ids(fields: tuple[str, ...]) -> str:
    return ", ".join(map(signatory_of, fields))
