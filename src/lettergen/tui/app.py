"""The review screen: reads the campaign, looks after its files, and answers keys."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
from functools import partial
from threading import Event, Lock
from typing import TYPE_CHECKING

from textual.app import App, SuspendNotSupported
from textual.message import Message
from textual.widgets import Static

from lettergen.problems import LettergenError
from lettergen.review.deciding import Voice
from lettergen.tui import asking
from lettergen.tui.dialogs import Answer, Dialog, Help
from lettergen.tui.editor import editor_command, open_file
from lettergen.tui.keys import BINDINGS, KeyBar, MessageLine
from lettergen.tui.room import Room
from lettergen.tui.theme import THEME
from lettergen.tui.watching import Loaded, load, stamp

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import ClassVar

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.widgets import OptionList

    from lettergen.review.decisions import Kind
    from lettergen.review.review import Review
    from lettergen.review.reviewer import Reviewer
    from lettergen.tui.asking import Proposal
    from lettergen.tui.keys import Tone
    from lettergen.tui.watching import Campaign

_LOOKS_EVERY = 0.5  # seconds
_DONE: dict[Kind, str] = {
    "approve": "approved",
    "request-changes": "changes requested",
    "comment": "comment kept",
    "withdraw": "taken back",
}


class Reread(Message):
    """The campaign was read, for the first time or because its files had changed."""

    def __init__(self, loaded: Loaded) -> None:
        super().__init__()
        self.loaded = loaded


class Told(Message):
    """Something that went on behind the screen has ended."""

    def __init__(self, sentence: str, tone: Tone, *, of_recording: bool = False) -> None:
        super().__init__()
        self.sentence, self.tone, self.of_recording = sentence, tone, of_recording


class ReviewScreen(App[None]):
    """The screen, over one campaign and for one reviewer."""

    CSS_PATH = "screen.tcss"
    BINDINGS: ClassVar[list[BindingType]] = BINDINGS
    ENABLE_COMMAND_PALETTE = False
    # As Textual declares them, which is not as class variables.
    HORIZONTAL_BREAKPOINTS = [(0, "-too-narrow"), (36, "-tiny"), (64, "-narrow"), (130, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-too-low"), (9, "-low"), (18, "-high")]  # noqa: RUF012

    def __init__(self, campaign: Campaign, reviewer: Reviewer) -> None:
        # Without colours those of the terminal are used, and then taken away: no shades of grey either.
        super().__init__(ansi_color=True if os.environ.get("NO_COLOR") else None)
        self.register_theme(THEME)
        self.theme = THEME.name
        self.animation_level = "none"  # over a slow line, and for eyes that want rest
        self._campaign = campaign
        self._reviewer = reviewer
        self._loaded: Loaded | None = None
        self._recordings = 0  # that have not ended
        self._in_turn = Lock()
        self._tab_before_mistakes: str | None = None
        self._wake = Event()
        self._left = False

    @property
    def failure(self) -> Exception | None:
        """The mistake of ours that ended the screen; None when it was left."""
        return self._exception

    @property
    def _room(self) -> Room:
        return self.query_one(Room)

    def compose(self) -> ComposeResult:
        """Lay the screen out."""
        yield Room(self._campaign.summit)
        yield MessageLine()
        yield KeyBar()
        yield Static("This window is too small for the letters: make it larger, or q to quit.", id="too-small")

    def on_mount(self) -> None:
        """Read the campaign, and look after its files from now on."""
        self.title = self._campaign.summit
        self._room.text.focus()
        self._say("Reading the letters …", "told")
        self.run_worker(self._watch, thread=True)

    def on_unmount(self) -> None:
        """Let nobody wait for the files any more."""
        self._left = True
        self._wake.set()

    # What goes on behind the screen, in threads

    def _watch(self) -> None:
        """Read the campaign, and again whenever its files have changed."""
        loaded: Loaded | None = None
        while not self._left:
            if loaded is None or stamp(self._campaign) != loaded.stamp:
                loaded = load(self._campaign, loaded)
                self.post_message(Reread(loaded))
            self._wake.wait(_LOOKS_EVERY)
            self._wake.clear()

    def _record(self, proposal: Proposal, answer: Answer) -> None:
        """Record a decision, after those before it, and say how that ended."""
        with self._in_turn:
            sentence, tone = self._recorded(proposal, answer)
        self._told(Told(sentence, tone, of_recording=True))

    def _recorded(self, proposal: Proposal, answer: Answer) -> tuple[str, Tone]:
        """Record a decision, if the letter still reads as it did when it was shown."""
        review = load(self._campaign, self._loaded).review
        now = review.snapshots.get(proposal.letter) if review else None
        if review is None or now is None or now.hash != proposal.text:
            return "The letter has changed meanwhile, so nothing was recorded. Read it as it is now.", "refused"
        try:
            voice = Voice(self._reviewer, answer.role, dt.datetime.now(dt.UTC))
            made = proposal.make(review, voice, answer.words)
        except LettergenError as error:
            return str(error), "refused"
        way_back = "" if made[0].decision == "withdraw" else " u takes it back."
        return f"{proposal.letter}: {_DONE[made[0].decision]} ({made[0].short}).{way_back}", "done"

    def _make_draft(self, recipient: str) -> None:
        from lettergen.tui.draft import make_draft

        try:
            file = make_draft(self._campaign, recipient)
        except LettergenError as error:
            self._told(Told(str(error), "refused"))
            return
        made = f"The draft is {file.relative_to(self._campaign.root)}."
        try:
            open_file(file)
        except LettergenError as error:
            self._told(Told(f"{error} {made}", "refused"))
        else:
            self._told(Told(made, "done"))

    def _told(self, message: Told) -> None:
        self.post_message(message)
        self._wake.set()

    def on_told(self, message: Told) -> None:
        """Say how it ended."""
        self._recordings -= message.of_recording
        self._say(message.sentence, message.tone)

    def on_reread(self, message: Reread) -> None:
        """Show what was read; after a mistake the letters stay as they were before it."""
        before, self._loaded = self._loaded, message.loaded
        room, loaded = self._room, message.loaded
        room.show_findings(loaded.findings)
        if loaded.review is None:
            self._show_mistakes(loaded)
            return
        was = room.review
        room.take(loaded.review)
        if self._tab_before_mistakes and room.tab == "findings":
            room.show_tab(self._tab_before_mistakes)
        self._tab_before_mistakes = None
        problems = loaded.review.history.problems
        if problems and (before is None or before.review is None or problems != before.review.history.problems):
            self._say("Something is wrong with the recorded decisions: see Findings.", "refused")
        elif was is not None and was.snapshots != loaded.review.snapshots:
            if self._message.tone != "refused":  # which says more about it
                self._say("The files have changed; this is what they say now.", "told")
        elif before is None or before.review is None:
            self._message.hush()  # what was said of the reading, or of mistakes

    def _show_mistakes(self, loaded: Loaded) -> None:
        room = self._room
        why = loaded.trouble or "The files have mistakes."
        shown = "The letters shown are as they were before." if room.review else "No letter can be shown yet."
        self._say(f"{why} {shown}", "refused")
        if self._tab_before_mistakes is None and loaded.findings:
            self._tab_before_mistakes = room.tab
            room.show_tab("findings")

    # Keys to read with

    def action_next_letter(self) -> None:
        """Go to the next letter."""
        self._step(1, "This is the last letter.")

    def action_previous_letter(self) -> None:
        """Go to the letter before."""
        self._step(-1, "This is the first letter.")

    def _step(self, by: int, end: str) -> None:
        if self._room.step(by):
            self._message.hush()
        else:
            self._say(end, "told")

    def action_show_tab(self, tab: str) -> None:
        """Bring a tab forward."""
        self._room.show_tab(tab)

    def action_changes(self) -> None:
        """Show what changed; once more, the letter."""
        self._room.show_tab("letter" if self._room.tab == "changes" else "changes")

    def action_filter(self) -> None:
        """Let a filter be written."""
        self._room.begin_filter()

    def action_leave_filter(self) -> None:
        """Leave the filter; without one, go back to the letter."""
        self._message.hush()
        if not self._room.leave_filter():
            self._room.show_tab("letter")

    def action_help(self) -> None:
        """Show all keys."""
        self.push_screen(Help())

    def action_help_quit(self) -> None:
        """Say how one leaves, where Ctrl+C was meant to."""
        self._say("q leaves the screen.", "told")

    def action_open_pdf(self) -> None:
        """Make a draft of the letter and open it."""
        room = self._room
        if self._loaded is None or room.letter is None or self._loaded.review is None:
            self._say(self._why_no_letter(), "refused")
            return
        self._say(f"Making a draft PDF of {room.letter} …", "told")
        recipient = room.letter.rpartition(".")[0]
        self.run_worker(partial(self._make_draft, recipient), thread=True, exclusive=True, group="draft")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open the editor at a finding."""
        problem = self._room.findings.chosen
        if event.option_list is not self._room.findings or problem is None:
            return
        command = editor_command(self._campaign.root, problem.where)
        if command is None:
            self._say(f"It is at {problem.where}. Set EDITOR, and Enter opens it there.", "told")
            return
        try:
            with self.suspend():
                subprocess.run(command, check=False)
        except (OSError, SuspendNotSupported) as error:
            self._say(f"{command[0]} cannot be started here ({error}). It is at {problem.where}.", "refused")
        self._wake.set()

    # Keys to decide with

    def action_approve(self) -> None:
        """Ask for role and words, and approve the text that is shown."""
        self._ask(asking.approval)

    def action_request_changes(self) -> None:
        """Ask what must change."""
        self._ask(asking.change_request)

    def action_comment(self) -> None:
        """Comment on the passage that is selected."""
        passage = self._room.text.passage() if self._room.tab == "letter" else None
        self._ask(partial(asking.comment, passage=passage))

    def action_undo(self) -> None:
        """Take the latest decision of one's own about this letter back."""
        if self._recordings:
            self._say("One moment: the decision before is being recorded.", "refused")
        else:
            self._ask(asking.withdrawal)

    def _ask(self, propose: Callable[[Review, str, Reviewer], Proposal]) -> None:
        room, loaded = self._room, self._loaded
        if loaded is None or loaded.review is None or room.letter is None:
            self._say(self._why_no_letter(), "refused")
        elif stamp(self._campaign).texts != loaded.stamp.texts:
            self._wake.set()
            self._say(
                "The files have just changed. Read the letter as it is now, then press the key again.", "refused"
            )
        else:
            try:
                proposal = propose(loaded.review, room.letter, self._reviewer)
            except asking.CannotError as error:
                self._say(str(error), "refused")
                return
            self._message.hush()
            if proposal.question is None:
                self._begin_recording(proposal, Answer("", None))
            else:
                self.push_screen(Dialog(proposal.question), partial(self._begin_recording, proposal))

    def _begin_recording(self, proposal: Proposal, answer: Answer | None) -> None:
        if answer is not None:
            self._recordings += 1
            self.run_worker(partial(self._record, proposal, answer), thread=True)

    def _why_no_letter(self) -> str:
        if self._loaded is None:
            return "The letters are still being read."
        return self._loaded.trouble or "The files have mistakes; mend them first. Findings tells where."

    @property
    def _message(self) -> MessageLine:
        return self.query_one(MessageLine)

    def _say(self, sentence: str, tone: Tone) -> None:
        self._message.say(sentence, tone)

    def _fatal_error(self) -> None:
        """End without Textual's traceback, which would show the values of variables; `failure` holds the error."""
        self._close_messages_no_wait()
