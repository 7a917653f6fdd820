"""Holds that a finished file is read back, and refused unless it is what it was meant to be."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

import workspaces
from lettergen.compose import Request, compose
from lettergen.files import sha256
from lettergen.manifest import read_manifest
from lettergen.prepare import prepare
from lettergen.problems import FileError, LetterError
from lettergen.reread import refuse_unless_as_meant
from lettergen.signing.passphrase import PassphraseSource
from lettergen.typeset.typesetter import Typesetter

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from lettergen.manifest import Entry
    from lettergen.model import Letter
    from lettergen.typeset.typesetter import Page


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Letter, Entry]:
    """Return a signed letter: its file, what it was made from, and its entry."""
    workspace = workspaces.small(tmp_path_factory.mktemp("reread"))
    with pytest.MonkeyPatch.context() as own:
        own.setenv("XDG_DATA_HOME", str(workspace.data))
        request = Request(workspace.root, workspaces.SUMMIT, "signed", workspace.root / "out", to=("costa",))
        assert compose(request, PassphraseSource()).ok
    letter = prepare(workspace.root, workspaces.SUMMIT).letters[0]
    manifest = read_manifest(workspace.out)
    assert manifest is not None
    return workspace.out / "costa.en.pdf", letter, manifest.entries["costa.en.pdf"]


def _addressed_to(letter: Letter, name: str) -> Letter:
    return letter.model_copy(update={"address": (name, *letter.address[1:])})


def test_as_meant(finished: tuple[Path, Letter, Entry]) -> None:
    """A file that is as it was meant passes."""
    refuse_unless_as_meant(*finished)


def test_other_bytes(finished: tuple[Path, Letter, Entry], tmp_path: Path) -> None:
    """A disk that gives other bytes back than it was given is named as such."""
    file, letter, entry = finished
    (tmp_path / "file").write_bytes(file.read_bytes()[:-1])
    with pytest.raises(
        FileError, match=r"^costa\.en\.pdf was not written as it was meant; the disk may be failing\.$"
    ):
        refuse_unless_as_meant(tmp_path / "file", letter, entry)


def test_other_pages(finished: tuple[Path, Letter, Entry]) -> None:
    """A file with another number of pages is refused."""
    file, letter, entry = finished
    with pytest.raises(LetterError, match=r"^costa\.en\.pdf came out with 1 pages instead of 3\.$"):
        refuse_unless_as_meant(file, letter, replace(entry, pages=3))


@pytest.mark.parametrize("name", ["Mr Antonio Costa", "Ms Ursula von der Leyen"])
def test_other_name(finished: tuple[Path, Letter, Entry], name: str) -> None:
    """A file that names somebody else is refused, also when only an accent differs."""
    file, letter, entry = finished
    with pytest.raises(LetterError, match=f"^The first page of costa.en.pdf does not name {name}.$"):
        refuse_unless_as_meant(file, _addressed_to(letter, name), entry)


def test_same_name_in_other_signs(finished: tuple[Path, Letter, Entry]) -> None:
    """Line ends, hyphens at them, ligatures and the way an accent is encoded make no other name."""
    file, letter, entry = finished
    name = letter.address[0].replace("ó", "o\N{COMBINING ACUTE ACCENT}").replace(" Costa", "\n\N{SOFT HYPHEN}Costa")
    assert name != letter.address[0]
    refuse_unless_as_meant(file, _addressed_to(letter, name), entry)


def test_other_signer(finished: tuple[Path, Letter, Entry]) -> None:
    """A file that somebody else signed is refused."""
    file, letter, entry = finished
    assert entry.signer is not None
    stranger = replace(entry, signatures=(replace(entry.signer, fingerprint="0" * 64),))
    with pytest.raises(LetterError, match=r"^The signature of costa\.en\.pdf does not hold\.$"):
        refuse_unless_as_meant(file, letter, stranger)


@pytest.mark.parametrize("harm", ["changed", "longer"])
def test_a_signature_that_does_not_hold(finished: tuple[Path, Letter, Entry], tmp_path: Path, harm: str) -> None:
    """A byte that no reader looks at is covered by the signature as well, and nothing may stand behind it."""
    file, letter, entry = finished
    pdf = bytearray(file.read_bytes())
    if harm == "changed":
        pdf[11] ^= 1  # in the comment below the header
    else:
        pdf += b"%"
    (tmp_path / "file").write_bytes(pdf)
    with pytest.raises(LetterError, match=r"^The signature of costa\.en\.pdf does not hold\.$"):
        refuse_unless_as_meant(tmp_path / "file", letter, replace(entry, sha256=sha256(bytes(pdf))))


def test_no_pdf(finished: tuple[Path, Letter, Entry], tmp_path: Path) -> None:
    """A file that cannot be read as a PDF is refused."""
    _, letter, entry = finished
    (tmp_path / "file").write_bytes(b"")
    empty = replace(entry, sha256="e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    with pytest.raises(LetterError, match=r"^costa\.en\.pdf came out as a file that cannot be read again: "):
        refuse_unless_as_meant(tmp_path / "file", letter, empty)


def test_refused_before_it_takes_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run reads back what it wrote; a letter that is not as it was meant does not get its name."""
    workspace = workspaces.small(tmp_path)
    monkeypatch.setattr(Typesetter, "typeset", _with_a_page_too_many(Typesetter.typeset))
    request = Request(workspace.root, workspaces.SUMMIT, "unsigned", workspace.root / "out", to=("costa",))
    [outcome] = compose(request, PassphraseSource()).outcomes
    name = "costa.en.unsigned.pdf"
    assert (outcome.status, outcome.reason) == ("failed", f"{name} came out with 1 pages instead of 2.")
    assert list(workspaces.files(workspace.out)) == ["manifest.json"]


def _with_a_page_too_many(typeset: Callable[..., Page]) -> Callable[..., Page]:
    def counting(*arguments: Any, **options: Any) -> Page:
        page = typeset(*arguments, **options)
        return replace(page, pages=page.pages + 1)

    return counting
