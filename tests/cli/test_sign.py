"""`lettergen sign`: the next signature, in letters and in others' documents."""

from __future__ import annotations

import json
import subprocess
import time
from typing import TYPE_CHECKING

import pikepdf
import pytest

from judges import pdfsig, qpdf, verapdf
from workspaces import SUMMIT

if TYPE_CHECKING:
    from pathlib import Path

    from workspaces import Outcome, Workspace

SECOND = """
[[signatory]]
id = "second"
name = "Ana Example"
function = "Coordinator"
organisation = "Partner Organisation"

[[signatory]]
id = "third"
organisation = "Third Organisation"
"""


@pytest.fixture
def joint(small: Workspace) -> Workspace:
    """Return a workspace with a letter that one of three signatories has signed; each has an identity."""
    with (small.root / "letters" / SUMMIT / "letter.toml").open("a", encoding="utf-8") as file:
        file.write(SECOND)
    for name in ("second", "third"):
        small.run("identity", "new", name, "--organisation", f"{name} organisation")
    small.run("identity", "new", "watchers", "--organisation", "Rights Watchers")
    outcome = compose(small)
    assert outcome.status == 0, outcome.err
    return small


def others_document(folder: Path, *, linearize: bool = False) -> bytes:
    """Return a document that lettergen did not make: without tags, fields or a form."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        pdf.save(folder / "others.pdf", linearize=linearize, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return (folder / "others.pdf").read_bytes()


def compose(workspace: Workspace, *options: str) -> Outcome:
    """Compose one letter."""
    return workspace.compose("--to", "costa", "--identity", "watchers", *options)


def letter(workspace: Workspace) -> Path:
    """Return its file."""
    return workspace.out / "costa.en.pdf"


def test_three_sign_one_after_the_other(joint: Workspace) -> None:
    """Each signature leaves the earlier ones valid, the file archivable and accessible, and the record true."""
    for name in ("second", "third"):
        outcome = joint.run("sign", letter(joint), "--as", name)
        assert outcome.status == 0, outcome.err
        line = f"signed     {letter(joint)}, as “{name} organisation (self-issued)”, level B"
        assert outcome.err.splitlines()[0] == line
        assert verapdf.verdicts([letter(joint)]) == {(letter(joint), "3a"): [], (letter(joint), "ua1"): []}
        qpdf.check(letter(joint))
    assert [one.valid for one in pdfsig.signatures(letter(joint))] == [True] * 3
    report = joint.run("verify", "--json", letter(joint)).json()[0]
    assert (report["ok"], report["recorded"], report["unsigned_fields"]) == (True, True, [])
    assert [one["later_changes"] for one in report["signatures"]] == ["allowed", "allowed", "none"]
    recorded = next(file for file in joint.manifest["files"] if file["file"] == "costa.en.pdf")
    assert [one["field"] for one in recorded["signatures"]][1:] == ["signature-second", "signature-third"]
    assert compose(joint).err.endswith("1 unchanged.\n")


def test_a_changed_letter_does_not_lose_co_signatures(joint: Workspace) -> None:
    """Composing it anew would: it is left as it is, and said who would have to sign again; --force goes on."""
    joint.run("sign", letter(joint), "--as", "second")
    joint.edit(f"letters/{SUMMIT}/letter.toml", "The summit is near.", "The summit is very near.")
    before = letter(joint).read_bytes()
    outcome = compose(joint)
    assert outcome.status == 1
    assert "“second organisation (self-issued)” signed it too, and would have to sign again" in outcome.err
    assert letter(joint).read_bytes() == before
    assert compose(joint, "--force").status == 0
    assert letter(joint).read_bytes() != before


def test_a_letter_that_was_signed_elsewhere(joint: Workspace, tmp_path: Path) -> None:
    """It comes back with one more signature and is known again; with anything else added it is not."""
    copy = tmp_path / "costa.en.pdf"
    copy.write_bytes(letter(joint).read_bytes())
    assert joint.run("sign", copy, "--as", "second").status == 0
    letter(joint).write_bytes(copy.read_bytes())
    assert compose(joint).err.endswith("1 unchanged.\n")
    letter(joint).write_bytes(copy.read_bytes() + b"more")
    assert "1 altered." in compose(joint).err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--as", "watchers"), "“"),
        (("--as", "secnd"), "The PDF has no signature field for “secnd”."),
        ((), "Several signature fields are empty: "),
        (("--as", "second", "--certify"), "The PDF has a signature already; only the first one can certify it."),
        (("--as", "second", "--identity", "nobody"), "There is no identity “nobody”."),
        (("--as", "second", "--level", "T"), "needs a time-stamp, and no time-stamp server is set up."),
    ],
)
def test_refusals(joint: Workspace, arguments: tuple[str, ...], sentence: str) -> None:
    """One sentence each, exit code 4, and the file as it was."""
    before = letter(joint).read_bytes()
    outcome = joint.run("sign", letter(joint), *arguments)
    assert outcome.status == 4
    assert sentence in outcome.err
    assert "Traceback" not in outcome.err
    assert letter(joint).read_bytes() == before


def test_drafts_are_never_signed(joint: Workspace) -> None:
    """Whatever the file is called: a draft says that it is one."""
    joint.compose("--draft", "--to", "costa")
    draft = joint.out / "costa.en.draft.pdf"
    renamed = joint.root / "renamed.pdf"
    renamed.write_bytes(draft.read_bytes())
    for file in (draft, renamed):
        outcome = joint.run("sign", file, "--identity", "second")
        assert (outcome.status, "a draft is never signed" in outcome.err) == (4, True)


def test_somebody_elses_document(joint: Workspace, tmp_path: Path) -> None:
    """A PDF without fields gets one that no page shows; the pages stay as they were."""
    plain = tmp_path / "plain.pdf"
    plain.write_bytes(others_document(tmp_path, linearize=True))
    outcome = joint.run("sign", plain, "--identity", "second", "--certify", "--reason", "Read", "--json")
    assert outcome.status == 0, outcome.err
    [signed] = outcome.json()
    assert (signed["level"], signed["recorded"], len(signed["signatures"])) == ("B", False, 1)
    assert [(one.valid, one.total) for one in pdfsig.signatures(plain)] == [(True, True)]
    with pikepdf.open(plain) as pdf:
        assert "/DocMDP" in pdf.Root.Perms
        field = pdf.Root.AcroForm.Fields[0]
        assert [float(side) for side in field.Rect] == [0, 0, 0, 0]
    assert joint.run("sign", plain, "--identity", "third").status == 0
    assert joint.run("verify", plain).status == 0


def test_documents_that_cannot_be_signed(joint: Workspace, tmp_path: Path) -> None:
    """Encrypted, damaged, none at all: one sentence, and the file as it was."""
    good = others_document(tmp_path)
    cases = {"text.pdf": (b"Dear President", 5), "cut.pdf": (good[:-300], 4)}
    cases["locked.pdf"] = (_encrypted(good, tmp_path), 4)
    for name, (data, status) in cases.items():
        file = tmp_path / name
        file.write_bytes(data)
        outcome = joint.run("sign", file, "--identity", "second")
        assert (outcome.status, len(outcome.err.splitlines()) <= 2) == (status, True), outcome.err
        assert file.read_bytes() == data


def _encrypted(data: bytes, folder: Path) -> bytes:
    (folder / "open.pdf").write_bytes(data)
    with pikepdf.open(folder / "open.pdf") as pdf:
        pdf.save(folder / "closed.pdf", encryption=pikepdf.Encryption(owner="o", user="u"))
    return (folder / "closed.pdf").read_bytes()


def test_a_killed_run_leaves_a_whole_file(joint: Workspace, tmp_path: Path) -> None:
    """At whatever moment it is killed, the file is the old one or the new one."""
    before = letter(joint).read_bytes()
    for wait in (0.2, 0.5, 0.8, 1.1):
        copy = tmp_path / f"{wait}.pdf"
        copy.write_bytes(before)
        command = joint.command("sign", copy, "--as", "second")
        with subprocess.Popen(command, env=joint.environment, stderr=subprocess.DEVNULL) as running:
            time.sleep(wait)
            running.kill()
        found = copy.read_bytes()
        assert found == before or (found.startswith(before) and joint.run("verify", copy).status == 0)


def test_out(joint: Workspace, tmp_path: Path) -> None:
    """With --out the file stays as it was; what is there is not overwritten."""
    before, out = letter(joint).read_bytes(), tmp_path / "signed.pdf"
    assert joint.run("sign", letter(joint), "--as", "second", "--out", out).status == 0
    assert letter(joint).read_bytes() == before
    assert out.read_bytes().startswith(before)
    again = joint.run("sign", letter(joint), "--as", "second", "--out", out)
    assert (again.status, f"{out} is there already." in again.err) == (4, True)
    assert json.loads(joint.run("verify", "--json", out).out)[0]["ok"]
