"""The package's tables of forms of address, read as TOML: what the tests of the data share."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lettergen.model import Formality, Gender, Language

LANGUAGES: tuple[Language, ...] = ("en", "fr", "de", "ru")
GENDERS: tuple[Gender, ...] = ("m", "f", "unknown")
LEVELS: tuple[Formality, ...] = ("standard", "formal")
# All offices in the order of protocol.
OFFICES = (
    "head-of-state",
    "european-parliament-president",
    "european-council-president",
    "head-of-government",
    "european-commission-president",
    "un-secretary-general",
    "parliament-speaker",
    "high-representative",
    "minister",
    "european-commissioner",
    "council-of-europe-secretary-general",
    "osce-secretary-general",
    "un-high-commissioner-for-human-rights",
    "council-of-europe-commissioner-for-human-rights",
    "odihr-director",
    "eu-special-representative",
    "ambassador",
    "permanent-representative",
    "un-special-rapporteur",
    "member-of-the-european-parliament",
    "member-of-parliament",
    "mayor",
    "editor",
    "unknown",
)
# Offices of many countries, cities or subjects: the title is the person's own.
TITLED = frozenset(
    {
        "head-of-state",
        "parliament-speaker",
        "head-of-government",
        "minister",
        "european-commissioner",
        "eu-special-representative",
        "ambassador",
        "permanent-representative",
        "un-special-rapporteur",
        "member-of-parliament",
        "mayor",
        "editor",
    }
)

each_language = pytest.mark.parametrize("language", LANGUAGES)


class Cell(NamedTuple):
    """The forms for an office, a language and a grammatical gender, with where it stands."""

    language: str
    office: str
    gender: str
    forms: dict[str, Any]

    def __str__(self) -> str:
        """Return the place that a failed test names."""
        return f"{self.language}.toml: office.{self.office}.{self.gender}"

    def texts(self) -> Iterator[tuple[str, str]]:
        """Yield every form as (its name, its text)."""
        yield from (("address", line) for line in self.forms["address"])
        yield "title", self.forms["title"]
        yield "reference", self.forms["reference"]
        for level in LEVELS:
            yield from self.forms[level].items()


@cache
def table(name: str) -> dict[str, Any]:
    """Return one of the package's tables."""
    return tomllib.loads((files("lettergen.forms_of_address") / f"{name}.toml").read_text("utf-8"))


def cells(language: str) -> list[Cell]:
    """Return all cells of a language that stand in its file."""
    return [
        Cell(language, office, gender, forms)
        for office, genders in table(language)["office"].items()
        for gender, forms in genders.items()
    ]
