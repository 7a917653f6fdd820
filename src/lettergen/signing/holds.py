"""Whether a signature that was made a moment ago holds: a look at bytes that were just written.

What a file says to a stranger is for `verify`, which reads it as a stranger does. Here the question is smaller, and
asked for every letter of a batch: did the disk get what was signed, by whom it was meant to be signed?
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def holds(pdf: bytes, byte_range: Sequence[int], contents: bytes, fingerprint: str) -> bool:
    """Whether a PAdES B signature covers the whole file, holds, and is by the certificate that was meant.

    Args:
        pdf: the whole file.
        byte_range: the signature's /ByteRange, as a reader that did not make it found it.
        contents: the signature's value, likewise, with its padding.
        fingerprint: SHA-256 of the signer's certificate, in hexadecimal.
    """
    from asn1crypto.cms import ContentInfo
    from cryptography.exceptions import InvalidSignature
    from cryptography.x509 import load_der_x509_certificate

    from lettergen.signing.container import agrees_with_itself, leaves_out_only_itself, reaches_end

    if not leaves_out_only_itself(pdf, byte_range, contents) or not reaches_end(pdf, byte_range):
        return False
    signed_data = ContentInfo.load(contents)["content"]
    (signer_info,) = signed_data["signer_infos"]
    signers = [
        one.chosen for one in signed_data["certificates"] if sha256(one.chosen.dump()).hexdigest() == fingerprint
    ]
    if len(signers) != 1 or not agrees_with_itself(contents, signed_data, signer_info, signers[0]):
        return False
    digest = sha256(pdf[: byte_range[1]])
    digest.update(pdf[byte_range[2] :])
    attributes = {one["type"].native: one["values"] for one in signer_info["signed_attrs"]}
    if attributes["message_digest"][0].native != digest.digest():
        return False
    key = load_der_x509_certificate(signers[0].dump()).public_key()
    try:
        _verify(key, signer_info["signature"].native, signer_info["signed_attrs"].untag().dump())
    except InvalidSignature:
        return False
    return True


def _verify(key: object, signature: bytes, data: bytes) -> None:
    from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
    from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
    from cryptography.hazmat.primitives.hashes import SHA256

    if isinstance(key, EllipticCurvePublicKey):
        key.verify(signature, data, ECDSA(SHA256()))
    elif isinstance(key, RSAPublicKey):
        key.verify(signature, data, PKCS1v15(), SHA256())
    else:
        raise TypeError(f"lettergen does not sign with {key!r}")
