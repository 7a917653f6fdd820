"""The package's forms of address, as its TOML files have them."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lettergen.model import Gender, Language

# Behind everybody whose rank is known.
LAST = 1_000_000


def offices() -> dict[str, Any]:
    """Return all offices that the package knows, with their postal addresses, by id."""
    return _read("offices")


def cell(language: Language, office: str, gender: Gender) -> dict[str, Any] | None:
    """Return the forms for an office, a language and a grammatical gender, or None when there are none."""
    found: dict[str, Any] | None = _read(language)["office"].get(office, {}).get(gender)
    return found


def joint(language: Language) -> dict[str, str]:
    """Return the mark at the end of a salutation, and the salutation and closing for many people."""
    forms: dict[str, str] = _read(language)["joint"]
    return forms


def sources(language: Language) -> dict[str, str]:
    """Return where the forms of a language were read, by the short name that its cells give."""
    known: dict[str, str] = _read(language)["sources"]
    return known


@cache
def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((files(__package__) / f"{name}.toml").read_text("utf-8"))
