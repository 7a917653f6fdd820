"""The sample campaign after its first run, made once for all tests of this folder."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

import workspaces

if TYPE_CHECKING:
    from pathlib import Path

    from workspaces import Outcome, Workspace


@dataclass(frozen=True)
class First:
    """A workspace after its first run, and what that run said. Not to be changed: tests take copies."""

    workspace: Workspace
    outcome: Outcome


@pytest.fixture(scope="package")
def first(tmp_path_factory: pytest.TempPathFactory) -> First:
    """Compose the sample campaign for the first time, with a umask that hides nothing."""
    workspace = workspaces.sample(tmp_path_factory.mktemp("first"))
    before = os.umask(0)
    try:
        return First(workspace, workspace.compose())
    finally:
        os.umask(before)


@pytest.fixture
def workspace(first: First, tmp_path: Path) -> Workspace:
    """Return a copy of a workspace in which everything is up to date."""
    return first.workspace.copy(tmp_path)
