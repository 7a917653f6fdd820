"""Text that is only read: paragraphs with indents, which further lines keep."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.app import ComposeResult

_WIDEST = 90  # columns


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Some text, and how many columns it is set in."""

    text: Content
    indent: int = 0

    def lines(self, width: int) -> list[Content]:
        """Return its lines."""
        room = max(width - self.indent, 10)
        return [line.pad_left(self.indent) for line in self.text.wrap(room)]


EMPTY = Paragraph(Content(""))


class Leaf(VerticalScroll, can_focus=True):
    """Paragraphs about one letter, to be scrolled by keys."""

    def __init__(self, name: str) -> None:
        super().__init__(classes="leaf")
        self._text = Static("", id=name, markup=False)
        self._letter: str | None = None
        self._paragraphs: tuple[Paragraph, ...] = ()

    def compose(self) -> ComposeResult:
        """Lay it out."""
        yield self._text

    def show(self, letter: str, paragraphs: Iterable[Paragraph]) -> None:
        """Show paragraphs; those about the same letter stay where they were scrolled to."""
        self._paragraphs = tuple(paragraphs)
        self._draw()
        if letter != self._letter:
            self.scroll_home(animate=False)
        self._letter = letter

    def on_resize(self) -> None:
        """Fit the lines to the new width."""
        self._draw()

    def _draw(self) -> None:
        width = min(self.scrollable_content_region.width, _WIDEST)
        if width:
            lines = [line for paragraph in self._paragraphs for line in paragraph.lines(width)]
            self._text.update(Content("\n").join(lines))
