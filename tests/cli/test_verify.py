"""Holds what `lettergen verify` says of files, as sentences and as JSON, and with which exit code it ends."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from lettergen.signing.identity import list_identities
from lettergen.signing.verify import verify

if TYPE_CHECKING:
    from pathlib import Path

    from workspaces import Workspace

NO_SIGNATURE = "This PDF carries no signature: nothing shows who made it, or whether it was changed."


@pytest.fixture
def letters(once: Workspace, tmp_path: Path) -> dict[str, Path]:
    """Return files of each kind by what they are."""
    good = (once.out / "costa.en.pdf").read_bytes()
    middle = len(good) // 2
    contents = {
        "good": good,
        "flipped": good[:middle] + bytes([good[middle] ^ 1]) + good[middle + 1 :],
        "cut": good[: middle // 2],
        "unsigned": good[: good.index(b"%%EOF") + 6],
        "text": b"no PDF at all",
        "empty": b"",
    }
    files = {kind: tmp_path / f"{kind}.pdf" for kind in contents}
    for kind, content in contents.items():
        files[kind].write_bytes(content)
    return files | {"missing": tmp_path / "missing.pdf", "folder": tmp_path}


def test_intact(once: Workspace, letters: dict[str, Path]) -> None:
    """Of an intact letter of one's own: who signed, that nothing changed, that the signer is known."""
    outcome = once.run("verify", letters["good"])
    shown = once.run("identity", "show", "iphr", "--json").json()
    fingerprint = ":".join(re.findall("..", shown["certificate"]["fingerprint"].upper()))
    assert (outcome.status, outcome.out) == (0, "")
    assert re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d UTC", "TIME", outcome.err) == (
        f"{letters['good']}: intact\n"
        "  Signed as “International Partnership for Human Rights (self-issued)”. The time it gives is TIME, by "
        "the signer's own clock.\n"
        "  Not one byte of the file has changed since.\n"
        "  The signer is known: it is your own identity “iphr” on this computer.\n"
        "  It is self-issued: others can only tell that the key is yours by comparing its fingerprint with one "
        f"that you published: {fingerprint}\n"
        "  This file is as it was signed: the signature is intact and the whole file is covered.\n"
    )


def test_changed(once: Workspace, letters: dict[str, Path]) -> None:
    """One flipped byte: the file is not intact, nothing is said of who signed, and the exit code is 1."""
    outcome = once.run("verify", letters["flipped"])
    lines = outcome.err.splitlines()
    assert (outcome.status, outcome.out) == (1, "")
    assert (lines[0], lines[-1]) == (f"{letters['flipped']}: NOT INTACT", "  This file is not as it was signed.")
    assert "  A broken signature proves nothing about who made it." in lines


def test_not_signed(once: Workspace, letters: dict[str, Path]) -> None:
    """A file without a signature is told from one whose signature is broken; the exit code is 1."""
    outcome = once.run("verify", letters["unsigned"])
    lines = outcome.err.splitlines()
    assert (outcome.status, outcome.out) == (1, "")
    assert lines[:2] == [f"{letters['unsigned']}: NOT SIGNED", f"  {NO_SIGNATURE}"]


def test_unreadable(once: Workspace, letters: dict[str, Path]) -> None:
    """Files that cannot be read are named with the reasons; the exit code is 5."""
    reasons = {
        "text": "This is not a PDF.",
        "empty": "This is not a PDF.",
        "missing": "The file cannot be read: No such file or directory.",
        "folder": "The file cannot be read: Is a directory.",
        "cut": "This PDF is damaged or was cut short: it cannot be read.",
    }
    outcome = once.run("verify", *(letters[kind] for kind in reasons))
    assert (outcome.status, outcome.out) == (5, "")
    assert outcome.err == "".join(f"{letters[kind]}: unreadable\n  {why}\n" for kind, why in reasons.items())


@pytest.mark.parametrize(
    ("kinds", "status"),
    [(["good", "good"], 0), (["flipped", "good"], 1), (["flipped", "text", "good"], 5)],
    ids=str,
)
def test_several(once: Workspace, letters: dict[str, Path], kinds: list[str], status: int) -> None:
    """All files are looked at, whatever is wrong with one; the exit code is that of the worst."""
    outcome = once.run("verify", *(letters[kind] for kind in kinds))
    heads = [line.partition(": ")[0] for line in outcome.err.splitlines() if not line.startswith(" ")]
    assert (outcome.status, heads) == (status, [str(letters[kind]) for kind in kinds])


def test_json(once: Workspace, letters: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """The JSON has one object per file, with all that is known of it."""
    outcome = once.run("verify", "--json", *(letters[kind] for kind in ("good", "unsigned", "text")))
    monkeypatch.setenv("XDG_DATA_HOME", str(once.data))
    [identity] = list_identities()
    report: dict[str, Any] = verify(letters["good"].read_bytes(), known=[identity]).to_json()
    assert (outcome.status, outcome.err) == (5, "")
    unsigned, text = outcome.json()[1:]
    assert outcome.json()[0] == {"file": str(letters["good"]), **report, "recorded": None, "error": None}
    assert report["signatures"][0] == {
        "field": "signature-iphr",
        "certificate": json.loads((identity.folder / "identity.json").read_bytes())["certificate"],
        "signed_at": report["signatures"][0]["signed_at"],
        "intact": True,
        "fault": None,
        "covers_whole_file": True,
        "later_changes": "none",
        "level": "B",
        "time_stamp": None,
        "trust": "known",
        "revoked_now": None,
        "revoked_then": None,
        "validated": True,
        "identity": "iphr",
        "sentences": report["signatures"][0]["sentences"],
    }
    assert unsigned == {
        "file": str(letters["unsigned"]),
        "ok": False,
        "validated": False,
        "signatures": [],
        "time_stamps": [],
        "unsigned_fields": ["signature-iphr"],
        "sentences": [NO_SIGNATURE, "Empty signature fields: signature-iphr."],
        "recorded": None,
        "error": None,
    }
    assert text == {"file": str(letters["text"]), "ok": False, "error": "This is not a PDF."}


def test_by_somebody_else(once: Workspace, letters: dict[str, Path], tmp_path: Path) -> None:
    """Who does not know the signer is told so; that the file is intact holds all the same."""
    outcome = once.run("verify", letters["good"], env={"XDG_DATA_HOME": str(tmp_path / "nobody")})
    assert outcome.status == 0
    sentence = "the certificate is self-issued, so nobody but its maker vouches for the name in it."
    assert f"  The signer is not trusted: {sentence}" in outcome.err.splitlines()


def test_name_with_control_characters(once: Workspace, letters: dict[str, Path], tmp_path: Path) -> None:
    """A file's name cannot write over what is said of it."""
    file = tmp_path / "a\x1b[2K\rb.pdf"
    file.write_bytes(letters["flipped"].read_bytes())
    assert once.run("verify", file).err.splitlines()[0] == f"{tmp_path}/a␛[2K␍b.pdf: NOT INTACT"
