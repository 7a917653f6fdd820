"""Names of countries: Unicode's CLDR, and over it what the institutions of the Union or the countries prefer."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from lettergen.language.writing import WRITINGS


def country_name(code: str, language: str) -> str:
    """Return the short name of a country.

    Args:
        code: ISO 3166-1, two letters.
        language: of the name.

    Raises:
        KeyError: no country has the code.
    """
    from babel import Locale

    preferred = _preferred().get(code, {}).get(language)
    return preferred or str(Locale.parse(WRITINGS[language].locale).territories[code])


@cache
def _preferred() -> dict[str, dict[str, str]]:
    return tomllib.loads((files("lettergen.language") / "countries.toml").read_text("utf-8"))
