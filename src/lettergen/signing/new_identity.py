"""Making identities: self-issued ones from nothing, others from a PKCS#12 or PEM file."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from lettergen.problems import FileError, RefusedError, UsageError
from lettergen.signing.certificate import certificates_in, facts, refuse_unfit, with_chain
from lettergen.signing.identity import Identity, identities_folder, refuse_taken_name, store
from lettergen.signing.key import is_encrypted_pem, open_pem_key, signing_key
from lettergen.signing.passphrase import Passphrase, refuse_readable_by_others

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.hazmat.primitives.serialization.pkcs12 import PKCS12KeyAndCertificates
    from cryptography.x509 import Certificate

    from lettergen.signing.key import SigningKey
    from lettergen.signing.passphrase import PassphraseSource

# Readers judge a signature without a time stamp on the day they look, so a letter must not "expire" while people
# may still ask for it; and nobody can revoke a self-issued certificate, so it must not live for ever. Ten years
# keep the letters of its first years for longer than anybody argues about them.
VALID_FOR = timedelta(days=3653)

# X.520 allows 64 characters, which libraries count in bytes. The mark is in the common name: readers show that.
LONGEST_NAME = 64
MARK = " (self-issued)"
UNIT = "self-issued by lettergen"


def new(
    name: str, organisation: str, passphrase: Passphrase | None = None, *, now: datetime | None = None
) -> Identity:
    """Make a self-issued identity because the user asked for one.

    Args:
        name: what to call it on this computer.
        organisation: whom its certificate names.
        passphrase: encrypts the key; without one the file's permissions alone protect it.
        now: start of its validity; the clock's time when None.

    Raises:
        UsageError: the name is unsafe, or the organisation is empty.
        RefusedError: the name is taken.
        FileError: the data folder cannot be written.
    """
    return _self_issued(name, organisation, passphrase=passphrase, letterhead=None, now=now)


def make_for_letterhead(letterhead: str, organisation: str, *, now: datetime | None = None) -> Identity:
    """Make the self-issued identity that signs a letterhead's letters while the user has set up none.

    It takes the letterhead's id as its name. It has no passphrase: a first run must not stop to ask for one.

    Raises:
        UsageError, RefusedError, FileError: as for `new`.
    """
    return _self_issued(letterhead, organisation, passphrase=None, letterhead=letterhead, now=now)


def import_pkcs12(path: Path, name: str, source: PassphraseSource, *, now: datetime | None = None) -> Identity:
    """Take an identity over from a PKCS#12 file (.p12, .pfx) with its chain.

    The stored key is encrypted under the file's own passphrase, if it has one.

    Args:
        path: the file.
        name: what to call it on this computer.
        source: asked for the passphrase only if the file has one.
        now: the moment at which the certificate must be valid; the clock's time when None.

    Raises:
        UsageError: the name is unsafe.
        RefusedError: the name is taken, the passphrase does not open the file, the file has no passphrase and other
            users may read it, or key and certificate are not fit to sign with.
        FileError: the file cannot be read, or the data folder cannot be written.
    """
    refuse_taken_name(name)
    data = _read(path)
    passphrase = None
    bundle = _opened_pkcs12(data, None) or _opened_pkcs12(data, Passphrase(b""))
    if bundle is None:
        passphrase = source.find(name)
        bundle = _opened_pkcs12(data, passphrase)
    else:
        refuse_readable_by_others(path)
    if bundle is None:
        raise RefusedError(f"{path} does not open: the passphrase is wrong, or it is no PKCS#12 file (.p12, .pfx).")
    entries = [entry for entry in (bundle.cert, *bundle.additional_certs) if entry is not None]
    if bundle.key is None or not entries:
        raise RefusedError(
            f"{path} lacks a key or a certificate.", help="Export both, with the chain, into one file."
        )
    return _imported(name, bundle.key, [entry.certificate for entry in entries], passphrase, now)


def import_pem(
    key: Path, certificates: Sequence[Path], name: str, source: PassphraseSource, *, now: datetime | None = None
) -> Identity:
    """Take an identity over from PEM files.

    Args:
        key: the private key, encrypted or not.
        certificates: files with the signer's certificate and those of the authorities above it, in any order.
        name: what to call it on this computer.
        source: asked for the passphrase only if the key has one.
        now: the moment at which the certificate must be valid; the clock's time when None.

    Raises:
        UsageError, RefusedError, FileError: as for `import_pkcs12`.
    """
    refuse_taken_name(name)
    data = _read(key)
    passphrase = source.find(name) if is_encrypted_pem(data) else None
    if passphrase is None:
        refuse_readable_by_others(key)
    private_key = open_pem_key(data, passphrase, where=str(key))
    found = [one for path in certificates for one in certificates_in(_read(path), where=str(path))]
    return _imported(name, private_key, found, passphrase, now)


def _self_issued(
    name: str, organisation: str, *, passphrase: Passphrase | None, letterhead: str | None, now: datetime | None
) -> Identity:
    from cryptography.hazmat.primitives.asymmetric import ec

    refuse_taken_name(name)
    organisation = " ".join(organisation.split())
    if not organisation:
        raise UsageError("An identity needs the name of the organisation that signs.")
    at = _to_the_second(now)
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = _self_issued_certificate(key, organisation, at)
    identity = Identity(
        name=name,
        origin="made" if letterhead else "new",
        letterhead=letterhead,
        encrypted=passphrase is not None,
        created=at,
        certificate=facts(certificate),
        folder=identities_folder() / name,
    )
    store(identity, _pem(key, passphrase), _pem_of([certificate]))
    return identity


def _self_issued_certificate(key: EllipticCurvePrivateKey, organisation: str, at: datetime) -> Certificate:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.x509.oid import NameOID

    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, _shortened(organisation, LONGEST_NAME)),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, UNIT),
            x509.NameAttribute(NameOID.COMMON_NAME, _shortened(organisation, LONGEST_NAME - len(MARK)) + MARK),
        ]
    )
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at)
        .not_valid_after(at + VALID_FOR)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )


def _shortened(text: str, longest: int) -> str:
    """Return a text of at most so many bytes in UTF-8, cut between characters and marked with an ellipsis."""
    if len(text.encode()) <= longest:
        return text
    return text.encode()[: longest - len("…".encode())].decode(errors="ignore").rstrip() + "…"


def _imported(
    name: str, key: object, certificates: list[Certificate], passphrase: Passphrase | None, now: datetime | None
) -> Identity:
    at = _to_the_second(now)
    private_key = signing_key(key)
    ordered = with_chain(certificates, private_key)
    refuse_unfit(ordered[0], at=at)
    identity = Identity(
        name=name,
        origin="imported",
        letterhead=None,
        encrypted=passphrase is not None,
        created=at,
        certificate=facts(ordered[0]),
        folder=identities_folder() / name,
    )
    store(identity, _pem(private_key, passphrase), _pem_of(ordered))
    return identity


def _to_the_second(now: datetime | None) -> datetime:
    # Certificates count in whole seconds.
    return (now or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)


def _pem(key: SigningKey, passphrase: Passphrase | None) -> bytes:
    from cryptography.hazmat.primitives.serialization import (
        BestAvailableEncryption,
        Encoding,
        NoEncryption,
        PrivateFormat,
    )

    encryption = BestAvailableEncryption(passphrase.reveal()) if passphrase else NoEncryption()
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption)


def _pem_of(certificates: Iterable[Certificate]) -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding

    return b"".join(certificate.public_bytes(Encoding.PEM) for certificate in certificates)


def _opened_pkcs12(data: bytes, passphrase: Passphrase | None) -> PKCS12KeyAndCertificates | None:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization.pkcs12 import load_pkcs12

    with suppress(ValueError, TypeError, UnsupportedAlgorithm):
        return load_pkcs12(data, passphrase.reveal() if passphrase else None)
    return None


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise FileError(f"{path} cannot be read: {error.strerror or error}.") from error
