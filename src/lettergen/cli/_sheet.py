"""A letter on its sheets, for commands that look at the finished page."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lettergen.model import Letter
    from lettergen.prepare import Prepared


def unsigned_pdf(root: Path, summit: str, prepared: "Prepared", letter: "Letter") -> bytes:
    """Return a letter as an unsigned PDF; nothing is written.

    Raises:
        LetterError: something in the letter cannot be set as it is meant.
    """
    from lettergen.render.html import to_html_document
    from lettergen.typeset.typesetter import Typesetter
    from lettergen.workspace.folder import letterhead_folder, summit_folder

    base = letterhead_folder(root, letter.letterhead)
    page = Typesetter([summit_folder(root, summit), base], base).typeset(
        to_html_document(letter, prepared.head, "unsigned"),
        data=letter.model_dump_json(indent=1).encode(),
        written=letter.date,
        fields=False,
    )
    return page.pdf
