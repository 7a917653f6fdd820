"""The lines of a laid-out letter that are its recipient's own, and the same lines for another recipient.

This reads the engine's boxes and draws with its own functions, so that a line comes out as the engine sets it.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from weasyprint.document import Page

    from lettergen.own_lines import OwnLines

_SPARE = 1.0  # CSS pixels; a line that comes so near to the edge is left to the engine's own rounding


class UnshareableError(Exception):
    """The pages of a letter cannot be shared; why."""


@dataclass(frozen=True, slots=True)
class _LaidOut:
    """A line as the engine lays it out: its width, and the height and baseline that its fonts give it."""

    layout: Any
    width: float
    metrics: tuple[float, float]


@dataclass(frozen=True, slots=True)
class OwnBox:
    """The box of one own line.

    Attributes:
        page: number of its page, from 0.
        width: what there is for the line, in CSS pixels.
        line: returns the line from a recipient's own lines.
    """

    page: int
    width: float
    line: Callable[[OwnLines], str]
    _box: Any
    _metrics: tuple[float, float]

    def draw_as_it_is(self, content: Any, fonts: dict[Any, Any]) -> list[Any]:
        """Return the items that draw the line of the first letter."""
        return _drawn(self._box, content, fonts)

    def draw(self, own: OwnLines, content: Any, fonts: dict[Any, Any]) -> list[Any] | None:
        """Return the items that draw another recipient's line; None when that is not one whole line.

        Args:
            own: that recipient's lines.
            content: of the page.
            fonts: the engine's, by its keys; they learn which glyphs they need.
        """
        laid_out = _laid_out(self.line(own), self._box.style)
        if laid_out is None or laid_out.metrics != self._metrics or laid_out.width > self.width - _SPARE:
            return None
        box = copy.copy(self._box)
        box.text, box.width, box.pango_layout = self.line(own), laid_out.width, laid_out.layout
        known = set(fonts)
        items = _drawn(box, content, fonts)
        if set(fonts) != known or any(font.missing for font in fonts.values()):
            return None
        return items


def find_own_boxes(pages: Sequence[Page], own: OwnLines) -> list[OwnBox]:
    """Return the boxes of a letter's own lines.

    Raises:
        UnshareableError: there are others than expected, or more than the line's text would change with it.
    """
    found = [box for number, page in enumerate(pages) for box in _boxes_of(number, page._page_box)]  # noqa: SLF001 - the engine hides its boxes
    address = [box for name, box in found if name == "address"]
    salutations = [box for name, box in found if name == "salutation"]
    heads = [box for name, box in found if name == "head"]
    leads = [box for number, page in enumerate(pages) for box in _leads(number, page._page_box, own.lead)]  # noqa: SLF001
    there = (len(address), len(salutations), len(leads), len(heads))
    if there != (len(own.address), 1, int(own.lead is not None), len(pages) - 1):
        raise UnshareableError("the own lines are not all there")
    lines: list[Callable[[OwnLines], str]] = [_address_line(number) for number in range(len(address))]
    boxes = [
        *(_own_box(*box, line) for box, line in zip(address, lines, strict=True)),
        *(_own_box(*box, lambda lines: lines.salutation) for box in salutations),
        *(_own_box(*box, lambda lines: lines.lead or "") for box in leads),
        *(_own_box(*box, lambda lines: lines.running_head) for box in heads),
    ]
    if any(box.line(own) != box._box.text for box in boxes):  # noqa: SLF001 - this is its own room
        raise UnshareableError("an own line has another text")
    return boxes


def _boxes_of(number: int, page: Any) -> Iterator[tuple[str, tuple[int, Any]]]:
    """Yield the blocks of own lines of a page."""
    from weasyprint.formatting_structure.boxes import BlockBox, MarginBox

    for child in page.children:
        if isinstance(child, MarginBox):
            if child.at_keyword == "@top-left" and child.children:
                if child.style["width"] == "auto":
                    raise UnshareableError("the running head's width follows its text")
                yield "head", (number, child)
            continue
        for block in child.descendants(placeholders=True):
            element = block.element
            if element is None or not isinstance(block, BlockBox):
                continue
            if element.get("id") == "address":
                for line in block.children:
                    yield "address", (number, line)
            elif element.get("class") == "salutation":
                yield "salutation", (number, block)


def _leads(number: int, page: Any, lead: str | None) -> Iterator[tuple[int, Any]]:
    """Yield the paragraphs of a page whose first line is the lead."""
    from weasyprint.formatting_structure.boxes import BlockBox, TextBox

    for block in page.descendants():
        if isinstance(block, BlockBox) and block.element_tag == "p" and lead is not None:
            texts = [box.text for box in block.descendants() if isinstance(box, TextBox)]
            if texts[:1] == [lead]:
                yield number, block


def _address_line(number: int) -> Callable[[OwnLines], str]:
    return lambda lines: lines.address[number]


def _own_box(number: int, block: Any, line: Callable[[OwnLines], str]) -> OwnBox:
    from weasyprint.formatting_structure.boxes import BlockContainerBox, LineBox, TextBox

    if not isinstance(block, BlockContainerBox) or not block.is_in_normal_flow() or len(block.children) != 1:
        raise UnshareableError("an own line is no plain block of one line")
    (row,) = block.children
    if not isinstance(row, LineBox) or len(row.children) != 1 or not isinstance(row.children[0], TextBox):
        raise UnshareableError("an own line is not one piece of text")
    if row.text_overflow != "clip" or row.block_ellipsis != "none":
        raise UnshareableError("an own line may be cut")
    (text,) = row.children
    style = text.style
    plain = (
        style["text_decoration_line"] == "none",
        style["text_transform"] == "none",
        style["white_space"] == "normal",
        style["visibility"] == "visible",
        text.position_x == block.content_box_x(),
    )
    if not all(plain):
        raise UnshareableError("an own line's style moves with its text")
    laid_out = _laid_out(text.text, style)
    if laid_out is None:
        raise UnshareableError("an own line is more than a line")
    return OwnBox(number, block.width, line, text, laid_out.metrics)


def _laid_out(text: str, style: Any) -> _LaidOut | None:
    """Lay a line out without a limit; None when it breaks all the same."""
    from weasyprint.text.line_break import create_layout, first_line_metrics

    layout = create_layout(text, style, None, None, 0)
    first, rest = layout.get_first_line()
    if rest is not None:
        return None
    layout, _, _, width, height, baseline = first_line_metrics(first, text, layout, rest, True, style)  # noqa: FBT003 - the engine's signature
    return _LaidOut(layout, width, (height, baseline))


def _drawn(box: Any, content: Any, fonts: dict[Any, Any]) -> list[Any]:
    """Return the items between BT and ET, both included, that draw a box of text."""
    from weasyprint.draw.text import draw_text

    stream = content.clone(fonts=fonts, tags=None)
    draw_text(stream, box, 0, "clip", "none")
    return list(stream.stream[stream.stream.index(b"BT") :])
