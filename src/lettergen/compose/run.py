"""A run: nothing to do, or letters to look at, make and record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lettergen.compose.at_level import Asked
from lettergen.compose.nothing_to_do import nothing_to_do
from lettergen.compose.request import Listener, Report, Request
from lettergen.inputs import input_hashes, library_versions, package_hash
from lettergen.manifest import Basis
from lettergen.workspace.folder import summit_folder

if TYPE_CHECKING:
    from lettergen.letters import Letters
    from lettergen.prepare import Prepared
    from lettergen.signing.passphrase import PassphraseSource


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
        KeyboardInterrupt: somebody wished it to stop. What was at work was finished, and recorded.
        LettergenError: the run cannot begin or go on: no identity, no library, no disk. What is finished stays, and
            running it again does the rest.
    """
    summit_folder(request.root, request.summit)  # a name from outside becomes part of a path only if it is one
    # The hashes come before the reading: a file that is edited in between is seen as changed by the next run.
    basis = Basis(input_hashes(request.root, request.summit), library_versions(), package_hash())
    if report := nothing_to_do(request, basis):
        return report

    # Imported here: a run that has nothing to do ends before.
    from lettergen.compose.making import Run
    from lettergen.prepare import prepare, select

    prepared = prepare(request.root, request.summit, language=request.language, layout=request.layout)
    letters = select(prepared, request.to, request.exclude)
    if request.shard:
        letters = letters.those_to({due.recipient for due in letters.due if request.shard.takes(due.recipient)})
    _refuse_unapproved(request, prepared, letters)
    level = request.level or prepared.campaign.signing.level
    run = Run(request, prepared, letters, basis, Asked.of(level, request.accept_level))
    return run.foresee() if request.dry_run else run.go(source, listener or Listener())


def _refuse_unapproved(request: Request, prepared: Prepared, letters: Letters) -> None:
    """Refuse final letters that were not approved, where the campaign asks for that; a draft always may be made."""
    if request.mode == "draft" or prepared.campaign.review is None:
        return
    from lettergen.review.deciding import refuse_unapproved
    from lettergen.review.review import review_of

    review = review_of(request.root, request.summit, prepared)
    refuse_unapproved(review, [due.id for due in letters.due])
