"""A written letter, read back: is it what it was meant to be?"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from lettergen.files import sha256
from lettergen.problems import FileError, LetterError

if TYPE_CHECKING:
    from pathlib import Path

    from lettergen.manifest import Entry
    from lettergen.model import Letter


def refuse_unless_as_meant(path: Path, letter: Letter, entry: Entry) -> None:
    """Look at a finished file: its bytes, its pages, the recipient's name in its text, its signature.

    Raises:
        FileError: the disk gave other bytes back than it was given.
        LetterError: the file is not the letter that it was meant to be.
    """
    pdf = path.read_bytes()
    if sha256(pdf) != entry.sha256:
        raise FileError(f"{entry.file} was not written as it was meant; the disk may be failing.")
    pages = _page_texts(pdf, entry.file)
    if len(pages) != entry.pages:
        raise LetterError(f"{entry.file} came out with {len(pages)} pages instead of {entry.pages}.")
    # As this letter writes them; a form of address of one's own may leave a part out. A list of many runs on.
    head = _bare("".join(pages) if letter.addressees else pages[0])
    for name in (lines[0] for lines in letter.addressees or (letter.address,)):
        if _bare(name) not in head:
            raise LetterError(f"The first page of {entry.file} does not name {name}.")
    if entry.signer is not None:
        from lettergen.signing.verify import is_signed_whole

        if not is_signed_whole(pdf, entry.signer.fingerprint):
            raise LetterError(f"The signature of {entry.file} does not hold.")


def _page_texts(pdf: bytes, name: str) -> list[str]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as error:
        raise LetterError(f"{name} came out as a file that cannot be read again: {error}") from error
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


def _bare(text: str) -> str:
    """Return the letters and digits of a text: a name may stand on two lines, with a hyphen or a ligature."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text) if sign.isalnum())
