"""What a screen reader comes across, in its order: the structure tree with the text that its elements mark."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pikepdf

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

INLINE = {"/Span": "{}", "/Reference": "[{}]", "/Link": "<{}>"}
Texts = dict[tuple[tuple[int, int], int], str]  # by a page's object and the number of the piece on it


def reading(file: Path) -> str:
    """Return the structure tree of a file, a line per element that is more than a part of a line, with its text.

    A call of a note is shown as “[1]”, a link as “<text>”.
    """
    with pikepdf.open(file) as pdf:
        return "".join(_told(pdf.Root.StructTreeRoot.K[0], texts(pdf), 0))


def pages_of(file: Path, kind: str) -> list[int]:
    """Return the page, counted from 1, of each element of one kind in the structure tree, in the tree's order."""
    with pikepdf.open(file) as pdf:
        numbers = {page.objgen: number for number, page in enumerate(pdf.pages, start=1)}
        return [numbers[element.Pg.objgen] for element in elements(pdf) if f"/{kind}" == element.S]


def elements(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Yield the elements of the structure tree in its order; each must say whose kid it is."""
    return _below(pdf.Root.StructTreeRoot)


def pieces(file: Path) -> list[str]:
    """Return the pieces of text that the tree marks, in its order."""
    with pikepdf.open(file) as pdf:
        marked = texts(pdf)
        return [
            marked[_place(element, kid)]
            for element in elements(pdf)
            for kid in _kids(element)
            if isinstance(kid, int)
        ]


def texts(pdf: pikepdf.Pdf) -> Texts:
    """Return the text that each piece of marked content shows, by its page's object and its number (MCID)."""
    found: Texts = {}
    for page in pdf.pages:
        fonts = {name: _signs(font) for name, font in page.Resources.Font.items()}
        signs: Mapping[int, str] = {}
        mcid: Any = None
        for instruction in pikepdf.parse_content_stream(page):
            operands: list[Any] = list(instruction.operands)
            match str(instruction.operator):
                case "BDC":
                    mcid = operands[1].get("/MCID")
                    if mcid is not None:
                        found[page.obj.objgen, mcid] = ""
                case "BMC" | "EMC":
                    mcid = None
                case "Tf":
                    signs = fonts[str(operands[0])]
                case "TJ" if mcid is not None:
                    codes = b"".join(bytes(item) for item in operands[0] if isinstance(item, pikepdf.String))
                    pairs = (int.from_bytes(codes[at : at + 2]) for at in range(0, len(codes), 2))
                    found[page.obj.objgen, mcid] += "".join(signs[code] for code in pairs)
                case "Tj" | "'" | '"':
                    raise ValueError("text that is not understood here")
    return found


def _signs(font: Any) -> Mapping[int, str]:
    """Return what each code of a font stands for (ISO 32000-1, 9.10.3)."""
    table = font.ToUnicode.read_bytes().decode("ascii")
    if "bfrange" in table:
        raise ValueError("a range of codes is not understood here")
    pairs = re.findall(r"^<([0-9a-f]{4})> <([0-9a-f]+)>$", table.partition("beginbfchar")[2], re.MULTILINE)
    return {int(code, 16): bytes.fromhex(text).decode("utf-16-be") for code, text in pairs}


def _told(element: Any, marked: Texts, depth: int) -> Iterator[str]:
    name = f" <{element.ID}>" if "/ID" in element else f" “{element.Alt}”" if "/Alt" in element else ""
    text = _joined(_inline(element, marked))
    yield f"{'  ' * depth}{str(element.S)[1:]}{name}{f': {text}' if text else ''}\n"
    for kid in _kids(element):
        if _is_element(kid) and str(kid.S) not in INLINE:
            yield from _told(kid, marked, depth + 1)


def _inline(element: Any, marked: Texts) -> Iterator[str]:
    """Yield the pieces of an element's own text: its own, and that of the parts of its lines."""
    for kid in _kids(element):
        if isinstance(kid, int):
            yield marked[_place(element, kid)]
        elif _is_element(kid) and str(kid.S) in INLINE:
            yield INLINE[str(kid.S)].format(
                _joined(_inline(kid, marked)) if kid.S != "/Span" else "".join(_inline(kid, marked))
            )


def _joined(found: Iterator[str]) -> str:
    """Put pieces together: a line ends without a space, and a call stands behind its word without one."""
    text = re.sub(r"[ \u00a0]+", " ", " ".join(found)).strip()
    return re.sub(r" (?=[\[.,;:)])", "", text)


def _below(element: Any) -> Iterator[Any]:
    for kid in _kids(element):
        if _is_element(kid):
            assert kid.P.objgen == element.objgen
            yield kid
            yield from _below(kid)


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _is_element(kid: Any) -> bool:
    return isinstance(kid, pikepdf.Dictionary) and "/S" in kid


def _place(element: Any, mcid: int) -> tuple[tuple[int, int], int]:
    return element.Pg.objgen, mcid
