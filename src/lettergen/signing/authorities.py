"""Whether a certificate leads to an authority that is trusted here, and is not revoked: now, or at a moment.

Strangers' files must not make this computer call out. So a chain is first built with what the file holds; only one
that ends at a trusted authority has its servers asked about revocation.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from aiohttp import ClientSession
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import (
    ExpiredError,
    InsufficientRevinfoError,
    NotYetValidError,
    PathBuildingError,
    RevokedError,
    ValidationError,
)
from pyhanko_certvalidator.fetchers.aiohttp_fetchers import AIOHttpFetcherBackend

from lettergen.signing.certificate import printable
from lettergen.signing.time_stamps import DEADLINE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from pyhanko_certvalidator.path import ValidationPath

    from lettergen.signing.evidence import Evidence

# "good": it leads to a trusted authority and is not revoked; "unproven": the same, but nobody says whether it is
# revoked; "revoked"; "outdated": expired, or not valid yet; "unfit": it is not meant for this, or is broken;
# "untrusted": it leads to no authority that is trusted here.
State = Literal["good", "unproven", "revoked", "outdated", "unfit", "untrusted"]


@dataclass(frozen=True, slots=True)
class Standing:
    """What can be said of a certificate at a moment.

    Attributes:
        state: see `State`.
        authority: the name of the trusted authority that it leads to, or None.
        revoked: since when it, or one above it, is revoked, or None.
    """

    state: State
    authority: str | None = None
    revoked: datetime | None = None


class Authorities:
    """Those that are trusted here.

    Args:
        roots: PEM files' contents.
        offline: ask nobody about revocation; judge by what the file holds.
    """

    def __init__(self, roots: Sequence[bytes], *, offline: bool) -> None:
        self._roots = [one for pem in roots for one in load_certs_from_pemder_data(pem)]
        self._offline = offline

    def __bool__(self) -> bool:
        return bool(self._roots)

    async def standing(
        self, certificate: Any, evidence: Evidence, *, at: datetime | None = None, stamps: bool = False
    ) -> Standing:
        """Return what can be said of a certificate.

        Args:
            certificate: asn1crypto's.
            evidence: what the file holds.
            at: the moment to judge by, with a time zone; now when None.
            stamps: whether it is of a time-stamp server, and not of a signer.
        """
        if not self._roots:
            return Standing("untrusted")
        job = _Job(certificate, evidence, self._roots, at, stamps)
        chain = await job.done(None, strictly=False)
        if chain.state != "good":
            return chain
        if at is None:
            # What somebody said when the file was signed says nothing of today.
            job = replace(job, evidence=replace(evidence, ocsps=(), crls=()))
        proven = await job.done(None, strictly=True)
        if proven.state == "unproven" and not self._offline:
            async with ClientSession() as session:
                proven = await job.done(AIOHttpFetcherBackend(session, per_request_timeout=DEADLINE), strictly=True)
        return replace(proven, authority=chain.authority)


@dataclass(frozen=True, slots=True)
class _Job:
    """A certificate to be judged."""

    certificate: Any
    evidence: Evidence
    roots: list[Any]
    at: datetime | None
    stamps: bool

    async def done(self, ask: AIOHttpFetcherBackend | None, *, strictly: bool) -> Standing:
        """Judge; strictly is: somebody must say that nothing on the way is revoked."""
        context = ValidationContext(
            trust_roots=self.roots,
            other_certs=self.evidence.certificates,
            ocsps=list(self.evidence.ocsps),
            crls=list(self.evidence.crls),
            moment=self.at,
            allow_fetching=ask is not None,
            fetcher_backend=ask,
            revocation_mode="require" if strictly else "soft-fail",
            # What is said of revocation later tells about the moment, too.
            retroactive_revinfo=self.at is not None,
        )
        validator = CertificateValidator(self.certificate, self.evidence.certificates, context)
        try:
            path = await self._validate(validator)
        except RevokedError as error:
            return Standing("revoked", revoked=error.revocation_dt)
        except InsufficientRevinfoError:
            return Standing("unproven")
        except (ExpiredError, NotYetValidError):
            return Standing("outdated")
        except PathBuildingError:
            return Standing("untrusted")
        except ValidationError:
            return Standing("unfit")
        return Standing("good", authority=_name(path.first))

    async def _validate(self, validator: Any) -> ValidationPath:
        purpose = {"time_stamping"} if self.stamps else None
        path: ValidationPath = await validator.async_validate_usage(set(), extended_key_usage=purpose)
        if not self.stamps and not self._signs:
            raise ValidationError("its key usage names no signatures")
        return path

    @property
    def _signs(self) -> bool:
        usage = self.certificate.key_usage_value
        return usage is None or bool(usage.native & {"digital_signature", "non_repudiation"})


def _name(root: Any) -> str:
    names = root.subject.native
    return printable(str(names.get("common_name") or names.get("organization_name") or root.subject.human_friendly))
