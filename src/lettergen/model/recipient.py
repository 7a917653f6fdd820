"""The people that letters go to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from lettergen.model.values import (
    CountryCode,
    Date,
    Email,
    Formality,
    Gender,
    Id,
    Language,
    LanguageTag,
    Line,
    Record,
    Salutation,
)

if TYPE_CHECKING:
    import datetime as dt


class Term(Record):
    """The time for which somebody holds an office, both days included."""

    start: Date = Field(description="First day in office.")
    end: Date | None = Field(None, description="Last day in office; left out while no end is known.")

    def covers(self, day: dt.date) -> bool:
        """Whether `day` is inside the term."""
        return self.start <= day and (self.end is None or day <= self.end)


class NameForms(Record):
    """How one language writes a person's name and title; what is left out is as in the recipient's own table."""

    given_name: Line | None = None
    family_name: Line | None = None
    address_name: Line | None = Field(
        None,
        description="The whole name as it stands in an address; in Russian in the dative: “Урсуле фон дер Ляйен”.",
    )
    title: Line | None = Field(None, description="“Minister of Foreign Affairs of Kazakhstan”.")
    address_title: Line | None = Field(
        None, description="The title as it stands in an address; in Russian in the dative."
    )


class FormOverrides(Record):
    """A person's own forms of address in one language; each replaces the one that the office brings."""

    address: tuple[Line, ...] | None = Field(
        None,
        min_length=1,
        max_length=4,
        description="First lines of the inside address: [“Dr Ursula von der Leyen”, “President of the …”].",
    )
    title: Line | None = Field(None, description="The office in running text.")
    reference: Line | None = Field(None, description="The person in running text.")
    salutation: Salutation | None = Field(None, description="Without the comma at its end: “Dear President Costa”.")
    next: Salutation | None = Field(
        None, description="As it goes on in a salutation of several people: “dear President Costa”."
    )
    closing: Line | None = Field(None, description="Complete: “Yours sincerely,”.")


class Recipient(Record):
    """A person who holds an office and receives letters."""

    given_name: Line = Field(description="As the person writes it.")
    family_name: Line = Field(description="With its particles: “von der Leyen”.")
    grammatical_gender: Gender = Field(description="m, f or unknown; it is never guessed from a name.")
    office: Id = Field(description="Id of an office that is known, e.g. european-council-president.")
    languages: tuple[LanguageTag, ...] = Field(
        ("en",), min_length=1, description="In order of preference; the first that the campaign has is written."
    )
    formality: Formality | None = Field(None, description="standard or formal; as the letter has it when left out.")
    address: tuple[Line, ...] = Field(
        (),
        max_length=6,
        description="Street, postcode and city, line by line; the office's own address when left out.",
    )
    country: CountryCode | None = Field(
        None, description="ISO 3166-1 code of the address; printed only on letters from abroad."
    )
    email: Email | None = Field(None, description="Where the office reads e-mail.")
    term: Term | None = Field(None, description="When the office is held.")
    tags: tuple[Id, ...] = Field((), description="Words to choose recipients by: tag:afet.")
    names: dict[Language, NameForms] = Field({}, description="Name and title as a language writes them.")
    forms: dict[Language, FormOverrides] = Field(
        {}, description="Forms of address of this person's own, per language."
    )
