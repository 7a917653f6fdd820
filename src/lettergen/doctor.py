"""What this machine has and lacks, each with the command that mends it on this system."""

from __future__ import annotations

import platform
import sys
from ctypes.util import find_library
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

State = Literal["ok", "optional", "missing"]
System = Literal["debian", "fedora", "arch", "suse", "macos", "other"]

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
_NEEDS_ROOT = ("apt-get", "dnf", "pacman", "zypper")


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
        _library("Pango", ("pango-1.0-0", "pango-1.0"), "sets the pages", _PANGO[system]),
        _library(
            "HarfBuzz-Subset",
            ("harfbuzz-subset", "harfbuzz-subset-0"),
            "makes small files, with the same bytes each time",
            _HARFBUZZ[system],
        ),
        _fonts(),
        _keyring(),
        _identity(),
    )


def this_system(release: Path = Path("/etc/os-release")) -> System:
    """Return the family of this system, as far as its package manager goes."""
    if sys.platform == "darwin":
        return "macos"
    try:
        lines = release.read_text("utf-8").splitlines()
    except OSError:
        return "other"
    values = dict(line.split("=", 1) for line in lines if "=" in line)
    family = " ".join(values.get(key, "").strip('"') for key in ("ID", "ID_LIKE")).split()
    known: dict[str, System] = {
        "debian": "debian",
        "ubuntu": "debian",
        "fedora": "fedora",
        "rhel": "fedora",
        "arch": "arch",
        "suse": "suse",
        "opensuse": "suse",
    }
    return next((known[name] for name in family if name in known), "other")


def _library(what: str, names: tuple[str, ...], use: str, command: str) -> Finding:
    if any(find_library(name) for name in names):
        return Finding(what, "ok", "found")
    return Finding(what, "missing", f"not found; it {use}.", _as_root(command))


def _as_root(command: str) -> str:
    return f"sudo {command}" if command.startswith(_NEEDS_ROOT) else command


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

    if isinstance(keyring.get_keyring(), fail.Keyring):
        return Finding(
            "Keyring",
            "optional",
            "none; passphrases come from a prompt, --passphrase-file or LETTERGEN_PASSPHRASE.",
        )
    return Finding("Keyring", "ok", "found")


def _identity() -> Finding:
    from lettergen.signing.identity import list_identities

    names = [identity.name for identity in list_identities()]
    if names:
        return Finding("Identity", "ok", ", ".join(names))
    return Finding("Identity", "optional", "none yet; the first signed letter makes one, marked as self-issued.")
