"""The letters on the left; on the right what the chosen one says, what changed, what is found, who decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static, TabbedContent, TabPane

from lettergen.review.standing import in_words
from lettergen.tui.changes import changes
from lettergen.tui.decisions import decisions
from lettergen.tui.findings import FindingsList
from lettergen.tui.leaf import Leaf
from lettergen.tui.letter_text import LetterText
from lettergen.tui.letters import Counts, LetterList, rows
from lettergen.tui.words import STANDINGS, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from lettergen.problems import Problem
    from lettergen.review.review import Review
    from lettergen.review.standing import LetterState
    from lettergen.tui.letters import Row


class Room(Horizontal):
    """What the screen shows of a campaign.

    Attributes:
        review: the campaign; None before it was read.
        letter: id of the letter that is shown; None before there is one.
    """

    def __init__(self, summit: str) -> None:
        super().__init__(id="room")
        self.review: Review | None = None
        self.letter: str | None = None
        self._summit = summit
        self._rows: tuple[Row, ...] = ()

    def compose(self) -> ComposeResult:
        """Lay it out."""
        with Vertical(id="side"):
            yield Static(plain(self._summit), id="summit", markup=False)
            yield Input(placeholder="id, name or state", id="filter", compact=True)
            yield LetterList()
            yield Counts()
        with Vertical(id="main"):
            yield Standing()
            with TabbedContent(initial="letter", id="tabs"):
                with TabPane("Letter", id="letter"):
                    yield LetterText()
                with TabPane("Changes", id="changes"):
                    yield Leaf("changes-text")
                with TabPane("Findings", id="findings"):
                    yield FindingsList()
                with TabPane("Decisions", id="decisions"):
                    yield Leaf("decisions-text")

    @property
    def tab(self) -> str:
        """The tab that is in front: letter, changes, findings or decisions."""
        return self.query_one(TabbedContent).active

    @property
    def text(self) -> LetterText:
        """The letter as it reads."""
        return self.query_one(LetterText)

    @property
    def findings(self) -> FindingsList:
        """What the check says."""
        return self.query_one(FindingsList)

    @property
    def _leaf(self) -> Leaf:
        return self.query_one(f"#{self.tab}", TabPane).query_one(Leaf)

    def take(self, review: Review) -> None:
        """Show a campaign as it is now; the chosen letter stays, where it is still written."""
        self.review = review
        self._rows = rows(review)
        if self.letter not in review.snapshots:
            self.letter = next(iter(review.snapshots), None)
        self.filter()
        self.show()

    def filter(self) -> None:
        """List the letters that the filter lets through."""
        sought = self.query_one("#filter", Input).value
        found = [row for row in self._rows if row.matches(sought)]
        self.query_one(LetterList).show(found, self.letter)
        self.query_one(Counts).show(self._rows, len(found))

    def show(self) -> None:
        """Show the chosen letter on the tab that is in front; the others are made when they come forward."""
        if self.review is None or self.letter is None:
            return
        review, letter = self.review, self.letter
        self.query_one(Standing).show(review.state(letter))
        match self.tab:
            case "letter":
                comments = [comment for comment in review.state(letter).comments if comment.block]
                quotes = [comment.decision.quote for comment in comments if comment.decision.quote]
                self.text.show(review.snapshots[letter], quotes)
            case "changes":
                self._leaf.show(letter, changes(review, letter))
            case "decisions":
                self._leaf.show(letter, decisions(review, letter))

    def show_findings(self, problems: Sequence[Problem]) -> None:
        """Show what the check says now, and how much that is."""
        self.findings.show(problems)
        number = f" ({len(problems)})" if problems else ""
        self.query_one(TabbedContent).get_tab("findings").label = Content(f"Findings{number}")

    def step(self, by: int) -> bool:
        """Go some letters on, or back; return whether there was one."""
        letters = self.query_one(LetterList)
        to = (letters.highlighted or 0) + by
        if not 0 <= to < letters.option_count:
            return False
        letters.highlighted = to
        return True

    def show_tab(self, tab: str) -> None:
        """Bring a tab forward, and put the keys into it."""
        self.query_one(TabbedContent).active = tab
        places = {"letter": self.text, "findings": self.findings}
        self.screen.set_focus(places.get(tab) or self._leaf)  # at once: keys that are typed ahead belong to it

    def begin_filter(self) -> None:
        """Let a filter be written."""
        self.query_one("#side").add_class("-filtering")
        self.screen.set_focus(self.query_one("#filter"))

    def leave_filter(self) -> bool:
        """Show all letters again; return whether there was a filter."""
        if not self.query_one("#side").has_class("-filtering"):
            return False
        self.query_one("#filter", Input).value = ""
        self.query_one("#side").remove_class("-filtering")
        self.show_tab(self.tab)
        return True

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show the letter that the cursor is on."""
        if event.option_list.id == "letters" and event.option.id != self.letter:
            self.letter = event.option.id
            self.show()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Go on from the list to what is shown of the letter."""
        if event.option_list.id == "letters":
            self.show_tab(self.tab)

    def on_tabbed_content_tab_activated(self) -> None:
        """Make what the tab shows."""
        self.show()

    def on_input_changed(self) -> None:
        """Filter while it is written."""
        self.filter()

    def on_input_submitted(self) -> None:
        """Go on to what is shown of the letter; the filter stays."""
        self.show_tab(self.tab)


class Standing(Static):
    """Which letter is shown, and how it stands."""

    def __init__(self) -> None:
        super().__init__("", id="standing", markup=False)
        self._height = 0

    def show(self, found: LetterState) -> None:
        """Show how a letter stands; everything below is laid out anew only where that takes more or fewer lines."""
        sign, _, colour = STANDINGS[found.standing]
        text = Content.assemble((found.letter, "bold"), "  ", (sign, colour), " ", plain(in_words(found)))
        height = len(text.wrap(max(self.content_size.width, 1)))
        self.update(text, layout=height != self._height)
        self._height = height
