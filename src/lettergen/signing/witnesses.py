"""Who takes part in a signature beside the signer: time-stamp servers, and authorities that say what is revoked.

A signature of the levels T to LTA is made with their testimony. All of it is opened once for a run: connections,
the servers' certificates, what is known of revocation.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiohttp import ClientSession
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.pdf_signer import DSSContentSettings, SigDSSPlacementPreference
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import (
    InsufficientRevinfoError,
    PathBuildingError,
    PathValidationError,
    RevokedError,
)
from pyhanko_certvalidator.fetchers.aiohttp_fetchers import AIOHttpFetcherBackend

from lettergen.problems import FileError
from lettergen.signing.certificate import certificates_in, is_signed_by, printable
from lettergen.signing.levels import LevelError, reaches
from lettergen.signing.pyhanko_seam import DIGEST
from lettergen.signing.settings import settings_file
from lettergen.signing.time_stamps import DEADLINE, TimeStampError, TimeStampServer

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence
    from pathlib import Path

    from cryptography.x509 import Certificate

    from lettergen.model import Level
    from lettergen.signing.identity import CertificateFacts
    from lettergen.signing.settings import Settings

_MARGIN = 2048  # hexadecimal digits; by so much a server's time-stamps may differ in length
_LOWER = "Mend that, or let the letters be signed at a lower level: --accept-level B."


@dataclass(frozen=True, slots=True)
class Testimony:
    """What others contribute to one signature.

    Attributes:
        time_stamps: the server to ask; None for none.
        room: hexadecimal digits that its time-stamp takes.
        metadata: what pyHanko's signature metadata is given for it.
    """

    time_stamps: TimeStampServer | None = None
    room: int = 0
    metadata: dict[str, Any] = field(default_factory=dict)


class Witnesses:
    """The witnesses of one run.

    Args:
        signer: what the signer's certificate says.
        certificates: the signer's, then those above it.
        settings: which servers and authorities there are.
    """

    def __init__(self, signer: CertificateFacts, certificates: Sequence[Certificate], settings: Settings) -> None:
        self._signer = signer
        self._certificates = certificates
        self._settings = settings
        self._runner: asyncio.Runner | None = None
        self._session: ClientSession | None = None
        self._servers: list[TimeStampServer] = []
        self._room: dict[str, int] = {}
        self._context: ValidationContext | None = None

    def close(self) -> None:
        """End the connections."""
        if self._runner is not None and self._session is not None:
            self._runner.run(self._session.close())
            self._runner.close()

    def wait_for(self, work: Coroutine[Any, Any, object]) -> None:
        """Run pyHanko's work to its end; in the loop that the connections belong to, where there are any."""
        if self._runner is None:
            asyncio.run(work)
        else:
            self._runner.run(work)

    def refuse_unreachable(self, level: Level) -> None:
        """Raise when a level cannot be reached with what is set up, before anybody is asked.

        Raises:
            LevelError: see `testify`.
        """
        if reaches(level, "T") and not self._settings.timestamp_servers:
            raise LevelError(
                "time-stamp",
                f"A signature of level {level} needs a time-stamp, and no time-stamp server is set up.",
                way_out=f'Name one in {settings_file()}: timestamp_servers = ["http://…"] under [signing].',
            )
        if reaches(level, "LT") and self._signer.self_issued:
            raise LevelError(
                "revocation",
                f"A signature of level {level} needs an authority that says whether the certificate is revoked; "
                f"the certificate of “{self._signer.signer}” is self-issued, so there is none.",
                way_out="Sign at level T, or with a certificate that an authority issued.",
            )

    def testify(self, level: Level, once: Callable[[Testimony], bytes]) -> bytes:
        """Make a signature with what its level needs; a server that fails is passed over, for the rest of the run.

        Args:
            level: what the signature is to reach.
            once: makes the signature with a testimony.

        Raises:
            LevelError: no server gives a time-stamp, a certificate leads to no trusted authority, is revoked, or
                nobody says that it is not.
        """
        self.refuse_unreachable(level)
        if not reaches(level, "T"):
            return once(Testimony())
        runner = self._connect()
        failures: list[str] = []
        for server in tuple(self._servers):
            try:
                self._measure(server, runner)
                return self._with(server, level, once)
            except TimeStampError as error:
                failures.append(f"{server.url} {error}")
                # Those that answer come first from now on: each letter would wait for this one again.
                self._servers.remove(server)
                self._servers.append(server)
        raise LevelError(
            "time-stamp", f"No time-stamp could be had: {printable('; '.join(failures))}.", way_out=_LOWER
        )

    def _connect(self) -> asyncio.Runner:
        if self._runner is None:
            self._runner = asyncio.Runner()
            session = self._session = self._runner.run(_session())
            self._servers = [TimeStampServer(url, session) for url in self._settings.timestamp_servers]
        return self._runner

    def _measure(self, server: TimeStampServer, runner: asyncio.Runner) -> None:
        """Learn how long a server's time-stamps are, once."""
        if server.url not in self._room:
            dummy = runner.run(server.async_dummy_response(DIGEST))
            self._room[server.url] = 2 * len(dummy.dump()) + _MARGIN

    def _with(self, server: TimeStampServer, level: Level, once: Callable[[Testimony], bytes]) -> bytes:
        testimony = Testimony(server, self._room[server.url], self._metadata(level))
        try:
            return once(testimony)
        except (PathBuildingError, PathValidationError) as error:
            raise _level_error(error, f"the time-stamp server {server.url}") from error
        except SigningError as error:
            if not isinstance(error.__cause__, PathBuildingError | PathValidationError):
                raise
            raise _level_error(error.__cause__, f"“{self._signer.signer}”") from error

    def _metadata(self, level: Level) -> dict[str, Any]:
        if not reaches(level, "LT"):
            return {}
        if self._context is None:
            self._context = self._validation_context()
        return {
            "embed_validation_info": True,
            "use_pades_lta": level == "LTA",
            "validation_context": self._context,
            # All of it in the signature's own revision, so that the signature vouches for the whole file.
            "dss_settings": DSSContentSettings(
                include_vri=False, placement=SigDSSPlacementPreference.TOGETHER_WITH_SIGNATURE
            ),
        }

    def _validation_context(self) -> ValidationContext:
        roots = [one for one in self._certificates if is_signed_by(one, one)]
        for file in self._settings.trust:
            roots += _authorities(file)
        return ValidationContext(
            trust_roots=_asn1(roots),
            other_certs=_asn1(self._certificates),
            allow_fetching=True,
            # Every certificate on the way must be proven good: that is what the level promises.
            revocation_mode="require",
            fetcher_backend=AIOHttpFetcherBackend(self._session, per_request_timeout=DEADLINE),
        )


def _level_error(error: Exception, whose: str) -> LevelError:
    if isinstance(error, RevokedError):
        return LevelError(
            "revocation",
            f"The certificate of {whose}, or one above it, is revoked: {printable(str(error))}",
            way_out="Do not sign with it any more; ask the authority that issued it for another one.",
        )
    if isinstance(error, InsufficientRevinfoError):
        return LevelError(
            "revocation",
            f"Nobody says whether the certificate of {whose} is revoked: {printable(str(error))}",
            way_out=f"The authority's own servers did not answer as they should; try again later. {_LOWER}",
        )
    return LevelError(
        "chain",
        f"The certificate of {whose} leads to no authority that is trusted here: {printable(str(error))}",
        way_out=f'Name the authority\'s certificate in {settings_file()}: trust = ["…"] under [signing].',
    )


async def _session() -> ClientSession:
    return ClientSession()  # which belongs to the loop in which it is made


def _authorities(file: Path) -> list[Certificate]:
    try:
        return certificates_in(file.read_bytes(), where=str(file))
    except OSError as error:
        raise FileError(f"{file} cannot be read: {error.strerror or error}.") from error


def _asn1(certificates: Sequence[Certificate]) -> list[Any]:
    """Return certificates as pyHanko has them."""
    return [one for each in certificates for one in load_certs_from_pemder_data(each.public_bytes(Encoding.PEM))]
