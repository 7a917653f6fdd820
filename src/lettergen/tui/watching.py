"""The campaign as it is on the disk: read, and read again when its files have changed."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lettergen.problems import FindingsError, LettergenError
from lettergen.review.review import load_review
from lettergen.review.snapshot import SNAPSHOTS
from lettergen.workspace.folder import FORMS, LETTERHEADS, LETTERS, RECIPIENTS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lettergen.model import Language, Layout
    from lettergen.problems import Problem
    from lettergen.review.review import Review

    FileState = tuple[str, int, int, int]

_OF_DECISIONS = ".jsonl"


@dataclass(frozen=True, slots=True)
class Campaign:
    """Which campaign is read, and how."""

    root: Path
    summit: str
    language: Language | None = None
    layout: Layout | None = None


@dataclass(frozen=True, slots=True)
class Stamp:
    """By what one sees that files were changed: their names, times, sizes and inodes.

    Attributes:
        texts: of all that letters are made from.
        decisions: of what was decided about them.
    """

    texts: frozenset[FileState]
    decisions: frozenset[FileState]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came of reading the campaign.

    Attributes:
        stamp: of the files, taken before they were read: what changes meanwhile is read again.
        review: None when the files have mistakes, or cannot be read.
        findings: the warnings about the campaign, or all its mistakes; then what is wrong with the decisions.
        trouble: why nothing could be read, in a sentence.
    """

    stamp: Stamp
    review: Review | None
    findings: tuple[Problem, ...] = ()
    trouble: str | None = None


def stamp(campaign: Campaign) -> Stamp:
    """Return the stamp of a campaign's files as they are now."""
    texts: set[FileState] = set()
    decisions: set[FileState] = set()
    for path in _files(campaign):
        try:
            found = path.stat()
        except OSError:
            continue  # it went away while we looked
        (decisions if path.suffix == _OF_DECISIONS else texts).add(
            (str(path), found.st_mtime_ns, found.st_size, found.st_ino)
        )
    return Stamp(frozenset(texts), frozenset(decisions))


def load(campaign: Campaign, earlier: Loaded | None = None) -> Loaded:
    """Read a campaign.

    Args:
        campaign: which one.
        earlier: what came of it before; where only decisions were added since, the letters are not made again.
    """
    now = stamp(campaign)
    try:
        with _without_collecting():
            review = _read(campaign, earlier.review if earlier and earlier.stamp.texts == now.texts else None)
            review.states()  # once, here, and not while somebody waits for a key
    except FindingsError as error:
        return Loaded(now, None, error.problems)
    except LettergenError as error:
        return Loaded(now, None, trouble=str(error))
    return Loaded(now, review, (*review.prepared.warnings, *review.history.problems))


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Let what is read out of the collection of garbage, then and later.

    Hundreds of letters are objects by the hundred thousand, and none is garbage: each look through all of them
    would hold up a key for a fifth of a second.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _read(campaign: Campaign, same_letters: Review | None) -> Review:
    if same_letters is not None:
        return same_letters.reread()
    return load_review(campaign.root, campaign.summit, language=campaign.language, layout=campaign.layout)


def _files(campaign: Campaign) -> Iterator[Path]:
    """Yield the files; what an editor keeps beside them and what was read once and kept is left out."""
    letters = campaign.root / LETTERS
    yield campaign.root / RECIPIENTS
    yield from (campaign.root / FORMS).glob("*.toml")
    for folder in (letters / campaign.summit, letters / LETTERHEADS):
        for path in folder.rglob("*"):
            if SNAPSHOTS not in path.parts and not path.name.startswith("."):
                yield path
