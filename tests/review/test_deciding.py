"""Holds what may be decided, by whom, about which text; and that what is refused writes nothing."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from lettergen.problems import RefusedError, UsageError
from lettergen.review import deciding
from lettergen.review.decisions import Quote
from lettergen.review.review import Review, load_review
from lettergen.review.snapshot import kept
from review.office import ANN, BO, NOON, SUMMIT, voice
from workspace.sample import LETTER, Sample

if TYPE_CHECKING:
    from collections.abc import Callable

TWO_ROLES = '[review]\napprovals = 2\nroles = ["facts", "director"]\n\n[[concern]]\nid = "civic-space"'
FIGURE = "700 organisations were"
COSTA, VON_DER_LEYEN = "costa.en", "von-der-leyen.en"


@pytest.fixture
def asks(sample: Sample) -> Sample:
    """Return the sample campaign with two roles to fill."""
    sample.plant(LETTER, '[[concern]]\nid = "civic-space"', TWO_ROLES)
    return sample


def opened(sample: Sample) -> Review:
    """Return the sample campaign as it is now."""
    return load_review(sample.root, SUMMIT)


def refusal(attempt: Callable[[], Any], sample: Sample) -> tuple[str, str | None]:
    """Return why something is refused; it has written nothing."""
    file = sample.root / "letters" / SUMMIT / "decisions.jsonl"
    before = file.read_bytes() if file.exists() else None
    with pytest.raises((RefusedError, UsageError)) as refused:
        attempt()
    assert (file.read_bytes() if file.exists() else None) == before
    return str(refused.value), refused.value.help


def test_approve(sample: Sample) -> None:
    """An approval is of the text that was shown, which is kept; once recorded, the letter is approved."""
    review = opened(sample)
    (made,) = deciding.approve(review, [COSTA], voice(ANN), "  Well done.\n")
    snapshot = review.snapshots[COSTA]
    assert (made.decision, made.letter, made.text, made.by, made.role) == (
        "approve",
        COSTA,
        snapshot.hash,
        ANN,
        None,
    )
    assert (made.at, made.words, made.knew) == (NOON, "Well done.", ())
    assert kept(review.folder, made.text) == snapshot
    assert [found.standing for found in review.reread().states()] == ["approved", "open"]


def test_text_that_was_shown(sample: Sample) -> None:
    """Who approves what was read while somebody edits approves what was read, and that has lapsed at once."""
    review = opened(sample)
    sample.plant(LETTER, "700 organisations", "701 organisations")
    deciding.approve(review, [COSTA], voice(ANN))
    assert opened(sample).state(COSTA).standing == "lapsed"


def test_nobody_approves_twice(sample: Sample) -> None:
    """The same text is approved once by a person, whatever they call themselves; another text is another matter."""
    deciding.approve(opened(sample), [COSTA], voice(ANN))
    again = replace(ANN, name="A. E.", mail="Ann@Example.org")
    assert refusal(lambda: deciding.approve(opened(sample), [VON_DER_LEYEN, COSTA], voice(again)), sample) == (
        "A. E. has already approved costa.en as it reads now; nobody approves twice.",
        "Somebody else must approve it. To take an approval back: lettergen withdraw.",
    )
    deciding.approve(opened(sample), [COSTA], voice(BO))
    sample.plant(LETTER, "700 organisations", "701 organisations")
    deciding.approve(opened(sample), [COSTA], voice(ANN, minutes=1))
    assert [decision.by for decision in opened(sample).state(COSTA).approvals] == [ANN]


def test_roles(asks: Sample) -> None:
    """A campaign with roles wants one of them; one without wants none."""
    assert refusal(lambda: deciding.approve(opened(asks), [COSTA], voice(ANN)), asks) == (
        "This campaign wants to know as what you approve.", "Add --role. There are: facts, director.",
    )  # fmt: skip
    assert refusal(lambda: deciding.approve(opened(asks), [COSTA], voice(ANN, "fact")), asks) == (
        "There is no role “fact”.", "Did you mean “facts”?",
    )  # fmt: skip
    deciding.approve(opened(asks), [COSTA], voice(ANN, "facts"))
    deciding.request_changes(opened(asks), [COSTA], voice(BO), "No.")
    asks.plant(LETTER, "approvals = 2", "approvals = 3")
    deciding.approve(opened(asks), [COSTA], voice(BO))
    asks.plant(LETTER, 'roles = ["facts", "director"]\n', "")
    assert refusal(lambda: deciding.approve(opened(asks), [VON_DER_LEYEN], voice(ANN, "facts")), asks) == (
        "This campaign has no roles.", "Leave the role out, or name it in [review] of letter.toml.",
    )  # fmt: skip


def test_request_changes(sample: Sample) -> None:
    """A request needs words; then the letter waits for its author."""
    for words in ("", " \n"):
        attempt = partial(deciding.request_changes, opened(sample), [COSTA], voice(BO), words)
        assert refusal(attempt, sample)[0] == "The words are missing: what must change."
    deciding.request_changes(opened(sample), [COSTA, VON_DER_LEYEN], voice(BO), "The first demand is weak.")
    deciding.approve(opened(sample), [COSTA], voice(ANN))
    assert [found.standing for found in opened(sample).states()] == ["changes-requested"] * 2


@pytest.mark.parametrize("sign", ["\x1b", "\u202e", "\u2028", "\ud800", "\x00"])
def test_words_that_move_the_cursor(sample: Sample, sign: str) -> None:
    """Words with signs that nobody sees are refused; line breaks are words."""
    message, _ = refusal(lambda: deciding.approve(opened(sample), [COSTA], voice(ANN), f"Yes{sign}."), sample)
    assert message == f"The words contain the character U+{ord(sign):04X}, which cannot be seen."
    assert deciding.approve(opened(sample), [COSTA], voice(ANN), "Yes.\n\tNo.")[0].words == "Yes.\n\tNo."


def test_comment(sample: Sample) -> None:
    """A comment is about words of the letter, typed or found; what the letter does not say is refused."""
    review = opened(sample)
    (typed,) = deciding.comment(review, COSTA, voice(BO), "700\norganisations were", "By whose count?")
    around = "d smear campaigns. By official count,", "dissolved in Tajikistan within eight"
    assert typed.quote == Quote("700 organisations were", *around)
    deciding.comment(review.reread(), COSTA, voice(BO), Quote("dissolved", "were", "in"), "How?")
    state = opened(sample).state(COSTA)
    assert [comment.block for comment in state.comments] == [("concern", "obstruction")] * 2
    assert refusal(lambda: deciding.comment(review, COSTA, voice(BO), "a treaty", "Which?"), sample)[0] == (
        "The letter does not say “a treaty”."
    )
    assert refusal(lambda: deciding.comment(review, COSTA, voice(BO), FIGURE, ""), sample)[0] == (
        "The words are missing: what you think of it."
    )


def test_withdraw(sample: Sample) -> None:
    """One's own decision can be taken back once, by a new line; nobody else's can."""
    (made,) = deciding.approve(opened(sample), [COSTA], voice(ANN))
    assert refusal(lambda: deciding.withdraw(opened(sample), made.short, voice(BO)), sample) == (
        f"The decision {made.short} is of Ann Example <ann@example.org>, who alone can withdraw it.",
        "Ask for changes or comment, if you disagree.",
    )
    (back,) = deciding.withdraw(opened(sample), made.short, voice(ANN, minutes=1), "Too soon.")
    assert (back.withdraws, back.letter, back.words, back.knew) == (made.hash, COSTA, "Too soon.", (made.hash,))
    assert opened(sample).state(COSTA).standing == "open"
    assert refusal(lambda: deciding.withdraw(opened(sample), made.hash, voice(ANN)), sample)[0] == (
        f"The decision {made.short} was withdrawn already."
    )
    assert refusal(lambda: deciding.withdraw(opened(sample), back.hash, voice(ANN)), sample)[0] == (
        f"The decision {back.short} withdraws another one."
    )
    deciding.approve(opened(sample), [COSTA], voice(ANN, minutes=2))
    assert opened(sample).state(COSTA).standing == "approved"


def test_last_of(sample: Sample) -> None:
    """What one decided last, and did not take back, is what an undo is about."""
    (made,) = deciding.approve(opened(sample), [COSTA], voice(ANN))
    (comment,) = deciding.comment(opened(sample), VON_DER_LEYEN, voice(ANN, minutes=1), FIGURE, "?")
    assert deciding.last_of(opened(sample), ANN) == comment
    assert deciding.last_of(opened(sample), ANN, COSTA) == made
    assert deciding.last_of(opened(sample), BO) is None
    deciding.withdraw(opened(sample), comment.hash, voice(ANN, minutes=2))
    assert deciding.last_of(opened(sample), ANN) == made


def test_other_text(sample: Sample) -> None:
    """Who names the text that was read is stopped when the letter reads differently by now."""
    review = opened(sample)
    text = review.snapshots[COSTA].hash
    deciding.refuse_other_text(review, COSTA, text[:8])
    sample.plant(LETTER, "700 organisations", "701 organisations")
    now = opened(sample)
    assert refusal(lambda: deciding.refuse_other_text(now, COSTA, text[:8]), sample) == (
        f"costa.en does not read as {text[:8]} any more; it is {now.snapshots[COSTA].hash[:8]} now.",
        "Read it again: lettergen show --summit samarkand-2025 costa.en",
    )
    for wrong in ("", "abc", "xyz1", text + "0"):
        attempt = partial(deciding.refuse_other_text, now, COSTA, wrong)
        assert refusal(attempt, sample)[0].endswith("names no text.")


def test_damage_stops_everything(asks: Sample) -> None:
    """While a decision is missing nothing is decided, and nothing passes as approved."""
    deciding.approve(opened(asks), [COSTA], voice(ANN, "facts"))
    deciding.approve(opened(asks), [COSTA], voice(BO, "director"))
    (made,) = deciding.comment(opened(asks), COSTA, voice(BO), FIGURE, "?")
    file = asks.root / "letters" / SUMMIT / "decisions.jsonl"
    file.write_text("".join(file.read_text("utf-8").splitlines(keepends=True)[1:]), "utf-8")
    review = opened(asks)
    for attempt in (
        lambda: deciding.approve(review, [VON_DER_LEYEN], voice(ANN, "facts")),
        lambda: deciding.request_changes(review, [COSTA], voice(ANN), "No."),
        lambda: deciding.comment(review, COSTA, voice(ANN), FIGURE, "?"),
        lambda: deciding.withdraw(review, made.hash, voice(BO)),
        lambda: deciding.refuse_unapproved(review, [COSTA]),
    ):
        assert refusal(attempt, asks)[0].startswith("The decisions are damaged: ")


def test_gate(asks: Sample) -> None:
    """Letters that are not approved are named, with who is missing; approved ones pass."""
    review, nobody = opened(asks), "open: 0 of 2 approvals, facts and director still"
    assert refusal(lambda: deciding.refuse_unapproved(review, [COSTA, VON_DER_LEYEN]), asks) == (
        f"2 letters are not approved. costa.en: {nobody}; von-der-leyen.en: {nobody}.",
        "lettergen status --summit samarkand-2025 tells more; --draft always works.",
    )
    deciding.approve(opened(asks), [COSTA], voice(ANN, "facts"))
    deciding.approve(opened(asks), [COSTA], voice(BO, "director"))
    deciding.refuse_unapproved(opened(asks), [COSTA])
    assert refusal(lambda: deciding.refuse_unapproved(opened(asks), [COSTA, VON_DER_LEYEN]), asks)[0] == (
        f"One letter is not approved. von-der-leyen.en: {nobody}."
    )


def test_no_gate(sample: Sample) -> None:
    """A campaign that asks for nobody's approval is stopped by nothing."""
    deciding.request_changes(opened(sample), [COSTA], voice(BO), "No.")
    deciding.refuse_unapproved(opened(sample), [COSTA])
