"""A picture of a letter's page in the terminal."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from lettergen.cli._console import is_dumb

if TYPE_CHECKING:
    from lettergen.model import Letter
    from lettergen.prepare import Prepared

_WIDEST = 100  # columns; about the width of a sheet on a desk
_PIXELS = 10  # in a column, where the terminal has pixels: enough to read the notes


def refuse_without_terminal() -> None:
    """Refuse to draw where nobody would see it.

    Raises:
        UsageError: stdout is no terminal.
    """
    from lettergen.problems import UsageError

    if not sys.stdout.isatty():
        raise UsageError(
            "A picture of the page needs a terminal.",
            help="Leave out --page for the text, or make a PDF: lettergen compose --draft.",
        )


def show_page(root: Path, summit: str, prepared: "Prepared", letter: "Letter", number: int) -> None:
    """Show a page of a letter, as wide as the terminal, and in pixels where it has them.

    Args:
        root: the workspace.
        summit: the folder's name.
        prepared: the campaign.
        letter: one of its letters.
        number: of the page, from 1.

    Raises:
        UsageError: there is no such page.
        LetterError: something in the letter cannot be set as it is meant.
    """
    from lettergen.cli._graphics import colourless_blocks, graphics, half_blocks, kitty, sixel
    from lettergen.cli._sheet import unsigned_pdf
    from lettergen.typeset.picture import picture

    pdf = unsigned_pdf(root, summit, prepared, letter)
    columns = min(os.get_terminal_size(sys.stdout.fileno()).columns, _WIDEST)
    kind = graphics()
    image = picture(pdf, number, columns if kind is None else columns * _PIXELS)
    if kind == "kitty":
        shown = kitty(image, columns)
    elif kind == "sixel":
        shown = sixel(image)
    elif os.environ.get("NO_COLOR") or is_dumb():
        shown = colourless_blocks(image)
    else:
        shown = half_blocks(image)
    sys.stdout.write(shown)
