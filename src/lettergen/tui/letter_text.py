"""The letter as it reads: to be scrolled, and to have passages selected in it by keys and mouse."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual.binding import Binding
from textual.widgets import TextArea
from textual.widgets.text_area import Selection

from lettergen.problems import UsageError
from lettergen.render.reading import to_text
from lettergen.review.anchors import quote_in
from lettergen.tui.marks import spans
from lettergen.tui.words import shown

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import ClassVar

    from textual.binding import BindingType

    from lettergen.render.reading import Block
    from lettergen.review.decisions import Quote
    from lettergen.review.snapshot import Snapshot

WIDEST = 76  # columns: what is read with ease
_LEAST = 20
_AROUND = 80  # characters before and behind a selection, which tell it from the same words elsewhere


@dataclass(frozen=True, slots=True)
class Passage:
    """What is selected.

    Attributes:
        text: with the lines and calls of the screen.
        before: what stands in front of it.
        after: what stands behind it.
    """

    text: str
    before: str
    after: str

    def quote(self, blocks: Sequence[Block]) -> Quote:
        """Return the passage as it stands in a letter.

        Args:
            blocks: the letter.

        Raises:
            UsageError: the letter does not say it.
        """
        try:
            return self._quote(blocks, self.text)
        except UsageError:
            # Headings that a text runs on from, and numbers, stand before the words and are none of them.
            labels = [_in_any_lines(block.label) for block in blocks if block.label]
            if not labels:
                raise
            return self._quote(blocks, re.sub(rf"(?m)^\s*\[?(?:{'|'.join(labels)})\]?(?=\s|$)", " ", self.text))

    def _quote(self, blocks: Sequence[Block], text: str) -> Quote:
        # The same words may stand elsewhere: what is around them tells which are meant.
        return quote_in(blocks, text, (self.before, self.after))


class LetterText(TextArea):
    """A letter, fitted to the width; the passages of comments are underlined."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "cursor_page_down", show=False),
        Binding("b", "cursor_page_up", show=False),
    ]

    def __init__(self) -> None:
        super().__init__(
            id="letter-text",
            read_only=True,
            soft_wrap=False,
            compact=True,
            highlight_cursor_line=False,
        )
        self.cursor_blink = False
        self.match_cursor_bracket = False
        self._snapshot: Snapshot | None = None
        self._quotes: tuple[Quote, ...] = ()
        self._marks: dict[int, list[tuple[int, int]]] = {}

    def show(self, snapshot: Snapshot, quotes: Sequence[Quote]) -> None:
        """Show a letter; the same letter stays where it was scrolled to.

        Args:
            snapshot: the letter.
            quotes: what comments are about.
        """
        before, self._snapshot, self._quotes = self._snapshot, snapshot, tuple(quotes)
        self._fit(stay=before is not None and before.letter == snapshot.letter)

    def passage(self) -> Passage | None:
        """Return what is selected; None when that has no words."""
        if not self.selected_text.strip():
            return None
        start, end = sorted(self.selection)
        return Passage(
            self.selected_text,
            self.get_text_range((0, 0), start)[-_AROUND:],
            self.get_text_range(end, self.document.end)[:_AROUND],
        )

    def get_line(self, line_index: int) -> Any:  # Rich's Text, which Textual hands out
        """Return a line with the passages of comments underlined."""
        line = super().get_line(line_index)
        for start, end in self._marks.get(line_index, ()):
            line.stylize("underline", start, end)
        return line

    def on_resize(self) -> None:
        """Fit the letter to the new width."""
        self._fit(stay=True)

    def _fit(self, *, stay: bool) -> None:
        if self._snapshot is None or not self.size.width:
            return
        # The cursor stands behind the last sign of a line, too.
        width = max(_LEAST, min(WIDEST, self.scrollable_content_region.width - 1))
        text = shown(to_text(self._snapshot.blocks, width)).rstrip("\n")
        marks: dict[int, list[tuple[int, int]]] = {}
        for quote in self._quotes:
            for line, start, end in spans(quote, text):
                marks.setdefault(line, []).append((start, end))
        if stay and text == self.text and marks == self._marks:
            return
        self._marks = marks
        selection, scroll, same = self.selection, self.scroll_offset, text == self.text
        self.load_text(text)
        if not stay:
            self.scroll_home(animate=False)
            return
        self.selection = selection if same else Selection.cursor(self.clamp_visitable(selection.end))
        self.scroll_to(y=scroll.y, animate=False, force=True)


def _in_any_lines(words: str) -> str:
    return r"\s+".join(map(re.escape, words.split()))
