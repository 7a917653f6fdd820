"""The run: plan → work → verify → record. What is up to date is left alone."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from lettergen.files import locked, sha256, sha256_of_file, write_atomically
from lettergen.inputs import input_hashes, library_versions, package_hash
from lettergen.manifest import (
    Entry,
    Manifest,
    SignedBy,
    note_in_journal,
    read_journal,
    read_manifest,
    write_manifest,
)
from lettergen.problems import LetterError
from lettergen.reread import refuse_unless_as_meant
from lettergen.signing.identity import choose
from lettergen.workspace.folder import letterhead_folder, summit_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from lettergen.model import Letter
    from lettergen.prepare import Prepared
    from lettergen.problems import Problem
    from lettergen.render.html import Mode
    from lettergen.signing.identity import Identity
    from lettergen.signing.passphrase import PassphraseSource
    from lettergen.signing.sign import Signer
    from lettergen.typeset.typesetter import Typesetter

# “planned”: to be written, were this not a dry run. “altered”: changed by hand, and left as it is.
Status = Literal["written", "unchanged", "planned", "altered", "failed"]
_SUFFIXES: dict[Mode, str] = {"signed": ".pdf", "unsigned": ".unsigned.pdf", "draft": ".draft.pdf"}


@dataclass(frozen=True, slots=True)
class Request:
    """What a run is asked for.

    Attributes:
        out: the folder that gets a folder per summit.
        to: ids of recipients; empty for all.
        identity: name of the identity that signs, or None to let lettergen choose.
        force: also overwrite files that were altered by hand.
    """

    root: Path
    summit: str
    mode: Mode
    out: Path
    to: tuple[str, ...] = ()
    identity: str | None = None
    force: bool = False
    dry_run: bool = False

    @property
    def folder(self) -> Path:
        """The output folder of the summit."""
        return self.out / self.summit


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
        warnings: of the check; empty when nothing had to be done, for they were told when it was done.
        identity: who signs; None for unsigned letters and drafts.
        made_identity: whether this run made that identity.
    """

    outcomes: tuple[Outcome, ...]
    warnings: tuple[Problem, ...] = ()
    identity: Identity | None = None
    made_identity: bool = False

    @property
    def ok(self) -> bool:
        """Whether every letter is as it was asked for."""
        return all(outcome.status not in {"altered", "failed"} for outcome in self.outcomes)


def compose(
    request: Request, source: PassphraseSource, progress: Callable[[int, int, str], None] = lambda *_: None
) -> Report:
    """Make the letters of a summit.

    Args:
        request: what is asked for.
        source: where a passphrase can come from, if the key has one.
        progress: called before each letter that is made, with its number, how many there are, and its id.

    Raises:
        FindingsError: the files have mistakes; nothing was written.
        LettergenError: the run cannot begin or go on: no identity, no library, no disk. What is finished stays, and
            running it again does the rest.
    """
    # The hashes come before the reading: a file that is edited in between is seen as changed by the next run.
    basis = Basis.of(request.root, request.summit)
    if report := _nothing_to_do(request, basis):
        return report

    from lettergen.prepare import prepare, select

    prepared = prepare(request.root, request.summit)
    letters = select(prepared.letters, request.to)
    identity, made_identity = _identity(request, prepared)
    tasks = [_task(letter, prepared, request.mode, identity, basis) for letter in letters]
    if request.dry_run:
        known = _known(request.folder)
        outcomes = [_look(task, request, known) for task in tasks]
        return Report(tuple(outcomes), prepared.warnings, identity)
    with locked(request.folder):
        # Read under the lock: another run may have finished a moment ago.
        known = _known(request.folder)
        looked_at = [_look(task, request, known) for task in tasks]
        outcomes = _work(tasks, looked_at, request, _Tools(request, prepared, identity, source), progress)
        _record(request.folder, prepared, basis, known, outcomes)
    return Report(tuple(outcomes), prepared.warnings, identity, made_identity)


@dataclass(frozen=True, slots=True)
class Basis:
    """Everything that letters are made from, by hash."""

    inputs: dict[str, str]
    libraries: dict[str, str]
    package: str

    @classmethod
    def of(cls, root: Path, summit: str) -> Basis:
        """Hash the files of a summit, and lettergen itself."""
        return cls(input_hashes(root, summit), library_versions(), package_hash())

    @property
    def digest(self) -> str:
        """One SHA-256 over it all."""
        return sha256(json.dumps([self.inputs, self.libraries, self.package], sort_keys=True).encode())


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


class _Tools:
    """Typesetter and signer of a run, made when the first letter needs them."""

    def __init__(
        self, request: Request, prepared: Prepared, identity: Identity | None, source: PassphraseSource
    ) -> None:
        self._summit = summit_folder(request.root, request.summit)
        self.folder = letterhead_folder(request.root, prepared.campaign.header.letterhead)
        self._identity, self._source = identity, source

    @cached_property
    def typesetter(self) -> Typesetter:
        from lettergen.typeset.typesetter import Typesetter

        return Typesetter([self._summit, self.folder])

    @cached_property
    def signer(self) -> Signer | None:
        from lettergen.signing.sign import open_signer

        return open_signer(self._identity, self._source) if self._identity else None


def _nothing_to_do(request: Request, basis: Basis) -> Report | None:
    """Return the report when all is as the last run left it, without reading a single text.

    This is for speed alone: without it the run finds the same, letter by letter.
    """
    manifest = read_manifest(request.folder)
    if manifest is None or read_journal(request.folder):
        return None
    identity = choose(request.identity, manifest.letterhead) if request.mode == "signed" else None
    recipients = {letter.rpartition(".")[0] for letter in manifest.letters}
    if (request.mode == "signed" and identity is None) or not set(request.to) <= recipients:
        return None
    outcomes = []
    for letter in manifest.letters:
        if request.to and letter.rpartition(".")[0] not in request.to:
            continue
        file = letter + _SUFFIXES[request.mode]
        entry = manifest.entries.get(file)
        path = request.folder / file
        if (
            entry is None
            or entry.basis != basis.digest
            or (identity and (entry.signer is None or entry.signer.fingerprint != identity.certificate.fingerprint))
            or sha256_of_file(path) != entry.sha256
        ):
            return None
        outcomes.append(Outcome(letter, path, "unchanged", entry))
    return Report(tuple(outcomes), identity=identity)


def _identity(request: Request, prepared: Prepared) -> tuple[Identity | None, bool]:
    """Return who signs, and whether this run made that identity."""
    if request.mode != "signed":
        return None, False
    letterhead = prepared.campaign.header.letterhead
    identity = choose(request.identity, letterhead)
    if identity or request.dry_run:
        return identity, False
    from lettergen.signing.new_identity import make_for_letterhead

    return make_for_letterhead(letterhead, prepared.campaign.letterhead.name), True


def _task(letter: Letter, prepared: Prepared, mode: Mode, identity: Identity | None, basis: Basis) -> _Task:
    from lettergen.render.html import to_html_document

    html = to_html_document(letter, prepared.head, mode)
    data = letter.model_dump_json(indent=1).encode()
    decides = [html, data.decode(), mode, basis.libraries, identity.certificate.fingerprint if identity else None]
    content = sha256(json.dumps(decides, sort_keys=True).encode())
    return _Task(letter, html, data, content, letter.id + _SUFFIXES[mode])


def _known(folder: Path) -> dict[str, Entry]:
    """Return what is known of the files of an output folder, also from a run that was killed."""
    manifest = read_manifest(folder)
    known = dict(manifest.entries) if manifest else {}
    for entry in read_journal(folder):
        # Noted before the file took its name: only its hash tells whether it did.
        if sha256_of_file(folder / entry.file) == entry.sha256:
            known[entry.file] = entry
    return known


def _look(task: _Task, request: Request, known: dict[str, Entry]) -> Outcome:
    """Say what has to be done for a letter."""
    path = request.folder / task.file
    on_disk = sha256_of_file(path)
    entry = known.get(task.file)
    if on_disk is not None and (entry is None or entry.sha256 != on_disk) and not request.force:
        reason = f"{path} was changed by hand, or lettergen did not make it; it is left as it is."
        return Outcome(task.letter.id, path, "altered", entry, reason)
    if on_disk is not None and entry and entry.sha256 == on_disk and entry.content == task.content:
        return Outcome(task.letter.id, path, "unchanged", entry)
    return Outcome(task.letter.id, path, "planned")


def _work(
    tasks: list[_Task],
    looked_at: list[Outcome],
    request: Request,
    tools: _Tools,
    progress: Callable[[int, int, str], None],
) -> list[Outcome]:
    """Make the planned letters; one that fails does not stop the others."""
    total = sum(outcome.status == "planned" for outcome in looked_at)
    outcomes, number = [], 0
    for task, outcome in zip(tasks, looked_at, strict=True):
        if outcome.status != "planned":
            outcomes.append(outcome)
            continue
        number += 1
        progress(number, total, task.letter.id)
        try:
            outcomes.append(replace(outcome, status="written", entry=_make(task, outcome.file, request, tools)))
        except LetterError as error:
            reason = f"{error} {error.help}" if error.help else str(error)
            outcomes.append(replace(outcome, status="failed", reason=reason))
    return outcomes


def _make(task: _Task, path: Path, request: Request, tools: _Tools) -> Entry:
    """Typeset, sign, write, and look at what was written before it takes its name."""
    letter, signer = task.letter, tools.signer
    page = tools.typesetter.typeset(
        task.html, base=tools.folder, data=task.data, written=letter.date, fields=signer is not None
    )
    pdf = page.pdf
    if signer:
        from lettergen.signing.sign import Claims, sign

        pdf = sign(pdf, signer, field=f"signature-{letter.signatories[0].id}", claims=Claims(location=None))
    entry = Entry(
        id=letter.id,
        recipient=letter.recipient,
        language=letter.language,
        mode=request.mode,
        file=task.file,
        pages=page.pages,
        size=len(pdf),
        sha256=sha256(pdf),
        content=task.content,
        basis="",
        signer=_signed_by(signer.identity) if signer else None,
    )

    def accept(written: Path) -> None:
        refuse_unless_as_meant(written, letter, entry)
        note_in_journal(request.folder, entry)

    write_atomically(path, pdf, accept=accept)
    return entry


def _signed_by(identity: Identity) -> SignedBy:
    certificate = identity.certificate
    return SignedBy(certificate.signer, certificate.fingerprint, certificate.self_issued)


def _record(
    folder: Path, prepared: Prepared, basis: Basis, known: dict[str, Entry], outcomes: list[Outcome]
) -> None:
    """Write the manifest: what is known, with what this run made or found up to date."""
    entries = {name: entry for name, entry in known.items() if (folder / name).exists()}
    for outcome in outcomes:
        if outcome.entry and outcome.status in {"written", "unchanged"}:
            entries[outcome.entry.file] = replace(outcome.entry, basis=basis.digest)
    write_manifest(
        folder,
        Manifest(
            summit=prepared.campaign.summit_id,
            letterhead=prepared.campaign.header.letterhead,
            letters=tuple(letter.id for letter in prepared.letters),
            libraries=basis.libraries,
            package=basis.package,
            inputs=basis.inputs,
            entries=entries,
        ),
    )
