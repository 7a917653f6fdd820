"""Holds where the next signature goes, and which documents get none."""

from __future__ import annotations

import io
from contextlib import suppress
from typing import TYPE_CHECKING

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lettergen.problems import FileError, RefusedError
from lettergen.signing.fields import Made, Place, field_of, read_fields, signatory_of, signatures_in
from lettergen.signing.passphrase import PassphraseSource
from lettergen.signing.sign import Claims, open_signer, sign
from signing.others import form_of, hybrid, saved, with_lost_object, xfa
from signing.pki import NOW
from signing.surgery import resaved

if TYPE_CHECKING:
    from lettergen.signing.identity import Identity

DAMAGED = "The PDF is damaged, so a signature would not hold in every reader."


def place_in(pdf: bytes, wanted: str | None = None) -> Place:
    """Return where the next signature of a PDF goes."""
    return read_fields(pdf).place(wanted)


def told(pdf: bytes, wanted: str | None = None) -> tuple[str, str | None]:
    """Return why a PDF gets no signature, and the way out."""
    with pytest.raises(RefusedError) as refused:
        place_in(pdf, wanted)
    return str(refused.value), refused.value.help


def test_a_signatory_has_a_field() -> None:
    """The field of a signatory goes by the signatory's id; in others' documents a field has its own name."""
    fields = saved(form_of(("Sig", "signature-iphr"), ("Sig", "signature-partner")))
    assert (field_of("iphr"), signatory_of("signature-iphr"), signatory_of("Sig\x1b")) == (
        "signature-iphr",
        "iphr",
        "Sig\N{REPLACEMENT CHARACTER}",
    )
    assert place_in(fields, "partner") == Place("signature-partner", new=False)
    assert place_in(fields, "signature-partner") == Place("signature-partner", new=False)
    assert told(fields, "patner") == (
        "The PDF has no signature field for “patner”.",
        "Did you mean “partner”? Empty ones: iphr, partner.",
    )
    assert told(fields) == ("Several signature fields are empty: iphr, partner.", "Say which one with --as ID.")


def test_without_a_name() -> None:
    """The only empty field is meant; where there is none a new one is made, whose name no other field has."""
    assert place_in(saved(form_of(("Tx", "Remark"), ("Sig", "Ünter")))) == Place("Ünter", new=False)
    assert place_in(saved()) == Place("Signature1", new=True)
    assert place_in(saved(form_of(("Tx", "Signature1"), ("Tx", "Signature3")))) == Place("Signature2", new=True)
    assert told(saved(), "partner") == (
        "The PDF has no signature field for “partner”.",
        "Leave out --as: a field is made then.",
    )


def test_after_a_signature(signed: bytes, identity: Identity) -> None:
    """A field that is signed takes no second signature; who signed is read back from the file."""
    fields = read_fields(signed)
    assert (fields.empty, fields.signed) == ((), ("Signature1",))
    assert told(signed, "Signature1") == (
        "“Signature1” has signed already: the field “Signature1” holds a signature.",
        None,
    )
    certificate = identity.certificate
    assert signatures_in(signed) == (
        Made("Signature1", certificate.signer, certificate.fingerprint, self_issued=True, signed_at=NOW),
    )


def test_in_the_order_of_signing(joint_letter: bytes, identity: Identity) -> None:
    """Signatures are told in the order in which they were made, whatever the order of their fields is."""
    signer = open_signer(identity, PassphraseSource(), now=NOW)
    pdf = joint_letter
    for name in ("second", "first"):
        pdf = sign(pdf, signer, field=name, claims=Claims(signed_at=NOW))
    assert read_fields(joint_letter).empty == ("first", "second")
    assert [made.field for made in signatures_in(pdf)] == ["second", "first"]


def test_encrypted() -> None:
    """A signature in an encrypted document would be as strong as its password is known."""
    pdf = saved(encryption=pikepdf.Encryption(owner="owner", user=""))
    assert told(pdf) == (
        "The PDF is encrypted: a signature in it would not last beyond its password.",
        "Save it without a password, and sign that.",
    )


def test_xfa() -> None:
    """An XFA form is drawn from data that no signature covers."""
    assert told(saved(xfa)) == (
        "The PDF is an XFA form, whose pages a signature does not cover.",
        "Print it to a PDF, and sign that.",
    )


def test_two_tables_of_contents() -> None:
    """A file that old and new programs read differently is not signed."""
    plain = saved(object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert told(hybrid(plain)) == (
        "The PDF has two tables of its contents, and programs could read different pages from it.",
        "Save it anew from the program that made it, and sign that.",
    )


@pytest.mark.parametrize("level", [1, 2, 3, None])
def test_certified(level: int | None) -> None:
    """A certification that allows no change is respected; others, and the default, allow signatures."""

    def certify(pdf: pikepdf.Pdf) -> None:
        parameters = pikepdf.Dictionary(V=pikepdf.Name("/1.2"))
        if level is not None:
            parameters.P = level
        reference = pikepdf.Dictionary(TransformMethod=pikepdf.Name.DocMDP, TransformParams=parameters)
        value = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Sig, Reference=pikepdf.Array([reference])))
        pdf.Root.Perms = pikepdf.Dictionary(DocMDP=value)

    pdf = saved(certify)
    if level == 1:
        assert told(pdf) == ("The PDF is certified, and its certification allows no further signature.", None)
    else:
        assert place_in(pdf) == Place("Signature1", new=True)


def test_lost_object() -> None:
    """A table of contents that is wrong in one place, which no reader complains of, is a damaged file."""
    plain = saved(object_stream_mode=pikepdf.ObjectStreamMode.disable)
    spoilt = with_lost_object(plain)
    assert len(spoilt) == len(plain)
    assert spoilt != plain
    assert told(spoilt)[0] == DAMAGED


def test_truncated(letter: bytes) -> None:
    """A file that was cut short, or whose end leads nowhere, is damaged; what never was a PDF is none."""
    assert told(letter[:-300])[0] == DAMAGED
    at = letter.rindex(b"startxref") + len(b"startxref\n")
    assert told(letter[:at] + b"1" + letter[at + 1 :])[0] == DAMAGED
    with pytest.raises(FileError, match=r"^This is not a PDF\.$"):
        read_fields(b"Dear President")


def test_data_and_title(letter: bytes) -> None:
    """The title is read, and the data that lettergen attaches, by its name; other attachments are not."""
    assert (read_fields(letter).title, read_fields(letter).letter) == ("Letter to a president", None)
    for name, found in (("letter.json", b"{}"), ("other.json", None)):
        with pikepdf.open(io.BytesIO(letter)) as pdf:
            pdf.Root.AF = pikepdf.Array([pikepdf.AttachedFileSpec(pdf, b"{}", filename=name).obj])
            out = io.BytesIO()
            pdf.save(out)
        assert read_fields(out.getvalue()).letter == found


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200, deadline=None)
@given(data=st.data())
def test_any_damage(letter: bytes, data: st.DataObject) -> None:
    """Whatever was done to a file, it is read or refused in a sentence; nothing else is raised."""
    pdf = bytearray(resaved(letter) if data.draw(st.booleans()) else letter)
    for _ in range(data.draw(st.integers(1, 4))):
        pdf[data.draw(st.integers(0, len(pdf) - 1))] = data.draw(st.integers(0, 255))
    end = data.draw(st.integers(1, len(pdf)) | st.just(len(pdf)))
    with suppress(FileError, RefusedError):
        read_fields(bytes(pdf[:end]))
