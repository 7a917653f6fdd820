"""Workspaces for the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import workspaces

if TYPE_CHECKING:
    from pathlib import Path

    from workspaces import Workspace


@pytest.fixture
def small(tmp_path: Path) -> Workspace:
    """Return a workspace with the small campaign, in which nothing was composed yet."""
    return workspaces.small(tmp_path)


@pytest.fixture(scope="package")
def once(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Return a workspace in which the small campaign was composed and signed. Not to be changed."""
    workspace = workspaces.small(tmp_path_factory.mktemp("once"))
    assert workspace.compose().status == 0
    return workspace


@pytest.fixture
def composed(once: Workspace, tmp_path: Path) -> Workspace:
    """Return a copy of a workspace in which the small campaign was composed and signed."""
    return once.copy(tmp_path)
