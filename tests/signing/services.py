"""A test authority that runs: a process on this computer that serves certificates, OCSP, CRLs and time-stamps."""

from __future__ import annotations

import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from signing.authority import ARCHITECTURE, NAMES
from signing.pki import Holder

if TYPE_CHECKING:
    from collections.abc import Iterator

RSA = ("rsa", "tsa")
BITS = 3072


@dataclass(frozen=True)
class Services:
    """The running authority.

    Attributes:
        url: where it listens.
        folder: its keys, and the log of its requests.
    """

    url: str
    folder: Path

    @property
    def time_stamps(self) -> str:
        """The address of the time-stamp server."""
        return f"{self.url}/{ARCHITECTURE}/tsa/tsa"

    def holder(self, label: str) -> Holder:
        """Return a certificate with its key; `authority.NAMES` has the labels."""
        path = f"/_certomancer/any-cert/{ARCHITECTURE}/{label}.crt.pem"
        certificate = x509.load_pem_x509_certificate(self._ask("GET", path))
        key = load_pem_private_key((self.folder / f"{label}.key.pem").read_bytes(), None)
        return Holder(certificate, key)  # type: ignore[arg-type]

    @property
    def root(self) -> bytes:
        """The root's certificate in PEM."""
        return self.holder("root").certificate_pem

    def revoke(self, label: str) -> None:
        """Revoke a certificate from this moment on, for the rest of the run: it is meant for `recalled`."""
        self._ask("POST", f"/revoke/{label}")

    def _ask(self, method: str, path: str) -> bytes:
        connection = HTTPConnection(self.url.removeprefix("http://"))
        connection.request(method, path)
        answer = connection.getresponse()
        assert answer.status == HTTPStatus.OK, path
        return answer.read()

    def requests(self) -> list[str]:
        """Return what was asked so far: “POST /test/tsa/tsa”."""
        log = self.folder / "requests"
        lines = log.read_text("utf-8").splitlines() if log.exists() else []
        return [line for line in lines if "/_certomancer/" not in line]


@contextmanager
def running(folder: Path) -> Iterator[Services]:
    """Start the authority with fresh keys in a folder, and end it afterwards."""
    for label in NAMES:
        key = rsa.generate_private_key(65537, BITS) if label in RSA else ec.generate_private_key(ec.SECP256R1())
        pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        (folder / f"{label}.key.pem").write_bytes(pem)
    script = Path(__file__).with_name("authority.py")
    with subprocess.Popen([sys.executable, script, folder], stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            url = process.stdout.readline().strip()
            assert url, "the authority did not start"
            yield Services(url, folder)
        finally:
            process.terminate()
