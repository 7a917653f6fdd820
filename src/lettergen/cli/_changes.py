"""What changed in letters, as text: once for all in which the same changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lettergen.cli._redline import Piece, as_kept, passage_lines, redline_lines
from lettergen.review.account import account
from lettergen.review.snapshot import kept

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lettergen.cli._redline import Line
    from lettergen.review.account import Account
    from lettergen.review.decisions import Decision
    from lettergen.review.review import Review
    from lettergen.review.snapshot import Snapshot

NEVER_APPROVED = "never approved"


@dataclass(frozen=True, slots=True)
class Comparison:
    """A letter and what it is compared with.

    Attributes:
        against: what `before` is, as the end of “Against …”; without `before`, why there is none, for in front of
            “: costa.en”.
        source: what `before` is, for machines.
    """

    after: Snapshot
    before: Snapshot | None
    against: str
    source: dict[str, str] | None


def with_approved(review: Review, letter: str) -> Comparison:
    """Return a letter with the text that was approved last."""
    approval = review.last_approval(letter)
    if approval is None:
        return Comparison(review.snapshots[letter], None, NEVER_APPROVED, None)
    return with_text_of(review, approval)


def with_text_of(review: Review, approval: Decision) -> Comparison:
    """Return a letter with the text that somebody approved."""
    now, before = review.snapshots[approval.letter], kept(review.folder, approval.text)
    who = f"{approval.by.name} approved on {approval.at:%Y-%m-%d}"
    made = approval.to_json()
    source = {"decision": made["hash"], "text": made["text"], "by": made["by"], "at": made["at"]}
    if before is None:
        return Comparison(now, None, f"The text that {who} was not kept", source)
    return Comparison(now, before, f"the text that {who}", source)


def comparison_lines(
    compared: Sequence[Comparison], gone: Sequence[str], summit: str, width: int
) -> Iterator[Line]:
    """Yield what changed, once for all letters in which the same changed; then letters of which nothing is told."""
    changed: dict[object, list[tuple[Comparison, Account]]] = {}
    untold: dict[str, list[str]] = {}
    for each in compared:
        if each.before is None:
            untold.setdefault(f"{each.against[0].upper()}{each.against[1:]}", []).append(each.after.letter)
        elif each.before.hash == each.after.hash:
            untold.setdefault(f"No difference from {each.against}", []).append(each.after.letter)
        else:
            told = account(each.before, each.after)
            changed.setdefault((told.passages, told.sheet), []).append((each, told))
    for letters in changed.values():
        yield from _told(letters, width)
        yield []
    for sentence, names in untold.items():
        yield from _sentence(f"{sentence}: {', '.join(names)}.", width)
    if gone:
        yield from _sentence(f"No longer written: {', '.join(gone)}.", width)
    if any(each.against == NEVER_APPROVED for each in compared):
        yield from _sentence(
            "What was never approved has nothing to be compared with: read it with lettergen show "
            f"--summit {summit}, or compare it with what git has: --revision HEAD.",
            width,
        )


def _told(letters: Sequence[tuple[Comparison, Account]], width: int) -> Iterator[Line]:
    """Yield what changed in letters in which the same changed, but for numbers."""
    names = [each.after.letter for each, _ in letters]
    _, first = letters[0]
    yield [Piece(f"===== {names[0] if len(names) == 1 else f'{len(names)} letters'} ".ljust(width, "="), "title")]
    if len(names) > 1:
        yield from _sentence(f"{', '.join(names)}.", width)
    yield from _by_letter([(each.after.letter, f"Against {each.against}.") for each, _ in letters], width)
    yield []
    yield from passage_lines(first.passages, width)
    yield from _by_letter([(each.after.letter, " ".join(told.renumbered)) for each, told in letters], width)
    for sentence in first.sheet:
        yield from _sentence(sentence, width)
    counts = [told.unchanged for _, told in letters]
    least, most = min(counts), max(counts)
    number = str(most) if least == most else f"{least} to {most}"
    other = " other" if first.passages else ""
    yield [Piece(f"{number}{other} {'passage is as it was' if most == 1 else 'passages are as they were'}.")]


def _by_letter(said: Sequence[tuple[str, str]], width: int) -> Iterator[Line]:
    """Yield what is said of each letter; once when it is the same of all."""
    letters: dict[str, list[str]] = {}
    for letter, words in said:
        if words:
            letters.setdefault(words, []).append(letter)
    for words, names in letters.items():
        of_all = len(names) == len(said)
        yield from _sentence(words if of_all else f"{', '.join(names)}: {words}", width)


def _sentence(words: str, width: int) -> Iterator[Line]:
    return redline_lines([as_kept(words)], width)
