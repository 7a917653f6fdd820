"""The judges judged: each must pass what is good, and fail what is wrong for the reason that is wrong.

The documents are made with plain WeasyPrint and the signatures with plain pyHanko; nothing of lettergen is in here.
"""

from __future__ import annotations

import base64
import importlib.util
import io
import struct
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import fontpkg
import pytest

from judges import openssl, pdfsig, poppler, programs, qpdf, tags, verapdf
from judges.pdfsig import Signature
from judges.poppler import Font
from judges.programs import MissingJudgeError, RejectedError, UnreadableError

if TYPE_CHECKING:
    from pathlib import Path

    from pyhanko.sign import SimpleSigner

# WeasyPrint leaves the colour profile that PDF/A asks for to the garbage collector to close.
pytestmark = pytest.mark.filterwarnings(r"ignore:unclosed file .*sRGB2014\.icc:ResourceWarning")

PDF_UA = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part>
</rdf:Description><rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category><pdfaProperty:description>Part</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description></rdf:RDF>"""


def _png() -> str:
    """Return a picture of one red dot as a data URI."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header, dot = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0), zlib.compress(b"\0\xff\0\0")
    png = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", dot) + chunk(b"IEND", b"")
    return "data:image/png;base64," + base64.b64encode(png).decode()


# A page of 100 by 60 mm; its second line stands at a place that can be measured.
GOOD = f"""<!doctype html><html lang="en"><head><title>A &amp; B</title><style>
@font-face {{ font-family: Plex; src: url("{fontpkg.path("IBM Plex Serif").as_uri()}") }}
@page {{ size: 100mm 60mm; margin: 10mm }}
body {{ font: 16px/24px Plex; margin: 0 }} h1, h2 {{ font: inherit; margin: 0 }}
img {{ image-rendering: pixelated }}
address {{ position: absolute; left: 20mm; top: 15mm; font: inherit }}
</style></head><body><h1>Summit</h1><address>Brussels</address><h2>Concern</h2>
<p><img alt="A dot" src="{_png()}"></p>
<p style="break-before: page">Closing &lt; end</p></body></html>"""

# Each differs from the good document in one thing: what is replaced, by what, and what it must fail, per flavour.
CONTROLS: dict[str, tuple[str, str, list[str], list[str]]] = {
    "good": ("", "", [], []),
    "no-alt": (' alt="A dot"', "", [], ["7.3-1"]),
    "no-title": ("<title>A &amp; B</title>", "", [], ["7.1-9"]),
    "no-lang": (' lang="en"', "", [], ["7.2-29"]),
    "skipped-level": ("h2>", "h3>", [], ["7.4.2-1"]),
    "paragraph-in-item": ("<h2>", "<ol><li><p>Item</p></li></ol><h2>", [], ["7.2-20"]),
    "smoothed-picture": ("pixelated", "auto", ["6.2.8-3"], []),
}


def _finish(_document: object, pdf: Any) -> None:
    """Say in the metadata that the file is PDF/UA-1 as well as PDF/A-3a."""
    for item in pdf.objects:
        if getattr(item, "extra", {}).get("Type") == "/Metadata":
            item.stream = [b"".join(item.stream).replace(b"</rdf:RDF>", PDF_UA)]


def _render(html: str, file: Path) -> Path:
    from weasyprint import HTML

    # Uncompressed, so that a test can change a number on a page and know which.
    HTML(string=html).write_pdf(file, pdf_variant="pdf/a-3a", finisher=_finish, uncompressed_pdf=True)
    return file


@dataclass(frozen=True, slots=True)
class Signer:
    """A pyHanko signer and the PEM file of its self-issued certificate."""

    signer: SimpleSigner
    root: Path

    def sign(self, source: Path, target: Path, field: str, box: tuple[int, int, int, int] | None = None) -> Path:
        """Sign a file in a new field, invisible unless it has a box, without any appearance."""
        from pyhanko.pdf_utils.content import RawContent
        from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
        from pyhanko.sign import fields, signers
        from pyhanko.stamp import StaticStampStyle

        metadata = signers.PdfSignatureMetadata(
            field_name=field, md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES
        )
        empty = StaticStampStyle(background=RawContent(b""), border_width=0, background_opacity=1)
        spec = fields.SigFieldSpec(field, box=box)
        out = io.BytesIO()
        with source.open("rb") as file:
            signers.PdfSigner(metadata, self.signer, stamp_style=empty, new_field_spec=spec).sign_pdf(
                IncrementalPdfFileWriter(file), output=out
            )
        target.write_bytes(out.getvalue())
        return target


def _new_signer(common_name: str, folder: Path) -> Signer:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import pkcs12
    from pyhanko.sign import SimpleSigner

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, common_name)])
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2021, 1, 1, tzinfo=UTC))
        .sign(key, hashes.SHA256())
    )
    folder.mkdir()
    root, store = folder / "root.pem", folder / "store.p12"
    root.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    store.write_bytes(
        pkcs12.serialize_key_and_certificates(None, key, certificate, None, serialization.NoEncryption())
    )
    signer = SimpleSigner.load_pkcs12(str(store))
    assert signer is not None
    return Signer(signer, root)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for the files of this module."""
    return tmp_path_factory.mktemp("judges")


@pytest.fixture(scope="module")
def good(folder: Path) -> Path:
    """A document with nothing wrong."""
    return _render(GOOD, folder / "good.pdf")


@pytest.fixture(scope="module")
def signer(folder: Path) -> Signer:
    """A signer whose certificate has long expired, which no judge here may mind."""
    return _new_signer("Zoë Example", folder / "zoe")


@pytest.fixture(scope="module")
def signed(folder: Path, good: Path, signer: Signer) -> Path:
    """The good document, signed."""
    return signer.sign(good, folder / "signed.pdf", "One")


@pytest.fixture(scope="module")
def altered(folder: Path, signed: Path) -> Path:
    """The signed document with one bit of one digit on its first page flipped."""
    data = bytearray(signed.read_bytes())
    data[data.index(b" Tm\n") - 1] ^= 1
    file = folder / "altered.pdf"
    file.write_bytes(data)
    return file


def test_verapdf_fails_each_control_for_its_own_reason_alone(folder: Path, signed: Path, signer: Signer) -> None:
    """One thing wrong fails one rule of one flavour; a good and a signed document pass both flavours."""
    files = {name: folder / f"control-{name}.pdf" for name in CONTROLS}
    for name, file in files.items():
        old, new, _, _ = CONTROLS[name]
        assert old in GOOD
        _render(GOOD.replace(old, new) if old else GOOD, file)
    visible = signer.sign(files["good"], folder / "visible.pdf", "One", (20, 20, 120, 60))

    verdicts = verapdf.verdicts([*files.values(), signed, visible])

    expected = {(files[name], "3a"): in_3a for name, (_, _, in_3a, _) in CONTROLS.items()}
    expected |= {(files[name], "ua1"): in_ua1 for name, (_, _, _, in_ua1) in CONTROLS.items()}
    expected |= {(signed, "3a"): [], (signed, "ua1"): []}
    expected |= {(visible, "3a"): [], (visible, "ua1"): ["7.18.1-3", "7.18.4-1"]}  # a field nobody can hear of
    assert verdicts == expected


def test_verapdf_has_no_verdict_on_what_is_no_pdf(tmp_path: Path) -> None:
    """An unreadable file is an error of the run, not an empty list of failed rules."""
    file = tmp_path / "text.pdf"
    file.write_text("no PDF", encoding="ascii")
    with pytest.raises(RuntimeError, match="veraPDF has no verdict"):
        verapdf.verdicts([file])


def test_pdfsig_sees_an_intact_a_followed_and_an_altered_signature(
    folder: Path, good: Path, signed: Path, altered: Path, signer: Signer
) -> None:
    """Signer, integrity and reach of each signature are told apart; no signature is an empty list."""
    twice = signer.sign(signed, folder / "twice.pdf", "Two")
    whole = Signature("One", "Zoë Example", valid=True, total=True, verdict="Signature is Valid.")
    assert pdfsig.signatures(good) == []
    assert pdfsig.signatures(signed) == [whole]
    assert pdfsig.signatures(twice) == [
        Signature("One", "Zoë Example", valid=True, total=False, verdict="Signature is Valid."),
        Signature("Two", "Zoë Example", valid=True, total=True, verdict="Signature is Valid."),
    ]
    assert pdfsig.signatures(altered) == [
        Signature("One", "Zoë Example", valid=False, total=True, verdict="Digest Mismatch.")
    ]


def test_openssl_verifies_every_signature_of_a_file(folder: Path, signed: Path, signer: Signer) -> None:
    """A file with two intact signatures has two, though the second was appended after the first."""
    assert openssl.verify(signed, signer.root) == 1
    assert openssl.verify(signer.sign(signed, folder / "again.pdf", "Two"), signer.root) == 2


def test_openssl_rejects_an_altered_byte_and_a_stranger(
    folder: Path, signed: Path, altered: Path, signer: Signer
) -> None:
    """It says no when a signed byte changed, and when the signer is not the one that is trusted."""
    stranger = _new_signer("Zoë Example", folder / "stranger")
    with pytest.raises(RejectedError, match="verification failure"):
        openssl.verify(altered, signer.root)
    with pytest.raises(RejectedError, match="certificate verify error"):
        openssl.verify(signed, stranger.root)


def test_openssl_has_no_verdict_without_a_signature(
    tmp_path: Path, good: Path, signed: Path, signer: Signer
) -> None:
    """No signature, or one whose ranges miss its value, is never mistaken for an intact one."""
    with pytest.raises(UnreadableError, match="no signature"):
        openssl.verify(good, signer.root)
    data = signed.read_bytes()
    ranges = openssl.BYTE_RANGE.search(data)
    assert ranges is not None
    length = int(ranges[2])
    for start, first in ((1, length), (1, length - 1), (0, length - 1)):
        shifted = tmp_path / "shifted.pdf"
        shifted.write_bytes(data.replace(b"/ByteRange [0 %d" % length, b"/ByteRange [%d %d" % (start, first)))
        with pytest.raises(UnreadableError, match="do not enclose"):
            openssl.verify(shifted, signer.root)


def test_poppler_reads_text_page_by_page(good: Path) -> None:
    """Pages are counted from 1 and both ends are included."""
    assert poppler.text(good) == "Summit\nConcern\nBrussels\n\n\fClosing < end\n\n\f"
    assert poppler.text(good, 2, 2) == "Closing < end\n\n\f"
    assert poppler.text(good, last=1, layout=True).split() == ["Summit", "Concern", "Brussels"]


def test_poppler_measures_where_words_stand(good: Path) -> None:
    """Places are millimetres from the page's top left corner, to a tenth."""
    words = poppler.words_with_boxes(good)
    assert [(word.page, word.text) for word in words] == [
        (1, "Summit"), (1, "Concern"), (1, "Brussels"), (2, "Closing"), (2, "<"), (2, "end")
    ]  # fmt: skip
    brussels = words[2]
    assert brussels.left == pytest.approx(30, abs=0.1)
    assert 25 < brussels.top < brussels.bottom < 25 + 24 * 25.4 / 96  # within its line of 24 CSS pixels


def test_poppler_lists_fonts_structure_and_pictures(good: Path, tmp_path: Path) -> None:
    """The font is embedded as a subset, the tree is that of the document, a picture has the size that was asked."""
    fonts = poppler.fonts(good)
    assert fonts == [Font(fonts[0].name, embedded=True, subset=True)]
    assert fonts[0].name.endswith("+Plex")
    lines = poppler.structure(good).splitlines()
    assert [line for line in lines if "/BBox" not in line] == STRUCTURE.splitlines()
    pictures = poppler.pictures(good, 254, tmp_path / "pages")
    assert [file.name for file in pictures] == ["good-1.png", "good-2.png"]
    size = struct.unpack(">II", pictures[0].read_bytes()[16:24])
    assert size == pytest.approx((1000, 600), abs=1)  # a page that ends within a pixel gets the whole pixel


# The address comes where the document has it, though it is drawn last.
STRUCTURE = """Document
  H1 (block)
    Span (inline)
      "Summit"
  NonStruct
    Span (inline)
      "Brussels"
  H2 (block)
    Span (inline)
      "Concern"
  P (block)
    Figure:
      ""
  P (block)
    Span (inline)
      "Closing < end"
"""


def test_tags_finds_text_that_hangs_in_no_tree(folder: Path, good: Path) -> None:
    """Text in a page's margin is marked but in no tree, which veraPDF does not see; the body's text is in it."""
    foot = "@page { @bottom-center { content: 'Foot'; font: 8px Plex }"
    file = _render(GOOD.replace("@page {", foot), folder / "foot.pdf")
    assert tags.adrift(good) == []
    assert [(text.page, text.mcid is not None) for text in tags.adrift(file)] == [(1, True), (2, True)]


def test_qpdf_rejects_a_file_that_was_cut_short(good: Path, tmp_path: Path) -> None:
    """A whole file passes, half of one is refused in qpdf's words."""
    qpdf.check(good)
    half = tmp_path / "half.pdf"
    half.write_bytes(good.read_bytes()[: good.stat().st_size // 2])
    with pytest.raises(RejectedError, match="file is damaged"):
        qpdf.check(half)


@pytest.mark.parametrize(
    ("program", "package"), [("pdfsig", "poppler-utils"), ("pdftotext", "poppler-utils"), ("qpdf", "qpdf")]
)
def test_a_program_that_is_missing_is_an_error(program: str, package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A judge that is not installed raises, and says which package brings it."""
    monkeypatch.setenv("PATH", "")
    with pytest.raises(MissingJudgeError, match=f"“{program}” is not installed: apt-get install {package}"):
        programs.run(program, package)


def test_a_missing_engine_is_an_error(monkeypatch: pytest.MonkeyPatch, good: Path) -> None:
    """Without the package that carries veraPDF there is an error, not a pass."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(MissingJudgeError, match="veraPDF is not installed"):
        verapdf.verdicts([good])
