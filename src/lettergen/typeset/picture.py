"""A finished page as a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lettergen.problems import UsageError

if TYPE_CHECKING:
    from PIL.Image import Image


def picture(pdf: bytes, page: int, width: int) -> Image:
    """Return a page of a PDF as a picture in red, green and blue.

    Args:
        pdf: the file.
        page: counted from 1.
        width: in pixels.

    Raises:
        UsageError: there is no such page.
    """
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        if not 1 <= page <= len(document):
            count = "page" if len(document) == 1 else "pages"
            raise UsageError(f"There is no page {page}.", help=f"The letter has {len(document)} {count}.")
        sheet = document[page - 1]
        # A little less, for a part of a pixel makes a whole one more.
        image: Image = sheet.render(scale=(width - 0.01) / sheet.get_width()).to_pil()
        return image.convert("RGB")
