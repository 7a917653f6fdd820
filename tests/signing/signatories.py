"""Signing as somebody, in one call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lettergen.signing.new_identity import import_pem
from lettergen.signing.passphrase import PassphraseSource
from lettergen.signing.sign import Claims, open_signer, sign
from signing.pki import NOW, Holder

if TYPE_CHECKING:
    from pathlib import Path

    from lettergen.signing.identity import Identity

CLAIMS = Claims("Approved", "Brussels", NOW)


def imported(holder: Holder, folder: Path, *authorities: Holder) -> Identity:
    """Return an identity with a certificate that an authority issued."""
    (folder / "key.pem").touch(mode=0o600)
    (folder / "key.pem").write_bytes(holder.key_pem())
    certificates = (holder, *authorities)
    (folder / "certificates.pem").write_bytes(b"".join(one.certificate_pem for one in certificates))
    return import_pem(folder / "key.pem", [folder / "certificates.pem"], "officer", PassphraseSource(), now=NOW)


def signed_by(identity: Identity, pdf: bytes) -> bytes:
    """Return the letter, signed by an identity."""
    signer = open_signer(identity, PassphraseSource(), now=NOW)
    return sign(pdf, signer, field="Signature1", claims=CLAIMS)
