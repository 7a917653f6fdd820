"""What people call the pieces of a letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lettergen.render.reading import Kind

_TITLES: dict[Kind, str] = {
    "letterhead": "Letterhead",
    "return-line": "Return line",
    "address": "Address",
    "date": "Place and date",
    "reference": "Reference",
    "mark": "Mark on the sheet",
    "subject": "Subject",
    "salutation": "Salutation",
    "opening": "Opening",
    "heading": "Heading over the",
    "concern": "Concern",
    "demands-lead": "Lead to the demands",
    "demand": "Demand",
    "conclusion": "Conclusion",
    "closing": "Closing",
    "signatory": "Signatory",
    "co-signatory": "Co-signatory",
    "withheld": "Co-signatories not named",
    "enclosures": "Enclosures",
    "copies": "Copies",
    "note": "Note",
}


def title(kind: Kind, block_id: str, label: str) -> str:
    """Return what people call a block: “Demand 2”, “Concern “media”, paragraph 2”, “Address”.

    Args:
        kind: what it is.
        block_id: its name among those of its kind.
        label: what the page prints in front of it.
    """
    words = _TITLES[kind]
    if kind in {"demand", "note"}:
        return f"{words} {number(label)}"
    name, _, paragraph = block_id.partition("/")
    if name.isdigit() and kind not in {"concern", "signatory", "co-signatory"}:
        name, paragraph = "", name
    if kind == "heading":
        words = f"{words} {name}"
    elif name:
        words = f"{words} “{name}”"
    if not paragraph:
        return words
    return f"{words} {paragraph}" if kind == "address" else f"{words}, paragraph {paragraph}"


def number(label: str) -> str:
    """Return the number in the label of a demand or note."""
    return label.strip(" .[]()")
