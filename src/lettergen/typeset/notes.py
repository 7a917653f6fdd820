"""Each note on the page of its call.

The engine fills a page line by line and makes room for a line's notes as it goes. When it then has to give lines
back, so that no line of a paragraph is left over, it can send their notes to the next page or lose them. Raising
the foot of that page by a line or two moves the break to another place, where nothing has to be given back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lettergen.problems import LetterError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from weasyprint import Document
    from weasyprint.document import Page

LINE = 19  # CSS pixels; the leading of the text
SPACE_OVER_NOTES = 12  # CSS pixels; the same as in letter.css
_LAYOUTS = 24


def lay_out(html: str, layout: Callable[[str], Document]) -> Document:
    """Return a layout in which each note stands on the page of its call, and each call has its note.

    Args:
        html: the document; calls are marked with the ids “calls-first-last”, notes with “note-number”.
        layout: lays a document out.

    Raises:
        LetterError: no such layout was found.
    """
    raised: dict[int, int] = {}
    for _ in range(_LAYOUTS):
        document = layout(html.replace("</head>", f"<style>{_feet(raised)}</style></head>", 1) if raised else html)
        page = first_page_without_its_notes(document.pages)
        if page is None:
            return document
        raised[page] = raised.get(page, 0) + 1
    raise LetterError(
        f"The notes of page {max(raised) + 1} do not fit on it.",
        help="Call fewer sources in one paragraph, or shorten their titles.",
    )


def first_page_without_its_notes(pages: Sequence[Page]) -> int | None:
    """Return the number, from 0, of the first page with a call whose note is not on it, or None."""
    for number, page in enumerate(pages):
        notes = {int(name.removeprefix("note-")) for name in page.anchors if name.startswith("note-")}
        if not calls_of(page) <= notes:
            return number
    return None


def calls_of(page: Page) -> set[int]:
    """Return the numbers of the notes that a page calls."""
    spans = (name.removeprefix("calls-").split("-") for name in page.anchors if name.startswith("calls-"))
    return {number for first, last in spans for number in range(int(first), int(last) + 1)}


def _feet(raised: dict[int, int]) -> str:
    return "".join(
        f"@page :nth({page + 1}) {{ @footnote {{ margin-top: {SPACE_OVER_NOTES + lines * LINE}px }} }}"
        for page, lines in raised.items()
    )
