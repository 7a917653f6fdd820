"""Holds how countries are called."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import get_args

import pytest
from babel import Locale

from lettergen.language import country_name
from lettergen.language.writing import WRITINGS
from lettergen.model import Language

PREFERRED = tomllib.loads((files("lettergen.language") / "countries.toml").read_text("utf-8"))


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("KZ", ("Kazakhstan", "Kazakhstan", "Kasachstan", "Казахстан")),
        ("KG", ("Kyrgyzstan", "Kirghizstan", "Kirgisistan", "Кыргызстан")),
        ("TJ", ("Tajikistan", "Tadjikistan", "Tadschikistan", "Таджикистан")),
        ("TM", ("Turkmenistan", "Turkménistan", "Turkmenistan", "Туркменистан")),
        ("UZ", ("Uzbekistan", "Ouzbékistan", "Usbekistan", "Узбекистан")),
        ("BY", ("Belarus", "Biélorussie", "Belarus", "Беларусь")),
        ("MD", ("Moldova", "Moldavie", "Republik Moldau", "Молдова")),
        ("CZ", ("Czechia", "Tchéquie", "Tschechien", "Чехия")),
        ("MK", ("North Macedonia", "Macédoine du Nord", "Nordmazedonien", "Северная Македония")),
        ("TR", ("Türkiye", "Turquie", "Türkei", "Турция")),
        ("PS", ("Palestine", "Palestine", "Palästina", "Палестина")),
        ("CV", ("Cabo Verde", "Cabo Verde", "Cabo Verde", "Кабо-Верде")),
        ("CI", ("Côte d’Ivoire", "Côte d’Ivoire", "Côte d’Ivoire", "Кот-д’Ивуар")),
        ("SZ", ("Eswatini", "Eswatini", "Eswatini", "Эсватини")),
        ("TL", ("Timor-Leste", "Timor-Leste", "Timor-Leste", "Тимор-Лешти")),
        ("MM", ("Myanmar", "Myanmar", "Myanmar", "Мьянма")),
        ("BE", ("Belgium", "Belgique", "Belgien", "Бельгия")),
        ("GB", ("United Kingdom", "Royaume-Uni", "Vereinigtes Königreich", "Великобритания")),
    ],
)
def test_country_names(code: str, names: tuple[str, ...]) -> None:
    """Short names as the institutions of the Union use them, in Russian those of the countries themselves."""
    assert tuple(country_name(code, language) for language in get_args(Language)) == names


def test_a_code_without_country() -> None:
    """A code that nobody has is a KeyError, which the checks turn into a finding beforehand."""
    with pytest.raises(KeyError):
        country_name("XX", "en")


def test_a_preferred_name_is_needed() -> None:
    """Each differs from the one in CLDR, and is of a country and a language that exist."""
    for code, names in PREFERRED.items():
        for language, name in names.items():
            assert Locale.parse(WRITINGS[language].locale).territories[code] != name, (code, language)
