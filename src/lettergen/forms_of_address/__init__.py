"""How offices are addressed: data with its sources, and the forms for one recipient in one language.

Nothing is derived from anything else: each form is written out per office, language, grammatical gender and level
of formality, and only names are filled in. A gender is never guessed; `unknown` has forms of its own.

What a recipient's own record says goes before the workspace's own forms, and those before the package's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lettergen.forms_of_address import data

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lettergen.model import Formality, FormOverrides, Gender, Language, OwnForms, OwnLevel, OwnOffice, Recipient

# What a form may have filled in: names, and in closings the salutation.
PLACEHOLDERS = frozenset({"given_name", "family_name", "address_name", "title", "address_title", "salutation"})
_PLACEHOLDER = re.compile(r"\{([a-z_]*)\}")
# What somebody may have meant as one: “{Name}”, or a brace alone.
_BRACES = re.compile(r"\{[^{}]*\}|[{}]")
# More people than these are greeted together and not one by one.
MOST_GREETED = 3


@dataclass(frozen=True, slots=True)
class FormsOfAddress:
    """The forms for one letter.

    Attributes:
        address: the first lines of the inside address.
        title: the office in running text.
        reference: the person in running text.
        salutation: without the mark at its end.
        next: the salutation as it goes on in that of several people.
        closing: complete, but for a salutation that it repeats.
    """

    address: tuple[str, ...]
    title: str
    reference: str
    salutation: str
    next: str
    closing: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where the package's forms for an office were read, and whether somebody compared them with it."""

    source: str
    verified: bool


def office_ids() -> frozenset[str]:
    """Return the ids of all offices that the package knows."""
    return frozenset(data.offices())


def office_address(office: str, language: Language) -> tuple[str, ...]:
    """Return the postal address of an office, line by line; empty when the package knows none."""
    return tuple(_office(office).get("address", {}).get(language, ()))


def office_address_provenance(office: str) -> Provenance:
    """Return where the postal address of an office was read; only for offices that have one."""
    known = _office(office)
    return Provenance(known["source"], known["verified"])


def office_country(office: str) -> str | None:
    """Return the ISO 3166-1 code of the country of an office's address."""
    country: str | None = _office(office).get("country")
    return country


def precedence(office: str) -> int:
    """Return the rank of an office in the order of protocol: smaller goes first."""
    rank: int = _office(office).get("precedence", data.LAST)
    return rank


def provenance(office: str, gender: Gender, language: Language) -> Provenance | None:
    """Return where the package's forms for an office were read; None when the package does not know the office."""
    cell = data.cell(language, office, gender)
    if cell is None:
        return None
    return Provenance(data.sources(language)[cell["source"]], cell["verified"])


def missing_forms(
    recipient: Recipient, language: Language, formality: Formality, own: Mapping[str, OwnOffice]
) -> tuple[str, ...]:
    """Return the forms that a letter needs and nobody has written out: only for offices of the workspace's own."""
    chosen = _chosen(recipient, language, formality, own)
    return tuple(form for form, text in chosen.items() if text is None)


def placeholders(
    recipient: Recipient, language: Language, formality: Formality, own: Mapping[str, OwnOffice]
) -> set[str]:
    """Return what the forms for a recipient have filled in."""
    chosen = _chosen(recipient, language, formality, own)
    return {name for form in chosen.values() for text in _lines(form) for name in _PLACEHOLDER.findall(text)}


def never_filled_in(
    recipient: Recipient, language: Language, formality: Formality, own: Mapping[str, OwnOffice]
) -> tuple[str, ...]:
    """Return what stands in braces in the forms for a recipient and would be printed as it is."""
    chosen = _chosen(recipient, language, formality, own)
    return tuple(
        found
        for form, text in chosen.items()
        for line in _lines(text)
        for found in _BRACES.findall(line)
        if found not in {f"{{{name}}}" for name in PLACEHOLDERS} or (found == "{salutation}" and form != "closing")
    )


def forms_for(
    recipient: Recipient, language: Language, formality: Formality, own: Mapping[str, OwnOffice]
) -> FormsOfAddress:
    """Return the forms of address for a recipient whose office is known.

    Args:
        recipient: whom the letter goes to.
        language: the letter's.
        formality: the letter's; the recipient's own goes before it.
        own: the workspace's own forms in this language, per office.
    """
    chosen = _chosen(recipient, language, formality, own)
    names = names_in(recipient, language)
    address = tuple(_fill(line, names) for line in _lines(chosen.pop("address")))
    return FormsOfAddress(address, **{form: _fill(_lines(text)[0], names) for form, text in chosen.items()})


def salutation_line(people: Sequence[FormsOfAddress], language: Language) -> tuple[str, str]:
    """Return the salutation as it is printed, and the closing that goes with it.

    Args:
        people: the forms of one recipient, or of all those of a joint letter in the order of protocol.
        language: the letter's.
    """
    joint = data.joint(language)
    greeted, closing = people[0].salutation, people[0].closing
    if len(people) > 1:
        each = (greeted, *(forms.next for forms in people[1:]))
        one_by_one = len(people) <= MOST_GREETED and len({forms.salutation for forms in people}) == len(people)
        greeted = ", ".join(each) if one_by_one else joint["many"]
        closing = closing if one_by_one else joint["closing"]
    return greeted + joint["end"], _fill(closing, {"salutation": greeted})


def names_in(recipient: Recipient, language: Language) -> dict[str, str]:
    """Return a recipient's name and title as a language writes them; a title that nobody gave is left out."""
    forms = recipient.names.get(language)
    given_name = (forms and forms.given_name) or recipient.given_name
    family_name = (forms and forms.family_name) or recipient.family_name
    title = forms and forms.title
    names = {
        "given_name": given_name,
        "family_name": family_name,
        "address_name": (forms and forms.address_name) or f"{given_name} {family_name}",
        "title": title,
        "address_title": (forms and forms.address_title) or title,
    }
    return {name: text for name, text in names.items() if text}


def _chosen(
    recipient: Recipient, language: Language, formality: Formality, own: Mapping[str, OwnOffice]
) -> dict[str, str | tuple[str, ...] | None]:
    """Return each form as it is written, by name: the person's own, else the workspace's, else the package's."""
    level = recipient.formality or formality
    persons = recipient.forms.get(language)
    office = own.get(recipient.office)
    workspaces: OwnForms | None = getattr(office, recipient.grammatical_gender) if office else None
    packages = data.cell(language, recipient.office, recipient.grammatical_gender) or {}
    workspaces_level: OwnLevel | None = getattr(workspaces, level, None)
    packages_level = packages.get(level, {})
    chosen: dict[str, Any] = {}
    for form in ("address", "title", "reference"):
        chosen[form] = getattr(persons, form, None) or getattr(workspaces, form, None) or packages.get(form)
    for form in ("salutation", "closing"):
        chosen[form] = (
            getattr(persons, form, None) or getattr(workspaces_level, form, None) or packages_level.get(form)
        )
    # One's own salutation is one's own also among others: the package's `next` goes with the package's salutation.
    chosen["next"] = _own_next(persons) or _own_next(workspaces_level) or packages_level.get("next")
    return chosen


def _own_next(own: FormOverrides | OwnLevel | None) -> str | None:
    return (own.next or own.salutation) if own else None


def _lines(form: str | tuple[str, ...] | None) -> tuple[str, ...]:
    return (form,) if isinstance(form, str) else tuple(form or ())


def _fill(text: str, values: Mapping[str, str]) -> str:
    # In one go: what a name brings along is never filled in.
    return _PLACEHOLDER.sub(lambda place: values.get(place[1], place[0]), text)


def _office(office: str) -> Mapping[str, Any]:
    # Of an office of the workspace's own nothing is known but its forms.
    known: Mapping[str, Any] = data.offices().get(office, {})
    return known
