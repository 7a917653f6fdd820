"""Plain words about identities and signatures, for people who never heard of a certificate.

Each sentence claims what was checked and nothing more.
"""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from lettergen.model import Level
    from lettergen.signing.authorities import State
    from lettergen.signing.identity import CertificateFacts, Identity
    from lettergen.signing.report import Fault, Fields, LaterChanges, SignatureReport, TimeStamp
    from lettergen.signing.trust import Judgement

FAULTS: dict[Fault, str] = {
    "changed": "The file was changed after it was signed: its bytes are no longer the ones that were signed.",
    "value": "The signature's value does not fit its certificate: it was altered, or made with another key.",
    "place": "The place that the signature leaves out of the file holds something beside the signature itself.",
    "container": "The parts of the signature contradict each other: it was altered after it was made.",
    "time-stamp": "The time-stamp in the signature is broken, or is of something else: it was altered later.",
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

LEVELS: dict[Level, str | None] = {
    "B": None,
    "T": "Level T: when it was signed is not the signer's word alone.",
    "LT": "Level LT: the file also keeps what authorities said about the certificates, for later years.",
    "LTA": "Level LTA: the file also keeps what authorities said about the certificates, sealed by a time-stamp.",
}

_SELF_ISSUED = (
    "The signer is not trusted: the certificate is self-issued, so nobody but its maker vouches for the name in it."
)
# What is said of a certificate today.
_TODAY: dict[State, str] = {
    "good": "The certificate leads to the authority “{authority}”, which you trust, and is not revoked today.",
    "unproven": (
        "The certificate leads to the authority “{authority}”, which you trust. Whether it is revoked today is not "
        "known."
    ),
    "revoked": (
        "The certificate, or one above it, has been revoked since {since}: whoever signs with it after that day is "
        "not to be trusted."
    ),
    "outdated": "The certificate, or one above it, is not valid today: it has expired, or is not valid yet.",
    "unfit": "The signer is not trusted: the certificate, or one above it, is not meant for this, or is broken.",
    "untrusted": (
        "The signer is not trusted: the certificate names {issuer} as its issuer, and leads to no authority that "
        "you trust (--trust FILE names one)."
    ),
}
# What is said of it at the moment of a time-stamp.
_THEN: dict[State, str] = {
    "good": "it was good: it led to an authority that you trust, and was not revoked.",
    "unproven": "it led to an authority that you trust; whether it was revoked then is not known.",
    "revoked": "it was revoked already.",
    "outdated": "it was not valid.",
    "unfit": "it was not fit for this.",
    "untrusted": "it led to no authority that you trust.",
}

NO_SIGNATURE = "This PDF carries no signature: nothing shows who made it, or whether it was changed."
REMAINS = "The file holds the remains of a signature, but is damaged: it was changed or cut short after signing."
EVIDENCE = "After the last signature nothing was added but data to check signatures by."
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


def about_level(level: Level | None, stamp: TimeStamp | None) -> tuple[str, ...]:
    """Return what an intact signature holds beside who signed."""
    stamped = about_time_stamp(stamp, "the signature existed") if stamp is not None else None
    return tuple(sentence for sentence in (stamped, LEVELS[level] if level else None) if sentence is not None)


def about_time_stamp(stamp: TimeStamp, what: str) -> str:
    """Return what a time-stamp shows, and who vouches for it.

    Args:
        stamp: it.
        what: “the signature existed”.
    """
    if not stamp.intact or stamp.at is None:
        return "A time-stamp over the file is broken: it was damaged, or the file was changed after it."
    shows = f"A time-stamp by “{stamp.by}” shows that {what} at {_moment(stamp.at)}"
    if stamp.trusted:
        return f"{shows}; an authority that you trust vouches for that server."
    return f"{shows}, if that server is honest: no authority that you trust vouches for it."


def about_trust(certificate: CertificateFacts, judged: Judgement, known: Sequence[Identity]) -> tuple[str, ...]:
    """Return whether the signer of an intact signature is trusted, and if not, why.

    Args:
        certificate: the signer's.
        judged: what came of judging it.
        known: all of this user's identities.
    """
    fingerprint = readable_fingerprint(certificate.fingerprint)
    if judged.identity is not None:
        yours = f"The signer is known: it is your own identity “{judged.identity.name}” on this computer."
        if not certificate.self_issued:
            return (yours, *_about_authority(certificate, judged))
        limits = "It is self-issued: others can only tell that the key is yours by comparing its fingerprint"
        return (yours, f"{limits} with one that you published: {fingerprint}")
    namesake = _warning_of_namesake(certificate, known)
    if judged.trust == "trusted":
        return (*namesake, *_about_authority(certificate, judged))
    why = (_SELF_ISSUED,) if certificate.self_issued else _about_authority(certificate, judged)
    ask = f"To be sure, ask the signer through another channel for the certificate's fingerprint: {fingerprint}"
    return (*namesake, *why, ask)


def _about_authority(certificate: CertificateFacts, judged: Judgement) -> tuple[str, ...]:
    now = _TODAY[judged.now.state].format(
        authority=judged.now.authority,
        issuer=certificate.issuer,
        since=f"{judged.now.revoked:%Y-%m-%d}" if judged.now.revoked else "",
    )
    if judged.then is None or judged.moment is None:
        nobody = "Nobody but the signer vouches for the moment of signing, so it is judged by today."
        return (now, nobody) if judged.at_signing else (now,)
    return (now, f"At the moment of that time-stamp, {_moment(judged.moment)}, {_THEN[judged.then.state]}")


def _warning_of_namesake(certificate: CertificateFacts, known: Sequence[Identity]) -> tuple[str, ...]:
    """Return a warning when a stranger's key bears the name of the user's own: so a forgery would look."""
    name = certificate.signer.casefold()
    return tuple(
        f"Take care: the name is that of your own identity “{one.name}”, but the key is another one."
        for one in known
        if one.certificate.signer.casefold() == name
    )


def about_file(fields: Fields, *, ok: bool) -> tuple[str, ...]:
    """Return what holds for the file as a whole."""
    behind = None
    if _uncovered(fields):
        behind = EVIDENCE if fields.only_evidence_behind else UNCOVERED
    stamps = (about_time_stamp(stamp, "the whole file, as it was then, existed") for stamp in fields.time_stamps)
    empty = f"Empty signature fields: {', '.join(fields.unsigned)}." if fields.unsigned else None
    said = (_verdict(fields.signed, ok=ok), behind, *stamps, empty)
    return tuple(sentence for sentence in said if sentence is not None)


def _verdict(signatures: Sequence[SignatureReport], *, ok: bool) -> str:
    if not signatures:
        return NO_SIGNATURE
    if not ok and all(one.intact and one.later_changes == "allowed" for one in signatures):
        return "What was signed is unchanged, but the file holds more than that."
    if not ok:
        return "This file is not as it was signed."
    count = "the signature is" if len(signatures) == 1 else f"all {len(signatures)} signatures are"
    return f"This file is as it was signed: {count} intact and the whole file is covered."


def _uncovered(fields: Fields) -> bool:
    intact = [signature for signature in fields.signed if signature.intact]
    return bool(intact) and not fields.are_whole


def _moment(at: datetime) -> str:
    # A time without a zone is no moment: it is shown as it stands.
    return f"{at:%Y-%m-%d %H:%M}" if at.tzinfo is None else f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
