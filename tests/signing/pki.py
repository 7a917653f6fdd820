"""Keys and certificates made on the spot, good and bad ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import AuthorityInformationAccessOID, NameOID

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.types import CertificateIssuerPrivateKeyTypes

# Every test lives at this moment; none asks what day it is.
NOW = datetime(2025, 4, 1, 9, 0, tzinfo=UTC)
YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Holder:
    """A certificate and its key."""

    certificate: x509.Certificate
    key: CertificateIssuerPrivateKeyTypes

    @property
    def certificate_pem(self) -> bytes:
        """The certificate as a PEM file holds it."""
        return self.certificate.public_bytes(Encoding.PEM)

    def key_pem(self, passphrase: bytes | None = None) -> bytes:
        """The key as a PEM file holds it."""
        encryption = BestAvailableEncryption(passphrase) if passphrase else NoEncryption()
        return self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption)


def usage(*allowed: str) -> x509.KeyUsage:
    """Return a key usage that allows this and nothing else."""
    names = (
        "digital_signature",
        "content_commitment",
        "key_encipherment",
        "data_encipherment",
        "key_agreement",
        "key_cert_sign",
        "crl_sign",
        "encipher_only",
        "decipher_only",
    )
    return x509.KeyUsage(**{name: name in allowed for name in names})


TO_SIGN = usage("digital_signature", "content_commitment")


def issue(
    name: str,
    *,
    key: CertificateIssuerPrivateKeyTypes | None = None,
    issuer: Holder | None = None,
    key_usage: x509.KeyUsage = TO_SIGN,
    start: datetime = NOW - YEAR,
    end: datetime = NOW + YEAR,
) -> Holder:
    """Return a certificate for a name, self-issued without an issuer. It points to a host that nobody may ask."""
    key = key or ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    ocsp = x509.AccessDescription(
        AuthorityInformationAccessOID.OCSP, x509.UniformResourceIdentifier("http://ocsp.invalid/")
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(end)
        .add_extension(key_usage, critical=True)
        .add_extension(x509.BasicConstraints(ca=key_usage.key_cert_sign, path_length=None), critical=True)
        .add_extension(x509.AuthorityInformationAccess([ocsp]), critical=False)
        .sign(issuer.key if issuer else key, hashes.SHA256())
    )
    return Holder(certificate, key)


@cache
def root() -> Holder:
    """Return an authority's root."""
    return issue("Test Root", key_usage=usage("key_cert_sign"))


@cache
def intermediate() -> Holder:
    """Return the authority that issues certificates to people."""
    return issue("Test Authority", issuer=root(), key_usage=usage("key_cert_sign"))


@cache
def officer() -> Holder:
    """Return what an authority issued to an organisation."""
    return issue("Rights Watchers", issuer=intermediate())


@cache
def rsa_officer() -> Holder:
    """Return the same with an RSA key of 3072 bits."""
    return issue("Rights Watchers", issuer=intermediate(), key=rsa.generate_private_key(65537, 3072))
