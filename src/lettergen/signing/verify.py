"""Verifying: who signed a PDF and when, whether a byte changed since, and whether to trust the signer."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from lettergen.problems import FileError
from lettergen.signing.certificate import facts, has_broken_link, printable
from lettergen.signing.container import agrees_with_itself, leaves_out_only_itself, reaches_end
from lettergen.signing.report import Fields, Report, SignatureReport, TimeStamp, broken_time_stamp
from lettergen.signing.sentences import (
    REMAINS,
    about_changes,
    about_file,
    about_level,
    about_signature,
    about_trust,
)

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from datetime import datetime

    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import EmbeddedPdfSignature, PdfSignatureStatus
    from pyhanko_certvalidator import ValidationContext

    from lettergen.signing.evidence import Evidence
    from lettergen.signing.identity import CertificateFacts, Identity
    from lettergen.signing.report import Fault, LaterChanges
    from lettergen.signing.trust import Judges

Found = TypeVar("Found")

# Any of these in the bytes of a file that no longer parses says that it was signed once. One changed byte cannot
# take away all of them.
REMAINS_OF_A_SIGNATURE = (b"/ByteRange", b"/ETSI.CAdES.detached", b"/adbe.pkcs7.detached")

HEADER_WITHIN = 1024  # bytes; where readers look for the header (ISO 32000-1, implementation note 13)


def verify(
    pdf: bytes,
    *,
    known: Sequence[Identity],
    trust: Sequence[bytes] = (),
    at_signing: bool = False,
    offline: bool = True,
) -> Report:
    """Return what can be said of the signatures of a PDF.

    Every byte of the file counts: also one that a signature cannot cover, because it belongs to the signature. The
    exception are certificates of authorities that a signer added to help others, and what a time-stamp server put
    beside its own signature, as far as nothing in the file can tell what they were; they change neither the
    document nor who signed it.

    Args:
        pdf: the whole file.
        known: the identities of this user.
        trust: authorities, as PEM.
        at_signing: whether a signer is judged by the moment of signing, where a trusted time-stamp shows it.
        offline: whether nobody is asked about revocation. Only the servers of authorities in `trust` ever are.

    Raises:
        FileError: this is no PDF, or it cannot be read and shows no trace of a signature. A damaged file that was
            signed is not unreadable: it is not as it was signed, which is what its report says.
    """
    from lettergen.signing.authorities import Authorities
    from lettergen.signing.pyhanko_seam import settled, silence
    from lettergen.signing.trust import Judges

    judges = Judges(known, Authorities(trust, offline=offline), at_signing)
    with silence():
        fields = settled(_unless_damaged(partial(_fields, pdf, judges)))
    remains = any(mark in pdf for mark in REMAINS_OF_A_SIGNATURE)
    if fields is None and not remains:
        is_pdf = b"%PDF-" in pdf[:HEADER_WITHIN]
        raise FileError(
            "This PDF is damaged or was cut short: it cannot be read." if is_pdf else "This is not a PDF."
        )
    if fields is None or (remains and not fields.signed and not fields.time_stamps):
        unsigned = fields.unsigned if fields is not None else ()
        return Report(
            ok=False,
            validated=False,
            signatures=(_broken(None),),
            time_stamps=(),
            unsigned_fields=unsigned,
            sentences=(REMAINS,),
        )
    ok = _is_as_signed(fields)
    return Report(
        ok=ok,
        validated=ok and all(signature.validated for signature in fields.signed),
        signatures=fields.signed,
        time_stamps=fields.time_stamps,
        unsigned_fields=fields.unsigned,
        sentences=about_file(fields, ok=ok),
    )


def is_signed_whole(pdf: bytes, fingerprint: str) -> bool:
    """Whether the file is as it was signed, and a certificate with this fingerprint signed it last.

    For a look at bytes that were just written: who reads the file later asks `verify`.
    """
    try:
        report = verify(pdf, known=())
    except FileError:
        return False
    if not report.ok:
        return False
    certificate = report.signatures[-1].certificate
    return certificate is not None and certificate.fingerprint == fingerprint


def _is_as_signed(fields: Fields) -> bool:
    return (
        bool(fields.signed)
        and all(signature.intact and signature.later_changes != "illegal" for signature in fields.signed)
        and all(stamp.intact for stamp in fields.time_stamps)
        # Behind the last one may be nothing but what the signatures are validated by.
        and (fields.only_evidence_behind or fields.are_whole)
    )


async def _unless_damaged(reading: Callable[[], Awaitable[Found]]) -> Found | None:
    """Return what was read, or None when the bytes are such that the libraries fail on them.

    A damaged file makes pyHanko, asn1crypto and cryptography raise whatever they run into, from AssertionError to
    zlib.error; no list of those would be complete. All of them mean the same here: the bytes are not what a signer
    wrote. This is the one place that says so.
    """
    try:
        return await reading()
    except Exception:  # noqa: BLE001 - see above
        return None


async def _fields(pdf: bytes, judges: Judges) -> Fields:
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import EmbeddedPdfSignature

    from lettergen.signing.evidence import evidence_in
    from lettergen.signing.pyhanko_seam import signature_fields

    reader = PdfFileReader(io.BytesIO(pdf))
    unsigned: list[str] = []
    stamps: list[tuple[str, Any]] = []
    signatures: list[tuple[str, Any]] = []
    # Not pyHanko's own list of signatures: it leaves out those of a kind that it does not know.
    for full_name, value, field in signature_fields(reader):
        name = printable(full_name)
        if value is None:
            unsigned.append(name)
        elif value.get_object().get("/Type") == "/DocTimeStamp":
            stamps.append((name, field))
        else:
            signatures.append((name, field))
    file = _File(pdf, reader, evidence_in(reader), judges, await _time_stamps(pdf, reader, judges, stamps))
    signed: list[tuple[float, SignatureReport, bool]] = []
    for name, field in signatures:
        examine = partial(_examined, file, name, partial(EmbeddedPdfSignature, reader, field, name))
        signed.append(await _unless_damaged(examine) or (float("inf"), _broken(name), False))
    signed.sort(key=lambda entry: entry[0])
    return Fields(
        tuple(report for _, report, _ in signed),
        tuple(unsigned),
        tuple(stamp for _, stamp in file.stamps),
        only_evidence_behind=bool(signed) and signed[-1][2],
    )


@dataclass(frozen=True, slots=True)
class _File:
    """A file that is examined.

    Attributes:
        evidence: what it holds to judge certificates by.
        stamps: those over the whole file, with the number of the revision that each was made over, in order.
    """

    pdf: bytes
    reader: PdfFileReader
    evidence: Evidence
    judges: Judges
    stamps: tuple[tuple[int, TimeStamp], ...]

    def moment_after(self, revision: int) -> datetime | None:
        """Return the moment of the first trusted time-stamp over a revision; None without one."""
        return next((stamp.at for of, stamp in self.stamps if of > revision and stamp.trusted), None)


async def _time_stamps(
    pdf: bytes, reader: PdfFileReader, judges: Judges, fields: Sequence[tuple[str, Any]]
) -> tuple[tuple[int, TimeStamp], ...]:
    """Examine the time-stamps over the whole file: the last one by today, each other by the moment of the next."""
    from pyhanko.sign.validation import EmbeddedPdfSignature

    from lettergen.signing.evidence import evidence_in

    found: list[tuple[int, TimeStamp]] = []
    file = _File(pdf, reader, evidence_in(reader), judges, ())
    embedded = [EmbeddedPdfSignature(reader, field, name) for name, field in fields]
    for signature in sorted(embedded, key=lambda one: one.signed_revision, reverse=True):
        file = replace(file, stamps=tuple(reversed(found)))
        stamp = await _unless_damaged(partial(_time_stamp, file, signature))
        found.append((signature.signed_revision, stamp or broken_time_stamp(signature.field_name)))
    return tuple(reversed(found))


async def _time_stamp(file: _File, signature: EmbeddedPdfSignature) -> TimeStamp:
    from pyhanko.sign.validation import async_validate_pdf_timestamp

    from lettergen.signing.evidence import with_certificates
    from lettergen.signing.trust import TRUSTED

    status = await async_validate_pdf_timestamp(signature, _nobody())
    intact = status.intact and status.valid
    intact = intact and leaves_out_only_itself(file.pdf, signature.byte_range, signature.pkcs7_content)
    standing = await file.judges.authorities.standing(
        status.signing_cert,
        with_certificates(file.evidence, signature.signed_data),
        at=file.moment_after(signature.signed_revision),
        stamps=True,
    )
    return TimeStamp(
        field=signature.field_name,
        at=status.timestamp,
        by=_facts(status.signing_cert).signer,
        intact=intact,
        covers_whole_file=intact and reaches_end(file.pdf, signature.byte_range),
        trusted=intact and standing.state in TRUSTED,
    )


async def _examined(
    file: _File, name: str, opened: Callable[[], EmbeddedPdfSignature]
) -> tuple[float, SignatureReport, bool]:
    """Return the number of the revision that was signed, what can be said of the signature, and of what follows it.

    The last says whether nothing follows but data to validate it by.
    """
    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.validation import async_validate_pdf_signature

    from lettergen.signing.evidence import only_evidence_behind, with_certificates
    from lettergen.signing.reached import level_by
    from lettergen.signing.trust import Judgement, judge

    signature = opened()
    # Nothing is fetched, and no root is trusted: whom to trust is decided below.
    status = await async_validate_pdf_signature(signature, _nobody())
    certificate = _facts(signature.signer_cert)
    fault = _fault(file.pdf, signature, status)
    whole = fault is None and reaches_end(file.pdf, signature.byte_range)
    later = _later_changes(status, covers_whole_file=whole)
    sentences = about_signature(certificate, status.signer_reported_dt, fault)
    level, stamp, judged = None, None, Judgement()
    if fault is None:
        level = level_by(signature, file.evidence, [revision for revision, one in file.stamps if one.intact])
        evidence = with_certificates(file.evidence, signature.signed_data)
        stamp = await _inner_time_stamp(file, signature, status)
        moment = stamp.at if stamp and stamp.trusted else file.moment_after(signature.signed_revision)
        judged = await judge(file.judges, signature.signer_cert, certificate, evidence, moment)
        sentences += (
            about_changes(later, covers_whole_file=whole),
            *about_level(level, stamp),
            *about_trust(certificate, judged, file.judges.known),
        )
    report = SignatureReport(
        field=name,
        certificate=certificate,
        signed_at=status.signer_reported_dt,
        intact=fault is None,
        fault=fault,
        covers_whole_file=whole,
        later_changes=later,
        level=level,
        time_stamp=stamp,
        trust=judged.trust,
        revoked_now=judged.revoked_now,
        revoked_then=judged.revoked_then,
        validated=fault is None and judged.validated,
        identity=None if judged.identity is None else judged.identity.name,
        sentences=sentences,
    )
    behind = (
        later == "allowed"
        and status.modification_level == ModificationLevel.LTA_UPDATES
        and only_evidence_behind(file.reader, signature.signed_revision)
    )
    return signature.signed_revision, report, behind


async def _inner_time_stamp(
    file: _File, signature: EmbeddedPdfSignature, status: PdfSignatureStatus
) -> TimeStamp | None:
    """Return what can be said of the time-stamp inside an intact signature, or None."""
    from lettergen.signing.evidence import time_stamp_in, with_certificates
    from lettergen.signing.trust import TRUSTED

    found, token = status.timestamp_validity, time_stamp_in(signature.signer_info)
    if found is None or token is None:
        return None
    standing = await file.judges.authorities.standing(
        found.signing_cert,
        with_certificates(with_certificates(file.evidence, signature.signed_data), token),
        at=file.moment_after(signature.signed_revision),
        stamps=True,
    )
    by, trusted = _facts(found.signing_cert).signer, standing.state in TRUSTED
    return TimeStamp(None, found.timestamp, by, intact=True, covers_whole_file=False, trusted=trusted)


def _fault(pdf: bytes, signature: EmbeddedPdfSignature, status: PdfSignatureStatus) -> Fault | None:
    from cryptography.x509 import load_der_x509_certificate

    from lettergen.signing.evidence import time_stamp_in

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
    stamp = status.timestamp_validity
    if time_stamp_in(signature.signer_info) is not None and not (stamp and stamp.intact and stamp.valid):
        return "time-stamp"
    return None


def _nobody() -> ValidationContext:
    from pyhanko_certvalidator import ValidationContext

    return ValidationContext(trust_roots=[], allow_fetching=False)


def _facts(certificate: Any) -> CertificateFacts:
    from cryptography.x509 import load_der_x509_certificate

    return facts(load_der_x509_certificate(certificate.dump()))


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
        level=None,
        time_stamp=None,
        trust="untrusted",
        revoked_now=None,
        revoked_then=None,
        validated=False,
        identity=None,
        sentences=about_signature(None, None, "unreadable"),
    )
