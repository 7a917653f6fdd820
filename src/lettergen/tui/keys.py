"""The keys, always in sight, and the line above them in which the screen speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from textual.binding import Binding
from textual.content import Content
from textual.style import Style
from textual.widgets import Static

from lettergen.tui.words import plain

if TYPE_CHECKING:
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

_SIGNS: dict[Tone, tuple[str, str]] = {
    "done": ("✔", "$success"),
    "told": ("›", "$primary"),
    "refused": ("!", "$warning"),
}


class KeyBar(Static):
    """Two lines: the keys to read with, and those to decide with; on a wide screen one."""

    def __init__(self) -> None:
        groups = [Content("   ").join([_key(*key) for key in keys]) for keys in (_READING, _DECIDING)]
        super().__init__(Content.assemble(groups[0], "\n", groups[1]), id="keys", markup=False)
        self._groups = groups

    def on_resize(self) -> None:
        """Put both groups on one line where there is room."""
        together = Content("   ").join(self._groups)
        self.update(together if together.cell_length <= self.size.width else Content("\n").join(self._groups))


class MessageLine(Static):
    """What the screen has to say; it goes away with the next thing that is done."""

    def __init__(self) -> None:
        super().__init__("", id="message", markup=False)

    def say(self, sentence: str, tone: Tone) -> None:
        """Show a sentence until the next one."""
        sign, colour = _SIGNS[tone]
        self.update(Content.assemble((sign, f"bold {colour}"), " ", plain(sentence)))
        self.display = True

    def hush(self) -> None:
        """Show nothing any more."""
        self.display = False


def _key(key: str, words: str, action: str) -> Content:
    return Content.assemble((key, "bold $primary"), f" {words}").stylize(
        Style.from_meta({"@click": f"app.{action}"})
    )
