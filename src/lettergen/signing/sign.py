"""Signing: one more PAdES signature in a PDF, by an identity whose key is open, at a level (ETSI EN 319 142-1)."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from lettergen.problems import FileError, RefusedError, did_you_mean
from lettergen.signing.certificate import certificates_in, facts, refuse_foreign_key, refuse_unfit
from lettergen.signing.identity import CERTIFICATE_FILE, KEY_FILE
from lettergen.signing.key import open_pem_key
from lettergen.signing.levels import LevelError, reaches
from lettergen.signing.passphrase import refuse_readable_by_others
from lettergen.signing.reached import level_of
from lettergen.signing.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from pyhanko.pdf_utils.reader import PdfFileReader

    from lettergen.model import Level
    from lettergen.signing.identity import Identity
    from lettergen.signing.key import SigningKey
    from lettergen.signing.passphrase import PassphraseSource
    from lettergen.signing.pyhanko_seam import OpenedSigner
    from lettergen.signing.token import OpenToken
    from lettergen.signing.witnesses import Testimony, Witnesses


@dataclass(frozen=True, slots=True)
class Signer:
    """An identity whose key is open, for the length of one run.

    Attributes:
        identity: who signs.
        cms: makes the signature values.
        room: hexadecimal digits that its longest signature takes in a PDF, without a time-stamp.
        level: what every signature reaches.
        witnesses: the time-stamp servers and authorities that take part in the higher levels.
        token: the one that keeps the key, logged in to; None for a key in a file.
    """

    identity: Identity
    cms: OpenedSigner
    room: int
    level: Level
    witnesses: Witnesses
    token: OpenToken | None = None

    def at(self, level: Level) -> Signer:
        """Return the same signer for another level; one of the two is to be closed."""
        return replace(self, level=level)

    def close(self) -> None:
        """Let go of connections, and of the token."""
        self.witnesses.close()
        if self.token is not None:
            self.token.close()


def open_signer(
    identity: Identity,
    source: PassphraseSource,
    *,
    level: Level = "B",
    settings: Settings | None = None,
    now: datetime | None = None,
) -> Signer:
    """Open an identity's key, once for all the letters of a run. Close the signer afterwards.

    Args:
        identity: who signs.
        source: asked for the passphrase only if the key has one.
        level: what signatures are to reach.
        settings: which time-stamp servers and authorities there are; none when left out.
        now: the moment at which the certificate must be valid; the clock's time when None.

    Raises:
        RefusedError: other users may read the key, the passphrase is missing or wrong, the certificate has expired
            or is not the one on record.
        LevelError: the level cannot be reached with what is set up.
        FileError: the key, the certificate or an authority's file cannot be read.
    """
    from lettergen.signing.pyhanko_seam import silence, with_parsed_key

    certificates_pem = _read(identity.folder / CERTIFICATE_FILE)
    certificates = certificates_in(certificates_pem, where=str(identity.folder / CERTIFICATE_FILE))
    if facts(certificates[0]) != identity.certificate:
        raise RefusedError(
            f"The certificate of the identity “{identity.name}” is not the one on record.",
            help=f"Look into {identity.folder}: its files do not belong together. Importing it again mends that.",
        )
    refuse_unfit(certificates[0], at=now or datetime.now(UTC))
    with silence():
        from lettergen.signing.witnesses import Witnesses

        witnesses = Witnesses(identity.certificate, certificates, settings or Settings())
        # Before somebody types a passphrase for nothing.
        witnesses.refuse_unreachable(level)
        if identity.token is not None:
            from lettergen.signing.token import open_token

            token = open_token(identity.name, identity.token, source)
            cms = token.signer(certificates_pem)
            return Signer(identity, cms, cms.container_size(), level, witnesses, token)
        key = _open_key(identity, source)
        refuse_foreign_key(certificates[0], key)
        cms = with_parsed_key(key, certificates_pem)
        return Signer(identity, cms, cms.container_size(), level, witnesses)


def _open_key(identity: Identity, source: PassphraseSource) -> SigningKey:
    key_file = identity.folder / KEY_FILE
    refuse_readable_by_others(key_file)
    passphrase = source.find(identity.name) if identity.encrypted else None
    return open_pem_key(_read(key_file), passphrase, where=f"The key of the identity “{identity.name}”")


@dataclass(frozen=True, slots=True)
class Claims:
    """What a signature says of itself. But for the last, nobody checks it: it is the signer's word.

    Attributes:
        reason: why, in words; None leaves it out.
        location: where; None leaves it out.
        signed_at: when, with a time zone; the clock's time when None.
        certify: that nothing but further signatures may follow. Only a first signature can say so.
    """

    reason: str | None = None
    location: str | None = None
    signed_at: datetime | None = None
    certify: bool = False


def sign(
    pdf: bytes,
    signer: Signer,
    *,
    field: str,
    claims: Claims,
    new_field: bool = False,
) -> bytes:
    """Return the PDF with one more signature, written as incremental updates: what was there stays as it was.

    Args:
        pdf: a PDF.
        signer: from `open_signer`.
        field: the field's name.
        claims: what the signature says of itself.
        new_field: make the field, without a place on a page; otherwise it is there and empty.

    Raises:
        RefusedError: the field is missing or signed already, or an earlier signature forbids further ones.
        LevelError: the level cannot be reached; the sentence says what failed.
        FileError: the bytes are not a PDF that can be signed.
    """
    from pyhanko.pdf_utils.content import RawContent
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
    from pyhanko.sign.general import SigningError
    from pyhanko.sign.signers import PdfSignatureMetadata
    from pyhanko.stamp import StaticStampStyle

    from lettergen.signing.pyhanko_seam import DIGEST, DatedPdfSigner, silence

    def once(testimony: Testimony) -> bytes:
        metadata = PdfSignatureMetadata(
            field_name=field,
            md_algorithm=DIGEST,
            subfilter=SigSeedSubFilter.PADES,
            reason=claims.reason,
            location=claims.location,
            certify=claims.certify,
            docmdp_permissions=MDPPerm.FILL_FORMS,
            **testimony.metadata,
        )
        pdf_signer = DatedPdfSigner(
            metadata,
            signer.cms,
            timestamper=testimony.time_stamps,
            stamp_style=StaticStampStyle(background=RawContent(b""), border_width=0, background_opacity=1),
            new_field_spec=SigFieldSpec(field) if new_field else None,
        )
        pdf_signer.signed_at = claims.signed_at
        signed = io.BytesIO()
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        _refuse_unless_free(field, writer.prev, new=new_field)
        signing = pdf_signer.async_sign_pdf(
            writer,
            existing_fields_only=not new_field,
            bytes_reserved=signer.room + testimony.room,
            output=signed,
        )
        signer.witnesses.wait_for(signing)
        return signed.getvalue()

    try:
        with silence():
            signed = signer.witnesses.testify(signer.level, once)
            if signer.level != "B":
                _refuse_lower(signed, field, signer.level)
    except SigningError as error:
        raise RefusedError(f"The PDF does not allow this signature: {error}") from error
    except PdfError as error:
        raise FileError(f"The PDF cannot be read, so it cannot be signed: {error}") from error
    return signed


def _refuse_lower(signed: bytes, field: str, asked: Level) -> None:
    """Look at what was written: a level is what is in the file, and not what was meant to be."""
    reached = level_of(signed, field)
    if reached is None or not reaches(reached, asked):
        raise LevelError(
            "revocation" if reached == "T" else "time-stamp",
            f"The signature was to reach level {asked}, but is of level {reached} only.",
            way_out="This is a fault of lettergen; please report it.",
        )


def _refuse_unless_free(field: str, reader: PdfFileReader, *, new: bool) -> None:
    from lettergen.signing.pyhanko_seam import signature_fields

    fields = {name: value for name, value, _ in signature_fields(reader)}
    if new:
        if field in fields:
            raise RefusedError(f"The PDF has a signature field “{field}” already.")
        return
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
