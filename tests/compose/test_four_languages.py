"""Holds what runs do with the sample campaign as it is shipped: four languages, and warnings that stand."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

import workspaces
from compose.test_next_run import HEAVY, LOADED
from workspaces import SUMMIT, state

if TYPE_CHECKING:
    from pathlib import Path

    from workspaces import Workspace

# Of the editions only those are warned of that a letter is written in; so these are of English letters.
ENGLISH = ["LG601", "LG605", "LG601", "LG605"]
UNSIGNED = ("--unsigned", "--json")


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Compose the shipped campaign once, without a signature. Not to be changed."""
    workspace = workspaces.four_languages(tmp_path_factory.mktemp("once"))
    assert workspace.compose("--unsigned").status == 0
    return workspace


@pytest.fixture
def shipped(once: Workspace, tmp_path: Path) -> Workspace:
    """Return a copy of the shipped campaign, composed."""
    return once.copy(tmp_path)


def statuses(workspace: Workspace, *options: str) -> tuple[dict[str, str], list[str]]:
    """Compose without a signature; return what became of each letter, and the names of the files left over."""
    report = workspace.compose(*UNSIGNED, *options).json()
    return (
        {letter["id"]: letter["status"] for letter in report["letters"]},
        [file.rpartition("/")[2] for file in report["left_over"]],
    )


def test_only_warnings_of_these_letters_are_told(shipped: Workspace) -> None:
    """A run tells the standing warnings of the letters that it writes, and none of translations it does not use."""
    found = shipped.compose(*UNSIGNED).json()["findings"]
    assert [(one["code"], one["severity"]) for one in found] == [(code, "warning") for code in ENGLISH]
    assert {one["file"] for one in found} == {"recipients.toml"}
    french = shipped.compose(*UNSIGNED, "--language", "fr").json()["findings"]
    assert [one["code"] for one in french if one["file"].endswith(".toml") and "letter." in one["file"]] == [
        "LG507"
    ]


def test_nothing_to_do_with_warnings(shipped: Workspace) -> None:
    """A second run changes nothing, tells the same warnings without the lines, and loads nothing heavy for it."""
    before = state(shipped.out)
    checked = shipped.run("check", "--format", "json").json()
    heavy = tuple(name for name in HEAVY if name != "rich")  # it shows the warnings
    outcome = shipped.python(LOADED.format(heavy=heavy), "compose", "--summit", SUMMIT, "--unsigned")
    told = outcome.err.split("\n4 warnings.\n")
    assert (outcome.status, json.loads(outcome.out), state(shipped.out)) == (0, [], before)
    assert told[1] == (
        f"unchanged  out/{SUMMIT}/costa.en.unsigned.pdf, 2 pages\n"
        f"unchanged  out/{SUMMIT}/von-der-leyen.en.unsigned.pdf, 2 pages\n"
        "2 unchanged.\n"
    )
    assert " | " not in told[0]  # no line of people's own
    again = shipped.compose(*UNSIGNED).json()["findings"]
    assert again == [one for one in checked if one["file"] == "recipients.toml"]


def test_another_layout_and_back(shipped: Workspace) -> None:
    """Letters made in another layout are not taken for the campaign's own, although their files have its names."""
    assert set(statuses(shipped, "--layout", "din5008-a")[0].values()) == {"written"}
    assert {file["layout"] for file in shipped.manifest["files"]} == {"din5008-a"}
    assert set(statuses(shipped, "--layout", "din5008-a")[0].values()) == {"unchanged"}
    assert set(statuses(shipped)[0].values()) == {"written"}
    assert {file["layout"] for file in shipped.manifest["files"]} == {"din5008-b"}
    assert set(statuses(shipped)[0].values()) == {"unchanged"}


def test_another_language_and_back(shipped: Workspace) -> None:
    """Letters in a language that was asked for stand beside the others; neither are left over, or made anew."""
    french = {"costa.fr": "written", "von-der-leyen.fr": "written"}
    english = {"costa.en": "unchanged", "von-der-leyen.en": "unchanged"}
    assert statuses(shipped, "--language", "fr") == (french, [])
    assert statuses(shipped) == (english, [])
    assert statuses(shipped, "--language", "fr") == (dict.fromkeys(french, "unchanged"), [])
    assert statuses(shipped) == (english, [])
    names = [file["file"] for file in shipped.manifest["files"]]
    assert names == sorted(f"{name}.unsigned.pdf" for name in (*french, *english))


def test_what_is_gone_is_left_over(shipped: Workspace) -> None:
    """The letters of an edition that was taken out are left over, and so are all those of a recipient who was."""
    statuses(shipped, "--language", "fr")
    (shipped.root / "letters" / SUMMIT / "letter.fr.toml").unlink()
    english = {"costa.en": "unchanged", "von-der-leyen.en": "unchanged"}
    left_over = ["costa.fr.unsigned.pdf", "von-der-leyen.fr.unsigned.pdf"]
    for _ in range(2):  # by a run that looks, and by one that finds nothing to do
        assert statuses(shipped) == (english, left_over)
    shipped.edit(f"letters/{SUMMIT}/letter.toml", '["costa", "von-der-leyen"]', '["von-der-leyen"]')
    for _ in range(2):
        assert statuses(shipped) == (
            {"von-der-leyen.en": "unchanged"},
            ["costa.en.unsigned.pdf", *left_over],
        )
    assert all((shipped.out / name).exists() for name in left_over)


def test_a_recipient_of_another_language(shipped: Workspace) -> None:
    """Who prefers French gets that letter, with the warning of its edition; the English one is not left over."""
    shipped.edit("recipients.toml", 'languages = ["en"]\n# In', 'languages = ["uz", "fr", "en"]\n# In')
    report = shipped.compose(*UNSIGNED).json()
    assert {letter["id"]: letter["status"] for letter in report["letters"]} == {
        "costa.fr": "written",
        "von-der-leyen.en": "unchanged",
    }
    assert report["left_over"] == []
    assert "LG507" in [one["code"] for one in report["findings"]]
