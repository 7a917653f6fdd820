"""A data folder of one's own, no keyring, and letters to sign."""

from __future__ import annotations

from typing import TYPE_CHECKING

import keyring
import pytest
from keyring.core import load_keyring

from lettergen.signing.new_identity import make_for_letterhead
from lettergen.signing.passphrase import ENVIRONMENT, PassphraseSource
from lettergen.signing.sign import Claims, open_signer, sign
from signing.paper import letter as typeset_letter
from signing.pki import NOW

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lettergen.signing.identity import Identity
    from lettergen.signing.sign import Signer


@pytest.fixture(autouse=True)
def data_folder(own_folders: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Nobody's real identities, environment or keyring take part in a test."""
    monkeypatch.delenv(ENVIRONMENT, raising=False)
    before = keyring.get_keyring()
    keyring.set_keyring(load_keyring("keyring.backends.fail.Keyring"))
    yield own_folders / "data" / "lettergen" / "identities"
    keyring.set_keyring(before)


@pytest.fixture(scope="session")
def letter() -> bytes:
    """Return a letter with one empty signature field."""
    return typeset_letter()


@pytest.fixture(scope="session")
def joint_letter() -> bytes:
    """Return a letter with two empty signature fields."""
    return typeset_letter(("first", "second"))


@pytest.fixture
def identity() -> Identity:
    """Return the identity that a first run makes."""
    return make_for_letterhead("watchers", "Rights Watchers", now=NOW)


@pytest.fixture
def signer(identity: Identity) -> Signer:
    """Return it with its key open."""
    return open_signer(identity, PassphraseSource(), now=NOW)


@pytest.fixture
def signed(letter: bytes, signer: Signer) -> bytes:
    """Return the letter, signed."""
    return sign(letter, signer, field="Signature1", claims=Claims("Approved", "Brussels", NOW))
