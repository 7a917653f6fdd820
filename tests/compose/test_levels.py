"""Holds that letters reach the level that is asked for, or one that is accepted in its place, and say which."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.request import Request as HttpRequest
from urllib.request import urlopen

import pikepdf
import pytest

import workspaces
from lettergen.compose.at_level import Asked
from lettergen.problems import UsageError
from lettergen.signing.levels import LEVELS, LevelError
from lettergen.signing.reached import level_of
from lettergen.signing.verify import verify
from signing.enrolled import Enrolled
from workspaces import SUMMIT, files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lettergen.model import Level
    from lettergen.signing.levels import Part
    from signing.services import Services
    from workspaces import Workspace

LETTER = f"letters/{SUMMIT}/letter.toml"
FIELD = "signature-iphr"
COSTA, LEYEN = f"out/{SUMMIT}/costa.en.pdf", f"out/{SUMMIT}/von-der-leyen.en.pdf"
NOBODY = "http://127.0.0.1:9/"  # the port of the discard service, which nobody offers any more
BELOW = "Signed at level B, not T as asked."


@pytest.fixture
def office(services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """Return a workspace whose only identity has a certificate of the running authority, and its time-stamps."""
    workspace = workspaces.small(tmp_path / "start")
    monkeypatch.setenv("XDG_DATA_HOME", str(workspace.data))
    (tmp_path / "enrolled").mkdir()
    enrolled = Enrolled(services, tmp_path / "enrolled")
    enrolled.identity("p256")
    (workspace.home / ".config" / "lettergen").mkdir(parents=True)
    (workspace.home / ".config" / "lettergen" / "root.pem").write_bytes(services.root)
    set_up(workspace, services.time_stamps)
    return workspace


def set_up(workspace: Workspace, server: str) -> None:
    """Let the user have one time-stamp server."""
    settings = f'[signing]\ntimestamp_servers = ["{server}"]\ntrust = ["root.pem"]\n'
    (workspace.home / ".config" / "lettergen" / "config.toml").write_text(settings, "utf-8")


def on_record(workspace: Workspace) -> list[tuple[str, str, str]]:
    """Return file, level and level asked for of the letters in the manifest."""
    return [
        (file["file"], *(file["signatures"][0][key] for key in ("level", "asked")))
        for file in workspace.manifest["files"]
    ]


def levels(workspace: Workspace) -> list[Level | None]:
    """Return the levels that the letters' files show."""
    return [level_of((workspace.root / file).read_bytes(), FIELD) for file in (COSTA, LEYEN)]


@contextmanager
def failing_after(count: int, server: str) -> Iterator[str]:
    """Run a server that passes on so many requests to a time-stamp server, and fails from then on."""
    left = iter(range(count))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if next(left, None) is None:
                self.send_error(503)
                return
            asked = HttpRequest(server, body, {"Content-Type": self.headers["Content-Type"]})  # noqa: S310 - loopback
            with urlopen(asked) as answer:  # noqa: S310 - the same
                self.send_response(200)
                self.send_header("Content-Type", answer.headers["Content-Type"])
                self.end_headers()
                self.wfile.write(answer.read())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}/"
        running.shutdown()


def test_the_level_of_the_campaign(office: Workspace, services: Services) -> None:
    """[signing] says the level; a run that asks for less finds all as it is, and nobody is asked anything more."""
    with (office.root / LETTER).open("a", encoding="utf-8") as letter:
        letter.write('\n[signing]\nlevel = "LTA"\ncertify = true\n')
    outcome = office.compose()
    assert (outcome.status, outcome.err.splitlines()[-3]) == (0, "2 written.")
    assert on_record(office) == [("costa.en.pdf", "LTA", "LTA"), ("von-der-leyen.en.pdf", "LTA", "LTA")]
    assert (office.manifest["level"], levels(office)) == ("LTA", ["LTA", "LTA"])
    for file in (COSTA, LEYEN):
        with pikepdf.open(office.root / file) as pdf:
            assert pdf.Root.Perms.DocMDP.Reference[0].TransformParams.P == 2
    before = services.requests(), files(office.out)
    for options in ([], ["--level", "B"], ["--level", "LT", "--accept-level", "B"]):
        assert office.compose(*options).err.endswith("\n2 unchanged.\n")
    assert (services.requests(), files(office.out)) == before


def test_a_higher_level_than_before(office: Workspace) -> None:
    """Letters below the level that is asked for now are made again; then they are up to date for less, too."""
    assert office.compose().status == 0
    assert levels(office) == ["B", "B"]
    assert office.compose("--level", "T", "--dry-run").err.endswith("\n2 planned.\n")
    assert office.compose("--level", "T").status == 0
    assert on_record(office) == [("costa.en.pdf", "T", "T"), ("von-der-leyen.en.pdf", "T", "T")]
    assert levels(office) == ["T", "T"]
    for options in ([], ["--level", "T"]):
        assert office.compose(*options).err.endswith("\n2 unchanged.\n")


def test_a_level_that_is_not_reached(office: Workspace) -> None:
    """Then no final letter is written: exit code 4, and a sentence with the part, the server and the way out."""
    set_up(office, NOBODY)
    outcome = office.compose("--level", "LT")
    assert outcome.status == 4
    _, error, way_out = outcome.err.splitlines()
    assert error.startswith(f"error: No time-stamp could be had: {NOBODY} could not be asked ")
    assert way_out == "  help: Mend that, or let the letters be signed at a lower level: --accept-level B."
    assert files(office.out) == {}


def test_a_level_that_is_accepted(office: Workspace, services: Services) -> None:
    """It is told of each letter, recorded, and made up for by a run that does not accept it any more."""
    set_up(office, NOBODY)
    outcome = office.compose("--level", "T", "--accept-level", "B")
    assert outcome.status == 0
    assert outcome.err.count(BELOW) == 2
    assert outcome.err.count(NOBODY) == 2
    assert on_record(office) == [("costa.en.pdf", "B", "T"), ("von-der-leyen.en.pdf", "B", "T")]
    assert levels(office) == ["B", "B"]
    again = office.compose("--level", "T", "--accept-level", "B", "--json")
    assert again.status == 0
    assert [(one["status"], one["level"], one["reason"]) for one in again.json()["letters"]] == [
        ("unchanged", "B", BELOW),
        ("unchanged", "B", BELOW),
    ]
    before = files(office.out)
    assert office.compose("--level", "T").status == 4
    assert {name: before[name] for name in before if name.endswith(".pdf")} == {
        name: found for name, found in files(office.out).items() if name.endswith(".pdf")
    }
    set_up(office, services.time_stamps)
    assert "\n2 written.\n" in office.compose("--level", "T").err
    assert on_record(office) == [("costa.en.pdf", "T", "T"), ("von-der-leyen.en.pdf", "T", "T")]


def test_a_server_that_fails_half_way(office: Workspace, services: Services) -> None:
    """What is finished stays, the letter it failed at is not there; the next run makes that one alone."""
    with failing_after(2, services.time_stamps) as server:  # one for the measure of a time-stamp, one for a letter
        set_up(office, server)
        outcome = office.compose("--level", "T")
    assert outcome.status == 4
    assert [name for name in files(office.out) if name.endswith(".pdf")] == ["costa.en.pdf"]
    first = (office.root / COSTA).read_bytes()
    set_up(office, services.time_stamps)
    assert "\n1 unchanged, 1 written.\n" in office.compose("--level", "T").err
    assert (office.root / COSTA).read_bytes() == first
    assert levels(office) == ["T", "T"]


def test_accepted_half_way(office: Workspace, services: Services) -> None:
    """A letter that had its time-stamp keeps it; only the others are below, and only of them it is told."""
    with failing_after(2, services.time_stamps) as server:
        set_up(office, server)
        outcome = office.compose("--level", "T", "--accept-level", "B", "--json")
    assert outcome.status == 0
    told = [(one["level"], bool(one["reason"])) for one in outcome.json()["letters"]]
    assert told == [("T", False), ("B", True)]
    assert levels(office) == ["T", "B"]
    assert all(verify((office.root / file).read_bytes(), known=()).ok for file in (COSTA, LEYEN))
    set_up(office, services.time_stamps)
    assert "\n1 unchanged, 1 written.\n" in office.compose("--level", "T").err


def test_an_identity_that_nobody_vouches_for(small_own: Workspace) -> None:
    """A self-issued identity cannot reach LT: it is refused before a letter is set, or signs at what it can."""
    outcome = small_own.compose("--level", "LT")
    assert (outcome.status, files(small_own.out)) == (4, {})
    accepted = small_own.compose("--level", "LT", "--accept-level", "B")
    assert accepted.status == 0
    assert [(level, asked) for _, level, asked in on_record(small_own)] == [("B", "LT")] * 2


@pytest.fixture
def small_own(tmp_path: Path) -> Workspace:
    """Return a workspace without settings, in which nothing was composed yet."""
    return workspaces.small(tmp_path / "own")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--level", "X"], "There is no level of signatures “X”."),
        (["--level", "B", "--accept-level", "T"], "--accept-level T is above the level that is asked for, B."),
        (["--accept-level", "LTA"], "--accept-level LTA is above the level that is asked for, B."),
    ],
)
def test_levels_that_cannot_be_meant(small_own: Workspace, arguments: list[str], sentence: str) -> None:
    """A level that there is not, or an accepted one above the one asked for: nothing is written."""
    outcome = small_own.compose(*arguments)
    assert (outcome.status, outcome.err.splitlines()[0]) == (2, f"error: {sentence}")
    assert not small_own.out.exists()


@pytest.mark.parametrize(
    ("level", "accepted", "part", "lower"),
    [
        ("LTA", "B", "time-stamp", "LT"),
        ("LT", "B", "time-stamp", "B"),
        ("T", "B", "time-stamp", "B"),
        ("LTA", "B", "revocation", "T"),
        ("LT", "T", "chain", "T"),
        ("LTA", "LT", "time-stamp", "LT"),
        ("LTA", "LT", "revocation", None),
        ("LT", "T", "time-stamp", None),
        ("T", "T", "time-stamp", None),
        ("B", "B", "chain", None),
        ("T", "B", "chain", "B"),
    ],
)
def test_what_is_left(level: Level, accepted: Level, part: Part, lower: Level | None) -> None:
    """What failed decides over the next level to try; below what is accepted there is none."""
    asked, error = Asked.of("LTA", accepted), LevelError(part, "It failed.", way_out="Wait.")
    if lower is None:
        with pytest.raises(LevelError) as raised:
            asked.below(level, error)
        assert raised.value is error
    else:
        assert asked.below(level, error) == lower


def test_accepted_and_asked() -> None:
    """Without another word the level asked for is the only one that is accepted; none above it can be."""
    assert [Asked.of(level, None) for level in LEVELS] == [Asked(level, level) for level in LEVELS]
    with pytest.raises(UsageError):
        Asked.of("T", "LT")
