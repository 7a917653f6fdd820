"""The short way of a run that finds all as the last one left it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lettergen.compose.at_level import Asked, below
from lettergen.compose.left_over import left_over
from lettergen.compose.request import SUFFIXES, Outcome, Report, Request
from lettergen.files import sha256_of_file
from lettergen.manifest import Basis, read_journal, read_manifest
from lettergen.selection import is_pattern
from lettergen.signing.identity import choose
from lettergen.signing.levels import LEVELS

if TYPE_CHECKING:
    from lettergen.manifest import Entry
    from lettergen.signing.identity import Identity


def nothing_to_do(request: Request, basis: Basis) -> Report | None:
    """Return the report when all is as the last run left it, without reading a single text.

    This is for speed alone: without it the run finds the same, letter by letter.
    """
    manifest = read_manifest(request.folder)
    # The manifest knows the letters as the campaign itself wants them.
    if manifest is None or request.language or request.layout or manifest.level not in LEVELS:
        return None
    # Nor does it know who is meant by a tag.
    if request.exclude or any(map(is_pattern, request.to)):
        return None
    if manifest.warnings is None or manifest.basis != basis or read_journal(request.folder):
        return None
    identity = choose(request.identity, manifest.letterhead) if request.mode == "signed" else None
    recipients = {letter.rpartition(".")[0] for letter in manifest.letters}
    if (request.mode == "signed" and identity is None) or not set(request.to) <= recipients:
        return None
    asked = Asked.of(request.level or manifest.level, request.accept_level)
    outcomes = []
    for letter in manifest.letters:
        recipient = letter.rpartition(".")[0]
        if (request.to and recipient not in request.to) or (request.shard and not request.shard.takes(recipient)):
            continue
        file = letter + SUFFIXES[request.mode]
        entry = manifest.entries.get(file)
        path = request.folder / file
        if (
            entry is None
            or entry.basis != basis
            or entry.layout != manifest.layout
            or (identity and not _is_signed(entry, identity, asked))
            or sha256_of_file(path) != entry.sha256
        ):
            return None
        outcomes.append(Outcome(letter, path, "unchanged", entry, reason=below(entry.signer, asked)))
    files = left_over(request.folder, recipients, manifest.languages, manifest.entries)
    return Report(tuple(outcomes), manifest.warnings, files, identity)


def _is_signed(entry: Entry, identity: Identity, asked: Asked) -> bool:
    signer = entry.signer
    return signer is not None and signer.fingerprint == identity.certificate.fingerprint and asked.is_met_by(signer)
