"""Holds what `lettergen doctor` shows, as sentences and as JSON, and with which exit code it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lettergen.doctor import this_system

if TYPE_CHECKING:
    from workspaces import Workspace

WITHOUT_PANGO = """
import sys
def refuse(event, arguments):
    if event == "ctypes.dlopen" and "libpango-1.0" in str(arguments[0]):
        raise OSError("cannot open shared object file")
sys.addaudithook(refuse)
from lettergen.cli import main
main()
"""
NO_KEYRING = "none; passphrases come from a prompt, --passphrase-file or LETTERGEN_PASSPHRASE."
NO_IDENTITY = "none yet; the first signed letter makes one, marked as self-issued."


def no_settings(workspace: Workspace) -> str:
    """Return what is said where nothing is set up."""
    file = workspace.home / ".config" / "lettergen" / "config.toml"
    return f"none in {file}; time-stamps and trusted authorities would be named there."


def test_healthy(small: Workspace) -> None:
    """On a machine that has everything each thing is listed, and the exit code is 0."""
    outcome = small.run("doctor")
    assert (outcome.status, outcome.out) == (0, "")
    head, *rest = outcome.err.splitlines()
    assert head.startswith("ok       Python: 3.")
    assert rest == [
        "ok       Pango: found",
        "ok       HarfBuzz-Subset: found",
        "ok       Fonts: IBM Plex Serif",
        f"optional Keyring: {NO_KEYRING}",
        f"optional Identity: {NO_IDENTITY}",
        f"optional Settings: {no_settings(small)}",
        "ok       Git: found",
    ]


def test_missing(small: Workspace) -> None:
    """What is missing stands there with the command that brings it, and the exit code is 3."""
    outcome = small.python(WITHOUT_PANGO, "doctor")
    assert (outcome.status, outcome.out) == (3, "")
    missing, command = outcome.err.splitlines()[1:3]
    assert missing == "missing  Pango: libpango-1.0 not found; it sets the pages."
    assert command == f"         {small.python(WITHOUT_PANGO, 'doctor', '--json').json()[1]['command']}"


def test_json(small: Workspace) -> None:
    """The JSON lists the same, with null where there is nothing to mend."""
    outcome = small.python(WITHOUT_PANGO, "doctor", "--json")
    assert (outcome.status, outcome.err) == (3, "")
    python, pango, *rest = outcome.json()
    assert (python["what"], python["state"], python["command"]) == ("Python", "ok", None)
    assert list(pango) == ["what", "state", "message", "command"]
    if this_system() == "debian":
        assert pango["command"].removeprefix("sudo ") == "apt-get install libpango-1.0-0 libpangoft2-1.0-0"
    assert rest == [
        {"what": "HarfBuzz-Subset", "state": "ok", "message": "found", "command": None},
        {"what": "Fonts", "state": "ok", "message": "IBM Plex Serif", "command": None},
        {"what": "Keyring", "state": "optional", "message": NO_KEYRING, "command": None},
        {"what": "Identity", "state": "optional", "message": NO_IDENTITY, "command": None},
        {"what": "Settings", "state": "optional", "message": no_settings(small), "command": None},
        {"what": "Git", "state": "ok", "message": "found", "command": None},
    ]
