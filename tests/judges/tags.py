"""Whether everything on a page is either in the structure tree or an artifact, by pikepdf.

ISO 14289-1, 7.1 asks for this. veraPDF does not notice text that is marked with the number of a structure element
which hangs nowhere in the tree: no screen reader would come across it, and nothing says that it may be left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pikepdf

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SHOWS_TEXT = frozenset({"Tj", "TJ", "'", '"'})


@dataclass(frozen=True, slots=True)
class Mark:
    """Marked content (ISO 32000-1, 14.6): an artifact, or a structure element’s, by number (MCID)."""

    mcid: int | None = None
    artifact: bool = False


@dataclass(frozen=True, slots=True)
class Adrift:
    """Text that belongs to nothing: its page, counted from 1, and its number (MCID); None when it has none."""

    page: int
    mcid: int | None


def adrift(file: Path) -> list[Adrift]:
    """Return each piece of text that is neither an artifact nor reached from the root of the structure tree.

    Text inside form XObjects is not looked at.
    """
    with pikepdf.open(file) as pdf:
        reached = set(_reached(pdf.Root.StructTreeRoot, None)) if "/StructTreeRoot" in pdf.Root else set()
        return [
            Adrift(number, mark.mcid)
            for number, page in enumerate(pdf.pages, start=1)
            for mark in dict.fromkeys(_marks_of_text(page))
            if not mark.artifact and (page.obj.objgen, mark.mcid) not in reached
        ]


def _reached(element: Any, page: Any) -> Iterator[tuple[tuple[int, int], int]]:
    """Yield page object and number of all marked content under a structure element."""
    page = element.get("/Pg", page)
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, int):
            yield page.objgen, kid
        elif kid.get("/Type") == "/MCR":
            yield kid.get("/Pg", page).objgen, int(kid.MCID)
        elif kid.get("/Type") != "/OBJR":
            yield from _reached(kid, page)


def _marks_of_text(page: pikepdf.Page) -> Iterator[Mark]:
    """Yield, for each operator that shows text, the innermost mark that says whose it is."""
    open_marks = [Mark()]
    for instruction in pikepdf.parse_content_stream(page):
        match str(instruction.operator):
            case "BMC" | "BDC":
                open_marks.append(_mark(list(instruction.operands), open_marks[-1]))
            case "EMC":
                open_marks.pop()
            case operator if operator in SHOWS_TEXT:
                yield open_marks[-1]


def _mark(operands: list[Any], outer: Mark) -> Mark:
    if outer.artifact or operands[0] == "/Artifact":
        return Mark(artifact=True)
    properties = operands[1] if len(operands) > 1 else None
    if isinstance(properties, pikepdf.Dictionary) and "/MCID" in properties:
        return Mark(int(properties.MCID))
    return outer
