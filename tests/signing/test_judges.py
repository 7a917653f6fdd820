"""Programs that share no code with pyHanko judge the same files: Poppler's pdfsig and OpenSSL."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from lettergen.signing.verify import verify
from signing.pki import NOW, Holder, intermediate, officer, root, rsa_officer
from signing.signatories import imported, signed_by
from signing.surgery import flipped, page_stream, parts, signature_value

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from lettergen.signing.identity import Identity

MOMENT = str(int(NOW.timestamp()))


def pdfsig(pdf: bytes, folder: Path) -> list[str]:
    """Return what pdfsig says each signature covers, and whether it holds; its exit code says nothing."""
    file = folder / "letter.pdf"
    file.write_bytes(pdf)
    done = subprocess.run(["pdfsig", "-nocert", str(file)], capture_output=True, text=True, check=True)
    lines = [line.strip(" -") for line in done.stdout.splitlines()]
    return [line for line in lines if line.startswith(("Signature Validation", "Total document", "Not total"))]


def openssl(pdf: bytes, trusted: bytes, folder: Path) -> bool:
    """Return whether openssl accepts the signature as CAdES, with its chain up to a trusted certificate."""
    taken = parts(pdf)
    for name, data in (("cms.der", taken.container), ("content.bin", taken.content), ("trusted.pem", trusted)):
        (folder / name).write_bytes(data)
    command = ["openssl", "cms", "-verify", "-cades", "-binary", "-purpose", "any", "-attime", MOMENT]
    command += ["-inform", "DER", "-in", "cms.der", "-content", "content.bin", "-CAfile", "trusted.pem"]
    done = subprocess.run([*command, "-out", "out.bin"], cwd=folder, capture_output=True, check=False)
    return done.returncode == 0


def test_the_judges_accept_what_a_first_run_signs(signed: bytes, identity: Identity, tmp_path: Path) -> None:
    """A self-issued signature holds for them too; OpenSSL is told to trust the certificate itself."""
    assert verify(signed, known=[identity]).ok
    assert pdfsig(signed, tmp_path) == ["Total document signed", "Signature Validation: Signature is Valid."]
    assert openssl(signed, (identity.folder / "certificate.pem").read_bytes(), tmp_path)


@pytest.mark.parametrize("holder", [officer, rsa_officer])
def test_the_judges_accept_what_an_authority_vouches_for(
    letter: bytes, tmp_path: Path, holder: Callable[[], Holder]
) -> None:
    """The chain in the signature leads OpenSSL to the root, with P-256 and with RSA-3072."""
    signed = signed_by(imported(holder(), tmp_path, intermediate()), letter)
    assert verify(signed, known=()).ok
    assert pdfsig(signed, tmp_path) == ["Total document signed", "Signature Validation: Signature is Valid."]
    assert openssl(signed, root().certificate_pem, tmp_path)


@pytest.mark.parametrize("place", [page_stream, signature_value])
def test_the_judges_reject_a_changed_byte(
    signed: bytes, identity: Identity, tmp_path: Path, place: Callable[[bytes], int]
) -> None:
    """The controls: all three say no to a changed page and to a changed signature."""
    spoilt = flipped(signed, place(signed))
    assert not verify(spoilt, known=[identity]).ok
    assert "Signature Validation: Signature is Valid." not in pdfsig(spoilt, tmp_path)
    assert not openssl(spoilt, (identity.folder / "certificate.pem").read_bytes(), tmp_path)
