"""What verifying says of levels, time-stamps, revocation and authorities, and whom it asks."""

from __future__ import annotations

import io
import time
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, SimpleSigner, sign_pdf
from pyhanko.sign.timestamps import HTTPTimeStamper
from pyhanko_certvalidator import ValidationContext

from lettergen.problems import FileError
from lettergen.signing.levels import LEVELS, reaches
from lettergen.signing.sign import Claims, sign
from lettergen.signing.verify import verify
from signing import surgery
from signing.enrolled import Enrolled
from signing.surgery import flipped

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from lettergen.model import Level
    from lettergen.signing.report import Report, SignatureReport
    from signing.services import Services


@pytest.fixture(scope="module")
def files(services: Services, letter: bytes, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return a letter signed at each level, by somebody whose certificate is revoked afterwards."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("levels")
        patch.setenv("XDG_DATA_HOME", str(folder / "data"))
        enrolled = Enrolled(services, folder)
        identity = enrolled.identity("recalled")
        made: dict[str, bytes] = {}
        for level in LEVELS:
            with enrolled.signer(identity, level) as signer:
                made[level] = sign(letter, signer, field="Signature1", claims=Claims())
    time.sleep(1.1)  # certificates are revoked as of a whole second
    services.revoke("recalled")
    return made


def only(report: Report) -> SignatureReport:
    """Return the one signature."""
    (signature,) = report.signatures
    return signature


def test_without_authorities_nobody_is_asked(files: dict[str, bytes], services: Services) -> None:
    """A stranger's file names servers; none is asked unless its chain ends at an authority that is trusted here."""
    before = len(services.requests())
    for level, pdf in files.items():
        report = verify(pdf, known=(), offline=False)
        assert (report.ok, report.validated, only(report).level) == (True, False, level)
        assert (only(report).trust, only(report).revoked_now, only(report).revoked_then) == (
            "untrusted",
            None,
            None,
        )
    assert len(services.requests()) == before


def test_offline_only_the_file_speaks(files: dict[str, bytes], services: Services) -> None:
    """What the file holds speaks of the moment of signing; of today nobody does."""
    before = len(services.requests())
    found = {level: only(verify(pdf, known=(), trust=[services.root])) for level, pdf in files.items()}
    assert {level: (one.trust, one.revoked_now, one.revoked_then) for level, one in found.items()} == {
        "B": ("trusted", "unknown", None),
        "T": ("trusted", "unknown", "unknown"),
        "LT": ("trusted", "unknown", "good"),
        "LTA": ("trusted", "unknown", "good"),
    }
    assert len(services.requests()) == before


def test_today_it_is_revoked(files: dict[str, bytes], services: Services) -> None:
    """Who asks learns that the certificate is revoked, and when it was signed it was not."""
    for level, pdf in files.items():
        report = verify(pdf, known=(), trust=[services.root], offline=False)
        signature = only(report)
        assert (report.ok, report.validated, signature.trust, signature.revoked_now) == (
            True,
            False,
            "revoked",
            "revoked",
        )
        assert signature.revoked_then == (None if level == "B" else "good")
        assert any("has been revoked since" in sentence for sentence in signature.sentences)


def test_at_signing_it_was_good(files: dict[str, bytes], services: Services) -> None:
    """A trusted time-stamp saves what was signed before the certificate was revoked; the signer's word does not."""
    reports = {
        level: verify(pdf, known=(), trust=[services.root], offline=False, at_signing=True)
        for level, pdf in files.items()
    }
    assert {level: report.validated for level, report in reports.items()} == {
        "B": False,
        "T": True,
        "LT": True,
        "LTA": True,
    }
    assert any(sentence.startswith("Nobody but the signer vouches") for sentence in only(reports["B"]).sentences)
    assert any("it was good" in sentence for sentence in only(reports["T"]).sentences)


def test_another_authority_vouches_for_nobody_here(files: dict[str, bytes], services: Services) -> None:
    """A chain that ends elsewhere is not trusted, and its servers are not asked."""
    from signing.pki import root

    before = len(services.requests())
    report = verify(files["LTA"], known=(), trust=[root().certificate_pem], offline=False)
    assert (report.ok, report.validated, only(report).trust) == (True, False, "untrusted")
    assert len(services.requests()) == before


def without_its_store(pdf: bytes) -> bytes:
    """Take away what authorities said, in an update."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    del writer.root["/DSS"]
    writer.update_root()
    return surgery.written(writer)


def with_another_attachment(pdf: bytes) -> bytes:
    """Add an attachment in an update."""
    from pyhanko.pdf_utils.embed import EmbeddedFileObject, FileSpec, embed_file

    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    data = EmbeddedFileObject.from_file_data(writer, data=b"other", mime_type="text/plain")
    embed_file(writer, FileSpec("other.txt", embedded_data=data))
    return surgery.written(writer)


TAMPERED: dict[str, Callable[[bytes], bytes]] = {
    "a byte of the page": lambda pdf: flipped(pdf, surgery.page_stream(pdf)),
    "a byte of the signature": lambda pdf: flipped(pdf, surgery.signature_value(pdf)),
    "a page drawn over": surgery.with_changed_page,
    "a note added": surgery.with_annotation,
    "a new title": surgery.with_new_title,
    "saved anew": surgery.resaved,
    "cut short": lambda pdf: pdf[:-40],
    "an attachment": with_another_attachment,
    "the store taken away": without_its_store,
}


@pytest.mark.parametrize("deed", TAMPERED)
@pytest.mark.parametrize("level", LEVELS)
def test_a_tampered_file_is_rejected(files: dict[str, bytes], level: Level, deed: str) -> None:
    """At every level: never ok."""
    if deed == "the store taken away" and not reaches(level, "LT"):
        level = "LT"
    spoilt = TAMPERED[deed](files[level])
    assert not verify(spoilt, known=()).ok


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_byte_flipped_in_what_is_signed(files: dict[str, bytes], data: st.DataObject) -> None:
    """At every level, in the signed ranges of the signature and of the seal: rejected."""
    pdf = files[data.draw(st.sampled_from(LEVELS))]
    taken = surgery.parts(pdf)
    gap = range(len(taken.before), len(taken.before) + len(taken.gap))
    end = len(taken.before) + len(taken.gap) + len(taken.behind)
    at = data.draw(st.integers(0, end - 1).filter(lambda place: place not in gap))
    try:
        report = verify(flipped(pdf, at, 1 << data.draw(st.integers(0, 7))), known=())
    except FileError:
        return
    assert not report.ok


def test_a_time_stamp_of_another_file(files: dict[str, bytes], services: Services, letter: bytes) -> None:
    """A token that was made for another signature is told, and makes the signature a broken one."""
    token = _token(files["LT"])
    spoilt = _with_token(files["T"], token)
    report = verify(spoilt, known=())
    assert (report.ok, only(report).fault) == (False, "time-stamp")
    assert "or is of something else" in only(report).sentences[1]


def test_the_seal_stripped(files: dict[str, bytes]) -> None:
    """Without its document time-stamp a file is what it was before: a signature of level LT, and not LTA."""
    sealed = files["LTA"]
    end = sealed.rindex(b"%%EOF", 0, len(sealed) - 10) + len(b"%%EOF\n")
    report = verify(sealed[:end], known=())
    assert (report.ok, only(report).level, report.time_stamps) == (True, "LT", ())


@pytest.mark.parametrize("subfilter", [SigSeedSubFilter.PADES, SigSeedSubFilter.ADOBE_PKCS7_DETACHED])
def test_long_term_signatures_by_other_software(
    services: Services, letter: bytes, tmp_path: Path, subfilter: SigSeedSubFilter
) -> None:
    """PyHanko's own way: the store stands behind the signature, and nothing else does."""
    holder = services.holder("rsa")
    (tmp_path / "key.pem").write_bytes(holder.key_pem())
    (tmp_path / "certificate.pem").write_bytes(holder.certificate_pem)
    (tmp_path / "authority.pem").write_bytes(services.holder("authority").certificate_pem)
    stock = SimpleSigner.load(
        str(tmp_path / "key.pem"),
        str(tmp_path / "certificate.pem"),
        ca_chain_files=(str(tmp_path / "authority.pem"),),
    )
    context = ValidationContext(trust_roots=list(load_certs_from_pemder_data(services.root)), allow_fetching=True)
    meta = PdfSignatureMetadata(
        field_name="Signature1", subfilter=subfilter, embed_validation_info=True, validation_context=context
    )
    writer = IncrementalPdfFileWriter(io.BytesIO(letter))
    signed = sign_pdf(writer, meta, stock, timestamper=HTTPTimeStamper(services.time_stamps)).getvalue()
    report = verify(signed, known=(), trust=[services.root])
    assert (report.ok, report.validated) == (True, True)
    if subfilter == SigSeedSubFilter.PADES:
        assert only(report).level == "LT"
        assert not only(report).covers_whole_file
        assert "After the last signature nothing was added but data to check signatures by." in report.sentences
        with pikepdf.open(io.BytesIO(signed)) as pdf:
            assert "/DSS" in pdf.Root


def _token(pdf: bytes) -> Any:
    (signature,) = PdfFileReader(io.BytesIO(pdf)).embedded_regular_signatures
    return _token_attribute(signature.signer_info)["values"][0]


def _token_attribute(signer_info: Any) -> Any:
    (found,) = (one for one in signer_info["unsigned_attrs"] if one["type"].native == "signature_time_stamp_token")
    return found


def _with_token(pdf: bytes, token: Any) -> bytes:
    """Put another token into the signature's container, which is padded to its old length."""
    (signature,) = PdfFileReader(io.BytesIO(pdf)).embedded_regular_signatures
    container = import_module("asn1crypto.cms").ContentInfo.load(signature.pkcs7_content)
    _token_attribute(container["content"]["signer_infos"][0])["values"] = [token]
    taken = surgery.parts(pdf)
    digits: bytes = container.dump(force=True).hex().encode()
    return taken.before + b"<" + digits.ljust(len(taken.gap) - 2, b"0") + b">" + taken.behind
