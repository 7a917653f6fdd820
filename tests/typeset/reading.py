"""What a screen reader comes across, in its order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pikepdf

from judges import poppler

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def reading(file: Path) -> str:
    """Return the structure tree of a file, a line per element that is no part of a line, with its text behind it.

    Text is put together from the pieces of its lines; the call of a note is shown as “[1]”, a link as “<text>”.
    """
    told: list[tuple[int, str, list[str]]] = []
    open_elements: list[tuple[int, str, list[str]]] = []
    frame = "{}"
    for line in poppler.structure(file).splitlines():
        content = line.lstrip(" ")
        depth = (len(line) - len(content)) // 2
        while open_elements and open_elements[-1][0] >= depth:
            open_elements.pop()
        if content.startswith('"'):
            open_elements[-1][2].append(frame.format(content[1:-1]))
            frame = "{}"
        elif content.startswith("Reference"):
            frame = "[{}]"
        elif content.startswith("Link"):
            frame = "<{}>"
        elif not content.startswith(("Span", "Object", "/")):
            element = (depth, re.sub(r" \((block|inline)\)$", "", content), [])
            told.append(element)
            open_elements.append(element)
    return "".join(f"{'  ' * depth}{tag}{_joined(pieces)}\n" for depth, tag, pieces in told)


def _joined(pieces: list[str]) -> str:
    text = re.sub(r"[ \u00a0]+", " ", " ".join(pieces)).strip()
    text = re.sub(r" (?=[\[.,;:)])", "", text)  # what stands behind a word without a space
    return f": {text}" if text else ""


def pages_of(file: Path, kind: str) -> list[int]:
    """Return the page, counted from 1, of each element of one kind in the structure tree, in the tree's order."""
    with pikepdf.open(file) as pdf:
        numbers = {page.objgen: number for number, page in enumerate(pdf.pages, start=1)}
        return [numbers[element.Pg.objgen] for element in elements(pdf) if element.S == f"/{kind}"]


def elements(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Yield the elements of the structure tree in its order; each must say whose kid it is."""
    yield from _below(pdf.Root.StructTreeRoot)


def _below(element: Any) -> Iterator[Any]:
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            assert kid.P.objgen == element.objgen
            yield kid
            yield from _below(kid)
