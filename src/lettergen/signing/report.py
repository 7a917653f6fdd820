"""What verifying a file found out, as data. The words for people are in `sentences`."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from datetime import datetime

    from lettergen.model import Level
    from lettergen.signing.identity import CertificateFacts

# Why a signature is not intact. "changed": the signed bytes are others now; "value": its value does not fit its
# certificate; "place": its place in the file holds something beside it; "container": the parts of its container
# contradict each other; "time-stamp": it carries a time-stamp that is broken, or of something else; "unreadable":
# it cannot be read at all.
Fault = Literal["changed", "value", "place", "container", "time-stamp", "unreadable"]

# What was appended to the file after a signature: nothing, what a signature allows (another signature), or worse.
LaterChanges = Literal["none", "allowed", "illegal"]

# "known": made with a key of this user; "trusted": the certificate leads to an authority that is trusted here, and
# is not known to be revoked; "revoked"; "untrusted": nothing of that.
Trust = Literal["known", "trusted", "revoked", "untrusted"]

# Whether the certificate is revoked, as far as it was asked: never about one that leads to no trusted authority.
Revocation = Literal["good", "unknown", "revoked"]


@dataclass(frozen=True, slots=True)
class TimeStamp:
    """What can be said of a time-stamp.

    Attributes:
        field: the name of its field, when it is over the whole file; None when it is inside a signature.
        at: the moment it vouches for; None when it cannot be read.
        by: the name in its server's certificate; None when it cannot be read.
        intact: it is whole, and over what it claims to be over.
        covers_whole_file: it was made over the file from the first byte to the last.
        trusted: it is intact, and its server's certificate leads to an authority that is trusted here.
    """

    field: str | None
    at: datetime | None
    by: str | None
    intact: bool
    covers_whole_file: bool
    trusted: bool


def broken_time_stamp(field: str) -> TimeStamp:
    """Return what can be said of a time-stamp that cannot be read."""
    return TimeStamp(field, None, None, intact=False, covers_whole_file=False, trusted=False)


@dataclass(frozen=True, slots=True)
class SignatureReport:
    """What can be said of one signature.

    Attributes:
        field: the name of its field; None when the file is too damaged to tell.
        certificate: what the signer's certificate says; None when it cannot be read.
        signed_at: when the signature claims to have been made; no one else vouches for that time.
        intact: its value is right, and what it was made over is unchanged to the byte.
        fault: why it is not intact; None when it is.
        covers_whole_file: it was made over the file from the first byte to the last, its own place left out.
        later_changes: what was appended to the file after it.
        level: B, T, LT or LTA, by what is in the file and whole; None when it is not intact.
        time_stamp: the one inside the signature, or None.
        trust: other than "untrusted" only when it is intact.
        revoked_now: whether the certificate, or one above it, is revoked today; None when nobody was asked.
        revoked_then: whether it was when a trusted time-stamp was made; None without one.
        validated: it is trusted by the moment that was asked for: today, or that of its time-stamp.
        identity: the name of that identity of this user, or None.
        sentences: all of this for people: who signed, what changed, and whether to trust it.
    """

    field: str | None
    certificate: CertificateFacts | None
    signed_at: datetime | None
    intact: bool
    fault: Fault | None
    covers_whole_file: bool
    later_changes: LaterChanges
    level: Level | None
    time_stamp: TimeStamp | None
    trust: Trust
    revoked_now: Revocation | None
    revoked_then: Revocation | None
    validated: bool
    identity: str | None
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fields:
    """The signature fields of a file.

    Attributes:
        signed: what can be said of the signatures, in the order in which they were made.
        unsigned: names of those that are empty.
        time_stamps: those over the whole file, in the order in which they were made.
        only_evidence_behind: whether nothing was added after the last signature but data to validate it by.
    """

    signed: tuple[SignatureReport, ...]
    unsigned: tuple[str, ...]
    time_stamps: tuple[TimeStamp, ...]
    only_evidence_behind: bool

    @property
    def are_whole(self) -> bool:
        """Whether one of them covers the whole file; only the last one of a file can reach its end."""
        return any(one.covers_whole_file for one in self.signed) or any(
            one.covers_whole_file for one in self.time_stamps
        )


@dataclass(frozen=True, slots=True)
class Report:
    """What can be said of a file.

    Attributes:
        ok: it has a signature, all its signatures are intact, nothing was appended that a signature does not allow,
            and the last of them, or a time-stamp, covers the whole file but for data to validate it by. Trust is no
            part of it.
        validated: it is ok, and every signature is validated.
        signatures: in the order in which they were made.
        time_stamps: those over the whole file, in the order in which they were made.
        unsigned_fields: names of the signature fields that are empty.
        sentences: for people, about the file as a whole.
    """

    ok: bool
    validated: bool
    signatures: tuple[SignatureReport, ...]
    time_stamps: tuple[TimeStamp, ...]
    unsigned_fields: tuple[str, ...]
    sentences: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the report as JSON values; moments as ISO 8601."""
        values: dict[str, Any] = json.loads(json.dumps(asdict(self), default=_iso))
        return values


def _iso(moment: datetime) -> str:
    return moment.isoformat()
