"""No passphrase and no PIN is in anything that lettergen prints or writes."""

from __future__ import annotations

import base64
import os
import re
from typing import TYPE_CHECKING

import pexpect
import pytest
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates

from signing.pki import intermediate, officer
from signing.tokens import make_token

if TYPE_CHECKING:
    from pathlib import Path

    from workspaces import Outcome, Workspace

CANARY = "Kanarienvogel-4711-ünder"
WRONG = "Wellensittich-0815-ünder"
PIN = "73519842"
SECRETS = (CANARY, WRONG, PIN)


def found_in(data: bytes) -> set[str]:
    """Return the secrets that stand in bytes: as text of any kind, in hexadecimal digits, or in base 64."""
    found = set()
    for secret in SECRETS:
        forms = {secret.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be", "latin-1")}
        forms |= {form.hex().encode() for form in forms} | {form.hex().upper().encode() for form in forms}
        # Without what depends on the bytes beside it.
        forms |= {base64.b64encode(b"x" * pad + secret.encode())[4:-4] for pad in range(3)}
        if any(form in data for form in forms):
            found.add(secret)
    return found


def test_the_search_finds_them() -> None:
    """The control: each form is found."""
    for data in (CANARY.encode(), PIN.encode("utf-16-be"), base64.b64encode(b"key: " + WRONG.encode() + b"\n")):
        assert found_in(data)
    assert found_in(f"error: {WRONG.encode().hex()}".encode()) == {WRONG}
    assert found_in(b"nothing of that") == set()


class Watch:
    """A user whose every file and every output is searched."""

    def __init__(self, workspace: Workspace, folder: Path) -> None:
        self.workspace, self.folder = workspace, folder
        self.temporary = folder / "temporary"
        self.temporary.mkdir()
        self.given = folder / "given"
        self.given.mkdir()

    def run(self, *arguments: str | Path, status: int, env: dict[str, str] | None = None) -> Outcome:
        """Run a command, and search what it printed."""
        outcome = self.workspace.run(*arguments, env={"TMPDIR": str(self.temporary)} | (env or {}))
        assert outcome.status == status, outcome.err
        assert found_in((outcome.out + outcome.err).encode()) == set()
        assert "Traceback" not in outcome.err
        return outcome

    def write(self, name: str, secret: str) -> Path:
        """Write what a user gives: the one place where a secret may stand."""
        file = self.given / name
        file.touch(mode=0o600)
        file.write_text(secret + "\n", "utf-8")
        return file

    def search(self) -> None:
        """Search every file of this user, and their names."""
        for path in self.folder.rglob("*"):
            if self.given in path.parents or path.is_symlink() or "tokens" in path.parts:
                continue
            assert found_in(os.fsencode(path)) == set(), path
            if path.is_file():
                assert found_in(path.read_bytes()) == set(), path


@pytest.fixture
def watch(small: Workspace, tmp_path: Path) -> Watch:
    """Return a user who is watched."""
    return Watch(small, tmp_path)


def test_passphrases(watch: Watch) -> None:
    """Right and wrong ones, from a file and the environment, through every command that takes one."""
    right, wrong = watch.write("right", CANARY), watch.write("wrong", WRONG)
    watch.run("identity", "new", "made", "--organisation", "Rights", "--passphrase-file", right, status=0)
    bundle = watch.folder / "officer.p12"
    bundle.write_bytes(
        serialize_key_and_certificates(
            b"officer",
            officer().key,  # type: ignore[arg-type]
            officer().certificate,
            [intermediate().certificate],
            BestAvailableEncryption(CANARY.encode()),
        )
    )
    watch.run("identity", "import", bundle, "--name", "officer", "--passphrase-file", wrong, status=4)
    assert not (watch.workspace.identities / "officer").exists()
    watch.run("identity", "list", "--json", status=0)
    watch.run("identity", "show", "made", "--json", status=0)
    compose = ("compose", "--summit", "samarkand-2025", "--to", "costa", "--identity", "made", "--json")
    watch.run(*compose, status=4)
    watch.run(*compose, status=4, env={"LETTERGEN_PASSPHRASE": WRONG})
    watch.run(*compose, "--passphrase-file", wrong, status=4)
    assert not list(watch.workspace.out.glob("*.pdf"))
    watch.run(*compose, status=0, env={"LETTERGEN_PASSPHRASE": CANARY})
    letter = watch.workspace.out / "costa.en.pdf"
    watch.run("sign", letter, "--passphrase-file", wrong, "--identity", "made", status=4)
    watch.run("verify", letter, "--json", status=0)
    watch.search()


def test_pins(watch: Watch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A token's PIN, right and wrong."""
    monkeypatch.setattr("signing.tokens.PIN", PIN)
    token = make_token(tmp_path, "card", officer())
    certificates = watch.given / "certificates.pem"
    certificates.write_bytes(officer().certificate_pem)
    right, wrong = watch.write("right", PIN), watch.write("wrong", WRONG)
    add = (
        "identity", "token", "card", "--library", token.library, "--token", "card", "--certificate", certificates,
    )  # fmt: skip
    watch.run(*add, "--pin-file", wrong, status=4, env=token.environment)
    # The officer's certificate is one of the past: the refusal comes after the token was used.
    watch.run(*add, "--pin-file", right, status=4, env=token.environment)
    watch.search()


def test_a_typed_passphrase(watch: Watch) -> None:
    """What is typed at a prompt is not echoed, and is nowhere afterwards."""
    right = watch.write("right", CANARY)
    watch.run("identity", "new", "made", "--organisation", "Rights", "--passphrase-file", right, status=0)
    for typed, expected in ((WRONG, "does not open"), (CANARY, "1 written.")):
        command = watch.workspace.command(
            "compose", "--summit", "samarkand-2025", "--to", "costa", "--identity", "made"
        )
        terminal = pexpect.spawn(
            command[0],
            command[1:],
            cwd=str(watch.workspace.root),
            env=watch.workspace.environment | {"TERM": "dumb"},
            encoding="utf-8",
            timeout=60,
        )
        terminal.expect("Passphrase for the identity “made”: ")
        before = terminal.before or ""
        terminal.sendline(typed)
        terminal.expect(re.escape(expected))
        terminal.expect(pexpect.EOF)
        shown = before + (terminal.after if isinstance(terminal.after, str) else "") + (terminal.before or "")
        terminal.close()
        assert found_in(shown.encode()) == set()
    watch.search()
