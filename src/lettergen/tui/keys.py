"""The keys, always in sight, and the line above them in which the screen speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from textual.binding import Binding
from textual.content import Content
from textual.style import Style
from textual.widgets import Static

from lettergen.tui.words import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.binding import BindingType

Tone = Literal["done", "told", "refused"]

_READING = (
    ("n", "next", "next_letter"),
    ("p", "previous", "previous_letter"),
    ("/", "filter", "filter"),
    ("d", "changes", "changes"),
    ("o", "open PDF", "open_pdf"),
    ("?", "help", "help"),
    ("q", "quit", "quit"),
)
_DECIDING = (
    ("c", "comment", "comment"),
    ("a", "approve", "approve"),
    ("r", "request changes", "request_changes"),
    ("u", "undo", "undo"),
)
_TABS = (("1", "letter"), ("2", "changes"), ("3", "findings"), ("4", "decisions"))
_NAMES = {"/": "slash", "?": "question_mark"}

BINDINGS: list[BindingType] = [
    *(Binding(_NAMES.get(key, key), action, words, show=False) for key, words, action in (*_READING, *_DECIDING)),
    *(Binding(key, f"show_tab('{tab}')", tab, show=False) for key, tab in _TABS),
    Binding("escape", "leave_filter", "leave the filter", show=False),
]

_GAP = Content("   ")
_SIGNS: dict[Tone, tuple[str, str]] = {
    "done": ("✔", "$success"),
    "told": ("›", "$primary"),
    "refused": ("!", "$warning"),
}


class KeyBar(Static):
    """The keys to read with, then those to decide with: on one line where there is room, else on two or more."""

    def __init__(self) -> None:
        super().__init__("", id="keys", markup=False)
        self._groups = [[_key(*key) for key in keys] for keys in (_READING, _DECIDING)]

    def on_resize(self) -> None:
        """Part the keys into lines; none is parted from its words."""
        groups = [_lines(keys, self.size.width) for keys in self._groups]
        together = _GAP.join([line for lines in groups for line in lines])
        fits = together.cell_length <= self.size.width
        self.update(together if fits else Content("\n").join([line for lines in groups for line in lines]))


class MessageLine(Static):
    """What the screen has to say; it goes away with the next thing that is done.

    Attributes:
        tone: of what stands there; None for nothing.
    """

    def __init__(self) -> None:
        super().__init__("", id="message", markup=False)
        self.tone: Tone | None = None

    def say(self, sentence: str, tone: Tone) -> None:
        """Show a sentence until the next one."""
        self.tone = tone
        sign, colour = _SIGNS[tone]
        self.update(Content.assemble((sign, f"bold {colour}"), " ", plain(sentence)))
        self.display = True

    def hush(self) -> None:
        """Show nothing any more."""
        self.tone = None
        self.display = False


def _lines(keys: Sequence[Content], width: int) -> list[Content]:
    lines: list[Content] = []
    for key in keys:
        longer = _GAP.join([*lines[-1:], key])
        if lines and longer.cell_length <= width:
            lines[-1] = longer
        else:
            lines.append(key)
    return lines


def _key(key: str, words: str, action: str) -> Content:
    return Content.assemble((key, "bold $primary"), " ", (words, "$foreground-muted")).stylize(
        Style.from_meta({"@click": f"app.{action}"})
    )
