"""Saying who signed, whether a byte changed since, and whether to trust it."""

from __future__ import annotations

import io
import json
import socket
from typing import TYPE_CHECKING

import pytest
from pyhanko.keys.internal import (
    translate_pyca_cryptography_cert_to_asn1,
    translate_pyca_cryptography_key_to_asn1,
)
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfTimeStamper, SimpleSigner, sign_pdf
from pyhanko.sign.timestamps import DummyTimeStamper

from lettergen.problems import FileError
from lettergen.signing.identity import list_identities
from lettergen.signing.new_identity import make_for_letterhead, new
from lettergen.signing.passphrase import PassphraseSource
from lettergen.signing.sentences import readable_fingerprint
from lettergen.signing.sign import Signer, open_signer, sign
from lettergen.signing.verify import is_signed_whole, verify
from signing import surgery
from signing.paper import letter as typeset_letter
from signing.pki import NOW, intermediate, issue, officer, root, rsa_officer
from signing.signatories import CLAIMS, imported, signed_by
from signing.surgery import flipped

if TYPE_CHECKING:
    from pathlib import Path

    from lettergen.signing.identity import Identity

WHEN = "The time it gives is 2025-04-01 09:00 UTC, by the signer's own clock."
NO_AUTHORITY = (
    "The signer is not trusted: the certificate names CN=Test Authority as its issuer, and leads to no authority "
    "that you trust (--trust FILE names one)."
)
STAMPED = (
    "A time-stamp by “Rights Watchers” shows that the whole file, as it was then, existed at 2025-04-01 09:00 UTC, "
    "if that server is honest: no authority that you trust vouches for it."
)
UNCHANGED = "Not one byte of the file has changed since."
INTACT = "This file is as it was signed: the signature is intact and the whole file is covered."
BROKEN = "A broken signature proves nothing about who made it."


def test_an_intact_letter_of_ones_own(signed: bytes, identity: Identity) -> None:
    """Everything that is said about it, and all of it as JSON."""
    report = verify(signed, known=list_identities())
    fingerprint = readable_fingerprint(identity.certificate.fingerprint)
    limits = "It is self-issued: others can only tell that the key is yours by comparing its fingerprint with one"
    certificate = identity.to_json()["certificate"]
    assert report.to_json() == {
        "ok": True,
        "validated": True,
        "signatures": [
            {
                "field": "Signature1",
                "certificate": certificate,
                "signed_at": "2025-04-01T09:00:00+00:00",
                "intact": True,
                "fault": None,
                "covers_whole_file": True,
                "later_changes": "none",
                "level": "B",
                "time_stamp": None,
                "trust": "known",
                "revoked_now": None,
                "revoked_then": None,
                "validated": True,
                "identity": "watchers",
                "sentences": [
                    f"Signed as “Rights Watchers (self-issued)”. {WHEN}",
                    UNCHANGED,
                    "The signer is known: it is your own identity “watchers” on this computer.",
                    f"{limits} that you published: {fingerprint}",
                ],
            }
        ],
        "time_stamps": [],
        "unsigned_fields": [],
        "sentences": [INTACT],
    }
    assert json.loads(json.dumps(report.to_json())) == report.to_json()


def test_a_strangers_letter_is_intact_but_not_trusted(signed: bytes, identity: Identity) -> None:
    """Integrity and trust are told apart, and the way to find out is named."""
    report = verify(signed, known=())
    assert report.ok
    (signature,) = report.signatures
    assert (signature.trust, signature.identity) == ("untrusted", None)
    fingerprint = readable_fingerprint(identity.certificate.fingerprint)
    why = "the certificate is self-issued, so nobody but its maker vouches for the name in it"
    assert signature.sentences[2:] == (
        f"The signer is not trusted: {why}.",
        f"To be sure, ask the signer through another channel for the certificate's fingerprint: {fingerprint}",
    )


def test_a_letter_forged_in_ones_own_name_is_called_out(letter: bytes, signed: bytes) -> None:
    """Anyone can make a self-issued key under the organisation's name; whoever owns that name is warned."""
    forger = new("forger", "Rights  watchers", now=NOW)
    report = verify(signed_by(forger, letter), known=[one for one in list_identities() if one.name == "watchers"])
    assert report.ok
    assert report.signatures[0].trust == "untrusted"
    assert report.signatures[0].sentences[2] == (
        "Take care: the name is that of your own identity “watchers”, but the key is another one."
    )


def test_a_certificate_from_an_authority(letter: bytes, tmp_path: Path) -> None:
    """The issuer is named, and it is said that nobody checked it."""
    identity = imported(officer(), tmp_path, intermediate(), root())
    signed = signed_by(identity, letter)
    assert verify(signed, known=[identity]).signatures[0].sentences[2:] == (
        "The signer is known: it is your own identity “officer” on this computer.",
        NO_AUTHORITY,
    )
    assert verify(signed, known=()).signatures[0].sentences[2] == NO_AUTHORITY


def test_what_is_said_of_a_changed_letter(signed: bytes, identity: Identity) -> None:
    """A journalist reads what happened, and that the name in a broken signature means nothing."""
    report = verify(flipped(signed, surgery.page_stream(signed)), known=[identity])
    assert report.signatures[0].sentences == (
        "This signature is broken. It bears the name “Rights Watchers (self-issued)”.",
        "The file was changed after it was signed: its bytes are no longer the ones that were signed.",
        BROKEN,
    )
    assert report.sentences == ("This file is not as it was signed.",)


def test_what_is_said_of_an_appended_change(signed: bytes, identity: Identity) -> None:
    """The signature still holds for what was signed; what is on the page now is something else."""
    report = verify(surgery.with_changed_page(signed), known=[identity])
    (signature,) = report.signatures
    assert (signature.intact, signature.covers_whole_file, signature.later_changes) == (True, False, "illegal")
    assert signature.sentences[1] == (
        "The file was changed after it was signed, by an addition that a signature does not allow: the pages may "
        "show something else than what was signed."
    )
    assert report.sentences == (
        "This file is not as it was signed.",
        "After the last signature something was added to the file that no signature covers.",
    )


def test_what_is_said_of_a_wreck(signed: bytes) -> None:
    """A file that no longer parses but was signed once is not unreadable: it was changed."""
    report = verify(signed[:-40], known=())
    assert report.sentences == (
        "The file holds the remains of a signature, but is damaged: it was changed or cut short after signing.",
    )
    assert report.signatures[0].sentences == (
        "This signature is broken.",
        "The signature cannot be read: it was damaged, or it is of a kind that lettergen does not know.",
        BROKEN,
    )


def test_an_unsigned_letter_is_not_ok(letter: bytes) -> None:
    """No signature is no proof, and the empty field is named."""
    assert verify(letter, known=()).to_json() == {
        "ok": False,
        "validated": False,
        "signatures": [],
        "time_stamps": [],
        "unsigned_fields": ["Signature1"],
        "sentences": [
            "This PDF carries no signature: nothing shows who made it, or whether it was changed.",
            "Empty signature fields: Signature1.",
        ],
    }


def test_an_empty_field_beside_a_signed_one_is_named(joint_letter: bytes, signer: Signer) -> None:
    """A letter that a partner has still to sign is intact, and says what is missing."""
    report = verify(sign(joint_letter, signer, field="first", claims=CLAIMS), known=())
    assert (report.ok, report.unsigned_fields) == (True, ("second",))
    assert report.sentences == (INTACT, "Empty signature fields: second.")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "This is not a PDF."),
        (b"Dear President,", "This is not a PDF."),
        (b"\x89PNG\r\n", "This is not a PDF."),
        (b"%PDF-1.7\n1 0 obj\n", "This PDF is damaged or was cut short: it cannot be read."),
    ],
)
def test_what_is_no_pdf_is_an_input_error(data: bytes, sentence: str) -> None:
    """Exit code 5 and a plain sentence."""
    with pytest.raises(FileError) as failure:
        verify(data, known=())
    assert (str(failure.value), failure.value.exit_code) == (sentence, 5)


def test_nothing_asks_the_network(letter: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The certificates name an OCSP server; neither signing nor verifying calls anybody."""

    def refuse(*_: object) -> None:
        raise AssertionError("somebody opened a connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert verify(signed_by(imported(officer(), tmp_path, intermediate()), letter), known=()).ok


def test_a_strangers_name_cannot_steer_the_terminal(tmp_path: Path) -> None:
    """Names of signers and of fields come from whoever made the file: control characters are replaced."""
    officer_ = issue("Rights\x1b[2J\u202eWatchers", issuer=intermediate())
    identity = imported(officer_, tmp_path, intermediate())
    signer = open_signer(identity, PassphraseSource(), now=NOW)
    (signature,) = verify(
        sign(typeset_letter(("first\u202e",)), signer, field="first\u202e", claims=CLAIMS), known=()
    ).signatures
    assert (signature.field, signature.certificate and signature.certificate.signer) == (
        "first\N{REPLACEMENT CHARACTER}",
        "Rights\N{REPLACEMENT CHARACTER}[2J\N{REPLACEMENT CHARACTER}Watchers",
    )


@pytest.mark.parametrize("subfilter", list(SigSeedSubFilter)[:2])
def test_signatures_by_other_software_are_read(letter: bytes, subfilter: SigSeedSubFilter, tmp_path: Path) -> None:
    """What pyHanko's own signer writes, in both kinds and with generous room, is intact here too."""
    bundle = tmp_path / "key.pem"
    bundle.write_bytes(officer().key_pem())
    (tmp_path / "certificate.pem").write_bytes(officer().certificate_pem)
    stock = SimpleSigner.load(str(bundle), str(tmp_path / "certificate.pem"))
    meta = PdfSignatureMetadata(field_name="Signature1", md_algorithm="sha512", subfilter=subfilter)
    signed = sign_pdf(IncrementalPdfFileWriter(io.BytesIO(letter)), meta, stock).getvalue()
    assert verify(signed, known=()).ok


def test_a_field_name_that_is_no_text_is_shown_all_the_same() -> None:
    """PDF strings may be bytes of no known encoding."""
    assert verify(typeset_letter(("first\x07",)), known=()).unsigned_fields == ("first\N{REPLACEMENT CHARACTER}",)


def test_is_signed_whole_asks_for_the_right_signer(signed: bytes, letter: bytes, identity: Identity) -> None:
    """What compose has just written is signed by whom it should be, entirely."""
    other = make_for_letterhead("others", "Others", now=NOW)
    assert is_signed_whole(signed, identity.certificate.fingerprint)
    assert not is_signed_whole(signed, other.certificate.fingerprint)
    assert not is_signed_whole(letter, identity.certificate.fingerprint)
    assert not is_signed_whole(b"", identity.certificate.fingerprint)


def test_a_time_stamp_over_the_file(signed: bytes) -> None:
    """It covers what was signed; who vouches for its server is said."""
    clock = rsa_officer()
    stamper = DummyTimeStamper(
        translate_pyca_cryptography_cert_to_asn1(clock.certificate),
        translate_pyca_cryptography_key_to_asn1(clock.key),
        fixed_dt=NOW,
    )
    out = PdfTimeStamper(stamper, field_name="clock").timestamp_pdf(
        IncrementalPdfFileWriter(io.BytesIO(signed)), md_algorithm="sha256"
    )
    report = verify(out.getvalue(), known=())
    assert [(one.field, one.intact, one.later_changes) for one in report.signatures] == [
        ("Signature1", True, "allowed")
    ]
    assert report.ok
    assert [(one.field, one.intact, one.covers_whole_file, one.trusted) for one in report.time_stamps] == [
        ("clock", True, True, False)
    ]
    assert report.sentences == (
        INTACT,
        STAMPED,
    )
