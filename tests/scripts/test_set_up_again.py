"""Holds when a set-up that was made before is kept, brought up to date, or made afresh."""

from __future__ import annotations

import signal
import time
from typing import TYPE_CHECKING

import pytest

from scripts.expected import (
    BRINGING,
    MAKING,
    PIP_CALLS,
    RUN_PACKAGES,
    UPDATE_CALLS,
    VENV_CALLS,
    install_calls,
)

if TYPE_CHECKING:
    from scripts.pretend_machine import PretendMachine


@pytest.fixture
def ready(machine: PretendMachine) -> PretendMachine:
    """A Debian on which lettergen has been set up."""
    machine.debian(*RUN_PACKAGES)
    machine.state("lists")
    assert machine.run("script/lettergen").status == 0
    machine.calls()
    return machine


@pytest.mark.parametrize("file", ["pyproject.toml", "constraints.txt", "script/_environment"])
def test_other_requirements(ready: PretendMachine, file: str) -> None:
    """Changed requirements are installed into the .venv that is there."""
    with (ready.checkout / file).open("a", encoding="utf-8") as requirements:
        requirements.write("# changed\n")
    outcome = ready.run("script/lettergen")
    assert (outcome.err, outcome.status) == (BRINGING, 0)
    assert ready.calls() == UPDATE_CALLS
    ready.run("script/lettergen")
    assert ready.calls() == []


def test_requirements_of_tests_only(ready: PretendMachine) -> None:
    """What only the tests need leaves a run alone."""
    (ready.checkout / "constraints-test.txt").write_text("# changed\n", encoding="utf-8")
    ready.run("script/lettergen")
    assert ready.calls() == []


def test_moved_checkout(ready: PretendMachine) -> None:
    """A .venv that was made elsewhere is made afresh, for its programs name their place."""
    ready.checkout = ready.checkout.rename(ready.folder / "moved")
    outcome = ready.run("script/lettergen")
    assert (outcome.err, outcome.status) == (MAKING, 0)
    moved = [call.replace("M/checkout", "M/moved") for call in [*VENV_CALLS, *PIP_CALLS]]
    assert ready.calls() == moved


def test_lost_python(ready: PretendMachine) -> None:
    """When the Python of .venv has gone, as after a system upgrade, .venv is made afresh."""
    ready.unstate("checkout/.venv/bin/python")
    outcome = ready.run("script/lettergen")
    assert (outcome.err, outcome.status) == (MAKING, 0)
    assert ready.calls() == [*VENV_CALLS, *PIP_CALLS]


def test_lost_library(ready: PretendMachine) -> None:
    """A library that was removed since is installed again."""
    ready.unstate("lib/libpango-1.0.so.0")
    assert ready.run("script/lettergen").status == 0
    assert ready.calls() == [*install_calls("libpango-1.0-0"), *UPDATE_CALLS]


def test_killed_set_up(machine: PretendMachine) -> None:
    """What a killed set-up left is not taken for finished: the next run starts afresh and ends well."""
    machine.debian(*RUN_PACKAGES)
    machine.state("killed")
    assert machine.run("script/lettergen").status == -signal.SIGKILL
    assert (machine.checkout / ".venv" / "bin" / "python").exists()
    machine.calls()
    machine.unstate("killed")
    machine.state("checkout/.venv/half-made")
    outcome = machine.run("script/lettergen")
    assert (outcome.err, outcome.status) == (MAKING, 0)
    assert machine.calls() == [*VENV_CALLS, *PIP_CALLS]
    assert not (machine.checkout / ".venv" / "half-made").exists()


def test_killed_update(ready: PretendMachine) -> None:
    """The same where the killed set-up was changing a finished one."""
    (ready.checkout / "constraints.txt").write_text("# changed\n", encoding="utf-8")
    ready.state("killed")
    assert ready.run("script/lettergen").status == -signal.SIGKILL
    ready.calls()
    ready.unstate("killed")
    assert ready.run("script/lettergen").status == 0
    assert ready.calls() == [*VENV_CALLS, *PIP_CALLS]


def test_refused_hash(ready: PretendMachine) -> None:
    """When pip refuses a package, its reason is passed on, the program does not run, and nothing counts as done."""
    (ready.checkout / "constraints.txt").write_text("# changed\n", encoding="utf-8")
    ready.state("refused-hash")
    outcome = ready.run("script/lettergen")
    assert outcome.out == ""
    assert outcome.err == (
        f"{BRINGING}ERROR: pip says why\n"
        "lettergen: the Python packages could not be installed (pip's message is above); "
        "the next run starts afresh.\n"
    )
    assert outcome.status == 3
    ready.calls()
    ready.unstate("refused-hash")
    assert ready.run("script/lettergen").err == MAKING


def test_two_at_once(machine: PretendMachine) -> None:
    """Of two runs that find nothing set up, one sets up and the other waits for it and does not do it again."""
    machine.debian(*RUN_PACKAGES)
    machine.state("slow")
    first = machine.start("script/lettergen")
    while not (machine.folder / "calls").exists():
        time.sleep(0.01)
    second = machine.run("script/lettergen")
    _, first_messages = first.communicate("typed", timeout=60)
    assert (first_messages, first.returncode) == (MAKING, 0)
    assert (second.err, second.status) == ("lettergen: waiting for another set-up of this folder to end.\n", 0)
    assert machine.calls() == [*VENV_CALLS, *PIP_CALLS]
