"""What is refused of a laid-out letter, each in a sentence: the engine would go on, or say nothing at all."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from lettergen.problems import LetterError
from lettergen.typeset.finish import FIELD_PREFIX

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydyf import PDF
    from weasyprint import Document

_MM = 25.4 / 96  # one CSS pixel in millimetres
_TOLERANCE = 0.1  # millimetres; a rounding, and nothing that an eye could see


def refuse_foreign_files(addresses: Sequence[str]) -> None:
    """Refuse a letter that wanted to load what is not its own."""
    if addresses:
        listed = ", ".join(dict.fromkeys(addresses))
        raise LetterError(
            f"The letter reaches out to {listed}.",
            help="Copy the file to the letterhead's folder and name it from there. An SVG must hold all it shows.",
        )


def refuse_further_attachments(document: Document) -> None:
    """Refuse a letterhead that attaches files: what is attached is the letter's own data, and nothing else."""
    links = [target for page in document.pages for kind, target, *_ in page.links if kind == "attachment"]
    if links or document.metadata.attachments:
        raise LetterError(
            "The letterhead attaches a file to the letter.",
            help="Take rel=attachment out of letterhead.html; a letter carries its own data and nothing else.",
        )


def refuse_local_links(document: Document) -> None:
    """Refuse links to files of this machine: they lead nowhere from anywhere else, and tell its folders' names."""
    for page in document.pages:
        for kind, target, *_ in page.links:
            if kind == "external" and target.startswith("file:"):
                name = target.rpartition("/")[2]
                raise LetterError(
                    f"A link leads to a file of this computer, “{name}”.",
                    help="Write the whole address of the page: https://….",
                )


def refuse_other_fields(document: Document, *, allowed: bool) -> None:
    """Refuse form fields that are not for a signature, and any in a letter that nobody signs."""
    names = [
        box.element.get("name", "") for page in document.pages for boxes in page.forms.values() for box, _ in boxes
    ]
    if len(set(names)) < len(names) or not all(allowed and name.startswith(FIELD_PREFIX) for name in names):
        raise LetterError(
            "The letterhead has a form field; a letter has none but those for signatures.",
            help="Take <input>, <select> and <textarea> out of letterhead.html.",
        )


def refuse_overflow(document: Document) -> None:
    """Refuse a letterhead that is higher than its field, and one that hides itself or the address.

    The address is measured on the finished page, against the window (`lettergen.typeset.window`).
    """
    _refuse_absent(document, "letterhead")
    _refuse_absent(document, "address")
    over = _overflow(document, "letterhead")
    if over > _TOLERANCE:
        raise LetterError(
            f"The letterhead is {over:.1f} mm too high: it reaches into the field of the address.",
            help="Put several contacts on one line, or leave one out, in letterhead.toml.",
        )


def refuse_missing_signs(document: Document) -> None:
    """Refuse a letter with signs that no font of it has; known only when the fonts are written."""
    missing = {
        ord(sign) if isinstance(sign, str) else sign for font in document.fonts.values() for sign in font.missing
    }
    if missing:
        listed = ", ".join(_readable(chr(sign)) for sign in sorted(missing))
        raise LetterError(
            f"The letters' typeface has no sign for {listed}.",
            help="Write it in another way; the typeface has Latin and Cyrillic.",
        )


def refuse_print_colours(pdf: PDF) -> None:
    """Refuse colours for a printing press: the archival standard allows them only with the press's own profile."""
    for thing in pdf.objects:
        picture = getattr(thing, "extra", {}).get("ColorSpace") == "/DeviceCMYK"
        if picture or any(
            b"DeviceCMYK" in piece for piece in getattr(thing, "stream", ()) if isinstance(piece, bytes)
        ):
            raise LetterError(
                "The letterhead uses colours for a printing press (CMYK).",
                help="Save the logo with the colours of a screen (RGB), and write colours such as #1f4e79.",
            )


def _refuse_absent(document: Document, name: str) -> None:
    places = document.pages[0].anchors
    if name not in places or f"{name}-field" not in places:
        raise LetterError(
            f"The {name} is not on the page.",
            help="Look at letterhead.html and letterhead.css: something there swallows or hides it.",
        )


def _overflow(document: Document, name: str) -> float:
    """Return by how many millimetres something of the first page ends below its field."""
    places = document.pages[0].anchors
    bottom, limit = places[name][3], places[f"{name}-field"][3]
    return float(bottom - limit) * _MM


def _readable(sign: str) -> str:
    """Return a sign as people can find it: itself where it shows, its number, and its name where it has one."""
    shown = f"“{sign}” " if sign.isprintable() and not unicodedata.combining(sign) else ""
    name = unicodedata.name(sign, "").lower()
    return f"{shown}(U+{ord(sign):04X}{f', {name}' if name else ''})"
