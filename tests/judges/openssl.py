"""Signatures, by OpenSSL: the bytes are cut out here with nothing but the standard library.

OpenSSL sees the signed ranges only; whether they are the whole file is pdfsig's to say.
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from judges.programs import RejectedError, UnreadableError, run

# ISO 32000-1, 12.8.1: two ranges, each as offset and length; /Contents fills the gap between them.
BYTE_RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]")
HEX_STRING = re.compile(rb"<([0-9A-Fa-f]+)>")


def verify(file: Path, root: Path) -> int:
    """Hold that every signature of a file is intact, CAdES, and chains to one root; return how many there are.

    The dates of the certificates are not judged: a test must say the same in ten years.

    Args:
        file: the signed PDF.
        root: PEM file of the certificate that is trusted; no other is, nor any of the machine's.

    Raises:
        RejectedError: OpenSSL says no, in its own words.
        UnreadableError: the file has no signature, or one whose ranges do not enclose its value.
        MissingJudgeError: openssl is not installed.
    """
    signed = _signed_ranges(file.read_bytes())
    for content, value in signed:
        _verify_one(content, value, root)
    return len(signed)


def _signed_ranges(data: bytes) -> list[tuple[bytes, bytes]]:
    """Return, per signature, the bytes that it covers and its value in DER, padded with zeros."""
    signed = []
    for found in BYTE_RANGE.finditer(data):
        start, length, start_after, length_after = map(int, found.groups())
        gap = HEX_STRING.fullmatch(data[start + length : start_after])
        if start != 0 or gap is None or start_after + length_after > len(data):
            raise UnreadableError(f"The ranges {found.group().decode()} do not enclose a signature’s value.")
        content = data[:length] + data[start_after : start_after + length_after]
        signed.append((content, bytes.fromhex(gap[1].decode())))
    if not signed:
        raise UnreadableError("There is no signature in the file.")
    return signed


def _verify_one(content: bytes, value: bytes, root: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        content_file, value_file = Path(folder, "content"), Path(folder, "value.der")
        content_file.write_bytes(content)
        value_file.write_bytes(value)
        trusted_alone = ("-CAfile", root, "-no-CApath", "-no-CAstore")
        result = run(
            "openssl", "openssl", "cms", "-verify", "-cades", "-purpose", "any", "-no_check_time", *trusted_alone,
            "-inform", "DER", "-in", value_file, "-binary", "-content", content_file, "-out", Path(folder, "out"),
        )  # fmt: skip
    if result.returncode != 0:
        raise RejectedError(result.stderr.strip())
