"""What one recipient gets."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field

from lettergen.model.campaign import Signatory
from lettergen.model.values import Id, Language, Layout, Line, Prose, Record, Sending, WebAddress


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
    signatories: tuple[Signatory, ...]
    enclosures: tuple[Line, ...]
    cc: tuple[Line, ...]
    notes: tuple[Note, ...]

    @property
    def id(self) -> str:
        """What the letter is called in its campaign and on the disk: recipient and language."""
        return f"{self.recipient}.{self.language}"
