"""Keys on tokens: `lettergen identity token`, and letters that are signed with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from judges import openssl, pdfsig, verapdf
from signing.tokens import PIN, make_token

if TYPE_CHECKING:
    from pathlib import Path

    from signing.services import Services
    from signing.tokens import SoftToken
    from workspaces import Outcome, Workspace


class Desk:
    """A workspace with a token plugged in."""

    def __init__(self, workspace: Workspace, folder: Path, services: Services, label: str) -> None:
        self.workspace, self.services = workspace, services
        holder = services.holder(label)
        self.token: SoftToken = make_token(folder, label, holder)
        self.certificates = folder / "certificates.pem"
        self.certificates.write_bytes(holder.certificate_pem + services.holder("authority").certificate_pem)
        self.pin = folder / "pin"
        self.write_pin(PIN)

    def write_pin(self, pin: str) -> None:
        """Write a PIN into the file that is named."""
        self.pin.touch(mode=0o600)
        self.pin.write_text(pin + "\n", "utf-8")

    def add(self, *more: str | Path, name: str = "card") -> Outcome:
        """Make an identity of the token."""
        return self.workspace.run(
            "identity", "token", name, "--library", self.token.library, "--token", self.token.label,
            "--certificate", self.certificates, "--pin-file", self.pin, *more, env=self.token.environment,
        )  # fmt: skip

    def compose(self, *more: str | Path) -> Outcome:
        """Compose with it."""
        return self.workspace.compose(
            "--to", "costa", "--identity", "card", "--passphrase-file", self.pin, *more, env=self.token.environment
        )


@pytest.fixture(params=["rsa", "p256"])
def desk(small: Workspace, tmp_path: Path, services: Services, request: pytest.FixtureRequest) -> Desk:
    """Return a workspace with a token, once with RSA-3072 and once with P-256."""
    return Desk(small, tmp_path, services, request.param)


def test_a_token_signs_letters(desk: Desk, tmp_path: Path) -> None:
    """The independent judges accept what a token signed; its key is nowhere on the disk."""
    outcome = desk.add()
    assert outcome.status == 0, outcome.err
    assert outcome.err.startswith("“card” signs as “Rights Watchers")
    shown = desk.workspace.run("identity", "show", "card", "--json").json()
    assert shown["token"] == {
        "library": str(desk.token.library.resolve()),
        "label": desk.token.label,
        "key": desk.token.label,
    }
    assert not (desk.workspace.identities / "card" / "key.pem").exists()
    outcome = desk.compose()
    assert outcome.status == 0, outcome.err
    file = desk.workspace.out / "costa.en.pdf"
    assert [(one.valid, one.total) for one in pdfsig.signatures(file)] == [(True, True)]
    root = tmp_path / "root.pem"
    root.write_bytes(desk.services.root)
    assert openssl.verify(file, root) == 1
    assert verapdf.verdicts([file]) == {(file, "3a"): [], (file, "ua1"): []}
    assert desk.workspace.run("verify", file, "--trust", root, "--offline").status == 0
    assert desk.compose().err.endswith("1 unchanged.\n")


@pytest.fixture
def card(small: Workspace, tmp_path: Path, services: Services) -> Desk:
    """Return a workspace with a token, on P-256."""
    return Desk(small, tmp_path, services, "p256")


def test_a_wrong_pin(card: Desk) -> None:
    """It is tried once; one sentence, exit code 4, no file, and the PIN is nowhere."""
    card.add()
    card.write_pin("999111")
    outcome = card.compose()
    assert outcome.status == 4
    assert outcome.err.splitlines()[-2:] == [
        "error: The PIN of the token “p256” is wrong.",
        "  help: It was tried once. A token locks after a few wrong PINs, so make sure before you try again.",
    ]
    assert "999111" not in outcome.err
    assert not (card.workspace.out / "costa.en.pdf").exists()


@pytest.mark.parametrize(
    ("change", "status", "sentence"),
    [
        (("--token", "other"), 4, "There is no token “other”: it is not plugged in, or has another label."),
        (("--key", "other"), 4, "The token “p256” has no such key."),
        (("--library", "/nowhere/lib.so"), 3, "The library of the token is not there: /nowhere/lib.so."),
        (("--library", "/etc/hostname"), 3, "/etc/hostname is no PKCS#11 library that can be used here."),
        (("--pin-file", "/nowhere/pin"), 5, "/nowhere/pin cannot be read: No such file or directory."),
    ],
)
def test_what_can_be_missing(card: Desk, change: tuple[str, str], status: int, sentence: str) -> None:
    """One sentence each, no traceback, and no identity is left."""
    outcome = card.add(*change)
    assert (outcome.status, outcome.err.splitlines()[0]) == (status, f"error: {sentence}")
    assert not (card.workspace.identities / "card").exists()


def test_somebody_elses_certificate(card: Desk) -> None:
    """A certificate that carries another public key is found out by a signature."""
    card.certificates.write_bytes(card.services.holder("second").certificate_pem)
    outcome = card.add()
    assert outcome.status == 4
    assert outcome.err.startswith("error: No certificate belongs to the key “p256” of the token “p256”.\n")


def test_a_token_that_was_unplugged(card: Desk, tmp_path: Path) -> None:
    """Letters that were composed are recognised without it; a new one asks for it."""
    card.add()
    assert card.compose().status == 0
    (tmp_path / "empty").mkdir()
    (tmp_path / "softhsm2.conf").write_text(f"directories.tokendir = {tmp_path / 'empty'}\n", "utf-8")
    assert card.compose().err.endswith("1 unchanged.\n")
    outcome = card.workspace.compose("--identity", "card", env=card.token.environment)
    assert outcome.status == 4
    assert "There is no token “p256”: it is not plugged in, or has another label." in outcome.err
