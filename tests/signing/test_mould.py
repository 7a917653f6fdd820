"""Holds that the containers of signatures, made in one mould, are those that pyHanko makes one by one."""

from __future__ import annotations

import asyncio
import datetime as dt
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest
from asn1crypto.cms import ContentInfo
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from pyhanko.sign.signers import Signer

from lettergen.signing.mould import Mould
from lettergen.signing.pyhanko_seam import OpenedSigner, with_parsed_key

if TYPE_CHECKING:
    from lettergen.signing.key import SigningKey

DIGESTS = [sha256(bytes([number])).digest() for number in range(60)]


def _signer(key: SigningKey) -> OpenedSigner:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Watchers")])
    begin = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    dated = builder.serial_number(7).not_valid_before(begin).not_valid_after(begin + dt.timedelta(days=900))
    return with_parsed_key(key, dated.sign(key, SHA256()).public_bytes(Encoding.PEM))


def _ours(signer: OpenedSigner, digest: bytes) -> bytes:
    return bytes(asyncio.run(signer.async_sign(digest, "sha256", use_pades=True)).dump())


def test_the_same_as_pyhankos() -> None:
    """With RSA, whose signatures are the same each time, the containers are the same byte for byte."""
    signer = _signer(rsa.generate_private_key(65537, 3072))
    for digest in DIGESTS[:5]:
        theirs = asyncio.run(Signer.async_sign(signer, digest, "sha256", use_pades=True)).dump()
        assert _ours(signer, digest) == theirs


@pytest.mark.parametrize("curve", [ec.SECP256R1(), ec.SECP384R1(), ec.SECP521R1()])
def test_signatures_of_any_length(curve: Any) -> None:
    """With ECDSA, whose signatures differ in length, every container is whole DER, and its signature holds."""
    key = ec.generate_private_key(curve)
    signer = _signer(key)
    lengths = set()
    for digest in DIGESTS:
        der = _ours(signer, digest)
        container = ContentInfo.load(der, strict=True)
        assert container.dump(force=True) == der
        (signer_info,) = container["content"]["signer_infos"]
        attributes = {one["type"].native: one["values"][0].native for one in signer_info["signed_attrs"]}
        assert attributes["message_digest"] == digest
        signature = signer_info["signature"].native
        key.public_key().verify(signature, signer_info["signed_attrs"].untag().dump(), ec.ECDSA(SHA256()))
        lengths.add(len(signature))
    assert len(lengths) > 1


def test_another_build() -> None:
    """A container that is not built as expected is no mould."""
    signer = _signer(ec.generate_private_key(ec.SECP256R1()))
    container = asyncio.run(Signer.async_sign(signer, DIGESTS[0], "sha256", use_pades=True))
    with pytest.raises(ValueError, match="no place for a digest"):
        Mould.of(container)
