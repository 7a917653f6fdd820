"""People, decisions, and folders in which decisions are made, with git and without."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lettergen.review.deciding import Voice
from lettergen.review.decisions import Decision, Kind, Quote
from lettergen.review.history import History, read_history
from lettergen.review.reviewer import Reviewer

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

ANN = Reviewer("Ann Example", "ann@example.org")
BO = Reviewer("Bo Chief", "bo@example.org")
NOON = dt.datetime(2025, 3, 30, 12, tzinfo=dt.UTC)
SUMMIT = "samarkand-2025"
FILE = f"letters/{SUMMIT}/decisions.jsonl"
TEXT = "a" * 64
OTHER_TEXT = "b" * 64


def voice(reviewer: Reviewer, role: str | None = None, minutes: int = 0) -> Voice:
    """Return somebody who decides, so many minutes after noon."""
    return Voice(reviewer, role, NOON + dt.timedelta(minutes=minutes))


def decided(
    by: Reviewer = ANN,
    decision: Kind = "approve",
    *,
    knew: Iterable[Decision] = (),
    letter: str = "costa.en",
    text: str = TEXT,
    role: str | None = None,
    minutes: int = 0,
    words: str | None = None,
    quote: Quote | None = None,
    withdraws: Decision | None = None,
) -> Decision:
    """Return a decision as it is recorded behind others, so many minutes after noon."""
    made = Decision(
        decision=decision,
        letter=letter,
        text=text,
        by=by,
        role=role,
        at=NOON + dt.timedelta(minutes=minutes),
        words=words,
        quote=quote,
        withdraws=withdraws.hash if withdraws else None,
    )
    return made.knowing(tuple(known.hash for known in knew))


@dataclass(frozen=True, slots=True)
class Office:
    """A workspace of which only the decisions matter."""

    root: Path

    @property
    def file(self) -> Path:
        """The decisions."""
        return self.root / FILE

    @property
    def lines(self) -> list[str]:
        """What stands in the file."""
        return self.file.read_text("utf-8").splitlines()

    def write(self, *lines: Decision | str) -> None:
        """Let the file hold these decisions, in this order."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        texts = [line if isinstance(line, str) else line.to_line() for line in lines]
        self.file.write_text("".join(f"{text}\n" for text in texts), "utf-8")

    def history(self) -> History:
        """Return what is read of it."""
        return read_history(self.root, SUMMIT)

    def found(self) -> list[tuple[str, str]]:
        """Return code and place of what is wrong with it."""
        return [(problem.code, str(problem.where)) for problem in self.history().problems]

    def git(self, *arguments: str, check: bool = True) -> str:
        """Run git as nobody in particular, and return what it said."""
        named = {f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER") for what, value in _WHO.items()}
        alone = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "GIT_EDITOR": "true"}
        return subprocess.run(
            ["git", *arguments],
            check=check,
            cwd=self.root,
            capture_output=True,
            encoding="utf-8",
            env=os.environ | named | alone,
        ).stdout

    def start(self) -> None:
        """Make it a repository with a first commit of all that is there."""
        self.git("init", "-q", "-b", "main")
        self.commit("start")

    def commit(self, message: str) -> None:
        """Commit everything."""
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message)


_WHO = {"NAME": "Nobody", "EMAIL": "nobody@example.org"}
