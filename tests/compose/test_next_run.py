"""Holds that the next run leaves alone what is up to date, redoes what changed, and says which is which."""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING

import pytest

from lettergen.compose import Request, compose
from lettergen.inputs import library_versions
from lettergen.problems import UsageError
from lettergen.signing.passphrase import PassphraseSource
from workspaces import SUMMIT, state

if TYPE_CHECKING:
    from pathlib import Path

    from workspaces import Workspace

LETTER = f"letters/{SUMMIT}/letter.toml"
BOTH_UNCHANGED = (
    f"unchanged  out/{SUMMIT}/costa.en.pdf, 2 pages\n"
    f"unchanged  out/{SUMMIT}/von-der-leyen.en.pdf, 2 pages\n"
    "2 unchanged.\n"
)
SIGNED = "Signed as “International Partnership for Human Rights (self-issued)”.\n"

# What a run with nothing to do must not pay for.
HEAVY = (
    "weasyprint",
    "pyhanko",
    "cryptography",
    "keyring",
    "jinja2",
    "markdown_it",
    "babel",
    "rich",
    "lettergen.model",
)
LOADED = """
import atexit, json, sys
atexit.register(lambda: print(json.dumps([name for name in {heavy!r} if name in sys.modules])))
from lettergen.cli import main
main()
"""


def sha256(path: Path) -> str:
    """Return the hash of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_nothing_to_do(workspace: Workspace) -> None:
    """A second run leaves every byte and every time as it is, and loads nothing heavy to find that out."""
    before = state(workspace.root), state(workspace.home)
    outcome = workspace.python(LOADED.format(heavy=HEAVY), "compose", "--summit", SUMMIT)
    assert (outcome.status, outcome.err, json.loads(outcome.out)) == (0, BOTH_UNCHANGED, [])
    assert (state(workspace.root), state(workspace.home)) == before


def test_address_of_one_recipient(workspace: Workspace) -> None:
    """A changed address redoes the letter that shows it, and no other; the record has both from the new files."""
    before = state(workspace.out)
    workspace.edit("recipients.toml", "Rue de la Loi 175", "Rue de la Loi 177")
    outcome = workspace.compose()
    assert (outcome.status, outcome.out) == (0, "")
    assert outcome.err == (
        "1/1 costa.en\n"
        f"written    out/{SUMMIT}/costa.en.pdf, 2 pages\n"
        f"unchanged  out/{SUMMIT}/von-der-leyen.en.pdf, 2 pages\n"
        "1 written, 1 unchanged.\n"
        f"{SIGNED}"
        f"Next: lettergen verify out/{SUMMIT}/costa.en.pdf\n"
    )
    after = state(workspace.out)
    assert {name for name in after if after[name] != before[name]} == {"manifest.json", "costa.en.pdf"}
    [basis] = workspace.manifest["bases"].values()
    assert basis["inputs"]["recipients.toml"] == sha256(workspace.root / "recipients.toml")
    assert workspace.compose().err == BOTH_UNCHANGED


def test_recipient_of_another_campaign(workspace: Workspace) -> None:
    """A recipient to whom this campaign does not write redoes nothing, and loads neither typesetter nor signer."""
    before = state(workspace.out)
    recipients = workspace.root / "recipients.toml"
    text = recipients.read_text("utf-8").replace("[costa", "[somebody").replace("António", "Somebody")
    recipients.write_text(recipients.read_text("utf-8") + text[: text.index("[von-der-leyen]")], "utf-8")
    outcome = workspace.python(LOADED.format(heavy=("weasyprint", "pyhanko")), "compose", "--summit", SUMMIT)
    assert (outcome.status, outcome.err, json.loads(outcome.out)) == (0, BOTH_UNCHANGED, [])
    after = state(workspace.out)
    assert [name for name in before if name.endswith(".pdf") and before[name] != after[name]] == []
    [basis] = workspace.manifest["bases"].values()
    assert basis["inputs"]["recipients.toml"] == sha256(recipients)


def test_text_of_both_made_for_one(workspace: Workspace) -> None:
    """After a changed text was made for one, the other is not taken for up to date, nor recorded as such."""
    before = state(workspace.out)
    [old] = workspace.manifest["bases"]
    workspace.edit(LETTER, "Closer ties need not", "Nearer ties need not")
    outcome = workspace.compose("--to", "costa")
    assert outcome.err.splitlines()[:3] == [
        "1/1 costa.en",
        f"written    out/{SUMMIT}/costa.en.pdf, 2 pages",
        "1 written.",
    ]
    half = workspace.manifest
    assert {file["file"]: file["basis"] == old for file in half["files"]} == {
        "costa.en.pdf": False,
        "von-der-leyen.en.pdf": True,
    }
    assert len(half["bases"]) == 2
    assert state(workspace.out)["von-der-leyen.en.pdf"] == before["von-der-leyen.en.pdf"]
    outcome = workspace.compose()
    assert outcome.err.splitlines()[1:4] == [
        f"unchanged  out/{SUMMIT}/costa.en.pdf, 2 pages",
        f"written    out/{SUMMIT}/von-der-leyen.en.pdf, 2 pages",
        "1 unchanged, 1 written.",
    ]
    assert len(workspace.manifest["bases"]) == 1


def test_altered_by_hand(workspace: Workspace) -> None:
    """A letter that was altered is reported and left as it is; --force makes it anew, and the other stays."""
    letter = workspace.out / "costa.en.pdf"
    letter.write_bytes(letter.read_bytes() + b"\n")
    before = state(workspace.out)
    outcome = workspace.compose()
    assert outcome.status == 1
    assert outcome.err == (
        f"altered    out/{SUMMIT}/costa.en.pdf\n"
        "           It was changed by hand, or lettergen did not make it; it is left as it is.\n"
        f"unchanged  out/{SUMMIT}/von-der-leyen.en.pdf, 2 pages\n"
        "1 altered, 1 unchanged.\n"
        "Keep an altered file elsewhere if you need it; --force overwrites it.\n"
    )
    after = state(workspace.out)
    assert [name for name in before if name.endswith(".pdf") and before[name] != after[name]] == []
    assert workspace.compose("--force").status == 0
    assert state(workspace.out)["costa.en.pdf"] != before["costa.en.pdf"]
    assert state(workspace.out)["von-der-leyen.en.pdf"] == before["von-der-leyen.en.pdf"]
    assert workspace.compose().err == BOTH_UNCHANGED


def test_deleted(workspace: Workspace) -> None:
    """A letter that is missing is made again, and no other."""
    before = state(workspace.out)
    (workspace.out / "von-der-leyen.en.pdf").unlink()
    outcome = workspace.compose()
    assert outcome.err.splitlines()[0] == "1/1 von-der-leyen.en"
    assert outcome.status == 0
    assert state(workspace.out)["costa.en.pdf"] == before["costa.en.pdf"]
    assert workspace.compose().err == BOTH_UNCHANGED


def test_new_signer(workspace: Workspace) -> None:
    """When the user sets up an identity of her own, the letters are signed anew, by that one."""
    workspace.run("identity", "new", "director", "--organisation", "Rights Watchers")
    outcome = workspace.compose()
    assert outcome.err.splitlines()[4:6] == ["2 written.", "Signed as “Rights Watchers (self-issued)”."]
    signers = [file["signatures"][0]["name"] for file in workspace.manifest["files"]]
    assert signers == ["Rights Watchers (self-issued)"] * 2
    assert workspace.compose().err == BOTH_UNCHANGED
    assert workspace.compose("--identity", "iphr", "--dry-run").err.endswith("2 planned.\n")


def test_recipient_taken_out(workspace: Workspace) -> None:
    """The letter of a recipient who was taken out is left over: told each time, kept on record, never removed."""
    workspace.edit(LETTER, 'recipients = ["costa", "von-der-leyen"]', 'recipients = ["von-der-leyen"]')
    unchanged = f"unchanged  out/{SUMMIT}/von-der-leyen.en.pdf, 2 pages\n1 unchanged.\n"
    left_over = (
        f"Left over: out/{SUMMIT}/costa.en.pdf is of no letter that this campaign has now. "
        "Move it away, lest it be sent.\n"
    )
    before = state(workspace.out)
    for _ in range(2):
        outcome = workspace.compose()
        assert (outcome.status, outcome.err) == (0, unchanged + left_over)
    assert state(workspace.out)["costa.en.pdf"] == before["costa.en.pdf"]
    assert [file["file"] for file in workspace.manifest["files"]] == ["costa.en.pdf", "von-der-leyen.en.pdf"]
    (workspace.out / "costa.en.pdf").unlink()
    assert workspace.compose().err == unchanged


def test_recipient_taken_out_and_put_back(workspace: Workspace) -> None:
    """What another run said of the campaign in between does not outlive its texts."""
    texts = (workspace.root / LETTER).read_text("utf-8")
    workspace.edit(LETTER, 'recipients = ["costa", "von-der-leyen"]', 'recipients = ["von-der-leyen"]')
    assert workspace.compose("--draft").err.splitlines()[:1] == ["1/1 von-der-leyen.en"]
    (workspace.root / LETTER).write_text(texts, "utf-8")
    assert workspace.compose().err == BOTH_UNCHANGED


def test_letter_that_fails(workspace: Workspace) -> None:
    """A letter that cannot be set stops no other; that an earlier one stands under its name is said."""
    before = state(workspace.out)
    workspace.edit("recipients.toml", "Rue de la Loi 175", "Rue de la Loi ქ")
    workspace.edit("recipients.toml", "Rue de la Loi 200", "Rue de la Loi 201")
    outcome = workspace.compose()
    assert outcome.status == 1
    assert re.sub("has no sign for .*[.] The file", "… The file", outcome.err) == (
        "1/2 costa.en\n"
        "2/2 von-der-leyen.en\n"
        f"failed     out/{SUMMIT}/costa.en.pdf\n"
        "           The letters' typeface … The file of an earlier run still stands there.\n"
        f"written    out/{SUMMIT}/von-der-leyen.en.pdf, 2 pages\n"
        "1 failed, 1 written.\n"
        f"{SIGNED}"
        f"Next: lettergen verify out/{SUMMIT}/von-der-leyen.en.pdf\n"
    )
    assert state(workspace.out)["costa.en.pdf"] == before["costa.en.pdf"]
    assert len(workspace.manifest["bases"]) == 2


def test_warnings_are_told_each_time(workspace: Workspace) -> None:
    """A warning is told by the run that makes the letters, and, without the line, by the one with nothing to do."""
    workspace.edit(LETTER, "date = 2025-04-01", "date = 2025-04-05")
    first, second = (workspace.compose("--unsigned").err.split("\n1 warning.\n")[0] for _ in range(2))
    line, caret = "  13 | date = 2025-04-05\n", "     |        ^\n"
    assert line + caret in first
    assert first.removeprefix("1/2 costa.en\n2/2 von-der-leyen.en\n").replace(line + caret, "") == second
    assert second.startswith("warning[LG303] ")


@pytest.mark.parametrize(
    ("library", "status"),
    [("weasyprint", "planned"), ("lettergen", "planned"), ("python", "unchanged"), ("pyhanko", "unchanged")],
)
def test_other_versions(workspace: Workspace, monkeypatch: pytest.MonkeyPatch, library: str, status: str) -> None:
    """Another version of what sets the pages redoes the letters; of what only works before or after, does not."""
    monkeypatch.setenv("XDG_DATA_HOME", str(workspace.data))
    other = library_versions() | {library: "99"}
    monkeypatch.setattr("lettergen.compose.run.library_versions", lambda: other)
    request = Request(workspace.root, SUMMIT, "signed", workspace.root / "out", dry_run=True)
    assert [outcome.status for outcome in compose(request, PassphraseSource()).outcomes] == [status] * 2


@pytest.mark.parametrize(
    ("old", "new", "status"),
    [("Brussels", "Bruges", "planned"), ("# ", "#  ", "unchanged")],
    ids=["text", "comment"],
)
def test_letterhead(workspace: Workspace, monkeypatch: pytest.MonkeyPatch, old: str, new: str, status: str) -> None:
    """What the letterhead shows is part of every letter; a comment in its file is part of none."""
    head = workspace.root / "letters/letterhead/iphr/letterhead.toml"
    head.write_text("# The sender\n" + head.read_text("utf-8"), "utf-8")
    workspace.edit("letters/letterhead/iphr/letterhead.toml", old, new)
    monkeypatch.setenv("XDG_DATA_HOME", str(workspace.data))
    request = Request(workspace.root, SUMMIT, "signed", workspace.root / "out", dry_run=True)
    assert [outcome.status for outcome in compose(request, PassphraseSource()).outcomes] == [status] * 2


def test_style_of_the_letterhead(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """A style sheet that only the pages show redoes the letters."""
    (workspace.root / "letters/letterhead/iphr/letterhead.css").write_text("p { color: navy }", "utf-8")
    monkeypatch.setenv("XDG_DATA_HOME", str(workspace.data))
    request = Request(workspace.root, SUMMIT, "signed", workspace.root / "out", dry_run=True)
    assert [outcome.status for outcome in compose(request, PassphraseSource()).outcomes] == ["planned"] * 2


def test_name_that_leads_out_of_the_letters(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """A summit's name becomes part of a path only if it is one: not a file elsewhere is so much as read."""
    monkeypatch.setattr("lettergen.compose.run.input_hashes", lambda *_: pytest.fail("it looked there"))
    with pytest.raises(UsageError, match=r"^There is no summit “\.\.” in "):
        compose(Request(workspace.root, "..", "unsigned", workspace.root / "out"), PassphraseSource())
