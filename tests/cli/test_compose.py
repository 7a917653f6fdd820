"""Holds what the options of `lettergen compose` do, what it reports as JSON, and when it refuses."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from lettergen.signing.new_identity import import_pem
from lettergen.signing.passphrase import PassphraseSource
from signing.pki import issue
from workspaces import SUMMIT, Workspace, files, state

if TYPE_CHECKING:
    from pathlib import Path

LETTER = f"letters/{SUMMIT}/letter.toml"
CANARY = "canary-4711-Größe"


def reported(workspace: Workspace, name: str, status: str, reason: str | None = None, pages: int | None = 1) -> Any:
    """Return what the report says of a letter."""
    file = workspace.out / name
    content = file.read_bytes() if pages else b""
    return {
        "id": name.removesuffix(".pdf").removesuffix(".unsigned"),
        "file": str(file),
        "status": status,
        "reason": reason,
        "pages": pages,
        "sha256": hashlib.sha256(content).hexdigest() if pages else None,
        "level": "B" if pages else None,
    }


def test_dry_run_of_a_first_run(small: Workspace, tmp_path: Path) -> None:
    """A dry run says what would be done and writes nothing at all: no folder, no lock, no identity."""
    before = state(tmp_path)
    outcome = small.compose("--dry-run")
    assert (outcome.status, outcome.out) == (0, "")
    assert outcome.err == (
        f"planned    out/{SUMMIT}/costa.en.pdf\n"
        f"planned    out/{SUMMIT}/von-der-leyen.en.pdf\n"
        "2 planned.\n"
        "There is no identity yet; the first signed letter makes one.\n"
    )
    assert state(tmp_path) == before


def test_dry_run_of_a_next_run(composed: Workspace, tmp_path: Path) -> None:
    """A dry run tells which letters would be redone, which would not, and which were altered."""
    with (composed.out / "costa.en.pdf").open("ab") as letter:
        letter.write(b"\n")
    composed.edit("recipients.toml", "Rue de la Loi 200", "Rue de la Loi 201")
    before = state(tmp_path)
    outcome = composed.compose("--dry-run", "--json")
    reason = "It was changed by hand, or lettergen did not make it; it is left as it is."
    assert (outcome.status, outcome.err) == (1, "")
    report = outcome.json()
    assert report["letters"] == [
        reported(composed, "costa.en.pdf", "altered", reason, pages=None),
        reported(composed, "von-der-leyen.en.pdf", "planned", pages=None),
    ]
    assert report["dry_run"] is True
    assert state(tmp_path) == before


def test_json(composed: Workspace) -> None:
    """The report as JSON has all that people are told; stdout holds nothing else, progress is on stderr."""
    composed.edit("recipients.toml", "Rue de la Loi 200", "Rue de la Loi 201")
    composed.edit(LETTER, "date = 2025-04-01", "date = 2025-04-05")
    composed.edit(LETTER, 'recipients = ["costa", "von-der-leyen"]', 'recipients = ["von-der-leyen"]')
    outcome = composed.compose("--json")
    assert (outcome.status, outcome.err) == (0, "1/1 von-der-leyen.en\n")
    assert outcome.json() == {
        "summit": SUMMIT,
        "mode": "signed",
        "folder": str(composed.out),
        "dry_run": False,
        "letters": [reported(composed, "von-der-leyen.en.pdf", "written")],
        "left_over": [str(composed.out / "costa.en.pdf")],
        "findings": [
            {
                "code": "LG303",
                "severity": "warning",
                "message": "The letter is dated 2025-04-05, after the summit of 2025-04-04.",
                "file": LETTER,
                "line": 9,
                "column": 8,
                "help": "Check both dates.",
            }
        ],
        "identity": composed.run("identity", "show", "iphr", "--json").json(),
        "made_identity": False,
    }


def test_json_of_a_run_with_nothing_to_do(composed: Workspace) -> None:
    """The report has the same form when nothing had to be done."""
    outcome = composed.compose("--json")
    assert (outcome.status, outcome.err) == (0, "")
    assert outcome.json() == {
        "summit": SUMMIT,
        "mode": "signed",
        "folder": str(composed.out),
        "dry_run": False,
        "letters": [reported(composed, f"{name}.en.pdf", "unchanged") for name in ("costa", "von-der-leyen")],
        "left_over": [],
        "findings": [],
        "identity": composed.run("identity", "show", "iphr", "--json").json(),
        "made_identity": False,
    }


def test_findings(small: Workspace, tmp_path: Path) -> None:
    """Mistakes are told with their places on stderr, or in the report as JSON; nothing is written."""
    small.edit(LETTER, 'concerns_heading = "What concerns us"\n', "")
    before = state(tmp_path)
    outcome = small.compose()
    assert (outcome.status, outcome.out) == (1, "")
    assert outcome.err.startswith(f"error[LG103] {LETTER}:8:")
    assert outcome.err.endswith("\n1 error.\n")
    as_json = small.compose("--json")
    assert (as_json.status, as_json.err) == (1, "")
    assert as_json.json() == {
        "summit": SUMMIT,
        "mode": "signed",
        "folder": str(small.out),
        "dry_run": False,
        "letters": [],
        "left_over": [],
        "findings": small.run("check", "--format", "json").json(),
        "identity": None,
        "made_identity": False,
    }
    assert state(tmp_path) == before


@pytest.mark.parametrize("mode", ["draft", "unsigned"])
def test_without_a_signature(small: Workspace, mode: str) -> None:
    """Drafts and unsigned letters bear their state in their names, carry no signature, and make no identity."""
    outcome = small.compose(f"--{mode}", "--to", "costa")
    assert (outcome.status, outcome.err) == (
        0,
        f"1/1 costa.en\nwritten    out/{SUMMIT}/costa.en.{mode}.pdf, 1 page\n1 written.\n",
    )
    assert [(file["file"], file["mode"], file["signatures"]) for file in small.manifest["files"]] == [
        (f"costa.en.{mode}.pdf", mode, [])
    ]
    assert not small.data.exists()
    assert small.run("verify", small.out / f"costa.en.{mode}.pdf").status == 1
    assert small.compose(f"--{mode}", "--to", "costa").err.endswith("\n1 unchanged.\n")


def test_beside_signed_letters(composed: Workspace) -> None:
    """A draft overwrites no signed letter, and the record keeps both."""
    before = state(composed.out)
    assert composed.compose("--draft", "--to", "costa").status == 0
    after = state(composed.out)
    assert [name for name in before if name.endswith(".pdf") and after[name] != before[name]] == []
    recorded = [file["file"] for file in composed.manifest["files"]]
    assert recorded == ["costa.en.draft.pdf", "costa.en.pdf", "von-der-leyen.en.pdf"]
    assert composed.compose().err.endswith("\n2 unchanged.\n")


@pytest.mark.parametrize(
    ("arguments", "sentences"),
    [
        (["--draft", "--unsigned"], ["A draft is never signed.", "Leave out --draft, or the other option."]),
        (
            ["--draft", "--identity", "iphr"],
            ["A draft is never signed.", "Leave out --draft, or the other option."],
        ),
        (["--unsigned", "--identity", "iphr"], ["--unsigned and --identity exclude each other."]),
        (["--to", "cost"], ["This campaign does not write to “cost”.", "Did you mean “costa”?"]),
        (
            ["--to", "costa", "--to", "x"],
            ["This campaign does not write to “x”.", "It writes to costa, von-der-leyen."],
        ),
    ],
    ids=str,
)
def test_contradictions(small: Workspace, tmp_path: Path, arguments: list[str], sentences: list[str]) -> None:
    """What contradicts itself or names nobody is refused before anything is written."""
    before = state(tmp_path)
    outcome = small.compose(*arguments)
    told = [f"{label}: {sentence}\n" for label, sentence in zip(("error", "  help"), sentences, strict=False)]
    assert (outcome.status, outcome.out, outcome.err) == (2, "", "".join(told))
    assert state(tmp_path) == before


@pytest.mark.parametrize(
    "summit", ["samarkand-2024", "", ".", "..", "../letters/samarkand-2025", "/etc", "letterhead"]
)
def test_unknown_summit(small: Workspace, tmp_path: Path, summit: str) -> None:
    """Only a folder with letters is a summit; another name leads nowhere, and nothing is read or written there."""
    before = state(tmp_path)
    outcome = small.run("compose", "--summit", summit)
    assert outcome.status == 2
    assert outcome.err.startswith(f"error: There is no summit “{summit}” in {small.root}/letters.\n  help: ")
    assert state(tmp_path) == before


def test_some_recipients(small: Workspace) -> None:
    """--to names one recipient or several, each once."""
    outcome = small.compose("--unsigned", "--to", "von-der-leyen", "--to", "von-der-leyen")
    assert outcome.err.splitlines()[0] == "1/1 von-der-leyen.en"
    outcome = small.compose("--unsigned", "--to", "von-der-leyen", "--to", "costa", "--dry-run")
    assert outcome.err.splitlines()[2] == "1 planned, 1 unchanged."


def test_another_output_folder(small: Workspace, tmp_path: Path) -> None:
    """--out is read from where the command is called, and gets a folder for the summit."""
    (tmp_path / "here").mkdir()
    arguments = (
        "-C",
        "../office",
        "compose",
        "--summit",
        SUMMIT,
        "--unsigned",
        "--to",
        "costa",
        "--out",
        "my letters",
    )
    outcome = small.run(*arguments, cwd=tmp_path / "here")
    assert outcome.err.splitlines()[1] == f"written    my letters/{SUMMIT}/costa.en.unsigned.pdf, 1 page"
    assert sorted(files(tmp_path / "here")) == [
        f"my letters/{SUMMIT}/costa.en.unsigned.pdf",
        f"my letters/{SUMMIT}/manifest.json",
    ]
    assert not (small.root / "out").exists()


def test_whose_signature(small: Workspace) -> None:
    """An identity that does not exist, or several that could be meant, are refused with the way out."""
    unknown = small.compose("--identity", "director")
    assert (unknown.status, unknown.err) == (
        4,
        "error: There is no identity “director”.\n  help: There is none yet: lettergen identity new makes one.\n",
    )
    for name in ("director", "officer"):
        small.run("identity", "new", name, "--organisation", "Rights Watchers")
    several = small.compose()
    assert several.status == 4
    assert several.err == (
        "error: Several identities could sign for the letterhead “iphr”: director, officer.\n"
        "  help: Say which one with --identity NAME.\n"
    )
    assert small.compose("--identity", "officer", "--dry-run").status == 0


@pytest.fixture
def locked(small: Workspace) -> Workspace:
    """Return a workspace whose only identity has a passphrase, which is in the file `passphrase`."""
    write_passphrase(small, CANARY)
    made = small.run(
        "identity", "new", "officer", "--organisation", "Watchers", "--passphrase-file", small.home / "passphrase"
    )
    assert made.status == 0
    return small


def write_passphrase(workspace: Workspace, passphrase: str) -> Path:
    """Write a passphrase into a file that nobody else can read."""
    file = workspace.home / "passphrase"
    file.touch(mode=0o600)
    file.write_text(f"{passphrase}\nanything\n", "utf-8")
    return file


def test_passphrase(locked: Workspace) -> None:
    """The passphrase comes from a file or the environment, and is in nothing that is said or written."""
    file = locked.home / "passphrase"
    by_file = locked.compose("--to", "costa", "--passphrase-file", file)
    assert (by_file.status, by_file.err.splitlines()[-2]) == (0, "Signed as “Watchers (self-issued)”.")
    file.unlink()
    by_environment = locked.compose("--to", "von-der-leyen", "--json", env={"LETTERGEN_PASSPHRASE": CANARY})
    assert by_environment.status == 0
    said = [outcome.out + outcome.err for outcome in (by_file, by_environment)]
    written = [content.decode("latin-1") for content in (files(locked.root) | files(locked.home)).values()]
    assert [text for text in (*said, *written) if "canary" in text] == []


@pytest.mark.parametrize("debug", [{}, {"LETTERGEN_DEBUG": "1"}])
def test_wrong_passphrase(locked: Workspace, debug: dict[str, str]) -> None:
    """A wrong passphrase is refused in one sentence that holds neither it nor a traceback; no letter is written."""
    wrong = locked.compose(env={"LETTERGEN_PASSPHRASE": "wrong-canary"} | debug)
    sentence = "The key of the identity “officer” does not open: the passphrase is wrong, or the file is damaged."
    assert (wrong.status, wrong.out, wrong.err) == (4, "", f"error: {sentence}\n")
    assert files(locked.root / "out") == {}


def test_no_passphrase(locked: Workspace) -> None:
    """Without a terminal nobody is asked; the ways to give a passphrase are named."""
    none = locked.compose()
    assert none.status == 4
    assert none.err == (
        "error: The key of the identity “officer” needs its passphrase.\n"
        "  help: Give --passphrase-file FILE, set LETTERGEN_PASSPHRASE, store it in the system's keyring "
        "(keyring set lettergen officer), or run this in a terminal, where it is asked for.\n"
    )
    missing = locked.compose("--passphrase-file", locked.home / "missing")
    assert (missing.status, missing.err) == (
        5,
        f"error: {locked.home}/missing cannot be read: No such file or directory.\n",
    )


def test_expired_identity(small: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An identity whose certificate has expired does not sign."""
    monkeypatch.setenv("XDG_DATA_HOME", str(small.data))
    then = datetime(2001, 1, 1, tzinfo=UTC)
    holder = issue("Watchers", start=then, end=datetime(2002, 1, 1, tzinfo=UTC))
    (tmp_path / "key.pem").touch(mode=0o600)
    (tmp_path / "key.pem").write_bytes(holder.key_pem())
    (tmp_path / "certificate.pem").write_bytes(holder.certificate_pem)
    import_pem(tmp_path / "key.pem", [tmp_path / "certificate.pem"], "officer", PassphraseSource(), now=then)
    outcome = small.compose()
    assert outcome.status == 4
    assert outcome.err == (
        "error: The certificate of “Watchers” expired on 2002-01-01.\n"
        "  help: Make or import an identity with a certificate that is still valid.\n"
    )
    assert files(small.out) == {}
