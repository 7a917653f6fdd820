"""What a run is asked for, what it says while it goes on, and what it did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from lettergen.compose.shard import Shard
    from lettergen.manifest import Entry
    from lettergen.model import Language, Layout, Level
    from lettergen.problems import Problem
    from lettergen.render.html import Mode
    from lettergen.signing.identity import Identity

# “planned”: to be written, were this not a dry run. “altered”: changed by hand, and left as it is. “co-signed”: out
# of date, and left as it is because others have signed it.
Status = Literal["written", "unchanged", "planned", "altered", "co-signed", "failed"]

# The state of a letter is in its file's name.
SUFFIXES: dict[Mode, str] = {"signed": ".pdf", "unsigned": ".unsigned.pdf", "draft": ".draft.pdf"}


@dataclass(frozen=True, slots=True)
class Request:
    """What a run is asked for.

    Attributes:
        out: the folder that gets a folder per summit.
        to: ids of recipients, patterns of ids and tags; empty for all.
        exclude: likewise; those who get no letter.
        language: for all letters, whatever their recipients prefer; None for each recipient's own.
        layout: in place of the campaign's own.
        identity: name of the identity that signs, or None to let lettergen choose.
        level: of the signatures, in place of the campaign's own.
        accept_level: the lowest level to go on with when that one is not reached; None accepts no lower one.
        shard: the part of the letters to make; None for all.
        jobs: worker processes; 1 makes the letters in this process, None as many as there are processors when there
            are many letters.
        force: also overwrite files that were altered by hand, or that others have signed.
    """

    root: Path
    summit: str
    mode: Mode
    out: Path
    to: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    language: Language | None = None
    layout: Layout | None = None
    identity: str | None = None
    level: Level | None = None
    accept_level: Level | None = None
    shard: Shard | None = None
    jobs: int | None = None
    force: bool = False
    dry_run: bool = False

    @property
    def folder(self) -> Path:
        """The output folder of the summit, or of its shard."""
        whole = self.out / self.summit
        return whole / self.shard.folder if self.shard else whole


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one letter; `reason` is a sentence where it did not go as asked."""

    id: str
    file: Path
    status: Status
    entry: Entry | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did.

    Attributes:
        warnings: of the check.
        left_over: files of letters that the campaign no longer has; never removed, for they may have been sent.
        identity: who signs; None for unsigned letters and drafts, and in a dry run before there is one.
        made_identity: whether this run made that identity.
    """

    outcomes: tuple[Outcome, ...]
    warnings: tuple[Problem, ...] = ()
    left_over: tuple[Path, ...] = ()
    identity: Identity | None = None
    made_identity: bool = False

    @property
    def ok(self) -> bool:
        """Whether every letter is as it was asked for."""
        return all(outcome.status not in {"altered", "co-signed", "failed"} for outcome in self.outcomes)


@dataclass(frozen=True, slots=True)
class Listener:
    """Who wants to hear of a run while it goes on.

    Attributes:
        letter: called before each letter that is made, with its number, how many there are, and its id.
        stopping: called when somebody wishes the run to stop.
        new_identity: called when the run has made an identity. It is told at once: a run that is stopped afterwards
            has made it all the same.
    """

    letter: Callable[[int, int, str], None] = lambda _number, _total, _id: None
    stopping: Callable[[], None] = lambda: None
    new_identity: Callable[[Identity], None] = lambda _identity: None
