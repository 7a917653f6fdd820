"""Who joins a letter by name, without signing it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, get_args

from pydantic import Field, WrapValidator

from lettergen.model.values import CountryCode, Date, Language, Line, Record, plain_line
from lettergen.model.words import Listed

if TYPE_CHECKING:
    from pydantic import ValidatorFunctionWrapHandler


def _in_every_language(value: object, handler: ValidatorFunctionWrapHandler) -> object:
    """Take one text for all languages, or a table with a text for each: { en = "…", fr = "…" }."""
    return dict.fromkeys(get_args(Language), plain_line(value)) if isinstance(value, str) else handler(value)


Display = Literal["public", "withheld"]
Words = Annotated[dict[Language, Line], Field(min_length=1), WrapValidator(_in_every_language)]


class Consent(Record):
    """That an organisation agreed to join the letter."""

    date: Date = Field(description="Agreed on.")
    by: Line = Field(description="Who agreed for it: name and function. Not printed.")
    how: Line = Field(description="“E-mail to the director”. Not printed.")


class CoSignatory(Listed):
    """An organisation that joins the letter by name."""

    name: Words = Field(description="A text, or a table with a text per language.")
    acronym: Words | None = Field(None, description="Printed in brackets; a text, or a table per language.")
    country: CountryCode | None = Field(None, description="ISO 3166-1 code; printed as the language calls it.")
    note: Words | None = Field(
        None, description="Printed in brackets: “in exile”; a text, or a table per language."
    )
    person: Words | None = Field(None, description="Who speaks for it; a text, or a table per language.")
    function: Words | None = Field(None, description="The person's; a text, or a table per language.")
    consent: Consent | None = Field(None, description="Must be there; never printed.")
    display: Display = Field("public", description="withheld: counted, and named nowhere.")
    withdrawn: Date | None = Field(None, description="Since this day it is in no letter.")

    def __hash__(self) -> int:
        # What is equal has equal ids; words per language have no hash of their own.
        return hash(self.id)
