"""Holds how a place reads, which exit code each error has, and what is near enough to be meant."""

from __future__ import annotations

import pytest

from lettergen.problems import (
    FileError,
    FindingsError,
    LetterError,
    LettergenError,
    MissingError,
    Place,
    Problem,
    RefusedError,
    UsageError,
    did_you_mean,
)


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (Place("recipients.toml"), "recipients.toml"),
        (Place("recipients.toml", 3), "recipients.toml:3"),
        (Place("letters/s/letter.toml", 3, 14, "source"), "letters/s/letter.toml:3:14"),
    ],
)
def test_places(place: Place, text: str) -> None:
    """A place reads as editors and compilers write it, as far as it is known."""
    assert str(place) == text


def test_exit_codes() -> None:
    """Each kind of error has the exit code that the command line promises."""
    errors = (LettergenError, FindingsError, LetterError, UsageError, MissingError, RefusedError, FileError)
    assert [error.exit_code for error in errors] == [1, 1, 1, 2, 3, 4, 5]


def test_findings_are_carried() -> None:
    """An error of findings carries all of them, in their order."""
    problems = (Problem("LG101", "One.", Place("a")), Problem("LG102", "Two.", Place("b")))
    error = FindingsError(problems)
    assert (error.problems, str(error), error.help) == (problems, "2 problems", None)


def test_way_out_is_carried() -> None:
    """An error has a sentence and, where there is one, the way out."""
    error = RefusedError("No.", help="Ask.")
    assert (str(error), error.help) == ("No.", "Ask.")


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        ("cost", "Did you mean “costa”?"),
        ("von-der-layen", "Did you mean “von-der-leyen”?"),
        ("xyz", None),
        ("", None),
    ],
)
def test_near_words(word: str, sentence: str | None) -> None:
    """The nearest known word is asked about; a word that is near to none is not guessed at."""
    assert did_you_mean(word, {"costa", "von-der-leyen", "kostov"}) == sentence


def test_equally_near_words_are_told_the_same_each_time() -> None:
    """Which of two equally near words is asked about does not depend on their order."""
    assert did_you_mean("cast", ["cost", "case"]) == did_you_mean("cast", ["case", "cost"])
