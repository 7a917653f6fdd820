"""Where lettergen meets pyHanko's classes. Importing this costs what pyHanko costs: do it inside a function."""

from __future__ import annotations

import asyncio
import logging
import warnings
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.signers import PdfSigner, Signer

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterator
    from datetime import datetime

    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.pdf_utils.writer import BasePdfFileWriter
    from pyhanko.sign.signers.pdf_signer import PdfSigningSession

    from lettergen.signing.key import SigningKey

DIGEST = "sha256"

Outcome = TypeVar("Outcome")


class ParsedKeySigner(Signer):
    """Signs with a key that was parsed once.

    pyHanko's own SimpleSigner keeps the key as bytes, and parses and checks it again for each signature, twice a
    document, for it also signs a dummy to learn how much room to leave. Checking an RSA key of 3072 bits takes ten
    times as long as signing with it. Here the key stays parsed, and a dry run answers with zeros instead.

    Args:
        key: P-256, P-384, P-521 or RSA.
        certificates_pem: the signer's certificate first, then its chain.
    """

    def __init__(self, key: SigningKey, certificates_pem: bytes) -> None:
        certificate, *chain = load_certs_from_pemder_data(certificates_pem)
        super().__init__(signing_cert=certificate)
        self.cert_registry.register_multiple(chain)
        self._key = key

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:  # noqa: FBT001, FBT002 - pyHanko's signature
        """Return the raw signature; pyHanko calls this."""
        if digest_algorithm != DIGEST:
            raise NotImplementedError(f"lettergen signs with {DIGEST}, not {digest_algorithm}")
        if dry_run:
            return bytes(_longest_signature(self._key))
        if isinstance(self._key, EllipticCurvePrivateKey):
            return self._key.sign(data, ECDSA(hashes.SHA256()))
        return self._key.sign(data, PKCS1v15(), hashes.SHA256())

    def container_size(self) -> int:
        """Return how many hexadecimal digits the longest PAdES B-B signature of this signer takes in a PDF."""
        dry = self.async_sign(bytes(hashes.SHA256.digest_size), DIGEST, dry_run=True, use_pades=True)
        return 2 * len(asyncio.run(dry).dump())


class DatedPdfSigner(PdfSigner):
    """A PdfSigner whose time of signing can be given; pyHanko always takes the clock's."""

    signed_at: datetime | None = None

    def init_signing_session(
        self,
        pdf_out: BasePdfFileWriter,
        existing_fields_only: bool = False,  # noqa: FBT001, FBT002 - pyHanko's signature
    ) -> PdfSigningSession:
        """Open the session with the given time; pyHanko calls this."""
        session = super().init_signing_session(pdf_out, existing_fields_only)
        if self.signed_at is not None:
            session.system_time = self.signed_at
        return session


def signature_fields(reader: PdfFileReader) -> Iterator[tuple[str, Any, Any]]:
    """Yield the name, the value (None when it is empty) and the field of every signature field of a PDF."""
    for name, value, field in enumerate_sig_fields(reader):
        # pyHanko leaves a name that is no text in PDF's own encoding as bytes.
        yield name.decode("latin-1") if isinstance(name, bytes) else name, value, field


def settled(work: Coroutine[Any, Any, Outcome]) -> Outcome:
    """Return what comes of pyHanko's work; also where a loop runs already, which must not wait for itself."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(work)
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


@contextmanager
def silence() -> Iterator[None]:
    """Keep pyHanko's log, which holds tracebacks, and the warnings of its libraries off the user's screen."""
    loggers = [logging.getLogger(name) for name in ("pyhanko", "pyhanko_certvalidator")]
    levels = [logger.level for logger in loggers]
    try:
        for logger in loggers:
            logger.setLevel(logging.CRITICAL + 1)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


def _longest_signature(key: SigningKey) -> int:
    if isinstance(key, EllipticCurvePrivateKey):
        # ECDSA writes two integers in DER, each at most as long as the curve's order with a sign byte.
        largest = (1 << key.key_size) - 1
        return len(encode_dss_signature(largest, largest))
    return key.key_size // 8
