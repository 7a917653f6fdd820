"""Which level a signature has by what is in the file; whether those things hold is `verify`'s question."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from lettergen.signing.evidence import evidence_in, time_stamp_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyhanko.sign.validation import EmbeddedPdfSignature

    from lettergen.model import Level
    from lettergen.signing.evidence import Evidence


def level_of(pdf: bytes, field: str) -> Level | None:
    """Return the level of the signature in a field; None when there is no signature in it."""
    from pyhanko.pdf_utils.reader import PdfFileReader

    reader = PdfFileReader(io.BytesIO(pdf))
    evidence = evidence_in(reader)
    stamps = [stamp.signed_revision for stamp in reader.embedded_timestamp_signatures]
    signatures = (one for one in reader.embedded_regular_signatures if one.field_name == field)
    return next((level_by(signature, evidence, stamps) for signature in signatures), None)


def level_by(signature: EmbeddedPdfSignature, evidence: Evidence, stamps: Iterable[int]) -> Level:
    """Return the level of a signature.

    Args:
        signature: it.
        evidence: what the file holds.
        stamps: the revisions that its time-stamps over the whole file were made over.
    """
    if time_stamp_in(signature.signer_info) is None:
        return "B"
    if not evidence.tells_of_revocation:
        return "T"
    return "LTA" if any(revision > signature.signed_revision for revision in stamps) else "LT"
