"""Where a passphrase comes from, and that it goes nowhere else."""

from __future__ import annotations

import os
import shlex
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

import keyring
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from keyring.backend import KeyringBackend

from lettergen.problems import FileError, RefusedError
from lettergen.signing.new_identity import import_pem, import_pkcs12, new
from lettergen.signing.passphrase import ENVIRONMENT, Passphrase, PassphraseSource, refuse_readable_by_others
from lettergen.signing.sign import open_signer
from signing.pki import NOW, officer

if TYPE_CHECKING:
    from collections.abc import Callable


class MemoryKeyring(KeyringBackend):
    """A keyring with one entry."""

    priority = 1

    def __init__(self, service: str, username: str, password: str) -> None:
        self.entry = (service, username, password)

    def get_password(self, service: str, username: str) -> str | None:
        """Return the entry's password when it is the one that is asked for."""
        return self.entry[2] if self.entry[:2] == (service, username) else None

    def set_password(self, service: str, username: str, password: str) -> None:
        """Nobody writes here."""
        raise AssertionError((service, username, password))


class BrokenKeyring(MemoryKeyring):
    """A keyring whose maker's code fails."""

    def get_password(self, service: str, username: str) -> str | None:
        """Fail as anyone's code can."""
        raise RuntimeError((service, username))


def private(path: Path, data: bytes) -> Path:
    """Write a file that only its owner may read."""
    path.touch(mode=0o600)
    path.write_bytes(data)
    return path


def test_a_passphrase_shows_itself_only_when_asked() -> None:
    """Neither print, repr, formatting nor a dump of attributes gives it away."""
    passphrase = Passphrase(b"canary")
    assert (
        f"{passphrase} {passphrase!r} {[passphrase]}"
        == " ".join(["Passphrase(hidden)"] * 2) + " [Passphrase(hidden)]"
    )
    assert not hasattr(passphrase, "__dict__")
    assert passphrase.reveal() == b"canary"


def test_file_environment_keyring_and_person_in_that_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each way is taken when those before it have nothing; a file that was named is the only way."""
    monkeypatch.setenv(ENVIRONMENT, "from the environment")
    keyring.set_keyring(MemoryKeyring("lettergen", "officer", "from the keyring"))
    file = private(tmp_path / "passphrase", b"from the file\r\nsecond line")

    def answer(question: str) -> str:
        return f"answer to {question}"

    def find(*, named: bool = False, name: str = "officer") -> bytes:
        return PassphraseSource(file=file if named else None, prompt=answer).find(name).reveal()

    assert find(named=True) == b"from the file"
    assert find() == b"from the environment"
    monkeypatch.setenv(ENVIRONMENT, "")
    assert find() == b"from the keyring"
    assert find(name="other") == "answer to Passphrase for the identity “other”: ".encode()


def test_a_keyring_that_fails_is_no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its back end is anyone's code; the person is asked as if there were none."""
    monkeypatch.setenv(ENVIRONMENT, "")
    keyring.set_keyring(BrokenKeyring("lettergen", "officer", "from the keyring"))
    found = PassphraseSource(prompt=lambda _question: "from the person").find("officer")
    assert found.reveal() == b"from the person"


@pytest.mark.parametrize("prompt", [None, lambda _question: ""])
def test_without_any_way_the_ways_are_named(
    prompt: Callable[[str], str] | None, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """Exit code 4 and what to do; a machine without a keyring says nothing of its own."""
    with pytest.raises(RefusedError) as refusal:
        PassphraseSource(prompt=prompt).find("officer")
    assert str(refusal.value) == "The key of the identity “officer” needs its passphrase."
    assert refusal.value.help == (
        "Give --passphrase-file FILE, set LETTERGEN_PASSPHRASE, store it in the system's keyring (keyring set "
        "lettergen officer), or run this in a terminal, where it is asked for."
    )
    assert refusal.value.exit_code == 4
    assert capfd.readouterr() == ("", "")
    assert caplog.records == []


def test_a_passphrase_file_that_others_may_read_is_refused(tmp_path: Path) -> None:
    """It is held to the key's own rule."""
    file = private(tmp_path / "pass phrase", b"canary")
    file.chmod(0o604)
    with pytest.raises(RefusedError) as refusal:
        PassphraseSource(file=file).find("officer")
    assert str(refusal.value) == f"{file} holds a secret, but other users of this computer may open it."
    assert refusal.value.help == f"Run: chmod 600 {shlex.quote(str(file))}"


def test_a_pipe_serves_as_a_passphrase_file() -> None:
    """What a password manager writes into a pipe needs no permissions."""
    reading, writing = os.pipe()
    os.write(writing, b"canary\n")
    os.close(writing)
    try:
        assert PassphraseSource(file=Path(f"/dev/fd/{reading}")).find("officer").reveal() == b"canary"
    finally:
        os.close(reading)


def test_a_named_pipe_that_others_may_read_passes(tmp_path: Path) -> None:
    """Whoever reads a pipe first has it; its permissions protect nothing, and some systems set them wide."""
    os.mkfifo(tmp_path / "pipe", mode=0o644)
    refuse_readable_by_others(tmp_path / "pipe")


@pytest.mark.parametrize("data", [b"", b"\n", b"\r\nsecond line"])
def test_a_named_file_without_a_passphrase_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes
) -> None:
    """Nothing else steps in for a file that was named."""
    monkeypatch.setenv(ENVIRONMENT, "from the environment")
    file = private(tmp_path / "passphrase", data)
    with pytest.raises(RefusedError) as refusal:
        PassphraseSource(file=file).find("officer")
    assert str(refusal.value) == f"{file} holds no passphrase: its first line is empty."


def test_a_named_file_that_is_missing_is_an_input_error(tmp_path: Path) -> None:
    """Exit code 5 and the path."""
    with pytest.raises(FileError) as failure:
        PassphraseSource(file=tmp_path / "none").find("officer")
    assert str(failure.value) == f"{tmp_path / 'none'} cannot be read: No such file or directory."


CANARY = "zx-canary-ünïq-7731"


def open_with_wrong_passphrase(_folder: Path) -> None:
    """Try to sign with an identity whose passphrase is another one."""
    open_signer(new("watchers", "Rights Watchers", Passphrase(b"right"), now=NOW), PassphraseSource(), now=NOW)


def import_pem_with_wrong_passphrase(folder: Path) -> None:
    """Try to import a PEM key whose passphrase is another one."""
    certificate = private(folder / "certificate.pem", officer().certificate_pem)
    key = private(folder / "officer.pem", officer().key_pem(b"right"))
    import_pem(key, [certificate], "officer", PassphraseSource(), now=NOW)


def import_pkcs12_with_wrong_passphrase(folder: Path) -> None:
    """Try to import a PKCS#12 file whose passphrase is another one."""
    key = officer().key
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    encryption = BestAvailableEncryption(b"right")
    data = pkcs12.serialize_key_and_certificates(None, key, officer().certificate, None, encryption)
    import_pkcs12(private(folder / "officer.p12", data), "officer", PassphraseSource(), now=NOW)


@pytest.mark.parametrize(
    ("attempt", "sentence"),
    [
        (
            open_with_wrong_passphrase,
            "The key of the identity “watchers” does not open: the passphrase is wrong, or the file is damaged.",
        ),
        (
            import_pem_with_wrong_passphrase,
            "{folder}/officer.pem does not open: the passphrase is wrong, or the file is damaged.",
        ),
        (
            import_pkcs12_with_wrong_passphrase,
            "{folder}/officer.p12 does not open: the passphrase is wrong, or it is no PKCS#12 file (.p12, .pfx).",
        ),
    ],
)
def test_a_wrong_passphrase_is_one_sentence_and_shows_up_nowhere(
    attempt: Callable[[Path], None],
    sentence: str,
    *,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Not in message, chain, traceback with every local variable, log, output or file; and exit code 4."""
    monkeypatch.setenv(ENVIRONMENT, CANARY)
    caplog.set_level(0)
    with pytest.raises(RefusedError) as refusal:
        attempt(tmp_path)
    error = refusal.value
    assert (str(error), error.exit_code) == (sentence.format(folder=tmp_path), 4)
    assert (error.__cause__, error.__context__) == (None, None)
    # The frame of this test holds the canary's name, so only the frames below it are looked at.
    assert error.__traceback__ is not None
    below = traceback.TracebackException(RefusedError, error, error.__traceback__.tb_next, capture_locals=True)
    told = "".join(below.format()) + repr(error) + caplog.text + "".join(capfd.readouterr())
    assert CANARY not in told
    assert repr(CANARY.encode())[2:-1] not in told
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and CANARY.encode() in path.read_bytes()]


def test_a_right_passphrase_is_stored_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After making and opening an identity, no file has the secret in it."""
    monkeypatch.setenv(ENVIRONMENT, CANARY)
    identity = new("watchers", "Rights Watchers", Passphrase(CANARY.encode()), now=NOW)
    open_signer(identity, PassphraseSource(), now=NOW)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert sorted(path.name for path in files) == ["certificate.pem", "identity.json", "key.pem"]
    assert not [path for path in files if CANARY.encode() in path.read_bytes()]
