"""The signatures of a letter on record, and those that were added to it since."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lettergen.files import sha256
from lettergen.manifest import Entry, SignedBy

if TYPE_CHECKING:
    from lettergen.compose.at_level import Signed


def signatures_on_record(
    signed: Signed, field: str, asked: str, before: tuple[SignedBy, ...] = ()
) -> tuple[SignedBy, ...]:
    """Return the signatures of a file that was just signed, as they are read back from it.

    Args:
        signed: the file, and the level that its new signature reached.
        field: the new signature's.
        asked: the level that was asked for.
        before: the earlier ones, as they are on record.
    """
    return tuple(
        replace(one, level=signed.level, asked=asked) if one.field == field else one
        for one in _read_back(signed.pdf, before)
    )


def grown(entry: Entry, pdf: bytes) -> Entry | None:
    """Return the entry of a file that is the recorded letter, byte for byte, with more signatures behind it.

    So a letter comes back from a co-signatory. None when the file is something else, or when more than signatures
    was added to it.
    """
    if not entry.signatures or len(pdf) <= entry.size or sha256(pdf[: entry.size]) != entry.sha256:
        return None
    from lettergen.signing.verify import verify

    if not verify(pdf, known=()).ok:
        return None
    return replace(entry, size=len(pdf), sha256=sha256(pdf), signatures=_read_back(pdf, entry.signatures))


def came_back(recorded: Entry, found: Entry) -> str | None:
    """Return the sentence that names who has signed a letter elsewhere since it was recorded, or None."""
    new = ", ".join(f"“{one.name}”" for one in found.signatures[len(recorded.signatures) :])
    return f"Signed since by {new}; lettergen verify says whether to trust that." if new else None


def co_signed(entry: Entry) -> str | None:
    """Return the sentence that names who else has signed a letter; None when nobody has."""
    others = ", ".join(f"“{one.name}”" for one in entry.signatures[1:])
    if not others:
        return None
    return f"It is out of date, but {others} signed it too, and would have to sign again; it is left as it is."


def _read_back(pdf: bytes, before: tuple[SignedBy, ...]) -> tuple[SignedBy, ...]:
    from lettergen.signing.fields import signatures_in

    known = {one.field: one for one in before}
    return tuple(
        known.get(made.field)
        or SignedBy(
            name=made.signer,
            fingerprint=made.fingerprint,
            self_issued=made.self_issued,
            level=None,
            asked=None,
            field=made.field,
            signed_at=made.signed_at.isoformat() if made.signed_at else None,
        )
        for made in signatures_in(pdf)
    )
