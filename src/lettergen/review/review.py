"""A campaign under review: its letters as they read now, and all that was decided about them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from lettergen.prepare import prepare
from lettergen.problems import UsageError, did_you_mean
from lettergen.review.history import read_history
from lettergen.review.snapshot import kept, take
from lettergen.review.standing import state
from lettergen.workspace.folder import LETTERS
from lettergen.workspace.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from lettergen.model import Language, Layout, ReviewRules
    from lettergen.prepare import Prepared
    from lettergen.review.decisions import Decision
    from lettergen.review.history import History
    from lettergen.review.snapshot import Snapshot
    from lettergen.review.standing import LetterState

_MOST_NAMED = 20


@dataclass(frozen=True)
class Review:
    """A campaign under review, as it was when it was read.

    Attributes:
        root: the workspace.
        summit: the folder's name.
        prepared: the campaign, without errors.
        snapshots: each letter as it reads, by its id, in the campaign's order.
        history: the decisions.
        rules: who must approve; None when the campaign asks for nobody.
    """

    root: Path
    summit: str
    prepared: Prepared
    snapshots: dict[str, Snapshot]
    history: History
    rules: ReviewRules | None

    @property
    def folder(self) -> Path:
        """The summit's folder."""
        return self.root / LETTERS / self.summit

    @cached_property
    def _states(self) -> dict[str, LetterState]:
        return {}

    def state(self, letter: str) -> LetterState:
        """Return how a letter stands."""
        if letter not in self._states:
            self._states[letter] = state(
                self.snapshots[letter], self.about(letter), self.history.withdrawn, self.rules
            )
        return self._states[letter]

    def states(self) -> tuple[LetterState, ...]:
        """Return how all letters stand, in the campaign's order."""
        return tuple(self.state(letter) for letter in self.snapshots)

    def about(self, letter: str) -> tuple[Decision, ...]:
        """Return all decisions about a letter, in order, those that were taken back too."""
        return self.history.by_letter.get(letter, ())

    @property
    def gone(self) -> tuple[str, ...]:
        """Ids of the letters that were decided about and that the campaign does not have now."""
        return tuple(letter for letter in self.history.by_letter if letter not in self.snapshots)

    def last_approval(self, letter: str) -> Decision | None:
        """Return the latest approval of a letter that was not taken back, of whatever text it was."""
        approvals = (
            decision
            for decision in reversed(self.about(letter))
            if decision.decision == "approve" and decision.hash not in self.history.withdrawn
        )
        return next(approvals, None)

    def last_approved(self, letter: str) -> Snapshot | None:
        """Return the text that was approved last; None when there is none, or it was not kept.

        Raises:
            FileError: it cannot be read.
        """
        approval = self.last_approval(letter)
        return kept(self.folder, approval.text) if approval else None

    def text_called(self, name: str) -> Snapshot | None:
        """Return the text whose hash begins like this, if it was decided about and kept.

        Raises:
            FileError: it cannot be read.
        """
        texts = {decision.text for decision in self.history.decisions if decision.text.startswith(name)}
        return kept(self.folder, texts.pop()) if len(texts) == 1 else None

    def is_name(self, text: str) -> bool:
        """Whether a text is the id of a letter, or of somebody who gets one."""
        return text in self._names

    def in_other_language(self, name: str) -> bool:
        """Whether a name is the id of a letter that this campaign writes in another language."""
        recipient, dot, _ = name.rpartition(".")
        return bool(dot) and name not in self._names and recipient in self._names

    def chosen(self, names: Sequence[str]) -> tuple[str, ...]:
        """Return the ids of the letters that are called by ids of letters or recipients; all when none is given.

        Raises:
            UsageError: the campaign has no such letter.
        """
        by_name = self._names
        for name in names:
            if name not in by_name:
                raise UsageError(f"This campaign has no letter {quoted(name)}.", help=self._way_out(name))
        wanted = {by_name[name] for name in names}
        return tuple(letter for letter in self.snapshots if not names or letter in wanted)

    def reread(self) -> Review:
        """Return these letters with the decisions as they are in the file now.

        Raises:
            FileError: the decisions cannot be read.
        """
        return replace(self, history=read_history(self.root, self.summit))

    @cached_property
    def _names(self) -> dict[str, str]:
        """What letters are called, with their ids."""
        by_recipient = {letter.recipient: letter.id for letter in self.prepared.letters}
        return by_recipient | {letter: letter for letter in self.snapshots}

    def _way_out(self, name: str) -> str:
        if self.in_other_language(name):
            recipient, _, language = name.rpartition(".")
            return f"The letter to {recipient} is {self._names[recipient]}; {name} needs --language {language}."
        some = list(self.snapshots)
        few = f"It has {', '.join(some[:_MOST_NAMED])}{', …' if len(some) > _MOST_NAMED else '.'}"
        return did_you_mean(name, self._names) or few


def load_review(
    root: Path, summit: str, *, language: Language | None = None, layout: Layout | None = None
) -> Review:
    """Return a campaign with its letters and everything that was decided about them.

    Args:
        root: the workspace.
        summit: the folder's name.
        language: for all letters, as `compose --language` writes them.
        layout: for all letters, as `compose --layout` sets them; it is part of the text that is approved.

    Raises:
        FindingsError: the campaign's files have mistakes.
        UsageError: there is no such summit, or it has no letters in this language.
        FileError: the decisions cannot be read.
    """
    prepared = prepare(root, summit, language=language, layout=layout)
    return review_of(root, summit, prepared)


def review_of(root: Path, summit: str, prepared: Prepared) -> Review:
    """Return a campaign that was prepared already, with everything that was decided about its letters.

    Raises:
        FileError: the decisions cannot be read.
    """
    snapshots = {letter.id: take(letter, prepared.head) for letter in prepared.letters}
    return Review(root, summit, prepared, snapshots, read_history(root, summit), prepared.campaign.review)
