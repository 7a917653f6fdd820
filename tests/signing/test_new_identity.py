"""Making self-issued identities, and taking over those that others issued."""

from __future__ import annotations

import shlex
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
    pkcs12,
)

from lettergen.problems import FileError, LettergenError, RefusedError, UsageError
from lettergen.signing.identity import identities_folder, list_identities, load
from lettergen.signing.new_identity import import_pem, import_pkcs12, make_for_letterhead, new
from lettergen.signing.passphrase import Passphrase, PassphraseSource
from signing.pki import NOW, YEAR, Holder, intermediate, issue, officer, root, usage

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from lettergen.signing.identity import Identity

SECRET = b"correct horse battery staple"
NO_SOURCE = PassphraseSource()


@pytest.fixture
def source(tmp_path: Path) -> PassphraseSource:
    """Return a source that knows the secret."""
    return PassphraseSource(file=private(tmp_path / "passphrase", SECRET + b"\nsecond line\n"))


def private(path: Path, data: bytes) -> Path:
    """Write a file that only its owner may read."""
    path.touch(mode=0o600)
    path.write_bytes(data)
    return path


def p12(holder: Holder, *chain: Holder, passphrase: bytes | None = SECRET) -> bytes:
    """Return a PKCS#12 file with a holder and the authorities above."""
    assert isinstance(holder.key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey)
    return pkcs12.serialize_key_and_certificates(
        b"holder",
        holder.key,
        holder.certificate,
        [authority.certificate for authority in chain],
        BestAvailableEncryption(passphrase) if passphrase else NoEncryption(),
    )


def stored_certificates(identity: Identity) -> list[x509.Certificate]:
    """Return what stands in an identity's certificate file."""
    return x509.load_pem_x509_certificates((identity.folder / "certificate.pem").read_bytes())


def test_a_self_issued_certificate_says_whose_it_is_and_that_it_is_self_issued() -> None:
    """Organisation and mark stand where readers show them; the rest is what signing a document takes."""
    identity = new("watchers", " Rights\n Watchers ", now=NOW)
    (certificate,) = stored_certificates(identity)
    name = "CN=Rights Watchers (self-issued),OU=self-issued by lettergen,O=Rights Watchers"
    assert (certificate.subject.rfc4514_string(), certificate.issuer.rfc4514_string()) == (name, name)
    assert (certificate.not_valid_before_utc, certificate.not_valid_after_utc) == (NOW, NOW + timedelta(days=3653))
    assert [(extension.critical, extension.value) for extension in certificate.extensions] == [
        (True, x509.BasicConstraints(ca=False, path_length=None)),
        (True, usage("digital_signature", "content_commitment")),
        (False, x509.SubjectKeyIdentifier.from_public_key(certificate.public_key())),
    ]
    certificate.verify_directly_issued_by(certificate)


def test_the_record_says_what_the_certificate_says() -> None:
    """What `identity show` prints without loading a library is true."""
    identity = new("watchers", "Rights Watchers", now=NOW)
    (certificate,) = stored_certificates(identity)
    assert identity == load("watchers")
    assert identity.to_json() == {
        "name": "watchers",
        "schema": 1,
        "origin": "new",
        "letterhead": None,
        "encrypted": False,
        "created": "2025-04-01T09:00:00+00:00",
        "certificate": {
            "signer": "Rights Watchers (self-issued)",
            "subject": certificate.subject.rfc4514_string(),
            "issuer": certificate.subject.rfc4514_string(),
            "self_issued": True,
            "not_before": "2025-04-01T09:00:00+00:00",
            "not_after": "2035-04-02T09:00:00+00:00",
            "fingerprint": identity.certificate.fingerprint,
            "key_type": "P-256",
        },
        "path": str(identities_folder() / "watchers"),
    }


def test_the_identity_of_a_letterhead_bears_its_name() -> None:
    """What a first run makes is marked as made, and for which letterhead."""
    identity = make_for_letterhead("watchers", "Rights Watchers", now=NOW)
    assert (identity.name, identity.origin, identity.letterhead) == ("watchers", "made", "watchers")


@pytest.mark.parametrize(
    ("organisation", "common_name"),
    [
        ("International Partnership for Human Rights", "International Partnership for Human Rights (self-issued)"),
        ("A" * 80, "A" * 47 + "… (self-issued)"),
        ("Правозащитники " * 5, "Правозащитники Правозащи… (self-issued)"),
    ],
)
def test_a_long_name_is_shortened_where_the_standard_has_a_limit(organisation: str, common_name: str) -> None:
    """Sixty-four bytes, cut between characters, and the mark is never what is cut."""
    identity = new("watchers", organisation, now=NOW)
    assert identity.certificate.signer == common_name
    assert len(common_name.encode()) <= 64


def test_an_organisation_without_a_name_is_a_usage_error() -> None:
    """A certificate for nobody is not made."""
    with pytest.raises(UsageError, match="needs the name"):
        new("watchers", " \n ", now=NOW)


def test_a_new_key_is_encrypted_under_a_passphrase() -> None:
    """The key opens with it and not without it."""
    identity = new("watchers", "Rights Watchers", Passphrase(SECRET), now=NOW)
    data = (identity.folder / "key.pem").read_bytes()
    assert identity.encrypted
    with pytest.raises(TypeError):
        load_pem_private_key(data, None)
    load_pem_private_key(data, SECRET)


@pytest.mark.parametrize("passphrase", [SECRET, None])
def test_pkcs12_with_its_chain(tmp_path: Path, source: PassphraseSource, passphrase: bytes | None) -> None:
    """Key, certificate and chain are taken over; the key stays encrypted as it came."""
    file = private(tmp_path / "officer.p12", p12(officer(), intermediate(), root(), passphrase=passphrase))
    identity = import_pkcs12(file, "officer", source, now=NOW)
    assert identity == load("officer")
    assert (identity.origin, identity.encrypted) == ("imported", passphrase is not None)
    assert (identity.certificate.signer, identity.certificate.issuer) == ("Rights Watchers", "CN=Test Authority")
    assert not identity.certificate.self_issued
    assert stored_certificates(identity) == [one.certificate for one in (officer(), intermediate(), root())]
    load_pem_private_key((identity.folder / "key.pem").read_bytes(), passphrase)


def test_pkcs12_of_an_older_kind(tmp_path: Path, source: PassphraseSource) -> None:
    """Files with triple DES, which many authorities still send, open."""
    encryption = (
        PrivateFormat.PKCS12.encryption_builder()
        .key_cert_algorithm(pkcs12.PBES.PBESv1SHA1And3KeyTripleDESCBC)
        .build(SECRET)
    )
    key = officer().key
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    data = pkcs12.serialize_key_and_certificates(None, key, officer().certificate, None, encryption)
    identity = import_pkcs12(private(tmp_path / "officer.p12", data), "officer", source, now=NOW)
    assert identity.certificate.signer == "Rights Watchers"


@pytest.mark.parametrize("passphrase", [SECRET, None])
def test_pem_with_its_chain_in_any_order(
    tmp_path: Path, source: PassphraseSource, passphrase: bytes | None
) -> None:
    """The certificate that belongs to the key is found wherever it stands."""
    key = private(tmp_path / "key.pem", officer().key_pem(passphrase))
    files = [tmp_path / "chain.pem", tmp_path / "certificate.pem"]
    files[0].write_bytes(intermediate().certificate_pem + root().certificate_pem)
    files[1].write_bytes(officer().certificate_pem)
    identity = import_pem(key, files, "officer", source, now=NOW)
    assert identity == load("officer")
    assert identity.encrypted == (passphrase is not None)
    assert stored_certificates(identity) == [one.certificate for one in (officer(), intermediate(), root())]


def test_of_two_certificates_for_one_key_the_newer_is_used(tmp_path: Path) -> None:
    """A renewal that stands beside what it replaces does not leave the expired one in use."""
    key = ec.generate_private_key(ec.SECP256R1())
    old = issue("Rights Watchers", key=key, issuer=root(), end=NOW - YEAR / 2)
    renewed = issue("Rights Watchers", key=key, issuer=root())
    both = tmp_path / "both.pem"
    both.write_bytes(old.certificate_pem + renewed.certificate_pem)
    identity = import_pem(private(tmp_path / "key.pem", old.key_pem()), [both], "officer", NO_SOURCE, now=NOW)
    assert stored_certificates(identity) == [renewed.certificate]


EDWARDS = (
    "The key is an Edwards-curve key (Ed25519 or Ed448). A PDF can be signed with it, but OpenSSL 3.0, Poppler and "
    "LibreOffice reject the signature."
)
NOT_FOR_SIGNING = (
    "The certificate is not meant for signing: its key usage names neither digital signature nor content "
    "commitment (non-repudiation)."
)
UNFIT: dict[str, tuple[Callable[[], Holder], str]] = {
    "expired": (
        lambda: issue("Rights Watchers", end=NOW - timedelta(days=1)),
        "The certificate of “Rights Watchers” expired on 2025-03-31.",
    ),
    "not yet valid": (
        lambda: issue("Rights Watchers", start=NOW + timedelta(days=1)),
        "The certificate of “Rights Watchers” is not valid before 2025-04-02.",
    ),
    "for encryption": (
        lambda: issue("Rights Watchers", key_usage=usage("key_encipherment")),
        NOT_FOR_SIGNING,
    ),
    "for issuing": (
        lambda: issue("Rights Watchers", key_usage=usage("key_cert_sign", "crl_sign")),
        NOT_FOR_SIGNING,
    ),
    "another key's": (
        lambda: Holder(officer().certificate, ec.generate_private_key(ec.SECP256R1())),
        "No certificate there belongs to the key: each carries another public key.",
    ),
    "small RSA": (
        lambda: issue("Rights Watchers", key=rsa.generate_private_key(65537, 1024)),  # noqa: S505 - the weak key that is refused
        "An RSA key of 1024 bits is too weak to sign with.",
    ),
    "Bitcoin's curve": (
        lambda: issue("Rights Watchers", key=ec.generate_private_key(ec.SECP256K1())),
        "Many readers cannot check a key on the curve secp256k1.",
    ),
    "Ed25519": (
        lambda: Holder(officer().certificate, ed25519.Ed25519PrivateKey.generate()),
        EDWARDS,
    ),
}


@pytest.mark.parametrize("case", UNFIT)
@pytest.mark.parametrize("form", ["PEM", "PKCS#12"])
def test_what_is_unfit_to_sign_with_is_refused_and_not_stored(tmp_path: Path, case: str, form: str) -> None:
    """One sentence, exit code 4, and no identity comes of it."""
    make, sentence = UNFIT[case]
    holder = make()
    take_over = import_from_pem if form == "PEM" else import_from_pkcs12
    with pytest.raises(RefusedError) as refusal:
        take_over(tmp_path, holder)
    assert (str(refusal.value), refusal.value.exit_code) == (sentence, 4)
    assert list_identities() == ()


def import_from_pem(folder: Path, holder: Holder) -> None:
    """Import what a holder has, from two files."""
    certificate = private(folder / "certificate.pem", holder.certificate_pem)
    import_pem(private(folder / "key.pem", holder.key_pem()), [certificate], "officer", NO_SOURCE, now=NOW)


def import_from_pkcs12(folder: Path, holder: Holder) -> None:
    """Import what a holder has, from one file."""
    import_pkcs12(private(folder / "officer.p12", mixed_p12(holder)), "officer", NO_SOURCE, now=NOW)


def mixed_p12(holder: Holder) -> bytes:
    """Return a PKCS#12 file without passphrase whose certificate need not belong to its key."""
    if holder.certificate is not officer().certificate:
        return p12(holder, passphrase=None)
    assert isinstance(holder.key, ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey)
    return pkcs12.serialize_key_and_certificates(None, holder.key, None, [holder.certificate], NoEncryption())


def test_a_key_that_others_may_read_is_refused_with_the_command_that_mends_it(tmp_path: Path) -> None:
    """An open key in an open file may have been copied; the way out can be pasted."""
    certificate = tmp_path / "certificate.pem"
    certificate.write_bytes(officer().certificate_pem)
    key = tmp_path / "my key.pem"
    key.write_bytes(officer().key_pem())
    bundle = tmp_path / "officer.p12"
    bundle.write_bytes(p12(officer(), passphrase=None))
    for path in (key, bundle):
        path.chmod(0o640)
    with pytest.raises(RefusedError) as refusal:
        import_pem(key, [certificate], "officer", NO_SOURCE, now=NOW)
    assert str(refusal.value) == f"{key} holds a secret, but other users of this computer may open it."
    assert refusal.value.help == f"Run: chmod 600 {shlex.quote(str(key))}"
    with pytest.raises(RefusedError, match="other users"):
        import_pkcs12(bundle, "officer", NO_SOURCE, now=NOW)
    assert list_identities() == ()


def test_an_encrypted_file_may_lie_open(tmp_path: Path, source: PassphraseSource) -> None:
    """What a passphrase guards can be taken over from a download folder as it is."""
    bundle = tmp_path / "officer.p12"
    bundle.write_bytes(p12(officer()))
    bundle.chmod(0o644)
    assert import_pkcs12(bundle, "officer", source, now=NOW).encrypted


@pytest.mark.parametrize(
    ("key", "certificate", "sentence"),
    [
        (b"junk", None, "{key} is not a private key in PEM form that lettergen can open."),
        (None, b"junk", "{certificate} holds no certificate in PEM form (a file that says BEGIN CERTIFICATE)."),
    ],
)
def test_files_of_another_kind_are_named(
    tmp_path: Path, key: bytes | None, certificate: bytes | None, sentence: str
) -> None:
    """The sentence says which file is not what it should be."""
    key_file = private(tmp_path / "key.pem", key or officer().key_pem())
    certificate_file = tmp_path / "certificate.pem"
    certificate_file.write_bytes(certificate or officer().certificate_pem)
    with pytest.raises(RefusedError) as refusal:
        import_pem(key_file, [certificate_file], "officer", NO_SOURCE, now=NOW)
    assert str(refusal.value) == sentence.format(key=key_file, certificate=certificate_file)


def test_pkcs12_without_a_certificate_is_refused(tmp_path: Path) -> None:
    """A bundle with a key alone is no identity."""
    key = officer().key
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    data = pkcs12.serialize_key_and_certificates(b"key", key, None, None, NoEncryption())
    with pytest.raises(RefusedError, match="lacks a key or a certificate"):
        import_pkcs12(private(tmp_path / "key.p12", data), "officer", NO_SOURCE, now=NOW)


def test_a_file_that_is_not_there_is_an_input_error(tmp_path: Path) -> None:
    """Exit code 5 and the path."""
    with pytest.raises(FileError) as failure:
        import_pkcs12(tmp_path / "none.p12", "officer", NO_SOURCE, now=NOW)
    assert str(failure.value) == f"{tmp_path / 'none.p12'} cannot be read: No such file or directory."


@pytest.mark.parametrize(("name", "error"), [("watchers", RefusedError), ("../up", UsageError)])
def test_a_taken_or_unsafe_name_is_refused_before_anything_is_read(name: str, error: type[LettergenError]) -> None:
    """Nobody is asked for a passphrase in vain."""
    new("watchers", "Rights Watchers", now=NOW)
    with pytest.raises(error):
        import_pkcs12(identities_folder() / "none.p12", name, NO_SOURCE, now=NOW)
    with pytest.raises(error):
        new(name, "Rights Watchers", now=NOW)


def test_der_is_refused_as_not_pem(tmp_path: Path) -> None:
    """A DER key is no PEM key: said, not guessed."""
    data = officer().key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    with pytest.raises(RefusedError, match="not a private key in PEM form"):
        import_pem(private(tmp_path / "key.der", data), [tmp_path / "none"], "officer", NO_SOURCE, now=NOW)
