"""Signatures, by OpenSSL: the bytes are cut out here with nothing but the standard library.

OpenSSL sees the signed ranges only; whether they are the whole file is pdfsig's to say.
"""

from __future__ import annotations

import re
import tempfile
from dataclasses import dataclass
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


def verify_signatures(file: Path, root: Path) -> int:
    """Hold the same of the signatures alone, and leave time-stamps over the file out; return how many there are.

    Raises:
        As `verify`.
    """
    signed = [one for one in _signed_ranges(file.read_bytes()) if not _is_time_stamp(one[1])]
    for content, value in signed:
        _verify_one(content, value, root)
    return len(signed)


@dataclass(frozen=True, slots=True)
class TimeStamp:
    """A time-stamp token, and what it was made over."""

    token: bytes
    content: bytes


def time_stamps(file: Path) -> list[TimeStamp]:
    """Return the time-stamps of a file: those over all of it, and those inside signatures, over their values."""
    found = []
    for content, value in _signed_ranges(file.read_bytes()):
        if _is_time_stamp(value):
            found.append(TimeStamp(_der(value), content))
        else:
            found += [TimeStamp(token, over) for token, over in _inside(value)]
    return found


def verify_time_stamp(stamp: TimeStamp, root: Path, between: Path) -> None:
    """Hold that a time-stamp is intact, over what it should be over, and chains to one root.

    Args:
        stamp: it.
        root: PEM file of the certificate that is trusted.
        between: PEM file of the authorities between, which need not stand in the token.

    Raises:
        RejectedError: OpenSSL says no, in its own words.
    """
    with tempfile.TemporaryDirectory() as folder:
        token, data = Path(folder, "token.der"), Path(folder, "data")
        token.write_bytes(stamp.token)
        data.write_bytes(stamp.content)
        result = run(
            "openssl", "openssl", "ts", "-verify", "-token_in", "-in", token, "-data", data, "-CAfile", root,
            "-untrusted", between,
        )  # fmt: skip
    if result.returncode != 0:
        raise RejectedError(result.stderr.strip())


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


# DER of the identifiers of a time-stamp's content and of the attribute that holds one (RFC 3161, 2.4.2 and A).
TST_INFO = bytes.fromhex("060b2a864886f70d0109100104")
IN_SIGNATURE = bytes.fromhex("060b2a864886f70d010910020e")


def _is_time_stamp(value: bytes) -> bool:
    """Whether a container holds a time-stamp: its content's type stands at the beginning."""
    return TST_INFO in value[:80]


def _der(padded: bytes) -> bytes:
    """Return the one DER value at the start of bytes that are padded with zeros."""
    return padded[: _end(padded, 0)]


def _inside(container: bytes) -> list[tuple[bytes, bytes]]:
    """Return the time-stamps inside a signature's container, each with the signature's value that it is over.

    The value is the last OCTET STRING before the attribute; the token follows in a SET (RFC 5652, 5.3).
    """
    at = container.find(IN_SIGNATURE)
    if at < 0:
        return []
    after = at + len(IN_SIGNATURE)
    token = _content(container, after)
    return [(container[token : _end(container, token)], _value_before(container, at))]


def _value_before(container: bytes, attribute: int) -> bytes:
    """Return the OCTET STRING that ends where the unsigned attributes begin: [1], a SEQUENCE, the attribute."""
    for start in range(attribute - 4, 0, -1):
        if container[start] != 0xA1 or not start < attribute <= _content(container, start) + 6:
            continue
        for octets in range(start - 2, 0, -1):
            if container[octets] == 0x04 and _end(container, octets) == start:
                return container[_content(container, octets) : start]
    raise UnreadableError("The signature's value is not where it should be.")


def _content(data: bytes, at: int) -> int:
    """Return where the content of the DER value at an offset begins."""
    first = data[at + 1]
    return at + 2 if first < 0x80 else at + 2 + (first & 0x7F)


def _end(data: bytes, at: int) -> int:
    """Return where the DER value at an offset ends."""
    first = data[at + 1]
    begin = _content(data, at)
    return begin + (first if first < 0x80 else int.from_bytes(data[at + 2 : begin], "big"))
