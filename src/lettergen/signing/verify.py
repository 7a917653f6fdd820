"""Verifying: who signed a PDF, whether a byte changed since, and whether the signer is known. Never by network."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from lettergen.problems import FileError
from lettergen.signing.certificate import facts, has_broken_link, printable
from lettergen.signing.container import agrees_with_itself, leaves_out_only_itself, reaches_end
from lettergen.signing.report import Report, SignatureReport
from lettergen.signing.sentences import REMAINS, about_changes, about_file, about_signature, about_trust

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import EmbeddedPdfSignature, PdfSignatureStatus

    from lettergen.signing.identity import CertificateFacts, Identity
    from lettergen.signing.report import Fault, LaterChanges

Found = TypeVar("Found")

# Any of these in the bytes of a file that no longer parses says that it was signed once. One changed byte cannot
# take away all of them.
REMAINS_OF_A_SIGNATURE = (b"/ByteRange", b"/ETSI.CAdES.detached", b"/adbe.pkcs7.detached")

HEADER_WITHIN = 1024  # bytes; where readers look for the header (ISO 32000-1, implementation note 13)


@dataclass(frozen=True, slots=True)
class _Fields:
    """The signature fields of a PDF: signed ones in the order of signing, and the names of the others."""

    signed: tuple[SignatureReport, ...]
    unsigned: tuple[str, ...]
    time_stamps: tuple[str, ...]


def verify(pdf: bytes, *, known: Sequence[Identity]) -> Report:
    """Return what can be said of the signatures of a PDF.

    Every byte of the file counts: also one that a signature cannot cover, because it belongs to the signature. The
    exception are certificates of authorities that a signer added to help others, as far as nothing in the file can
    tell what they were; they change neither the document nor who signed it. Not to be called where an asyncio loop
    runs, for pyHanko starts one.

    Args:
        pdf: the whole file.
        known: the identities of this user.

    Raises:
        FileError: this is no PDF, or it cannot be read and shows no trace of a signature. A damaged file that was
            signed is not unreadable: it is not as it was signed, which is what its report says.
    """
    from lettergen.signing.pyhanko_seam import silence

    with silence():
        fields = _unless_damaged(partial(_fields, pdf, known))
    remains = any(mark in pdf for mark in REMAINS_OF_A_SIGNATURE)
    if fields is None and not remains:
        is_pdf = b"%PDF-" in pdf[:HEADER_WITHIN]
        raise FileError(
            "This PDF is damaged or was cut short: it cannot be read." if is_pdf else "This is not a PDF."
        )
    if fields is None or (remains and not fields.signed and not fields.time_stamps):
        unsigned = fields.unsigned if fields is not None else ()
        return Report(ok=False, signatures=(_broken(None),), unsigned_fields=unsigned, sentences=(REMAINS,))
    ok = _is_as_signed(fields.signed)
    return Report(
        ok=ok,
        signatures=fields.signed,
        unsigned_fields=fields.unsigned,
        sentences=about_file(fields.signed, fields.unsigned, fields.time_stamps, ok=ok),
    )


def is_signed_whole(pdf: bytes, fingerprint: str) -> bool:
    """Whether the file is as it was signed, and a certificate with this fingerprint signed all of it.

    For a look at bytes that were just written: who reads the file later asks `verify`.
    """
    try:
        report = verify(pdf, known=())
    except FileError:
        return False
    return report.ok and any(
        signature.covers_whole_file and signature.certificate and signature.certificate.fingerprint == fingerprint
        for signature in report.signatures
    )


def _is_as_signed(signatures: Sequence[SignatureReport]) -> bool:
    return (
        all(signature.intact and signature.later_changes != "illegal" for signature in signatures)
        # Only a file's last signature can reach its end.
        and any(signature.covers_whole_file for signature in signatures)
    )


def _unless_damaged(reading: Callable[[], Found]) -> Found | None:
    """Return what was read, or None when the bytes are such that the libraries fail on them.

    A damaged file makes pyHanko, asn1crypto and cryptography raise whatever they run into, from AssertionError to
    zlib.error; no list of those would be complete. All of them mean the same here: the bytes are not what a signer
    wrote. This is the one place that says so.
    """
    try:
        return reading()
    except Exception:  # noqa: BLE001 - see above
        return None


def _fields(pdf: bytes, known: Sequence[Identity]) -> _Fields:
    from pyhanko.pdf_utils.reader import PdfFileReader

    from lettergen.signing.pyhanko_seam import signature_fields

    reader = PdfFileReader(io.BytesIO(pdf))
    signed: list[tuple[float, SignatureReport]] = []
    unsigned: list[str] = []
    time_stamps: list[str] = []
    # Not pyHanko's own list of signatures: it leaves out those of a kind that it does not know.
    for full_name, value, field in signature_fields(reader):
        name = printable(full_name)
        if value is None:
            unsigned.append(name)
        elif value.get_object().get("/Type") == "/DocTimeStamp":
            time_stamps.append(name)
        else:
            examined = _unless_damaged(partial(_examined, pdf, reader, name, field, known))
            signed.append(examined or (float("inf"), _broken(name)))
    signed.sort(key=lambda entry: entry[0])
    return _Fields(tuple(report for _, report in signed), tuple(unsigned), tuple(time_stamps))


def _examined(
    pdf: bytes, reader: PdfFileReader, name: str, field: Any, known: Sequence[Identity]
) -> tuple[float, SignatureReport]:
    """Return the number of the revision that was signed, and what can be said of the signature."""
    from cryptography.x509 import load_der_x509_certificate
    from pyhanko.sign.validation import EmbeddedPdfSignature, validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    signature = EmbeddedPdfSignature(reader, field, name)
    # Nothing is fetched, and no root is trusted: whom to trust is decided below, by this user's own identities.
    status = validate_pdf_signature(signature, ValidationContext(trust_roots=[], allow_fetching=False))
    certificate = facts(load_der_x509_certificate(signature.signer_cert.dump()))
    fault = _fault(pdf, signature, status)
    whole = fault is None and reaches_end(pdf, signature.byte_range)
    later = _later_changes(status, covers_whole_file=whole)
    identity = _holder(certificate, known) if fault is None else None
    sentences = about_signature(certificate, status.signer_reported_dt, fault)
    if fault is None:
        sentences += (about_changes(later, covers_whole_file=whole), *about_trust(certificate, identity, known))
    return signature.signed_revision, SignatureReport(
        field=name,
        certificate=certificate,
        signed_at=status.signer_reported_dt,
        intact=fault is None,
        fault=fault,
        covers_whole_file=whole,
        later_changes=later,
        trust="untrusted" if identity is None else "known",
        identity=None if identity is None else identity.name,
        sentences=sentences,
    )


def _fault(pdf: bytes, signature: EmbeddedPdfSignature, status: PdfSignatureStatus) -> Fault | None:
    from cryptography.x509 import load_der_x509_certificate

    if not status.intact:
        return "changed"
    if not status.valid:
        return "value"
    if not leaves_out_only_itself(pdf, signature.byte_range, signature.pkcs7_content):
        return "place"
    agrees = agrees_with_itself(
        signature.pkcs7_content, signature.signed_data, signature.signer_info, signature.signer_cert
    )
    certificates = [signature.signer_cert, *signature.other_embedded_certs]
    if not agrees or has_broken_link([load_der_x509_certificate(one.dump()) for one in certificates]):
        return "container"
    return None


def _later_changes(status: PdfSignatureStatus, *, covers_whole_file: bool) -> LaterChanges:
    from pyhanko.sign.diff_analysis import ModificationLevel

    if covers_whole_file:
        return "none"
    # Bytes behind the signed ones that make no revision are nothing that a signature allows.
    allowed = status.docmdp_ok and status.modification_level not in (
        ModificationLevel.NONE,
        ModificationLevel.OTHER,
    )
    return "allowed" if allowed else "illegal"


def _holder(certificate: CertificateFacts, known: Sequence[Identity]) -> Identity | None:
    return next((one for one in known if one.certificate.fingerprint == certificate.fingerprint), None)


def _broken(field: str | None) -> SignatureReport:
    """Return the report on a signature of which nothing can be read."""
    return SignatureReport(
        field=field,
        certificate=None,
        signed_at=None,
        intact=False,
        fault="unreadable",
        covers_whole_file=False,
        later_changes="illegal",
        trust="untrusted",
        identity=None,
        sentences=about_signature(None, None, "unreadable"),
    )
