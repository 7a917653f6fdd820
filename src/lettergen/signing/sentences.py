"""Plain words about identities and signatures, for people who never heard of a certificate.

Each sentence claims what was checked and nothing more.
"""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from lettergen.signing.identity import CertificateFacts, Identity
    from lettergen.signing.report import Fault, LaterChanges, SignatureReport

FAULTS: dict[Fault, str] = {
    "changed": "The file was changed after it was signed: its bytes are no longer the ones that were signed.",
    "value": "The signature's value does not fit its certificate: it was altered, or made with another key.",
    "place": "The place that the signature leaves out of the file holds something beside the signature itself.",
    "container": "The parts of the signature contradict each other: it was altered after it was made.",
    "unreadable": "The signature cannot be read: it was damaged, or it is of a kind that lettergen does not know.",
}

UNCHANGED = "Not one byte of the file has changed since."
LATER: dict[LaterChanges, str] = {
    "none": "What was signed is unchanged.",
    "allowed": (
        "What was signed is unchanged. Something was added to the file later, of a kind that a signature allows, "
        "such as another signature; this signature does not vouch for it."
    ),
    "illegal": (
        "The file was changed after it was signed, by an addition that a signature does not allow: the pages may "
        "show something else than what was signed."
    ),
}

NO_SIGNATURE = "This PDF carries no signature: nothing shows who made it, or whether it was changed."
REMAINS = "The file holds the remains of a signature, but is damaged: it was changed or cut short after signing."
UNCOVERED = "After the last signature something was added to the file that no signature covers."


def readable_fingerprint(fingerprint: str) -> str:
    """Return a fingerprint as people compare it: pairs of capital hexadecimal digits with colons."""
    capitals = fingerprint.upper()
    return ":".join(capitals[at : at + 2] for at in range(0, len(capitals), 2))


def what_a_self_issued_signature_proves(identity: Identity) -> tuple[str, ...]:
    """Return what to tell a user about a self-issued identity: what it proves, what not, and what would help."""
    who = identity.certificate.signer
    fingerprint = readable_fingerprint(identity.certificate.fingerprint)
    return (
        f"Letters are signed as “{who}”, with a key made on this computer and kept in {identity.folder}.",
        "What that proves: since this key signed a letter, not one byte of it has changed.",
        (
            "What it does not prove: whose key it is. No authority has checked the name in it, and anyone can make "
            "such a key under any name, so PDF readers will call the signer unknown."
        ),
        (
            "What helps: publish the key's fingerprint where people know that it comes from you, such as your "
            f"website, so that they can compare it: {fingerprint}"
        ),
        "What helps more: a certificate that an authority issued to you; “lettergen identity import” takes it in.",
    )


def about_signature(
    certificate: CertificateFacts | None, signed_at: datetime | None, fault: Fault | None
) -> tuple[str, ...]:
    """Return who signed and, when it is broken, why; and that a broken signature tells nothing about who."""
    when = f" The time it gives is {_moment(signed_at)}, by the signer's own clock." if signed_at else ""
    if fault is None and certificate is not None:
        return (f"Signed as “{certificate.signer}”.{when}",)
    broken = "A broken signature proves nothing about who made it."
    name = f" It bears the name “{certificate.signer}”." if certificate is not None else ""
    return (f"This signature is broken.{name}", FAULTS[fault or "unreadable"], broken)


def about_changes(later_changes: LaterChanges, *, covers_whole_file: bool) -> str:
    """Return whether a byte changed since an intact signature was made."""
    return UNCHANGED if covers_whole_file else LATER[later_changes]


def about_trust(
    certificate: CertificateFacts, identity: Identity | None, known: Sequence[Identity]
) -> tuple[str, ...]:
    """Return whether the signer of an intact signature is known, and if not, why.

    Args:
        certificate: the signer's.
        identity: this user's identity with that certificate, or None.
        known: all of this user's identities.
    """
    fingerprint = readable_fingerprint(certificate.fingerprint)
    if identity is not None:
        yours = f"The signer is known: it is your own identity “{identity.name}” on this computer."
        if not certificate.self_issued:
            return (yours, f"Its certificate names {certificate.issuer} as the issuer, which is not checked here.")
        limits = "It is self-issued: others can only tell that the key is yours by comparing its fingerprint"
        return (yours, f"{limits} with one that you published: {fingerprint}")
    if certificate.self_issued:
        why = "the certificate is self-issued, so nobody but its maker vouches for the name in it"
    else:
        issuer = f"the certificate names {certificate.issuer} as its issuer"
        why = f"{issuer}, and this version of lettergen keeps no list of authorities to check that against"
    return (
        *_warning_of_namesake(certificate, known),
        f"The signer is not trusted: {why}.",
        f"To be sure, ask the signer through another channel for the certificate's fingerprint: {fingerprint}",
    )


def _warning_of_namesake(certificate: CertificateFacts, known: Sequence[Identity]) -> tuple[str, ...]:
    """Return a warning when a stranger's key bears the name of the user's own: so a forgery would look."""
    name = certificate.signer.casefold()
    return tuple(
        f"Take care: the name is that of your own identity “{one.name}”, but the key is another one."
        for one in known
        if one.certificate.signer.casefold() == name
    )


def about_file(
    signatures: Sequence[SignatureReport],
    unsigned_fields: Sequence[str],
    time_stamps: Sequence[str],
    *,
    ok: bool,
) -> tuple[str, ...]:
    """Return what holds for the file as a whole."""
    return tuple(
        sentence
        for sentence in (
            _verdict(signatures, ok=ok),
            UNCOVERED if _uncovered(signatures) else None,
            f"Empty signature fields: {', '.join(unsigned_fields)}." if unsigned_fields else None,
            f"Time stamps that this version does not check: {', '.join(time_stamps)}." if time_stamps else None,
        )
        if sentence is not None
    )


def _verdict(signatures: Sequence[SignatureReport], *, ok: bool) -> str:
    if not signatures:
        return NO_SIGNATURE
    if not ok and all(one.intact and one.later_changes == "allowed" for one in signatures):
        return "What was signed is unchanged, but the file holds more than that."
    if not ok:
        return "This file is not as it was signed."
    count = "the signature is" if len(signatures) == 1 else f"all {len(signatures)} signatures are"
    return f"This file is as it was signed: {count} intact and the whole file is covered."


def _uncovered(signatures: Sequence[SignatureReport]) -> bool:
    intact = [signature for signature in signatures if signature.intact]
    return bool(intact) and not any(signature.covers_whole_file for signature in intact)


def _moment(at: datetime) -> str:
    # A time without a zone is no moment: it is shown as it stands.
    return f"{at:%Y-%m-%d %H:%M}" if at.tzinfo is None else f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
