"""The structure tree as a screen reader needs it: notes and their calls by name, page furniture out of the reading.

The engine tags a note and its call as anonymous pieces, and gives running heads and feet a tag that hangs nowhere
in the tree. ISO 14289-1 (PDF/UA-1) wants notes as Note with an ID (7.9), and what is no content as an artifact
(7.1).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pydyf

if TYPE_CHECKING:
    from collections.abc import Iterator

Element = dict[str, Any]


class StructureTree:
    """The structure tree of a PDF that is about to be written."""

    def __init__(self, pdf: pydyf.PDF) -> None:
        self._pdf = pdf
        self._objects = {entry.reference: entry for entry in pdf.objects if entry.number}
        self._root = self._objects[pdf.catalog["StructTreeRoot"]]
        self._document = self._objects[self._root["K"][0]]

    def name_notes(self) -> None:
        """Tag notes as Note with an ID, their numbers as Lbl, and their calls as Reference.

        The body of a letter is one element of the document; what stands beside it are the areas of the notes.
        """
        ids = pydyf.Array()
        for area in self._kids(self._document):
            if area["S"] == "/NonStruct":
                for note in self._kids(area):
                    note["S"] = "/Note"
                    note["ID"] = pydyf.String(f"note-{len(ids) // 2 + 1:04}")
                    ids.extend([note["ID"], note.reference])  # type: ignore[attr-defined]
                    next(self._kids(note))["S"] = "/Lbl"
        if ids:
            self._root["IDTree"] = pydyf.Dictionary({"Names": ids})
        for element in list(self._below(self._document)):
            if element["S"] in {"/P", "/LBody", "/Span"}:
                for kid in self._kids(element):
                    if kid["S"] == "/NonStruct" and [inner["S"] for inner in self._kids(kid)] == ["/Span"]:
                        kid["S"] = "/Reference"

    def release_page_furniture(self) -> None:
        """Make artifacts of the pieces of page content whose tags hang nowhere in the tree."""
        in_tree = {element.reference for element in self._below(self._document)}  # type: ignore[attr-defined]
        numbers = self._objects[self._root["ParentTree"]]["Nums"]
        for page in [
            entry for entry in self._pdf.objects if isinstance(entry, dict) and entry.get("Type") == "/Page"
        ]:
            tags = numbers[numbers.index(page["StructParents"]) + 1]
            adrift = {mcid for mcid, reference in enumerate(tags) if reference not in in_tree}
            stream = self._objects[page["Contents"]].stream
            for position, item in enumerate(stream):
                if isinstance(item, pydyf.Dictionary) and item.get("MCID") in adrift:
                    stream[position - 1] = "/Artifact"
                    stream[position] = pydyf.Dictionary({"Type": "/Pagination"})
            for mcid in adrift:
                tags[mcid] = "null"

    def _kids(self, element: Element) -> Iterator[Element]:
        for kid in element["K"] if isinstance(element.get("K"), list) else []:
            entry = self._objects.get(kid)
            if isinstance(entry, dict) and entry.get("Type") == "/StructElem":
                yield entry

    def _below(self, element: Element) -> Iterator[Element]:
        yield element
        for kid in self._kids(element):
            yield from self._below(kid)
