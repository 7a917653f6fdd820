"""Where lettergen meets pyHanko's classes. Importing this costs what pyHanko costs: do it inside a function."""

from __future__ import annotations

import asyncio
import logging
import warnings
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from asn1crypto.cms import ContentInfo
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.signers import PdfSigner, Signer

from lettergen.signing.mould import Mould

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator
    from datetime import datetime

    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.pdf_utils.writer import BasePdfFileWriter
    from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
    from pyhanko.sign.signers.pdf_signer import PdfSigningSession

    from lettergen.signing.key import SigningKey

DIGEST = "sha256"

Outcome = TypeVar("Outcome")


class OpenedSigner(Signer):
    """Signs with something that was opened once.

    pyHanko also signs a dummy per document to learn how much room to leave; here a dry run answers with zeros.

    Args:
        certificates_pem: the signer's certificate first, then its chain.
        longest: bytes of the longest signature.
        sign: makes a raw signature over data, with SHA-256.
    """

    def __init__(self, certificates_pem: bytes, longest: int, sign: Callable[[bytes], bytes]) -> None:
        certificate, *chain = load_certs_from_pemder_data(certificates_pem)
        super().__init__(signing_cert=certificate)
        self.cert_registry.register_multiple(chain)
        self._longest = longest
        self._sign = sign
        self._mould: Mould | None = None

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:  # noqa: FBT001, FBT002 - pyHanko's signature
        """Return the raw signature; pyHanko calls this."""
        if digest_algorithm != DIGEST:
            raise NotImplementedError(f"lettergen signs with {DIGEST}, not {digest_algorithm}")
        return bytes(self._longest) if dry_run else self._sign(data)

    async def async_sign(  # type: ignore[override]
        self,
        data_digest: bytes,
        digest_algorithm: str,
        dry_run: bool = False,  # noqa: FBT001, FBT002 - pyHanko's signature
        use_pades: bool = False,  # noqa: FBT001, FBT002
        **further: Any,
    ) -> ContentInfo:
        """Return the container of a signature; pyHanko calls this."""
        asked = {name for name, value in further.items() if value is not None} - {
            "is_pdf_sig",
            "signed_attr_settings",
        }
        if dry_run or not use_pades or asked or not _is_plain(further.get("signed_attr_settings")):
            return await super().async_sign(data_digest, digest_algorithm, dry_run, use_pades, **further)
        if self._mould is None:
            zeros = bytes(hashes.SHA256.digest_size)
            self._mould = Mould.of(await super().async_sign(zeros, DIGEST, dry_run=True, use_pades=True))
        return ContentInfo.load(self._mould.filled(data_digest, self._sign))

    def container_size(self) -> int:
        """Return how many hexadecimal digits the longest PAdES B-B signature of this signer takes in a PDF."""
        dry = self.async_sign(bytes(hashes.SHA256.digest_size), DIGEST, dry_run=True, use_pades=True)
        return 2 * len(asyncio.run(dry).dump())


def _is_plain(settings: PdfCMSSignedAttributes | None) -> bool:
    """Whether nothing is to be signed but what every PAdES signature signs; the time stands in the PDF."""
    return settings is None or not (settings.cades_signed_attrs or settings.adobe_revinfo_attr)


def with_parsed_key(key: SigningKey, certificates_pem: bytes) -> OpenedSigner:
    """Return what signs with a key that was parsed once.

    pyHanko's own SimpleSigner keeps the key as bytes, and parses and checks it again for each signature, twice a
    document. Checking an RSA key of 3072 bits takes ten times as long as signing with it.

    Args:
        key: P-256, P-384, P-521 or RSA.
        certificates_pem: the signer's certificate first, then its chain.
    """
    digest = hashes.SHA256()
    if isinstance(key, EllipticCurvePrivateKey):
        return OpenedSigner(
            certificates_pem, longest_ecdsa(key.key_size), lambda data: key.sign(data, ECDSA(digest))
        )
    return OpenedSigner(certificates_pem, key.key_size // 8, lambda data: key.sign(data, PKCS1v15(), digest))


def longest_ecdsa(bits: int) -> int:
    """Return the bytes of the longest ECDSA signature: two integers in DER, each as long as the curve's order."""
    largest = (1 << bits) - 1
    return len(encode_dss_signature(largest, largest))


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
