"""The structure tree as a screen reader needs it.

The engine makes a tag of each box that it drew. So what goes on over a page is tagged once per page, a heading that
text runs on from has a tag per line, a note and its call are anonymous pieces, and running heads and feet have tags
that hang nowhere in the tree. ISO 14289-1 (PDF/UA-1) wants a logical order (7.1), notes as Note with an ID (7.9),
and what is no content as an artifact (7.1); ISO 32000-1, 14.8.4 says which element may hold which.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeAlias

import pydyf

from lettergen.problems import LetterError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from weasyprint.document import Page

Element: TypeAlias = Any  # a pydyf.Dictionary; pydyf has no types
_POINTS = 0.75  # per CSS pixel


class StructureTree:
    """The structure tree of a PDF that is about to be written."""

    def __init__(self, pdf: pydyf.PDF) -> None:
        self._pdf = pdf
        self._objects = {entry.reference: entry for entry in pdf.objects if entry.number}
        self._root = self._objects[pdf.catalog["StructTreeRoot"]]
        self._document = self._objects[self._root["K"][0]]

    def join_pages(self, pages: Sequence[Page]) -> None:
        """Make one element of what the pages broke, so that nobody hears the notes in the middle of a sentence.

        The body of a letter is one element of the document; what stands beside it are the areas of the notes, which
        then follow the body.
        """
        body, *continuations = [area for area in self._kids(self._document) if area["S"] != "/NonStruct"]
        if len(continuations) != len(pages) - 1:
            raise _broken_letterhead()
        for (before, after), continuation in zip(pairwise(pages), continuations, strict=True):
            self._document["K"].remove(continuation.reference)
            self._join(body, continuation, _elements_going_on(before, after))

    def join_columns(self) -> None:
        """Make one list of each that columns broke: the engine makes a list of every column."""
        for element in list(self._below(self._document)):
            columns = list(self._kids(element))
            if element.get("S") == "/L" and columns and all(column["S"] == "/L" for column in columns):
                element["K"].clear()
                for column in columns:
                    self._join(element, column)

    def refuse_unreadable_head(self) -> None:
        """Refuse a letterhead that would spoil the tree.

        Raises:
            LetterError: it has a heading, and the first heading is the subject's (ISO 14289-1, 7.4.2); or it has a
                picture that is not described (7.3).
        """
        for element in self._below(self._parts()[0]):
            if re.fullmatch("/H[1-6]", element["S"]):
                raise LetterError(
                    "The letterhead has a heading, which would come before the subject of the letter.",
                    help="Use <p> instead of <h1> to <h6> in letterhead.html; letterhead.css gives it its looks.",
                )
            if element["S"] == "/Figure" and "Alt" not in element:
                raise LetterError(
                    "A picture of the letterhead has no description for people who do not see it.",
                    help="Give <img> an alt, and <svg> a <title>, in letterhead.html.",
                )

    def tag_run_in_headings(self) -> None:
        """Make a heading and a paragraph of each “div” that begins with a heading in its first line."""
        for element in list(self._below(self._parts()[1])):
            for block in list(self._kids(element)):
                kids = list(self._kids(block))
                if block["S"] != "/Div" or not kids or kids[0]["S"] != "/H3":
                    continue
                heading, *lines = [kid for kid in kids if kid["S"] == "/H3"]
                for line in lines:
                    block["K"].remove(line.reference)
                    self._join(heading, line)
                block["S"] = "/P"
                block["K"].remove(heading.reference)
                heading["P"] = element.reference
                element["K"].insert(element["K"].index(block.reference), heading.reference)

    def complete_list_items(self) -> None:
        """Put what an item of a list holds beside its number into the one LBody that it may hold."""
        for item in [element for element in self._below(self._document) if element["S"] == "/LI"]:
            strangers = [kid for kid in self._kids(item) if kid["S"] not in {"/Lbl", "/LBody"}]
            if strangers:
                self._put_into_body(item, strangers)

    def place_figures(self) -> None:
        """Say where pictures stand in the units of the page; the engine says it in CSS pixels from the top."""
        for figure in [element for element in self._below(self._document) if element["S"] == "/Figure"]:
            height = self._objects[figure["Pg"]]["MediaBox"][3]
            left, top, right, bottom = (side * _POINTS for side in figure["A"]["BBox"])
            figure["A"]["BBox"] = pydyf.Array([left, height - bottom, right, height - top])

    def name_notes(self) -> None:
        """Tag notes as Note with an ID, their numbers as Lbl, and their calls as Reference."""
        ids = pydyf.Array()
        for area in self._kids(self._document):
            if area["S"] == "/NonStruct":
                for note in self._kids(area):
                    note["S"] = "/Note"
                    note["ID"] = pydyf.String(f"note-{len(ids) // 2 + 1:04}")
                    ids.extend([note["ID"], note.reference])
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
        in_tree = {element.reference for element in self._below(self._document)}
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

    def _parts(self) -> list[Element]:
        """Return the two parts of the body: what stands in its place on the first sheet, and the text."""
        parts = list(self._kids(next(self._kids(self._document))))
        if [part["S"] for part in parts] != ["/Div", "/Div"]:
            raise _broken_letterhead()
        return parts

    def _join(self, element: Element, other: Element, depth: int = 1) -> None:
        """Move the kids of another element behind those of an element; join the two in the middle likewise."""
        kids, others = list(self._kids(element)), list(self._kids(other))
        if depth > 1 and kids and others and kids[-1]["S"] == others[0]["S"] and element["S"] != "/L":
            self._join(kids[-1], others[0], depth - 1)
            others = others[1:]
        for kid in others:
            kid["P"] = element.reference
            element["K"].append(kid.reference)
        other.clear()  # an object of the file cannot be taken back, only emptied

    def _put_into_body(self, item: Element, strangers: list[Element]) -> None:
        body = next((kid for kid in self._kids(item) if kid["S"] == "/LBody"), None)
        if body is None:
            body = pydyf.Dictionary(
                {"Type": "/StructElem", "S": "/LBody", "K": pydyf.Array(), "Pg": item["Pg"], "P": item.reference}
            )
            self._pdf.add_object(body)
            self._objects[body.reference] = body
            item["K"].append(body.reference)
        for stranger in strangers:
            item["K"].remove(stranger.reference)
            body["K"].append(stranger.reference)
            stranger["P"] = body.reference

    def _kids(self, element: Element) -> Iterator[Element]:
        for kid in element["K"] if isinstance(element.get("K"), list) else []:
            entry = self._objects.get(kid)
            if isinstance(entry, dict) and entry.get("Type") == "/StructElem":
                yield entry

    def _below(self, element: Element) -> Iterator[Element]:
        yield element
        for kid in self._kids(element):
            yield from self._below(kid)


def _broken_letterhead() -> LetterError:
    return LetterError(
        "The letterhead's HTML closes what it did not open, or leaves something open.",
        help="Look at the tags and comments of letterhead.html.",
    )


def _elements_going_on(before: Page, after: Page) -> int:
    """Return how many elements of the body, one inside another, the end of a page breaks."""
    from weasyprint.formatting_structure.boxes import BlockBox

    count = 0
    end, start = (page._page_box.children[0] for page in (before, after))  # noqa: SLF001 - the engine hides its boxes
    while isinstance(end, BlockBox) and end.element is start.element and end.element_tag == start.element_tag:
        count += end.element_tag not in {"html", "body"}
        if not end.children or not start.children:
            break
        end, start = end.children[-1], start.children[0]
    return count
