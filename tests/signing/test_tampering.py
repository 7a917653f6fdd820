"""Never yes to a changed file, whatever was changed and however it was hidden."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from lettergen.problems import FileError
from lettergen.signing.new_identity import new
from lettergen.signing.passphrase import PassphraseSource
from lettergen.signing.sign import Signer, open_signer, sign
from lettergen.signing.verify import is_signed_whole, verify
from signing import surgery
from signing.pki import NOW, intermediate, officer, root
from signing.signatories import CLAIMS, imported, signed_by
from signing.surgery import flipped, parts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from lettergen.signing.identity import Identity
    from lettergen.signing.report import Report


def faults(report: Report) -> list[str | None]:
    """Return what is wrong with each signature."""
    return [signature.fault for signature in report.signatures]


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
    "the signature's field emptied": (lambda pdf: re.sub(rb"/V (?=[0-9]+ 0 R)", b"/W ", pdf), ["unreadable"]),
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


def test_the_page_in_the_gap_is_a_real_forgery(signed: bytes) -> None:
    """The signed bytes and the signature are right, and yet the page is another: the gap is what gives it away."""
    reader = PdfFileReader(io.BytesIO(surgery.with_a_page_in_the_gap(signed)))
    context = ValidationContext(trust_roots=[], allow_fetching=False)
    status = validate_pdf_signature(reader.embedded_signatures[0], context)
    assert (status.intact, status.valid) == (True, True)
    assert reader.root["/Pages"]["/Kids"][0]["/Contents"].data == b"1 0 0 rg 0 0 500 500 re f"
