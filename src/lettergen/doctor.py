"""What this machine has and lacks, each with the command that mends it on this system."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from ctypes import CDLL
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from lettergen.problems import LettergenError

if TYPE_CHECKING:
    from collections.abc import Iterable

State = Literal["ok", "optional", "missing"]
System = Literal["debian", "fedora", "arch", "suse", "macos", "other"]

# What WeasyPrint opens, under its names on Linux, macOS and Windows; Pango's packages bring all of these.
_PANGO_LIBRARIES = (
    ("libgobject-2.0.so.0", "libgobject-2.0.0.dylib", "libgobject-2.0-0.dll"),
    ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll"),
    ("libharfbuzz.so.0", "libharfbuzz.0.dylib", "libharfbuzz-0.dll"),
    ("libfontconfig.so.1", "libfontconfig.1.dylib", "libfontconfig-1.dll"),
    ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "libpangoft2-1.0-0.dll"),
)
_SUBSET_LIBRARIES = (("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib", "libharfbuzz-subset-0.dll"),)
_PANGO: dict[System, str] = {
    "debian": "apt-get install libpango-1.0-0 libpangoft2-1.0-0",
    "fedora": "dnf install pango",
    "arch": "pacman -S pango",
    "suse": "zypper install libpango-1_0-0",
    "macos": "brew install pango",
    "other": "Install Pango 1.44 or later with your system's package manager.",
}
_HARFBUZZ: dict[System, str] = {
    "debian": "apt-get install libharfbuzz-subset0",
    "fedora": "dnf install harfbuzz",
    "arch": "pacman -S harfbuzz",
    "suse": "zypper install libharfbuzz-subset0",
    "macos": "brew install harfbuzz",
    "other": "Install HarfBuzz-Subset with your system's package manager.",
}
HOMEBREW = (Path("/opt/homebrew/lib"), Path("/usr/local/lib"))
_NEEDS_ROOT = ("apt-get", "dnf", "pacman", "zypper")
_FAMILIES: dict[str, System] = {
    "debian": "debian",
    "ubuntu": "debian",
    "fedora": "fedora",
    "rhel": "fedora",
    "arch": "arch",
    "suse": "suse",
    "opensuse": "suse",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked for; `command` mends it, where there is something to mend."""

    what: str
    state: State
    message: str
    command: str | None = None

    def to_json(self) -> dict[str, str | None]:
        """Return the finding as JSON values."""
        return asdict(self)


def examine() -> tuple[Finding, ...]:
    """Look for everything that lettergen needs or can use."""
    system = this_system()
    return (
        Finding("Python", "ok", platform.python_version()),
        _libraries("Pango", _PANGO_LIBRARIES, "sets the pages", _PANGO[system]),
        _libraries("HarfBuzz-Subset", _SUBSET_LIBRARIES, "makes small files of the same bytes", _HARFBUZZ[system]),
        _fonts(),
        _keyring(),
        _identity(),
        _settings(),
        _git(),
    )


def this_system(release: Path = Path("/etc/os-release")) -> System:
    """Return the family of this system, as far as its package manager goes.

    Args:
        release: the file in which a Linux system says what it is (os-release(5)).
    """
    if sys.platform == "darwin":
        return "macos"
    try:
        lines = release.read_text("utf-8").splitlines()
    except OSError:
        return "other"
    values = dict(line.split("=", 1) for line in lines if "=" in line)
    names = " ".join(values.get(key, "").strip("\"'") for key in ("ID", "ID_LIKE")).split()
    return next((_FAMILIES[name] for name in names if name in _FAMILIES), "other")


def _libraries(what: str, libraries: Iterable[tuple[str, ...]], use: str, install: str) -> Finding:
    missing = [names for names in libraries if not any(map(_opens, names))]
    if not missing:
        return Finding(what, "ok", "found")
    listed = ", ".join(names[0].partition(".so")[0] for names in missing)
    command = _way_to_homebrew(missing[0]) or _as_root(install)
    return Finding(what, "missing", f"{listed} not found; it {use}.", command)


def _way_to_homebrew(names: tuple[str, ...]) -> str | None:
    """Return what makes a library known that Homebrew has installed where this Python does not look."""
    if sys.platform != "darwin":
        return None
    found = (folder for folder in HOMEBREW if any((folder / name).exists() for name in names))
    return next((f"export DYLD_FALLBACK_LIBRARY_PATH={folder}" for folder in found), None)


def _opens(library: str) -> bool:
    """Whether a library can be loaded: only that tells, for it may be where no list of libraries has it."""
    try:
        CDLL(library)
    except OSError:
        return False
    return True


def _as_root(command: str) -> str:
    by_root = not hasattr(os, "geteuid") or os.geteuid() == 0
    return command if by_root or not command.startswith(_NEEDS_ROOT) else f"sudo {command}"


def _fonts() -> Finding:
    import fontpkg

    try:
        fontpkg.path("IBM Plex Serif")
    except fontpkg.FontpkgError:
        command = f"{sys.executable} -m pip install fontpkg-ibm-plex-serif"
        return Finding("Fonts", "missing", "IBM Plex Serif is not there.", command)
    return Finding("Fonts", "ok", "IBM Plex Serif")


def _keyring() -> Finding:
    import keyring
    from keyring.backends import fail

    try:
        found = keyring.get_keyring()
    except Exception as error:  # noqa: BLE001 - whatever a back end raises, which may be anyone's code
        return Finding("Keyring", "optional", f"the one that is set up cannot be loaded: {error}.")
    if isinstance(found, fail.Keyring):
        ways = "passphrases come from a prompt, --passphrase-file or LETTERGEN_PASSPHRASE"
        return Finding("Keyring", "optional", f"none; {ways}.")
    return Finding("Keyring", "ok", "found")


def _identity() -> Finding:
    from lettergen.signing.identity import list_identities

    try:
        names = [identity.name for identity in list_identities()]
    except LettergenError as error:
        return Finding("Identity", "missing", str(error), error.help)
    if names:
        return Finding("Identity", "ok", ", ".join(names))
    return Finding("Identity", "optional", "none yet; the first signed letter makes one, marked as self-issued.")


def _settings() -> Finding:
    from lettergen.signing.settings import read_settings, settings_file

    try:
        found = read_settings()
    except LettergenError as error:
        return Finding("Settings", "missing", str(error), error.help)
    if found.timestamp_servers or found.trust:
        said = f"time-stamp servers: {len(found.timestamp_servers)}, trusted authorities: {len(found.trust)}"
        return Finding("Settings", "ok", f"{said}, in {settings_file()}")
    message = f"none in {settings_file()}; time-stamps and trusted authorities would be named there."
    return Finding("Settings", "optional", message)


def _git() -> Finding:
    if shutil.which("git"):
        return Finding("Git", "ok", "found")
    message = "none; without it diff has no revisions, and a decision that was removed is found less surely."
    return Finding("Git", "optional", message)
