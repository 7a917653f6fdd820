"""What verifying a file found out, as data. The words for people are in `sentences`."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from datetime import datetime

    from lettergen.signing.identity import CertificateFacts

# Why a signature is not intact. "changed": the signed bytes are others now; "value": its value does not fit its
# certificate; "place": its place in the file holds something beside it; "container": the parts of its container
# contradict each other; "unreadable": it cannot be read at all.
Fault = Literal["changed", "value", "place", "container", "unreadable"]

# What was appended to the file after a signature: nothing, what a signature allows (another signature), or worse.
LaterChanges = Literal["none", "allowed", "illegal"]

Trust = Literal["known", "untrusted"]


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
        trust: "known" only when it is intact and made with a key of this user.
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
    trust: Trust
    identity: str | None
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What can be said of a file.

    Attributes:
        ok: it has a signature, all its signatures are intact, nothing was appended that a signature does not allow,
            and the last one covers the whole file. Trust is no part of it.
        signatures: in the order in which they were made.
        unsigned_fields: names of the signature fields that are empty.
        sentences: for people, about the file as a whole.
    """

    ok: bool
    signatures: tuple[SignatureReport, ...]
    unsigned_fields: tuple[str, ...]
    sentences: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the report as JSON values; moments as ISO 8601."""
        values: dict[str, Any] = json.loads(json.dumps(asdict(self), default=_iso))
        return values


def _iso(moment: datetime) -> str:
    return moment.isoformat()
