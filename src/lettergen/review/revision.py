"""The letters of a campaign as they were at a git revision of the workspace."""

from __future__ import annotations

import io
import tarfile
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from lettergen.files import is_safe_name
from lettergen.prepare import prepare
from lettergen.problems import FileError, FindingsError, LettergenError, UsageError
from lettergen.review.git import git, require_repository
from lettergen.review.snapshot import Snapshot, take
from lettergen.workspace.folder import FORMS, LETTER, LETTERHEADS, LETTERS, RECIPIENTS

if TYPE_CHECKING:
    from lettergen.model import Language, Layout

_SHORT = 8


def snapshots_at(
    root: Path, summit: str, revision: str, *, language: Language | None = None, layout: Layout | None = None
) -> dict[str, Snapshot]:
    """Return each letter of a summit as it read at a revision, by its id, in the campaign's order of then.

    The files are taken out of git into a temporary folder; the workspace is left as it is. Links are left out, for
    they may lead anywhere.

    Args:
        root: the workspace, which may be a folder somewhere in its repository.
        summit: the folder's name.
        revision: anything that git calls a commit: “HEAD~2”, a tag, a branch, a hash.
        language: for all letters.
        layout: for all letters.

    Raises:
        MissingError: there is no git program.
        UsageError: no repository, no such revision, or no such summit in it.
        FindingsError: the files had mistakes; the places begin with the revision, as git writes it.
        FileError: git cannot read what it keeps.
    """
    require_repository(root)
    commit = _commit(root, revision)
    name = commit[:_SHORT]
    there = _there(root, summit, commit)
    missing = next((file for file in (f"{LETTERS}/{summit}/{LETTER}", RECIPIENTS) if file not in there), None)
    if missing:
        raise UsageError(
            f"There was no {missing} at the revision “{revision}” ({name}).",
            help=f"See which revisions have it: git log --oneline -- {missing}",
        )
    with TemporaryDirectory(prefix="lettergen-") as folder:
        then = Path(folder).resolve()
        _take_out(root, commit, there, then)
        try:
            prepared = prepare(then, summit, language=language, layout=layout)
            return {letter.id: take(letter, prepared.head) for letter in prepared.letters}
        except FindingsError as error:
            raise FindingsError(
                tuple(
                    replace(problem, where=replace(problem.where, file=f"{name}:{problem.where.file}"))
                    for problem in error.problems
                )
            ) from error
        except LettergenError as error:
            said = str(error).replace(f"{then}/", "").replace(str(then), "the workspace")
            raise type(error)(f"At the revision “{revision}” ({name}): {said}", help=error.help) from error


def _commit(root: Path, revision: str) -> str:
    """Return the full hash of a revision."""
    # What begins with a hyphen is an option to git, and no revision does; “^HEAD” is known to git and no commit.
    known = not revision.startswith("-") and "\0" not in revision
    found = known and git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if not found or found.startswith(b"^"):
        raise UsageError(
            f"git knows no revision “{revision}” here.",
            help="Name a commit, a tag or a branch, such as HEAD~1; git log --oneline shows them.",
        )
    return found.decode().strip()


def _there(root: Path, summit: str, commit: str) -> frozenset[str]:
    """Return which of the files and folders that letters are made from were there at a commit."""
    if not is_safe_name(summit):
        return frozenset()
    wanted = (f"{LETTERS}/{summit}/{LETTER}", f"{LETTERS}/{summit}", f"{LETTERS}/{LETTERHEADS}", RECIPIENTS, FORMS)
    listed = git(root, "ls-tree", "--name-only", "-z", commit, "--", *wanted)
    if listed is None:
        raise _unreadable(commit)
    return frozenset(listed.decode("utf-8", "replace").split("\0")) - {""}


def _take_out(root: Path, commit: str, there: frozenset[str], folder: Path) -> None:
    archive = git(root, "archive", "--format=tar", commit, "--", *sorted(there))
    if archive is None:
        raise _unreadable(commit)
    try:
        with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
            for member in tar:
                tar.extract(member, folder, filter=_files_only)
    except (tarfile.TarError, OSError) as error:
        raise FileError(f"What git keeps of {commit[:_SHORT]} cannot be taken out: {error}.") from error


def _files_only(member: tarfile.TarInfo, folder: str) -> tarfile.TarInfo | None:
    return tarfile.data_filter(member, folder) if member.isreg() or member.isdir() else None


def _unreadable(commit: str) -> FileError:
    return FileError(
        f"git cannot read what it keeps of {commit[:_SHORT]}.",
        help="git fsck says what is missing; in a partial clone, git fetch brings it.",
    )
