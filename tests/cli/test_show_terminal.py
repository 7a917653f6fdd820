"""lettergen show at a real pseudo-terminal: the pager, and pictures of pages for what the terminal says it has."""

from __future__ import annotations

import io
import re
import shlex
import sys
from base64 import standard_b64decode
from typing import TYPE_CHECKING

import pexpect
import pytest
from PIL import Image

import workspaces
from judges.sixels import from_sixels
from lettergen.cli._sheet import unsigned_pdf
from lettergen.prepare import prepare
from lettergen.typeset.picture import picture
from workspaces import SUMMIT

if TYPE_CHECKING:
    from pathlib import Path

    from workspaces import Workspace

QUESTION_ATTRIBUTES = "\x1b[c"
QUESTION_KITTY = "\x1b_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\"
XTERM = "\x1b[?64;1;2;6;22c"
MARK = "leafed through"


def at_terminal(
    workspace: Workspace, *arguments: str, columns: int = 80, term: str = "xterm-256color", **env: str
) -> pexpect.spawn[str]:
    """Start lettergen show at a terminal of 24 rows, with no settings for pagers of anyone's."""
    command, *rest = workspace.command("show", "--summit", SUMMIT, *arguments)
    environment = {name: value for name, value in workspace.environment.items() if name != "COLUMNS"}
    return pexpect.spawn(
        command,
        rest,
        cwd=str(workspace.root),
        env=environment | {"TERM": term} | env,
        encoding="utf-8",
        timeout=workspaces.LONGEST_RUN,
        dimensions=(24, columns),
        echo=False,
    )


def end(terminal: pexpect.spawn[str]) -> tuple[str, int | None]:
    """Wait for the end; return what was shown since the last question, with plain line ends, and the exit code."""
    terminal.expect(pexpect.EOF)
    terminal.close()
    return (terminal.before or "").replace("\r\n", "\n"), terminal.exitstatus


@pytest.fixture
def pager(tmp_path: Path) -> str:
    """Return a pager that says it was used and what it got."""
    file = tmp_path / "a pager.py"
    file.write_text(f"import sys\nprint('{MARK}')\nsys.stdout.write(sys.stdin.read())\n", "utf-8")
    return f"{sys.executable} '{file}'"


def test_the_pager_of_ones_own(small: Workspace, pager: str) -> None:
    """$PAGER gets the letter, as it is in a pipe but for the width; what people are told follows."""
    shown, status = end(at_terminal(small, "costa", PAGER=pager))
    in_pipe = small.run("show", "--summit", SUMMIT, "costa", env={"PAGER": pager})
    assert status == 0
    assert MARK not in in_pipe.out
    assert " ".join(shown.split()) == " ".join(f"{MARK} {in_pipe.out} {in_pipe.err}".split())


@pytest.mark.parametrize(
    ("term", "named"), [("dumb", None), ("xterm", ""), ("xterm", "there-is-no-such-pager")], ids=str
)
def test_no_pager(small: Workspace, pager: str, term: str, named: str | None) -> None:
    """A dumb terminal, an empty $PAGER and one that is not there get the letter as it is."""
    shown, status = end(at_terminal(small, "costa", term=term, PAGER=pager if named is None else named))
    assert status == 0
    assert MARK not in shown
    assert "\x1b" not in shown
    assert shown.startswith("International Partnership for Human Rights\nBrussels\n")


def test_less(small: Workspace) -> None:
    """By default it is less: it waits with a letter longer than the screen, and q ends it without an error."""
    terminal = at_terminal(small, "costa")
    terminal.expect_exact("Dear President Costa,")
    assert "value a reply" not in (terminal.before or "")
    terminal.sendintr()  # ends a search in the pager, not lettergen
    terminal.send("q")
    shown, status = end(terminal)
    assert status == 0
    assert "Interrupted" not in shown
    assert "To approve exactly this text: " in shown


def test_width(small: Workspace, pager: str) -> None:
    """The lines fit the terminal, and are never wider than a page can be read."""
    small.edit(f"letters/{SUMMIT}/letter.toml", "The summit is near.", "near " * 100)
    widths = []
    for columns in (40, 200):
        shown, status = end(at_terminal(small, "costa", columns=columns, PAGER=pager))
        assert status == 0
        widths.append(max(len(line) for line in shown.splitlines() if line.startswith("near")))
    assert widths == [39, 79]


def page(workspace: Workspace, answer: str, *arguments: str, **options: str) -> str:
    """Show a page at a terminal that answers in a way; return what it was sent after the questions."""
    terminal = at_terminal(workspace, "costa", "--page", *arguments, **options)  # type: ignore[arg-type]
    terminal.expect_exact(QUESTION_ATTRIBUTES)
    assert (terminal.before or "") in {QUESTION_KITTY, ""}
    terminal.send(answer)
    shown, status = end(terminal)
    assert status == 0
    return shown


def expected(workspace: Workspace, width: int) -> Image.Image:
    """Return the first page of the letter as a picture."""
    prepared = prepare(workspace.root, SUMMIT)
    return picture(unsigned_pdf(workspace.root, SUMMIT, prepared, prepared.letters[0]), 1, width)


def test_half_blocks(small: Workspace) -> None:
    """A terminal without pixels gets two of them in each cell, white paper and dark ink, no wider than itself."""
    lines = page(small, XTERM).splitlines()
    signs = [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in lines]
    assert signs == ["▀" * 80] * 57
    assert all(line.endswith("\x1b[0m") for line in lines)
    assert lines[0] == f"\x1b[38;5;231;48;5;231m{'▀' * 80}\x1b[0m"
    assert len(page(small, XTERM, columns=40).splitlines()) == 29  # type: ignore[arg-type]


def test_without_colours(small: Workspace) -> None:
    """With NO_COLOR the ink is the terminal's own colour, and nothing is escaped."""
    shown = page(small, XTERM, NO_COLOR="1")
    assert set(shown) <= set(" ▀▄█\n")
    assert shown.count("\n") == 57
    assert shown.count("▀") > 100


def test_kitty(small: Workspace) -> None:
    """A terminal that knows kitty's protocol gets the page itself, as wide as its columns."""
    shown = page(small, f"\x1b_Gi=31;OK\x1b\\{XTERM}")
    parts = re.findall(r"\x1b_G([^;]*);([^\x1b]*)\x1b\\", shown)
    assert parts[0][0] == "a=T,f=100,q=2,c=80,m=1"
    assert [head for head, _ in parts[1:]] == ["m=1"] * (len(parts) - 2) + ["m=0"]
    assert max(len(data) for _, data in parts) <= 4096
    image = Image.open(io.BytesIO(standard_b64decode("".join(data for _, data in parts))))
    assert (image.size, image.tobytes()) == ((800, 1132), expected(small, 800).tobytes())


def test_sixel(small: Workspace) -> None:
    """A terminal that has sixels gets the page in them, in colours near to its own."""
    image = from_sixels(page(small, "\x1b[?62;4;22c"))
    wanted = expected(small, 800)
    off = [abs(one - other) for one, other in zip(image.tobytes(), wanted.tobytes(), strict=True)]
    assert image.size == wanted.size
    assert max(off) < 64
    assert sum(off) / len(off) < 0.5


def test_a_terminal_that_does_not_answer(small: Workspace) -> None:
    """It gets half blocks after a while; a multiplexer is not asked what it would take for a title."""
    terminal = at_terminal(small, "costa", "--page", term="screen-256color")
    shown, status = end(terminal)
    assert status == 0
    assert shown.startswith(f"{QUESTION_ATTRIBUTES}\x1b[38;5;231;48;5;231m▀")


def test_the_terminal_is_as_before(small: Workspace) -> None:
    """After the questions the terminal takes whole lines again, and shows what is typed."""
    command = shlex.join(small.command("show", "--summit", SUMMIT, "costa", "--page"))
    terminal: pexpect.spawn[str] = pexpect.spawn(
        "sh",
        ["-c", f"{command}; stty -a"],
        cwd=str(small.root),
        env=small.environment | {"TERM": "xterm"},
        encoding="utf-8",
        timeout=workspaces.LONGEST_RUN,
    )
    terminal.expect_exact(QUESTION_ATTRIBUTES)
    terminal.send(XTERM)
    shown, status = end(terminal)
    assert status == 0
    assert {"icanon", "echo"} <= set(shown.split())


def test_a_dumb_terminal_is_not_asked(small: Workspace) -> None:
    """A terminal that can do no more than take lines gets lines."""
    shown, status = end(at_terminal(small, "costa", "--page", term="dumb"))
    assert (status, "\x1b" in shown) == (0, False)


@pytest.mark.parametrize(
    ("arguments", "sentence", "way_out"),
    [
        (["costa", "--page", "2"], "There is no page 2.", "The letter has 1 page."),
        (["--page=0", "costa"], "There is no page 0.", "The letter has 1 page."),
        (["--page"], "A page is of one letter.", "Name the letter; this campaign has costa.en, von-der-leyen.en."),
    ],
    ids=str,
)
def test_which_page(small: Workspace, arguments: list[str], sentence: str, way_out: str) -> None:
    """A page that there is not, and a page of several letters, are mistakes of usage; nothing is drawn."""
    shown, status = end(at_terminal(small, *arguments, term="dumb"))
    assert (shown, status) == (f"error: {sentence}\n  help: {way_out}\n", 2)
