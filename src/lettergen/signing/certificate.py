"""What a certificate says, and what it must be before lettergen signs with it."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from lettergen.problems import RefusedError
from lettergen.signing.identity import CertificateFacts
from lettergen.signing.key import CURVES

if TYPE_CHECKING:
    from datetime import datetime

    from cryptography.x509 import Certificate, Name

    from lettergen.signing.key import SigningKey


def refuse_foreign_key(certificate: Certificate, key: SigningKey) -> None:
    """Raise unless the certificate belongs to the key.

    Raises:
        RefusedError: it carries another public key.
    """
    if _public_bytes(certificate) != _public_bytes(key):
        raise RefusedError("The certificate does not belong to the key: it carries another public key.")


def refuse_unfit(certificate: Certificate, *, at: datetime) -> None:
    """Raise unless the certificate is valid at a moment, and allows signing.

    Args:
        certificate: the signer's.
        at: the moment of signing, with a time zone.

    Raises:
        RefusedError: with the first rule that is broken.
    """
    refuse_outside_validity(facts(certificate), at=at)
    if not _allows_signing(certificate):
        raise RefusedError(
            "The certificate is not meant for signing: its key usage names neither digital signature nor content "
            "commitment (non-repudiation).",
            help="Ask the authority that issued it for a certificate to sign documents with.",
        )


def refuse_outside_validity(certificate: CertificateFacts, *, at: datetime) -> None:
    """Raise unless the moment lies within the certificate's validity.

    Raises:
        RefusedError: the certificate has expired or is not valid yet.
    """
    if at < certificate.not_before:
        raise RefusedError(
            f"The certificate of “{certificate.signer}” is not valid before {certificate.not_before:%Y-%m-%d}.",
            help="If that day has passed, this computer's clock is wrong.",
        )
    if at > certificate.not_after:
        raise RefusedError(
            f"The certificate of “{certificate.signer}” expired on {certificate.not_after:%Y-%m-%d}.",
            help="Make or import an identity with a certificate that is still valid.",
        )


def facts(certificate: Certificate) -> CertificateFacts:
    """Return what a certificate says.

    Raises:
        ValueError: a field of the certificate cannot be decoded.
    """
    from cryptography.hazmat.primitives import hashes

    return CertificateFacts(
        signer=printable(_name_to_show(certificate.subject)),
        subject=printable(certificate.subject.rfc4514_string()),
        issuer=printable(certificate.issuer.rfc4514_string()),
        self_issued=is_signed_by(certificate, certificate),
        not_before=certificate.not_valid_before_utc,
        not_after=certificate.not_valid_after_utc,
        fingerprint=certificate.fingerprint(hashes.SHA256()).hex(),
        key_type=_key_type(certificate),
    )


def printable(text: str) -> str:
    """Return a stranger's text without what could steer a terminal: control characters, changes of direction."""
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text)


def is_signed_by(certificate: Certificate, issuer: Certificate) -> bool:
    """Whether the issuer's name stands in the certificate and its key signed it."""
    from cryptography.exceptions import InvalidSignature

    try:
        certificate.verify_directly_issued_by(issuer)
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True


def has_broken_link(certificates: list[Certificate]) -> bool:
    """Whether a certificate names another one of these as its issuer, but is not signed by it."""
    for certificate in certificates:
        issuers = [other for other in certificates if other.subject == certificate.issuer]
        if issuers and not any(is_signed_by(certificate, issuer) for issuer in issuers):
            return True
    return False


def with_chain(certificates: list[Certificate], key: SigningKey) -> tuple[Certificate, ...]:
    """Return the certificate that belongs to the key, then the others in the order in which they came.

    Raises:
        RefusedError: none of them belongs to the key.
    """
    own = [certificate for certificate in certificates if _public_bytes(certificate) == _public_bytes(key)]
    if not own:
        raise RefusedError("No certificate there belongs to the key: each carries another public key.")
    # A renewed certificate can stand beside the old one for the same key: the newest is meant.
    signer = max(own, key=lambda certificate: certificate.not_valid_after_utc)
    return (signer, *(certificate for certificate in certificates if certificate not in own))


def certificates_in(data: bytes, *, where: str) -> list[Certificate]:
    """Return the certificates of a PEM file in its order; at least one.

    Raises:
        RefusedError: there is none.
    """
    from cryptography.x509 import load_pem_x509_certificates

    with suppress(ValueError):
        return load_pem_x509_certificates(data)
    raise RefusedError(f"{where} holds no certificate in PEM form (a file that says BEGIN CERTIFICATE).")


def _name_to_show(name: Name) -> str:
    from cryptography.x509.oid import NameOID

    for oid in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME):
        for attribute in name.get_attributes_for_oid(oid):
            return str(attribute.value)
    return name.rfc4514_string() or "nobody named"


def _key_type(certificate: Certificate) -> str:
    from cryptography.hazmat.primitives.asymmetric import ec, rsa

    key = certificate.public_key()
    if isinstance(key, rsa.RSAPublicKey):
        return f"RSA-{key.key_size}"
    if isinstance(key, ec.EllipticCurvePublicKey):
        return CURVES.get(key.curve.name, key.curve.name)
    return type(key).__name__.removesuffix("PublicKey")


def _allows_signing(certificate: Certificate) -> bool:
    """Whether key usage (RFC 5280, 4.2.1.3) permits it; a certificate without that extension is not restricted."""
    from cryptography.x509 import ExtensionNotFound, KeyUsage

    try:
        usage = certificate.extensions.get_extension_for_class(KeyUsage).value
    except ExtensionNotFound:
        return True
    return usage.digital_signature or usage.content_commitment


def _public_bytes(holder: Certificate | SigningKey) -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    return holder.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
