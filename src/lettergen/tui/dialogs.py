"""The questions that a decision asks, and the help."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Button, OptionList, Static, TextArea

from lettergen.tui.words import plain

if TYPE_CHECKING:
    from typing import ClassVar

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.events import Key

_LONGEST_QUOTE = 400
_HELP = (
    (
        "Reading",
        (
            ("n  p", "the next letter, the one before"),
            ("/", "filter the letters by id, name or state; Esc shows all again"),
            ("1 2 3 4", "the tabs: Letter, Changes, Findings, Decisions"),
            ("d", "what changed since the last approval; again: the letter"),
            ("Space  b", "a page on, a page back; the arrow keys go line by line"),
            ("Tab", "between the list, the tabs and the text"),
            ("o", "make a draft PDF of this letter, and open it"),
            ("Enter", "on a finding: open the editor there"),
        ),
    ),
    (
        "Deciding",
        (
            ("a", "approve the letter, exactly as it is shown"),
            ("r", "request changes"),
            ("c", "comment on the selected passage; select with Shift and the arrow keys, or the mouse"),
            ("u", "take back the latest of your decisions about this letter"),
        ),
    ),
    (
        "States",
        (
            ("● open", "approvals are missing"),
            ("✔ approved", "all have approved exactly this text"),
            ("✖ changes", "somebody asks for changes"),
            ("↺ lapsed", "what was approved is another text"),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Question:
    """What a dialog asks.

    Attributes:
        title: what is going to be decided, about which letter.
        by: who decides.
        button: the word on the button.
        about: what the words are for.
        missing: what to say when there are none; None when they may be left out.
        quote: the passage that a comment is about.
        roles: as what one may decide, the one first that is likely meant; None is no role.
    """

    title: str
    by: str
    button: str
    about: str
    missing: str | None = None
    quote: str | None = None
    roles: tuple[str | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered."""

    words: str
    role: str | None


class Words(TextArea):
    """Where words are written; Enter is the end of them."""

    class Done(Message):
        """The words are complete."""

    def __init__(self) -> None:
        super().__init__(id="words", compact=True, highlight_cursor_line=False)
        self.cursor_blink = False

    async def _on_key(self, event: Key) -> None:
        # Here and not as a binding with priority, which would overtake the letters that are still being typed.
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self.post_message(self.Done())
        else:
            await super()._on_key(event)


class Dialog(ModalScreen[Answer | None]):
    """A question about a decision; Escape leaves it undecided."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]

    def __init__(self, question: Question) -> None:
        super().__init__()
        self._question = question

    def compose(self) -> ComposeResult:
        """Lay the question out."""
        asked = self._question
        with Vertical(id="dialog") as dialog:
            dialog.border_title = Content(asked.title)
            yield Static(plain(f"as {asked.by}"), id="by", markup=False)
            if asked.quote is not None:
                with VerticalScroll(id="quote", can_focus=False):
                    yield Static(plain(_shortened(asked.quote)), markup=False)
            if asked.roles:
                yield Static("Role", classes="name", markup=False)
                yield OptionList(*(role or "none" for role in asked.roles), id="roles", markup=False, compact=True)
            yield Static(Content(asked.about), classes="name", markup=False)
            yield Words()
            yield Static("", id="missing", markup=False)
            with Horizontal(id="buttons"):
                yield Button(Content(f"{asked.button} (Enter)"), id="decide", compact=True)
                yield Button(Content("Leave (Esc)"), id="leave", compact=True)

    def on_mount(self) -> None:
        """Begin at the first question."""
        if self._question.roles:
            self.query_one("#roles", OptionList).highlighted = 0
        self.set_focus(self.query_one("#roles" if self._question.roles else "#words"))

    def on_option_list_option_selected(self) -> None:
        """Decide as the chosen role; where words are needed, go on to them."""
        if self._question.missing is None:
            self.action_decide()
        else:
            self.set_focus(self.query_one(Words))

    def on_words_done(self) -> None:
        """Answer when the words are complete."""
        self.action_decide()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Do what the button says."""
        if event.button.id == "decide":
            self.action_decide()
        else:
            self.action_leave()

    def action_decide(self) -> None:
        """Answer, unless words are missing."""
        words = self.query_one(Words).text.strip()
        if not words and self._question.missing:
            self.query_one("#missing", Static).update(Content(f"! {self._question.missing}"))
            self.set_focus(self.query_one(Words))
            return
        self.dismiss(Answer(words, self._role()))

    def action_leave(self) -> None:
        """Decide nothing."""
        self.dismiss(None)

    def _role(self) -> str | None:
        if not self._question.roles:
            return None
        return self._question.roles[self.query_one("#roles", OptionList).highlighted or 0]


class Help(ModalScreen[None]):
    """All keys, and what the signs mean."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,question_mark,enter", "dismiss", show=False)]

    def compose(self) -> ComposeResult:
        """Lay the help out."""
        with VerticalScroll(id="dialog") as dialog:
            dialog.border_title = Content("Help")
            dialog.border_subtitle = Content("Esc closes this")
            for title, keys in _HELP:
                yield Static(title, classes="name", markup=False)
                for key, words in keys:
                    with Horizontal(classes="key"):
                        yield Static(Content(key), classes="key-name", markup=False)
                        yield Static(Content(words), classes="key-words", markup=False)


def _shortened(quote: str) -> str:
    words = " ".join(quote.split())
    return f"“{words if len(words) <= _LONGEST_QUOTE else words[: _LONGEST_QUOTE - 1] + '…'}”"
