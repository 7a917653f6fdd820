"""Holds which forms a letter gets: a person's own before the workspace's before the package's."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import pytest

from forms_of_address.people import FORMS, NAMES, own_office, person
from forms_of_address.tables import GENDERS, LEVELS
from lettergen.forms_of_address import (
    FormsOfAddress,
    forms_for,
    missing_forms,
    never_filled_in,
    office_address,
    office_country,
    placeholders,
    provenance,
)

if TYPE_CHECKING:
    from lettergen.model import Formality

LEVELLED = ("salutation", "next", "closing")


def every(form: str, text: str) -> Any:
    """Return a form's value: an address has lines."""
    return (text,) if form == "address" else text


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("office", ["mayor", "european-commission-president"])
def test_ones_own_goes_before_the_workspaces_before_the_packages(office: str, level: Formality, form: str) -> None:
    """Form by form, with names filled in, and nothing else changes: no other form, gender or level."""
    packages = forms_for(person(office, names=NAMES), "en", level, {})
    values = {form: every(form, "Workspace {family_name}")}
    cell: dict[str, Any] = {level: values} if form in LEVELLED else values
    workspace = own_office(office, **cell)
    ones_own = person(office, names=NAMES, forms={"en": {form: every(form, "Own {family_name}")}})
    # A salutation of one's own stands also among others, where nothing else is written for that.
    changed = {"salutation", "next"} if form == "salutation" else {form}
    for made, word in (
        (forms_for(person(office, names=NAMES), "en", level, workspace), "Workspace"),
        (forms_for(ones_own, "en", level, workspace), "Own"),
        (forms_for(ones_own, "en", level, {}), "Own"),
    ):
        assert {name for name in FORMS if getattr(made, name) != getattr(packages, name)} == changed
        assert getattr(made, form) == every(form, f"{word} Family-en")
    man, woman = person(office, "m"), person(office)
    assert forms_for(man, "en", level, workspace) == forms_for(man, "en", level, {})
    if form in LEVELLED:
        (other,) = {*LEVELS} - {level}
        assert forms_for(woman, "en", other, workspace) == forms_for(woman, "en", other, {})


def test_what_the_workspace_says_of_one_gender_and_level_is_said_of_no_other() -> None:
    """Forms for women, at the level `formal`, leave all other letters as they are."""
    workspace = own_office("mayor", formal={"salutation": "Own"})
    for gender, level in product(GENDERS, LEVELS):
        for office in ("mayor", "editor"):
            forms = forms_for(person(office, gender), "en", level, workspace)
            assert (forms.salutation == "Own") == ((office, gender, level) == ("mayor", "f", "formal"))


def test_own_next_is_kept() -> None:
    """Who writes how a salutation goes on gets that, from the nearest record that has one."""
    workspace = own_office("mayor", standard={"salutation": "Dear Mayor", "next": "dear Mayor"})
    assert forms_for(person("mayor"), "en", "standard", workspace).next == "dear Mayor"
    own = person("mayor", forms={"en": {"salutation": "Dear Ms Mayor", "next": "dear Ms Mayor"}})
    assert forms_for(own, "en", "standard", workspace).next == "dear Ms Mayor"


@pytest.mark.parametrize(("letters", "own"), list(product(LEVELS, (None, *LEVELS))))
def test_the_recipients_formality_goes_before_the_letters(letters: Formality, own: Formality | None) -> None:
    """A letter has one level of formality; a recipient may have another."""
    somebody = person("ambassador", formality=own)
    plain = person("ambassador")
    assert forms_for(somebody, "en", letters, {}) == forms_for(plain, "en", own or letters, {})


def test_a_level_of_ones_own_goes_before_the_letters() -> None:
    """A recipient's formality decides over salutation and closing, and over nothing else."""
    office = "european-commission-president"
    formal = forms_for(person(office, formality="formal"), "en", "standard", {})
    assert formal == forms_for(person(office), "en", "formal", {})
    assert (formal.salutation, formal.closing) == ("Your Excellency", "Yours faithfully,")
    assert formal.address == forms_for(person(office), "en", "standard", {}).address


def test_an_office_of_the_workspaces_own() -> None:
    """What the package does not know works when all is written, and what is missing is named when not."""
    part = own_office("ombudsman", address=["{address_name}"], standard={"salutation": "Dear Ombudsman"})
    whole = own_office(
        "ombudsman",
        address=["{address_name}", "Ombudsman"],
        title="Ombudsman",
        reference="the Ombudsman",
        standard={"salutation": "Dear Ombudsman", "closing": "Yours,"},
    )
    ombudsman = person("ombudsman", names=NAMES)
    assert missing_forms(ombudsman, "en", "standard", whole) == ()
    assert forms_for(ombudsman, "en", "standard", whole) == FormsOfAddress(
        address=("Whole-en", "Ombudsman"),
        title="Ombudsman",
        reference="the Ombudsman",
        salutation="Dear Ombudsman",
        next="Dear Ombudsman",
        closing="Yours,",
    )
    assert missing_forms(ombudsman, "en", "formal", whole) == ("salutation", "closing", "next")
    assert missing_forms(ombudsman, "en", "standard", part) == ("title", "reference", "closing")
    assert missing_forms(ombudsman, "en", "formal", part)[2:] == ("salutation", "closing", "next")
    assert set(missing_forms(ombudsman, "en", "standard", {})) == set(FORMS)
    assert provenance("ombudsman", "f", "en") is None
    assert office_country("ombudsman") is None
    assert office_address("ombudsman", "en") == ()


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("text", ["{Name}", "{", "}", "{}", "{ title }", "{salutation}"])
def test_what_nothing_fills_in_is_found(form: str, text: str) -> None:
    """Any brace that would be printed; the salutation is known in a closing alone."""
    own = person("mayor", forms={"en": {form: every(form, f"a {text} b {{family_name}}")}})
    found = set(never_filled_in(own, "en", "standard", {}))
    assert found == (set() if (form, text) == ("closing", "{salutation}") else {text})
    assert "family_name" in placeholders(own, "en", "standard", {})
