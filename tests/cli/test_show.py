"""lettergen show --envelope, run as a person runs it."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

from workspaces import SUMMIT, files

if TYPE_CHECKING:
    from collections.abc import Callable

    from workspaces import Outcome, Workspace

LETTER = f"letters/{SUMMIT}/letter.toml"
LAST_LINES = """\
DIN 5008, form B: the envelope DL is 220 × 110 mm; its window is 90 × 45 mm, 20
mm from the left and 15 mm from the bottom. However the sheet slips, 80 × 40 mm
of it show, 20 to 100 mm from its left edge and 50 to 90 mm from its top. Every
line of the address stands within that.
"""


def show(workspace: Workspace, *arguments: str, env: dict[str, str] | None = None) -> Outcome:
    """Show something of the sample summit."""
    return workspace.run("show", "--summit", SUMMIT, *arguments, env=env)


def test_help(small: Workspace, golden: Callable[[str, str], None]) -> None:
    """-h shows what can be shown, on stdout."""
    outcome = small.run("show", "-h")
    assert (outcome.status, outcome.err) == (0, "")
    golden("help/show.txt", outcome.out)


def test_it_draws_the_envelope(small: Workspace) -> None:
    """The sketch is on stdout, where the drawing is on stderr, and the drawing is the only file that is written."""
    outcome = show(small, "--envelope", "costa")
    file = small.out / "costa.en.envelope.svg"
    assert (outcome.status, outcome.err) == (0, f"Drawn to out/{SUMMIT}/costa.en.envelope.svg\n")
    assert outcome.out.endswith(LAST_LINES)
    assert "│   President of the European Council               │" in outcome.out.splitlines()
    assert max(map(len, outcome.out.splitlines())) <= 80
    assert list(files(small.root / "out")) == [file.relative_to(small.root / "out").as_posix()]
    assert ET.parse(file).getroot().tag == "{http://www.w3.org/2000/svg}svg"  # noqa: S314 - our own drawing


def test_a_letter_can_be_named_with_its_language(small: Workspace) -> None:
    """The id of a letter shows the same as its recipient's."""
    by_letter, by_recipient = show(small, "--envelope", "costa.en"), show(small, "--envelope", "costa")
    assert (by_letter.status, by_letter.out) == (0, by_recipient.out)


def test_plain_signs(small: Workspace) -> None:
    """Where stdout has ASCII alone, the sketch does without other signs."""
    outcome = show(small, "--envelope", "costa", env={"PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"})
    assert outcome.status == 0
    assert outcome.out.isascii()
    assert "|   Mr Ant?nio Costa" in outcome.out


def test_an_unknown_letter(small: Workspace) -> None:
    """A letter that the campaign does not have is a mistake of usage, and what is near is named."""
    outcome = show(small, "--envelope", "kosta")
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err == ("error: This campaign has no letter “kosta”.\n  help: Did you mean “costa”?\n")
    assert "It has costa.en, von-der-leyen.en." in show(small, "--envelope", "xyz").err
    assert not small.out.exists()


def test_mistakes_in_the_texts(small: Workspace) -> None:
    """Mistakes are told as the check tells them, and nothing is drawn."""
    small.edit(LETTER, "place = ", "plaze = ")
    outcome = show(small, "--envelope", "costa")
    assert (outcome.status, outcome.out) == (1, "")
    assert "Did you mean “place”?" in outcome.err
    assert not small.out.exists()


def test_an_address_that_does_not_show(small: Workspace) -> None:
    """An address that leaves the window is drawn all the same, and the run fails with line and millimetres."""
    head = small.root / "letters" / "letterhead" / "iphr" / "letterhead.css"
    head.write_text("#address p { position: relative; top: 14mm }", "utf-8")
    outcome = show(small, "--envelope", "costa")
    assert outcome.status == 1
    assert "The line “1048 Brussels” of the address stands 3.8 mm " in outcome.err
    assert "mm below what the window of the envelope DL shows." in outcome.err
    assert (small.out / "costa.en.envelope.svg").exists()


def test_an_address_that_is_too_long(small: Workspace) -> None:
    """Of an address that is too long, the lines that do not show are named, with the millimetres."""
    wide = " ".join(["Bâtiment"] * 12)
    small.edit("recipients.toml", '["Rue de la Loi 175",', f'["{wide}", "D", "Rue de la Loi 175",')
    outcome = show(small, "--envelope", "costa")
    assert outcome.status == 1
    assert "The line “Rue de la Loi 175” of the address stands 3.3 mm below what the window" in outcome.err
    assert "The line “1048 Brussels” of the address stands 7.8 mm below what the window" in outcome.err


def test_another_layout(small: Workspace) -> None:
    """The drawing can be asked for before the campaign takes the layout; one that there is not is named."""
    outcome = show(small, "--envelope", "costa", "--layout", "us-no10")
    assert outcome.status == 0
    assert "US Letter, envelope no. 10" in outcome.out
    outcome = show(small, "--envelope", "costa", "--layout", "us-no-10")
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err == "error: There is no layout “us-no-10”.\n  help: Did you mean “us-no10”?\n"


def test_a_language_that_the_campaign_does_not_have(small: Workspace) -> None:
    """It is a mistake of the command line, and what there is is told."""
    outcome = show(small, "--envelope", "costa.de")
    assert (outcome.status, outcome.out) == (2, "")
    assert "This campaign has no letters in “de”." in outcome.err
