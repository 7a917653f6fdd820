"""How letters stand and what was decided about them, as text: once for all of which the same is to be told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lettergen.cli._console import visible
from lettergen.cli._redline import Piece, as_kept, redline_lines
from lettergen.language import list_in_words
from lettergen.review.standing import in_words
from lettergen.review.titles import title

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lettergen.cli._redline import Line
    from lettergen.model import ReviewRules
    from lettergen.review.decisions import Decision
    from lettergen.review.review import Review
    from lettergen.review.standing import Anchored, LetterState, Standing

# What needs somebody stands first.
_SIGNS: dict[Standing, str] = {"changes-requested": "[-]", "lapsed": "[!]", "open": "[ ]", "approved": "[x]"}
_COUNTED: dict[Standing, str] = {
    "changes-requested": "with changes requested",
    "lapsed": "lapsed",
    "open": "open",
    "approved": "approved",
}
_MOST_NAMED = 8
_INDENT, _HANG = "    ", "      "


def standing_lines(review: Review, letters: Sequence[str], width: int) -> Iterator[Line]:
    """Yield how letters stand: how many of each kind, then what was decided, those that need somebody first."""
    states = [review.state(letter) for letter in letters]
    yield from redline_lines([as_kept(f"{_counts(states)} {_asked_for(review.rules)}")], width)
    groups: dict[tuple[str, ...], list[LetterState]] = {}
    for found in sorted(states, key=lambda found: list(_SIGNS).index(found.standing)):
        told = [_told(review, found, decision) for decision in review.about(found.letter)]
        groups.setdefault((found.standing, in_words(found), *told), []).append(found)
    for (_, words, *told), same in groups.items():
        yield []
        yield [Piece(f"{_SIGNS[same[0].standing]} {words}: {_named(same)}", "title")]
        if len(same) > 1:
            names = ", ".join(found.letter for found in same[:_MOST_NAMED])
            more = f" and {len(same) - _MOST_NAMED} more" if len(same) > _MOST_NAMED else ""
            yield from redline_lines([as_kept(f"{names}{more}")], width, _INDENT)
        decisions = review.about(same[0].letter)
        for decision, sentence in zip(decisions, told, strict=True):
            yield from _decided(decision, sentence, width, in_each=len(same) > 1)


def gone_lines(review: Review, width: int) -> Iterator[Line]:
    """Yield what was decided about letters that the campaign does not have now."""
    for letter in review.gone:
        yield []
        yield [Piece(f"[?] no letter of this campaign now: {visible(letter)}", "title")]
        for decision in review.about(letter):
            yield from _decided(decision, _told(review, None, decision), width, in_each=False)


def _counts(states: Sequence[LetterState]) -> str:
    counted = {words: sum(found.standing == standing for found in states) for standing, words in _COUNTED.items()}
    parts = ", ".join(f"{number} {words}" for words, number in counted.items() if number)
    return f"{len(states)} letter{'' if len(states) == 1 else 's'}: {parts}."


def _asked_for(rules: ReviewRules | None) -> str:
    if rules is None:
        return "The campaign asks for nobody’s approval, for letter.toml has no [review]."
    people = f"{rules.people} approval{'' if rules.people == 1 else 's'}"
    roles = f", as {list_in_words(rules.roles, 'en')}" if rules.roles else ""
    return f"Each needs {people}{roles}."


def _named(same: Sequence[LetterState]) -> str:
    return same[0].letter if len(same) == 1 else f"{len(same)} letters"


def _decided(decision: Decision, sentence: str, width: int, *, in_each: bool) -> Iterator[Line]:
    name = f"{decision.short}{', …' if in_each else ''}"
    yield from redline_lines([as_kept(f"{name}  {sentence}")], width, _INDENT, _HANG)


def _told(review: Review, found: LetterState | None, decision: Decision) -> str:
    """Return a decision as a sentence, without its name, so that the same of many letters is told once."""
    said = f"{decision.at:%Y-%m-%d %H:%M} {decision.by} {_what(review, found, decision)}"
    if decision.role:
        said += f" as {decision.role}"
    if decision.hash in review.history.withdrawn:
        said += " (withdrawn)"
    elif found and decision.decision == "approve" and decision.text != found.text:
        said += " (another text)"
    return f"{said}: {decision.words}" if decision.words else said


def _what(review: Review, found: LetterState | None, decision: Decision) -> str:
    if decision.decision == "withdraw":
        return f"withdrew {(decision.withdraws or '')[:8]}"
    if decision.quote:
        comments = found.comments if found else ()
        places = [_place(review, comment) for comment in comments if comment.decision == decision]
        return f"commented on “{decision.quote.exact}”{''.join(places)}"
    return "approved" if decision.decision == "approve" else "asked for changes"


def _place(review: Review, comment: Anchored) -> str:
    for block in review.snapshots[comment.decision.letter].blocks:
        if (block.kind, block.id) == comment.block:
            return f" ({title(block.kind, block.id, block.label)})"
    return " (detached: the passage is no longer in the letter)"
