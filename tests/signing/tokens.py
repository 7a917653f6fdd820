"""Tokens in software (SoftHSM2), each with a key and its certificate."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from judges.programs import MissingJudgeError

if TYPE_CHECKING:
    from signing.pki import Holder

LIBRARIES = ("/usr/lib/softhsm/libsofthsm2.so", "/opt/homebrew/lib/softhsm/libsofthsm2.so")
PIN = "428913"


@dataclass(frozen=True)
class SoftToken:
    """A token.

    Attributes:
        environment: what has to be set for the library to find it.
    """

    label: str
    library: Path
    environment: dict[str, str]


def make_token(folder: Path, label: str, holder: Holder) -> SoftToken:
    """Make a token with a key and its certificate, both under the token's own label."""
    library = next((Path(name) for name in LIBRARIES if Path(name).exists()), None)
    if library is None:
        raise MissingJudgeError("SoftHSM2 is not installed: apt-get install softhsm2.")
    store = folder / "tokens"
    store.mkdir(exist_ok=True)
    config = folder / "softhsm2.conf"
    config.write_text(f"directories.tokendir = {store}\nobjectstore.backend = file\nlog.level = ERROR\n", "utf-8")
    environment = {"SOFTHSM2_CONF": str(config)}
    _run(environment, "--init-token", "--free", "--label", label, "--pin", PIN, "--so-pin", "12345678")
    key = holder.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / f"{label}.pem").write_bytes(key)
    _run(
        environment, "--import", str(folder / f"{label}.pem"), "--token", label, "--label", label, "--id", "A1",
        "--pin", PIN,
    )  # fmt: skip
    return SoftToken(label, library, environment)


def _run(environment: dict[str, str], *arguments: str) -> None:
    done = subprocess.run(
        ["softhsm2-util", *arguments], env=os.environ | environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
