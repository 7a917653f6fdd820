"""The sample letters as `lettergen compose` leaves them, before independent judges."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pikepdf
import pytest

import workspaces
from judges import openssl, pdfsig, poppler, qpdf, tags, verapdf
from judges.pdfsig import Signature
from lettergen.model import Letter
from lettergen.prepare import prepare
from typeset.reading import pages_of, reading

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from workspaces import Workspace

RECIPIENTS = ("costa", "von-der-leyen")
SUFFIXES = {"signed": ".pdf", "unsigned": ".unsigned.pdf", "draft": ".draft.pdf"}
MODES = tuple(SUFFIXES)
# What belongs to one of the recipients alone: nothing of it may be in the other's file.
OWN_WORDS = {
    "costa": ("Costa", "António", "European Council", "Loi 175", "1048"),
    "von-der-leyen": ("Leyen", "Ursula", "European Commission", "Loi 200", "1049", "assistance"),
}


@dataclass(frozen=True)
class Composed:
    """The output of three runs: signed, unsigned, drafts."""

    workspace: Workspace
    letters: dict[str, Letter]

    def file(self, recipient: str, mode: str = "signed") -> Path:
        """Return a letter's file."""
        return self.workspace.out / f"{recipient}.en{SUFFIXES[mode]}"

    @property
    def files(self) -> list[Path]:
        """All of them."""
        return [self.file(recipient, mode) for recipient in RECIPIENTS for mode in MODES]


@pytest.fixture(scope="module")
def composed(tmp_path_factory: pytest.TempPathFactory) -> Composed:
    """Return the sample letters, composed in each mode, with an identity made on the first run."""
    workspace = workspaces.sample(tmp_path_factory.mktemp("sample"))
    for options in ((), ("--unsigned",), ("--draft",)):
        outcome = workspace.compose(*options)
        assert outcome.status == 0, outcome.err
    letters = prepare(workspace.root, workspaces.SUMMIT).letters
    return Composed(workspace, {letter.recipient: letter for letter in letters})


def test_verapdf_accepts_every_letter(composed: Composed) -> None:
    """Signed, unsigned or draft, each is PDF/A-3a and PDF/UA-1 at once."""
    verdicts = verapdf.verdicts(composed.files)
    assert len(verdicts) == 12
    assert {key: rules for key, rules in verdicts.items() if rules} == {}


def test_every_word_is_read_or_an_artifact(composed: Composed) -> None:
    """No text is marked as read and hangs in no tree, and the files' syntax is sound."""
    for file in composed.files:
        assert tags.adrift(file) == []
        qpdf.check(file)


def test_the_fonts_are_the_letters_own(composed: Composed) -> None:
    """Every font is embedded as a subset and is IBM Plex Serif: nothing came from this machine."""
    for file in composed.files:
        fonts = poppler.fonts(file)
        assert len(fonts) >= 4
        assert {(font.embedded, font.subset) for font in fonts} == {(True, True)}
        assert {font.name.partition("+")[2][:14] for font in fonts} == {"IBM-Plex-Serif"}


@pytest.mark.parametrize("recipient", RECIPIENTS)
def test_the_signature_holds_over_the_whole_file(composed: Composed, recipient: str) -> None:
    """Poppler and OpenSSL find one signature, intact, of the identity's certificate, with nothing after it."""
    file = composed.file(recipient)
    field, signer = "signature-iphr", "International Partnership for Human Rights (self-issued)"
    assert pdfsig.signatures(file) == [
        Signature(field, signer, valid=True, total=True, verdict="Signature is Valid.")
    ]
    (certificate,) = composed.workspace.identities.rglob("certificate.pem")
    assert openssl.verify(file, certificate) == 1


@pytest.mark.parametrize("mode", ["unsigned", "draft"])
def test_what_is_not_signed_has_no_field(composed: Composed, mode: str) -> None:
    """Unsigned letters and drafts have neither a signature nor an empty field that somebody could fill."""
    for recipient in RECIPIENTS:
        file = composed.file(recipient, mode)
        assert pdfsig.signatures(file) == []
        with pikepdf.open(file) as pdf:
            assert "/AcroForm" not in pdf.Root or len(pdf.Root.AcroForm.get("/Fields", ())) == 0
            assert [str(note.Subtype) for page in pdf.pages for note in page.get("/Annots", [])] == (
                ["/Link"] * len(composed.letters[recipient].notes)
            )


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("recipient", RECIPIENTS)
def test_the_file_says_what_it_is(composed: Composed, recipient: str, mode: str) -> None:
    """Language, title, sender, recipient and the letter's date are set, and the title is what a window shows."""
    letter = composed.letters[recipient]
    title = f"Specimen: {'Draft: ' if mode == 'draft' else ''}{letter.subject}"
    with pikepdf.open(composed.file(recipient, mode)) as pdf:
        assert str(pdf.Root.Lang) == "en"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert str(pdf.docinfo.Title) == title
        assert str(pdf.docinfo.Author) == letter.sender
        assert str(pdf.docinfo.Subject) == f"Letter to {letter.recipient_name}"
        assert str(pdf.docinfo.CreationDate).startswith("D:20250401")
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"] == title
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "A")
            assert metadata["pdfuaid:part"] == "1"
        assert len(pdf.pages) == 2


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(("recipient", "other"), [RECIPIENTS, RECIPIENTS[::-1]])
def test_what_is_attached_is_the_letter(composed: Composed, recipient: str, other: str, mode: str) -> None:
    """The one attachment is the letter's data, whole, as its source, with nothing of the other recipient in it."""
    with pikepdf.open(composed.file(recipient, mode)) as pdf:
        assert list(pdf.attachments) == ["letter.json"]
        assert [str(entry.AFRelationship) for entry in pdf.Root.AF] == ["/Source"]
        data = pdf.attachments["letter.json"].get_file().read_bytes()
    assert Letter.model_validate_json(data) == composed.letters[recipient]
    text = data.decode() + poppler.text(composed.file(recipient, mode))
    assert [word for word in OWN_WORDS[other] if word in text] == []
    assert [word for word in OWN_WORDS[recipient] if word not in text] == []


def test_no_file_tells_of_the_machine(composed: Composed) -> None:
    """Neither folder nor home of the person who composed it is in a file, compressed or not."""
    for file in composed.files:
        with pikepdf.open(file) as pdf:
            streams = [
                thing.read_bytes() for thing in pdf.objects if isinstance(thing, pikepdf.Stream) and _is_text(thing)
            ]
            everything = b"".join(
                [file.read_bytes(), *streams, *(bytes(str(thing), "utf-8") for thing in pdf.objects)]
            )
        assert str(composed.workspace.root.parent).encode() not in everything
        assert b"file:" not in everything


def _is_text(stream: pikepdf.Stream) -> bool:
    return stream.get("/Subtype") != "/Image" and "/Length1" not in stream


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("recipient", RECIPIENTS)
def test_each_call_has_its_note_on_its_page(composed: Composed, recipient: str, mode: str) -> None:
    """There are as many notes as calls, in one order, each pair on one page, and both pages have some."""
    file = composed.file(recipient, mode)
    calls = pages_of(file, "Reference")
    assert pages_of(file, "Note") == calls
    assert calls == sorted(calls)
    assert len(calls) == len(composed.letters[recipient].notes)
    assert set(calls) == {1, 2}


@pytest.mark.parametrize("recipient", RECIPIENTS)
def test_it_reads_as_a_person_reads(composed: Composed, recipient: str, golden: Callable[[str, str], None]) -> None:
    """The structure tree of the signed letter, element by element, is the letter from its head to its notes."""
    golden(f"{workspaces.SUMMIT}/{recipient}.en.reading.txt", reading(composed.file(recipient)))


def test_modes_differ_in_nothing_that_is_read(composed: Composed) -> None:
    """Draft and unsigned letter read alike; the signed one has the field and the line that says so beside that."""
    for recipient in RECIPIENTS:
        signed, unsigned, draft = (reading(composed.file(recipient, mode)) for mode in MODES)
        assert draft == unsigned
        added = set(signed.splitlines()) - set(unsigned.splitlines())
        assert {line.strip() for line in added} == {
            "NonStruct",
            "Form",
            "P: Signed digitally; the signature is in the PDF file.",
        }
