"""Holds that every office can be addressed in every way the model allows, and that all of it names its source."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any, get_args

import pytest

from lettergen.forms_of_address import FORMS, FormsOfAddress, forms_for, office_address, office_country, office_ids
from lettergen.language import country_name
from lettergen.model import FormOverrides, Gender, Language, Recipient

GENDERS = get_args(Gender)
LANGUAGES = get_args(Language)
NAMED = {"name_line", "salutation", "reference"}


def table(name: str) -> dict[str, Any]:
    """Return one of the package's tables."""
    return tomllib.loads((files("lettergen.forms_of_address") / f"{name}.toml").read_text("utf-8"))


def person(office: str, gender: str = "f", **more: Any) -> Recipient:
    """Return somebody who holds an office."""
    return Recipient.model_validate(
        {"given_name": "Zoë", "family_name": "van der Żak", "grammatical_gender": gender, "office": office} | more
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_office_has_its_forms_and_nothing_else(language: str) -> None:
    """Per language: the offices are those of offices.toml, each with all forms for each gender."""
    forms = table(language)
    assert forms.keys() == office_ids() == table("offices").keys()
    for office, cells in forms.items():
        assert cells.keys() == {"source", "verified", *GENDERS}, office
        assert all(cells[gender].keys() == set(FORMS) for gender in GENDERS), office


@pytest.mark.parametrize("table_name", ["offices", *LANGUAGES])
def test_each_table_says_where_it_was_read(table_name: str) -> None:
    """A cell without a source, or without word whether it was compared with it, cannot be trusted."""
    for name, cells in table(table_name).items():
        assert cells["source"].strip(), name
        assert isinstance(cells["verified"], bool), name


@pytest.mark.parametrize("gender", GENDERS)
@pytest.mark.parametrize("office", sorted(office_ids()))
def test_forms_are_filled_in(office: str, gender: str) -> None:
    """Every form is a line without braces; the name stands where a name belongs, commas where English has them."""
    forms = forms_for(person(office, gender), "en")
    for form in FORMS:
        text = getattr(forms, form)
        assert text == text.strip()
        assert not {"{", "}", "\n"} & set(text)
        assert ("van der Żak" in text) == (form in NAMED), (form, text)
    assert forms.salutation.endswith(",")
    assert forms.closing.endswith(",")


@pytest.mark.parametrize("office", sorted(office_ids()))
def test_no_gender_is_guessed(office: str) -> None:
    """Of somebody whose gender is unknown the forms say neither Mr nor Ms."""
    text = " ".join(getattr(forms_for(person(office, "unknown"), "en"), form) for form in FORMS)
    assert not {"Mr", "Ms", "Mrs", "Madam", "Sir"} & set(text.replace(",", " ").split())


@pytest.mark.parametrize("office", sorted(office_ids()))
def test_each_office_has_an_address(office: str) -> None:
    """A recipient's own address may be left out: the office has one, in a country that has a name."""
    country = office_country(office)
    assert 0 < len(office_address(office)) <= 6
    assert country
    assert country_name(country, "en")


def test_the_president_of_the_commission() -> None:
    """The forms as they stand on the sample's second letter."""
    assert forms_for(person("european-commission-president"), "en") == FormsOfAddress(
        name_line="Ms Zoë van der Żak",
        office_line="President of the European Commission",
        salutation="Dear President van der Żak,",
        closing="Yours sincerely,",
        reference="President van der Żak",
    )


def test_own_forms_replace_one_by_one() -> None:
    """Each form that a recipient's record gives replaces the office's, and no other."""
    office = "european-commission-president"
    usual = forms_for(person(office), "en")
    for form in FormOverrides.model_fields:
        own = forms_for(person(office, forms={"en": {form: "Own, {family_name}"}}), "en")
        assert [name for name in FORMS if getattr(own, name) != getattr(usual, name)] == [form]
        assert getattr(own, form) == "Own, van der Żak"
