"""Signing: PAdES B-B into a field that the letter already has.

The field comes tagged from the typesetter, for pyHanko cannot write structure tags; its appearance stays empty, for
what pyHanko would draw by itself uses a font that is not embedded. So PDF/A-3a and PDF/UA-1 survive the signature.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from lettergen.problems import FileError, RefusedError, did_you_mean
from lettergen.signing.certificate import certificates_in, facts, refuse_unfit
from lettergen.signing.identity import CERTIFICATE_FILE, KEY_FILE
from lettergen.signing.key import open_pem_key
from lettergen.signing.passphrase import refuse_readable_by_others

if TYPE_CHECKING:
    from pathlib import Path

    from pyhanko.pdf_utils.reader import PdfFileReader

    from lettergen.signing.identity import Identity
    from lettergen.signing.passphrase import PassphraseSource
    from lettergen.signing.pyhanko_seam import ParsedKeySigner


@dataclass(frozen=True, slots=True)
class Signer:
    """An identity whose key is open, for the length of one run.

    Attributes:
        identity: who signs.
        cms: makes the signature values.
        room: hexadecimal digits that its longest signature takes in a PDF.
    """

    identity: Identity
    cms: ParsedKeySigner
    room: int


def open_signer(identity: Identity, source: PassphraseSource, *, now: datetime | None = None) -> Signer:
    """Open an identity's key, once for all the letters of a run.

    Args:
        identity: who signs.
        source: asked for the passphrase only if the key has one.
        now: the moment at which the certificate must be valid; the clock's time when None.

    Raises:
        RefusedError: other users may read the key, the passphrase is missing or wrong, the certificate has expired
            or is not the one on record.
        FileError: the key or the certificate cannot be read.
    """
    from lettergen.signing.pyhanko_seam import ParsedKeySigner, silence

    key_file = identity.folder / KEY_FILE
    refuse_readable_by_others(key_file)
    passphrase = source.find(identity.name) if identity.encrypted else None
    key = open_pem_key(_read(key_file), passphrase, where=f"The key of the identity “{identity.name}”")
    certificates_pem = _read(identity.folder / CERTIFICATE_FILE)
    certificate = certificates_in(certificates_pem, where=str(identity.folder / CERTIFICATE_FILE))[0]
    if facts(certificate) != identity.certificate:
        raise RefusedError(
            f"The certificate of the identity “{identity.name}” is not the one on record.",
            help=f"Look into {identity.folder}: its files do not belong together. Importing it again mends that.",
        )
    refuse_unfit(certificate, key, at=now or datetime.now(UTC))
    with silence():
        cms = ParsedKeySigner(key, certificates_pem)
        return Signer(identity, cms, cms.container_size())


@dataclass(frozen=True, slots=True)
class Claims:
    """What a signature says of itself. Nobody checks it: it is the signer's word.

    Attributes:
        reason: why, in words; None leaves it out.
        location: where; None leaves it out.
        signed_at: when, with a time zone; the clock's time when None.
    """

    reason: str | None = None
    location: str | None = None
    signed_at: datetime | None = None


def sign(pdf: bytes, signer: Signer, *, field: str, claims: Claims) -> bytes:
    """Return the PDF with one more signature, written as an incremental update: what was there stays as it was.

    Args:
        pdf: a PDF with an empty signature field.
        signer: from `open_signer`.
        field: the field's name.
        claims: what the signature says of itself.

    Raises:
        RefusedError: the field is missing or signed already, or an earlier signature forbids further ones.
        FileError: the bytes are not a PDF that can be signed.
    """
    from pyhanko.pdf_utils.content import RawContent
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign.fields import SigSeedSubFilter
    from pyhanko.sign.general import SigningError
    from pyhanko.sign.signers import PdfSignatureMetadata
    from pyhanko.stamp import StaticStampStyle

    from lettergen.signing.pyhanko_seam import DIGEST, DatedPdfSigner, silence

    pdf_signer = DatedPdfSigner(
        PdfSignatureMetadata(
            field_name=field,
            md_algorithm=DIGEST,
            subfilter=SigSeedSubFilter.PADES,
            reason=claims.reason,
            location=claims.location,
        ),
        signer.cms,
        stamp_style=StaticStampStyle(background=RawContent(b""), border_width=0, background_opacity=1),
    )
    pdf_signer.signed_at = claims.signed_at
    signed = io.BytesIO()
    try:
        with silence():
            writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
            _refuse_unless_empty(field, writer.prev)
            pdf_signer.sign_pdf(writer, existing_fields_only=True, bytes_reserved=signer.room, output=signed)
    except SigningError as error:
        raise RefusedError(f"The PDF does not allow this signature: {error}") from error
    except PdfError as error:
        raise FileError(f"The PDF cannot be read, so it cannot be signed: {error}") from error
    return signed.getvalue()


def _refuse_unless_empty(field: str, reader: PdfFileReader) -> None:
    from lettergen.signing.pyhanko_seam import signature_fields

    fields = {name: value for name, value, _ in signature_fields(reader)}
    if field not in fields:
        have = f"It has: {', '.join(fields)}." if fields else "It has none."
        near = did_you_mean(field, fields)
        raise RefusedError(f"The PDF has no signature field “{field}”.", help=" ".join(filter(None, (near, have))))
    if fields[field] is not None:
        raise RefusedError(f"The signature field “{field}” is signed already.")


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise FileError(f"{path} cannot be read: {error.strerror or error}.") from error
