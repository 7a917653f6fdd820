"""All decisions about a summit's letters, in one order for everybody, and what somebody did to their file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from graphlib import TopologicalSorter
from heapq import heappop, heappush
from shlex import quote
from typing import TYPE_CHECKING

from lettergen.problems import FileError, Place, Problem, RefusedError, UsageError
from lettergen.review.decisions import DECISIONS, AlteredError, Decision, UnreadableError, from_line
from lettergen.review.git import GitError
from lettergen.review.known_to_git import added_lines, repository_of
from lettergen.workspace.folder import LETTERS
from lettergen.workspace.wording import quoted

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from pathlib import Path

# Where a file is put that nothing can mend any more; what stands in it is known, and counts no more.
SET_ASIDE = "decisions.damaged.jsonl"
_SHORTEST_NAME = 4
_MARKS = ("<<<<<<< ", "||||||| ", "=======", ">>>>>>> ")


@dataclass(frozen=True)
class History:
    """The decisions of a summit.

    Attributes:
        decisions: all that are whole; each after those that it knew, then by time. The order of the lines in the
            file does not matter, so that two merges of the same branches agree.
        problems: what is wrong with the file; while there is an error, nobody should rest on what it says.
    """

    decisions: tuple[Decision, ...]
    problems: tuple[Problem, ...]

    @property
    def is_damaged(self) -> bool:
        """Whether a decision may be missing, or another than was made."""
        return any(problem.severity == "error" for problem in self.problems)

    @cached_property
    def tips(self) -> tuple[str, ...]:
        """Hashes of the decisions that no other one knew."""
        known = {parent for decision in self.decisions for parent in decision.knew}
        return tuple(decision.hash for decision in self.decisions if decision.hash not in known)

    @cached_property
    def withdrawn(self) -> frozenset[str]:
        """Hashes of the decisions that their authors took back."""
        made_by = {decision.hash: decision.by.person for decision in self.decisions}
        return frozenset(
            decision.withdraws
            for decision in self.decisions
            if decision.withdraws and made_by.get(decision.withdraws) == decision.by.person
        )

    @cached_property
    def by_letter(self) -> dict[str, tuple[Decision, ...]]:
        """The decisions about each letter, in order."""
        found: dict[str, list[Decision]] = {}
        for decision in self.decisions:
            found.setdefault(decision.letter, []).append(decision)
        return {letter: tuple(decisions) for letter, decisions in found.items()}

    def find(self, name: str) -> Decision:
        """Return the decision whose hash begins like this.

        Raises:
            UsageError: none does, or several do.
        """
        found = [decision for decision in self.decisions if decision.hash.startswith(name.lower())]
        if len(name) < _SHORTEST_NAME:
            message = f"{quoted(name)} is too short to name a decision."
            raise UsageError(message, help=f"Give at least {_SHORTEST_NAME} signs; lettergen status shows them.")
        if len(found) != 1:
            message = f"{'Several decisions begin' if found else 'No decision begins'} with {quoted(name)}."
            raise UsageError(message, help="lettergen status shows all of them.")
        return found[0]

    def refuse_damage(self) -> None:
        """Stop where a decision is going to rest on this history.

        Raises:
            RefusedError: the file is damaged.
        """
        first = next((problem for problem in self.problems if problem.severity == "error"), None)
        if first:
            raise RefusedError(f"The decisions are damaged: {first.where}: {first.message}", help=first.help)


def read_history(root: Path, summit: str) -> History:
    """Return the decisions of a summit, and what was done to their file.

    Raises:
        FileError: the file, or git, cannot be read.
    """
    folder = root / LETTERS / summit
    name, aside_name = (f"{LETTERS}/{summit}/{file}" for file in (DECISIONS, SET_ASIDE))
    texts, set_aside = _lines(folder / DECISIONS), _lines(folder / SET_ASIDE)
    # Most lines that git knows are still there, and are read but once.
    added, unasked = _added_in_git(folder, name)
    in_git = {decision.hash: decision for decision in _whole(set(added).difference(texts))}
    reading, aside = _read(texts, name, in_git), _read(set_aside, aside_name, in_git)
    problems = (*reading.problems, *_set_aside(aside), *_removed(reading, aside, in_git), *unasked)
    return History(in_order(reading.lines), problems)


def in_order(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Return decisions so that each stands behind those that it knew, then by time, then by hash."""
    by_hash = {decision.hash: decision for decision in decisions}
    sorter = TopologicalSorter(
        {decision.hash: [known for known in decision.knew if known in by_hash] for decision in by_hash.values()}
    )
    sorter.prepare()
    ordered: list[Decision] = []
    ready: list[tuple[dt.datetime, str]] = []
    while sorter.is_active():
        for found in sorter.get_ready():
            heappush(ready, (by_hash[found].at, found))
        _, first = heappop(ready)
        ordered.append(by_hash[first])
        sorter.done(first)
    return tuple(ordered)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What stands in a file of decisions.

    Attributes:
        file: as a person names it.
        lines: the whole decisions, each with the number of its line, in the order of the file.
        altered: hashes that lines claim which are not what was written.
        problems: what is wrong with single lines.
    """

    file: str
    lines: dict[Decision, int]
    altered: frozenset[str]
    problems: tuple[Problem, ...]


def _lines(path: Path) -> list[str]:
    """Return the lines of a file, without the ends that Windows gives them; one empty line without a file."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        data = b""
    except OSError as error:
        raise FileError(f"{path} cannot be read: {error.strerror or error}.") from error
    return [line.removesuffix("\r") for line in data.decode("utf-8", "surrogateescape").split("\n")]


def _read(texts: Sequence[str], file: str, in_git: Collection[str]) -> _Reading:
    lines: dict[Decision, int] = {}
    altered: set[str] = set()
    problems: list[Problem] = []
    in_conflict = False
    for number, line in enumerate(texts, start=1):
        if line.startswith(_MARKS):
            # One conflict is one mistake, however many marks it has.
            if line.startswith("<<<<<<< ") or not in_conflict:
                problems.append(_conflict(Place(file, number)))
            in_conflict = not line.startswith(">>>>>>> ")
        elif line.strip():
            try:
                lines.setdefault(from_line(line), number)
            except AlteredError as error:
                altered.add(error.hash)
                problems.append(_altered(error.hash, Place(file, number), in_git))
            except UnreadableError as error:
                problems.append(_unreadable(error, Place(file, number), is_last=number == len(texts)))
    return _Reading(file, lines, frozenset(altered), tuple(problems))


def _removed(reading: _Reading, aside: _Reading, in_git: dict[str, Decision]) -> Iterator[Problem]:
    """LG702: decisions that a later one, or git, knows, and that are not in the file any more."""
    there = {decision.hash for decision in (*reading.lines, *aside.lines)} | reading.altered | aside.altered
    # Named where the first line stands that knew it.
    knew = {known: line for decision, line in reversed(reading.lines.items()) for known in decision.knew}
    for missing in dict.fromkeys((*knew, *(decision.hash for decision in in_order(in_git.values())))):
        if missing not in there:
            yield _missing(missing, in_git.get(missing), Place(reading.file, knew.get(missing)))


def _whole(lines: Iterable[str]) -> Iterator[Decision]:
    for line in lines:
        try:
            yield from_line(line)
        except (AlteredError, UnreadableError):
            continue


def _added_in_git(folder: Path, file: str) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """Return the lines that git knows; and LG707, where it would know some and does not tell."""
    try:
        return added_lines(folder, DECISIONS), ()
    except GitError as error:
        message = f"git does not read its repository here, so what only git knows was not compared: {error}."
        way_out = "git status tells more."
        if error.is_distrust:
            trusted = quote(str(repository_of(folder)))
            way_out = f"If you trust who owns it: git config --global --add safe.directory {trusted}"
        return (), (Problem("LG707", message, Place(file), way_out, "warning"),)


def _set_aside(aside: _Reading) -> Iterator[Problem]:
    """LG706: decisions were given up, which everybody should know."""
    if aside.lines or aside.problems:
        message = f"Earlier decisions were set aside: {len(aside.lines)} of them, which count no more."
        yield Problem("LG706", message, Place(aside.file), "Keep the file; it shows what there was.", "warning")


def _conflict(place: Place) -> Problem:
    message = "A merge left its marks here; both sides were read."
    return Problem("LG704", message, place, "Delete the lines with the marks, and no other.")


def _altered(claimed: str, place: Place, in_git: Collection[str]) -> Problem:
    message = f"The decision {claimed[:8]} is not as it was written."
    return Problem("LG701", message, place, _way_out(claimed, place.file, kept=claimed in in_git))


def _unreadable(why: UnreadableError, place: Place, *, is_last: bool) -> Problem:
    message = f"This line cannot be read: {why}."
    way_out = "Bring it back from git, or delete it if it was never whole."
    if is_last:
        way_out = "A run was killed while it wrote; delete this line, and decide again what it should have said."
    return Problem("LG703", message, place, way_out)


def _missing(missing: str, in_git: Decision | None, place: Place) -> Problem:
    if in_git:
        what = f"{in_git.decision} of {in_git.letter} by {in_git.by} on {in_git.at:%Y-%m-%d}"
        message = f"The decision {missing[:8]} was removed or rewritten: {what}."
    else:
        message = f"The decision {missing[:8]} was removed or rewritten; a later one knew it."
    return Problem("LG702", message, place, _way_out(missing, place.file, kept=in_git is not None))


def _way_out(decision: str, file: str, *, kept: bool) -> str:
    if kept:
        return f"Bring its line back; git has it: git log -p -S {decision[:8]} -- {file}"
    return (
        "Bring its line back from another copy of the file; git never had it. If nobody has one, rename the file "
        f"to {SET_ASIDE}, and let everybody decide again."
    )
