"""Holds that a campaign is loaded, checked and merged into letters, or refused with all that is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import workspaces
from lettergen.prepare import find_problems, prepare, select
from lettergen.problems import FindingsError, Place, UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from workspace.sample import Sample
    from workspaces import Workspace

LETTER = f"letters/{workspaces.SUMMIT}/letter.toml"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Return a workspace with the small campaign."""
    return workspaces.small(tmp_path)


def test_letters(workspace: Workspace) -> None:
    """A campaign without mistakes gives one letter per recipient, in its own order, and its letterhead."""
    prepared = prepare(workspace.root, workspaces.SUMMIT)
    assert [letter.id for letter in prepared.letters] == ["costa.en", "von-der-leyen.en"]
    assert prepared.head.letterhead == prepared.campaign.letterhead
    assert prepared.warnings == ()


def test_mistakes(workspace: Workspace) -> None:
    """Mistakes of both files come together in one error, and `find_problems` finds the same."""
    workspace.edit("recipients.toml", 'grammatical_gender = "m"', 'grammatical_gender = "x"')
    workspace.edit(LETTER, '"civic-space"]', '"civic-spaces"]')
    with pytest.raises(FindingsError) as caught:
        prepare(workspace.root, workspaces.SUMMIT)
    assert {problem.where.file for problem in caught.value.problems} == {"recipients.toml", LETTER}
    assert find_problems(workspace.root, None) == caught.value.problems


def test_warnings(workspace: Workspace) -> None:
    """A warning stops nothing, and comes with the letters."""
    workspace.edit(LETTER, "date = 2025-04-01", "date = 2025-04-09")
    warnings = prepare(workspace.root, workspaces.SUMMIT).warnings
    assert [problem.severity for problem in warnings] == ["warning"]
    assert find_problems(workspace.root, workspaces.SUMMIT) == warnings


def test_text_that_fails_while_it_is_filled_in(workspace: Workspace) -> None:
    """What fails only while a text is filled in is a finding as well, at that text, for each recipient."""
    workspace.edit(LETTER, 'text = "Speak of it."', 'text = "Speak{% if recipient.office < 5 %}!{% endif %}"')
    found = find_problems(workspace.root, None)
    assert [problem.message for problem in found] == [
        f"The text of the demand “speak” cannot be filled in for “{name}”: "
        "'<' not supported between instances of 'str' and 'int'"
        for name in ("costa", "von-der-leyen")
    ]
    source = 'text = "Speak{% if recipient.office < 5 %}!{% endif %}"'
    assert [(problem.code, problem.where, problem.help) for problem in found] == [
        ("LG403", Place(LETTER, 29, 8, source), "Look at what stands between {{ and }}.")
    ] * 2


def test_template_that_fails_while_it_is_filled_in(workspace: Workspace) -> None:
    """So is what fails only in a letterhead's own template, before anything is typeset."""
    template = "letters/letterhead/iphr/letterhead.html"
    (workspace.root / template).write_text("{% if letter.subject < 5 %}!{% endif %}", "utf-8")
    [found] = find_problems(workspace.root, None)
    assert (found.code, found.where, found.message) == (
        "LG403",
        Place(template),
        "The template of the letterhead “iphr” fails: '<' not supported between instances of 'str' and 'int'",
    )


def test_all_summits(workspace: Workspace) -> None:
    """Without a name every summit is looked at; what is wrong with the recipients is told once."""
    (workspace.root / "letters/bishkek-2026").mkdir()
    (workspace.root / "letters/bishkek-2026/letter.toml").write_text(
        workspaces.SMALL_LETTER.replace('recipients = ["costa', 'recipients = ["kosta'), "utf-8"
    )
    workspace.edit("recipients.toml", 'grammatical_gender = "m"', 'grammatical_gender = "x"')
    found = find_problems(workspace.root, None)
    assert [(problem.where.file, problem.where.line) for problem in found] == [
        ("letters/bishkek-2026/letter.toml", 13),
        ("recipients.toml", 7),
    ]


def test_no_summit(tmp_path: Path) -> None:
    """A folder without letters is a mistake of whoever named it."""
    with pytest.raises(UsageError) as caught:
        find_problems(tmp_path, None)
    assert (str(caught.value), caught.value.help) == (
        f"There are no letters in {tmp_path}.",
        "Go to the folder that holds letters/, or name it with -C.",
    )


def test_unknown_summit(workspace: Workspace) -> None:
    """A summit that is not there is named, with the one that was probably meant."""
    with pytest.raises(UsageError) as caught:
        prepare(workspace.root, "samarkand-2024")
    assert (str(caught.value), caught.value.help) == (
        f"There is no summit “samarkand-2024” in {workspace.root / 'letters'}.",
        "Did you mean “samarkand-2025”?",
    )


def test_selection(workspace: Workspace) -> None:
    """Letters are chosen by their recipients and stay in the campaign's order; nobody named means everybody."""
    letters = prepare(workspace.root, workspaces.SUMMIT)
    costa, leyen = letters.letters
    assert list(select(letters, ())) == [costa, leyen]
    assert list(select(letters, ("von-der-leyen",))) == [leyen]
    assert list(select(letters, ("von-der-leyen", "costa", "costa"))) == [costa, leyen]


ALL = "It writes to costa, von-der-leyen."


@pytest.mark.parametrize(("name", "way_out"), [("cost", "Did you mean “costa”?"), ("metsola", ALL), ("", ALL)])
def test_unknown_recipient(workspace: Workspace, name: str, way_out: str) -> None:
    """Somebody whom the campaign does not write to is a mistake of whoever asked, with the way out."""
    with pytest.raises(UsageError) as caught:
        select(prepare(workspace.root, workspaces.SUMMIT), ("costa", name))
    assert (str(caught.value), caught.value.help) == (f"This campaign does not write to “{name}”.", way_out)


def test_the_sample_as_it_is_shipped(four_languages: Sample) -> None:
    """Nobody has reviewed the translations or verified forms and addresses: check says so, and ends with 0."""
    run = four_languages.run("check", "--format", "concise")
    places = [line.split(" ")[:3] for line in run.stdout.splitlines()]
    folder = f"letters/{workspaces.SUMMIT}"
    assert places == [
        [f"{folder}/letter.de.toml:4:1:", "warning", "LG507"],
        [f"{folder}/letter.fr.toml:4:1:", "warning", "LG507"],
        [f"{folder}/letter.ru.toml:5:1:", "warning", "LG507"],
        ["recipients.toml:8:10:", "warning", "LG601"],
        ["recipients.toml:8:10:", "warning", "LG605"],
        ["recipients.toml:22:10:", "warning", "LG601"],
        ["recipients.toml:22:10:", "warning", "LG605"],
    ]
    assert (run.exit_code, run.stderr) == (0, "")
