"""Deciding about letters, and refusing what nobody may decide."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lettergen.problems import RefusedError, UsageError, did_you_mean
from lettergen.review.anchors import quote_in
from lettergen.review.decisions import Decision, Quote
from lettergen.review.recording import record
from lettergen.review.standing import in_words
from lettergen.unseen import DIRECTION_OVERRIDES
from lettergen.workspace.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lettergen.model import ReviewRules
    from lettergen.review.decisions import Kind
    from lettergen.review.review import Review
    from lettergen.review.reviewer import Reviewer

_MOST_NAMED = 20
_UNSEEN = frozenset({"Cc", "Cs", "Zl", "Zp"})


@dataclass(frozen=True, slots=True)
class Voice:
    """Who decides, as what, and when.

    Attributes:
        reviewer: the person.
        role: one of the campaign's; None without one.
        at: aware of its time zone; kept in UTC, to the second.
    """

    reviewer: Reviewer
    role: str | None
    at: dt.datetime


def approve(review: Review, letters: Sequence[str], voice: Voice, words: str | None = None) -> tuple[Decision, ...]:
    """Approve letters as `review` holds them.

    Args:
        review: what was read.
        letters: ids.
        voice: who approves. The role is needed when the campaign has roles, unless it asks for more people.
        words: what is said with it.

    Raises:
        RefusedError: this person has approved one of these texts already, or the decisions are damaged.
        UsageError: the role is missing or unknown, or the words cannot be kept.
        FileError: the decision cannot be written.
    """
    review.history.refuse_damage()
    _refuse_role(review.rules, voice.role)
    _refuse_missing_role(review.rules, voice.role)
    if again := [letter for letter in letters if has_approved(review, letter, voice.reviewer)]:
        raise RefusedError(
            f"{voice.reviewer.name} has already approved {_listed(again)} as it reads now; nobody approves twice.",
            help="Somebody else must approve it. To take an approval back: lettergen withdraw.",
        )
    said = _cleaned(words)
    return _record(review, [_decision(review, letter, voice, "approve", said) for letter in letters])


def request_changes(review: Review, letters: Sequence[str], voice: Voice, words: str) -> tuple[Decision, ...]:
    """Ask for changes of letters, which are then not approved until this person approves or takes it back.

    Raises:
        RefusedError: the decisions are damaged.
        UsageError: the role is unknown, or there are no words.
        FileError: the decision cannot be written.
    """
    review.history.refuse_damage()
    _refuse_role(review.rules, voice.role)
    said = _needed(words, "what must change")
    return _record(review, [_decision(review, letter, voice, "request-changes", said) for letter in letters])


def comment(review: Review, letter: str, voice: Voice, quote: str | Quote, words: str) -> tuple[Decision, ...]:
    """Say something about a passage of a letter.

    Args:
        review: what was read.
        letter: its id.
        voice: who comments.
        quote: words of the letter, or a passage that `anchors.quote_in` found in it.
        words: what is said about it.

    Raises:
        RefusedError: the decisions are damaged.
        UsageError: the letter does not say these words, or several times; or nothing is said about them.
        FileError: the comment cannot be written.
    """
    review.history.refuse_damage()
    _refuse_role(review.rules, voice.role)
    said = _needed(words, "what you think of it")
    if isinstance(quote, str):
        quote = quote_in(review.snapshots[letter].blocks, quote)
    return _record(review, [replace(_decision(review, letter, voice, "comment", said), quote=quote)])


def withdraw(review: Review, decision_id: str, voice: Voice, words: str | None = None) -> tuple[Decision, ...]:
    """Take a decision of one's own back.

    Args:
        review: what was read.
        decision_id: the beginning of the decision's hash.
        voice: who takes it back; the role does not matter.
        words: what is said with it.

    Raises:
        RefusedError: it is somebody else's, or taken back already; or the decisions are damaged.
        UsageError: there is no such decision.
        FileError: the decision cannot be written.
    """
    review.history.refuse_damage()
    taken = review.history.find(decision_id)
    if taken.by.person != voice.reviewer.person:
        raise RefusedError(
            f"The decision {taken.short} is of {taken.by}, who alone can withdraw it.",
            help="Ask for changes or comment, if you disagree.",
        )
    if taken.decision == "withdraw" or taken.hash in review.history.withdrawn:
        what = "withdraws another one" if taken.decision == "withdraw" else "was withdrawn already"
        raise RefusedError(f"The decision {taken.short} {what}.", help="Decide again instead.")
    made = Decision(
        decision="withdraw",
        letter=taken.letter,
        text=taken.text,
        by=voice.reviewer,
        role=None,
        at=_seconds(voice.at),
        words=_cleaned(words),
        quote=None,
        withdraws=taken.hash,
    )
    # The letter may be gone; what it said was kept when it was decided about.
    return record(review.root, review.summit, [made], [])


def last_of(review: Review, reviewer: Reviewer, letter: str | None = None) -> Decision | None:
    """Return somebody's latest decision that still counts, about one letter or any; None when there is none."""
    for decision in reversed(review.history.decisions):
        mine = decision.by.person == reviewer.person and decision.decision != "withdraw"
        if mine and letter in {None, decision.letter} and decision.hash not in review.history.withdrawn:
            return decision
    return None


def has_approved(review: Review, letter: str, reviewer: Reviewer) -> bool:
    """Whether somebody's approval of exactly this text stands."""
    return any(decision.by.person == reviewer.person for decision in review.state(letter).approvals)


def refuse_other_text(review: Review, letter: str, text: str) -> None:
    """Stop before a letter is approved that was changed after somebody read it.

    Args:
        review: the letters as they read now.
        letter: its id.
        text: the beginning of the hash of the text that was read.

    Raises:
        UsageError: `text` is no beginning of a hash.
        RefusedError: the letter reads differently.
    """
    if not re.fullmatch("[0-9a-f]{4,64}", text):
        raise UsageError(
            f"{quoted(text)} names no text.", help="lettergen show tells the name of the text it shows."
        )
    now = review.snapshots[letter].hash
    if not now.startswith(text):
        raise RefusedError(
            f"{letter} does not read as {text} any more; it is {now[:8]} now.",
            help=f"Read it again: lettergen show --summit {review.summit} {letter}",
        )


def refuse_unapproved(review: Review, letters: Sequence[str]) -> None:
    """Stop before letters become final that the campaign's rules want approved, and that are not.

    Args:
        review: what would be sent.
        letters: ids.

    Raises:
        RefusedError: one of them is not approved, or the decisions are damaged.
    """
    if review.rules is None:
        return
    review.history.refuse_damage()
    states = [review.state(letter) for letter in letters]
    missing = [f"{found.letter}: {in_words(found)}" for found in states if found.standing != "approved"]
    if missing:
        more = f"; and {len(missing) - _MOST_NAMED} more" if len(missing) > _MOST_NAMED else ""
        number = "One letter is" if len(missing) == 1 else f"{len(missing)} letters are"
        raise RefusedError(
            f"{number} not approved. {'; '.join(missing[:_MOST_NAMED])}{more}.",
            help=f"lettergen status --summit {review.summit} tells more; --draft always works.",
        )


def _record(review: Review, made: Sequence[Decision]) -> tuple[Decision, ...]:
    return record(review.root, review.summit, made, [review.snapshots[decision.letter] for decision in made])


def _decision(review: Review, letter: str, voice: Voice, kind: Kind, words: str | None) -> Decision:
    return Decision(
        decision=kind,
        letter=letter,
        text=review.snapshots[letter].hash,
        by=voice.reviewer,
        role=voice.role,
        at=_seconds(voice.at),
        words=words,
        quote=None,
        withdraws=None,
    )


def _refuse_role(rules: ReviewRules | None, role: str | None) -> None:
    roles = rules.roles if rules else ()
    if role is None or role in roles:
        return
    if not roles:
        raise UsageError(
            "This campaign has no roles.", help="Leave the role out, or name it in [review] of letter.toml."
        )
    raise UsageError(f"There is no role {quoted(role)}.", help=did_you_mean(role, roles) or _all(roles))


def _refuse_missing_role(rules: ReviewRules | None, role: str | None) -> None:
    """An approval without a role helps only where more people than roles are asked for."""
    if role is None and rules and rules.roles and rules.approvals <= len(rules.roles):
        raise UsageError(
            "This campaign wants to know as what you approve.", help=f"Add --role. {_all(rules.roles)}"
        )


def _all(roles: Sequence[str]) -> str:
    return f"There are: {', '.join(roles)}."


def _needed(words: str, what: str) -> str:
    said = _cleaned(words)
    if said is None:
        raise UsageError(f"The words are missing: {what}.", help="Write them in quotation marks.")
    return said


def _cleaned(words: str | None) -> str | None:
    """Return words as they are kept: None for empty ones.

    Raises:
        UsageError: they would move the cursor or turn the text where they are shown.
    """
    said = (words or "").strip()
    if wrong := next((sign for sign in said if _is_unseen(sign)), None):
        message = f"The words contain the character U+{ord(wrong):04X}, which cannot be seen."
        raise UsageError(message, help="Delete it.")
    return said or None


def _is_unseen(sign: str) -> bool:
    return sign in DIRECTION_OVERRIDES or (sign not in "\n\t" and unicodedata.category(sign) in _UNSEEN)


def _seconds(at: dt.datetime) -> dt.datetime:
    return at.astimezone(dt.UTC).replace(microsecond=0)


def _listed(letters: Sequence[str]) -> str:
    more = f" and {len(letters) - _MOST_NAMED} more" if len(letters) > _MOST_NAMED else ""
    return f"{', '.join(letters[:_MOST_NAMED])}{more}"
