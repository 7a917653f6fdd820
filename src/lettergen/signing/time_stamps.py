"""Time-stamp servers (RFC 3161): asked in order, and believed only when what they send fits what was asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pyhanko.sign.timestamps import HTTPTimeStamper
from pyhanko.sign.validation.generic_cms import validate_tst_signed_data
from pyhanko.sign.validation.status import TimestampSignatureStatus
from pyhanko_certvalidator import ValidationContext

from lettergen.signing.certificate import printable

if TYPE_CHECKING:
    from aiohttp import ClientSession

DEADLINE = 10  # seconds, for one answer


class TimeStampError(Exception):
    """A server gave no time-stamp that serves. The message is what it did: “did not answer within 10 seconds”."""


class TimeStampServer(HTTPTimeStamper):
    """A server that is asked through the run's own session, and whose answers are looked at."""

    def __init__(self, url: str, session: ClientSession) -> None:
        super().__init__(url, timeout=DEADLINE, session=session)

    async def async_request_tsa_response(self, req: Any) -> Any:
        """Ask the server; pyHanko calls this."""
        try:
            return await super().async_request_tsa_response(req)
        except TimeoutError:
            raise TimeStampError(f"did not answer within {DEADLINE} seconds") from None
        except OSError as error:
            if isinstance(error.__cause__, TimeoutError):
                raise TimeStampError(f"did not answer within {DEADLINE} seconds") from None
            raise TimeStampError(f"could not be asked ({_why(error)})") from None
        except ValueError:
            raise TimeStampError("answered with something that is no time-stamp") from None

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> Any:
        """Return a time-stamp over a digest; pyHanko calls this.

        Raises:
            TimeStampError: the server gave none that serves.
        """
        try:
            token = await super().async_timestamp(message_digest, md_algorithm)
            status = await _look(token, message_digest, md_algorithm)
        except TimeStampError:
            raise
        except OSError as error:
            raise TimeStampError(f"refused: {printable(str(error))}") from None
        except Exception:  # noqa: BLE001 - a strange answer makes asn1crypto and pyHanko raise whatever they run into
            raise TimeStampError("answered with something that is no time-stamp") from None
        if not (status.intact and status.valid):
            raise TimeStampError("sent a time-stamp that does not fit what was asked, or whose signature is broken")
        return token


async def _look(token: Any, digest: bytes, algorithm: str) -> TimestampSignatureStatus:
    # Whether its authority is trusted is asked elsewhere, and only for the levels that promise it.
    nobody = ValidationContext(trust_roots=[], allow_fetching=False)
    imprint = {algorithm: digest}
    values = await validate_tst_signed_data(token["content"], nobody, lambda used: imprint.get(used, b""))
    return TimestampSignatureStatus(**values)


def _why(error: BaseException) -> str:
    cause = error.__cause__ or error
    status = getattr(cause, "status", None)
    if status and status != 200:
        return f"it answered with the HTTP status {status}"
    return getattr(cause, "message", None) or str(cause) or type(cause).__name__
