"""The letters of a campaign as git has them."""

from __future__ import annotations

import os
import subprocess
import tempfile
from typing import TYPE_CHECKING

import pytest

import workspaces
from lettergen.prepare import prepare
from lettergen.problems import FileError, FindingsError, LettergenError, MissingError, UsageError
from lettergen.review.git import git, in_repository
from lettergen.review.revision import snapshots_at
from lettergen.review.snapshot import take
from workspace.sample import HEAD, LETTER, RECIPIENTS, Sample

if TYPE_CHECKING:
    from pathlib import Path

    from lettergen.review.snapshot import Snapshot

SUMMIT = "samarkand-2025"


def run(folder: Path, *arguments: str) -> None:
    """Run git, as somebody."""
    subprocess.run(
        ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", *arguments],
        check=True,
        cwd=folder,
        capture_output=True,
    )


def commit(folder: Path) -> None:
    """Commit everything."""
    run(folder, "add", "--all")
    run(folder, "commit", "--quiet", "--message", "A change")


@pytest.fixture
def kept(tmp_path: Path, own_folders: Path) -> Sample:
    """Return the sample campaign as the first commit of a repository, in a folder below its root."""
    root = tmp_path / "repository" / "Büro & Post"
    root.mkdir(parents=True)
    workspaces.lay_out_quiet(root)
    (root.parent / "recipients.toml").write_text("not ours", "utf-8")
    run(root.parent, "init", "--quiet")
    commit(root.parent)
    return Sample(root)


def now(root: Path) -> dict[str, Snapshot]:
    """Return the letters as they are on the disk."""
    prepared = prepare(root, SUMMIT)
    return {letter.id: take(letter, prepared.head) for letter in prepared.letters}


def test_the_letters_as_they_were(kept: Sample, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A revision has the letters of then, all that decides over them, and leaves nothing behind."""
    then = now(kept.root)
    kept.plant(HEAD, '"#7a1f2b"', '"#990000"')
    kept.plant(LETTER, "238 dead", "232 dead")
    forms = kept.root / "forms_of_address" / "en.toml"
    forms.write_text(
        forms.read_text("utf-8").replace("verified", 'reference = "Mr President"\nverified', 1), "utf-8"
    )
    commit(kept.root)
    changed = now(kept.root)
    assert then != changed
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    assert snapshots_at(kept.root, SUMMIT, "HEAD~1") == then
    assert snapshots_at(kept.root, SUMMIT, "HEAD") == changed
    assert list((tmp_path / "temporary").iterdir()) == []


def test_another_language_and_layout(four_languages: Sample) -> None:
    """The letters can be asked for as compose is asked for them."""
    run(four_languages.root, "init", "--quiet")
    commit(four_languages.root)
    then = snapshots_at(four_languages.root, SUMMIT, "HEAD", language="fr", layout="din5008-a")
    assert [(name, snapshot.sheet["layout"]) for name, snapshot in then.items()] == [
        ("costa.fr", "din5008-a"),
        ("von-der-leyen.fr", "din5008-a"),
    ]


@pytest.mark.parametrize(
    "name",
    ["", "-x", "--help", "--output=pwned", "nothing", "HEAD~9", "HEAD:recipients.toml", "HEAD\n", "a\0b", "^HEAD"],
)
def test_no_such_revision(kept: Sample, name: str) -> None:
    """What git does not know as a commit is a mistake of usage, options included; nothing is written."""
    with pytest.raises(UsageError) as caught:
        snapshots_at(kept.root, SUMMIT, name)
    assert str(caught.value) == f"git knows no revision “{name}” here."
    assert not list(kept.root.parent.rglob("pwned"))


def test_no_repository(sample: Sample) -> None:
    """Outside a repository there are no revisions."""
    assert not in_repository(sample.root)
    with pytest.raises(UsageError, match="is not in a git repository"):
        snapshots_at(sample.root, SUMMIT, "HEAD")


def test_no_commit_yet(sample: Sample) -> None:
    """In a repository without a commit there is no revision either."""
    run(sample.root, "init", "--quiet")
    assert in_repository(sample.root)
    with pytest.raises(UsageError, match="git knows no revision “HEAD” here"):
        snapshots_at(sample.root, SUMMIT, "HEAD")


def test_no_git(kept: Sample, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the program it is the machine that lacks something."""
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not in_repository(kept.root)
    with pytest.raises(MissingError, match="git is not installed"):
        snapshots_at(kept.root, SUMMIT, "HEAD")
    with pytest.raises(MissingError):
        git(kept.root, "--version")


def test_somebody_elses_repository(kept: Sample, monkeypatch: pytest.MonkeyPatch) -> None:
    """A repository that git does not trust is not read, and the way out is git's."""
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    with pytest.raises(UsageError, match="belongs to somebody else") as caught:
        snapshots_at(kept.root, SUMMIT, "HEAD")
    assert "safe.directory" in (caught.value.help or "")


@pytest.mark.parametrize("missing", [LETTER, RECIPIENTS])
def test_files_that_were_not_there(kept: Sample, missing: str) -> None:
    """A summit, or a folder, that git did not have then is a mistake of usage that names the file."""
    text = (kept.root / missing).read_bytes()
    (kept.root / missing).unlink()
    commit(kept.root)
    (kept.root / missing).write_bytes(text)
    commit(kept.root)
    with pytest.raises(UsageError, match=f"There was no {missing} at the revision “HEAD~1”"):
        snapshots_at(kept.root, SUMMIT, "HEAD~1")
    assert snapshots_at(kept.root, SUMMIT, "HEAD") == now(kept.root)


@pytest.mark.parametrize("summit", ["nowhere", "../letters/samarkand-2025", ".", ":(top)", "*"])
def test_no_such_summit(kept: Sample, summit: str) -> None:
    """A summit is the name of a folder, and nothing that git would read as more."""
    with pytest.raises(UsageError, match="There was no letters/"):
        snapshots_at(kept.root, summit, "HEAD")


def test_mistakes_of_then(kept: Sample) -> None:
    """Mistakes in the files of then are told at their place in that revision."""
    kept.plant(LETTER, "demands_lead = ", "demand_lead = ")
    commit(kept.root)
    kept.plant(LETTER, "demand_lead = ", "demands_lead = ")
    with pytest.raises(FindingsError) as caught:
        snapshots_at(kept.root, SUMMIT, "HEAD")
    short = (git(kept.root, "rev-parse", "HEAD") or b"").decode()[:8]
    assert {problem.where.file for problem in caught.value.problems} == {f"{short}:{LETTER}"}


def test_links_are_left_out(kept: Sample, tmp_path: Path) -> None:
    """A link of then is not followed, wherever it leads; what is missed is said without the temporary folder."""
    outside = tmp_path / "outside"
    (kept.root / "letters" / "letterhead").rename(outside)
    (kept.root / "letters" / "letterhead").symlink_to(outside)
    (kept.root / "letters" / SUMMIT / "passwd").symlink_to("/etc/passwd")
    commit(kept.root)
    with pytest.raises(LettergenError) as caught:
        snapshots_at(kept.root, SUMMIT, "HEAD")
    assert isinstance(caught.value, FindingsError)
    assert "lettergen-" not in str(caught.value.problems)


def test_a_submodule(kept: Sample, tmp_path: Path) -> None:
    """A repository inside the folder is left out, and disturbs nothing."""
    inner = kept.root / "letters" / SUMMIT / "evidence"
    inner.mkdir()
    run(inner, "init", "--quiet")
    (inner / "file").write_text("x", "utf-8")
    commit(inner)
    run(kept.root, "-c", "advice.addEmbeddedRepo=false", "add", "--all")
    commit(kept.root)
    assert snapshots_at(kept.root, SUMMIT, "HEAD") == now(kept.root)


def test_what_git_lost(kept: Sample) -> None:
    """Where git lacks what it should keep, that is an error of reading, without a fetch."""
    blob = (git(kept.root, "rev-parse", f"HEAD:./{LETTER}") or b"").decode().strip()
    (kept.root.parent / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    with pytest.raises(FileError, match="git cannot read what it keeps"):
        snapshots_at(kept.root, SUMMIT, "HEAD")


def test_the_working_folder_is_left_alone(kept: Sample) -> None:
    """Neither the files nor git's index change, and what is not committed does not show."""
    kept.plant(LETTER, "238 dead", "232 dead")
    before = workspaces.state(kept.root.parent)
    then = snapshots_at(kept.root, SUMMIT, "HEAD")
    assert workspaces.state(kept.root.parent) == before
    assert then != now(kept.root)


def test_git_never_asks(kept: Sample) -> None:
    """The program gets no terminal, no network and no locks of its own."""
    shown = git(kept.root, "-c", "alias.env=!env", "env") or b""
    lines = set(shown.decode().splitlines())
    assert {"GIT_TERMINAL_PROMPT=0", "GIT_NO_LAZY_FETCH=1", "GIT_OPTIONAL_LOCKS=0"} <= lines
    assert os.environ.get("GIT_TERMINAL_PROMPT") is None
    assert git(kept.root, "rev-parse", "--verify", "--quiet", "nothing") is None
