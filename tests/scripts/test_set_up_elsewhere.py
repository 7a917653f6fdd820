"""Holds what the scripts say on Linux without apt, and do on macOS.

No Mac was to be had: `uname` and `brew` are stand-ins here. These tests hold what is asked of Homebrew and what the
program is started with, not that a real Mac then sets a letter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scripts.expected import MAKING, PIP_CALLS, RUN_PACKAGES, VENV_CALLS, for_test

if TYPE_CHECKING:
    from scripts.pretend_machine import PretendMachine

MAC_VENV_CALLS = ["python3.14 -m venv M/checkout/.venv"]


@pytest.mark.parametrize(
    ("package_manager", "advice"),
    [
        ("dnf", "An administrator has to run: dnf install pango harfbuzz"),
        ("pacman", "An administrator has to run: pacman -S pango harfbuzz"),
        ("zypper", "An administrator has to run: zypper install libpango-1_0-0 libharfbuzz-subset0"),
    ],
)
def test_other_linux(machine: PretendMachine, package_manager: str, advice: str) -> None:
    """Fedora, Arch, and openSUSE are told their packages' names; nothing is installed."""
    machine.other_linux(package_manager, "python3", "python3-venv")
    outcome = machine.run("script/lettergen")
    assert outcome.out == ""
    assert outcome.err == (
        f"lettergen: Pango or HarfBuzz-Subset is missing, which set the letters' text. {advice}\n"
    )
    assert outcome.status == 3
    assert machine.calls() == []


def test_unknown_linux(machine: PretendMachine) -> None:
    """Elsewhere the libraries are named, and no command is guessed."""
    machine.other_linux(None, "python3", "python3-venv", "libpango-1.0-0", "libpangoft2-1.0-0")
    outcome = machine.run("script/lettergen")
    assert outcome.err == (
        "lettergen: Pango, PangoFT2, or HarfBuzz-Subset is missing, which set the letters' text; "
        "install them and try again.\n"
    )
    assert outcome.status == 3


def test_other_linux_with_pango(machine: PretendMachine) -> None:
    """With the libraries there, any Linux sets up and runs."""
    machine.other_linux("dnf", *RUN_PACKAGES)
    assert machine.run("script/lettergen").status == 0
    assert machine.calls() == [*VENV_CALLS, *PIP_CALLS]


def test_python_without_venv(machine: PretendMachine) -> None:
    """Where Python cannot make a .venv and nothing here can mend that, it is said."""
    machine.other_linux("dnf", *(package for package in RUN_PACKAGES if package != "python3-venv"))
    outcome = machine.run("script/lettergen")
    assert (
        outcome.err
        == "lettergen: M/bin/python3 lacks its modules venv and ensurepip; install them and try again.\n"
    )
    assert outcome.status == 3


def test_other_linux_without_test_programs(machine: PretendMachine) -> None:
    """What the tests lack is named."""
    machine.other_linux("dnf", *RUN_PACKAGES, "openssl")
    outcome = machine.run("script/test")
    assert outcome.err == (
        "lettergen: the tests also need these programs; install the packages that carry them: "
        "pdfsig qpdf mutool softhsm2-util java shellcheck git\n"
    )
    assert outcome.status == 3


def test_mac_without_homebrew(machine: PretendMachine) -> None:
    """A Mac without Homebrew is told where to get it."""
    machine.macos(homebrew=False)
    outcome = machine.run("script/lettergen")
    assert outcome.err == (
        "lettergen: Homebrew is missing, which installs Pango here; get it from https://brew.sh and try again.\n"
    )
    assert outcome.status == 3


def test_bare_mac(machine: PretendMachine) -> None:
    """Homebrew installs Python and Pango; the program is told where Homebrew keeps libraries."""
    machine.macos()
    machine.show_environment()
    outcome = machine.run("script/lettergen")
    assert outcome.out == "M/lib:M/home/lib:/usr/local/lib:/usr/lib\n\nM/bin\n"
    assert outcome.err == (
        "lettergen: installing with Homebrew: python@3.14 (runs lettergen), pango (sets text).\n"
        f"brew on standard output\n{MAKING}"
    )
    assert outcome.status == 0
    brew = ["brew --prefix", "brew install --quiet python@3.14 pango"]
    assert machine.calls() == [*brew, *MAC_VENV_CALLS, *PIP_CALLS]
    assert machine.run("script/lettergen").out == outcome.out
    assert machine.calls() == []


def test_tests_on_bare_mac(machine: PretendMachine) -> None:
    """The tests' formulae are installed, and found before what macOS has under the same names."""
    machine.macos()
    machine.show_environment()
    outcome = machine.run("script/test")
    path = "M/checkout/.venv/bin:M/opt/openssl@3/bin:M/opt/openjdk/bin:M/bin:M/bin"
    java = "M/opt/openjdk/libexec/openjdk.jdk/Contents/Home"
    assert outcome.out == f"M/lib:M/home/lib:/usr/local/lib:/usr/lib\n{java}\n{path}\n" * 5
    assert outcome.status == 0
    wanted = "python@3.14 pango poppler qpdf mupdf-tools softhsm openssl@3 openjdk shellcheck git"
    brew = ["brew --prefix", f"brew install --quiet {wanted}"]
    assert machine.calls() == [*brew, *MAC_VENV_CALLS, *for_test(PIP_CALLS)]
