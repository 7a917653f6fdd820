"""Holds what status shows: how letters stand, what was decided, what lapsed it, and what is damaged."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from cli.test_deciding import ANN, BO, LETTER, TWO_ROLES, ask_for, lines, run
from lettergen.review.decisions import from_line
from workspaces import SUMMIT

if TYPE_CHECKING:
    from workspaces import Workspace


def plain(text: str) -> str:
    """Return what was shown with every time and hash replaced by a sign of its kind."""
    return re.sub(r"\b[0-9a-f]{8}\b", "########", re.sub(r"\d{4}-\d\d-\d\d( \d\d:\d\d)?", "TIME", text))


def test_nothing_decided(small: Workspace) -> None:
    """Letters of which the same is to be told are told together."""
    outcome = run(small, "status")
    assert (outcome.status, outcome.err) == (0, "")
    assert outcome.out == (
        "2 letters: 2 open. The campaign asks for nobody’s approval, for letter.toml\n"
        "has no [review].\n"
        "\n"
        "[ ] open: 0 of 1 approval: 2 letters\n"
        "    costa.en, von-der-leyen.en\n"
    )


def test_everything(small: Workspace) -> None:
    """Who decided what, and where a comment stands; letters that need somebody come first."""
    ask_for(small, TWO_ROLES)
    run(small, "approve", "--all", "--role", "facts", "--words", "Read twice.")
    run(small, "approve", "costa", "--role", "director", who=BO)
    run(small, "request-changes", "von-der-leyen", "The demand is weak.\nSay when.", who=BO)
    run(small, "comment", "costa", "--on", "Associations are", "All of them?", who=BO)
    outcome = run(small, "status")
    assert (outcome.status, outcome.err) == (0, "")
    assert plain(outcome.out) == (
        "2 letters: 1 with changes requested, 1 approved. Each needs 2 approvals, as\n"
        "facts and director.\n"
        "\n"
        "[-] changes requested by Bo Chief: von-der-leyen.en\n"
        "    ########  TIME Ann Example <ann@example.org> approved as\n"
        "      facts: Read twice.\n"
        "    ########  TIME Bo Chief <bo@example.org> asked for changes:\n"
        "      The demand is weak.\n"
        "      Say when.\n"
        "\n"
        "[x] approved: costa.en\n"
        "    ########  TIME Ann Example <ann@example.org> approved as\n"
        "      facts: Read twice.\n"
        "    ########  TIME Bo Chief <bo@example.org> approved as\n"
        "      director\n"
        "    ########  TIME Bo Chief <bo@example.org> commented on\n"
        "      “Associations are” (Concern “civic-space”): All of them?\n"
    )
    one = run(small, "status", "costa").out
    assert one.startswith("1 letter: 1 approved.")
    assert "von-der-leyen" not in one


def test_lapsed(small: Workspace) -> None:
    """An edit lapses an approval: the redline that did it is shown; a comment whose passage is gone is detached."""
    run(small, "approve", "costa")
    run(small, "comment", "costa", "--on", "are obstructed", "By whom?", who=BO)
    small.edit(LETTER, "Associations are obstructed.", "Associations are dissolved.")
    assert plain(run(small, "status", "costa").out) == (
        "1 letter: 1 lapsed. The campaign asks for nobody’s approval, for letter.toml\n"
        "has no [review].\n"
        "\n"
        "[!] lapsed: Ann Example approved another text; 0 of 1 approval: costa.en\n"
        "    ########  TIME Ann Example <ann@example.org> approved\n"
        "      (another text)\n"
        "    ########  TIME Bo Chief <bo@example.org> commented on “are\n"
        "      obstructed” (detached: the passage is no longer in the letter): By\n"
        "      whom?\n"
        "\n"
        "===== costa.en =============================================================\n"
        "Against the text that Ann Example approved on TIME.\n"
        "\n"
        "Concern “civic-space”\n"
        "  Civic space is closing. Associations are\n"
        "  [-obstructed-]{+dissolved+}.[^monitor]\n"
        "\n"
        "15 other passages are as they were.\n"
        "\n"
    )


def test_gone(small: Workspace) -> None:
    """What was decided about a letter that is not written any more is told as well."""
    run(small, "approve", "--all")
    small.edit(LETTER, '["costa", "von-der-leyen"]', '["von-der-leyen"]')
    assert "[?] no letter of this campaign now: costa.en\n" in run(small, "status").out


def test_withdrawn(small: Workspace) -> None:
    """What was taken back is shown as that."""
    run(small, "approve", "costa")
    run(small, "withdraw")
    shown = plain(run(small, "status", "costa").out).splitlines()[3:]
    assert shown == [
        "[ ] open: 0 of 1 approval: costa.en",
        "    ########  TIME Ann Example <ann@example.org> approved",
        "      (withdrawn)",
        "    ########  TIME Ann Example <ann@example.org> withdrew",
        "      ########",
    ]


def test_damaged(small: Workspace) -> None:
    """Findings about the file go to stderr, the rest is shown all the same, and the exit code tells."""
    run(small, "approve", "costa")
    run(small, "approve", "von-der-leyen", who=BO)
    file = small.root / "letters" / SUMMIT / "decisions.jsonl"
    first, second = file.read_text("utf-8").splitlines()
    file.write_text(f"{second}\n", "utf-8")
    outcome = run(small, "status")
    assert outcome.status == 1
    assert "[x] approved: von-der-leyen.en\n" in outcome.out
    assert outcome.err.startswith(
        f"error[LG702] letters/{SUMMIT}/decisions.jsonl:1\n"
        f"  The decision {from_line(first).short} was removed or rewritten; a later one knew it.\n"
    )
    refused = run(small, "approve", "costa")
    assert refused.status == 4
    assert run(small, "status", "--json").json()["findings"][0]["code"] == "LG702"


def test_json(small: Workspace) -> None:
    """--json has everything: rules, letters, decisions, what changed since an approval, and findings."""
    ask_for(small, TWO_ROLES)
    run(small, "approve", "costa", "--role", "facts", who=ANN)
    run(small, "comment", "costa", "--on", "are obstructed", "By whom?", who=BO)
    small.edit(LETTER, "Associations are obstructed.", "Associations are dissolved.")
    outcome = run(small, "status", "--json")
    assert (outcome.status, outcome.err) == (0, "")
    told = outcome.json()
    approved, commented = lines(small)
    assert told["rules"] == {"approvals": 2, "roles": ["facts", "director"]}
    assert told["decisions"] == [approved | {"withdrawn": False}, commented | {"withdrawn": False}]
    costa, other = told["letters"]
    assert (costa["standing"], costa["lapsed"], costa["comments"]) == (
        "lapsed", [approved["hash"]], [{"decision": commented["hash"], "block": None}],
    )  # fmt: skip
    assert (other["standing"], other["missing"]) == ("open", {"approvals": 2, "roles": ["facts", "director"]})
    assert [change["letter"] for change in told["changes"]] == ["costa.en"]
    assert (told["gone"], told["findings"]) == ([], [])


def test_control_characters(small: Workspace) -> None:
    """Nothing in the file of decisions moves the cursor, whoever wrote it with a hash that fits."""
    run(small, "approve", "costa", "--words", "Yes.")
    file = small.root / "letters" / SUMMIT / "decisions.jsonl"
    made = from_line(file.read_text("utf-8").splitlines()[0])
    altered = replace(made, words="Yes\x1b[2J\u202e", knew=()).knowing(())
    file.write_text(f"{altered.to_line()}\n", "utf-8")
    outcome = run(small, "status")
    assert outcome.status == 0
    assert [sign for sign in outcome.out + outcome.err if sign in "\x1b\u202e"] == []
    assert "Yes␛[2J" in outcome.out
