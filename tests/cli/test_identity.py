"""Holds how identities are made, imported, listed and shown, and that letters can be signed with them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates

from signing.pki import Holder, issue, usage
from workspaces import files

if TYPE_CHECKING:
    from pathlib import Path

    from workspaces import Workspace

# Valid on whatever day the tests run.
VALID: dict[str, Any] = {"start": datetime(2000, 1, 1, tzinfo=UTC), "end": datetime(2999, 1, 1, tzinfo=UTC)}
CANARY = "canary-4711-Größe"


@pytest.fixture(scope="module")
def authority() -> Holder:
    """Return an authority."""
    return issue("Authority", key_usage=usage("key_cert_sign"), **VALID)


@pytest.fixture(scope="module")
def officer(authority: Holder) -> Holder:
    """Return what it issued to an organisation."""
    return issue("Rights Watchers", issuer=authority, **VALID)


def private(path: Path, content: bytes) -> Path:
    """Write a file that nobody else can read."""
    path.touch(mode=0o600)
    path.write_bytes(content)
    return path


def test_none(small: Workspace) -> None:
    """Without identities the list says how to come by one; as JSON it is empty."""
    outcome = small.run("identity", "list")
    assert (outcome.status, outcome.out, outcome.err) == (
        0,
        "",
        "There is none yet. The first signed letter makes one, or: lettergen identity new, identity import.\n",
    )
    assert small.run("identity", "list", "--json").json() == []


def test_new(small: Workspace) -> None:
    """A new identity says what it proves, and is listed and shown, without its secret."""
    made = small.run("identity", "new", "officer", "--organisation", "Rights Watchers")
    assert (made.status, made.out) == (0, "")
    assert made.err.startswith(
        "Letters are signed as “Rights Watchers (self-issued)”, with a key made on this computer"
    )
    shown = small.run("identity", "show", "officer", "--json").json()
    assert small.run("identity", "list", "--json").json() == [shown]
    facts = shown["certificate"]
    until = facts["not_after"][:10]
    assert small.run("identity", "list").err == (
        f"officer              Rights Watchers (self-issued), self-issued, until {until}\n"
    )
    assert small.run("identity", "show", "officer").err == (
        "Name          officer\n"
        "Signs as      Rights Watchers (self-issued)\n"
        "Issued by     itself\n"
        f"Valid         {facts['not_before'][:10]} to {until}\n"
        "Key           P-256, without a passphrase\n"
        f"Fingerprint   {bytes.fromhex(facts['fingerprint']).hex(':').upper()}\n"
        f"Kept in       {small.identities}/officer\n"
    )
    assert "PRIVATE KEY" not in str(shown)


@pytest.mark.parametrize(
    ("name", "status", "sentence"),
    [
        ("officer", 4, "There is an identity “officer” already, and its key is not written over."),
        ("../x", 2, "“../x” cannot be the name of an identity."),
        ("Office", 2, "“Office” cannot be the name of an identity."),
    ],
)
def test_bad_names(small: Workspace, name: str, status: int, sentence: str) -> None:
    """A name that is taken, or that cannot be a folder's name everywhere, is refused; nothing is changed."""
    small.run("identity", "new", "officer", "--organisation", "Rights Watchers")
    before = files(small.home)
    outcome = small.run("identity", "new", name, "--organisation", "Others")
    assert (outcome.status, outcome.err.splitlines()[0]) == (status, f"error: {sentence}")
    assert files(small.home) == before


@pytest.mark.parametrize("by", ["file", "environment"])
def test_pkcs12(small: Workspace, tmp_path: Path, authority: Holder, officer: Holder, by: str) -> None:
    """A PKCS#12 file is taken over with its chain and passphrase; letters can then be signed with it."""
    content = serialize_key_and_certificates(
        b"x",
        officer.key,  # type: ignore[arg-type]
        officer.certificate,
        [authority.certificate],
        BestAvailableEncryption(CANARY.encode()),
    )
    bundle = private(tmp_path / "officer.p12", content)
    secret = private(tmp_path / "passphrase", f"{CANARY}\n".encode())
    options = ["--passphrase-file", str(secret)] if by == "file" else []
    env = {"LETTERGEN_PASSPHRASE": CANARY} if by == "environment" else {}
    imported = small.run("identity", "import", bundle, "--name", "officer", *options, env=env)
    assert (imported.status, imported.err) == (
        0,
        "Imported “officer”, which signs as “Rights Watchers” until 2999-01-01.\n",
    )
    shown = small.run("identity", "show", "officer").err
    assert "Issued by     CN=Authority\n" in shown
    assert "Key           P-256, with a passphrase\n" in shown
    assert [content for content in files(small.home).values() if CANARY.encode() in content] == []
    if by == "file":
        assert small.compose("--to", "costa", *options).err.splitlines()[-2] == "Signed as “Rights Watchers”."
        assert small.run("verify", small.out / "costa.en.pdf").status == 0


def test_pem(small: Workspace, tmp_path: Path, authority: Holder, officer: Holder) -> None:
    """A key in PEM is taken over with its certificates, in whatever order these come."""
    key = private(tmp_path / "key.pem", officer.key_pem())
    own, above = tmp_path / "own.pem", tmp_path / "above.pem"
    own.write_bytes(officer.certificate_pem)
    above.write_bytes(authority.certificate_pem)
    certificates = ["--certificate", str(above), "--certificate", str(own)]
    imported = small.run("identity", "import", key, "--name", "officer", *certificates)
    assert (imported.status, imported.err) == (
        0,
        "Imported “officer”, which signs as “Rights Watchers” until 2999-01-01.\n",
    )
    assert "Key           P-256, without a passphrase\n" in small.run("identity", "show", "officer").err


def test_wrong_passphrase(small: Workspace, tmp_path: Path, officer: Holder) -> None:
    """A wrong passphrase is refused in a sentence that does not hold it; nothing is stored."""
    key = private(tmp_path / "key.pem", officer.key_pem(CANARY.encode()))
    certificate = tmp_path / "own.pem"
    certificate.write_bytes(officer.certificate_pem)
    outcome = small.run(
        "identity", "import", key, "--name", "officer", "--certificate", certificate,
        env={"LETTERGEN_PASSPHRASE": "wrong-canary"},
    )  # fmt: skip
    assert (outcome.status, outcome.out) == (4, "")
    assert outcome.err == f"error: {key} does not open: the passphrase is wrong, or the file is damaged.\n"
    assert files(small.home) == {}


@pytest.mark.parametrize(
    "arguments",
    [["identity", "list"], ["identity", "show", "officer"], ["compose", "--summit", "samarkand-2025"]],
    ids=str,
)
def test_damaged(small: Workspace, arguments: list[str]) -> None:
    """An identity whose record is damaged is named with the way out, and not passed over."""
    small.run("identity", "new", "officer", "--organisation", "Rights Watchers")
    record = small.identities / "officer" / "identity.json"
    record.write_text("{", "utf-8")
    outcome = small.run(*arguments)
    assert outcome.status == 5
    assert outcome.err == (
        f"error: {record} is damaged, so the identity “officer” cannot be used.\n"
        f"  help: Bring it back from a backup, or move {record.parent} away and import the identity again.\n"
    )
