"""The run: plan → work → verify → record. What is up to date is left alone."""

from __future__ import annotations

import json
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lettergen.compose.at_level import Asked, below, opened
from lettergen.compose.left_over import left_over
from lettergen.compose.nothing_to_do import nothing_to_do
from lettergen.compose.recorded import came_back, co_signed, grown, signatures_on_record
from lettergen.compose.request import SUFFIXES, Listener, Outcome, Report, Request
from lettergen.files import locked, sha256, sha256_of_file, write_atomically
from lettergen.inputs import SETS_PAGES, input_hashes, library_versions, package_hash
from lettergen.manifest import (
    Basis,
    Entry,
    Manifest,
    SignedBy,
    note_in_journal,
    read_entries,
    write_manifest,
)
from lettergen.problems import LetterError, RefusedError
from lettergen.reread import refuse_unless_as_meant
from lettergen.signing.identity import choose
from lettergen.workspace.folder import letterhead_folder, summit_folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from lettergen.compose.at_level import LevelSigner
    from lettergen.model import Letter
    from lettergen.prepare import Prepared
    from lettergen.signing.identity import Identity
    from lettergen.signing.passphrase import PassphraseSource
    from lettergen.typeset.typesetter import Typesetter


def compose(request: Request, source: PassphraseSource, listener: Listener | None = None) -> Report:
    """Make the letters of a summit.

    Args:
        request: what is asked for.
        source: where a passphrase can come from, if the key has one.
        listener: hears of the run while it goes on.

    Raises:
        FindingsError: the files have mistakes; nothing was written.
        UsageError: the level that is accepted is above the one asked for.
        RefusedError: the campaign asks for approvals, and a final letter lacks one; nothing was written.
        LevelError: no level of signature that is accepted was reached. What is finished stays.
        LettergenError: the run cannot begin or go on: no identity, no library, no disk. What is finished stays, and
            running it again does the rest.
    """
    summit_folder(request.root, request.summit)  # a name from outside becomes part of a path only if it is one
    # The hashes come before the reading: a file that is edited in between is seen as changed by the next run.
    basis = Basis(input_hashes(request.root, request.summit), library_versions(), package_hash())
    if report := nothing_to_do(request, basis):
        return report

    from lettergen.prepare import prepare, select

    prepared = prepare(request.root, request.summit, language=request.language, layout=request.layout)
    letters = select(prepared.letters, request.to)
    _refuse_unapproved(request, prepared, letters)
    level = request.level or prepared.campaign.signing.level
    run = _Run(request, prepared, letters, basis, Asked.of(level, request.accept_level))
    return run.foresee() if request.dry_run else run.go(source, listener or Listener())


def _refuse_unapproved(request: Request, prepared: Prepared, letters: Sequence[Letter]) -> None:
    """Refuse final letters that were not approved, where the campaign asks for that; a draft always may be made."""
    if request.mode == "draft" or prepared.campaign.review is None:
        return
    from lettergen.review.deciding import refuse_unapproved
    from lettergen.review.review import review_of

    review = review_of(request.root, request.summit, prepared)
    refuse_unapproved(review, [letter.id for letter in letters])


@dataclass(frozen=True, slots=True)
class _Task:
    """A letter, ready for the typesetter.

    Attributes:
        content: SHA-256 over all that decides over the letter.
        file: its name in the output folder.
    """

    letter: Letter
    html: str
    data: bytes
    content: str
    file: str


@dataclass(frozen=True, slots=True)
class _Tools:
    """What makes letters; opened once for a run, and only when there is a letter to make."""

    typesetter: Typesetter
    signer: LevelSigner | None


@dataclass(frozen=True, slots=True)
class _Run:
    """A run that has something to look at.

    Attributes:
        letters: those that were asked for.
        basis: what they are made from.
        asked: the level of their signatures.
    """

    request: Request
    prepared: Prepared
    letters: tuple[Letter, ...]
    basis: Basis
    asked: Asked

    def foresee(self) -> Report:
        """Say what would be done, and write nothing."""
        identity = choose(self.request.identity, self._letterhead) if self.request.mode == "signed" else None
        known = read_entries(self.request.folder)
        outcomes = [self._look(self._task(letter, identity), known) for letter in self.letters]
        return self._report(outcomes, known, identity)

    def go(self, source: PassphraseSource, listener: Listener) -> Report:
        """Make what is to be made, and record it."""
        with locked(self.request.folder):
            identity, made_identity = self._identity(listener)
            # Read under the lock: another run may have finished a moment ago.
            known = read_entries(self.request.folder)
            tasks = [self._task(letter, identity) for letter in self.letters]
            outcomes = [self._look(task, known) for task in tasks]
            if any(outcome.status == "planned" for outcome in outcomes):
                with self._tools(identity, source) as tools:
                    outcomes = self._work(tasks, outcomes, tools, listener)
            self._record(known, outcomes)
        return replace(self._report(outcomes, known, identity), made_identity=made_identity)

    @property
    def _letterhead(self) -> str:
        return self.prepared.campaign.header.letterhead

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

    def _task(self, letter: Letter, identity: Identity | None) -> _Task:
        from lettergen.render.html import to_html_document

        mode = self.request.mode
        html = to_html_document(letter, self.prepared.head, mode)
        data = letter.model_dump_json(indent=1).encode()
        versions = {name: self.basis.libraries[name] for name in SETS_PAGES}
        signer = identity.certificate.fingerprint if identity else None
        certify = signer is not None and self.prepared.campaign.signing.certify
        decides = [html, data.decode(), mode, versions, signer, certify]
        content = sha256(json.dumps(decides, sort_keys=True).encode())
        return _Task(letter, html, data, content, letter.id + SUFFIXES[mode])

    def _look(self, task: _Task, known: dict[str, Entry]) -> Outcome:
        """Say what has to be done for a letter."""
        path = self.request.folder / task.file
        on_disk = sha256_of_file(path)
        entry = known.get(task.file)
        if entry is not None and entry.sha256 != on_disk is not None:
            entry = grown(entry, path.read_bytes())
        if entry is None or on_disk is None:
            if on_disk is None or self.request.force:
                return Outcome(task.letter.id, path, "planned")
            altered = "It was changed by hand, or lettergen did not make it; it is left as it is."
            return Outcome(task.letter.id, path, "altered", reason=altered)
        signed_as_asked = entry.signer is None or self.asked.is_met_by(entry.signer)
        if entry.content == task.content and signed_as_asked:
            entry = replace(entry, basis=self.basis)
            came = came_back(known[task.file], entry)
            reason = " ".join(filter(None, (came, below(entry.signer, self.asked)))) or None
            return Outcome(task.letter.id, path, "unchanged", entry, reason=reason)
        if (reason := co_signed(entry)) and not self.request.force:
            return Outcome(task.letter.id, path, "co-signed", reason=reason)
        return Outcome(task.letter.id, path, "planned")

    @contextmanager
    def _tools(self, identity: Identity | None, source: PassphraseSource) -> Iterator[_Tools]:
        from lettergen.typeset.typesetter import Typesetter

        with ExitStack() as stack:
            # First of all, for it may have to ask for a passphrase.
            signer = None if identity is None else stack.enter_context(opened(identity, source, self.asked))
            summit = summit_folder(self.request.root, self.request.summit)
            folders = [summit, letterhead_folder(self.request.root, self._letterhead)]
            yield _Tools(Typesetter(folders), signer)

    def _work(
        self, tasks: list[_Task], looked_at: list[Outcome], tools: _Tools, listener: Listener
    ) -> list[Outcome]:
        """Make the planned letters; one that fails does not stop the others."""
        total = sum(outcome.status == "planned" for outcome in looked_at)
        outcomes, number = [], 0
        for task, outcome in zip(tasks, looked_at, strict=True):
            if outcome.status != "planned":
                outcomes.append(outcome)
                continue
            number += 1
            listener.letter(number, total, task.letter.id)
            try:
                entry = self._make(task, outcome.file, tools)
                why = below(entry.signer, self.asked, tools.signer.why if tools.signer else None)
                outcomes.append(replace(outcome, status="written", entry=entry, reason=why))
            except LetterError as error:
                outcomes.append(replace(outcome, status="failed", reason=_why(error, outcome.file)))
        return outcomes

    def _make(self, task: _Task, path: Path, tools: _Tools) -> Entry:
        """Typeset, sign, write, and look at what was written before it takes its name."""
        from lettergen.typeset.window import refuse_hidden_address

        letter, signer = task.letter, tools.signer
        page = tools.typesetter.typeset(
            task.html,
            base=letterhead_folder(self.request.root, self._letterhead),
            data=task.data,
            written=letter.date,
            fields=signer is not None,
        )
        if letter.mode == "individual":
            refuse_hidden_address(page.pdf, letter)
        pdf, signatures = self._sign(page.pdf, letter, signer) if signer else (page.pdf, ())
        entry = Entry(
            id=letter.id,
            recipient=letter.recipient,
            language=letter.language,
            layout=letter.layout,
            mode=self.request.mode,
            file=task.file,
            pages=page.pages,
            size=len(pdf),
            sha256=sha256(pdf),
            content=task.content,
            basis=self.basis,
            signatures=signatures,
        )

        def accept(written: Path) -> None:
            refuse_unless_as_meant(written, letter, entry)
            note_in_journal(self.request.folder, entry)

        write_atomically(path, pdf, accept=accept)
        return entry

    def _sign(self, pdf: bytes, letter: Letter, signer: LevelSigner) -> tuple[bytes, tuple[SignedBy, ...]]:
        """Sign for the first signatory; the others sign with `lettergen sign`."""
        from lettergen.signing.fields import field_of
        from lettergen.signing.sign import Claims

        field, certify = field_of(letter.signatories[0].id), self.prepared.campaign.signing.certify
        signed = signer.sign(pdf, field=field, claims=Claims(certify=certify))
        return signed.pdf, signatures_on_record(signed, field, self.asked.level)

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
                letters=tuple(letter.id for letter in self.prepared.letters),
                warnings=None if self.request.language or self.request.layout else self.prepared.warnings,
                basis=self.basis,
                entries=entries,
            ),
        )

    def _report(self, outcomes: list[Outcome], known: dict[str, Entry], identity: Identity | None) -> Report:
        recipients = (letter.recipient for letter in self.prepared.letters)
        files = left_over(self.request.folder, recipients, self.prepared.languages, known)
        return Report(tuple(outcomes), self.prepared.warnings, files, identity)


def _why(error: LetterError, path: Path) -> str:
    sentences = [
        str(error),
        error.help,
        "The file of an earlier run still stands there." if path.exists() else None,
    ]
    return " ".join(sentence for sentence in sentences if sentence)
