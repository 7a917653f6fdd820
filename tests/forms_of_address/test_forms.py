"""Holds which forms of address a letter gets: the person's own, else the workspace's, else the package's."""

from __future__ import annotations

from itertools import product
from typing import Any, get_args

import pytest

from forms_of_address.tables import GENDERS, LANGUAGES, LEVELS, OFFICES
from lettergen.forms_of_address import (
    FormsOfAddress,
    forms_for,
    missing_forms,
    names_in,
    office_address,
    office_country,
    office_ids,
    placeholders,
    provenance,
    salutation_line,
)
from lettergen.language import country_name
from lettergen.model import FormOverrides, OwnOffice, Recipient

FORMS = ("address", "title", "reference", "salutation", "next", "closing")


def person(office: str, gender: str = "f", **more: Any) -> Recipient:
    """Return somebody who holds an office, with a title in every language."""
    title = {"title": "Minister of Tests", "address_title": "To the Minister of Tests"}
    return Recipient.model_validate(
        {
            "given_name": "Zoë",
            "family_name": "van der Żak",
            "grammatical_gender": gender,
            "office": office,
            "names": dict.fromkeys(LANGUAGES, title),
        }
        | more
    )


def own(office: str, gender: str, **forms: Any) -> dict[str, OwnOffice]:
    """Return a workspace's own forms for one office and gender."""
    cell = {"source": "Their letters", "verified": True} | forms
    return {office: OwnOffice.model_validate({gender: cell})}


def lines(forms: FormsOfAddress) -> list[str]:
    """Return every line of the forms."""
    return [*forms.address, *(getattr(forms, form) for form in FORMS[1:])]


@pytest.mark.parametrize("language", LANGUAGES)
def test_forms_are_filled_in(language: Any) -> None:
    """Whatever the office, gender and level, every form is a line with nothing left to fill in but a salutation."""
    for office, gender, level in product(OFFICES, GENDERS, LEVELS):
        forms = forms_for(person(office, gender), language, level, {})  # type: ignore[arg-type]
        texts = [text.replace("{salutation}", "") for text in lines(forms)]
        assert all(text and text == text.strip() and not {"{", "}", "\n"} & set(text) for text in texts), office
        salutation, closing = salutation_line([forms], language)
        assert not {"{", "}"} & set(salutation + closing)


def test_the_offices_are_those_of_the_tables() -> None:
    """What can be written to is what there are forms for, and every form is one of those that are known."""
    assert office_ids() == set(OFFICES)
    assert set(FormsOfAddress.__dataclass_fields__) == set(FORMS) == set(FormOverrides.model_fields)


@pytest.mark.parametrize("office", OFFICES)
def test_no_gender_is_guessed(office: str) -> None:
    """Of somebody whose gender is unknown the English forms say neither Mr nor Ms, or both."""
    for level in LEVELS:
        text = " ".join(lines(forms_for(person(office, "unknown"), "en", level, {})))  # type: ignore[arg-type]
        text = text.replace("Sir or Madam", "")
        assert not {"Mr", "Ms", "Mrs", "Madam", "Sir"} & set(text.replace(",", " ").split())


@pytest.mark.parametrize("office", OFFICES)
def test_an_address_of_an_office_is_in_a_country_with_a_name(office: str) -> None:
    """An office that has an address has it in every language, in one country."""
    lengths = {len(office_address(office, language)) for language in LANGUAGES}  # type: ignore[arg-type]
    country = office_country(office)
    assert (lengths == {0}) == (country is None)
    assert country is None or country_name(country, "en")


def test_the_president_of_the_commission() -> None:
    """The forms as they stand on the sample's second letter."""
    assert forms_for(person("european-commission-president"), "en", "standard", {}) == FormsOfAddress(
        address=("Ms Zoë van der Żak", "President of the European Commission"),
        title="President of the European Commission",
        reference="President van der Żak",
        salutation="Dear President van der Żak",
        next="dear President van der Żak",
        closing="Yours sincerely,",
    )


def test_a_level_of_ones_own_goes_before_the_letters() -> None:
    """A recipient's formality decides over salutation and closing, and over nothing else."""
    office = "european-commission-president"
    formal = forms_for(person(office, formality="formal"), "en", "standard", {})
    assert formal == forms_for(person(office), "en", "formal", {})
    assert (formal.salutation, formal.closing) == ("Your Excellency", "Yours faithfully,")
    assert formal.address == forms_for(person(office), "en", "standard", {}).address


@pytest.mark.parametrize("form", FormOverrides.model_fields)
def test_own_forms_replace_one_by_one(form: str) -> None:
    """Each form that a recipient's record gives replaces the office's, and no other; names are filled in."""
    office = "european-commission-president"
    written: Any = ["Own {family_name}"] if form == "address" else "Own {family_name}"
    usual = forms_for(person(office), "en", "standard", {})
    forms = forms_for(person(office, forms={"en": {form: written}}), "en", "standard", {})
    expected = {"salutation", "next"} if form == "salutation" else {form}
    assert {name for name in FORMS if getattr(forms, name) != getattr(usual, name)} == expected
    assert getattr(forms, form) == (("Own van der Żak",) if form == "address" else "Own van der Żak")


@pytest.mark.parametrize("form", FORMS)
def test_forms_of_the_workspace_stand_between(form: str) -> None:
    """The workspace's own forms replace the package's one by one, for their gender and level; a person's win."""
    office = "european-commission-president"
    written: Any = ["Theirs"] if form == "address" else "Theirs"
    cell = {form: written} if form in {"address", "title", "reference"} else {"standard": {form: written}}
    theirs = own(office, "f", **cell)
    usual = forms_for(person(office), "en", "standard", {})
    forms = forms_for(person(office), "en", "standard", theirs)
    # Whoever writes a salutation of their own means it also among others.
    expected = {"salutation", "next"} if form == "salutation" else {form}
    assert {name for name in FORMS if getattr(forms, name) != getattr(usual, name)} == expected
    assert forms_for(person(office, "m"), "en", "standard", theirs) == forms_for(
        person(office, "m"), "en", "standard", {}
    )
    persons: Any = ["Hers"] if form == "address" else "Hers"
    hers = forms_for(person(office, forms={"en": {form: persons}}), "en", "standard", theirs)
    assert getattr(hers, form) == (("Hers",) if form == "address" else "Hers")
    if form in {"salutation", "next", "closing"}:
        formal = forms_for(person(office), "en", "formal", theirs)
        assert formal == forms_for(person(office), "en", "formal", {})


def test_an_office_of_the_workspace() -> None:
    """An office that only the workspace knows has the forms that are written, and the others are missing."""
    theirs = own("ombudsman", "f", address=["{address_name}"], standard={"salutation": "Dear Ombudsman"})
    ombudsman = person("ombudsman")
    assert missing_forms(ombudsman, "en", "standard", theirs) == ("title", "reference", "closing")
    assert missing_forms(ombudsman, "en", "formal", theirs)[2:] == ("salutation", "closing", "next")
    assert provenance("ombudsman", "f", "en") is None
    assert office_country("ombudsman") is None
    assert office_address("ombudsman", "en") == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_missing_of_what_the_package_knows(language: Any) -> None:
    """Every office is complete in every language, for every gender, on both levels."""
    for office, gender, level in product(OFFICES, GENDERS, LEVELS):
        assert missing_forms(person(office, gender), language, level, {}) == ()  # type: ignore[arg-type]


def test_what_is_filled_in_is_known_before() -> None:
    """The placeholders of all forms that a letter uses, also unknown ones of one's own."""
    office = "european-commission-president"
    assert placeholders(person(office), "en", "standard", {}) == {"address_name", "family_name"}
    odd = person(office, forms={"en": {"closing": "Yours, {nobody}"}})
    assert placeholders(odd, "en", "standard", {}) == {"address_name", "family_name", "nobody"}


def test_names_as_a_language_writes_them() -> None:
    """What a language writes otherwise is replaced, part by part; a title stands in addresses too."""
    names = {"given_name": "Зоя", "address_name": "Зое ван дер Жак", "title": "мэр"}
    zoe = person("mayor", names={"ru": names})
    assert names_in(zoe, "ru") == {
        "given_name": "Зоя",
        "family_name": "van der Żak",
        "address_name": "Зое ван дер Жак",
        "title": "мэр",
        "address_title": "мэр",
    }
    assert names_in(zoe, "fr") == {
        "given_name": "Zoë",
        "family_name": "van der Żak",
        "address_name": "Zoë van der Żak",
    }


def test_what_a_name_brings_along_is_not_filled_in() -> None:
    """A name with braces is a name."""
    odd = person("european-commission-president", family_name="{given_name}")
    assert forms_for(odd, "en", "standard", {}).reference == "President {given_name}"


def test_a_french_closing_repeats_the_salutation() -> None:
    """As it was said above, without the mark at its end."""
    forms = forms_for(person("european-commission-president"), "fr", "standard", {})
    assert salutation_line([forms], "fr") == (
        "Madame la Présidente,",
        "Nous vous prions d’agréer, Madame la Présidente, l’expression de notre haute considération.",
    )


def test_the_languages_are_those_of_the_model() -> None:
    """The tables that these tests read are all that there are."""
    from lettergen.model import Formality, Gender, Language

    assert (get_args(Language), get_args(Gender), get_args(Formality)) == (LANGUAGES, GENDERS, LEVELS)
