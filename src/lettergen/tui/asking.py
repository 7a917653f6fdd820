"""What each deciding key asks, and what it then has recorded; or why it cannot be used now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lettergen.problems import UsageError
from lettergen.review import deciding
from lettergen.tui.dialogs import Question

if TYPE_CHECKING:
    from collections.abc import Callable

    from lettergen.review.deciding import Voice
    from lettergen.review.decisions import Decision
    from lettergen.review.review import Review
    from lettergen.review.reviewer import Reviewer
    from lettergen.tui.letter_text import Passage

    Make = Callable[[Review, Voice, str], tuple[Decision, ...]]


class CannotError(Exception):
    """A key cannot be used now. The message is the sentence that says why."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A decision that waits for an answer.

    Attributes:
        letter: id of the letter it is about.
        text: hash of the text that is shown, and that alone is decided about.
        question: what to ask before; None for nothing.
        make: records it; takes the campaign, who decides, and the words.
    """

    letter: str
    text: str
    question: Question | None
    make: Make


def approval(review: Review, letter: str, reviewer: Reviewer) -> Proposal:
    """Return what approving a letter asks.

    Raises:
        CannotError: this person has approved this text.
    """
    if deciding.has_approved(review, letter, reviewer):
        raise CannotError(f"You have approved {letter} as it reads now; nobody approves twice. u takes it back.")
    rules, mine = review.rules, _last_role(review, reviewer)
    roles: tuple[str | None, ...] = (*mine, *review.state(letter).missing.roles, *rules.roles) if rules else ()
    if rules and rules.approvals > len(rules.roles):
        roles = (*roles, None)
    question = Question(
        f"Approve {letter}", str(reviewer), "Approve", "Words, if you like", roles=tuple(dict.fromkeys(roles))
    )
    return _proposal(
        review, letter, question, lambda now, voice, words: deciding.approve(now, [letter], voice, words)
    )


def change_request(review: Review, letter: str, reviewer: Reviewer) -> Proposal:
    """Return what a request for changes asks."""
    roles = (*_last_role(review, reviewer), None, *review.rules.roles) if review.rules else ()
    question = Question(
        f"Request changes of {letter}",
        str(reviewer),
        "Request changes",
        "What must change",
        missing="Say what must change.",
        roles=tuple(dict.fromkeys(roles)),
    )
    return _proposal(
        review, letter, question, lambda now, voice, words: deciding.request_changes(now, [letter], voice, words)
    )


def comment(review: Review, letter: str, reviewer: Reviewer, passage: Passage | None) -> Proposal:
    """Return what a comment on a selected passage asks.

    Raises:
        CannotError: nothing is selected, or nothing that the letter says in a run.
    """
    if passage is None:
        raise CannotError("Select a passage of the letter first: Shift with the arrow keys, or the mouse.")
    try:
        quote = passage.quote(review.snapshots[letter].blocks)
    except UsageError:
        raise CannotError("Select words of the text itself, without headings, numbers and rules.") from None
    question = Question(
        f"Comment on {letter}",
        str(reviewer),
        "Comment",
        "What you say about it",
        missing="Say something about it.",
        quote=quote.exact,
    )
    return _proposal(
        review, letter, question, lambda now, voice, words: deciding.comment(now, letter, voice, quote, words)
    )


def withdrawal(review: Review, letter: str, reviewer: Reviewer) -> Proposal:
    """Return what takes the latest decision of one's own about a letter back.

    Raises:
        CannotError: there is none.
    """
    last = deciding.last_of(review, reviewer, letter)
    if last is None:
        raise CannotError(f"You have decided nothing about {letter} that could be taken back.")
    return _proposal(review, letter, None, lambda now, voice, _: deciding.withdraw(now, last.hash, voice))


def _proposal(review: Review, letter: str, question: Question | None, make: Make) -> Proposal:
    return Proposal(letter, review.snapshots[letter].hash, question, make)


def _last_role(review: Review, reviewer: Reviewer) -> list[str]:
    """Return the role in which somebody decided last, if the campaign still has it: the one likely meant again."""
    known = review.rules.roles if review.rules else ()
    mine = [decision.role for decision in review.history.decisions if decision.by.person == reviewer.person]
    return [role for role in reversed(mine) if role in known][:1]
