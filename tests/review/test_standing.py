"""Who has approved, who has not yet, who wants changes."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lettergen.model import ReviewRules
from lettergen.render.reading import Block
from lettergen.review.decisions import Decision, Quote
from lettergen.review.reviewer import Reviewer
from lettergen.review.snapshot import Snapshot
from lettergen.review.standing import Anchored, LetterState, Missing, in_words, state
from review.office import ANN, BO, Office, decided

CLEO = Reviewer("Cleo Third", "cleo@example.org")
BLOCKS = (Block("subject", "", "", "Rights"), Block("opening", "", "", "The summit is near."))
NOW = Snapshot("costa.en", BLOCKS, {})
BEFORE = Snapshot("costa.en", BLOCKS[:1], {})
TWO_ROLES = ReviewRules(roles=("facts", "director"))


def approve(by: Reviewer, role: str | None = None, snapshot: Snapshot = NOW) -> Decision:
    """Return an approval."""
    return decided(by, "approve", text=snapshot.hash, role=role)


def request(by: Reviewer, snapshot: Snapshot = NOW) -> Decision:
    """Return a request for changes."""
    return decided(by, "request-changes", text=snapshot.hash, words="Shorter.")


def stands(*decisions: Decision, rules: ReviewRules | None = None) -> LetterState:
    """Return how the letter stands after decisions, in this order."""
    withdrawn = {decision.withdraws for decision in decisions if decision.withdraws}
    return state(NOW, decisions, {taken for taken in withdrawn if taken}, rules)


@pytest.mark.parametrize(
    ("rules", "decisions", "words", "missing"),
    [
        (None, (), "open: 0 of 1 approval", Missing(1, ())),
        (None, (approve(ANN),), "approved", Missing(0, ())),
        (None, (approve(ANN, snapshot=BEFORE),),
         "lapsed: Ann Example approved another text; 0 of 1 approval", Missing(1, ())),
        (None, (request(ANN),), "changes requested by Ann Example", Missing(1, ())),
        (None, (decided(ANN, "comment", text=NOW.hash, words="?", quote=Quote("Rights", "", "")),),
         "open: 0 of 1 approval", Missing(1, ())),
        (ReviewRules(approvals=2), (approve(ANN),), "open: 1 of 2 approvals", Missing(1, ())),
        (ReviewRules(approvals=2), (approve(ANN), approve(BO)), "approved", Missing(0, ())),
        (ReviewRules(approvals=2), (approve(ANN), approve(BO, snapshot=BEFORE)),
         "lapsed: Bo Chief approved another text; 1 of 2 approvals", Missing(1, ())),
        (ReviewRules(approvals=2), (approve(ANN), approve(BO), request(CLEO), request(BO)),
         "changes requested by Cleo Third and Bo Chief", Missing(1, ())),
        (TWO_ROLES, (), "open: 0 of 2 approvals, facts and director still", Missing(2, ("facts", "director"))),
        (TWO_ROLES, (approve(ANN, "facts"),), "open: 1 of 2 approvals, director still", Missing(1, ("director",))),
        (TWO_ROLES, (approve(ANN, "facts"), approve(BO, "facts")),
         "open: 2 of 2 approvals, director still", Missing(1, ("director",))),
        (TWO_ROLES, (approve(ANN, "facts"), approve(BO, "director")), "approved", Missing(0, ())),
        (ReviewRules(approvals=3, roles=("facts",)), (approve(ANN), approve(BO, "facts")),
         "open: 2 of 3 approvals", Missing(1, ())),
        (ReviewRules(approvals=3, roles=("facts",)), (approve(ANN), approve(BO, "facts"), approve(CLEO)),
         "approved", Missing(0, ())),
    ],
)  # fmt: skip
def test_standing(rules: ReviewRules | None, decisions: tuple[Decision, ...], words: str, missing: Missing) -> None:
    """Each standing, in words, and what is missing for it to be approved."""
    found = stands(*decisions, rules=rules)
    assert (in_words(found), found.missing) == (words, missing)


def test_nobody_counts_twice() -> None:
    """One person under two names, with one mail address in any case, and in two roles, is one person: the last."""
    again = Reviewer("A. Example", "ANN@example.org")
    found = stands(approve(ANN, "facts"), approve(again, "director"), rules=TWO_ROLES)
    assert found.approvals == (approve(again, "director"),)
    assert (found.standing, found.missing) == ("open", Missing(1, ("facts",)))


def test_the_last_word_of_each_counts() -> None:
    """Who approves after asking for changes approves; who asks after approving asks."""
    assert stands(request(ANN), approve(ANN)).standing == "approved"
    assert stands(approve(ANN), request(ANN)).standing == "changes-requested"


def test_a_request_survives_an_edit() -> None:
    """A request for changes of an earlier text stands, whatever others approve, until its author does."""
    asked = request(ANN, BEFORE)
    assert stands(asked, approve(BO), approve(CLEO)).standing == "changes-requested"
    assert stands(asked, approve(ANN)).standing == "approved"
    assert stands(asked, approve(BO), decided(ANN, "withdraw", withdraws=asked)).standing == "approved"


def test_a_withdrawn_approval_is_none() -> None:
    """It counts no more, not as lapsed either; what its author said before counts again."""
    approval = approve(ANN)
    taken = decided(ANN, "withdraw", withdraws=approval)
    assert stands(approval, taken).standing == "open"
    asked = request(ANN, BEFORE)
    found = stands(asked, approval, taken)
    assert (found.standing, found.requests) == ("changes-requested", (asked,))
    before = approve(ANN, snapshot=BEFORE)
    assert stands(before, decided(ANN, "withdraw", withdraws=before)).lapsed == ()


def test_comments_are_not_lost() -> None:
    """Each comment stands at its passage, or detached; only its author's withdrawal takes it away."""
    here = decided(ANN, "comment", words="Which?", quote=Quote("summit", "The ", " is near."))
    gone = decided(ANN, "comment", words="Hm.", quote=Quote("conference", "", ""))
    taken = decided(BO, "comment", words="No.", quote=Quote("summit", "", ""))
    found = stands(here, gone, taken, decided(BO, "withdraw", withdraws=taken))
    assert found.comments == (Anchored(here, ("opening", "")), Anchored(gone, None))


# What each of three people adds on a branch: approvals of this text or another, requests, second thoughts.
ADDED = st.lists(st.tuples(st.sampled_from(("approve", "request-changes", "withdraw")), st.booleans()), max_size=3)


def branch(by: Reviewer, start: Decision, added: list[tuple[str, bool]], minutes: int) -> list[Decision]:
    """Return the decisions of somebody's branch, each knowing the one before."""
    made: list[Decision] = []
    for number, (kind, of_now) in enumerate(added):
        text, at, knew = (NOW if of_now else BEFORE).hash, minutes + 3 * number, [made[-1] if made else start]
        if kind == "approve":
            made.append(decided(by, "approve", knew=knew, text=text, minutes=at))
        elif kind == "request-changes" or not made:
            made.append(decided(by, "request-changes", knew=knew, text=text, minutes=at, words="Shorter."))
        else:
            made.append(decided(by, "withdraw", knew=knew, text=text, minutes=at, withdraws=made[-1]))
    return made


@given(st.data(), st.lists(ADDED, min_size=2, max_size=3))
def test_the_order_of_lines_after_a_merge(data: st.DataObject, additions: list[list[tuple[str, bool]]]) -> None:
    """However merges leave the lines of several people, the letter stands the same, and nothing is amiss."""
    start = decided(CLEO, "comment", text=NOW.hash, words="?", quote=Quote("Rights", "", ""))
    people = zip((ANN, BO, CLEO), additions, strict=False)
    branches = [branch(by, start, added, 1 + number) for number, (by, added) in enumerate(people)]
    lines = [start, *(decision for one in branches for decision in one)]
    with TemporaryDirectory() as folder:
        office = Office(Path(folder))

        def found(order: list[Decision]) -> tuple[LetterState, list[tuple[str, str]]]:
            office.write(*order)
            history = office.history()
            return state(NOW, history.decisions, history.withdrawn, ReviewRules(approvals=2)), office.found()

        assert found(data.draw(st.permutations(lines))) == found(lines)
        assert office.found() == []
