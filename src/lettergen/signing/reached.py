"""Which level a signature has by what is in the file; whether those things hold is `verify`'s question."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import EmbeddedPdfSignature

    from lettergen.model import Level


def level_of(pdf: bytes, field: str) -> Level | None:
    """Return the level of the signature in a field; None when there is no signature in it."""
    from pyhanko.pdf_utils.reader import PdfFileReader

    reader = PdfFileReader(io.BytesIO(pdf))
    signatures = (one for one in reader.embedded_regular_signatures if one.field_name == field)
    return next((level_in(reader, signature) for signature in signatures), None)


def level_in(reader: PdfFileReader, signature: EmbeddedPdfSignature) -> Level:
    """Return the level of one of a file's signatures."""
    if _time_stamp(signature) is None:
        return "B"
    if not _holds_revocation(reader):
        return "T"
    later = (stamp.signed_revision > signature.signed_revision for stamp in reader.embedded_timestamp_signatures)
    return "LTA" if any(later) else "LT"


def _time_stamp(signature: EmbeddedPdfSignature) -> object:
    from pyhanko.sign.general import NonexistentAttributeError, find_unique_cms_attribute

    try:
        return find_unique_cms_attribute(signature.signer_info["unsigned_attrs"], "signature_time_stamp_token")
    except NonexistentAttributeError:
        return None


def _holds_revocation(reader: PdfFileReader) -> bool:
    from pyhanko.sign.validation.dss import DocumentSecurityStore
    from pyhanko.sign.validation.errors import NoDSSFoundError

    try:
        store = DocumentSecurityStore.read_dss(reader)
    except NoDSSFoundError:
        return False
    return bool(store.certs) and bool(store.ocsps or store.crls)
