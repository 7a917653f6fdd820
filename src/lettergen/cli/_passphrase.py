"""Where a command's passphrases come from."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lettergen.signing.passphrase import PassphraseSource


def passphrase_source(file: Path | None) -> "PassphraseSource":
    """Return the ways to a passphrase: the file that was named, the environment, the keyring, a person."""
    from lettergen.signing.passphrase import PassphraseSource

    return PassphraseSource(file=file, prompt=_ask if sys.stdin.isatty() and sys.stderr.isatty() else None)


def _ask(question: str) -> str:
    from getpass import getpass

    return getpass(question, stream=sys.stderr)
