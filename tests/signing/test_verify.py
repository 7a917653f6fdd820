"""Saying who signed, whether a byte changed since, and whether to trust it; and never yes to a changed file."""

from __future__ import annotations

import io
import json
import socket
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, SimpleSigner, sign_pdf
from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from lettergen.problems import FileError
from lettergen.signing.identity import list_identities
from lettergen.signing.new_identity import import_pem, make_for_letterhead, new
from lettergen.signing.passphrase import PassphraseSource
from lettergen.signing.sentences import readable_fingerprint
from lettergen.signing.sign import Claims, Signer, open_signer, sign
from lettergen.signing.verify import is_signed_whole, verify
from signing import surgery
from signing.paper import letter as typeset_letter
from signing.pki import NOW, Holder, intermediate, issue, officer, root
from signing.surgery import flipped, parts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from lettergen.signing.identity import Identity
    from lettergen.signing.report import Report

CLAIMS = Claims("Approved", "Brussels", NOW)
WHEN = "The time it gives is 2025-04-01 09:00 UTC, by the signer's own clock."
UNCHANGED = "Not one byte of the file has changed since."
INTACT = "This file is as it was signed: the signature is intact and the whole file is covered."
BROKEN = "A broken signature proves nothing about who made it."


def imported(holder: Holder, folder: Path, *authorities: Holder) -> Identity:
    """Return an identity with a certificate that an authority issued."""
    (folder / "key.pem").touch(mode=0o600)
    (folder / "key.pem").write_bytes(holder.key_pem())
    certificates = (holder, *authorities)
    (folder / "certificates.pem").write_bytes(b"".join(one.certificate_pem for one in certificates))
    return import_pem(folder / "key.pem", [folder / "certificates.pem"], "officer", PassphraseSource(), now=NOW)


def signed_by(identity: Identity, pdf: bytes) -> bytes:
    """Return the letter, signed by an identity."""
    signer = open_signer(identity, PassphraseSource(), now=NOW)
    return sign(pdf, signer, field="Signature1", claims=CLAIMS)


def faults(report: Report) -> list[str | None]:
    """Return what is wrong with each signature."""
    return [signature.fault for signature in report.signatures]


def test_an_intact_letter_of_ones_own(signed: bytes, identity: Identity) -> None:
    """Everything that is said about it, and all of it as JSON."""
    report = verify(signed, known=list_identities())
    fingerprint = readable_fingerprint(identity.certificate.fingerprint)
    limits = "It is self-issued: others can only tell that the key is yours by comparing its fingerprint with one"
    certificate = identity.to_json()["certificate"]
    assert report.to_json() == {
        "ok": True,
        "signatures": [
            {
                "field": "Signature1",
                "certificate": certificate,
                "signed_at": "2025-04-01T09:00:00+00:00",
                "intact": True,
                "fault": None,
                "covers_whole_file": True,
                "later_changes": "none",
                "trust": "known",
                "identity": "watchers",
                "sentences": [
                    f"Signed as “Rights Watchers (self-issued)”. {WHEN}",
                    UNCHANGED,
                    "The signer is known: it is your own identity “watchers” on this computer.",
                    f"{limits} that you published: {fingerprint}",
                ],
            }
        ],
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
        "Its certificate names CN=Test Authority as the issuer, which is not checked here.",
    )
    assert verify(signed, known=()).signatures[0].sentences[2] == (
        "The signer is not trusted: the certificate names CN=Test Authority as its issuer, and this version of "
        "lettergen keeps no list of authorities to check that against."
    )


# What is done to a signed letter, and what each of its signatures is then said to suffer from.
TAMPERED: dict[str, tuple[Callable[[bytes], bytes], list[str | None]]] = {
    "a byte of the page": (lambda pdf: flipped(pdf, surgery.page_stream(pdf)), ["changed"]),
    "a byte of the signature's value": (lambda pdf: flipped(pdf, surgery.signature_value(pdf)), ["value"]),
    "a page drawn over by an update": (surgery.with_changed_page, [None]),
    "a note added by an update": (surgery.with_annotation, [None]),
    "a new title by an update": (surgery.with_new_title, [None]),
    "saved anew": (surgery.resaved, ["changed"]),
    "a byte added": (lambda pdf: pdf + b"\n", [None]),
    "rubbish added": (lambda pdf: pdf + b"rubbish" * 500, ["unreadable"]),
    "the last byte cut": (lambda pdf: pdf[:-1], ["changed"]),
    "the end cut": (lambda pdf: pdf[:-40], ["unreadable"]),
    "a byte put in front": (lambda pdf: b"\n" + pdf, ["unreadable"]),
    "the magic number spoilt": (lambda pdf: flipped(pdf, 1), ["unreadable"]),
    "another page in the gap": (surgery.with_a_page_in_the_gap, ["place"]),
    "the signature as small letters but one": (
        lambda pdf: parts(pdf).before + parts(pdf).gap.swapcase().replace(b"f", b"F", 1) + parts(pdf).behind,
        ["place"],
    ),
    "the signature's field emptied": (lambda pdf: pdf.replace(b"/V 40 0 R", b"/W 40 0 R"), ["unreadable"]),
    "the kind of signature unknown": (
        lambda pdf: pdf.replace(b"/ETSI.CAdES.detached", b"/ETSI.CAdES.detachex"),
        ["unreadable"],
    ),
    "the byte range spoilt": (lambda pdf: pdf.replace(b"/ByteRange [0 ", b"/ByteRange [1 "), ["changed"]),
    "the byte range renamed": (lambda pdf: pdf.replace(b"/ByteRange", b"/ByteRangf"), ["unreadable"]),
}


@pytest.mark.parametrize("deed", TAMPERED)
def test_a_tampered_letter_is_rejected(
    deed: str,
    signed: bytes,
    identity: Identity,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Never ok, never a traceback, nothing printed or logged; and a broken signature makes nobody known."""
    tamper, expected = TAMPERED[deed]
    spoilt = tamper(signed)
    assert spoilt != signed
    report = verify(spoilt, known=[identity])
    assert (report.ok, faults(report)) == (False, expected)
    assert all(one.trust == ("untrusted" if one.fault else "known") for one in report.signatures)
    assert not is_signed_whole(spoilt, identity.certificate.fingerprint)
    assert capfd.readouterr() == ("", "")
    assert caplog.records == []


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


def test_a_forgers_signature_on_top_does_not_heal_a_changed_letter(joint_letter: bytes, signer: Signer) -> None:
    """The last signature covers the whole file, change included; the first one still tells."""
    changed = surgery.with_changed_page(sign(joint_letter, signer, field="first", claims=CLAIMS))
    forger = open_signer(new("forger", "Forger", now=NOW), PassphraseSource(), now=NOW)
    report = verify(sign(changed, forger, field="second", claims=CLAIMS), known=[signer.identity])
    assert not report.ok
    assert [(one.intact, one.covers_whole_file, one.later_changes) for one in report.signatures] == [
        (True, False, "illegal"),
        (True, True, "none"),
    ]
    assert report.sentences == ("This file is not as it was signed.",)


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


def verdict(pdf: bytes) -> bool:
    """Return whether a file passes; a file that cannot be read does not."""
    try:
        return verify(pdf, known=()).ok
    except FileError:
        return False


# The letter is signed once for all examples of a property, which is what these want.
ONE_LETTER = [HealthCheck.function_scoped_fixture]


@settings(max_examples=80, deadline=None, suppress_health_check=ONE_LETTER)
@given(where=st.floats(0, 1, exclude_max=True), mask=st.integers(1, 255))
@example(where=0.0, mask=1)
def test_no_signed_byte_can_change(where: float, mask: int, signed: bytes) -> None:
    """Any one byte of what was signed, changed in any way, and the file is rejected."""
    taken = parts(signed)
    at = int(where * len(taken.content))
    at += len(taken.gap) if at >= len(taken.before) else 0
    assert not verdict(flipped(signed, at, mask))


@settings(max_examples=120, deadline=None, suppress_health_check=ONE_LETTER)
@given(where=st.floats(0, 1, exclude_max=True), mask=st.integers(1, 255))
def test_no_byte_of_the_signature_can_change(where: float, mask: int, signed: bytes) -> None:
    """The bytes that no signature covers, its own, are looked at too: digits, their case, padding, numbers."""
    taken = parts(signed)
    assert not verdict(flipped(signed, len(taken.before) + int(where * len(taken.gap)), mask))


def test_no_bit_of_the_containers_frame_can_change(signed: bytes) -> None:
    """Lengths, versions and algorithms around the signed parts: pyHanko lets about sixty of these bytes vary."""
    taken = parts(signed)
    info = PdfFileReader(io.BytesIO(signed)).embedded_signatures[0].signer_info
    signer_at = taken.container.index(info.dump())
    attributes_at = taken.container.index(info["signed_attrs"].dump())
    places = [*range(60), *range(signer_at - 4, attributes_at)]
    accepted = [
        (at, bit)
        for at in places
        for bit in (at % 8, (at + 3) % 8)
        if verdict(taken.joined(container=flipped(taken.container, at, 1 << bit)))
    ]
    assert verdict(taken.joined(container=taken.container))
    assert accepted == []


def test_the_padding_behind_the_signature_stays_empty(letter: bytes, signer: Signer) -> None:
    """Room that was left over holds zeros; a byte that changes there is seen."""
    roomy = replace(signer, room=signer.room + 64)
    signed = sign(letter, roomy, field="Signature1", claims=CLAIMS)
    assert verify(signed, known=()).ok
    end_of_gap = len(parts(signed).before + parts(signed).gap)
    assert faults(verify(flipped(signed, end_of_gap - 2), known=())) == ["container"]


def test_no_byte_of_a_complete_chain_can_change_unless_it_cuts_the_chain(letter: bytes, tmp_path: Path) -> None:
    """Certificates that came along are checked against each other; what they say about keys cannot change."""
    taken = parts(signed_by(imported(officer(), tmp_path, intermediate(), root()), letter))
    for authority in (intermediate(), root()):
        der = authority.certificate.public_bytes(Encoding.DER)
        for offset in (len(der) // 2, len(der) - 1):
            at = taken.container.index(der) + offset
            assert not verdict(taken.joined(container=flipped(taken.container, at)))


@pytest.mark.parametrize("fraction", [0.05, 0.3, 0.6, 0.75, 0.8, 0.9, 0.97, 0.999])
def test_a_truncated_file_is_never_accepted(signed: bytes, fraction: float) -> None:
    """Wherever a download broke off."""
    assert not verdict(signed[: int(len(signed) * fraction)])


def test_an_unsigned_letter_is_not_ok(letter: bytes) -> None:
    """No signature is no proof, and the empty field is named."""
    assert verify(letter, known=()).to_json() == {
        "ok": False,
        "signatures": [],
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


def test_what_would_pass_without_a_look_into_the_gap(signed: bytes) -> None:
    """The forgery with a page in the gap is a real one: the library alone finds nothing wrong with it."""
    reader = PdfFileReader(io.BytesIO(surgery.with_a_page_in_the_gap(signed)))
    context = ValidationContext(trust_roots=[], allow_fetching=False)
    status = validate_pdf_signature(reader.embedded_signatures[0], context)
    assert (status.intact, status.valid, status.docmdp_ok) == (True, True, True)
    assert status.coverage is SignatureCoverageLevel.ENTIRE_FILE
    page = reader.root["/Pages"]["/Kids"][0]["/Contents"]
    assert page.data == b"1 0 0 rg 0 0 500 500 re f"
