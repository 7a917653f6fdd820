"""Making the letters of a run: look → work → record. What is up to date is left alone."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING

from lettergen.compose.at_level import Asked, below, opened
from lettergen.compose.left_over import left_over
from lettergen.compose.recorded import came_back, co_signed, grown
from lettergen.compose.request import SUFFIXES, Listener, Outcome, Report, Request
from lettergen.compose.work import Item, Made, Order, workshop
from lettergen.engine import Limits, Lost, here, in_processes, interruptible, usable_cpus
from lettergen.files import locked, sha256_of_file
from lettergen.manifest import Basis, Entry, Manifest, read_entries, write_manifest
from lettergen.problems import RefusedError
from lettergen.signing.identity import choose

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from contextlib import AbstractContextManager
    from threading import Event

    from lettergen.engine import Done
    from lettergen.letters import Due, Letters
    from lettergen.prepare import Prepared
    from lettergen.signing.identity import Identity
    from lettergen.signing.passphrase import PassphraseSource

# From here on a run takes the computer's processors by itself: starting them costs as much as this many letters.
MANY = 50


@dataclass(frozen=True)
class Run:
    """A run that has something to look at.

    Attributes:
        letters: those that were asked for.
        basis: what they are made from.
        asked: the level of their signatures.
    """

    request: Request
    prepared: Prepared
    letters: Letters
    basis: Basis
    asked: Asked

    def foresee(self) -> Report:
        """Say what would be done, and write nothing."""
        identity = choose(self.request.identity, self._letterhead) if self.request.mode == "signed" else None
        known = read_entries(self.request.folder)
        order = self._order(identity)
        outcomes = [self._look(due, order, known) for due in self.letters.due]
        return self._report(outcomes, known, identity)

    def go(self, source: PassphraseSource, listener: Listener) -> Report:
        """Make what is to be made, and record it."""
        with locked(self.request.folder):
            identity, made_identity = self._identity(listener)
            order = self._order(identity)
            # Read under the lock: another run may have finished a moment ago.
            known = read_entries(self.request.folder)
            outcomes = [self._look(due, order, known) for due in self.letters.due]
            with interruptible(listener.stopping) as stopping:
                if any(outcome.status == "planned" for outcome in outcomes):
                    self._work(order, outcomes, source, listener, stopping)
                self._record(known, outcomes)
        if stopping.is_set():
            raise KeyboardInterrupt
        return replace(self._report(outcomes, known, identity), made_identity=made_identity)

    @cached_property
    def _letterhead(self) -> str:
        return self.prepared.campaign.header.letterhead

    def _order(self, identity: Identity | None) -> Order:
        return Order(
            request=self.request,
            letterhead=self._letterhead,
            head=self.prepared.head,
            named_in_lead="recipient" in self.prepared.campaign.header.demands_lead,
            certify=self.prepared.campaign.signing.certify,
            basis=self.basis,
            asked=self.asked,
            identity=identity,
        )

    def _identity(self, listener: Listener) -> tuple[Identity | None, bool]:
        """Return who signs, and whether this run made that identity."""
        if self.request.mode != "signed":
            return None, False
        identity = choose(self.request.identity, self._letterhead)
        if identity is not None:
            return identity, False
        from lettergen.signing.new_identity import make_for_letterhead

        try:
            identity = make_for_letterhead(self._letterhead, self.prepared.campaign.letterhead.name)
        except RefusedError:
            # A run for another summit may have made it since: each folder has a lock of its own.
            identity = choose(self.request.identity, self._letterhead)
            if identity is None:
                raise
            return identity, False
        listener.new_identity(identity)
        return identity, True

    def _file(self, due: Due) -> str:
        return due.id + SUFFIXES[self.request.mode]

    def _look(self, due: Due, order: Order, known: dict[str, Entry]) -> Outcome:
        """Say what has to be done for a letter."""
        path = self.request.folder / self._file(due)
        on_disk = sha256_of_file(path)
        entry = known.get(path.name)
        if entry is not None and entry.sha256 != on_disk is not None:
            entry = grown(entry, path.read_bytes())
        if entry is None or on_disk is None:
            if on_disk is None or self.request.force:
                return Outcome(due.id, path, "planned")
            altered = "It was changed by hand, or lettergen did not make it; it is left as it is."
            return Outcome(due.id, path, "altered", reason=altered)
        signed_as_asked = entry.signer is None or self.asked.is_met_by(entry.signer)
        if signed_as_asked and entry.content == order.content(due.merge()):
            entry = replace(entry, basis=self.basis)
            came = came_back(known[path.name], entry)
            reason = " ".join(filter(None, (came, below(entry.signer, self.asked)))) or None
            return Outcome(due.id, path, "unchanged", entry, reason=reason)
        if (reason := co_signed(entry)) and not self.request.force:
            return Outcome(due.id, path, "co-signed", reason=reason)
        return Outcome(due.id, path, "planned")

    def _work(
        self,
        order: Order,
        outcomes: list[Outcome],
        source: PassphraseSource,
        listener: Listener,
        stopping: Event,
    ) -> None:
        """Make the planned letters, and put down what came of each; one that fails does not stop the others."""
        planned = [number for number, outcome in enumerate(outcomes) if outcome.status == "planned"]
        places = {outcomes[number].file.name: number for number in planned}

        def items() -> Iterator[Item]:
            for count, number in enumerate(planned, start=1):
                if stopping.is_set():
                    return
                due = self.letters.due[number]
                listener.letter(count, len(planned), due.id)
                letter = due.merge()
                yield Item(letter, order.content(letter), self._file(due))

        with _engine(order, source, self._jobs(len(planned))) as engine:
            for done in engine(items()):
                number = places[done.item.file]
                outcomes[number] = self._outcome(outcomes[number], done)

    def _outcome(self, outcome: Outcome, done: Done[Item, Made]) -> Outcome:
        made = done.result
        if isinstance(made, Lost):
            return replace(outcome, status="failed", reason=made.why)
        if made.entry is None:
            return replace(outcome, status="failed", reason=made.reason)
        # What comes from another process has a copy of the basis of its own.
        entry = replace(made.entry, basis=self.basis)
        return replace(outcome, status="written", entry=entry, reason=made.reason)

    def _jobs(self, letters: int) -> int:
        """Return how many worker processes make the letters; none for a few."""
        if self.request.jobs is not None:
            return 0 if self.request.jobs == 1 else min(self.request.jobs, letters)
        cpus = usable_cpus()
        return cpus if letters >= MANY and cpus > 1 else 0

    def _record(self, known: dict[str, Entry], outcomes: list[Outcome]) -> None:
        """Write the manifest: what is known, with what this run made or found up to date."""
        folder = self.request.folder
        entries = {name: entry for name, entry in known.items() if (folder / name).exists()}
        for outcome in outcomes:
            if outcome.entry and outcome.status in {"written", "unchanged"}:
                entries[outcome.entry.file] = outcome.entry
        write_manifest(
            folder,
            Manifest(
                summit=self.request.summit,
                letterhead=self._letterhead,
                layout=self.prepared.campaign.header.layout,
                level=self.prepared.campaign.signing.level,
                languages=self.prepared.languages,
                letters=tuple(due.id for due in self.prepared.letters.due),
                warnings=None if self.request.language or self.request.layout else self.prepared.warnings,
                basis=self.basis,
                entries=entries,
            ),
        )

    def _report(self, outcomes: list[Outcome], known: dict[str, Entry], identity: Identity | None) -> Report:
        recipients = (due.recipient for due in self.prepared.letters.due)
        files = left_over(self.request.folder, recipients, self.prepared.languages, known)
        return Report(tuple(outcomes), self.prepared.warnings, files, identity)


@contextmanager
def _engine(
    order: Order, source: PassphraseSource, jobs: int
) -> Iterator[Callable[[Iterable[Item]], Iterator[Done[Item, Made]]]]:
    """Open what makes letters: here, or in worker processes."""
    if jobs == 0:
        with workshop(order, source) as work:
            yield partial(here, work)
        return
    known = source.known_for(order.identity) if order.identity else source
    if order.identity:
        # What cannot be opened is said once, here, and not by each worker.
        with opened(order.identity, known, order.asked):
            pass
    opening: Callable[[Order], AbstractContextManager[Callable[[Item], Made]]] = partial(workshop, source=known)
    yield lambda items: in_processes(opening, order, items, jobs, Limits())
