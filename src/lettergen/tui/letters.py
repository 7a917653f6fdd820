"""The letters of a campaign, one row each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from lettergen.tui.words import STANDINGS, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lettergen.review.review import Review
    from lettergen.review.standing import Standing

_WORD_WIDTH = max(len(word) for _, word, _ in STANDINGS.values())
_ROOM_FOR_NAMES = 44  # columns, from which on a row has the recipient's name too
_LONGEST_ID = 22


@dataclass(frozen=True, slots=True)
class Row:
    """A letter as the list has it: its id, who gets it, and how it stands."""

    id: str
    name: str
    standing: Standing

    def matches(self, sought: str) -> bool:
        """Whether every word that is sought stands in the id, the name or the state."""
        text = f"{self.id} {self.name} {self.standing} {STANDINGS[self.standing][1]}".casefold()
        return all(word in text for word in sought.casefold().split())


def rows(review: Review) -> tuple[Row, ...]:
    """Return the rows of a campaign, in its order."""
    return tuple(
        Row(letter.id, shown(letter.recipient_name), review.state(letter.id).standing)
        for letter in review.prepared.letters
    )


class LetterList(OptionList):
    """The rows, of which only those in sight are drawn."""

    def __init__(self) -> None:
        super().__init__(id="letters", markup=False, compact=True)
        self._rows: tuple[Row, ...] = ()

    def show(self, found: Sequence[Row], keep: str | None) -> None:
        """Show rows, and keep a letter chosen; where it is gone, the one that stands in its place.

        Args:
            found: the rows.
            keep: the letter's id.
        """
        before = self.highlighted or 0
        if tuple(found) != self._rows:
            self._rows = tuple(found)
            self._draw()
        places = {row.id: place for place, row in enumerate(found)}
        if found:
            self.highlighted = places.get(keep or "", min(before, len(found) - 1))

    def on_resize(self) -> None:
        """Draw the rows anew: their columns depend on the width."""
        chosen = self.highlighted
        self._draw()
        self.highlighted = chosen

    def _draw(self) -> None:
        names = self.size.width >= _ROOM_FOR_NAMES
        ids = min(_LONGEST_ID, max((len(row.id) for row in self._rows), default=0)) if names else 0
        self.set_options(Option(_prompt(row, ids), id=row.id) for row in self._rows)


def _prompt(row: Row, ids: int) -> Content:
    sign, word, colour = STANDINGS[row.standing]
    state = Content.styled(f"{sign} {word:<{_WORD_WIDTH}}", colour)
    if not ids:
        return Content.assemble(state, "  ", row.id)
    letter = row.id if len(row.id) <= ids else f"{row.id[: ids - 1]}…"
    return Content.assemble(state, "  ", f"{letter:<{ids}}", "  ", (row.name, "$foreground-muted"))


class Counts(Static):
    """How many letters there are, and how they stand."""

    def __init__(self) -> None:
        super().__init__("", id="counts", markup=False)

    def show(self, of: Iterable[Row], in_sight: int) -> None:
        """Count rows.

        Args:
            of: all letters.
            in_sight: how many of them the filter lets through.
        """
        of = tuple(of)
        letters = f"{len(of)} letter{'' if len(of) == 1 else 's'}"
        lines = [Content(letters if in_sight == len(of) else f"{in_sight} of {letters}")]
        for standing, (sign, word, colour) in STANDINGS.items():
            if number := sum(row.standing == standing for row in of):
                lines.append(Content.styled(f"{sign} {number} {word}", colour))
        self.update(Content("\n").join(lines))
