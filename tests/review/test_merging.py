"""Branches on which people decide, merged by git alone: no decision is lost, and the letters stand right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lettergen.review.deciding import approve, comment
from lettergen.review.history import read_history
from lettergen.review.known_to_git import added_lines
from lettergen.review.review import load_review
from review.office import ANN, BO, FILE, SUMMIT, Office, decided, voice
from workspace.sample import LETTER

if TYPE_CHECKING:
    from pathlib import Path

    from lettergen.review.decisions import Decision
    from workspace.sample import Sample

ATTRIBUTES = f"letters/{SUMMIT}/.gitattributes"


@pytest.fixture
def office(sample: Sample) -> Office:
    """Return the sample campaign, which two people must approve, as a repository's first commit."""
    sample.plant(LETTER, "[letter]", "[review]\napprovals = 2\n\n[letter]")
    office = Office(sample.root)
    office.start()
    return office


def on_two_branches(office: Office, *, attributes: bool = True) -> tuple[Decision, ...]:
    """Let two people approve the same letter, and one of them comment, on two branches; stand on the first."""
    made: list[Decision] = []
    office.git("checkout", "-q", "-b", "bo")
    review = load_review(office.root, SUMMIT)
    made += approve(review, ["costa.en"], voice(BO, minutes=1))
    made += comment(review, "costa.en", voice(BO, minutes=2), "energy, security and transport", "In this order?")
    if not attributes:
        (office.root / ATTRIBUTES).unlink()
    office.commit("Bo decides")
    office.git("checkout", "-q", "main")
    made += approve(load_review(office.root, SUMMIT), ["costa.en"], voice(ANN, minutes=3))
    if not attributes:
        (office.root / ATTRIBUTES).unlink()
    office.commit("Ann decides")
    return tuple(made)


def both_are_there(office: Office, made: tuple[Decision, ...]) -> None:
    """Hold that every decision is read, nothing is wrong, and the letter is approved by two."""
    assert sorted(office.lines) == sorted(decision.to_line() for decision in made)
    review = load_review(office.root, SUMMIT)
    assert (set(review.history.decisions), review.history.problems) == (set(made), ())
    state = review.state("costa.en")
    assert (state.standing, [approval.by for approval in state.approvals]) == ("approved", [BO, ANN])
    assert [anchored.block for anchored in state.comments] == [("opening", "")]
    assert review.state("von-der-leyen.en").standing == "open"


def test_merge(office: Office) -> None:
    """A plain merge of the first decisions of two people keeps both, without a conflict."""
    made = on_two_branches(office)
    office.git("merge", "-q", "bo")
    both_are_there(office, made)


def test_rebase(office: Office) -> None:
    """So does a rebase, in which the decisions keep their hashes."""
    made = on_two_branches(office)
    office.git("rebase", "-q", "bo")
    both_are_there(office, made)


def test_deciding_after_a_merge(office: Office) -> None:
    """The next decision knows both branches, so that neither can be removed any more, with git or without."""
    on_two_branches(office)
    office.git("merge", "-q", "bo")
    tips = read_history(office.root, SUMMIT).tips
    (made,) = approve(load_review(office.root, SUMMIT), ["von-der-leyen.en"], voice(BO, minutes=4))
    assert len(tips) == 2
    assert set(made.knew) == set(tips)


def test_without_attributes(office: Office) -> None:
    """Where .gitattributes was not committed, the marks of the conflict are found, and both sides still count."""
    made = on_two_branches(office, attributes=False)
    office.git("merge", "-q", "bo", check=False)
    assert "<<<<<<< " in office.file.read_text("utf-8")
    review = load_review(office.root, SUMMIT)
    assert [problem.code for problem in review.history.problems] == ["LG704"]
    assert set(review.history.decisions) == set(made)
    assert review.state("costa.en").standing == "approved"
    office.write(*(line for line in office.lines if line.startswith("{")))
    both_are_there(office, made)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("log.diffMerges", "off"),
        ("log.follow", "true"),
        ("log.showRoot", "false"),
        ("log.showSignature", "true"),
        ("diff.noprefix", "true"),
        ("diff.renames", "copies"),
        ("color.ui", "always"),
    ],
)
def test_settings_of_git_hide_nothing(tmp_path: Path, own_folders: Path, key: str, value: str) -> None:
    """What the root commit had, and what only a merge brought, is known to git whatever people have set."""
    root = tmp_path / "office"
    root.mkdir()
    office = Office(root)
    first = decided(ANN)
    second = decided(BO, knew=[first])
    office.write(first)
    office.start()
    office.git("config", key, value)
    office.git("checkout", "-q", "-b", "side")
    (root / "note").write_text("x", "utf-8")
    office.commit("side")
    office.git("checkout", "-q", "main")
    office.git("merge", "-q", "--no-ff", "--no-commit", "side")
    office.write(first, second)
    office.commit("merge")
    folder, _, name = FILE.rpartition("/")
    assert set(added_lines(root / folder, name)) == {first.to_line(), second.to_line()}
