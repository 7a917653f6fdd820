"""What a PDF holds to judge its signatures by: certificates, answers about revocation (ISO 32000-2, 12.8.4.3)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.pdf_utils.rw_common import PdfHandler

_OF_CONTENT = re.compile(rb"<(dc:\w+)[^>]*>(.*?)</\1>", re.DOTALL)  # title, creator, description in XMP
_TAG = re.compile(rb"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a file holds.

    Attributes:
        certificates: those between signers and authorities, as asn1crypto's objects.
        ocsps: answers about revocation, DER.
        crls: lists of what is revoked, DER.
    """

    certificates: tuple[Any, ...] = ()
    ocsps: tuple[bytes, ...] = ()
    crls: tuple[bytes, ...] = ()

    @property
    def tells_of_revocation(self) -> bool:
        """Whether somebody says something about revocation."""
        return bool(self.ocsps or self.crls)


def evidence_in(reader: PdfFileReader) -> Evidence:
    """Return what the document's own store holds."""
    from pyhanko.sign.validation.dss import DocumentSecurityStore
    from pyhanko.sign.validation.errors import NoDSSFoundError

    try:
        store = DocumentSecurityStore.read_dss(reader)
    except NoDSSFoundError:
        return Evidence()
    return Evidence(
        tuple(store.load_certs()),
        tuple(one.get_object().data for one in store.ocsps),
        tuple(one.get_object().data for one in store.crls),
    )


def with_certificates(evidence: Evidence, signed_data: Any) -> Evidence:
    """Return the evidence with the certificates that a signature carries itself.

    Args:
        evidence: the file's.
        signed_data: asn1crypto's SignedData.
    """
    carried = (one.chosen for one in signed_data["certificates"] if one.name == "certificate")
    return replace(evidence, certificates=(*evidence.certificates, *carried))


def only_evidence_behind(reader: PdfFileReader, revision: int) -> bool:
    """Whether a file says of itself what it said in a revision: pyHanko's rules let an update change its title.

    Args:
        reader: the file, of which the rules allow what was added after the revision.
        revision: the one that was signed.
    """
    return _said_of_itself(reader) == _said_of_itself(reader.get_historical_resolver(revision))


def _said_of_itself(file: PdfHandler) -> list[object]:
    # Who updates a file writes when and with what; that is no change of what it is.
    info, metadata = _object(file, file.trailer_view, "/Info"), _object(file, file.root, "/Metadata")
    said: list[object] = [
        (key, str(info[key])) for key in sorted(info or ()) if key not in ("/ModDate", "/Producer")
    ]
    words = sorted(_OF_CONTENT.findall(metadata.data if metadata else b""))
    return [*said, *((name, _TAG.sub(b"", text).split()) for name, text in words)]


def _object(file: PdfHandler, holder: Any, key: str) -> Any:
    """Return an object as it was in the revision that a handler stands for; None when there is none."""
    try:
        found = holder.raw_get(key)
    except KeyError:
        return None
    return file.get_object(found.reference) if hasattr(found, "reference") else found


def time_stamp_in(signer_info: Any) -> Any | None:
    """Return the SignedData of the time-stamp inside a signature, or None.

    Args:
        signer_info: asn1crypto's SignerInfo of the signature.
    """
    for attribute in signer_info["unsigned_attrs"]:
        if attribute["type"].native == "signature_time_stamp_token":
            return attribute["values"][0]["content"]
    return None
