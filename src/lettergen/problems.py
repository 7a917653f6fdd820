"""What can go wrong, as data: findings about people's files, and the errors that end a command.

Nothing here prints. The command line decides how a problem looks; the exit code of an error is part of the
command-line contract.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, ClassVar, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a problem stands.

    Attributes:
        file: path relative to the workspace, with forward slashes.
        line: counted from 1; None when the whole file is meant.
        column: counted from 1 in characters (code points), not bytes; None when the whole line is meant.
        source: the text of that line, without its line end, to be shown with a caret.
    """

    file: str
    line: int | None = None
    column: int | None = None
    source: str | None = None

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding: a stable code, a plain sentence, where, and the way out."""

    code: str
    message: str
    where: Place
    help: str | None = None
    severity: Severity = "error"


class LettergenError(Exception):
    """A command cannot go on. The message is a plain sentence; `help` says what to do.

    Attributes:
        exit_code: what the process returns.
        help: the way out, or None.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, *, help: str | None = None) -> None:  # noqa: A002 - the word people read
        super().__init__(message)
        self.help = help


class FindingsError(LettergenError):
    """The files have mistakes; all of them are in `problems`, in the order of file and line."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


class LetterError(LettergenError):
    """One letter cannot be made; the others of the run can."""


class UsageError(LettergenError):
    """The command was called in a way that cannot be meant."""

    exit_code = 2


class MissingError(LettergenError):
    """The machine lacks something: a library, a font, a key."""

    exit_code = 3


class RefusedError(LettergenError):
    """A gate said no: approval, credential, the lock of another run."""

    exit_code = 4


class FileError(LettergenError):
    """A file could not be read or written."""

    exit_code = 5


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """Return a sentence with the nearest known word, or None when nothing is near."""
    near = get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return f"Did you mean “{near[0]}”?" if near else None
