"""Somebody to write to, and forms of a workspace's own: what the tests of the forms that a letter gets share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from forms_of_address.tables import LANGUAGES
from lettergen.model import OwnOffice, Recipient

if TYPE_CHECKING:
    from lettergen.model import Gender

FORMS = ("address", "title", "reference", "salutation", "next", "closing")
TITLE = {"title": "Minister of Tests", "address_title": "To the Minister of Tests"}
# What each language writes of one and the same person, whom nobody can mistake for a word.
NAMES = {
    language: {
        "given_name": f"Given-{language}",
        "family_name": f"Family-{language}",
        "address_name": f"Whole-{language}",
        "title": f"Title-{language}",
        "address_title": f"Of-title-{language}",
    }
    for language in LANGUAGES
}


def person(office: str, gender: Gender = "f", **more: Any) -> Recipient:
    """Return somebody who holds an office, with a title in every language."""
    usual = {
        "given_name": "Zoë",
        "family_name": "van der Żak",
        "grammatical_gender": gender,
        "office": office,
        "names": dict.fromkeys(LANGUAGES, TITLE),
    }
    return Recipient.model_validate(usual | more)


def own_office(office: str, gender: Gender = "f", **forms: Any) -> dict[str, OwnOffice]:
    """Return a workspace's own forms for one office and gender."""
    cell = {"source": "Their letters", "verified": True} | forms
    return {office: OwnOffice.model_validate({gender: cell})}
