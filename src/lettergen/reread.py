"""A written letter, read back: is it what it was meant to be?"""

from __future__ import annotations

import ctypes
import unicodedata
from contextlib import closing
from typing import TYPE_CHECKING

from lettergen.files import sha256
from lettergen.problems import FileError, LetterError
from lettergen.typeset.window import refuse_hidden_address

if TYPE_CHECKING:
    from pathlib import Path

    from pypdfium2 import PdfDocument

    from lettergen.manifest import Entry, SignedBy
    from lettergen.model import Letter

_RANGE = 4  # numbers of a byte range


def refuse_unless_as_meant(path: Path, letter: Letter, entry: Entry) -> None:
    """Look at a finished file: its bytes, its pages, the recipient's name and address on it, its signature.

    Raises:
        FileError: the disk gave other bytes back than it was given.
        LetterError: the file is not the letter that it was meant to be.
    """
    import pypdfium2

    pdf = path.read_bytes()
    if sha256(pdf) != entry.sha256:
        raise FileError(f"{entry.file} was not written as it was meant; the disk may be failing.")
    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as error:
        raise LetterError(f"{entry.file} came out as a file that cannot be read again: {error}") from error
    with closing(document):
        if len(document) != entry.pages:
            raise LetterError(f"{entry.file} came out with {len(document)} pages instead of {entry.pages}.")
        _refuse_another_name(document, letter, entry)
        if letter.mode == "individual":
            refuse_hidden_address(document, letter)
        if entry.signer is not None and not _is_signed(pdf, document, entry.signer):
            raise LetterError(f"The signature of {entry.file} does not hold.")


def _refuse_another_name(document: PdfDocument, letter: Letter, entry: Entry) -> None:
    # As this letter writes them; a form of address of one's own may leave a part out. A list of many runs on.
    pages = document if letter.addressees else [document[0]]
    head = _bare("".join(page.get_textpage().get_text_bounded() for page in pages))
    for name in (lines[0] for lines in letter.addressees or (letter.address,)):
        if _bare(name) not in head:
            raise LetterError(f"The first page of {entry.file} does not name {name}.")


def _is_signed(pdf: bytes, document: PdfDocument, signer: SignedBy) -> bool:
    """Whether the signature that another reader than the one that made it finds in the file holds."""
    if signer.level != "B":  # evidence may stand behind it
        from lettergen.signing.verify import is_signed_whole

        return is_signed_whole(pdf, signer.fingerprint)
    from lettergen.signing.holds import holds

    found = _signatures(document)
    return len(found) == 1 and holds(pdf, *found[0], signer.fingerprint)


def _signatures(document: PdfDocument) -> list[tuple[list[int], bytes]]:
    """Return the byte range and the value of each signature of a file."""
    from pypdfium2 import raw

    found = []
    for number in range(raw.FPDF_GetSignatureCount(document)):
        signature = raw.FPDF_GetSignatureObject(document, number)
        byte_range = (ctypes.c_int * _RANGE)()
        raw.FPDFSignatureObj_GetByteRange(signature, byte_range, _RANGE)
        if not raw.FPDFSignatureObj_GetContents(signature, None, 0):
            continue  # a field that waits for its signature
        contents = ctypes.create_string_buffer(raw.FPDFSignatureObj_GetContents(signature, None, 0))
        raw.FPDFSignatureObj_GetContents(signature, contents, len(contents))
        found.append((list(byte_range), contents.raw))
    return found


def _bare(text: str) -> str:
    """Return the letters and digits of a text: a name may stand on two lines, with a hyphen or a ligature."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text) if sign.isalnum())
