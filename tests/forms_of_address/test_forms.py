"""Holds what the package says of every office, with names filled in, in every language, gender and level."""

from __future__ import annotations

from itertools import product
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms_of_address.people import FORMS, NAMES, own_office, person
from forms_of_address.tables import GENDERS, LANGUAGES, LEVELS, OFFICES, each_language, table
from lettergen.forms_of_address import (
    FormsOfAddress,
    forms_for,
    missing_forms,
    names_in,
    office_address,
    office_country,
    office_ids,
    placeholders,
    salutation_line,
)
from lettergen.language import country_name
from lettergen.model import Formality, FormOverrides, Gender, Language


def lines(forms: FormsOfAddress) -> list[str]:
    """Return every line of the forms."""
    return [*forms.address, *(getattr(forms, form) for form in FORMS[1:])]


@each_language
@pytest.mark.parametrize("office", OFFICES)
def test_every_office_can_be_addressed(office: str, language: Language) -> None:
    """In every gender and level: lines without braces, the mark at the end, French saluted twice."""
    end = table(language)["joint"]["end"]
    for gender, level in product(GENDERS, LEVELS):
        forms = forms_for(person(office, gender, names=NAMES), language, level, {})
        salutation, closing = salutation_line([forms], language)
        texts = [text.replace("{salutation}", "") for text in lines(forms)] + [salutation, closing]
        for text in texts:
            assert text, (gender, level)
            assert text == text.strip(), (gender, level)
            assert not {"{", "}", "\n"} & set(text), (gender, level)
        assert salutation == forms.salutation + end
        assert f"Whole-{language}" in " ".join(forms.address)
        assert (forms.salutation in closing) == (language == "fr")


def test_the_offices_are_those_of_the_tables() -> None:
    """What can be written to is what there are forms for, and every form is one of those that are known."""
    assert office_ids() == set(OFFICES)
    assert set(FormsOfAddress.__dataclass_fields__) == set(FORMS) == set(FormOverrides.model_fields)


@pytest.mark.parametrize("office", OFFICES)
def test_no_gender_is_guessed(office: str) -> None:
    """Of somebody whose gender is unknown the English forms say neither Mr nor Ms, or both."""
    for level in LEVELS:
        text = " ".join(lines(forms_for(person(office, "unknown"), "en", level, {})))
        text = text.replace("Sir or Madam", "")
        assert not {"Mr", "Ms", "Mrs", "Madam", "Sir"} & set(text.replace(",", " ").split())


@each_language
@pytest.mark.parametrize("office", OFFICES)
def test_the_given_name_tells_no_gender(office: str, language: Language) -> None:
    """Of unknown gender, Anna and Peter are addressed alike but for the name itself."""
    for level in LEVELS:
        both = [
            forms_for(person(office, "unknown", given_name=name, names={}), language, level, {})
            for name in ("Anna", "Peter")
        ]
        anna, peter = (repr(forms).replace("Anna", "NAME").replace("Peter", "NAME") for forms in both)
        assert anna == peter


@pytest.mark.parametrize("office", OFFICES)
def test_an_address_of_an_office_is_in_a_country_with_a_name(office: str) -> None:
    """An office that has an address has it in every language, in one country."""
    lengths = {len(office_address(office, language)) for language in LANGUAGES}
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


@each_language
def test_nothing_is_missing_of_what_the_package_knows(language: Language) -> None:
    """Every office is complete in every language, for every gender, on both levels."""
    for office, gender, level in product(OFFICES, GENDERS, LEVELS):
        assert missing_forms(person(office, gender), language, level, {}) == ()


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
    assert names_in(person("mayor", names={"ru": {"given_name": "Зоя"}}), "ru") == {
        "given_name": "Зоя",
        "family_name": "van der Żak",
        "address_name": "Зоя van der Żak",
    }
    assert names_in(person("mayor", names=NAMES), "de") == NAMES["de"]
    title = names_in(person("mayor", names={"en": {"title": "Mayor of Ghent"}}), "en")
    assert title["address_title"] == title["title"] == "Mayor of Ghent"


@given(
    st.text("{}", max_size=3),
    st.sampled_from(["{title}", "{address_name}", "{salutation}", "{given_name}", "{", "{{}}"]),
)
def test_names_are_filled_in_in_one_go(before: str, name: str) -> None:
    """What a name brings along stays as it is, whatever it looks like."""
    somebody = person("mayor", "unknown", family_name=before + name, names={"en": {"title": "T"}})
    salutation = {"salutation": "Dear {given_name} {family_name}"}
    own = own_office("mayor", "unknown", standard=salutation, reference="{family_name}")
    forms = forms_for(somebody, "en", "standard", own)
    assert (forms.salutation, forms.reference) == (f"Dear Zoë {before}{name}", before + name)


def test_a_french_closing_repeats_the_salutation() -> None:
    """As it was said above, without the mark at its end."""
    forms = forms_for(person("european-commission-president"), "fr", "standard", {})
    assert salutation_line([forms], "fr") == (
        "Madame la Présidente,",
        "Nous vous prions d’agréer, Madame la Présidente, l’expression de notre haute considération.",
    )


def test_the_languages_are_those_of_the_model() -> None:
    """The tables that these tests read are all that there are."""
    assert (get_args(Language), get_args(Gender), get_args(Formality)) == (LANGUAGES, GENDERS, LEVELS)
