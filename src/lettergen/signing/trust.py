"""Whether to trust a signer: by this user's own identities, and by authorities: today, and at signing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lettergen.signing.authorities import Standing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from lettergen.signing.authorities import Authorities
    from lettergen.signing.evidence import Evidence
    from lettergen.signing.identity import CertificateFacts, Identity
    from lettergen.signing.report import Revocation, Trust

TRUSTED = ("good", "unproven")
_REVOCATION: dict[str, Revocation] = {"good": "good", "unproven": "unknown", "revoked": "revoked"}


@dataclass(frozen=True, slots=True)
class Judges:
    """By whom signers are judged.

    Attributes:
        known: the identities of this user.
        authorities: those that are trusted here.
        at_signing: judge by the moment of a trusted time-stamp, where there is one.
    """

    known: Sequence[Identity]
    authorities: Authorities
    at_signing: bool


@dataclass(frozen=True, slots=True)
class Judgement:
    """What came of judging a signer.

    Attributes:
        identity: this user's own, or None.
        now: how the certificate stands today.
        then: how it stood when a trusted time-stamp was made; None without one.
        moment: of that time-stamp.
        at_signing: whether `then` was asked for.
    """

    identity: Identity | None = None
    now: Standing = Standing("untrusted")  # noqa: RUF009 - frozen
    then: Standing | None = None
    moment: datetime | None = None
    at_signing: bool = False

    @property
    def trust(self) -> Trust:
        """In one word."""
        if self.identity is not None:
            return "known"
        if self._asked.state == "revoked":
            return "revoked"
        return "trusted" if self._asked.state in TRUSTED else "untrusted"

    @property
    def validated(self) -> bool:
        """Whether the signer is trusted by the moment that was asked for."""
        return self._asked.state in TRUSTED or (self.identity is not None and self._asked.state == "untrusted")

    @property
    def _asked(self) -> Standing:
        return self.then if self.at_signing and self.then else self.now

    @property
    def revoked_now(self) -> Revocation | None:
        """Whether the certificate is revoked today; None when nobody was asked."""
        return _REVOCATION.get(self.now.state)

    @property
    def revoked_then(self) -> Revocation | None:
        """Whether it was at the moment of signing; None when nobody was asked."""
        return None if self.then is None else _REVOCATION.get(self.then.state)


async def judge(
    judges: Judges, signer: Any, certificate: CertificateFacts, evidence: Evidence, moment: datetime | None
) -> Judgement:
    """Judge the signer of an intact signature.

    Args:
        judges: by whom.
        signer: the certificate, as asn1crypto has it.
        certificate: what it says.
        evidence: what the file holds.
        moment: of a trusted time-stamp of the signature, or None.
    """
    holders = (one for one in judges.known if one.certificate.fingerprint == certificate.fingerprint)
    now = await judges.authorities.standing(signer, evidence)
    then = await judges.authorities.standing(signer, evidence, at=moment) if moment else None
    return Judgement(next(holders, None), now, then, moment, judges.at_signing)
