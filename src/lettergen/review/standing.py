"""How a letter stands: who has approved this very text, who has not yet, who wants it changed. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from lettergen.language.lists import list_in_words
from lettergen.model import ReviewRules
from lettergen.review.anchors import find

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from lettergen.review.anchors import BlockKey
    from lettergen.review.decisions import Decision
    from lettergen.review.snapshot import Snapshot

Standing = Literal["approved", "open", "lapsed", "changes-requested"]


@dataclass(frozen=True, slots=True)
class Missing:
    """What a letter still needs: at least so many people, and somebody in each of these roles."""

    approvals: int
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Anchored:
    """A comment and the block in which its passage begins (kind, id); None when the letter says it no more."""

    decision: Decision
    block: BlockKey | None


@dataclass(frozen=True, slots=True)
class LetterState:
    """How a letter stands.

    Attributes:
        letter: its id.
        text: the hash of what it says now.
        standing: approved by all that the rules ask for; open; lapsed (approved, but another text); or somebody
            wants it changed.
        people: how many the rules ask for.
        approvals: of exactly this text, one of each person.
        lapsed: the approvals that were of another text.
        requests: the requests for changes that stand.
        comments: all that were not taken back.
        missing: what it still needs.
    """

    letter: str
    text: str
    standing: Standing
    people: int
    approvals: tuple[Decision, ...]
    lapsed: tuple[Decision, ...]
    requests: tuple[Decision, ...]
    comments: tuple[Anchored, ...]
    missing: Missing


def state(
    snapshot: Snapshot, decisions: Sequence[Decision], withdrawn: Collection[str], rules: ReviewRules | None
) -> LetterState:
    """Return how a letter stands.

    Args:
        snapshot: what it says now.
        decisions: all about this letter, in order.
        withdrawn: hashes of those that were taken back.
        rules: of the campaign; one approval is enough without them.
    """
    rules = rules or ReviewRules()
    standing = [decision for decision in decisions if decision.hash not in withdrawn]
    # The last word of each person counts; one person is never two.
    last = {d.by.person: d for d in standing if d.decision in {"approve", "request-changes"}}
    said = sorted(last.values(), key=standing.index)
    approvals = tuple(d for d in said if d.decision == "approve" and d.text == snapshot.hash)
    lapsed = tuple(d for d in said if d.decision == "approve" and d.text != snapshot.hash)
    requests = tuple(d for d in said if d.decision == "request-changes")
    missing = _missing(rules, approvals)
    return LetterState(
        letter=snapshot.letter,
        text=snapshot.hash,
        standing=_standing(missing, lapsed, requests),
        people=rules.people,
        approvals=approvals,
        lapsed=lapsed,
        requests=requests,
        comments=tuple(
            Anchored(d, find(d.quote, snapshot.blocks)) for d in standing if d.decision == "comment" and d.quote
        ),
        missing=missing,
    )


def in_words(found: LetterState) -> str:
    """Return how a letter stands in a few words: “open: 1 of 2 approvals, director still”."""
    if found.standing == "approved":
        return "approved"
    if found.standing == "changes-requested":
        return f"changes requested by {_names(found.requests)}"
    still = f", {list_in_words(found.missing.roles, 'en')} still" if found.missing.roles else ""
    approvals = f"{len(found.approvals)} of {found.people} approval{'' if found.people == 1 else 's'}{still}"
    if found.standing == "lapsed":
        return f"lapsed: {_names(found.lapsed)} approved another text; {approvals}"
    return f"open: {approvals}"


def _standing(missing: Missing, lapsed: Sequence[Decision], requests: Sequence[Decision]) -> Standing:
    if requests:
        return "changes-requested"
    if missing == Missing(0, ()):
        return "approved"
    return "lapsed" if lapsed else "open"


def _missing(rules: ReviewRules, approvals: Sequence[Decision]) -> Missing:
    filled = {decision.role for decision in approvals}
    roles = tuple(role for role in rules.roles if role not in filled)
    return Missing(max(rules.people - len(approvals), len(roles)), roles)


def _names(decisions: Sequence[Decision]) -> str:
    return list_in_words([decision.by.name for decision in decisions], "en")
