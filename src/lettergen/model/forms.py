"""A workspace's own forms of address (forms_of_address/<language>.toml), which go before the package's."""

from __future__ import annotations

from pydantic import Field

from lettergen.model.values import Flag, Line, Record, Salutation


class OwnLevel(Record):
    """Forms of one level of formality; what is left out is as the package has it."""

    salutation: Salutation | None = Field(None, description="Without the mark at its end.")
    next: Salutation | None = Field(None, description="As it goes on in a salutation of several people.")
    closing: Line | None = Field(None, description="Complete; may hold {salutation}.")


class OwnForms(Record):
    """Forms for one office and grammatical gender; what is left out is as the package has it."""

    address: tuple[Line, ...] | None = Field(
        None, min_length=1, max_length=4, description="First lines of the inside address."
    )
    title: Line | None = Field(None, description="The office in running text.")
    reference: Line | None = Field(None, description="The person in running text.")
    standard: OwnLevel = OwnLevel()
    formal: OwnLevel = OwnLevel()
    source: Line = Field(description="Where these forms were read.")
    verified: Flag = Field(
        description="Whether somebody compared all forms of this office and gender with the source."
    )


class OwnOffice(Record):
    """An office's own forms, per grammatical gender."""

    m: OwnForms | None = None
    f: OwnForms | None = None
    unknown: OwnForms | None = None
