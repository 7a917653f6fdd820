"""Signing letters, and refusing to."""

from __future__ import annotations

import io
import shutil
from datetime import timedelta
from typing import TYPE_CHECKING

import pikepdf
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.signers import PdfSignatureMetadata, sign_pdf

from lettergen.problems import FileError, RefusedError
from lettergen.signing.new_identity import import_pem, new
from lettergen.signing.passphrase import Passphrase, PassphraseSource
from lettergen.signing.sign import Claims, Signer, open_signer, sign
from lettergen.signing.verify import verify
from signing.pki import NOW, intermediate, issue, root
from signing.surgery import parts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cryptography.hazmat.primitives.asymmetric.types import CertificateIssuerPrivateKeyTypes

    from lettergen.signing.identity import Identity

NOTHING = Claims(signed_at=NOW)


def dict_of(thing: pikepdf.Object) -> pikepdf.Object | dict[str, object]:
    """Return an object's own entries, or none when it has no entries."""
    return thing if isinstance(thing, pikepdf.Dictionary) else {}


def signature_entries(pdf: bytes) -> dict[str, str]:
    """Return what the only signature says of itself, read by a library that did not write it."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        signature = document.Root.AcroForm.Fields[0].V
        wanted = ("/SubFilter", "/Reason", "/Location", "/M")
        return {key: str(signature[key]) for key in wanted if key in signature}


def test_a_signature_is_appended_and_touches_nothing(letter: bytes, signed: bytes) -> None:
    """The letter's own bytes stay the beginning of the signed file."""
    assert signed.startswith(letter)
    assert len(signed) - len(letter) < 6_000


def test_what_the_signature_says_of_itself(signed: bytes) -> None:
    """PAdES, and reason, place and time as they were given."""
    assert signature_entries(signed) == {
        "/SubFilter": "/ETSI.CAdES.detached",
        "/Reason": "Approved",
        "/Location": "Brussels",
        "/M": "D:20250401090000Z",
    }


def test_claims_that_are_not_made_are_left_out(letter: bytes, signer: Signer) -> None:
    """No empty reason or place; the time is the clock's when none is given."""
    entries = signature_entries(sign(letter, signer, field="Signature1", claims=Claims()))
    assert entries.keys() == {"/SubFilter", "/M"}


def test_the_appearance_stays_empty_and_brings_no_font(signed: bytes) -> None:
    """A drawn stamp with a font that is not embedded would end PDF/A and PDF/UA."""
    with pikepdf.open(io.BytesIO(signed)) as document:
        appearance = document.Root.AcroForm.Fields[0].AP.N
        assert b"Tj" not in appearance.read_bytes()
        assert "/Font" not in appearance.get("/Resources", {})
        fonts = {str(thing.BaseFont) for thing in document.objects if "/BaseFont" in dict_of(thing)}
    assert {font.partition("+")[2] for font in fonts} == {"Plex"}


@pytest.mark.parametrize(
    ("make", "key_type"),
    [
        (lambda: ec.generate_private_key(ec.SECP256R1()), "P-256"),
        (lambda: ec.generate_private_key(ec.SECP384R1()), "P-384"),
        (lambda: ec.generate_private_key(ec.SECP521R1()), "P-521"),
        (lambda: rsa.generate_private_key(65537, 2048), "RSA-2048"),
    ],
)
def test_every_kind_of_key_that_serves_signs(
    letter: bytes, tmp_path: Path, make: Callable[[], CertificateIssuerPrivateKeyTypes], key_type: str
) -> None:
    """Each fits its place in the file, with its chain, and verifies."""
    holder = issue("Rights Watchers", key=make(), issuer=intermediate())
    (tmp_path / "key.pem").touch(mode=0o600)
    (tmp_path / "key.pem").write_bytes(holder.key_pem())
    (tmp_path / "certificates.pem").write_bytes(
        holder.certificate_pem + intermediate().certificate_pem + root().certificate_pem
    )
    source = PassphraseSource()
    identity = import_pem(tmp_path / "key.pem", [tmp_path / "certificates.pem"], "officer", source, now=NOW)
    assert identity.certificate.key_type == key_type
    signed = sign(letter, open_signer(identity, source, now=NOW), field="Signature1", claims=NOTHING)
    report = verify(signed, known=[identity])
    assert (report.ok, report.signatures[0].trust) == (True, "known")
    assert intermediate().certificate.public_bytes(Encoding.DER) in parts(signed).container


def test_the_place_fits_however_long_the_signature_turns_out(letter: bytes, signer: Signer) -> None:
    """ECDSA signatures differ in length by a few bytes; none is too long, and no room is wasted."""
    padding = set()
    for _ in range(24):
        signed = parts(sign(letter, signer, field="Signature1", claims=NOTHING))
        padding.add(len(signed.padded) - len(signed.container))
    assert max(padding) <= 8


def test_signing_a_run_of_letters_parses_no_key(
    letter: bytes, signer: Signer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The key was parsed when it was opened; pyHanko's way would parse it twice for each letter."""

    def refuse(*_args: object, **_options: object) -> None:
        raise AssertionError("a key was parsed")

    monkeypatch.setattr("cryptography.hazmat.primitives.serialization.load_der_private_key", refuse)
    monkeypatch.setattr("cryptography.hazmat.primitives.serialization.load_pem_private_key", refuse)
    sign(letter, signer, field="Signature1", claims=NOTHING)


def test_an_encrypted_key_signs_with_its_passphrase(letter: bytes) -> None:
    """The passphrase is asked for once, when the key is opened, and with the identity's name."""
    asked = []

    def prompt(question: str) -> str:
        asked.append(question)
        return "canary"

    identity = new("watchers", "Rights Watchers", Passphrase(b"canary"), now=NOW)
    signer = open_signer(identity, PassphraseSource(prompt=prompt), now=NOW)
    assert all(
        verify(sign(letter, signer, field="Signature1", claims=NOTHING), known=[]).ok for _letter in range(2)
    )
    assert asked == ["Passphrase for the identity “watchers”: "]


def test_two_sign_one_letter(joint_letter: bytes, signer: Signer) -> None:
    """The second signature covers everything; the first stays intact, and says that something allowed followed."""
    partner = open_signer(new("partner", "Partner", now=NOW), PassphraseSource(), now=NOW)
    first = sign(joint_letter, signer, field="first", claims=NOTHING)
    report = verify(sign(first, partner, field="second", claims=NOTHING), known=[signer.identity])
    assert report.ok
    assert [
        (one.field, one.intact, one.covers_whole_file, one.later_changes, one.trust) for one in report.signatures
    ] == [("first", True, False, "allowed", "known"), ("second", True, True, "none", "untrusted")]


@pytest.mark.parametrize(
    ("field", "sentence", "helped"),
    [
        (
            "Signature2",
            "The PDF has no signature field “Signature2”.",
            "Did you mean “Signature1”? It has: Signature1.",
        ),
        ("other", "The PDF has no signature field “other”.", "It has: Signature1."),
    ],
)
def test_a_missing_field_is_refused(letter: bytes, signer: Signer, field: str, sentence: str, helped: str) -> None:
    """No field is made up: an untagged one would end PDF/UA."""
    with pytest.raises(RefusedError) as refusal:
        sign(letter, signer, field=field, claims=NOTHING)
    assert (str(refusal.value), refusal.value.help) == (sentence, helped)


def test_a_signed_field_is_refused(signed: bytes, signer: Signer) -> None:
    """One field, one signature."""
    with pytest.raises(RefusedError) as refusal:
        sign(signed, signer, field="Signature1", claims=NOTHING)
    assert str(refusal.value) == "The signature field “Signature1” is signed already."


def test_a_pdf_without_fields_is_refused(signer: Signer) -> None:
    """The sentence says that there is none."""
    out = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(out)
    with pytest.raises(RefusedError) as refusal:
        sign(out.getvalue(), signer, field="Signature1", claims=NOTHING)
    assert refusal.value.help == "It has none."


def test_a_certified_letter_that_is_closed_is_refused(joint_letter: bytes, signer: Signer) -> None:
    """Where the first signature forbids every change, a second one would break it."""
    meta = PdfSignatureMetadata(
        field_name="first", certify=True, docmdp_permissions=MDPPerm.NO_CHANGES, md_algorithm="sha256"
    )
    closed = io.BytesIO()
    sign_pdf(IncrementalPdfFileWriter(io.BytesIO(joint_letter)), meta, signer.cms, output=closed)
    with pytest.raises(RefusedError, match="does not allow this signature"):
        sign(closed.getvalue(), signer, field="second", claims=NOTHING)


@pytest.mark.parametrize("data", [b"", b"Dear President", b"%PDF-1.7\n"])
def test_what_is_no_pdf_cannot_be_signed(signer: Signer, data: bytes) -> None:
    """An input error, not a traceback."""
    with pytest.raises(FileError, match="cannot be signed"):
        sign(data, signer, field="Signature1", claims=NOTHING)


def test_a_stored_key_that_others_may_read_is_refused(identity: Identity) -> None:
    """Somebody changed its permissions: it may have been copied."""
    key = identity.folder / "key.pem"
    key.chmod(0o644)
    with pytest.raises(RefusedError) as refusal:
        open_signer(identity, PassphraseSource(), now=NOW)
    assert (str(refusal.value), refusal.value.help) == (
        f"{key} holds a secret, but other users of this computer may open it.",
        f"Run: chmod 600 {key}",
    )


def test_an_identity_that_expired_since_is_refused(identity: Identity) -> None:
    """A certificate is looked at on the day of signing, not only when it came."""
    with pytest.raises(
        RefusedError, match=r"^The certificate of “Rights Watchers \(self-issued\)” expired on 2035-04-02"
    ):
        open_signer(identity, PassphraseSource(), now=NOW + timedelta(days=3654))


def test_a_certificate_other_than_the_one_on_record_is_refused(identity: Identity) -> None:
    """Even one for the same key: what look-ups say of the identity would no longer be true."""
    key = load_pem_private_key((identity.folder / "key.pem").read_bytes(), None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    (identity.folder / "certificate.pem").write_bytes(issue("Somebody Else", key=key).certificate_pem)
    with pytest.raises(RefusedError, match=r"^The certificate of the identity “watchers” is not the one on record"):
        open_signer(identity, PassphraseSource(), now=NOW)


@pytest.mark.parametrize("file", ["certificate.pem", "key.pem"])
def test_files_that_do_not_belong_together_are_refused(identity: Identity, file: str) -> None:
    """A certificate or key that was swapped would sign in another name, or not verify."""
    other = new("other", "Somebody Else", now=NOW)
    shutil.copy2(other.folder / file, identity.folder / file)
    with pytest.raises(RefusedError, match=r"is not the one on record|does not belong to the key"):
        open_signer(identity, PassphraseSource(), now=NOW)


def test_a_lost_key_is_an_input_error(identity: Identity) -> None:
    """Exit code 5 and the path."""
    (identity.folder / "key.pem").unlink()
    with pytest.raises(FileError, match=r"key\.pem cannot be read: No such file"):
        open_signer(identity, PassphraseSource(), now=NOW)
