"""A workspace on the disk, to plant mistakes in."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from typer.testing import CliRunner

from lettergen.cli._app import app

if TYPE_CHECKING:
    from pathlib import Path

SUMMIT = "samarkand-2025"
RECIPIENTS = "recipients.toml"
LETTER = "letters/samarkand-2025/letter.toml"
EDITION = "letters/samarkand-2025/letter.fr.toml"
FORMS = "forms_of_address/en.toml"
HEAD = "letters/letterhead/iphr/letterhead.toml"
TEMPLATE = "letters/letterhead/iphr/letterhead.html"

# In a planted text, stands before the character at which the finding must point.
HERE = "¶"


@dataclass(frozen=True, slots=True)
class Run:
    """What a command did."""

    exit_code: int
    stdout: str
    stderr: str


@dataclass(frozen=True, slots=True)
class Sample:
    """A workspace with the sample campaign."""

    root: Path

    def plant(self, file: str, old: str, new: str) -> tuple[int, int] | None:
        """Replace a text that stands in a file once; return line and column of the mark in the new text, if any."""
        path = self.root / file
        text = path.read_text("utf-8") if path.exists() else ""
        assert text.count(old) == 1 or not text, f"{old!r} stands {text.count(old)} times in {file}"
        text = text.replace(old, new) if text else new
        path.write_bytes(text.replace(HERE, "", 1).encode("utf-8", "surrogateescape"))
        before, mark, _ = text.partition(HERE)
        return (before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1) if mark else None

    def run(self, *arguments: str) -> Run:
        """Run lettergen in this workspace."""
        result = CliRunner().invoke(app, ["-C", str(self.root), *arguments], catch_exceptions=False)
        return Run(result.exit_code, result.stdout, result.stderr)

    def findings(self) -> list[dict[str, Any]]:
        """Return what `check --format json` finds."""
        found: list[dict[str, Any]] = json.loads(self.run("check", "--format", "json").stdout)
        return found
