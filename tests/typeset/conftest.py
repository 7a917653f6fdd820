"""One desk for all: its typesetter is warm, and nothing of it changes a letter after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from typeset.desk import Desk
from typeset.desk import desk as new_desk

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Return the sample campaign with a typesetter."""
    return new_desk(tmp_path_factory.mktemp("desk"))


@pytest.fixture(scope="session")
def drafts(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return a sample letter as a draft and as an unsigned letter, by mode."""
    folder = tmp_path_factory.mktemp("letters")
    return {
        "draft": desk.written(folder / "draft.pdf", desk.costa, "draft"),
        "unsigned": desk.written(folder / "unsigned.pdf", desk.costa, "unsigned"),
    }
