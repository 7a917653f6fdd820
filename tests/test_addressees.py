"""Holds how a recipient is spoken to in a letter, and what stands in the window."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from lettergen.addressees import addressee, in_order_of_protocol, inside_address
from lettergen.model import Campaign, Language, Letterhead, LetterHeader, Recipient, Signatory, Summit

COSTA = {
    "given_name": "António",
    "family_name": "Costa",
    "grammatical_gender": "m",
    "office": "european-council-president",
    "names": {"ru": {"given_name": "Антониу", "family_name": "Кошта", "address_name": "Антониу Коште"}},
}


def campaign(language: Language, home: str, people: dict[str, dict[str, Any]], **header: Any) -> Campaign:
    """Return a small campaign in a language, from a country."""
    return Campaign(
        summit_id="s",
        language=language,
        summit=Summit(name="N", place="P", country="KZ", date=dt.date(2031, 5, 5), host="H"),
        header=LetterHeader(
            date=dt.date(2031, 5, 2),
            place="P",
            subject="S",
            letterhead="l",
            recipients=tuple(people),
            opening="O",
            concerns_heading="C",
            demands_heading="D",
            demands_lead="L",
            conclusion="E",
            **header,
        ),
        letterhead=Letterhead(name="N", address=("A",), country=home),
        concerns=(),
        demands=(),
        sources=(),
        signatories=(Signatory(id="s", organisation="N"),),
        recipients={name: Recipient.model_validate(person) for name, person in people.items()},
        own_forms={},
    )


def window(language: Language, home: str, **changes: Any) -> tuple[str, ...]:
    """Return the inside address of the President of the European Council."""
    made = campaign(language, home, {"costa": COSTA | changes})
    return inside_address(addressee(made, "costa"), made)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ("Mr António Costa", "President of the European Council", "Rue de la Loi 175", "1048 Brussels")),
        ("fr", ("Monsieur António Costa", "Président du Conseil européen", "Rue de la Loi 175", "1048 Bruxelles")),
        ("de", ("Herrn António Costa", "Präsident des Europäischen Rates", "Rue de la Loi 175", "1048 Brüssel")),
        ("ru", ("Председателю Европейского совета", "г-ну Антониу Коште", "Rue de la Loi 175", "1048 Bruxelles")),
    ],
)
def test_the_window(language: Language, expected: tuple[str, ...]) -> None:
    """Name and office as the language has them in an address, and the office's own street; at home no country."""
    assert window(language, "BE") == expected


@pytest.mark.parametrize(
    ("language", "country"), [("en", "BELGIUM"), ("fr", "BELGIQUE"), ("de", "BELGIEN"), ("ru", "BELGIUM")]
)
def test_the_country_on_letters_from_abroad(language: Language, country: str) -> None:
    """In capitals, in Latin script, which every post can read; the last line."""
    abroad, at_home = window(language, "DE"), window(language, "BE")
    assert abroad == (*at_home, country)


def test_ones_own_lines_are_printed_as_they_are() -> None:
    """Neither sorted nor corrected, whatever they are; a name and office of one's own too."""
    own = ("  c/o ", "B-1047", "BRUSSELS", "x")
    forms = {"en": {"address": ["The Rt Hon. {family_name}", "{title}"]}}
    assert window("en", "BE", address=own, country="BE", forms=forms) == ("The Rt Hon. Costa", "{title}", *own)
    assert window("en", "DE", address=own, country="FR")[2:] == (*own, "FRANCE")


def test_the_name_is_that_of_the_language() -> None:
    """Given and family name together, as texts and running heads have them."""
    names: dict[Language, str] = {"en": "António Costa", "ru": "Антониу Кошта"}
    for language, name in names.items():
        made = addressee(campaign(language, "BE", {"costa": COSTA}), "costa")
        assert (made.id, made.full_name) == ("costa", name)


def test_the_letters_formality() -> None:
    """What the letter says counts, unless the recipient says otherwise."""
    ambassador = COSTA | {"office": "ambassador", "names": {"en": {"title": "Ambassador of Portugal"}}}
    people = {"plain": ambassador, "own": ambassador | {"formality": "standard"}}
    formal = campaign("en", "BE", people, formality="formal")
    standard = campaign("en", "BE", people)
    assert addressee(formal, "plain").forms != addressee(standard, "plain").forms
    assert addressee(formal, "own").forms == addressee(standard, "plain").forms


def test_the_order_of_protocol() -> None:
    """By the rank of the office; equals keep their order, and offices nobody ranked come last."""
    offices = {
        "o": "ombudsman",
        "m1": "mayor",
        "c": "european-commission-president",
        "m2": "mayor",
        "p": "european-parliament-president",
    }
    forms = {"en": {"address": ["A"], "title": "T", "reference": "R", "salutation": "S", "closing": "C"}}
    people = {name: COSTA | {"office": office, "forms": forms} for name, office in offices.items()}
    made = campaign("en", "BE", people)
    ordered = in_order_of_protocol([addressee(made, name) for name in people])
    assert [person.id for person in ordered] == ["p", "c", "m1", "m2", "o"]
