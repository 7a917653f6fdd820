"""What tests of every room share: a copy of the sample campaign, nobody's real folders, golden files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import workspaces
from signing.services import running
from workspace.sample import Sample

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from signing.services import Services

GOLDEN = Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the one flag that rewrites the golden files."""
    parser.addoption(
        "--update-golden", action="store_true", help="Rewrite tests/golden/ with what the code makes now."
    )


@pytest.fixture
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty home of one's own, with the user's data and settings in it."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_DATA_HOME", str(home / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "config"))
    return home


@pytest.fixture
def sample(tmp_path: Path, own_folders: Path) -> Sample:
    """Return a copy of the sample campaign in English alone and signed off, in which check finds nothing."""
    root = tmp_path / "workspace"
    root.mkdir()
    workspaces.lay_out_quiet(root)
    return Sample(root)


@pytest.fixture
def four_languages(tmp_path: Path, own_folders: Path) -> Sample:
    """Return a copy of the sample campaign as it is shipped: four languages, and warnings that stand."""
    root = tmp_path / "shipped"
    root.mkdir()
    workspaces.lay_out_four_languages(root)
    return Sample(root)


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Return what compares a text with a golden file; with --update-golden it rewrites the file first."""

    def compare(name: str, text: str) -> None:
        file = GOLDEN / name
        if request.config.getoption("--update-golden"):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")
        assert text == file.read_text("utf-8")

    return compare


@pytest.fixture(scope="session")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """Return an authority that runs on this computer: certificates, revocation, time-stamps."""
    with running(tmp_path_factory.mktemp("authority")) as found:
        yield found
