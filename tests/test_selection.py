"""Holds that recipients are chosen by ids, patterns and tags: in letter.toml, with --to, and with --exclude."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

import workspaces
from workspaces import SUMMIT

if TYPE_CHECKING:
    from pathlib import Path

    from workspaces import Workspace

LETTER = f"letters/{SUMMIT}/letter.toml"
HEADER = "id,given_name,family_name,grammatical_gender,office,address,country,tags\n"
ROW = "{0},Anna,{0},f,european-commission-president,Rue 1 | 1000 Brussels,BE,{1}\n"
PEOPLE = {"mep-1": "afet droi", "mep-2": "afet", "mep-3": "", "other": "droi"}


@pytest.fixture
def office(tmp_path: Path) -> Workspace:
    """Return a workspace with four more people in a table."""
    workspace = workspaces.small(tmp_path)
    rows = "".join(ROW.format(name, tags) for name, tags in PEOPLE.items())
    (workspace.root / "recipients.csv").write_text(HEADER + rows, "utf-8")
    return workspace


def _written_to(workspace: Workspace, *arguments: str) -> list[str]:
    outcome = workspace.compose("--dry-run", "--unsigned", "--json", *arguments)
    assert outcome.status == 0, outcome.err
    return [letter["id"].removesuffix(".en") for letter in json.loads(outcome.out)["letters"]]


def _recipients(workspace: Workspace, listed: str) -> None:
    workspace.edit(LETTER, 'recipients = ["costa", "von-der-leyen"]', f"recipients = {listed}")


@pytest.mark.parametrize(
    ("listed", "chosen"),
    [
        ('["mep-*"]', ["mep-1", "mep-2", "mep-3"]),
        ('["tag:afet"]', ["mep-1", "mep-2"]),
        ('["other", "tag:droi", "costa"]', ["other", "mep-1", "costa"]),
        ('["*-2", "*"]', ["mep-2", "costa", "von-der-leyen", "mep-1", "mep-3", "other"]),
    ],
)
def test_in_the_letter(office: Workspace, listed: str, chosen: list[str]) -> None:
    """The letter goes to whom its list means, in its order, to each once."""
    _recipients(office, listed)
    assert _written_to(office) == chosen


@pytest.mark.parametrize(
    ("arguments", "chosen"),
    [
        (["--to", "mep-*"], ["mep-1", "mep-2", "mep-3"]),
        (["--to", "tag:droi", "--to", "costa"], ["costa", "mep-1", "other"]),
        (["--exclude", "tag:afet", "--exclude", "costa"], ["von-der-leyen", "mep-3", "other"]),
        (["--to", "mep-*", "--exclude", "mep-2"], ["mep-1", "mep-3"]),
    ],
)
def test_for_a_run(office: Workspace, arguments: list[str], chosen: list[str]) -> None:
    """--to and --exclude take ids, patterns and tags; what is excluded goes before what is chosen."""
    _recipients(office, '["costa", "von-der-leyen", "mep-*", "other"]')
    assert _written_to(office, *arguments) == chosen


@pytest.mark.parametrize(
    ("option", "name", "said"),
    [
        ("--to", "tag:agri", "error: This campaign writes to nobody that “tag:agri” means."),
        ("--exclude", "mip-*", "error: This campaign writes to nobody that “mip-*” means."),
        ("--exclude", "mep-9", "error: This campaign does not write to “mep-9”."),
    ],
)
def test_nobody(office: Workspace, option: str, name: str, said: str) -> None:
    """A pattern, a tag or an id that means nobody is a mistake, not an empty run."""
    _recipients(office, '["mep-*"]')
    outcome = office.compose("--unsigned", option, name)
    assert (outcome.status, outcome.err.splitlines()[0]) == (2, said)


def test_nobody_in_the_letter(office: Workspace) -> None:
    """A pattern of the letter that means nobody is a finding; so is what cannot be an id, a pattern or a tag."""
    _recipients(office, '["mip-*", "mep-1", "tag:AFET"]')
    outcome = office.run("check", "--format", "concise")
    assert outcome.status == 1
    column = len('recipients = ["')
    said = [line.split(" ", 1) for line in outcome.out.splitlines()]
    assert said[0] == [f"{LETTER}:13:{column}:", "error LG201 “mip-*” chooses nobody."]
    assert said[1][1].startswith("error LG108 “tag:AFET” cannot be an id.")


def test_an_unchanged_batch_without_a_tag(office: Workspace) -> None:
    """A run for a tag finds its letters as an earlier run for all left them."""
    _recipients(office, '["mep-*"]')
    assert office.compose("--unsigned").status == 0
    outcome = office.compose("--unsigned", "--to", "tag:afet")
    assert (outcome.status, outcome.err.splitlines()[-1]) == (0, "2 unchanged.")
