"""The review screen: letters on the left, on the right what one says, what changed, what is found, who decided."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING

from textual.app import App
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Input, OptionList, Static, TabbedContent, TabPane

from lettergen.problems import LettergenError
from lettergen.review import deciding
from lettergen.review.deciding import Voice
from lettergen.tui.changes import changes
from lettergen.tui.decisions import decisions
from lettergen.tui.dialogs import Answer, Dialog, Help, Question
from lettergen.tui.editor import editor_command, open_file
from lettergen.tui.findings import FindingsList
from lettergen.tui.keys import BINDINGS, KeyBar, MessageLine
from lettergen.tui.letter_text import LetterText
from lettergen.tui.letters import Counts, LetterList, rows
from lettergen.tui.watching import Loaded, load, stamp

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import ClassVar

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.widget import Widget

    from lettergen.review.decisions import Decision
    from lettergen.review.review import Review
    from lettergen.review.reviewer import Reviewer
    from lettergen.review.snapshot import Snapshot
    from lettergen.tui.keys import Tone
    from lettergen.tui.watching import Campaign

_LOOKS_EVERY = 0.5  # seconds


class ReviewScreen(App[None]):
    """The screen, over one campaign and for one reviewer."""

    CSS_PATH = "screen.tcss"
    BINDINGS: ClassVar[list[BindingType]] = BINDINGS
    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (150, "-wide")]  # noqa: RUF012 - Textual's own declaration

    def __init__(self, campaign: Campaign, reviewer: Reviewer) -> None:
        super().__init__()
        self._campaign = campaign
        self._reviewer = reviewer
        self._loaded: Loaded | None = None
        self._review: Review | None = None  # the last one without mistakes
        self._letter: str | None = None
        self._reading = False
        self._faulty = False

    def compose(self) -> ComposeResult:
        """Lay the screen out."""
        with Horizontal(id="room"):
            with Vertical(id="side"):
                yield Input(placeholder="id, name or state", id="filter", compact=True)
                yield LetterList()
                yield Counts()
            with TabbedContent(initial="letter", id="tabs"):
                with TabPane("Letter", id="letter"):
                    yield LetterText()
                with TabPane("Changes", id="changes"), VerticalScroll():
                    yield Static("", id="changes-text", markup=False)
                with TabPane("Findings", id="findings"):
                    yield FindingsList()
                with TabPane("Decisions", id="decisions"), VerticalScroll():
                    yield Static("", id="decisions-text", markup=False)
        yield MessageLine()
        yield KeyBar()

    def on_mount(self) -> None:
        """Read the campaign, and look after its files from now on."""
        self.title = self._campaign.summit
        self.query_one("#filter").display = False
        self.query_one(LetterList).focus()
        self._say("Reading the letters …", "told")
        self._read()
        self.set_interval(_LOOKS_EVERY, self._look)

    # What is on the disk

    def _read(self) -> None:
        if not self._reading:
            self._reading = True
            self.run_worker(self._load, thread=True)

    def _load(self) -> None:
        loaded = load(self._campaign, self._loaded)
        self.call_from_thread(self._take, loaded)

    def _look(self) -> None:
        if self._loaded is not None and not self._reading:
            self.run_worker(self._compare, thread=True, exclusive=True, group="look")

    def _compare(self) -> None:
        if self._loaded is not None and stamp(self._campaign) != self._loaded.stamp:
            self.call_from_thread(self._read)

    def _take(self, loaded: Loaded) -> None:
        """Show what was read; after a mistake the letters stay as they were before it."""
        self._reading = False
        first, self._loaded = self._loaded is None, loaded
        self.query_one(FindingsList).show(loaded.findings)
        self._count_findings(len(loaded.findings))
        if loaded.review is None:
            self._faulty = True
            why = loaded.trouble or "The files have mistakes."
            shown = "The letters shown are those before it." if self._review else "No letter can be shown yet."
            self._say(f"{why} {shown}", "refused")
            self._tabs.active = "findings"
            return
        before, self._review = self._review, loaded.review
        self._list()
        self._show()
        changed = before is not None and before.snapshots != loaded.review.snapshots
        if loaded.review.history.problems:
            self._say("The record of decisions is damaged: see Findings.", "refused")
        elif changed:
            self._say("The files have changed; this is what they say now.", "told")
        elif first or self._faulty:
            self.query_one(MessageLine).hush()
        self._faulty = False

    # What is shown

    @property
    def _tabs(self) -> TabbedContent:
        return self.query_one(TabbedContent)

    def _say(self, sentence: str, tone: Tone) -> None:
        self.query_one(MessageLine).say(sentence, tone)

    def _count_findings(self, number: int) -> None:
        self._tabs.get_tab("findings").label = f"Findings ({number})" if number else "Findings"

    def _list(self) -> None:
        if self._review is None:
            return
        sought = self.query_one("#filter", Input).value
        everything = rows(self._review)
        found = [row for row in everything if row.matches(sought)]
        self.query_one(LetterList).show(found, self._letter)
        self.query_one(Counts).show(everything, len(found))
        if self._letter not in self._review.snapshots:
            self._letter = found[0].id if found else everything[0].id

    def _show(self) -> None:
        """Show the chosen letter on the tab that is in front; the others are made when they come forward."""
        if self._review is None or self._letter is None:
            return
        match self._tabs.active:
            case "letter":
                comments = self._review.state(self._letter).comments
                quotes = [
                    comment.decision.quote for comment in comments if comment.block and comment.decision.quote
                ]
                self.query_one(LetterText).show(self._review.snapshots[self._letter], quotes)
            case "changes":
                self.query_one("#changes-text", Static).update(changes(self._review, self._letter))
            case "decisions":
                self.query_one("#decisions-text", Static).update(decisions(self._review, self._letter))

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show the letter that the cursor is on."""
        if event.option_list.id == "letters" and event.option.id and event.option.id != self._letter:
            self._letter = event.option.id
            self.query_one(MessageLine).hush()
            self._show()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open the editor at a finding; go on from a letter to its text."""
        if event.option_list.id == "findings-list":
            self._open_editor()
        elif event.option_list.id == "letters":
            self.action_show_tab("letter")

    def on_tabbed_content_tab_activated(self) -> None:
        """Make what the tab shows."""
        self._show()

    def on_input_changed(self) -> None:
        """Filter while it is written."""
        self._list()

    def on_input_submitted(self) -> None:
        """Go on to the list."""
        self.query_one(LetterList).focus()

    # Keys to read with

    def action_next_letter(self) -> None:
        """Go to the next letter."""
        self._step(1)

    def action_previous_letter(self) -> None:
        """Go to the letter before."""
        self._step(-1)

    def _step(self, by: int) -> None:
        letters = self.query_one(LetterList)
        to = (letters.highlighted or 0) + by
        if 0 <= to < letters.option_count:
            letters.highlighted = to
        else:
            self._say("This is the last letter." if by > 0 else "This is the first letter.", "told")

    def action_filter(self) -> None:
        """Let a filter be written."""
        sought = self.query_one("#filter")
        sought.display = True
        sought.focus()

    def action_leave_filter(self) -> None:
        """Leave the filter, and show all letters again."""
        sought = self.query_one("#filter", Input)
        sought.value = ""
        sought.display = False
        self.query_one(LetterList).focus()

    def action_show_tab(self, tab: str) -> None:
        """Bring a tab forward, and put the keys into it."""
        self._tabs.active = tab
        # At once: keys that are typed ahead belong to the tab.
        self.screen.set_focus(self._place_of_keys(tab))

    def _place_of_keys(self, tab: str) -> Widget:
        match tab:
            case "letter":
                return self.query_one(LetterText)
            case "findings":
                return self.query_one(FindingsList)
            case _:
                return self.query_one(f"#{tab} VerticalScroll")

    def action_changes(self) -> None:
        """Show what changed; once more, the letter."""
        self.action_show_tab("letter" if self._tabs.active == "changes" else "changes")

    def action_help(self) -> None:
        """Show all keys."""
        self.push_screen(Help())

    def action_open_pdf(self) -> None:
        """Make a draft of the letter and open it."""
        if self._review is None or self._letter is None:
            return
        self._say("Making a draft PDF …", "told")
        recipient = self._letter.rpartition(".")[0]
        self.run_worker(partial(self._make_draft, recipient), thread=True, exclusive=True, group="draft")

    def _make_draft(self, recipient: str) -> None:
        from lettergen.tui.draft import make_draft

        try:
            file = make_draft(self._campaign, recipient)
            open_file(file)
        except LettergenError as error:
            self.call_from_thread(self._say, str(error), "refused")
            return
        self.call_from_thread(self._say, f"Opened {file.name}, which lies in {file.parent}.", "done")

    def _open_editor(self) -> None:
        """Open the editor at a finding's place, if the user has named one."""
        import subprocess

        problem = self.query_one(FindingsList).chosen
        if problem is None:
            return
        command = editor_command(self._campaign.root, problem.where)
        if command is None:
            self._say(f"It is at {problem.where}. Set EDITOR, and Enter opens it there.", "told")
            return
        try:
            with self.suspend():
                subprocess.run(command, check=False)
        except OSError as error:
            self._say(f"{command[0]} cannot be started: {error.strerror or error}.", "refused")

    # Keys to decide with

    def action_approve(self) -> None:
        """Ask for role and words, and approve the text that is shown."""
        shown = self._shown()
        if shown is not None:
            self._ask(
                Question(
                    f"Approve {shown.letter}", str(self._reviewer), "Approve", "Words, if any", roles=self._roles()
                ),
                shown,
                lambda review, voice, words: deciding.approve(review, [shown.letter], voice, words or None),
            )

    def action_request_changes(self) -> None:
        """Ask what must change."""
        shown = self._shown()
        if shown is not None:
            self._ask(
                Question(
                    f"Request changes of {shown.letter}",
                    str(self._reviewer),
                    "Request changes",
                    "What must change",
                    missing="Say what must change.",
                    roles=self._roles(),
                ),
                shown,
                lambda review, voice, words: deciding.request_changes(review, [shown.letter], voice, words),
            )

    def action_comment(self) -> None:
        """Comment on the passage that is selected."""
        shown = self._shown()
        if shown is None:
            return
        passage = self.query_one(LetterText).passage()
        if self._tabs.active != "letter" or passage is None:
            self._say("Select a passage of the letter first: Shift with the arrow keys, or the mouse.", "refused")
            return
        self._ask(
            Question(
                f"Comment on {shown.letter}",
                str(self._reviewer),
                "Comment",
                "What you say about it",
                missing="Say something about it.",
                quote=passage.text,
            ),
            shown,
            lambda review, voice, words: deciding.comment(review, shown.letter, voice, passage.text, words),
        )

    def action_undo(self) -> None:
        """Take the latest decision of one's own about this letter back."""
        shown = self._shown()
        if shown is None or self._review is None:
            return
        last = deciding.last_of(self._review, self._reviewer, shown.letter)
        if last is None:
            self._say(f"You have decided nothing about {shown.letter} that could be taken back.", "refused")
            return
        self._decide(shown, None, "", lambda review, voice, _: deciding.withdraw(review, last.hash, voice))

    def _roles(self) -> tuple[str, ...]:
        return self._review.rules.roles if self._review and self._review.rules else ()

    def _shown(self) -> Snapshot | None:
        """Return the text that is decided about; None, and why, when there is none."""
        if self._loaded is None or self._review is None or self._letter is None:
            self._say("There is no letter to decide about yet.", "refused")
        elif self._loaded.review is None:
            self._say("The files have mistakes; mend them first (Findings).", "refused")
        else:
            return self._review.snapshots[self._letter]
        return None

    def _ask(
        self,
        question: Question,
        shown: Snapshot,
        make: Callable[[Review, Voice, str], tuple[Decision, ...]],
    ) -> None:
        def answered(answer: Answer | None) -> None:
            if answer is not None:
                self._decide(shown, answer.role, answer.words, make)

        self.push_screen(Dialog(question), answered)

    def _decide(
        self,
        shown: Snapshot,
        role: str | None,
        words: str,
        make: Callable[[Review, Voice, str], tuple[Decision, ...]],
    ) -> None:
        """Record a decision about the text that was shown; if it is another one by now, show that instead."""
        loaded = load(self._campaign, self._loaded)
        now = loaded.review.snapshots.get(shown.letter) if loaded.review else None
        if loaded.review is None or now is None or now.hash != shown.hash:
            self._take(loaded)
            self._say("The letter has changed meanwhile, so nothing was decided. Read it again.", "refused")
            return
        try:
            made = make(loaded.review, Voice(self._reviewer, role, dt.datetime.now(dt.UTC)), words)
        except LettergenError as error:
            self._say(f"{error} {error.help or ''}".strip(), "refused")
            return
        self._take(load(self._campaign, loaded))
        what = {
            "approve": "approved",
            "request-changes": "changes requested",
            "comment": "comment kept",
            "withdraw": "taken back",
        }[made[0].decision]
        self._say(f"{shown.letter}: {what} ({made[0].short}). u takes it back.", "done")
