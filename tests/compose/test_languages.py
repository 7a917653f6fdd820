"""Holds which language and layout a run writes: each recipient's own, or the one that it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import workspaces
from judges import poppler
from workspaces import SUMMIT

if TYPE_CHECKING:
    from pathlib import Path

    from workspaces import Workspace

RECIPIENTS = "recipients.toml"


@pytest.fixture
def shipped(tmp_path: Path) -> Workspace:
    """Return the sample campaign in its four languages, in which nothing was composed yet."""
    return workspaces.four_languages(tmp_path)


def pdfs(workspace: Workspace) -> list[str]:
    """Return the names of the letters that were written."""
    return sorted(path.name for path in workspace.out.glob("*.pdf"))


def test_all_letters_in_one_language(shipped: Workspace) -> None:
    """--language goes before what recipients prefer; the file says which language it has."""
    outcome = shipped.compose("--unsigned", "--language", "fr")
    assert outcome.status == 0, outcome.err
    assert pdfs(shipped) == ["costa.fr.unsigned.pdf", "von-der-leyen.fr.unsigned.pdf"]
    assert "Monsieur le Président," in poppler.text(shipped.out / "costa.fr.unsigned.pdf")
    assert [(file["id"], file["language"]) for file in shipped.manifest["files"]] == [
        ("costa.fr", "fr"),
        ("von-der-leyen.fr", "fr"),
    ]
    # Only the warnings of what was written are told.
    assert "letter.fr.toml" in outcome.err
    assert "letter.de.toml" not in outcome.err


def test_each_gets_the_first_of_their_languages_that_there_is(shipped: Workspace) -> None:
    """One run writes different languages; one that the campaign does not have is passed over."""
    shipped.edit(RECIPIENTS, 'languages = ["en"]\n# In', 'languages = ["pt", "fr", "en"]\n# In')
    shipped.edit(RECIPIENTS, 'languages = ["en"]\n# Second', 'languages = ["ru", "en"]\n# Second')
    outcome = shipped.compose("--unsigned")
    assert outcome.status == 0, outcome.err
    assert pdfs(shipped) == ["costa.fr.unsigned.pdf", "von-der-leyen.ru.unsigned.pdf"]
    assert "Уважаемая госпожа Председатель!" in poppler.text(shipped.out / "von-der-leyen.ru.unsigned.pdf")


@pytest.mark.parametrize(
    ("option", "known"),
    [("--language", ("en", "fr", "de", "ru")), ("--layout", ("din5008-a", "din5008-b", "nf-z11-001", "us-no10"))],
)
def test_what_there_is_not(shipped: Workspace, option: str, known: tuple[str, ...]) -> None:
    """A language or layout that nobody knows ends the run with 2, says what there is, and writes nothing."""
    outcome = shipped.compose("--unsigned", option, "xx")
    assert (outcome.status, outcome.out) == (2, "")
    assert "“xx”" in outcome.err
    assert [name for name in known if name not in outcome.err] == []
    assert "Traceback" not in outcome.err
    assert not shipped.out.exists()


def test_a_language_without_an_edition(shipped: Workspace) -> None:
    """A language that letters can have and this campaign has not: 2, what there is, and how to add one."""
    (shipped.root / "letters" / SUMMIT / "letter.de.toml").unlink()
    outcome = shipped.compose("--unsigned", "--language", "de")
    assert outcome.status == 2
    assert "This campaign has no letters in “de”." in outcome.err
    assert "There are: en, fr, ru." in outcome.err
    assert "letter.de.toml" in outcome.err
    assert not shipped.out.exists()


def test_the_original_language_can_be_asked_for(shipped: Workspace) -> None:
    """--language en is letter.toml itself, also for those who would rather read another one."""
    shipped.edit(RECIPIENTS, 'languages = ["en"]', 'languages = ["fr"]')
    outcome = shipped.compose("--unsigned", "--language", "en", "--to", "costa")
    assert outcome.status == 0, outcome.err
    assert pdfs(shipped) == ["costa.en.unsigned.pdf"]
