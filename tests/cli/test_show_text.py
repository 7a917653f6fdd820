"""lettergen show in a pipe: the letters as they read, on stdout, and what people are told on stderr."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import pytest

import workspaces
from lettergen.prepare import prepare
from lettergen.review.snapshot import take
from workspaces import SUMMIT, files

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from workspaces import Outcome, Workspace

LETTER = f"letters/{SUMMIT}/letter.toml"
COSTA = """\
International Partnership for Human Rights
Brussels
iphronline.org

IPHR · Brussels

Mr António Costa
President of the European Council
Rue de la Loi 175
1048 Brussels

Brussels, 1 April 2025

Civil society at the summit in Samarkand

Dear President Costa,

The summit is near.

What concerns us

Civic space is closing. Associations are obstructed.[1]

What we ask of you

President Costa, we ask you:

1. Speak of it.

We would value a reply.

Yours sincerely,

International Partnership for Human Rights (IPHR)

────────────────────
[1] A publisher, *A report*, 1 May 2024, <https://example.org/report> (read
    on 30 March 2025).
"""


def show(workspace: Workspace, *arguments: str, env: dict[str, str] | None = None) -> Outcome:
    """Show something of the sample summit."""
    return workspace.run("show", "--summit", SUMMIT, *arguments, env=env)


def texts(workspace: Workspace) -> dict[str, str]:
    """Return the hash of each letter's text."""
    prepared = prepare(workspace.root, SUMMIT)
    return {letter.id: take(letter, prepared.head).hash for letter in prepared.letters}


@pytest.mark.parametrize("name", ["costa", "costa.en"])
def test_one_letter(small: Workspace, name: str) -> None:
    """The letter alone is on stdout; stderr says what its text is called and how to approve exactly that."""
    outcome = show(small, name)
    text = texts(small)["costa.en"][:8]
    assert (outcome.status, outcome.out) == (0, COSTA)
    assert outcome.err == (
        f"Text {text} is costa.en as it reads now.\n"
        f"To approve exactly this text: lettergen approve --summit {SUMMIT} costa.en --text {text}\n"
    )
    assert files(small.root / "out") == {}


def test_all_letters(small: Workspace) -> None:
    """Without an id all letters come one after the other, each under its name; all their texts are told."""
    outcome = show(small)
    first, second = (f"===== {name} ".ljust(76, "=") for name in ("costa.en", "von-der-leyen.en"))
    assert outcome.status == 0
    assert outcome.out.startswith(f"{first}\n\n{COSTA}\n{second}\n\nInternational Partnership")
    assert outcome.out.count("Dear President von der Leyen,") == 1
    assert outcome.err == "".join(
        f"Text {text[:8]} is {name} as it reads now.\n" for name, text in texts(small).items()
    ) + (f"To approve exactly one of these texts: lettergen approve --summit {SUMMIT} ID --text TEXT\n")


def test_the_only_letter(small: Workspace) -> None:
    """A campaign of one letter needs no id, and its letter no divider."""
    small.edit(LETTER, '["costa", "von-der-leyen"]', '["costa"]')
    outcome = show(small)
    assert (outcome.status, outcome.out) == (0, COSTA)


def test_the_sample(tmp_path: Path, golden: Callable[[str, str], None]) -> None:
    """The sample letter in each language is the golden text, by its id; its warnings are on stderr."""
    workspace = workspaces.four_languages(tmp_path)
    for language in ("en", "fr", "de", "ru"):
        outcome = show(workspace, f"costa.{language}")
        assert outcome.status == 0
        golden(f"{SUMMIT}/costa.{language}.txt", outcome.out)
        assert "warning[LG601]" in outcome.err
        assert outcome.err.splitlines()[-1].startswith("To approve exactly this text: ")


def test_json(small: Workspace) -> None:
    """--json gives the same as data: what a letter is called, its text's whole hash, and its blocks."""
    outcome = show(small, "--json")
    prepared = prepare(small.root, SUMMIT)
    assert (outcome.status, outcome.err) == (0, "")
    assert outcome.json() == [
        {
            "id": letter.id,
            "recipient": letter.recipient,
            "language": "en",
            "text": take(letter, prepared.head).hash,
            "blocks": [asdict(block) for block in take(letter, prepared.head).blocks],
        }
        for letter in prepared.letters
    ]
    assert [letter["id"] for letter in show(small, "costa", "--json").json()] == ["costa.en"]


def test_from_elsewhere(small: Workspace, tmp_path: Path) -> None:
    """From another folder the command to approve names the workspace."""
    outcome = small.run("-C", small.root, "show", "--summit", SUMMIT, "costa", cwd=tmp_path)
    assert outcome.status == 0
    assert f": lettergen -C {small.root} approve --summit {SUMMIT} costa.en --text " in outcome.err


def test_another_layout(small: Workspace) -> None:
    """In another layout than the campaign's the letter is not what would be approved, so no text is named."""
    outcome = show(small, "costa", "--layout", "us-no10")
    assert outcome.status == 0
    assert outcome.err.startswith("warning[LG608] --layout\n")
    assert outcome.err.endswith("\n1 warning.\n")
    assert "IPHR · Brussels" not in outcome.out  # this layout has no return line


@pytest.mark.parametrize(
    "arguments",
    [("costa", "--envelope", "costa"), ("--envelope", "costa", "--json"), ("--page", "--json")],
    ids=" ".join,
)
def test_what_excludes_each_other(small: Workspace, arguments: tuple[str, ...]) -> None:
    """Two ways to show a letter at once are a mistake of usage."""
    outcome = show(small, *arguments)
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err.startswith("error: Only one of ")


def test_an_unknown_letter(small: Workspace) -> None:
    """A letter that the campaign does not have is a mistake of usage, and what is near is named."""
    outcome = show(small, "kosta")
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err == "error: This campaign has no letter “kosta”.\n  help: Did you mean “costa”?\n"


def test_mistakes_in_the_texts(small: Workspace) -> None:
    """With mistakes there is no letter; they are told as the check tells them."""
    small.edit(LETTER, "place = ", "plaze = ")
    outcome = show(small, "costa")
    assert (outcome.status, outcome.out) == (1, "")
    assert "Did you mean “place”?" in outcome.err


def test_nothing_turns_the_terminal(small: Workspace) -> None:
    """A character that turns the direction of a line, however it came into a text, is shown instead of obeyed."""
    small.edit(LETTER, "The summit is near.", "The &#x202e;summit&#x1b;[2J is near.")
    outcome = show(small, "costa")
    assert outcome.status == 0
    assert "\nThe \ufffdsummit\ufffd[2J is near.\n" in outcome.out


def test_plain_signs(small: Workspace) -> None:
    """Where stdout has ASCII alone, the text does without other signs."""
    outcome = show(small, "costa", env={"PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"})
    assert outcome.status == 0
    assert "\nMr Ant?nio Costa\n" in outcome.out
    assert "\n--------------------\n[1] A publisher" in outcome.out


def test_a_picture_needs_a_terminal(small: Workspace) -> None:
    """In a pipe --page is a mistake of usage, which says what serves instead; nothing asks or is drawn."""
    for arguments in (["--page"], ["costa", "--page", "2"]):
        outcome = show(small, *arguments, env={"TERM": "xterm-kitty"})
        assert (outcome.status, outcome.out) == (2, "")
        assert outcome.err == (
            "error: A picture of the page needs a terminal.\n"
            "  help: Leave out --page for the text, or make a PDF: lettergen compose --draft.\n"
        )


def test_text_loads_no_engine(small: Workspace) -> None:
    """Reading needs neither the typesetter nor anything that draws."""
    code = (
        "import atexit, json, sys\n"
        "heavy = ('weasyprint', 'pypdfium2', 'PIL', 'pyhanko', 'textual')\n"
        "atexit.register(lambda: sys.stderr.write(json.dumps([name for name in heavy if name in sys.modules])))\n"
        "sys.argv[0] = 'lettergen'\n"
        "from lettergen.cli import main\n"
        "main()\n"
    )
    outcome = small.python(code, "show", "--summit", SUMMIT, "costa")
    assert outcome.out == COSTA
    assert outcome.err.endswith("\n[]")
