"""Holds what the scripts install on Debian, what they leave alone, and what they say."""

from __future__ import annotations

import shutil

import pytest

from scripts.expected import (
    APT,
    BARE_REASONS,
    MAKING,
    PIP_CALLS,
    RUN_PACKAGES,
    TEST_PACKAGES,
    UPDATE_CALLS,
    VENV_CALLS,
    for_test,
    install_calls,
)
from scripts.pretend_machine import DEBIAN_PACKAGES, PretendMachine


def test_bare_debian_as_root(machine: PretendMachine) -> None:
    """With nothing but python3, one command fetches the package lists, installs what is missing, and runs."""
    machine.debian("python3")
    outcome = machine.run("script/lettergen", "compose", "--summit", "a b")
    assert outcome.out == "lettergen in M, given compose --summit a b\nand on input: typed\n"
    assert outcome.err == f"lettergen: installing with apt-get: {BARE_REASONS}.\n{MAKING}"
    assert outcome.status == 0
    simulated, installed = install_calls(*RUN_PACKAGES[1:])
    assert machine.calls() == [
        simulated,
        f"apt-get {APT} update [noninteractive]",
        installed,
        *VENV_CALLS,
        *PIP_CALLS,
    ]


def test_bare_debian_through_sudo(machine: PretendMachine) -> None:
    """An ordinary user's packages are installed through sudo, and only they."""
    machine.debian("python3")
    machine.state("lists")
    machine.user(1000)
    machine.sudo()
    outcome = machine.run("script/lettergen")
    assert outcome.err == f"lettergen: installing with sudo apt-get: {BARE_REASONS}.\n{MAKING}"
    assert outcome.status == 0
    simulated, installed = install_calls(*RUN_PACKAGES[1:])
    assert machine.calls() == [simulated, "sudo", installed, *VENV_CALLS, *PIP_CALLS]


def test_without_python(machine: PretendMachine) -> None:
    """Where even python3 is missing, it is installed first and then found."""
    machine.debian()
    machine.state("lists")
    outcome = machine.run("script/lettergen")
    assert outcome.err == f"lettergen: installing with apt-get: python3 (runs lettergen), {BARE_REASONS}.\n{MAKING}"
    assert outcome.status == 0
    assert machine.calls() == [*install_calls(*RUN_PACKAGES), *VENV_CALLS, *PIP_CALLS]


def test_nothing_missing(machine: PretendMachine) -> None:
    """A second run starts four small tools and the program, and says nothing."""
    machine.debian(*RUN_PACKAGES)
    machine.run("script/lettergen")
    machine.calls()
    machine.started()
    outcome = machine.run("script/lettergen", "check")
    assert (outcome.err, outcome.status) == ("", 0)
    assert machine.calls() == []
    assert sorted(machine.started()) == ["cat", "cat", "cksum", "dirname"]  # one cat is the program's own


@pytest.mark.parametrize("missing", RUN_PACKAGES[1:])
def test_only_what_is_missing(machine: PretendMachine, missing: str) -> None:
    """One package missing: that package is installed, and no other; no package lists are fetched for it."""
    machine.debian(*(package for package in RUN_PACKAGES if package != missing))
    machine.state("lists")
    assert machine.run("script/lettergen").status == 0
    assert machine.calls() == [*install_calls(missing), *VENV_CALLS, *PIP_CALLS]


def test_package_lists_too_old(machine: PretendMachine) -> None:
    """Where apt-get cannot fetch what its lists name, they are renewed and it is asked again."""
    machine.debian(*RUN_PACKAGES[:-1])
    machine.state("lists")
    machine.state("outdated")
    assert machine.run("script/lettergen").status == 0
    simulated, installed = install_calls("libharfbuzz-subset0")
    update = f"apt-get {APT} update [noninteractive]"
    assert machine.calls() == [simulated, installed, update, installed, *VENV_CALLS, *PIP_CALLS]


def test_neither_root_nor_sudo(machine: PretendMachine) -> None:
    """Who may not install is told what is missing and what an administrator has to type."""
    machine.debian("python3")
    machine.user(1000)
    outcome = machine.run("script/lettergen")
    assert outcome.out == ""
    assert outcome.err == (
        f"lettergen: missing: {BARE_REASONS}. An administrator has to run: apt-get update && "
        f"apt-get install --no-install-recommends {' '.join(RUN_PACKAGES[1:])}\n"
    )
    assert outcome.status == 3
    assert machine.calls() == []
    assert not (machine.checkout / ".venv").exists()


def test_apt_refuses(machine: PretendMachine) -> None:
    """What apt-get says on failing is passed on, with the command to type by hand."""
    machine.debian(*RUN_PACKAGES[:-1])
    machine.state("lists")
    machine.state("refused")
    outcome = machine.run("script/lettergen")
    assert outcome.out == ""
    assert outcome.err == (
        "lettergen: installing with apt-get: libharfbuzz-subset0 (embeds fonts).\n"
        "E: apt says why\nE: apt says why\n"
        "lettergen: that did not work (the message is above). An administrator has to run: "
        "apt-get update && apt-get install --no-install-recommends libharfbuzz-subset0\n"
    )
    assert outcome.status == 3


def test_python_too_old(machine: PretendMachine) -> None:
    """A Python before 3.11 is not used; where the system has no other, that is said."""
    machine.python_minor(10)
    machine.debian(*RUN_PACKAGES)
    machine.state("lists")
    outcome = machine.run("script/lettergen")
    last = "lettergen: Python 3.11 or newer is missing, and this system offers none by itself; "
    assert outcome.err.splitlines()[-1] == f"{last}install one and try again."
    assert outcome.status == 3


def test_python_found_by_its_version(machine: PretendMachine) -> None:
    """Beside an old python3, a newer Python is found by its own name, and gets the package that fits it."""
    machine.python_minor(10)
    machine.debian(*RUN_PACKAGES)
    machine.python_minor(13)
    shutil.copy(machine.folder / "python", machine.folder / "bin" / "python3.13")
    machine.unstate("packages/ensurepip")
    machine.user(1000)
    assert machine.run("script/lettergen").err.endswith("--no-install-recommends python3.13-venv\n")


def test_python_that_keeps_its_version(machine: PretendMachine) -> None:
    """The .venv is made with the name that says the version, so that it does not change under an upgrade."""
    machine.debian(*RUN_PACKAGES)
    shutil.copy(machine.folder / "python", machine.folder / "bin" / "python3.11")
    machine.run("script/lettergen")
    assert machine.calls() == ["python3.11 -m venv M/checkout/.venv", *PIP_CALLS]


def test_newer_python(machine: PretendMachine) -> None:
    """A Python that the pins were not tried with serves where there is no other, and gives way where there is."""
    machine.python_minor(20)
    machine.debian(*RUN_PACKAGES)
    assert machine.run("script/lettergen").status == 0
    assert machine.calls() == [*VENV_CALLS, *PIP_CALLS]
    machine.python_minor(12)
    shutil.copy(machine.folder / "python", machine.folder / "bin" / "python3.12")
    machine.unstate("checkout/.venv/bin/python")
    assert machine.run("script/lettergen").status == 0
    assert machine.calls() == ["python3.12 -m venv M/checkout/.venv", *PIP_CALLS]


def test_tests_on_bare_debian(machine: PretendMachine) -> None:
    """The tests' programs are installed in one go with what a run needs, and so are their Python packages."""
    machine.debian("python3")
    machine.state("lists")
    assert machine.run("script/test").status == 0
    asked = install_calls(*RUN_PACKAGES[1:], *TEST_PACKAGES)
    assert machine.calls() == [*asked, *VENV_CALLS, *for_test(PIP_CALLS)]


def test_levels(machine: PretendMachine) -> None:
    """Tests after a run add what is missing to the same .venv; a run after the tests finds everything there."""
    machine.debian(*DEBIAN_PACKAGES)
    machine.run("script/lettergen")
    machine.calls()
    assert machine.run("script/test").status == 0
    assert machine.calls() == for_test(UPDATE_CALLS)
    assert machine.run("script/lettergen").status == 0
    assert machine.run("script/test").status == 0
    assert machine.calls() == []


def test_test_program_lost(machine: PretendMachine) -> None:
    """A program of the tests that has gone is installed again before they run; a run does not miss it."""
    machine.debian(*DEBIAN_PACKAGES)
    machine.state("lists")
    machine.run("script/test")
    machine.calls()
    machine.unstate("bin/qpdf")
    assert machine.run("script/lettergen").status == 0
    assert machine.calls() == []
    assert machine.run("script/test").status == 0
    assert machine.calls() == [*install_calls("qpdf"), *for_test(UPDATE_CALLS)]
