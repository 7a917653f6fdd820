"""The frame around a signature: the bytes of a PDF that no signature can cover, because they are the signature.

A PDF signature is made over the file without one gap, and the gap holds the signature (ISO 32000-2, 12.8.1).
pyHanko checks the signature; it does not ask whether the gap holds anything else, whether the padding behind it is
empty, or whether the unsigned numbers in its container (RFC 5652) agree with the signed ones. A changed byte could
hide there, and in a crafted file more than a byte. So lettergen looks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

SET = b"\x31"
EXTRAS = ("v1_attr_cert", "v2_attr_cert", "other", "extended_certificate")


def leaves_out_only_itself(pdf: bytes, byte_range: Sequence[int], contents: bytes) -> bool:
    """Whether the gap in the signed bytes holds the signature in hexadecimal digits, and nothing else.

    Args:
        pdf: the whole file.
        byte_range: the signature's /ByteRange: offset and length, twice.
        contents: the signature's value as the PDF reader found it, with its padding.
    """
    if len(byte_range) != 4:
        return False
    start, before, behind, length = byte_range
    gap = pdf[before:behind]
    digits = gap[1:-1]
    return (
        start == 0
        and 0 < before < behind
        and length > 0
        and behind + length <= len(pdf)
        and gap == b"<" + digits + b">"
        # No writer mixes capitals and small letters: a lone one is a changed byte.
        and digits in (contents.hex().encode(), contents.hex().upper().encode())
    )


def reaches_end(pdf: bytes, byte_range: Sequence[int]) -> bool:
    """Whether the signed bytes go on to the last byte of the file."""
    return len(byte_range) == 4 and byte_range[2] + byte_range[3] == len(pdf)


def agrees_with_itself(contents: bytes, signed_data: Any, signer_info: Any, signer_certificate: Any) -> bool:
    """Whether the unsigned parts of a signature's container say what its signed parts say.

    Args:
        contents: the container, DER, with its padding.
        signed_data: the asn1crypto SignedData in it.
        signer_info: the SignerInfo in it that signs.
        signer_certificate: the asn1crypto certificate of the signer.
    """
    digest = signer_info["digest_algorithm"]
    by_name = signer_info["sid"].name == "issuer_and_serial_number"
    return (
        _is_one_value(contents)
        # The version is the same inside and outside, unless there is more than certificates (RFC 5652, 5.1).
        and (signed_data["version"].native == signer_info["version"].native or _has_extras(signed_data))
        # A PDF signature has one signer, so the one digest algorithm is named twice.
        and signed_data["digest_algorithms"].dump() == SET + _length(digest.dump()) + digest.dump()
        and (not by_name or signer_info["sid"].chosen["issuer"].dump() == signer_certificate.issuer.dump())
    )


def _has_extras(signed_data: Any) -> bool:
    return any(choice.name in EXTRAS for choice in signed_data["certificates"]) or bool(signed_data["crls"])


def _is_one_value(contents: bytes) -> bool:
    """Whether ContentInfo, its content and that content's SignedData end together, and only zeros follow."""
    try:
        inside, end = extent(contents, 0)
        _, after_type = extent(contents, inside)
        inside_content, end_of_content = extent(contents, after_type)
        _, end_of_data = extent(contents, inside_content)
    except IndexError:
        return False
    return end == end_of_content == end_of_data <= len(contents) and not contents[end:].strip(b"\0")


def extent(data: bytes, at: int) -> tuple[int, int]:
    """Return where the content of the DER value at an offset begins, and where it ends."""
    first = data[at + 1]
    if first < 0x80:
        return at + 2, at + 2 + first
    begin = at + 2 + (first & 0x7F)
    return begin, begin + int.from_bytes(data[at + 2 : begin], "big")


def _length(content: bytes) -> bytes:
    # Algorithm identifiers are short: one byte tells their length.
    return bytes([len(content)])
