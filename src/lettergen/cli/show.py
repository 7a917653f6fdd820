"""lettergen show."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lettergen.cli._choices import chosen_language, chosen_layout
from lettergen.cli._console import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lettergen.model import Language, Letter
    from lettergen.prepare import Prepared


def show(
    ctx: typer.Context,
    summit: Annotated[str, typer.Option("--summit", metavar="SUMMIT", help="A folder under letters/.")],
    envelope: Annotated[
        str | None,
        typer.Option("--envelope", metavar="ID", help="The letter to this recipient, or of this id: costa.fr."),
    ] = None,
    layout: Annotated[
        str | None,
        typer.Option("--layout", metavar="LAYOUT", help="Another layout than the campaign's."),
    ] = None,
) -> None:
    """Draw the folded sheet in its window envelope, with the address as it stands on the finished page.

    The drawing is an SVG file in out/SUMMIT/; a sketch of the window goes to the terminal.
    """
    from lettergen.prepare import prepare
    from lettergen.problems import LetterError, UsageError
    from lettergen.workspace.folder import summit_folder

    if envelope is None:
        raise UsageError(
            "There is nothing to show.", help="Name a letter with --envelope ID to see it in its window envelope."
        )
    summit_folder(ctx.obj, summit)
    prepared = prepare(ctx.obj, summit, language=_language(envelope), layout=chosen_layout(layout))
    hidden = [
        sentence
        for letter in _letters(prepared.letters, envelope)
        for sentence in _draw(ctx.obj, summit, prepared, letter)
    ]
    if hidden:
        raise LetterError(
            " ".join(hidden), help="Shorten the line, leave one out in recipients.toml, or choose another layout."
        )


def _language(letter_id: str) -> "Language | None":
    """Return the language that the id of a letter ends with; None for the id of a recipient."""
    _, dot, language = letter_id.rpartition(".")
    return chosen_language(language) if dot else None


def _letters(letters: "Sequence[Letter]", wanted: str) -> "list[Letter]":
    """Return the letters to a recipient, or the one of that id."""
    from lettergen.problems import UsageError, did_you_mean

    found = [letter for letter in letters if wanted in {letter.recipient, letter.id}]
    if not found:
        known = {name for letter in letters for name in (letter.recipient, letter.id)}
        way_out = did_you_mean(wanted, known) or f"It has {', '.join(sorted(letter.id for letter in letters))}."
        raise UsageError(f"This campaign has no letter “{wanted}”.", help=way_out)
    return found


def _draw(root: Path, summit: str, prepared: "Prepared", letter: "Letter") -> list[str]:
    """Draw a letter's envelope; return a sentence for each line of the address that does not always show."""
    from lettergen.files import write_atomically
    from lettergen.geometry import geometry
    from lettergen.problems import UsageError
    from lettergen.render.envelope import to_svg
    from lettergen.render.sketch import in_encoding, sketch
    from lettergen.typeset.window import hidden_lines, measure_address

    if not letter.address:
        raise UsageError(
            f"The letter {letter.id} goes to several people, so it stands in no window.",
            help="Put it into an envelope without one.",
        )
    sheet = geometry(letter.layout)
    lines = measure_address(_typeset(root, summit, prepared, letter), letter.address, letter.layout)
    hidden = hidden_lines(sheet, lines)
    file = root / "out" / summit / f"{letter.id}.envelope.svg"
    write_atomically(file, to_svg(letter.id, sheet, lines, hidden).encode())
    sys.stdout.write(in_encoding(sketch(sheet, lines, hidden), sys.stdout.encoding))
    say(f"Drawn to {file.relative_to(Path.cwd()) if file.is_relative_to(Path.cwd()) else file}")
    return hidden


def _typeset(root: Path, summit: str, prepared: "Prepared", letter: "Letter") -> bytes:
    """Return the letter as an unsigned PDF; nothing is written."""
    from lettergen.render.html import to_html_document
    from lettergen.typeset.typesetter import Typesetter
    from lettergen.workspace.folder import letterhead_folder, summit_folder

    base = letterhead_folder(root, letter.letterhead)
    page = Typesetter([summit_folder(root, summit), base]).typeset(
        to_html_document(letter, prepared.head, "unsigned"),
        base=base,
        data=letter.model_dump_json(indent=1).encode(),
        written=letter.date,
        fields=False,
    )
    return page.pdf
