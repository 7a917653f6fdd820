"""A letter's envelope, drawn: an SVG file, and a sketch for the terminal."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from lettergen.cli._console import say
from lettergen.cli._sheet import unsigned_pdf

if TYPE_CHECKING:
    from lettergen.model import Letter
    from lettergen.prepare import Prepared


def draw_envelope(root: Path, summit: str, prepared: "Prepared", letter: "Letter") -> None:
    """Draw a letter's envelope with the address as it stands on the finished page.

    Raises:
        UsageError: the letter stands in no window.
        LetterError: a line of the address does not always show; the drawing shows which.
    """
    from lettergen.files import write_atomically
    from lettergen.geometry import geometry
    from lettergen.problems import LetterError, UsageError
    from lettergen.render.envelope import to_svg
    from lettergen.render.sketch import in_encoding, sketch
    from lettergen.typeset.window import hidden_lines, measure_address

    if not letter.address:
        raise UsageError(
            f"The letter {letter.id} goes to several people, so it stands in no window.",
            help="Put it into an envelope without one.",
        )
    sheet = geometry(letter.layout)
    lines = measure_address(unsigned_pdf(root, summit, prepared, letter), letter.address, letter.layout)
    hidden = hidden_lines(sheet, lines)
    file = root / "out" / summit / f"{letter.id}.envelope.svg"
    write_atomically(file, to_svg(letter.id, sheet, lines, hidden).encode())
    sys.stdout.write(in_encoding(sketch(sheet, lines, hidden), sys.stdout.encoding))
    say(f"Drawn to {file.relative_to(Path.cwd()) if file.is_relative_to(Path.cwd()) else file}")
    if hidden:
        raise LetterError(
            " ".join(hidden), help="Shorten the line, leave one out in recipients.toml, or choose another layout."
        )
