"""Campaigns for the review screen: two letters, and as many as a parliament has members."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import workspaces
from tui.screen import LETTER

if TYPE_CHECKING:
    from pathlib import Path

    from workspaces import Workspace

MEMBERS = 720


@pytest.fixture
def small(tmp_path: Path) -> Workspace:
    """Return a workspace with two letters of one page."""
    return workspaces.small(tmp_path)


@pytest.fixture
def parliament(small: Workspace) -> Workspace:
    """Return a workspace with a letter of one page to each of 720 members."""
    people = "".join(
        f'\n[mep-{number}]\ngiven_name = "Ana"\nfamily_name = "Example-{number}"\ngrammatical_gender = "f"\n'
        'office = "member-of-the-european-parliament"\n'
        f'address = ["Rue Wiertz {number % 90 + 1}", "1047 Brussels"]\ncountry = "BE"\nlanguages = ["en"]\n'
        for number in range(1, MEMBERS + 1)
    )
    with (small.root / "recipients.toml").open("a", encoding="utf-8") as file:
        file.write(people)
    ids = ", ".join(f'"mep-{number}"' for number in range(1, MEMBERS + 1))
    small.edit(LETTER, '["costa", "von-der-leyen"]', f"[{ids}]")
    return small
