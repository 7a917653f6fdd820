"""Private keys: which kinds serve, and how one opens."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from lettergen.problems import RefusedError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

    from lettergen.signing.passphrase import Passphrase

    SigningKey = RSAPrivateKey | EllipticCurvePrivateKey

SMALLEST_RSA = 2048  # bits; ETSI TS 119 312 counts less as broken
CURVES = {"secp256r1": "P-256", "secp384r1": "P-384", "secp521r1": "P-521"}
USABLE = "Use P-256, P-384, P-521, or RSA with 2048 bits or more."


def is_encrypted_pem(data: bytes) -> bool:
    """Whether a PEM private key opens with a passphrase only."""
    return b"-----BEGIN ENCRYPTED PRIVATE KEY-----" in data or b"Proc-Type: 4,ENCRYPTED" in data


def open_pem_key(data: bytes, passphrase: Passphrase | None, *, where: str) -> SigningKey:
    """Return a PEM private key.

    Raises:
        RefusedError: it does not open, or is of a kind that lettergen does not sign with.
    """
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    key: object = None
    # Raised below, outside this block: then the error has no cause whose frames or arguments are the library's.
    with suppress(ValueError, TypeError, UnsupportedAlgorithm):
        key = load_pem_private_key(data, passphrase.reveal() if passphrase else None)
    if key is None and passphrase is None:
        raise RefusedError(f"{where} is not a private key in PEM form that lettergen can open.")
    if key is None:
        raise RefusedError(f"{where} does not open: the passphrase is wrong, or the file is damaged.")
    return signing_key(key)


def signing_key(key: object) -> SigningKey:
    """Return the key, now known to be of a kind that the readers of our letters can check.

    Raises:
        RefusedError: the kind or the size does not serve; the sentence says why.
    """
    from cryptography.hazmat.primitives.asymmetric import ec, ed448, ed25519, rsa

    if isinstance(key, rsa.RSAPrivateKey):
        if key.key_size < SMALLEST_RSA:
            raise RefusedError(f"An RSA key of {key.key_size} bits is too weak to sign with.", help=USABLE)
        return key
    if isinstance(key, ec.EllipticCurvePrivateKey):
        if key.curve.name not in CURVES:
            raise RefusedError(f"Many readers cannot check a key on the curve {key.curve.name}.", help=USABLE)
        return key
    if isinstance(key, ed25519.Ed25519PrivateKey | ed448.Ed448PrivateKey):
        raise RefusedError(
            "The key is an Edwards-curve key (Ed25519 or Ed448). A PDF can be signed with it, but OpenSSL 3.0, "
            "Poppler and LibreOffice reject the signature.",
            help=USABLE,
        )
    raise RefusedError("The key is of a kind that lettergen does not sign with.", help=USABLE)
