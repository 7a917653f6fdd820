"""The four editions of the sample in every layout, before independent judges."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

import pikepdf
import pytest

import workspaces
from judges import poppler, verapdf
from lettergen.compose import Request, compose
from lettergen.model import Language, Layout
from lettergen.prepare import prepare
from lettergen.signing.passphrase import PassphraseSource

if TYPE_CHECKING:
    from pathlib import Path

    from lettergen.model import Letter
    from workspaces import Workspace

LANGUAGES: tuple[Language, ...] = get_args(Language)
LAYOUTS: tuple[Layout, ...] = get_args(Layout)
# One letter per language and layout; both recipients are compared with each other in test_letters.
RECIPIENT = "costa"
# What the language opens and closes that letter with.
AROUND = {
    "en": ("Dear President Costa,", "Yours sincerely,"),
    "fr": (
        "Monsieur le Président,",
        "Nous vous prions d’agréer, Monsieur le Président, l’expression de notre haute considération.",
    ),
    "de": ("Sehr geehrter Herr Präsident,", "Mit freundlichen Grüßen"),
    "ru": ("Уважаемый господин Председатель!", "С уважением,"),
}


@dataclass(frozen=True)
class Editions:
    """The sample in each language and layout, unsigned."""

    workspace: Workspace

    def file(self, language: str, layout: str) -> Path:
        """Return a letter's file."""
        folder = self.workspace.root / layout / workspaces.SUMMIT
        return folder / f"{RECIPIENT}.{language}.unsigned.pdf"

    @property
    def files(self) -> list[Path]:
        """All of them."""
        return [self.file(language, layout) for language in LANGUAGES for layout in LAYOUTS]


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> Editions:
    """Compose each language in each layout, all in this process: starting one takes longer than a letter."""
    workspace = workspaces.four_languages(tmp_path_factory.mktemp("editions"))
    for layout in LAYOUTS:
        for language in LANGUAGES:
            request = Request(
                root=workspace.root,
                summit=workspaces.SUMMIT,
                mode="unsigned",
                out=workspace.root / layout,
                to=(RECIPIENT,),
                language=language,
                layout=layout,
            )
            report = compose(request, PassphraseSource())
            assert report.ok, [outcome.reason for outcome in report.outcomes]
    return Editions(workspace)


def letter(editions: Editions, language: Language) -> Letter:
    """Return the letter that a file should hold."""
    prepared = prepare(editions.workspace.root, workspaces.SUMMIT, language=language)
    return next(letter for letter in prepared.letters if letter.recipient == RECIPIENT)


def words(text: str) -> str:
    """Return a text as its words alone, however its lines are broken."""
    return re.sub(r"\s+", " ", text)


def test_verapdf_accepts_every_edition_in_every_layout(editions: Editions) -> None:
    """Each is PDF/A-3a and PDF/UA-1 at once."""
    verdicts = verapdf.verdicts(editions.files)
    assert len(verdicts) == 2 * len(LANGUAGES) * len(LAYOUTS)
    assert {key: rules for key, rules in verdicts.items() if rules} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_file_says_its_language(editions: Editions, language: Language) -> None:
    """In its catalogue, with the subject in that language as its title."""
    for layout in LAYOUTS:
        with pikepdf.open(editions.file(language, layout)) as pdf:
            assert str(pdf.Root.Lang) == language
            assert words(letter(editions, language).subject) in words(str(pdf.docinfo.Title))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_the_language_are_there(editions: Editions, language: Language) -> None:
    """Salutation and closing, subject, headings, each demand, and the date, in each layout, each once."""
    made = letter(editions, language)
    expected = (
        *AROUND[language],
        made.subject,
        made.concerns_heading,
        made.demands_heading,
        made.place_and_date,
        *(words(ask.text) for ask in made.demands),
        *(concern.title for concern in made.concerns),
    )
    for layout in LAYOUTS:
        text = words(poppler.text(editions.file(language, layout)))
        assert [word for word in expected if words(word) not in text] == [], layout
        others = [part for other in LANGUAGES if other != language for part in AROUND[other]]
        assert [part for part in others if part in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_head_of_further_pages_has_the_name_in_the_language(editions: Editions, language: Language) -> None:
    """The running head names the recipient as the letter does, and counts the pages."""
    made = letter(editions, language)
    text = words(poppler.text(editions.file(language, "din5008-b"), 2, 2))
    assert f"{made.recipient_name} · {words(made.date_in_words)}" in text
