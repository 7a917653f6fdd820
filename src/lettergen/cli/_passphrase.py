"""Where a command's passphrases come from."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lettergen.signing.passphrase import PassphraseSource


def passphrase_source(file: Path | None, *, chosen_now: bool = False) -> "PassphraseSource":
    """Return the ways to a passphrase: the file that was named, the environment, the keyring, a person.

    Args:
        file: what `--passphrase-file` named, or None.
        chosen_now: the passphrase will protect a new key; who types it then does so twice.
    """
    from lettergen.signing.passphrase import PassphraseSource

    ask = _ask_twice if chosen_now else _ask
    return PassphraseSource(file=file, prompt=ask if sys.stdin.isatty() and sys.stderr.isatty() else None)


def _ask(question: str) -> str:
    from getpass import getpass

    try:
        return getpass(question, stream=sys.stderr)
    except EOFError:
        sys.stderr.write("\n")
        return ""


def _ask_twice(question: str) -> str:
    from lettergen.problems import RefusedError

    typed = _ask(question)
    if typed and _ask("The same again: ") != typed:
        raise RefusedError("The two passphrases differ.", help="Run it again; nothing was made.")
    return typed
