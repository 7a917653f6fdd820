"""Holds what the doctor looks for, what it says is missing, and which command mends it on which system."""

from __future__ import annotations

import os
import platform
import sys
from ctypes import CDLL
from typing import TYPE_CHECKING

import keyring
import pytest
from keyring.backends import fail, null

from lettergen import doctor
from lettergen.doctor import Finding, examine, this_system
from lettergen.signing.new_identity import new
from lettergen.signing.settings import settings_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NO_KEYRING = Finding(
    "Keyring", "optional", "none; passphrases come from a prompt, --passphrase-file or LETTERGEN_PASSPHRASE."
)
NO_IDENTITY = Finding("Identity", "optional", "none yet; the first signed letter makes one, marked as self-issued.")

DEBIAN = 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nNAME="Debian GNU/Linux"\nVERSION_ID="12"\nID=debian\n'
RELEASES = {
    "debian": DEBIAN,
    "debian (Ubuntu)": "NAME=Ubuntu\nID=ubuntu\nID_LIKE=debian\n",
    "debian (Mint)": "ID=linuxmint\nID_LIKE='ubuntu debian'\n",
    "fedora": "# made by hand\n\nID=fedora\n",
    "fedora (Rocky)": 'ID="rocky"\nID_LIKE="rhel centos fedora"\n',
    "arch": "ID=arch\n",
    "arch (Manjaro)": "ID=manjaro\nID_LIKE=arch\n",
    "suse": 'ID="opensuse-leap"\nID_LIKE="suse opensuse"\n',
    "suse (SLES)": 'ID="sles"\nID_LIKE="suse"\n',
    "other": "ID=alpine\n",
    "other (empty)": "",
    "other (nonsense)": "ID\n=\nID_LIKE==\n",
}


@pytest.fixture(autouse=True)
def nobodys_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Give the doctor a user without identities or keyring, on a Debian, who is not root."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(sys, "platform", "linux")
    on(monkeypatch, DEBIAN, tmp_path)
    before = keyring.get_keyring()
    keyring.set_keyring(fail.Keyring())  # type: ignore[no-untyped-call]
    yield
    keyring.set_keyring(before)


def on(monkeypatch: pytest.MonkeyPatch, release: str, folder: Path) -> None:
    """Make the doctor read this file about the system."""
    (folder / "os-release").write_text(release, "utf-8")
    monkeypatch.setattr(doctor, "this_system", lambda: this_system(folder / "os-release"))


def without(monkeypatch: pytest.MonkeyPatch, *words: str) -> None:
    """Make the libraries with these words in their names impossible to load."""

    def cdll(name: str) -> object:
        if any(word in name for word in words):
            raise OSError(f"{name}: cannot open shared object file")
        return CDLL(name)

    monkeypatch.setattr(doctor, "CDLL", cdll)


def test_healthy_machine() -> None:
    """On a machine that has everything nothing is missing; keyring and identity are no necessities."""
    assert examine() == (
        Finding("Python", "ok", platform.python_version()),
        Finding("Pango", "ok", "found"),
        Finding("HarfBuzz-Subset", "ok", "found"),
        Finding("Fonts", "ok", "IBM Plex Serif"),
        NO_KEYRING,
        NO_IDENTITY,
        Finding(
            "Settings",
            "optional",
            f"none in {settings_file()}; time-stamps and trusted authorities would be named there.",
        ),
        Finding("Git", "ok", "found"),
    )


def test_keyring_and_identities() -> None:
    """A keyring is found, and identities are listed by their names."""
    keyring.set_keyring(null.Keyring())  # type: ignore[no-untyped-call]
    new("watchers", "Rights Watchers")
    new("friends", "Friends")
    assert examine()[4:6] == (Finding("Keyring", "ok", "found"), Finding("Identity", "ok", "friends, watchers"))


def test_keyring_that_cannot_be_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    """A keyring that was set up wrongly is a finding; the doctor does not fall ill with it."""

    def broken() -> None:
        raise ModuleNotFoundError("No module named 'no'")

    monkeypatch.setattr(keyring, "get_keyring", broken)
    message = "the one that is set up cannot be loaded: No module named 'no'."
    assert examine()[4] == Finding("Keyring", "optional", message)


def test_damaged_identity(tmp_path: Path) -> None:
    """An identity that cannot be read is a finding; the doctor does not fall ill with it."""
    record = new("watchers", "Rights Watchers").folder / "identity.json"
    record.write_text("{", "utf-8")
    assert examine()[5] == Finding(
        "Identity",
        "missing",
        f"{record} is damaged, so the identity “watchers” cannot be used.",
        f"Bring it back from a backup, or move {record.parent} away and import the identity again.",
    )


@pytest.mark.parametrize(
    ("gone", "listed"),
    [
        ("pango", "libpango-1.0, libpangoft2-1.0"),
        ("pangoft2", "libpangoft2-1.0"),
        ("gobject", "libgobject-2.0"),
        ("fontconfig", "libfontconfig"),
    ],
)
def test_missing_library(monkeypatch: pytest.MonkeyPatch, gone: str, listed: str) -> None:
    """Each library that the typesetter opens is looked for, and the one that is missing is named."""
    without(monkeypatch, gone)
    command = "sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0"
    assert examine()[1] == Finding("Pango", "missing", f"{listed} not found; it sets the pages.", command)


@pytest.mark.parametrize("release", RELEASES.values(), ids=RELEASES.keys())
def test_systems(tmp_path: Path, release: str, request: pytest.FixtureRequest) -> None:
    """A system is known by what it says it is or is like."""
    (tmp_path / "os-release").write_text(release, "utf-8")
    assert request.node.callspec.id.split()[0] == this_system(tmp_path / "os-release")


def test_system_that_says_nothing(tmp_path: Path) -> None:
    """A system without that file is another one."""
    assert this_system(tmp_path / "missing") == "other"


def test_macos(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """MacOS is known by itself."""
    monkeypatch.setattr(sys, "platform", "darwin")
    assert this_system(tmp_path / "os-release") == "macos"


@pytest.mark.parametrize(
    ("release", "commands"),
    [
        (
            DEBIAN,
            ["sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0", "sudo apt-get install libharfbuzz-subset0"],
        ),
        ("ID=fedora", ["sudo dnf install pango", "sudo dnf install harfbuzz"]),
        ("ID=arch", ["sudo pacman -S pango", "sudo pacman -S harfbuzz"]),
        ("ID_LIKE=suse", ["sudo zypper install libpango-1_0-0", "sudo zypper install libharfbuzz-subset0"]),
        (
            "ID=alpine",
            [
                "Install Pango 1.44 or later with your system's package manager.",
                "Install HarfBuzz-Subset with your system's package manager.",
            ],
        ),
    ],
)
def test_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, release: str, commands: list[str]) -> None:
    """What is missing comes with the command of this system's package manager; root needs no sudo."""
    without(monkeypatch, "pango", "harfbuzz-subset")
    on(monkeypatch, release, tmp_path)
    assert [finding.command for finding in examine()[1:3]] == commands
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert [finding.command for finding in examine()[1:3]] == [
        command.removeprefix("sudo ") for command in commands
    ]


def test_commands_on_macos(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On macOS Homebrew installs; where it has done so, Python is told where to look."""
    without(monkeypatch, "pango", "harfbuzz-subset")
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(doctor, "this_system", this_system)
    monkeypatch.setattr(doctor, "HOMEBREW", (tmp_path / "none", tmp_path))
    assert [finding.command for finding in examine()[1:3]] == ["brew install pango", "brew install harfbuzz"]
    (tmp_path / "libpango-1.0.dylib").touch()
    here = f"export DYLD_FALLBACK_LIBRARY_PATH={tmp_path}"
    assert [finding.command for finding in examine()[1:3]] == [here, "brew install harfbuzz"]


def test_missing_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fonts that are not there are named, with the command that brings them."""
    import fontpkg

    def no_font(*_: object) -> Path:
        raise fontpkg.FontpkgError

    monkeypatch.setattr(fontpkg, "path", no_font)
    command = f"{sys.executable} -m pip install fontpkg-ibm-plex-serif"
    assert examine()[3] == Finding("Fonts", "missing", "IBM Plex Serif is not there.", command)


def test_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is set up is counted; a mistake in it is a finding."""
    settings_file().parent.mkdir(parents=True)
    settings_file().write_text('[signing]\ntimestamp_servers = ["http://one.example"]\n', "utf-8")
    said = f"time-stamp servers: 1, trusted authorities: 0, in {settings_file()}"
    assert examine()[6] == Finding("Settings", "ok", said)
    settings_file().write_text("[", "utf-8")
    assert examine()[6].state == "missing"
    monkeypatch.setenv("PATH", "")
    assert examine()[7].state == "optional"
