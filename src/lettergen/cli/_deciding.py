"""What the commands that decide share: which letters, who decides, and what was decided."""

import datetime as dt
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from lettergen.cli._choices import chosen_language
from lettergen.cli._console import say, show_json

if TYPE_CHECKING:
    from lettergen.model import Layout
    from lettergen.review.deciding import Voice
    from lettergen.review.decisions import Decision
    from lettergen.review.review import Review
    from lettergen.review.reviewer import Reviewer
    from lettergen.review.standing import LetterState

Letters = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="ID", help="Letters: the id of a recipient, or of a letter (costa.fr).", show_default=False
    ),
]
Every = Annotated[bool, typer.Option("--all", help="All letters of the campaign.")]
Role = Annotated[
    str | None, typer.Option("--role", metavar="ROLE", help="As what you decide: one of the roles in [review].")
]
Words = Annotated[str | None, typer.Option("--words", metavar="WORDS", help="What you say with it.")]


_MOST_TOLD = 20


def loaded(
    root: Path, summit: str, names: Sequence[str] | None, language: str | None, layout: "Layout | None"
) -> "Review":
    """Return the campaign under review, in the language that was asked for.

    Where a letter is named that the campaign has only in another language (costa.fr), that language is meant.

    Raises:
        LettergenError: it cannot be read.
    """
    from lettergen.review.review import load_review

    review = load_review(root, summit, language=chosen_language(language), layout=layout)
    meant = {name.rpartition(".")[2] for name in names or () if review.in_other_language(name)}
    if language is None and len(meant) == 1:
        return load_review(root, summit, language=chosen_language(meant.pop()), layout=layout)
    return review


def wanted(review: "Review", names: Sequence[str] | None, *, every: bool) -> tuple[str, ...]:
    """Return the ids of the letters that are meant; one that is not named is not guessed.

    Raises:
        UsageError: it was not said which, or there is no such letter.
    """
    from lettergen.problems import UsageError

    if names and every:
        raise UsageError("Name letters, or all of them with --all; not both.")
    if not names and not every and len(review.snapshots) > 1:
        message = f"This campaign has {len(review.snapshots)} letters, and none was named."
        raise UsageError(message, help="Name some, or all of them with --all.")
    return review.chosen(names or ())


def refuse_missing_words(review: "Review", words: str) -> None:
    """Stop where the last argument names a letter, and so the words were forgotten.

    Raises:
        UsageError: they were.
    """
    from lettergen.problems import UsageError

    if review.is_name(words):
        raise UsageError(f"There are no words behind “{words}”.", help="Write them in quotation marks.")


def speaking(root: Path, role: str | None = None) -> "Voice":
    """Return who decides now: who the environment or git names, else who answers on the terminal.

    Raises:
        UsageError: nobody is named, or not as a person with a mail address.
    """
    from lettergen.review.deciding import Voice
    from lettergen.review.reviewer import nobody, reviewer

    person = reviewer(root) or _asked()
    if person is None:
        raise nobody()
    return Voice(person, role, dt.datetime.now(dt.UTC))


def tell(review: "Review", made: "Sequence[Decision]", *, as_json: bool) -> None:
    """Tell what was decided, and how the letters stand now.

    Args:
        review: as it was before.
        made: the new decisions.
        as_json: to stdout, for machines.
    """
    from lettergen.review.standing import in_words

    now = review.reread()
    letters = [letter for letter in dict.fromkeys(decision.letter for decision in made) if letter in now.snapshots]
    if as_json:
        show_json(
            {
                "summit": now.summit,
                "decisions": [decision.to_json() for decision in made],
                "letters": [standing_as_json(now.state(letter)) for letter in letters],
            }
        )
        return
    for decision in made[:_MOST_TOLD]:
        say(f"{decision.short}  {decision.decision} of {decision.letter} by {decision.by}")
    if len(made) > _MOST_TOLD:
        say(f"… and {len(made) - _MOST_TOLD} more")
    for words in dict.fromkeys(in_words(now.state(letter)) for letter in letters):
        same = [letter for letter in letters if in_words(now.state(letter)) == words]
        say(f"{same[0] if len(same) == 1 else f'{len(same)} letters'}: {words}.")


def standing_as_json(found: "LetterState") -> dict[str, Any]:
    """Return how a letter stands, as the machine output has it; decisions by their hashes."""
    return {
        "id": found.letter,
        "text": found.text,
        "standing": found.standing,
        "people": found.people,
        "approvals": [decision.hash for decision in found.approvals],
        "lapsed": [decision.hash for decision in found.lapsed],
        "requests": [decision.hash for decision in found.requests],
        "missing": asdict(found.missing),
        "comments": [
            {
                "decision": comment.decision.hash,
                "block": dict(zip(("kind", "id"), comment.block, strict=True)) if comment.block else None,
            }
            for comment in found.comments
        ],
    }


def _asked() -> "Reviewer | None":
    """Return who answers on the terminal; None where there is none."""
    from lettergen.review.reviewer import VARIABLE, from_text

    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return None
    try:
        name = typer.prompt("Your name", err=True)
        mail = typer.prompt("Your mail address", err=True)
    except typer.Abort:
        raise KeyboardInterrupt from None
    person = from_text(f"{name.strip()} <{mail.strip()}>", "The answer")
    say(f"Not to be asked again, set {VARIABLE}='{person}', or git’s user.name and user.email.")
    return person
