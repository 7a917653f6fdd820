"""Holds what every command promises: help, exit codes, streams, colours, and what a mistake looks like."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from lettergen import __version__
from workspaces import SUMMIT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from workspaces import Workspace

LETTER = f"letters/{SUMMIT}/letter.toml"

# Run with `python -c`: lettergen with something broken in it.
BROKEN = """
import lettergen.prepare
def fail(*_):
    raise ZeroDivisionError("António Costa")
lettergen.prepare.find_problems = fail
from lettergen.cli import main
main()
"""
NO_ROOM = """
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, (1, 1))
from lettergen.cli import main
main()
"""
NO_PANGO = """
print("Please install Pango!")
raise OSError("cannot load library 'libpango-1.0-0'")
"""
LOADED = """
import atexit, json, sys
heavy = ("weasyprint", "pyhanko", "textual", "dask", "distributed", "cryptography", "keyring")
atexit.register(lambda: sys.stderr.write(json.dumps([name for name in heavy if name in sys.modules])))
sys.argv[0] = "lettergen"
from lettergen.cli import main
main()
"""


@pytest.mark.parametrize(
    ("arguments", "page"),
    [
        (["--help"], "lettergen"),
        (["-h"], "lettergen"),
        (["compose", "--help"], "compose"),
        (["verify", "-h"], "verify"),
        (["doctor", "-h"], "doctor"),
        (["identity", "-h"], "identity"),
        (["identity", "new", "-h"], "identity-new"),
        (["identity", "import", "-h"], "identity-import"),
        (["manifest", "merge", "-h"], "manifest-merge"),
    ],
    ids=" ".join,
)
def test_help(small: Workspace, golden: Callable[[str, str], None], arguments: list[str], page: str) -> None:
    """--help and -h show the same page, on stdout, and that is no error."""
    outcome = small.run(*arguments)
    assert (outcome.status, outcome.err) == (0, "")
    golden(f"help/{page}.txt", outcome.out)


@pytest.mark.parametrize("arguments", [[], ["identity"]], ids=" ".join)
def test_no_arguments(small: Workspace, arguments: list[str]) -> None:
    """Without a command the help is shown; as nothing was done, the exit code says so."""
    outcome = small.run(*arguments)
    assert (outcome.status, outcome.out.split(), outcome.err) == (
        2,
        small.run(*arguments, "--help").out.split(),
        "",
    )


def test_version(small: Workspace) -> None:
    """--version names program and version on stdout."""
    outcome = small.run("--version")
    assert (outcome.status, outcome.out, outcome.err) == (0, f"lettergen {__version__}\n", "")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["compoze"], "No such command 'compoze'. Did you mean 'compose'?"),
        (["identity", "lisst"], "No such command 'lisst'. Did you mean 'list'?"),
        (["compose", "--sumit", "x"], "No such option: --sumit (Possible options: --out, --summit)"),
        (["compose"], "Missing option '--summit'."),
        (["verify"], "Missing argument 'FILE'."),
        (["verify", "--jason"], "No such option: --jason (Possible options: --json)"),
        (["identity", "new", "x"], "Missing option '--organisation'."),
        (["compose", "--summit"], "Option '--summit' requires an argument."),
    ],
    ids=str,
)
def test_usage(small: Workspace, arguments: list[str], sentence: str) -> None:
    """What cannot be meant is named on stderr, with what is near, and gives exit code 2."""
    outcome = small.run(*arguments)
    assert (outcome.status, outcome.out) == (2, "")
    assert f"│ {sentence:<76} │" in outcome.err.splitlines()


def test_exit_codes(small: Workspace, tmp_path: Path) -> None:
    """Each exit code that the help promises comes up where it is promised."""
    (tmp_path / "no.pdf").write_bytes(b"no PDF")
    (tmp_path / "fake" / "weasyprint").mkdir(parents=True)
    (tmp_path / "fake" / "weasyprint" / "__init__.py").write_text(NO_PANGO, "utf-8")
    no_pango = {"PYTHONPATH": str(tmp_path / "fake")}
    compose = ["compose", "--summit", SUMMIT, "--unsigned"]
    assert [
        small.run("check").status,
        small.run(*compose, env=no_pango).status,
        small.run("compose", "--summit", "x").status,
        small.run("identity", "show", "x").status,
        small.run("verify", tmp_path / "no.pdf").status,
    ] == [0, 3, 2, 4, 5]
    small.edit(LETTER, '"civic-space"]', '"civic-spaces"]')
    assert [small.run("check").status, small.run(*compose).status] == [1, 1]


def test_missing_library(small: Workspace, tmp_path: Path) -> None:
    """A missing Pango gives a sentence that leads to the doctor, and exit code 3; nothing was written."""
    (tmp_path / "weasyprint").mkdir()
    (tmp_path / "weasyprint" / "__init__.py").write_text(NO_PANGO, "utf-8")
    outcome = small.compose("--unsigned", env={"PYTHONPATH": str(tmp_path)})
    assert outcome.status == 3
    assert outcome.err == (
        "error: The typesetter's library is missing: cannot load library 'libpango-1.0-0'\n"
        "  help: Run lettergen doctor; it says what to install.\n"
    )
    assert [path.name for path in small.out.iterdir()] == [".lettergen.lock"]


def test_mistake_of_ours(small: Workspace) -> None:
    """A mistake of lettergen's own is called that, in a sentence, without anything that may be private."""
    outcome = small.python(BROKEN, "check")
    assert (outcome.status, outcome.out) == (1, "")
    assert outcome.err == (
        "error: This is a mistake in lettergen, not yours: ZeroDivisionError.\n"
        "  help: Set LETTERGEN_DEBUG=1 and run it again to see where; the place is what its makers need to know.\n"
    )


def test_traceback_for_who_asks(small: Workspace) -> None:
    """LETTERGEN_DEBUG shows where a mistake is, without the values of variables."""
    outcome = small.python(BROKEN, "check", env={"LETTERGEN_DEBUG": "1"})
    assert outcome.status == 1
    assert outcome.err.startswith("Traceback (most recent call last):\n")
    assert outcome.err.endswith("ZeroDivisionError: António Costa\n")
    assert "╭" not in outcome.err


@pytest.mark.parametrize(
    "arguments", [["--version"], ["check", "--format", "json"], ["doctor", "--json"]], ids=" ".join
)
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_reader_that_went_away(small: Workspace, arguments: list[str], unbuffered: str) -> None:
    """When nobody reads stdout any more, there is nothing to complain about."""
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        small.command(*arguments),
        check=False,
        stdout=writer,
        stderr=subprocess.PIPE,
        cwd=small.root,
        env=small.environment | {"PYTHONUNBUFFERED": unbuffered},
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, b"")


def test_help_for_a_reader_that_went_away(small: Workspace) -> None:
    """The same holds for the help."""
    pipe = 'python=$1; "$python" -m lettergen --help | head -1'
    outcome = small.start(["sh", "-c", pipe, "sh", sys.executable])
    assert (outcome.status, outcome.err) == (0, "")


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_output_that_cannot_be_written(small: Workspace, tmp_path: Path, unbuffered: str) -> None:
    """Output that the disk does not take is an error in one sentence."""
    with (tmp_path / "output").open("wb") as output:
        done = subprocess.run(
            [sys.executable, "-c", NO_ROOM, "check", "--format", "json"],
            check=False,
            stdout=output,
            stderr=subprocess.PIPE,
            cwd=small.root,
            encoding="utf-8",
            env=small.environment | {"PYTHONUNBUFFERED": unbuffered},
        )
    sentence = "error: The output or a temporary file cannot be read or written: File too large.\n"
    assert (done.returncode, done.stderr) == (5, sentence)


def test_control_characters(small: Workspace) -> None:
    """Nothing in a file can move the cursor or rewrite the line that tells of it."""
    small.edit("recipients.toml", 'family_name = "Costa"', 'family_name = "Cos\x1b[2Jta"\x9b\r')
    outcome = small.run("compose", "--summit", SUMMIT)
    assert outcome.status == 1
    assert [sign for sign in outcome.err if sign in "\x1b\x9b\r"] == []
    assert 'family_name = "Cos␛[2Jta"\N{REPLACEMENT CHARACTER}' in outcome.err


def test_other_encoding(small: Workspace) -> None:
    """Where the terminal has no UTF-8, people are told what it can show, and JSON is UTF-8 all the same."""
    latin = {"PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii", "PYTHONCOERCECLOCALE": "0", "LC_ALL": "C"}
    small.edit(LETTER, "date = 2025-04-01", "date = 2025-04-05")
    outcome = small.compose("--dry-run", "--unsigned", "--json", env=latin)
    assert (outcome.status, outcome.err) == (0, "")
    assert small.compose("--draft", "--unsigned", env=latin).err.startswith("error: A draft is never signed.")
    small.edit(LETTER, 'title = "A report"', 'titel = "Отчёт"')
    found = small.run("check", "--format", "json", env=latin)
    assert (found.status, found.err) == (1, "")
    assert found.json() == small.run("check", "--format", "json").json()


def test_another_folder(small: Workspace, tmp_path: Path) -> None:
    """-C names the workspace from anywhere; messages name files so that they can be opened from there."""
    outcome = small.run("-C", "office", "compose", "--summit", SUMMIT, "--unsigned", "--dry-run", cwd=tmp_path)
    assert outcome.err.splitlines()[0] == f"planned    office/out/{SUMMIT}/costa.en.unsigned.pdf"
    elsewhere = small.run(
        "-C", small.root, "compose", "--summit", SUMMIT, "--unsigned", "--dry-run", cwd=small.home
    )
    assert elsewhere.err.splitlines()[0] == f"planned    {small.out}/costa.en.unsigned.pdf"
    nowhere = small.run("-C", "nowhere", "check")
    assert nowhere.status == 2
    assert nowhere.err == (
        f"error: There are no letters in {small.root}/nowhere.\n"
        "  help: Go to the folder that holds letters/, or name it with -C.\n"
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["--version"],
        ["compose", "--help"],
        ["check"],
        ["check", "--format", "json"],
        ["identity", "list"],
    ],
    ids=" ".join,
)
def test_nothing_heavy_is_loaded(small: Workspace, arguments: list[str]) -> None:
    """Help, check and look-ups load neither typesetter nor signer, nor anything else that is large."""
    outcome = small.python(LOADED, *arguments)
    assert (outcome.status, json.loads(outcome.err.splitlines()[-1])) == (0, [])


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("lettergen comp", ["compose"]),
        ("lettergen compose --su", ["--summit"]),
        ("lettergen identity ", ["list", "show", "new", "import", "token"]),
    ],
)
def test_completion(small: Workspace, typed: str, offered: list[str]) -> None:
    """The shell is offered the commands and options that begin like that, and nothing heavy is loaded for it."""
    words = {"_LETTERGEN_COMPLETE": "complete_bash", "COMP_WORDS": typed, "COMP_CWORD": str(typed.count(" "))}
    outcome = small.python(LOADED, env=words)
    assert (outcome.out.split(), outcome.err) == (offered, "[]")
