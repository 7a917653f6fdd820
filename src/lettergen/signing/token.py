"""Tokens and smart cards (PKCS#11): keys that never leave them. Logged in to once for a run, with one PIN."""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from lettergen.problems import MissingError, RefusedError
from lettergen.signing.certificate import facts, refuse_unfit
from lettergen.signing.identity import Identity, Token, identities_folder, refuse_taken_name, store
from lettergen.signing.key import CURVES, SMALLEST_RSA, USABLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cryptography.x509 import Certificate

    from lettergen.signing.passphrase import PassphraseSource
    from lettergen.signing.pyhanko_seam import OpenedSigner

_CHALLENGE = b"Does this key belong to this certificate?"


@dataclass(frozen=True, slots=True)
class OpenToken:
    """A token that was logged in to.

    Attributes:
        session: python-pkcs11's.
        key: its private key.
        name: of the token, for messages.
    """

    session: Any
    key: Any
    name: str

    def close(self) -> None:
        """Log out."""
        self.session.close()

    def signer(self, certificates_pem: bytes) -> OpenedSigner:
        """Return what signs with the token's key.

        Args:
            certificates_pem: the signer's certificate first, then its chain.
        """
        from lettergen.signing.pyhanko_seam import OpenedSigner, longest_ecdsa

        bits = self._bits
        return OpenedSigner(certificates_pem, longest_ecdsa(bits) if self._is_ec else bits // 8, self.sign)

    def sign(self, data: bytes) -> bytes:
        """Return the token's signature over data, with SHA-256.

        Raises:
            RefusedError: the token does not sign.
        """
        from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
        from pkcs11 import Mechanism

        with _sentences(self.name):
            if not self._is_ec:
                return bytes(self.key.sign(data, mechanism=Mechanism.SHA256_RSA_PKCS))
            # Not every token hashes for ECDSA; each signs a digest. It gives two numbers of equal length.
            raw = bytes(self.key.sign(hashlib.sha256(data).digest(), mechanism=Mechanism.ECDSA))
        half = len(raw) // 2
        return encode_dss_signature(int.from_bytes(raw[:half], "big"), int.from_bytes(raw[half:], "big"))

    @property
    def certificates(self) -> list[Certificate]:
        """Those that the token holds."""
        from cryptography.x509 import load_der_x509_certificate
        from pkcs11 import Attribute, ObjectClass

        with _sentences(self.name):
            found = list(self.session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE}))
            return [load_der_x509_certificate(bytes(one[Attribute.VALUE])) for one in found]

    @property
    def _is_ec(self) -> bool:
        from pkcs11 import KeyType

        return bool(self.key.key_type == KeyType.EC)

    @property
    def _bits(self) -> int:
        from pkcs11 import Attribute

        if not self._is_ec:
            return len(bytes(self.key[Attribute.MODULUS])) * 8
        return 521  # the longest of those that lettergen signs with: the token need not tell


def open_token(name: str, token: Token, source: PassphraseSource) -> OpenToken:
    """Log in to a token, once for all the letters of a run. Close it afterwards.

    Args:
        name: the identity's, for whoever is asked for the PIN.
        token: which one, and which of its keys.
        source: asked for the PIN. A wrong one is never tried twice: tokens lock.

    Raises:
        MissingError: the library is not there, or is none.
        RefusedError: the token or its key is not there, or the PIN is missing, wrong or locked.
    """
    found = _plugged_in(token)
    pin = source.find(name, called="PIN")
    with _sentences(token.label):
        session = found.open(user_pin=pin.reveal().decode("utf-8", "surrogateescape"))
        try:
            return OpenToken(session, _key(session, token), token.label)
        except BaseException:
            session.close()
            raise


def add_token(
    name: str,
    token: Token,
    certificates: Sequence[Certificate],
    source: PassphraseSource,
    *,
    now: datetime | None = None,
) -> Identity:
    """Make an identity of a key that stays in its token.

    Args:
        name: what to call it on this computer.
        token: which one, and which of its keys.
        certificates: the signer's and those above it, in any order; those that the token holds are added.
        source: asked for the PIN.
        now: the moment at which the certificate must be valid; the clock's time when None.

    Raises:
        UsageError: the name is unsafe.
        MissingError, RefusedError: see `open_token`; or no certificate belongs to the key, or is fit to sign with.
        FileError: the data folder cannot be written.
    """
    from cryptography.hazmat.primitives.serialization import Encoding

    refuse_taken_name(name)
    opened = open_token(name, token, source)
    try:
        known = list(dict.fromkeys([*certificates, *opened.certificates]))
        signature = opened.sign(_CHALLENGE)
    finally:
        opened.close()
    own = [one for one in known if _is_by(one, signature)]
    if not own:
        raise RefusedError(
            f"No certificate belongs to the key “{token.key}” of the token “{token.label}”.",
            help="Name the file of its certificate with --certificate.",
        )
    certificate = max(own, key=lambda one: one.not_valid_after_utc)
    at = (now or datetime.now(UTC)).replace(microsecond=0)
    refuse_unfit(certificate, at=at)
    identity = Identity(
        name=name,
        origin="token",
        letterhead=None,
        encrypted=True,
        created=at,
        certificate=facts(certificate),
        folder=identities_folder() / name,
        token=token,
    )
    chain = [certificate, *(one for one in known if one not in own)]
    store(identity, None, b"".join(one.public_bytes(Encoding.PEM) for one in chain))
    return identity


def _plugged_in(token: Token) -> Any:
    import pkcs11

    if not token.library.is_file():
        raise MissingError(f"The library of the token is not there: {token.library}.")
    try:
        library = pkcs11.lib(str(token.library))
    except (RuntimeError, pkcs11.PKCS11Error) as error:
        raise MissingError(f"{token.library} is no PKCS#11 library that can be used here.") from error
    with _sentences(token.label):
        # Tokens can be plugged in while a program runs.
        library.reinitialize()
        return library.get_token(token_label=token.label)


def _key(session: Any, token: Token) -> Any:
    from pkcs11 import ObjectClass

    return session.get_key(object_class=ObjectClass.PRIVATE_KEY, label=token.key)


def _is_by(certificate: Certificate, signature: bytes) -> bool:
    """Whether a certificate's public key made the signature over the challenge, and is of a kind that serves."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

    key = certificate.public_key()
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, _CHALLENGE, padding.PKCS1v15(), hashes.SHA256())
            serves = key.key_size >= SMALLEST_RSA
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, _CHALLENGE, ec.ECDSA(hashes.SHA256()))
            serves = key.curve.name in CURVES
        else:
            return False
    except InvalidSignature:
        return False
    if not serves:
        raise RefusedError("The key of the token is of a kind that lettergen does not sign with.", help=USABLE)
    return True


@contextmanager
def _sentences(label: str) -> Iterator[None]:
    """Turn what the library raises into sentences; its own messages are empty, or a maker's codes."""
    from pkcs11 import exceptions

    try:
        yield
    except exceptions.PKCS11Error as error:
        raise RefusedError(_said(error, label), help=_way_out(error)) from None


def _said(error: Exception, label: str) -> str:
    from pkcs11 import exceptions

    known: dict[type[Exception], str] = {
        exceptions.NoSuchToken: f"There is no token “{label}”: it is not plugged in, or has another label.",
        exceptions.MultipleTokensReturned: f"Several tokens are labelled “{label}”.",
        exceptions.PinIncorrect: f"The PIN of the token “{label}” is wrong.",
        exceptions.PinInvalid: f"The PIN of the token “{label}” is wrong.",
        exceptions.PinLenRange: f"The PIN of the token “{label}” is wrong: it has another length.",
        exceptions.PinLocked: f"The token “{label}” is locked after too many wrong PINs.",
        exceptions.PinExpired: f"The PIN of the token “{label}” has expired.",
        exceptions.NoSuchKey: f"The token “{label}” has no such key.",
        exceptions.MultipleObjectsReturned: f"The token “{label}” has several keys of that label.",
    }
    return known.get(type(error), f"The token “{label}” does not do what it is asked ({type(error).__name__}).")


def _way_out(error: Exception) -> str | None:
    from pkcs11 import exceptions

    if isinstance(error, exceptions.PinIncorrect | exceptions.PinInvalid | exceptions.PinLenRange):
        return "It was tried once. A token locks after a few wrong PINs, so make sure before you try again."
    if isinstance(error, exceptions.PinLocked):
        return "Unlock it with its maker's program, or ask who issued it."
    return None
