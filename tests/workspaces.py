"""A workspace of one's own: a campaign in a temporary folder, and lettergen run on it as a person runs it."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).parents[1]
SUMMIT = "samarkand-2025"
LONGEST_RUN = 120  # seconds


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run ended, and what it wrote to its two streams."""

    status: int
    out: str
    err: str

    def json(self) -> Any:
        """Return what stands on stdout, read as JSON."""
        return json.loads(self.out)


@dataclass(frozen=True, slots=True)
class Workspace:
    """A folder with recipients.toml and letters/, and a home and data folder of its own.

    Attributes:
        root: the workspace; runs start in it.
        home: what HOME names.
    """

    root: Path
    home: Path

    @property
    def out(self) -> Path:
        """The sample summit's output folder."""
        return self.root / "out" / SUMMIT

    @property
    def manifest(self) -> Any:
        """The manifest of the sample summit, as JSON values."""
        return json.loads((self.out / "manifest.json").read_bytes())

    @property
    def data(self) -> Path:
        """Where this user's data is."""
        return self.home / "data"

    @property
    def identities(self) -> Path:
        """Where this user's identities are."""
        return self.data / "lettergen" / "identities"

    @property
    def environment(self) -> dict[str, str]:
        """The environment of a run: this user's own, with no keyring, no colour, and 80 columns."""
        inherited = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL") if name in os.environ}
        return inherited | {
            "HOME": str(self.home),
            "XDG_DATA_HOME": str(self.data),
            "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
            "PYTHONUTF8": "1",
            "COLUMNS": "80",
        }

    def command(self, *arguments: str | Path) -> list[str]:
        """Return the command line of a run."""
        return [sys.executable, "-m", "lettergen", *map(str, arguments)]

    def run(
        self, *arguments: str | Path, env: dict[str, str] | None = None, cwd: Path | None = None, stdin: str = ""
    ) -> Outcome:
        """Run lettergen in a process of its own, without a terminal."""
        return self.start(self.command(*arguments), env=env, cwd=cwd, stdin=stdin)

    def python(self, code: str, *arguments: str | Path, env: dict[str, str] | None = None) -> Outcome:
        """Run Python code in a process of its own, with this user's environment."""
        return self.start([sys.executable, "-c", code, *map(str, arguments)], env=env)

    def start(
        self, command: list[str], *, env: dict[str, str] | None = None, cwd: Path | None = None, stdin: str = ""
    ) -> Outcome:
        """Run a command in a process of its own."""
        done = subprocess.run(
            command,
            check=False,
            capture_output=True,
            input=stdin,
            encoding="utf-8",
            cwd=cwd or self.root,
            env=self.environment | (env or {}),
            timeout=LONGEST_RUN,
        )
        return Outcome(done.returncode, done.stdout, done.stderr)

    def compose(self, *arguments: str | Path, env: dict[str, str] | None = None) -> Outcome:
        """Compose the sample summit."""
        return self.run("compose", "--summit", SUMMIT, *arguments, env=env)

    def edit(self, file: str, old: str, new: str) -> None:
        """Change a text of the workspace; the old text must be there."""
        path = self.root / file
        text = path.read_text("utf-8")
        if old not in text:
            raise ValueError(f"“{old}” is not in {file}")
        path.write_text(text.replace(old, new), "utf-8")

    def copy(self, folder: Path) -> Workspace:
        """Return another workspace in a folder, with all that this one has, times included."""
        shutil.copytree(self.root, folder / "office")
        shutil.copytree(self.home, folder / "home")
        return Workspace(folder / "office", folder / "home")


def sample(folder: Path) -> Workspace:
    """Return a workspace with the quiet sample campaign, in which nothing was composed yet."""
    workspace = _empty(folder)
    lay_out_quiet(workspace.root)
    return workspace


def four_languages(folder: Path) -> Workspace:
    """Return a workspace with the sample campaign as it is shipped, in which nothing was composed yet."""
    workspace = _empty(folder)
    lay_out_four_languages(workspace.root)
    return workspace


def small(folder: Path) -> Workspace:
    """Return a workspace with a campaign of one page per letter, for what has to run many times."""
    workspace = sample(folder)
    (workspace.root / "letters" / SUMMIT / "letter.toml").write_text(SMALL_LETTER, "utf-8")
    return workspace


def lay_out_four_languages(root: Path) -> None:
    """Copy the sample campaign as it is shipped, with its editions and its standing warnings."""
    shutil.copytree(REPOSITORY / "letters", root / "letters")
    shutil.copy(REPOSITORY / "recipients.toml", root)


def lay_out_quiet(root: Path) -> None:
    """Copy the sample campaign without its editions, and with everything signed off: check finds nothing."""
    lay_out_four_languages(root)
    for edition in (root / "letters" / SUMMIT).glob("letter.*.toml"):
        edition.unlink()
    recipients = root / "recipients.toml"
    text = recipients.read_text("utf-8")
    for office, address in ADDRESSES.items():
        line = f'office = "{office}"\n'
        if line not in text:
            raise ValueError(f"nobody in {recipients} is {office}")
        text = text.replace(line, f'{line}address = {address}\ncountry = "BE"\n')
    recipients.write_text(text, "utf-8")
    (root / "forms_of_address").mkdir()
    (root / "forms_of_address" / "en.toml").write_text(SIGNED_OFF, "utf-8")


def files(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder with its bytes, but for the lock, which is no more than a name."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".lettergen.lock"
    }


def state(folder: Path) -> dict[str, tuple[int, int, str]]:
    """Return every file and folder below a folder with its time of change, its inode, and the hash of its bytes."""
    return {
        path.relative_to(folder).as_posix(): (
            path.stat().st_mtime_ns,
            path.stat().st_ino,
            hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "",
        )
        for path in sorted(folder.rglob("*"))
    }


def _empty(folder: Path) -> Workspace:
    workspace = Workspace(folder / "office", folder / "home")
    workspace.root.mkdir(parents=True)
    workspace.home.mkdir()
    return workspace


# The addresses of the sample's recipients, as people write them who know them.
ADDRESSES = {
    "european-council-president": '["Rue de la Loi 175", "1048 Brussels"]',
    "european-commission-president": '["Rue de la Loi 200", "1049 Brussels"]',
}

SIGNED_OFF = """\
[office.european-council-president.m]
source = "The office's own letters"
verified = true

[office.european-commission-president.f]
source = "The office's own letters"
verified = true
"""

SMALL_LETTER = """\
[summit]
name = "first EU–Central Asia summit"
place = "Samarkand"
country = "UZ"
date = 2025-04-04
host = "President Shavkat Mirziyoyev"

[letter]
date = 2025-04-01
place = "Brussels"
subject = "Civil society at the summit in Samarkand"
letterhead = "iphr"
recipients = ["costa", "von-der-leyen"]
opening = "The summit is near."
concerns_heading = "What concerns us"
demands_heading = "What we ask of you"
demands_lead = "{{ recipient.reference }}, we ask you:"
conclusion = "We would value a reply."

[[concern]]
id = "civic-space"
title = "Civic space is closing."
countries = ["UZ"]
themes = ["association"]
text = "Associations are obstructed.[^monitor]"

[[demand]]
id = "speak"
text = "Speak of it."
answers = ["civic-space"]

[[source]]
id = "monitor"
title = "A report"
publisher = "A publisher"
url = "https://example.org/report"
date = 2024-05-01
accessed = 2025-03-30

[[signatory]]
id = "iphr"
organisation = "International Partnership for Human Rights (IPHR)"
"""
