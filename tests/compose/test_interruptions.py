"""Holds that a letter is whole or absent whenever a run is stopped, and that the next run finishes what it left."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import workspaces
from compose.faults import Stopped
from lettergen.compose import Listener, Request, compose
from lettergen.problems import RefusedError
from lettergen.signing import new_identity
from lettergen.signing.passphrase import PassphraseSource
from workspaces import SUMMIT, Workspace, files

if TYPE_CHECKING:
    from lettergen.signing.identity import Identity

LETTER = f"letters/{SUMMIT}/letter.toml"
COSTA, LEYEN, MANIFEST, JOURNAL = (
    "costa.en.unsigned.pdf",
    "von-der-leyen.en.unsigned.pdf",
    "manifest.json",
    ".journal.jsonl",
)
HALF = re.compile(r"\..*\.part")
LIMITED = """
import resource, sys
def limit(event, arguments):
    if event == "open" and str(arguments[0]).endswith(".part"):
        resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))
sys.addaudithook(limit)
from lettergen.cli import main
main()
"""
HOLD = """
import sys
from pathlib import Path
from lettergen.files import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@dataclass(frozen=True)
class HalfDone:
    """A workspace in which one letter is outdated and one is missing. Not to be changed: tests work on copies.

    Attributes:
        before: its output files, by their hashes.
        after: what a run makes of them.
    """

    start: Workspace
    before: dict[str, str]
    after: dict[str, str]


@pytest.fixture
def small(tmp_path: Path) -> Workspace:
    """Return a workspace with the small campaign, in which nothing was composed yet."""
    return workspaces.small(tmp_path / "start")


def stop(start: Workspace, copies: Path, action: str, watched: str, *command: str) -> list[Stopped]:
    """Return what came of runs that were stopped at each moment at which they touched a folder."""
    folder = start.root.parent
    program = [sys.executable, Path(__file__).with_name("faults.py"), action, folder, watched, copies / "copies"]
    done = start.start([*map(str, program), *command])
    assert done.status == 0, done.err
    return [Stopped(**row) for row in json.loads(done.out)]


def hashes(folder: Path) -> dict[str, str]:
    """Return every file of a folder with its hash."""
    return {name: hashlib.sha256(content).hexdigest() for name, content in files(folder).items()}


@pytest.fixture(scope="module")
def half_done(tmp_path_factory: pytest.TempPathFactory) -> HalfDone:
    """Return a workspace with an outdated letter and a missing one."""
    folder = tmp_path_factory.mktemp("half-done")
    start = workspaces.small(folder / "start")
    assert start.compose("--unsigned", "--to", "costa").status == 0
    start.edit(LETTER, "The summit is near.", "The summit is very near.")
    finished = start.copy(folder / "finished")
    assert finished.compose("--unsigned").status == 0
    return HalfDone(start, hashes(start.out), hashes(finished.out))


def test_killed(half_done: HalfDone, tmp_path: Path) -> None:
    """Killed at any moment, a run leaves each letter as it was or new; the next run finishes what it left."""
    before, after = half_done.before, half_done.after
    stopped = stop(half_done.start, tmp_path, "kill", "office/out", "compose", "--summit", SUMMIT, "--unsigned")
    for one in stopped:
        letters = {name: digest for name, digest in one.left.items() if name in after}
        assert letters[COSTA] in {before[COSTA], after[COSTA]}, one.moment
        assert letters.get(LEYEN) in {None, after[LEYEN]}, one.moment
        assert letters[MANIFEST] in {before[MANIFEST], after[MANIFEST]}, one.moment
        others = one.left.keys() - after.keys() - {JOURNAL}
        assert [name for name in others if not HALF.fullmatch(name)] == [], one.moment
        assert (one.status, one.next_status, one.next_left) == (-9, 0, after), one.moment
    assert [one.moment.replace(f"/{SUMMIT}", "") for one in stopped] == [
        *["open /.lettergen.lock"] * 2,  # it is there already, so that it is opened once more
        *(moment for letter in (COSTA, LEYEN) for moment in _moments_of_a_letter(letter)),
        f"open /.{MANIFEST}.x.part",
        f"fsync /.{MANIFEST}.x.part",
        f"os.rename /{MANIFEST}",
        "fsync ",
        f"os.remove /{JOURNAL}",
    ]


def _moments_of_a_letter(name: str) -> list[str]:
    # “fsync” without a name is the folder's.
    journal = [f"open /{JOURNAL}", f"fsync /{JOURNAL}", "fsync "]
    return [f"open /.{name}.x.part", f"fsync /.{name}.x.part", *journal, f"os.rename /{name}", "fsync "]


def test_refused_by_the_disk(half_done: HalfDone, tmp_path: Path) -> None:
    """A full disk at any moment gives one sentence and exit code 5, and leaves no letter half-written."""
    before, after = half_done.before, half_done.after
    compose_costa = ("compose", "--summit", SUMMIT, "--unsigned", "--to", "costa")
    for one in stop(half_done.start, tmp_path, "refuse", "office/out", *compose_costa):
        assert one.left[COSTA] in {before[COSTA], after[COSTA]}, one.moment
        assert one.left.keys() <= {COSTA, MANIFEST, JOURNAL}, one.moment
        assert (one.next_status, one.next_left[COSTA]) == (0, after[COSTA]), one.moment
        assert one.next_left.keys() == {COSTA, MANIFEST}, one.moment
        if one.moment == f"fsync /{SUMMIT}":  # not every system lets a folder be flushed
            assert (one.status, one.left) == (0, one.next_left)
        else:
            error = one.said.splitlines()[-1]
            assert one.status == 5, one.moment
            assert re.fullmatch(
                rf"error: /office/out/{SUMMIT}\S* cannot be written: No space left on device\.", error
            )


def test_killed_while_it_makes_an_identity(small: Workspace, tmp_path: Path) -> None:
    """Killed while the first identity is made, a run leaves none or a whole one; the next run signs with one."""
    for one in stop(small, tmp_path, "kill", "home", "compose", "--summit", SUMMIT, "--to", "costa"):
        assert (one.status, one.next_status, sorted(one.next_left)) == (-9, 0, ["costa.en.pdf", MANIFEST]), (
            one.moment
        )
    copies = [Workspace(copy / "office", copy / "home") for copy in (tmp_path / "copies").iterdir()]
    for copy in copies:
        assert [path.name for path in copy.identities.iterdir() if path.name[0] != "."] == ["iphr"]
    assert copies[0].run("verify", copies[0].out / "costa.en.pdf").status == 0


def test_file_that_grows_too_large(small: Workspace) -> None:
    """A write that fails half-way, as on a full disk, gives one sentence, exit code 5, and no letter."""
    outcome = small.python(LIMITED, "compose", "--summit", SUMMIT, "--unsigned")
    file = small.out / COSTA
    assert (outcome.status, outcome.err) == (5, f"1/2 costa.en\nerror: {file} cannot be written: File too large.\n")
    assert files(small.out) == {}


def test_file_where_the_output_should_be(small: Workspace) -> None:
    """A file that stands in the output folder's place is left as it is; one sentence, exit code 5."""
    (small.root / "out").write_bytes(b"mine")
    outcome = small.compose("--unsigned")
    assert outcome.status == 5
    assert outcome.err == f"error: {small.out / MANIFEST} cannot be read: Not a directory.\n"
    assert (small.root / "out").read_bytes() == b"mine"


def test_somebody_elses_file(small: Workspace) -> None:
    """A file of somebody else under a letter's name is reported and left as it is; the other letter is made."""
    small.out.mkdir(parents=True)
    (small.out / COSTA).write_bytes(b"mine")
    outcome = small.compose("--unsigned")
    assert outcome.status == 1
    assert outcome.err == (
        "1/1 von-der-leyen.en\n"
        f"altered    out/{SUMMIT}/{COSTA}\n"
        "           It was changed by hand, or lettergen did not make it; it is left as it is.\n"
        f"written    out/{SUMMIT}/{LEYEN}, 1 page\n"
        "1 altered, 1 written.\n"
        "Keep an altered file elsewhere if you need it; --force overwrites it.\n"
    )
    assert (small.out / COSTA).read_bytes() == b"mine"
    assert [file["file"] for file in small.manifest["files"]] == [LEYEN]


@pytest.mark.parametrize("arguments", [[], ["--force"], ["--dry-run"]])
def test_altered_manifest(small: Workspace, arguments: list[str]) -> None:
    """A manifest that cannot be understood stops the run before anything is written."""
    small.out.mkdir(parents=True)
    (small.out / MANIFEST).write_text("{", "utf-8")
    outcome = small.compose("--unsigned", *arguments)
    assert outcome.status == 5
    assert outcome.err == (
        f"error: {small.out / MANIFEST} cannot be understood.\n"
        "  help: It was altered. Put the original back, or move the folder away and compose again.\n"
    )
    assert files(small.out) == {MANIFEST: b"{"}


def test_two_runs_at_once(small: Workspace) -> None:
    """While one run works in a folder another is refused with exit code 4; a killed one holds it no longer."""
    command = [sys.executable, "-c", HOLD, str(small.out)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8", env=small.environment
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        outcome = small.compose()
        other.kill()
    assert outcome.status == 4
    assert outcome.err == (
        f"error: Another lettergen is writing to {small.out}.\n"
        "  help: Wait until it has finished, then run this again.\n"
    )
    assert not small.data.exists()
    assert small.compose("--unsigned").status == 0


def test_two_first_runs_at_once(small: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """When a run for another summit makes the identity in the same moment, both sign with that one."""
    monkeypatch.setenv("XDG_DATA_HOME", str(small.data))
    made: list[Identity] = []
    told: list[Identity] = []

    def the_other_was_quicker(letterhead: str, organisation: str) -> Identity:
        made.append(new_identity.new(letterhead, organisation))
        raise RefusedError("There is an identity “iphr” already.")

    monkeypatch.setattr(new_identity, "make_for_letterhead", the_other_was_quicker)
    request = Request(small.root, SUMMIT, "signed", small.root / "out", to=("costa",))
    report = compose(request, PassphraseSource(), Listener(new_identity=told.append))
    assert (report.identity, report.made_identity, told, report.ok) == (made[0], False, [], True)
    monkeypatch.undo()
    monkeypatch.setenv("XDG_DATA_HOME", str(small.data))
    assert compose(replace(request, dry_run=True), PassphraseSource()).outcomes[0].status == "unchanged"
