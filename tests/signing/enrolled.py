"""Identities of the running authority, and what signs with them."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lettergen.signing.new_identity import import_pem
from lettergen.signing.passphrase import PassphraseSource
from lettergen.signing.settings import Settings
from lettergen.signing.sign import Claims, open_signer, sign

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lettergen.model import Level
    from lettergen.signing.identity import Identity
    from lettergen.signing.sign import Signer
    from signing.services import Services


@dataclass(frozen=True)
class Enrolled:
    """What tests of levels work with.

    Attributes:
        services: the running authority.
        folder: for the files that an identity is imported from.
    """

    services: Services
    folder: Path

    def identity(self, label: str) -> Identity:
        """Return an identity that the authority issued a certificate to."""
        holder, files = self.services.holder(label), self.folder / label
        files.mkdir()
        (files / "key.pem").touch(mode=0o600)
        (files / "key.pem").write_bytes(holder.key_pem())
        chain = holder.certificate_pem + self.services.holder("authority").certificate_pem
        (files / "certificates.pem").write_bytes(chain)
        return import_pem(files / "key.pem", [files / "certificates.pem"], label, PassphraseSource())

    @property
    def root(self) -> Path:
        """The root's certificate, in a file."""
        file = self.folder / "root.pem"
        file.write_bytes(self.services.root)
        return file

    def settings(self, *servers: str) -> Settings:
        """Return settings that trust the authority; its own time-stamp server unless others are named."""
        return Settings(servers or (self.services.time_stamps,), (self.root,))

    @contextmanager
    def signer(self, identity: Identity, level: Level, *servers: str) -> Iterator[Signer]:
        """Return an open signer, and close it afterwards."""
        signer = open_signer(identity, PassphraseSource(), level=level, settings=self.settings(*servers))
        try:
            yield signer
        finally:
            signer.close()

    def signed(self, pdf: bytes, label: str, level: Level, *, field: str = "Signature1") -> bytes:
        """Return a letter, signed."""
        with self.signer(self.identity(label), level) as signer:
            return sign(pdf, signer, field=field, claims=Claims())
