"""The container of a signature, made once: of each further one only the digest and the signature are new.

A CMS container (RFC 5652) for a PAdES B signature holds the certificates, their chain and a handful of attributes,
and is the same for all letters of a run but for two values. Building it anew takes ten times as long as signing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lettergen.signing.container import SET, extent

if TYPE_CHECKING:
    from collections.abc import Callable

OCTETS = b"\x04"
_ZEROS = bytes(32)  # the digest that the mould was made with


@dataclass(frozen=True, slots=True)
class Mould:
    """A container whose digest and signature are zeros.

    Attributes:
        levels: from the outermost value to the one that ends with the signature, each with its tag and what stands
            in it before the next one.
        attributes: the signed attributes as they are signed, in DER.
    """

    levels: tuple[tuple[bytes, bytes], ...]
    attributes: bytes

    @classmethod
    def of(cls, container: Any) -> Mould:
        """Return the mould of a container (asn1crypto's ContentInfo) made of zeros.

        Raises:
            ValueError: it is not built as expected: another digest in it, or something behind the signature.
        """
        der = container.dump()
        (signer_info,) = container["content"]["signer_infos"]
        attributes = signer_info["signed_attrs"].untag().dump()
        if attributes.count(_ZEROS) != 1 or attributes[:1] != SET:
            raise ValueError("the signed attributes have no place for a digest")
        levels = []
        at = 0
        while der[at : at + 1] != OCTETS:
            start, end = extent(der, at)
            last = start
            while extent(der, last)[1] < end:
                last = extent(der, last)[1]
            levels.append((der[at : at + 1], der[start:last]))
            at = last
        if extent(der, at)[1] != len(der) or levels[-1][1].count(_ZEROS) != 1:
            raise ValueError("the signature is not the last value of the container")
        return cls(tuple(levels), attributes)

    def filled(self, digest: bytes, sign: Callable[[bytes], bytes]) -> bytes:
        """Return a container in DER.

        Args:
            digest: SHA-256 of what is signed.
            sign: makes a raw signature over data.
        """
        value = _value(OCTETS, sign(self.attributes.replace(_ZEROS, digest)))
        *outer, (tag, before) = self.levels
        value = _value(tag, before.replace(_ZEROS, digest) + value)
        for tag, before in reversed(outer):
            value = _value(tag, before + value)
        return value


def _value(tag: bytes, content: bytes) -> bytes:
    """Return a value in DER (X.690, 8.1.3)."""
    length = len(content)
    if length < 0x80:
        return tag + bytes([length]) + content
    digits = length.to_bytes((length.bit_length() + 7) // 8, "big")
    return tag + bytes([0x80 | len(digits)]) + digits + content
