"""How offices are addressed: data with its sources, and the forms for one recipient in one language.

Nothing is derived from anything else: each form is written out per office, language and grammatical gender, and
only names are filled in. A gender is never guessed; `unknown` has forms of its own.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lettergen.model import Recipient

FORMS = ("name_line", "office_line", "salutation", "closing", "reference")


@dataclass(frozen=True, slots=True)
class FormsOfAddress:
    """The forms for one recipient: two lines of the inside address, salutation, closing, and in running text."""

    name_line: str
    office_line: str
    salutation: str
    closing: str
    reference: str


def office_ids() -> frozenset[str]:
    """Return the ids of all offices that the package knows."""
    return frozenset(_offices())


def office_address(office: str) -> tuple[str, ...]:
    """Return the postal address of an office, line by line; empty when the package knows none."""
    return tuple(_offices()[office].get("address", ()))


def office_country(office: str) -> str | None:
    """Return the ISO 3166-1 code of the country of an office's address."""
    country: str | None = _offices()[office].get("country")
    return country


def forms_for(recipient: Recipient, language: str) -> FormsOfAddress:
    """Return the forms of address for a recipient whose office the package knows.

    Whatever the recipient's own record says in `forms` wins.
    """
    office = _forms(language)[recipient.office]
    cells = office[recipient.grammatical_gender]
    own = recipient.forms.get(language)  # type: ignore[call-overload] # languages are checked on loading
    chosen = {form: (own and getattr(own, form, None)) or cells[form] for form in FORMS}
    return FormsOfAddress(**{form: _with_names(text, recipient) for form, text in chosen.items()})


def _with_names(text: str, recipient: Recipient) -> str:
    # In one go: what a name brings along is never filled in.
    return re.sub(r"\{(given_name|family_name)\}", lambda place: str(getattr(recipient, place[1])), text)


@cache
def _offices() -> dict[str, Any]:
    return _data("offices")


@cache
def _forms(language: str) -> dict[str, Any]:
    return _data(language)


def _data(name: str) -> dict[str, Any]:
    return tomllib.loads((files(__name__) / f"{name}.toml").read_text("utf-8"))
