"""The machines that the set-up scripts are tried on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scripts.pretend_machine import PretendMachine

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(params=[("dash",), ("bash", "--posix")], ids=["dash", "bash"])
def machine(request: pytest.FixtureRequest, tmp_path: Path) -> PretendMachine:
    """A machine with the basic tools and the checkout, its scripts run by each of two shells."""
    return PretendMachine(tmp_path / "a machine", request.param)
