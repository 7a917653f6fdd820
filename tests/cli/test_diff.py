"""Holds lettergen diff, run as a person runs it."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
from typing import TYPE_CHECKING

import pexpect
import pytest

import workspaces
from lettergen.cli._redline import redline_lines, written
from lettergen.review.deciding import Voice, approve
from lettergen.review.prose import Part
from lettergen.review.review import load_review
from lettergen.review.reviewer import Reviewer
from lettergen.review.snapshot import SNAPSHOTS
from workspaces import SUMMIT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Any

    from workspaces import Outcome, Workspace

LETTER = f"letters/{SUMMIT}/letter.toml"
NOON = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)
SOURCE = """\
[[source]]
id = "later"
publisher = "A publisher"
title = "A later report"
url = "https://example.org/later"
date = 2025-03-02

[[source]]
id = "teu-21"
"""


def approved(workspace: Workspace, name: str, *letters: str) -> None:
    """Approve letters as they read now."""
    reviewer = Reviewer(name, f"{name.split(maxsplit=1)[0].lower()}@example.org")
    approve(load_review(workspace.root, SUMMIT), letters, Voice(reviewer, None, NOON))


def committed(workspace: Workspace) -> None:
    """Make the workspace the first commit of a repository."""
    for arguments in (["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "--message", "First"]):
        who = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
        subprocess.run(["git", *who, *arguments], check=True, cwd=workspace.root)


def edited(workspace: Workspace) -> None:
    """Edit the sample as comments do: a figure, a demand less, a concern first, a paragraph, a source, a layout."""
    workspace.edit(LETTER, "238 dead", "232 dead")
    text = (workspace.root / LETTER).read_text("utf-8")
    text = _without(text, '[[demand]]\nid = "stand-by-civil-society"')
    media = text[text.index('[[concern]]\nid = "media"') :].partition("\n\n[[")[0] + "\n\n"
    text = text.replace(media, "")
    text = text.replace('[[concern]]\nid = "civic-space"', f'{media}[[concern]]\nid = "civic-space"')
    text = text.replace('opening = """\n', 'opening = """\nWe write to you on the eve of a summit.\n\n')
    text = text.replace("in January.[^us", "in January[^later] and ended in part.[^us")
    text = text.replace("may work in safety and without threats", "can do their work safely and without fear")
    text = text.replace('title = "Critics are', 'title = "Critics and their lawyers are')
    text = text.replace('[[source]]\nid = "teu-21"\n', SOURCE)
    (workspace.root / LETTER).write_text(text.replace('"din5008-b"', '"din5008-a"'), "utf-8")


def _without(text: str, start: str) -> str:
    before, _, rest = text.partition(start)
    return before + "[[" + rest.partition("\n\n[[")[2]


def diff(workspace: Workspace, *arguments: str, env: dict[str, str] | None = None) -> Outcome:
    """Compare letters of the sample summit."""
    return workspace.run("diff", "--summit", SUMMIT, *arguments, env=env)


@pytest.fixture
def sample(tmp_path: Path) -> Workspace:
    """Return a workspace with the quiet sample campaign."""
    return workspaces.sample(tmp_path)


def test_help(small: Workspace, golden: Callable[[str, str], None]) -> None:
    """-h shows what letters can be compared with, on stdout."""
    outcome = small.run("diff", "-h")
    assert (outcome.status, outcome.err) == (0, "")
    golden("help/diff.txt", outcome.out)


def test_since_the_approval(sample: Workspace, golden: Callable[[str, str], None]) -> None:
    """Each letter is told against the text that was approved last, and what changed in both is told once."""
    approved(sample, "Anna Example", "costa.en", "von-der-leyen.en")
    approved(sample, "Berta Example", "von-der-leyen.en")
    edited(sample)
    outcome = diff(sample)
    assert (outcome.status, outcome.err) == (0, "")
    assert max(len(line) for line in outcome.out.splitlines()) <= 76
    golden("diff/approved.txt", outcome.out)


def test_one_letter(small: Workspace) -> None:
    """A letter can be named by its recipient, and what did not change is counted."""
    approved(small, "Anna Example", "costa.en", "von-der-leyen.en")
    small.edit(LETTER, "Speak of it.", "Speak of it aloud.")
    outcome = diff(small, "costa")
    assert (outcome.status, outcome.err) == (0, "")
    assert outcome.out == (
        f"{'===== costa.en '.ljust(76, '=')}\n"
        "Against the text that Anna Example approved on 2026-11-24.\n"
        "\n"
        "Demand 1\n"
        "  Speak of it{+ aloud+}.\n"
        "\n"
        "15 other passages are as they were.\n"
        "\n"
    )


def test_nothing_changed(small: Workspace) -> None:
    """Where there is no difference this is said; a letter that was never approved is named, with the way out."""
    approved(small, "Anna Example", "costa.en")
    outcome = diff(small)
    assert (outcome.status, outcome.err) == (0, "")
    assert outcome.out == (
        "No difference from the text that Anna Example approved on 2026-11-24:\n"
        "costa.en.\n"
        "Never approved: von-der-leyen.en.\n"
        "What was never approved has nothing to be compared with: read it with\n"
        f"lettergen show --summit {SUMMIT}, or compare it with what git has:\n"
        "--revision HEAD.\n"
    )


def test_a_text_that_is_lost(small: Workspace) -> None:
    """An approval whose text was not kept is said so."""
    approved(small, "Anna Example", "costa.en")
    for file in (small.root / "letters" / SUMMIT / SNAPSHOTS).iterdir():
        file.unlink()
    outcome = diff(small, "costa")
    assert (outcome.status, outcome.out) == (
        0,
        "The text that Anna Example approved on 2026-11-24 was not kept: costa.en.\n",
    )


def test_against_a_revision(sample: Workspace) -> None:
    """With --revision the letters are told against what git has; those that are new or gone are named."""
    committed(sample)
    assert diff(sample, "--revision", "HEAD").out == (
        "No difference from the revision HEAD: costa.en, von-der-leyen.en.\n"
    )
    sample.edit("recipients.toml", "[costa]", "[kosta]")
    sample.edit("recipients.toml", "[costa.names.ru]", "[kosta.names.ru]")
    sample.edit(LETTER, '["costa", ', '["kosta", ')
    sample.edit(LETTER, "238 dead", "232 dead")
    outcome = diff(sample, "--revision", "HEAD")
    assert (outcome.status, outcome.err) == (0, "")
    assert "\nAgainst the revision HEAD.\n\nConcern “impunity-2022”\n" in outcome.out
    assert "  In Kazakhstan officials counted [-238-]{+232+} dead;" in outcome.out
    assert outcome.out.endswith(
        "\n46 other passages are as they were.\n\n"
        "Not written at the revision HEAD: kosta.en.\nNo longer written: costa.en.\n"
    )


def test_revisions_that_there_are_not(small: Workspace) -> None:
    """What cannot be compared with is a mistake of usage, in a sentence; control characters stay visible."""
    assert diff(small, "--revision", "HEAD").status == 2
    committed(small)
    for name in ("nothing", "--help", "-x"):
        outcome = diff(small, f"--revision={name}")
        assert (outcome.status, outcome.out) == (2, "")
        assert outcome.err.startswith(f"error: git knows no revision “{name}” here.\n  help: ")
    assert "“␛[31m”" in diff(small, "--revision", "\x1b[31m").err
    outcome = diff(small, "--revision", "HEAD", "--recipients")
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err == (
        "error: --recipients and --revision exclude each other.\n  help: Leave one of them out.\n"
    )


def test_between_recipients(sample: Workspace, golden: Callable[[str, str], None]) -> None:
    """With --recipients what all letters share stands once, and then what each has of its own."""
    outcome = diff(sample, "--recipients")
    assert (outcome.status, outcome.err) == (0, "")
    golden("diff/recipients.txt", outcome.out)


def test_between_many_recipients(small: Workspace) -> None:
    """Letters with the same prose are one; of each of them its forms are told."""
    people = "".join(
        f'[mep-{number}]\ngiven_name = "Ana"\nfamily_name = "Example"\ngrammatical_gender = "f"\n'
        f'office = "member-of-the-european-parliament"\nlanguages = ["en"]\n'
        f'address = ["Street {number}", "1047 Brussels"]\ncountry = "BE"\n\n'
        for number in range(30)
    )
    (small.root / "recipients.toml").write_text(people, "utf-8")
    names = ", ".join(f'"mep-{number}"' for number in range(30))
    small.edit(LETTER, '["costa", "von-der-leyen"]', f"[{names}]")
    outcome = diff(small, "--recipients")
    assert (outcome.status, outcome.err) == (0, "")
    assert outcome.out.count("Associations are obstructed.") == 1
    assert outcome.out.count("30 letters") == 2
    shown = outcome.out.partition("----- 30 letters")[2]
    assert re.findall(r"^mep-\d+\.en$", shown, re.MULTILINE) == [f"mep-{number}.en" for number in range(30)]
    assert len(shown.splitlines()) <= 4 * 30 + 4
    assert len(diff(small, "--recipients", "mep-1", "mep-2").out.splitlines()) < len(outcome.out.splitlines())


def test_json(small: Workspace) -> None:
    """--json has every block with its parts, from which both texts can be read, and what is no text."""
    approved(small, "Anna Example", "costa.en")
    small.edit(LETTER, "Speak of it.", "Speak [-of-] {+it+}.")
    small.edit(LETTER, "recipients = [", 'layout = "din5008-a"\nrecipients = [')
    outcome = diff(small, "--json")
    assert (outcome.status, outcome.err) == (0, "")
    one, two = outcome.json()["letters"]
    assert (one["letter"], one["compared"], one["same"]) == ("costa.en", True, False)
    assert one["against"]["by"] == "Anna Example <anna@example.org>"
    assert one["against"]["at"] == "2026-11-24T12:00:00Z"
    assert one["sheet"] == ["The layout is now din5008-a; it was din5008-b."]
    demand: dict[str, Any] = next(block for block in one["blocks"] if block["kind"] == "demand")
    assert "".join(part["text"] for part in demand["parts"] if part["op"] != "delete") == "Speak [-of-] {+it+}."
    assert "".join(part["text"] for part in demand["parts"] if part["op"] != "insert") == "Speak of it."
    assert (two["letter"], two["against"], two["compared"], two["blocks"]) == ("von-der-leyen.en", None, False, [])
    (group,) = diff(small, "--recipients", "--json").json()["groups"]
    assert (group["language"], group["first"]) == ("en", "costa.en")
    assert [piece["kind"] for piece in group["body"] if not piece["shared"]] == [
        "address",
        "salutation",
        "demands-lead",
    ]
    assert [own["letter"] for variant in group["variants"] for own in variant["letters"]] == [
        "costa.en",
        "von-der-leyen.en",
    ]


def test_spaces_and_control_characters() -> None:
    """A change of spaces alone can be seen, no text moves the cursor, and no line ends beside a mark."""
    parts = (
        Part("equal", "We ask"),
        Part("delete", "  "),
        Part("insert", " "),
        Part("equal", "you\x1b[2J "),
        Part("delete", "to speak\n"),
        Part("insert", "\u2066now "),
        Part("equal", "aloud"),
    )
    assert written(redline_lines(parts, 20, "  ")) == (
        "  We\n  ask[-␣␣-]{+␣+}you␛[2J\n  [-to speak-]\n  {+�now +}aloud\n"
    )


def test_at_a_terminal(small: Workspace) -> None:
    """At a terminal what was struck out is red and crossed out, what is new green and underlined."""
    approved(small, "Anna Example", "costa.en")
    small.edit(LETTER, "Speak of it.", "Talk of it.")
    coloured, plain, dumb = (
        _at_terminal(small, **env)
        for env in ({"TERM": "xterm"}, {"TERM": "xterm", "NO_COLOR": "1"}, {"TERM": "dumb"})
    )
    assert "  \x1b[9;31m[-Speak-]\x1b[0m\x1b[4;32m{+Talk+}\x1b[0m of it.\n" in coloured
    assert "  \x1b[9m[-Speak-]\x1b[0m\x1b[4m{+Talk+}\x1b[0m of it.\n" in plain
    assert "\x1b" not in dumb
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == re.sub(r"\x1b\[[0-9;]*m", "", plain) == dumb


def _at_terminal(workspace: Workspace, **env: str) -> str:
    command, *rest = workspace.command("diff", "--summit", SUMMIT, "costa")
    terminal = pexpect.spawn(
        command,
        rest,
        cwd=str(workspace.root),
        env=workspace.environment | {"PAGER": "cat"} | env,
        encoding="utf-8",
        timeout=workspaces.LONGEST_RUN,
        dimensions=(24, 100),
    )
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert terminal.exitstatus == 0
    return (terminal.before or "").replace("\r\n", "\n")
