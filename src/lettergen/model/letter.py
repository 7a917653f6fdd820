"""What one recipient gets."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field

from lettergen.model.values import Id, Language, Layout, Line, Prose, Record, Sending, WebAddress


def _is_none(value: object) -> bool:
    return value is None


class Passage(Record):
    """A concern as one recipient reads it; Markdown with calls [^source-id]."""

    id: Id
    title: Line
    text: Prose


class Ask(Record):
    """A demand as one recipient reads it."""

    id: Id
    number: int
    text: Prose


class Note(Record):
    """A footnote. `repeats` is the number of the note that gave the same source in full."""

    number: int
    source: Id
    title: Line
    publisher: Line
    url: WebAddress
    date: str | None
    accessed: str | None
    repeats: int | None


class SignatureBlock(Record):
    """Who signs, as the block under the closing shows it."""

    id: Id
    name: Line | None = None
    function: Line | None = None
    organisation: Line
    image_description: Line | None = Field(
        None,
        exclude_if=_is_none,
        description="What the signature image shows, if the campaign says it in its own words.",
    )


class CoSigner(Record):
    """An organisation that joins the letter, as the letter's language writes it."""

    id: Id
    name: Line
    acronym: Line | None
    country: Line | None
    note: Line | None
    person: Line | None
    function: Line | None


class CoSigners(Record):
    """All that join the letter, in its order; `count` is that of the named and the withheld together."""

    named: tuple[CoSigner, ...]
    withheld: int
    count: int


class Letter(Record):
    """What one recipient gets, complete: everything after this only changes form.

    The letter is attached to its own PDF as JSON, so nothing stands here that its recipient does not read.
    """

    schema_version: Literal[2] = 2
    summit: Id
    mode: Sending
    recipient: Id = Field(description="“joint” for one letter to several people.")
    recipient_name: Line = Field(description="In a joint letter the names of all, as the language lists them.")
    language: Language
    layout: Layout
    specimen: bool
    sender: Line
    letterhead: Id
    return_line: Line
    address: tuple[Line, ...] = Field(description="The lines in the window; none in a joint letter.")
    addressees: tuple[tuple[Line, ...], ...] = Field(
        description="In a joint letter the lines of each person, in the order of protocol; otherwise none."
    )
    date: dt.date
    date_in_words: Line
    place_and_date: Line
    our_reference: Line | None
    subject: Line
    salutation: Line
    opening: Prose
    concerns_heading: Line
    concerns: tuple[Passage, ...]
    demands_heading: Line
    demands_lead: Prose
    demands: tuple[Ask, ...]
    conclusion: Prose
    closing: Line
    signatories: tuple[SignatureBlock, ...]
    # A letter that nobody joins has the same bytes as before there were co-signatories: its approvals stay.
    co_signatories: CoSigners | None = Field(None, exclude_if=_is_none)
    enclosures: tuple[Line, ...]
    cc: tuple[Line, ...]
    notes: tuple[Note, ...]

    @property
    def id(self) -> str:
        """What the letter is called in its campaign and on the disk: recipient and language."""
        return f"{self.recipient}.{self.language}"
