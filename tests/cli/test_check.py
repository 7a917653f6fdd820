"""Holds what `lettergen check` shows, to people and to machines, and how it ends."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from workspace.sample import FORMS, HEAD, RECIPIENTS, SUMMIT, Run, Sample
from workspaces import SIGNED_OFF

if TYPE_CHECKING:
    from pathlib import Path

# Three findings; the last stands behind signs that are two columns wide, a flag of two characters, and a tab.
RECIPIENTS_TOML = """\
[costa]
given_name = "António"
family_name = "Costa"
grammatical_gender = "m"
office = "european-council-president"
address = ["北京 🇺🇿",\t1048]
"""
LETTER_TOML = """\
[summit]
name = "summit"
place = "Ghent"
country = "BE"
date = 2031-05-05
host = "the host"

[letter]
date = 2031-05-06
place = "Ghent"
subject = "Subject"
letterhead = "watch"
recipients = ["costa"]
opening = "Opening.[^sorce]"
concerns_heading = "Concerns"
demands_heading = "Demands"
demands_lead = "We ask:"
conclusion = "Conclusion.[^source]"

[[demand]]
id = "ask"
text = "Ask."
answers = ["concern"]

[[concern]]
id = "concern"
title = "Concern."
countries = ["BE"]
themes = ["assembly"]
text = "Text."

[[source]]
id = "source"
publisher = "P"
title = "T"
url = "https://example.org"

[[signatory]]
id = "watch"
organisation = "Watch"
"""

FULL = """\
warning[LG303] letters/ghent/letter.toml:9:8
  The letter is dated 2031-05-06, after the summit of 2031-05-05.
  9 | date = 2031-05-06
    |        ^
  help: Check both dates.

error[LG205] letters/ghent/letter.toml:14:22
  There is no source “sorce”.
  14 | opening = "Opening.[^sorce]"
     |                      ^
  help: Did you mean “source”?

error[LG105] recipients.toml:6:21
  “address” must be text in quotation marks, and this is a number.
  6 | address = ["北京 🇺🇿", 1048]
    |                       ^

2 errors and 1 warning.
"""

CONCISE = """\
letters/ghent/letter.toml:9:8: warning LG303 The letter is dated 2031-05-06, after the summit of 2031-05-05.
letters/ghent/letter.toml:14:22: error LG205 There is no source “sorce”.
recipients.toml:6:21: error LG105 “address” must be text in quotation marks, and this is a number.
"""

JSON = [
    {
        "code": "LG303",
        "severity": "warning",
        "message": "The letter is dated 2031-05-06, after the summit of 2031-05-05.",
        "file": "letters/ghent/letter.toml",
        "line": 9,
        "column": 8,
        "help": "Check both dates.",
    },
    {
        "code": "LG205",
        "severity": "error",
        "message": "There is no source “sorce”.",
        "file": "letters/ghent/letter.toml",
        "line": 14,
        "column": 22,
        "help": "Did you mean “source”?",
    },
    {
        "code": "LG105",
        "severity": "error",
        "message": "“address” must be text in quotation marks, and this is a number.",
        "file": "recipients.toml",
        "line": 6,
        "column": 21,
        "help": None,
    },
]


@pytest.fixture
def ghent(tmp_path: Path, own_folders: Path) -> Sample:
    """Return the small campaign."""
    root = tmp_path / "workspace"
    for name, text in {
        RECIPIENTS: RECIPIENTS_TOML,
        "letters/ghent/letter.toml": LETTER_TOML,
        "letters/letterhead/watch/letterhead.toml": 'name = "Watch"\naddress = ["Ghent"]\ncountry = "BE"\n',
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    return Sample(root)


def test_findings_for_people(ghent: Sample) -> None:
    """Each with its place, a sentence, the line with a caret under the sign, and the way out; then the count."""
    assert ghent.run("check") == Run(1, FULL, "")


def test_findings_line_by_line(ghent: Sample) -> None:
    """One line each, as editors and grep want them."""
    assert ghent.run("check", "--format", "concise") == Run(1, CONCISE, "")


def test_findings_for_machines(ghent: Sample) -> None:
    """An array of objects with exactly these keys."""
    run = ghent.run("check", "--format", "json")
    assert (run.exit_code, json.loads(run.stdout), run.stderr) == (1, JSON, "")


def test_one_finding_is_counted_as_one(ghent: Sample) -> None:
    """“1 warning.”, and a warning alone ends with 0, in every format."""
    ghent.plant(RECIPIENTS, "\t1048", '"1048 Brussels"')
    (ghent.root / FORMS).parent.mkdir()
    (ghent.root / FORMS).write_text(SIGNED_OFF, "utf-8")
    ghent.plant("letters/ghent/letter.toml", "[^sorce]", "[^source]")
    run = ghent.run("check")
    assert (run.exit_code, run.stdout.splitlines()[-1], run.stderr) == (0, "1 warning.", "")
    assert ghent.run("check", "--format", "concise") == Run(0, CONCISE.splitlines(keepends=True)[0], "")
    run = ghent.run("check", "--format", "json")
    assert (run.exit_code, json.loads(run.stdout)) == (0, JSON[:1])


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("full", Run(0, "", "No problems found.\n")),
        ("concise", Run(0, "", "")),
        ("json", Run(0, "[]\n", "")),
    ],
)
def test_nothing_is_wrong(sample: Sample, form: str, expected: Run) -> None:
    """Machines get nothing, or an empty array; people are told so."""
    assert sample.run("check", "--format", form) == expected
    assert sample.run("check", "--summit", SUMMIT, "--format", form) == expected


def test_only_one_summit(ghent: Sample) -> None:
    """Without --summit all campaigns are checked, and a mistake in recipients.toml is told once."""
    letters = ghent.root / "letters"
    (letters / "bruges").mkdir()
    (letters / "bruges" / "letter.toml").write_text(LETTER_TOML, "utf-8")
    files = [finding["file"] for finding in ghent.findings()]
    own = ["letters/bruges/letter.toml"] * 2
    assert files == [*own, RECIPIENTS, *(f.replace("bruges", "ghent") for f in own)]
    run = ghent.run("check", "--summit", "bruges", "--format", "json")
    assert [finding["file"] for finding in json.loads(run.stdout)] == [*own, RECIPIENTS]


@pytest.mark.parametrize("form", ["full", "concise", "json"])
def test_an_unknown_summit(sample: Sample, form: str) -> None:
    """It is a mistake in the call: exit 2, on stderr, with what was likely meant."""
    run = sample.run("check", "--summit", "samarkand-2052", "--format", form)
    assert run == Run(
        2,
        "",
        f"error: There is no summit “samarkand-2052” in {sample.root / 'letters'}.\n"
        "  help: Did you mean “samarkand-2025”?\n",
    )


def test_no_summit_at_all(tmp_path: Path, own_folders: Path) -> None:
    """In a folder without letters there is nothing to check: exit 2, and where to go."""
    assert Sample(tmp_path).run("check") == Run(
        2,
        "",
        f"error: There are no letters in {tmp_path}.\n"
        "  help: Go to the folder that holds letters/, or name it with -C.\n",
    )


def test_a_value_cannot_write_to_the_terminal(sample: Sample) -> None:
    """Control characters in anyone's data reach neither screen nor pipe, and break no line."""
    sample.plant(RECIPIENTS, 'grammatical_gender = "m"', 'grammatical_gender = "\\u001b[2J\\nLG000\\u009b\\u202e"')
    for form in ("full", "concise"):
        output = sample.run("check", "--format", form).stdout
        assert "“␛[2J␊LG000\ufffd\ufffd” is not possible for “grammatical_gender”." in output
        assert not {"\x1b", "\x9b", "\u202e"} & set(output)
    assert sample.run("check", "--format", "concise").stdout.count("\n") == 1


def test_a_folder_cannot_break_a_line(sample: Sample) -> None:
    """Neither can the name of a summit's folder."""
    letters = sample.root / "letters"
    (letters / SUMMIT).rename(letters / "a\n\x1b[2J\u202eb")
    run = sample.run("check", "--format", "concise")
    assert run.stdout == (
        "letters/a␊␛[2J\ufffdb/letter.toml: error LG108 The folder’s name, “a␊␛[2J\ufffdb”, cannot be an id.\n"
    )
    assert "\u202e" not in sample.run("check").stdout


def test_check_writes_nothing(sample: Sample) -> None:
    """Neither with mistakes nor without."""
    before = {path: path.stat().st_mtime_ns for path in sample.root.parent.rglob("*")}
    assert sample.run("check").exit_code == 0
    assert {path: path.stat().st_mtime_ns for path in sample.root.parent.rglob("*")} == before


def test_it_is_the_same_from_outside(sample: Sample) -> None:
    """As a program, started from the workspace: the exit code, and paths relative to the workspace."""
    at = sample.plant(HEAD, 'country = "BE"', 'country = ¶"be"')
    assert at is not None
    command = [sys.executable, "-m", "lettergen", "check", "--format", "concise"]
    run = subprocess.run(command, cwd=sample.root, capture_output=True, text=True, check=False, encoding="utf-8")
    assert (run.returncode, run.stderr) == (1, "")
    assert run.stdout == f"{HEAD}:{at[0]}:{at[1]}: error LG111 “be” is not a code of a country.\n"
