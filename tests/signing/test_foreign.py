"""Holds that others' documents can be signed, certified and co-signed, whatever program made them."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pikepdf
import pytest

from judges import openssl, pdfsig, qpdf
from judges.programs import run
from lettergen.problems import RefusedError
from lettergen.signing.fields import read_fields
from lettergen.signing.new_identity import new
from lettergen.signing.passphrase import PassphraseSource
from lettergen.signing.sign import Claims, open_signer, sign
from lettergen.signing.verify import is_signed_whole, verify
from signing.others import PLAIN, form_of, saved

if TYPE_CHECKING:
    from pathlib import Path

    from lettergen.signing.identity import Identity


@pytest.fixture
def signers() -> tuple[Identity, Identity]:
    """Return two organisations that sign others' documents."""
    return new("first", "First Organisation"), new("second", "Second Organisation")


def signed_by(identity: Identity, pdf: bytes, *, certify: bool = False) -> bytes:
    """Return a document with one more signature where `lettergen sign` would put it."""
    place = read_fields(pdf).place(None)
    signer = open_signer(identity, PassphraseSource())
    return sign(pdf, signer, field=place.field, claims=Claims(certify=certify), new_field=place.new)


def pages(pdf: bytes) -> list[tuple[bytes, list[float]]]:
    """Return what is drawn on each page, and the widgets' places that are not empty."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return [
            (
                page.Contents.read_bytes() if "/Contents" in page else b"",
                [float(side) for widget in page.get("/Annots", []) for side in widget.Rect if any(widget.Rect)],
            )
            for page in document.pages
        ]


@pytest.mark.parametrize("certify", [False, True], ids=["approved", "certified"])
@pytest.mark.parametrize("kind", PLAIN)
def test_two_sign(kind: str, certify: bool, signers: tuple[Identity, Identity], tmp_path: Path) -> None:  # noqa: FBT001 - a case
    """Both signatures hold for every judge, the second leaves the first as it was, no page looks different."""
    first, second = signers
    pdf, file = PLAIN[kind](), tmp_path / "document.pdf"
    once = signed_by(first, pdf, certify=certify)
    twice = signed_by(second, once)
    assert twice.startswith(once)
    assert once.startswith(pdf)
    assert pages(twice) == pages(pdf)
    assert is_signed_whole(once, first.certificate.fingerprint)
    assert is_signed_whole(twice, second.certificate.fingerprint)
    report = verify(twice, known=signers)
    assert [(one.identity, one.later_changes) for one in report.signatures] == [
        ("first", "allowed"),
        ("second", "none"),
    ]
    file.write_bytes(twice)
    assert [(one.valid, one.total) for one in pdfsig.signatures(file)] == [(True, False), (True, True)]
    qpdf.check(file)
    said = run("mutool", "mupdf-tools", "sign", "-v", file)
    assert "unchanged since signing" in said.stdout + said.stderr
    assert "invalidated" not in said.stdout + said.stderr
    both = tmp_path / "both.pem"
    both.write_bytes(b"".join((one.folder / "certificate.pem").read_bytes() for one in signers))
    assert openssl.verify_signatures(file, both) == 2


def test_the_only_empty_field(signers: tuple[Identity, Identity]) -> None:
    """A field that its maker placed keeps its place; a text field beside it stays as it was."""
    pdf = saved(form_of(("Tx", "Remark"), ("Sig", "Unterschrift")))
    signed = signed_by(signers[0], pdf)
    assert [one.field for one in verify(signed, known=signers).signatures] == ["Unterschrift"]
    assert pages(signed) == pages(pdf)


def test_certified_against_changes(signers: tuple[Identity, Identity]) -> None:
    """After a signature that certifies and allows nothing, there is none; the file was not touched."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import MDPPerm, SigFieldSpec
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner

    signer = open_signer(signers[0], PassphraseSource())
    metadata = PdfSignatureMetadata(
        field_name="Final", certify=True, docmdp_permissions=MDPPerm.NO_CHANGES, md_algorithm="sha256"
    )
    writer = IncrementalPdfFileWriter(io.BytesIO(saved()))
    out = PdfSigner(metadata, signer.cms, new_field_spec=SigFieldSpec("Final")).sign_pdf(writer)
    with pytest.raises(RefusedError, match=r"^The PDF is certified, and its certification allows no further"):
        signed_by(signers[1], out.getvalue())
