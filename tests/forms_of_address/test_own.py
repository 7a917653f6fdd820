"""Holds which forms a letter gets: one's own before the workspace's before the package's, which has all."""

from __future__ import annotations

from itertools import product
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms_of_address.tables import GENDERS, LANGUAGES, LEVELS, OFFICES, table
from lettergen.forms_of_address import (
    FormsOfAddress,
    forms_for,
    missing_forms,
    names_in,
    never_filled_in,
    placeholders,
    salutation_line,
)
from lettergen.model import Language, OwnOffice, Recipient

FORMS = ("address", "title", "reference", "salutation", "next", "closing")
LEVELLED = ("salutation", "next", "closing")
LANGUAGE_LIST: tuple[Language, ...] = get_args(Language)
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


def person(office: str, gender: str = "f", **more: Any) -> Recipient:
    """Return somebody who holds an office."""
    own = {"given_name": "Zoë", "family_name": "van der Żak", "grammatical_gender": gender, "office": office}
    return Recipient.model_validate(own | {"names": NAMES} | more)


def own_office(gender: str = "f", **forms: Any) -> dict[str, OwnOffice]:
    """Return a workspace's own forms for the mayor."""
    cell = {"source": "S", "verified": True} | forms
    return {"mayor": OwnOffice.model_validate({gender: cell})}


def every(form: str, text: str) -> Any:
    """Return a form's value: an address has lines."""
    return (text,) if form == "address" else text


@pytest.mark.parametrize("language", LANGUAGE_LIST)
@pytest.mark.parametrize("office", OFFICES)
def test_every_office_can_be_addressed(office: str, language: Language) -> None:
    """In every language, gender and level: lines without braces, the mark at the end, French saluted twice."""
    end = table(language)["joint"]["end"]
    for gender, level in product(GENDERS, LEVELS):
        forms = forms_for(person(office, gender), language, level, {})  # type: ignore[arg-type]
        salutation, closing = salutation_line([forms], language)
        lines = [*forms.address, forms.title, forms.reference, forms.salutation, forms.next, salutation, closing]
        assert all(line.strip() and not {"{", "}", "\n"} & set(line) for line in lines), (gender, level)
        assert salutation == forms.salutation + end
        assert f"Whole-{language}" in " ".join(forms.address)
        assert (forms.salutation in closing) == (language == "fr")


@pytest.mark.parametrize("language", LANGUAGE_LIST)
@pytest.mark.parametrize("office", OFFICES)
def test_the_given_name_tells_no_gender(office: str, language: Language) -> None:
    """Of unknown gender, Anna and Peter are addressed alike but for the name itself."""
    for level in LEVELS:
        both = [
            forms_for(person(office, "unknown", given_name=name, names={}), language, level, {})  # type: ignore[arg-type]
            for name in ("Anna", "Peter")
        ]
        anna, peter = (repr(forms).replace("Anna", "NAME").replace("Peter", "NAME") for forms in both)
        assert anna == peter


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("level", LEVELS)
def test_ones_own_goes_before_the_workspaces_before_the_packages(form: str, level: Any) -> None:
    """Form by form, and nothing else changes."""
    packages = forms_for(person("mayor"), "en", level, {})
    values = {form: every(form, "Workspace {family_name}")}
    workspace = own_office(**({level: values} if form in LEVELLED else values))
    of_workspace = forms_for(person("mayor"), "en", level, workspace)
    ones_own = {"en": {form: every(form, "Own {family_name}")}}
    own = forms_for(person("mayor", forms=ones_own), "en", level, workspace)
    # A salutation of one's own stands also among others, where nothing else is written for that.
    changed = {"salutation", "next"} if form == "salutation" else {form}
    for made, word in ((of_workspace, "Workspace"), (own, "Own")):
        assert {name for name in FORMS if getattr(made, name) != getattr(packages, name)} == changed
        assert getattr(made, form) == every(form, f"{word} Family-en")


def test_what_the_workspace_says_of_one_gender_and_level_is_said_of_no_other() -> None:
    """Forms for women, at the level `formal`, leave all other letters as they are."""
    workspace = own_office("f", formal={"salutation": "Own"})
    for gender, level in product(GENDERS, LEVELS):
        for office in ("mayor", "editor"):
            forms = forms_for(person(office, gender), "en", level, workspace)  # type: ignore[arg-type]
            assert (forms.salutation == "Own") == ((office, gender, level) == ("mayor", "f", "formal"))


def test_own_next_is_kept() -> None:
    """Who writes how a salutation goes on gets that, from the nearest record that has one."""
    workspace = own_office(standard={"salutation": "Dear Mayor", "next": "dear Mayor"})
    assert forms_for(person("mayor"), "en", "standard", workspace).next == "dear Mayor"
    own = person("mayor", forms={"en": {"salutation": "Dear Ms Mayor", "next": "dear Ms Mayor"}})
    assert forms_for(own, "en", "standard", workspace).next == "dear Ms Mayor"


@pytest.mark.parametrize(("letters", "own"), list(product(LEVELS, (None, *LEVELS))))
def test_the_recipients_formality_goes_before_the_letters(letters: Any, own: str | None) -> None:
    """A letter has one level of formality; a recipient may have another."""
    somebody = person("ambassador", formality=own)
    plain = person("ambassador")
    assert forms_for(somebody, "en", letters, {}) == forms_for(plain, "en", own or letters, {})  # type: ignore[arg-type]


def test_names_are_those_of_the_language() -> None:
    """A language's own way to write a name goes before the recipient's; what it leaves out stays."""
    assert names_in(person("mayor", names={"ru": {"given_name": "Зоя"}}), "ru") == {
        "given_name": "Зоя",
        "family_name": "van der Żak",
        "address_name": "Зоя van der Żak",
    }
    assert names_in(person("mayor"), "de") == NAMES["de"]
    title = names_in(person("mayor", names={"en": {"title": "Mayor of Ghent"}}), "en")
    assert title["address_title"] == title["title"] == "Mayor of Ghent"


@given(
    st.text("{}", max_size=3),
    st.sampled_from(["{title}", "{address_name}", "{salutation}", "{given_name}", "{", "{{}}"]),
)
def test_names_are_filled_in_in_one_go(before: str, name: str) -> None:
    """What a name brings along stays as it is, whatever it looks like."""
    somebody = person("mayor", "unknown", family_name=before + name, names={"en": {"title": "T"}})
    own = own_office(
        "unknown", standard={"salutation": "Dear {given_name} {family_name}"}, reference="{family_name}"
    )
    forms = forms_for(somebody, "en", "standard", own)
    assert (forms.salutation, forms.reference) == (f"Dear Zoë {before}{name}", before + name)


def test_an_office_of_the_workspaces_own() -> None:
    """What the package does not know works when all is written, and what is missing is named when not."""
    whole = {
        "address": ["{address_name}", "Ombudsman"],
        "title": "Ombudsman",
        "reference": "the Ombudsman",
        "standard": {"salutation": "Dear Ombudsman", "closing": "Yours,"},
    }
    ombudsman = person("ombudsman")

    def offices(cell: dict[str, Any]) -> dict[str, OwnOffice]:
        return {"ombudsman": OwnOffice.model_validate({"f": {"source": "S", "verified": True} | cell})}

    assert missing_forms(ombudsman, "en", "standard", offices(whole)) == ()
    assert forms_for(ombudsman, "en", "standard", offices(whole)) == FormsOfAddress(
        address=("Whole-en", "Ombudsman"),
        title="Ombudsman",
        reference="the Ombudsman",
        salutation="Dear Ombudsman",
        next="Dear Ombudsman",
        closing="Yours,",
    )
    assert missing_forms(ombudsman, "en", "formal", offices(whole)) == ("salutation", "closing", "next")
    assert set(missing_forms(ombudsman, "en", "standard", {})) == set(FORMS)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("text", ["{Name}", "{", "}", "{}", "{ title }", "{salutation}"])
def test_what_nothing_fills_in_is_found(form: str, text: str) -> None:
    """Any brace that would be printed; the salutation is known in a closing alone."""
    own = person("mayor", forms={"en": {form: every(form, f"a {text} b {{family_name}}")}})
    found = set(never_filled_in(own, "en", "standard", {}))
    assert found == (set() if (form, text) == ("closing", "{salutation}") else {text})
    assert "family_name" in placeholders(own, "en", "standard", {})
