"""Signatures: what one costs beside pyHanko's own signer, and whether a thousand of them fill the memory.

    python benchmarks/signing.py [--json]

Both sign the sample letter at level B with the same RSA key of 3072 bits. pyHanko's SimpleSigner parses and checks
the key anew for each signature; lettergen opens it once for a run. The memory is what the process holds after a
thousand signatures, beside what it held after fifty.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from pyhanko.pdf_utils.content import RawContent
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.stamp import StaticStampStyle
from ratios import Ratio, Timed, compare, report

from lettergen.signing.new_identity import import_pem
from lettergen.signing.passphrase import PassphraseSource
from lettergen.signing.sign import Claims, Signer, open_signer, sign

REPOSITORY = Path(__file__).parent.parent
SUMMIT = "samarkand-2025"
FIELD = "signature-iphr"
FEW, MANY = 50, 1000


def main() -> None:
    """Measure, and say whether the targets are met."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ |= {
            "HOME": name,
            "XDG_DATA_HOME": str(folder / "data"),
            "XDG_CONFIG_HOME": str(folder / "config"),
        }
        letter = _unsigned_letter(folder)
        stock = _stock(folder)
        identity = import_pem(folder / "key.pem", [folder / "certificate.pem"], "bench", PassphraseSource())
        signer = open_signer(identity, PassphraseSource())
        ours = Timed("a signature (B, RSA-3072)", lambda: sign(letter, signer, field=FIELD, claims=Claims()))
        theirs = Timed("pyHanko's SimpleSigner", lambda: _sign_plainly(letter, stock))
        report([compare(ours, theirs, target=0.15, rounds=15), _memory(letter, signer)])


def _unsigned_letter(folder: Path) -> bytes:
    """Return a letter as it was before it was signed: with its signature's update cut off."""
    shutil.copytree(REPOSITORY / "letters", folder / "letters")
    shutil.copy(REPOSITORY / "recipients.toml", folder)
    command = [sys.executable, "-m", "lettergen", "compose", "--summit", SUMMIT, "--to", "costa"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    signed = (folder / "out" / SUMMIT / "costa.en.pdf").read_bytes()
    shutil.rmtree(folder / "data")
    return signed[: signed.index(b"%%EOF") + len(b"%%EOF\n")]


def _stock(folder: Path) -> Any:
    """Make a key with a certificate, and return pyHanko's own signer with them."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    key.touch(mode=0o600)
    made = (
        "-newkey",
        "rsa:3072",
        "-nodes",
        "-keyout",
        key,
        "-out",
        certificate,
        "-subj",
        "/CN=Bench",
        "-days",
        "30",
    )
    usage = ("-addext", "keyUsage=digitalSignature,nonRepudiation")
    subprocess.run(["openssl", "req", "-x509", *made, *usage], check=True, capture_output=True)
    return SimpleSigner.load(str(key), str(certificate))


def _sign_plainly(letter: bytes, stock: Any) -> None:
    metadata = PdfSignatureMetadata(field_name=FIELD, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES)
    empty = StaticStampStyle(background=RawContent(b""), border_width=0, background_opacity=1)
    writer = IncrementalPdfFileWriter(io.BytesIO(letter))
    PdfSigner(metadata, stock, stamp_style=empty).sign_pdf(writer, existing_fields_only=True)


def _memory(letter: bytes, signer: Signer) -> Ratio:
    held = {}
    for number in range(1, MANY + 1):
        sign(letter, signer, field=FIELD, claims=Claims())
        if number in (FEW, MANY):
            held[number] = _resident()
    return Ratio(
        f"memory after {MANY} signatures",
        held[MANY],
        f"after {FEW}",
        held[FEW],
        held[MANY] / held[FEW],
        1.02,
        unit="MB",
    )


def _resident() -> float:
    """Return the megabytes that this process holds now."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    main()
