"""Holds what approve, request-changes, comment and withdraw do, say, refuse and ask."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pexpect
import pytest

import workspaces
from workspaces import SUMMIT

if TYPE_CHECKING:
    from workspaces import Outcome, Workspace

LETTER = f"letters/{SUMMIT}/letter.toml"
TWO_ROLES = '\n[review]\napprovals = 2\nroles = ["facts", "director"]\n'
ANN = {"LETTERGEN_REVIEWER": "Ann Example <ann@example.org>"}
BO = {"LETTERGEN_REVIEWER": "Bo Chief <bo@example.org>"}
NOBODY = {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1"}


def run(workspace: Workspace, command: str, *arguments: str, who: dict[str, str] | None = None) -> Outcome:
    """Run a command about the sample summit as somebody, as Ann when nobody is named."""
    return workspace.run(command, "--summit", SUMMIT, *arguments, env=NOBODY | (ANN if who is None else who))


def lines(workspace: Workspace) -> list[dict[str, Any]]:
    """Return what stands in the file of decisions."""
    file = workspace.root / "letters" / SUMMIT / "decisions.jsonl"
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()] if file.exists() else []


def ask_for(workspace: Workspace, rules: str) -> None:
    """Write what the campaign asks for."""
    path = workspace.root / LETTER
    path.write_text(path.read_text("utf-8") + rules, "utf-8")


def test_approve(small: Workspace) -> None:
    """An approval is told in a line, with its name and how the letter stands now, on stderr."""
    outcome = run(small, "approve", "costa", "--words", "Well done.")
    (made,) = lines(small)
    assert (outcome.status, outcome.out) == (0, "")
    assert outcome.err == (
        f"{made['hash'][:8]}  approve of costa.en by Ann Example <ann@example.org>\ncosta.en: approved.\n"
    )
    assert (made["letter"], made["by"], made["words"]) == (
        "costa.en",
        "Ann Example <ann@example.org>",
        "Well done.",
    )


def test_all(small: Workspace) -> None:
    """--all approves every letter in one append; those that this person has approved stay as they are."""
    ask_for(small, TWO_ROLES)
    run(small, "approve", "costa.en", "--role", "facts")
    outcome = run(small, "approve", "--all", "--role", "facts")
    assert outcome.err.splitlines()[0] == "Ann Example has already approved 1 of 2 letters; they stay as they are."
    assert outcome.err.splitlines()[-1] == "von-der-leyen.en: open: 1 of 2 approvals, director still."
    again = run(small, "approve", "--all", "--role", "facts")
    assert (again.status, again.err) == (
        0, "Ann Example has already approved 2 of 2 letters; they stay as they are.\n",
    )  # fmt: skip
    both = run(small, "approve", "--all", "--role", "director", who=BO)
    assert both.err.splitlines()[-1] == "2 letters: approved."
    assert [made["letter"] for made in lines(small)] == ["costa.en", "von-der-leyen.en"] * 2


def test_json(small: Workspace) -> None:
    """--json gives the lines that were written, and how the letters stand."""
    outcome = run(small, "approve", "costa", "--json")
    assert (outcome.status, outcome.err) == (0, "")
    (made,) = lines(small)
    assert outcome.json() == {
        "summit": SUMMIT,
        "decisions": [made],
        "letters": [
            {
                "id": "costa.en",
                "text": made["text"],
                "standing": "approved",
                "people": 1,
                "approvals": [made["hash"]],
                "lapsed": [],
                "requests": [],
                "missing": {"approvals": 0, "roles": []},
                "comments": [],
            }
        ],
    }


@pytest.mark.parametrize(
    ("arguments", "status", "message", "way_out"),
    [
        (["approve"], 2, "This campaign has 2 letters, and none was named.",
         "Name some, or all of them with --all."),
        (["approve", "costa", "--all"], 2, "Name letters, or all of them with --all; not both.", None),
        (["approve", "kosta"], 2, "This campaign has no letter “kosta”.", "Did you mean “costa”?"),
        (["approve", "costa", "--role", "facts"], 2, "This campaign has no roles.",
         "Leave the role out, or name it in [review] of letter.toml."),
        (["approve", "--all", "--text", "abcd"], 2, "--text is of one letter.", "Name that letter alone."),
        (["request-changes", "No."], 2, "This campaign has 2 letters, and none was named.",
         "Name some, or all of them with --all."),
        (["request-changes", "costa"], 2, "There are no words behind “costa”.", "Write them in quotation marks."),
        (["request-changes", "costa", " "], 2, "The words are missing: what must change.",
         "Write them in quotation marks."),
        (["comment", "costa", "--on", "a treaty", "Why?"], 2, "The letter does not say “a treaty”.",
         "Copy the words from lettergen show."),
        (["comment", "costa", "von-der-leyen", "--on", "near", "Why?"], 2, "A comment is about one letter.",
         "Name that letter alone."),
        (["withdraw"], 2, "Ann Example <ann@example.org> has decided nothing that still counts.", None),
        (["withdraw", "abc"], 2, "“abc” is too short to name a decision.",
         "Give at least 4 signs; lettergen status shows them."),
        (["withdraw", "abcd"], 2, "No decision begins with “abcd”.", "lettergen status shows all of them."),
    ],
    ids=str,
)  # fmt: skip
def test_usage(small: Workspace, arguments: list[str], status: int, message: str, way_out: str | None) -> None:
    """What cannot be meant is refused with the way out, and nothing is written."""
    outcome = run(small, *arguments)
    told = f"error: {message}\n" + (f"  help: {way_out}\n" if way_out else "")
    assert (outcome.status, outcome.out, outcome.err) == (status, "", told)
    assert lines(small) == []


def test_only_letter(small: Workspace) -> None:
    """In a campaign of one letter it need not be named."""
    small.edit(LETTER, '["costa", "von-der-leyen"]', '["costa"]')
    assert run(small, "approve").status == 0
    assert run(small, "request-changes", "The figure is old.", who=BO).status == 0
    assert run(small, "comment", "--on", "The summit is near", "Is it?", who=BO).status == 0
    assert [made["letter"] for made in lines(small)] == ["costa.en"] * 3


def test_twice(small: Workspace) -> None:
    """Nobody approves the same text twice; that is refused by a gate."""
    run(small, "approve", "costa")
    outcome = run(small, "approve", "costa", "--words", "Again.")
    assert (outcome.status, len(lines(small))) == (4, 1)
    assert outcome.err.startswith("error: Ann Example has already approved costa.en as it reads now; ")


def test_text_that_was_read(small: Workspace) -> None:
    """--text approves only what was read; when it reads differently, what changed is shown."""
    read = run(small, "show", "costa", "--json").json()[0]["text"][:8]
    assert run(small, "approve", "costa", "--text", read).status == 0
    small.edit(LETTER, "The summit is near.", "The summit is very near.")
    outcome = run(small, "approve", "costa", "--text", read, who=BO)
    now = run(small, "show", "costa", "--json").json()[0]["text"][:8]
    assert (outcome.status, outcome.out, len(lines(small))) == (4, "", 1)
    assert "  The summit is {+very +}near.\n" in outcome.err
    assert outcome.err.endswith(
        f"error: costa.en does not read as {read} any more; it is {now} now.\n"
        f"  help: Read it again: lettergen show --summit {SUMMIT} costa.en\n"
    )


def test_request_comment_withdraw(small: Workspace) -> None:
    """Changes are asked for, passages commented on, and one's latest decision that counts is taken back."""
    assert run(small, "request-changes", "--all", "The figure is old.", who=BO).err.endswith(
        "2 letters: changes requested by Bo Chief.\n"
    )
    run(small, "comment", "costa", "--on", "The summit\nis near", "Is it?", who=BO)
    commented = lines(small)[-1]
    assert (commented["quote"]["exact"], commented["words"]) == ("The summit is near", "Is it?")
    assert run(small, "withdraw", who=BO).status == 0
    assert lines(small)[-1]["withdraws"] == commented["hash"]
    mine = lines(small)[0]["hash"][:8]
    refused = run(small, "withdraw", mine)
    assert (refused.status, refused.err.splitlines()[0]) == (
        4, f"error: The decision {mine} is of Bo Chief <bo@example.org>, who alone can withdraw it.",
    )  # fmt: skip
    assert run(small, "withdraw", mine, "--words", "Settled.", who=BO).err.endswith(
        "costa.en: open: 0 of 1 approval.\n"
    )
    assert len(lines(small)) == 5


def test_layout(small: Workspace) -> None:
    """A letter that will be composed in another layout can be approved in it."""
    ask_for(small, "\n[review]\n")
    assert run(small, "approve", "--all", "--layout", "us-no10").status == 0
    compose = ["--summit", SUMMIT, "--unsigned", "--dry-run"]
    assert small.run("compose", *compose).status == 4
    assert small.run("compose", *compose, "--layout", "us-no10").status == 0


def test_language(tmp_path: Any) -> None:
    """A letter in another language than its recipient's is named by its id, as show names it."""
    workspace = workspaces.four_languages(tmp_path)
    assert run(workspace, "approve", "costa.fr").status == 0
    assert run(workspace, "approve", "costa", "--language", "de").status == 0
    assert [made["letter"] for made in lines(workspace)] == ["costa.fr", "costa.de"]


# ---- Who ----------------------------------------------------------------------------------------------------


def test_nobody_and_no_terminal(small: Workspace) -> None:
    """Without a name and without a terminal to ask at, it is said how to be named."""
    outcome = run(small, "approve", "costa", who={})
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err == (
        "error: Nobody is named who decides.\n"
        "  help: Set LETTERGEN_REVIEWER='Ann Example <ann@example.org>', or git’s user.name and user.email.\n"
    )


def test_no_mail_address(small: Workspace) -> None:
    """A name without a mail address is refused."""
    outcome = run(small, "approve", "costa", who={"LETTERGEN_REVIEWER": "Ann"})
    assert (outcome.status, outcome.err.splitlines()[0]) == (
        2, "error: LETTERGEN_REVIEWER names nobody who can decide: “Ann”.",
    )  # fmt: skip


def at_terminal(workspace: Workspace) -> pexpect.spawn[str]:
    """Start an approval by nobody at a terminal."""
    command, *rest = workspace.command("approve", "--summit", SUMMIT, "costa")
    return pexpect.spawn(
        command,
        rest,
        cwd=str(workspace.root),
        env=workspace.environment | NOBODY | {"TERM": "xterm"},
        encoding="utf-8",
        timeout=workspaces.LONGEST_RUN,
        dimensions=(24, 200),
    )


def test_asked(small: Workspace) -> None:
    """At a terminal one is asked for name and mail address, and told how not to be asked again."""
    terminal = at_terminal(small)
    terminal.expect_exact("Your name: ")
    terminal.sendline("Ann Example")
    terminal.expect_exact("Your mail address: ")
    terminal.sendline("ann@example.org")
    terminal.expect_exact("Not to be asked again, set LETTERGEN_REVIEWER='Ann Example <ann@example.org>', or git’s")
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert (terminal.exitstatus, lines(small)[0]["by"]) == (0, "Ann Example <ann@example.org>")


def test_interrupted(small: Workspace) -> None:
    """Ctrl-C at the question ends the command as it does everywhere, and nothing is decided."""
    terminal = at_terminal(small)
    terminal.expect_exact("Your name: ")
    terminal.sendintr()
    terminal.expect_exact("Interrupted.")
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert (terminal.exitstatus, lines(small)) == (130, [])
