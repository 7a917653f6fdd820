"""Holds who is taken to decide: who the environment names, else git's user, else nobody."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from lettergen.problems import UsageError
from lettergen.review.reviewer import Reviewer, from_text, reviewer, written

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def repository(tmp_path: Path, own_folders: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a repository in which git knows nobody, and nobody is named in the environment."""
    monkeypatch.delenv("LETTERGEN_REVIEWER", raising=False)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    folder = tmp_path / "office"
    folder.mkdir()
    subprocess.run(["git", "init", "-q", folder], check=True)
    return folder


def configure(folder: Path, key: str, value: str) -> None:
    """Tell git something."""
    subprocess.run(["git", "-C", folder, "config", key, value], check=True)


def test_nobody(repository: Path) -> None:
    """Where neither names anybody, nobody is made up."""
    assert reviewer(repository) is None
    configure(repository, "user.name", "Ann Example")
    assert reviewer(repository) is None


def test_git(repository: Path) -> None:
    """Git's user of this very folder is meant."""
    configure(repository, "user.name", "Ann Example")
    configure(repository, "user.email", "ann@example.org")
    assert reviewer(repository) == Reviewer("Ann Example", "ann@example.org")


def test_environment_first(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment goes before git."""
    configure(repository, "user.name", "Ann Example")
    configure(repository, "user.email", "ann@example.org")
    monkeypatch.setenv("LETTERGEN_REVIEWER", "Bo Ümlaut-Chief <bo@example.org>")
    assert str(reviewer(repository)) == "Bo Ümlaut-Chief <bo@example.org>"


def test_no_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the program git there is nobody, and no mistake."""
    monkeypatch.delenv("LETTERGEN_REVIEWER", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert reviewer(tmp_path) is None


@pytest.mark.parametrize(
    "text",
    [
        "Ann",
        "ann@example.org",
        "<ann@example.org>",
        "Ann <ann>",
        "Ann <ann@>",
        "Ann <ann@example.org",
        "Ann <ann@example.org> ",
        "Ann  Example <ann@example..org>",
        "Ann <ann@localhost>",
        "Ann <ann@exam ple.org>",
        "Ann <a> <ann@example.org>",
        "Ann\n<ann@example.org>",
        "Ann\nBo <ann@example.org>",
        "Ann\x1b[2J <ann@example.org>",
        "Ann\u202e <ann@example.org>",
        "Ann\u2028 <ann@example.org>",
        " <ann@example.org>",
        "x",
    ],
)
def test_strict(text: str) -> None:
    """What is no name with a mail address is refused, with what it should look like."""
    with pytest.raises(UsageError) as refused:
        from_text(text, "LETTERGEN_REVIEWER")
    assert "Ann Example <ann@example.org>" in (refused.value.help or "")


def test_git_without_mail_address(repository: Path) -> None:
    """A user of git whose mail address cannot be one is told so, and not silently left out."""
    configure(repository, "user.name", "Ann Example")
    configure(repository, "user.email", "ann@laptop.local")
    with pytest.raises(UsageError, match=r"user\.email"):
        reviewer(repository)


def test_one_person() -> None:
    """The mail address says who it is, in any case; the name does not."""
    one, other = written("Ann Example <ann@example.org>"), written("A. Example <Ann@Example.org>")
    assert one is not None
    assert other is not None
    assert one.person == other.person
    assert one.person != Reviewer("Ann Example", "bo@example.org").person
