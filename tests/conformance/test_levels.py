"""The sample letter at every level and with co-signatures, before independent judges."""

from __future__ import annotations

import subprocess
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING

import pikepdf
import pytest
from pyhanko.pdf_utils.generic import NameObject, StreamObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

import workspaces
from judges import openssl, pdfsig, qpdf, verapdf
from judges.programs import RejectedError
from lettergen.signing.levels import LEVELS, reaches
from lettergen.signing.reached import level_of
from lettergen.signing.sign import Claims, sign
from lettergen.signing.verify import verify
from signing import surgery
from signing.enrolled import Enrolled

if TYPE_CHECKING:
    from pathlib import Path

    from lettergen.model import Level
    from signing.services import Services

SECOND = """
[[signatory]]
id = "second"
name = "Ana Example"
organisation = "Partner Organisation"
"""
FIRST_FIELD, SECOND_FIELD = "signature-iphr", "signature-second"
SIGNERS = ("rsa", "p256")


@pytest.fixture(scope="module")
def enrolled(services: Services, tmp_path_factory: pytest.TempPathFactory) -> Enrolled:
    """Return an authority to get identities from."""
    return Enrolled(services, tmp_path_factory.mktemp("enrolled"))


@pytest.fixture(scope="module")
def files(enrolled: Enrolled, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the sample letter, signed at each level with both kinds of keys, then co-signed at the same level."""
    folder = tmp_path_factory.mktemp("levels")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(folder / "data"))
        made, unsigned = {}, _with_empty_fields(folder)
        second = enrolled.identity("second")
        for label in SIGNERS:
            identity = enrolled.identity(label)
            for level in LEVELS:
                with enrolled.signer(identity, level) as signer:
                    once = sign(unsigned, signer, field=FIRST_FIELD, claims=Claims(certify=True))
                with enrolled.signer(second, level) as signer:
                    twice = sign(once, signer, field=SECOND_FIELD, claims=Claims())
                for name, data in ((f"{label}-{level}", once), (f"{label}-{level}-twice", twice)):
                    made[name] = folder / f"{name}.pdf"
                    made[name].write_bytes(data)
    return made


def _with_empty_fields(folder: Path) -> bytes:
    """Return the sample letter as it was before it was signed: its first signature's update cut off."""
    workspace = workspaces.sample(folder)
    with (workspace.root / "letters" / workspaces.SUMMIT / "letter.toml").open("a", encoding="utf-8") as file:
        file.write(SECOND)
    outcome = workspace.compose("--to", "costa")
    assert outcome.status == 0, outcome.err
    signed = (workspace.out / "costa.en.pdf").read_bytes()
    return signed[: signed.index(b"%%EOF") + len(b"%%EOF\n")]


def level_in(name: str) -> Level:
    """Return the level that a file's name tells."""
    return next(level for level in LEVELS if level == name.split("-")[1])


def test_verapdf_accepts_every_level(files: dict[str, Path]) -> None:
    """Each is PDF/A-3a and PDF/UA-1 still, also after the second signature."""
    verdicts = verapdf.verdicts(list(files.values()))
    assert len(verdicts) == 2 * len(files) == 32
    assert {key: rules for key, rules in verdicts.items() if rules} == {}


def test_the_levels_are_what_was_asked_for(files: dict[str, Path]) -> None:
    """By what is in the files."""
    for name, file in files.items():
        data = file.read_bytes()
        assert level_of(data, FIRST_FIELD) == level_in(name), name
        if name.endswith("twice"):
            assert level_of(data, SECOND_FIELD) == level_in(name), name


def test_pdfsig_accepts_every_level(files: dict[str, Path]) -> None:
    """Every signature holds; the last one of levels B to LT covers the whole file, a seal does for LTA."""
    for name, file in files.items():
        fields = (FIRST_FIELD, SECOND_FIELD) if name.endswith("twice") else (FIRST_FIELD,)
        valid = {one.field: one.valid for one in pdfsig.signatures(file) if one.field in fields}
        assert valid == dict.fromkeys(fields, True), name
        assert any(one.total for one in pdfsig.signatures(file)), name


def test_openssl_accepts_every_level(files: dict[str, Path], enrolled: Enrolled, tmp_path: Path) -> None:
    """CAdES with its chain for signatures; each time-stamp by itself, with its own chain."""
    root, between = enrolled.root, tmp_path / "between.pem"
    between.write_bytes(enrolled.services.holder("authority").certificate_pem)
    for name, file in files.items():
        stamps = openssl.time_stamps(file)
        count = 2 if name.endswith("twice") else 1
        assert openssl.verify_signatures(file, root) == count, name
        expected = count * {"B": 0, "T": 1, "LT": 1, "LTA": 2}[level_in(name)]
        assert len(stamps) == expected, name
        for stamp in stamps:
            openssl.verify_time_stamp(stamp, root, between)


def test_mutool_and_qpdf_accept_every_level(files: dict[str, Path]) -> None:
    """MuPDF finds the last signature's file unchanged and earlier ones valid; qpdf finds the syntax sound."""
    for name, file in files.items():
        qpdf.check(file)
        done = subprocess.run(["mutool", "sign", "-v", file], capture_output=True, text=True, check=False)
        said = done.stdout + done.stderr
        assert "invalidated by change" not in said, name
        # It knows no time-stamps over a file: a seal is to it an edit of the kind that is allowed.
        assert ("there have been edits" if level_in(name) == "LTA" else "unchanged since signing") in said, name


def test_lettergen_agrees(files: dict[str, Path], enrolled: Enrolled) -> None:
    """Its own verdict is the judges': intact, trusted, and of the level."""
    for name, file in files.items():
        report = verify(file.read_bytes(), known=(), trust=[enrolled.services.root], offline=False, at_signing=True)
        assert (report.ok, report.validated) == (True, True), name
        assert {one.level for one in report.signatures} == {level_in(name)}, name


def test_every_judge_rejects_a_changed_page(files: dict[str, Path], enrolled: Enrolled, tmp_path: Path) -> None:
    """The control: one byte of the page makes all of them say no."""
    for level in LEVELS:
        data = files[f"rsa-{level}"].read_bytes()
        spoilt = tmp_path / f"{level}.pdf"
        spoilt.write_bytes(surgery.flipped(data, surgery.page_stream(data)))
        assert not verify(spoilt.read_bytes(), known=()).ok
        assert not any(one.valid for one in pdfsig.signatures(spoilt) if one.field == FIRST_FIELD)
        done = subprocess.run(["mutool", "sign", "-v", spoilt], capture_output=True, text=True, check=False)
        assert "invalidated by change" in done.stdout + done.stderr
        with pytest.raises(RejectedError):
            openssl.verify_signatures(spoilt, enrolled.root)


@pytest.mark.parametrize("level", LEVELS)
def test_a_swapped_attachment_is_rejected(files: dict[str, Path], level: Level) -> None:
    """The letter's own data, replaced in an update: at every level the file is no longer as it was signed."""
    writer = IncrementalPdfFileWriter(BytesIO(files[f"p256-{level}"].read_bytes()))
    embedded = writer.root["/AF"][0]["/EF"]
    other = StreamObject({NameObject("/Type"): NameObject("/EmbeddedFile")}, b'{"other": true}')
    embedded[NameObject("/F")] = writer.add_object(other)
    writer.update_container(embedded)
    out = BytesIO()
    writer.write(out)
    assert not verify(out.getvalue(), known=()).ok


def test_each_level_holds_more(files: dict[str, Path]) -> None:
    """A file grows with its level, and its earlier part is never touched."""
    sizes = [files[f"p256-{level}"].stat().st_size for level in LEVELS]
    assert all(smaller < larger for smaller, larger in pairwise(sizes))
    for level in LEVELS:
        once, twice = (files[f"rsa-{level}{end}"].read_bytes() for end in ("", "-twice"))
        assert twice.startswith(once)
        with pikepdf.open(files[f"rsa-{level}-twice"]) as pdf:
            assert ("/DSS" in pdf.Root) == reaches(level, "LT")
