"""Where the passphrase of a key comes from: never an argument, never a message, never a file of ours."""

from __future__ import annotations

import os
import shlex
import stat
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lettergen.problems import FileError, RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from lettergen.signing.identity import Identity

ENVIRONMENT = "LETTERGEN_PASSPHRASE"
KEYRING_SERVICE = "lettergen"


class Passphrase:
    """A secret that shows itself only when asked, so that no log, traceback or debugger prints it by accident."""

    __slots__ = ("_secret",)

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def __repr__(self) -> str:
        return "Passphrase(hidden)"

    def reveal(self) -> bytes:
        """Return the secret. Hand it on in the same expression; keep it in no variable."""
        return self._secret


@dataclass(frozen=True, slots=True)
class PassphraseSource:
    """The ways to a passphrase that this run has.

    Attributes:
        file: what `--passphrase-file` named, or None.
        prompt: asks a person, without echo; None when there is no terminal. An empty answer is no answer.
        found: the passphrase, once it was found; it goes to worker processes by their pipes.
    """

    file: Path | None = None
    prompt: Callable[[str], str] | None = None
    found: Passphrase | None = None

    def find(self, name: str, *, called: str = "passphrase") -> Passphrase:
        """Return the passphrase for the key of an identity.

        The file that was named; else the environment; else the system's keyring; else what a person types. A file
        that was named and does not serve is an error: she meant that one.

        Args:
            name: the identity's name, which is also the user's name in the keyring.
            called: what people call it: a token has a PIN.

        Raises:
            RefusedError: none of the ways leads to a passphrase; the help names them.
            FileError: the file cannot be read.
        """
        if self.found is not None:
            return self.found
        if self.file is not None:
            return _first_line(self.file)
        found = _from_environment() or _from_keyring(name) or self._from_person(name, called)
        if found is not None:
            return found
        raise RefusedError(
            f"The key of the identity “{name}” needs its {called}.",
            help=(
                f"Give --passphrase-file FILE, set {ENVIRONMENT}, store it in the system's keyring "
                f"(keyring set {KEYRING_SERVICE} {name}), or run this in a terminal, where it is asked for."
            ),
        )

    def known_for(self, identity: Identity) -> PassphraseSource:
        """Return a source that asks nobody any more: for processes that open the same key.

        Raises:
            RefusedError, FileError: as with `find`.
        """
        called = "PIN" if identity.token is not None else "passphrase"
        if identity.token is None and not identity.encrypted:
            return PassphraseSource()
        return PassphraseSource(found=self.find(identity.name, called=called))

    def _from_person(self, name: str, called: str) -> Passphrase | None:
        if self.prompt is None:
            return None
        return _unless_empty(_bytes_of(self.prompt(f"{called[0].upper()}{called[1:]} for the identity “{name}”: ")))


def refuse_readable_by_others(path: Path) -> None:
    """Raise when a file that holds a secret is open to more people than its owner.

    Pipes and the like pass: what `<(pass show lettergen)` gives is nobody else's, and has no permissions to mend.

    Raises:
        RefusedError: its group or everyone may read it; the help has the command that mends it.
        FileError: there is no such file, or it cannot be looked at.
    """
    try:
        status = path.stat()
    except OSError as error:
        raise _unreadable(path, error) from error
    if os.name == "posix" and stat.S_ISREG(status.st_mode) and status.st_mode & 0o077:
        raise RefusedError(
            f"{path} holds a secret, but other users of this computer may open it.",
            help=f"Run: chmod 600 {shlex.quote(str(path))}",
        )


def _first_line(path: Path) -> Passphrase:
    # A passphrase file that others can read undoes the encryption of the key, so it is held to the key's own rule.
    refuse_readable_by_others(path)
    try:
        with path.open("rb") as file:
            found = _unless_empty(file.readline().rstrip(b"\r\n"))
    except OSError as error:
        raise _unreadable(path, error) from error
    if found is None:
        raise RefusedError(f"{path} holds no passphrase: its first line is empty.")
    return found


def _from_environment() -> Passphrase | None:
    return _unless_empty(os.fsencode(os.environ.get(ENVIRONMENT, "")))


def _from_keyring(name: str) -> Passphrase | None:
    # A server has no keyring, and a locked one that nobody opens holds nothing for us: neither is worth a word. A
    # back end is anyone's code, and one that fails is like none: there are other ways to a passphrase.
    with suppress(Exception):
        import keyring

        return _unless_empty(_bytes_of(keyring.get_password(KEYRING_SERVICE, name) or ""))
    return None


def _bytes_of(text: str) -> bytes:
    # Keys are encrypted under UTF-8; what a terminal sent that is not UTF-8 arrives here as surrogates.
    return text.encode("utf-8", "surrogateescape")


def _unless_empty(secret: bytes) -> Passphrase | None:
    return Passphrase(secret) if secret else None


def _unreadable(path: Path, error: OSError) -> FileError:
    return FileError(f"{path} cannot be read: {error.strerror or error}.")
