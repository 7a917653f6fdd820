"""Holds how the scripts run what they have set up, and that their shell is sound."""

from __future__ import annotations

import shutil
import subprocess

from scripts.pretend_machine import DEBIAN_PACKAGES, REPOSITORY, PretendMachine

SCRIPTS = (
    "script/lettergen",
    "script/test",
    "script/update-catalogues",
    "script/update-constraints",
    "script/_environment",
    ".ci/run",
)


def test_called_by_a_link_from_elsewhere(machine: PretendMachine) -> None:
    """A link to script/lettergen works from any folder, and the program runs in that folder."""
    machine.debian(*DEBIAN_PACKAGES)
    elsewhere = machine.folder / "else where"
    elsewhere.mkdir()
    (elsewhere / "relative").symlink_to("../checkout/script/lettergen")
    (machine.checkout / "absolute").symlink_to(elsewhere / "relative")
    outcome = machine.run("absolute", "show", folder=elsewhere)
    assert outcome.out == "lettergen in M/else where, given show\nand on input: typed\n"
    assert outcome.status == 0


def test_every_check_runs(machine: PretendMachine) -> None:
    """All five checks run in the checkout, whichever fail; arguments reach pytest alone; one failure is enough."""
    machine.debian(*DEBIAN_PACKAGES)
    machine.state("fails-ruff")
    outcome = machine.run("script/test", "-k", "a or b", "tests/cli")
    assert (
        outcome.out
        == "ruff check\nruff format --check\nmypy \nlint-imports \npytest --numprocesses auto -k a or b tests/cli\n"
    )
    assert outcome.status == 1
    machine.unstate("fails-ruff")
    assert machine.run("script/test").status == 0
    machine.state("fails-pytest")
    assert machine.run("script/test").status == 1


def test_help_of_the_test_command(machine: PretendMachine) -> None:
    """`script/test --help` explains itself and sets nothing up."""
    machine.debian()
    outcome = machine.run("script/test", "--help")
    assert outcome.out.startswith("script/test [PYTEST ARGUMENT...]: everything a change has to pass.")
    assert outcome.out.endswith("  script/test tests/cli -k verify\n")
    assert (outcome.err, outcome.status) == ("", 0)
    assert machine.calls() == []


def test_ci(machine: PretendMachine) -> None:
    """What a submission has to pass is script/test, with its exit status."""
    machine.debian(*DEBIAN_PACKAGES)
    machine.state("fails-mypy")
    outcome = machine.run(".ci/run")
    assert outcome.out == "ruff check\nruff format --check\nmypy \nlint-imports \npytest --numprocesses auto\n"
    assert outcome.status == 1


def test_shellcheck() -> None:
    """The linter finds nothing in any script, and knows every shell script of script/."""
    found = subprocess.run(
        ["shellcheck", "--external-sources", *SCRIPTS], cwd=REPOSITORY, capture_output=True, text=True, check=False
    )
    assert (found.stdout, found.returncode) == ("", 0)
    shell = [file for file in (REPOSITORY / "script").iterdir() if b"/sh\n" in file.read_bytes()[:40]]
    assert {f"script/{file.name}" for file in shell} <= set(SCRIPTS)


def test_scripts_can_be_started() -> None:
    """Every script that people call carries its executable bit."""
    for name in ("script/lettergen", "script/test", "script/update-constraints", ".ci/run"):
        assert shutil.which(REPOSITORY / name), name
