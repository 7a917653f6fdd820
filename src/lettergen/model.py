"""The nouns: what people write (recipient, campaign, letterhead) and what one recipient gets (letter).

Everything is frozen. Unknown keys are refused, so that a mistyped key is a finding and never a silent default.
The description of every key stands on its field; the editors' JSON Schemas are generated from here.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, Strict
from pydantic_core import PydanticCustomError

from lettergen.files import is_safe_name

# Characters that turn the direction of the text around them: they can make a name read as another one.
DIRECTION_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


# Controls, lone surrogates, and the separators of lines and paragraphs.
_UNPRINTED = frozenset({"Cc", "Cs", "Zl", "Zp"})

# Year 0 is in no calendar that Python knows.
_MONTH_OR_YEAR = re.compile(r"(?!0000)[0-9]{4}(-(0[1-9]|1[0-2]))?")


def _not_empty(text: str) -> str:
    if not text.strip():
        raise PydanticCustomError("empty_text", "This is empty.")
    return text


def _forbidden(text: str, allowed: str) -> str | None:
    return next(
        (
            c
            for c in text
            if c in DIRECTION_OVERRIDES or (unicodedata.category(c) in _UNPRINTED and c not in allowed)
        ),
        None,
    )


def _one_line(text: str) -> str:
    if text.isprintable():  # the quick way for nearly every name
        return text
    if character := _forbidden(text, allowed=""):
        what = "a line break" if character in "\n\r" else f"the character U+{ord(character):04X}"
        raise PydanticCustomError(
            "forbidden_character", "This contains {what}; it must be one plain line.", {"what": what}
        )
    return text


def _prose(text: str) -> str:
    if character := _forbidden(text, allowed="\n\t"):
        raise PydanticCustomError(
            "forbidden_character",
            "This contains {what}, which does not belong in a text.",
            {"what": f"the character U+{ord(character):04X}"},
        )
    return text


def _safe_id(text: str) -> str:
    if not is_safe_name(text):
        raise PydanticCustomError("unsafe_id", "“{id}” cannot be an id.", {"id": text})
    return text


def _address(address: str) -> str:
    # Costs as much to import as tomli and Babel together; most runs have few addresses or none.
    from email_validator import EmailNotValidError, validate_email

    try:
        return validate_email(address, check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise PydanticCustomError("bad_email", "{reason}", {"reason": str(error)}) from error


def _colour(text: str) -> str:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", text):
        raise PydanticCustomError("bad_colour", "“{text}” is not a colour such as #1f4e79.", {"text": text})
    return text


def _web_address(text: str) -> str:
    if not re.fullmatch(r"https?://[^\s<>\"]+", text):
        raise PydanticCustomError(
            "bad_url", "“{text}” is not a web address such as https://example.org/page.", {"text": text}
        )
    return text


def _date_of_source(value: object) -> str:
    """A source is dated by its day, by its month ("2019-05"), or by its year alone; kept as ISO 8601 text."""
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value.isoformat()
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= dt.MAXYEAR:
        value = str(value)
    if isinstance(value, str) and _MONTH_OR_YEAR.fullmatch(value):
        return value
    raise PydanticCustomError("bad_date", "This is not a date.")


Id = Annotated[str, AfterValidator(_safe_id)]
Line = Annotated[str, AfterValidator(_one_line), AfterValidator(_not_empty)]
Prose = Annotated[str, AfterValidator(_prose), AfterValidator(_not_empty)]
Email = Annotated[str, AfterValidator(_address)]
Colour = Annotated[str, AfterValidator(_colour)]
WebAddress = Annotated[str, AfterValidator(_one_line), AfterValidator(_web_address)]
Flag = Annotated[bool, Strict()]
Date = Annotated[dt.date, Strict()]
SourceDate = Annotated[str, BeforeValidator(_date_of_source)]
Language = Literal["en"]
Gender = Literal["m", "f", "unknown"]
Layout = Literal["din5008-b"]
Theme = Literal[
    "association",
    "expression-media",
    "assembly",
    "hrd-persecution",
    "accountability",
    "funding-environment",
    "access-to-information",
]


class Record(BaseModel):
    """A frozen record that knows no key it was not told about."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Term(Record):
    """The time for which somebody holds an office, both days included."""

    start: Date = Field(description="First day in office.")
    end: Date | None = Field(None, description="Last day in office; left out while no end is known.")

    def covers(self, day: dt.date) -> bool:
        """Whether `day` is inside the term."""
        return self.start <= day and (self.end is None or day <= self.end)


class FormOverrides(Record):
    """A person's own forms of address in one language; each replaces the one that the office brings."""

    name_line: Line | None = Field(
        None, description="First line of the inside address, e.g. “Dr Ursula von der Leyen”."
    )
    office_line: Line | None = Field(None, description="Second line of the inside address.")
    salutation: Line | None = Field(None, description="With its comma: “Dear President Costa,”.")
    closing: Line | None = Field(None, description="With its comma: “Yours sincerely,”.")


class Recipient(Record):
    """A person who holds an office and receives letters."""

    given_name: Line = Field(description="As the person writes it.")
    family_name: Line = Field(description="With its particles: “von der Leyen”.")
    grammatical_gender: Gender = Field(description="m, f or unknown; it is never guessed from a name.")
    office: Id = Field(description="Id of an office that the package knows, e.g. european-council-president.")
    languages: tuple[Language, ...] = Field(("en",), min_length=1, description="In order of preference.")
    address: tuple[Line, ...] = Field(
        (),
        max_length=6,
        description="Street, postcode and city, line by line; the office's own address when left out.",
    )
    country: Annotated[str, Field(pattern="^[A-Z]{2}$")] | None = Field(
        None, description="ISO 3166-1 code of the address; printed only on letters from abroad."
    )
    email: Email | None = Field(None, description="Where the office reads e-mail.")
    term: Term | None = Field(None, description="When the office is held.")
    forms: dict[Language, FormOverrides] = Field(
        {}, description="Forms of address of this person's own, per language."
    )


class Summit(Record):
    """The occasion of a campaign."""

    name: Line = Field(description="As the letter calls it after “the”: “first EU–Central Asia summit”.")
    place: Line = Field(description="City.")
    country: Annotated[str, Field(pattern="^[A-Z]{2}$")] = Field(description="ISO 3166-1 code.")
    date: Date = Field(description="First day of the summit.")
    host: Line = Field(description="Who invites, as the letter calls them.")


class LetterHeader(Record):
    """What [letter] says: everything about the letters but the concerns and demands."""

    date: Date = Field(description="Date of the letters.")
    place: Line = Field(description="Place in front of the date.")
    subject: Line = Field(description="The subject line, one sentence without a full stop.")
    letterhead: Id = Field(description="Folder under letters/letterhead/.")
    recipients: tuple[Id, ...] = Field(
        min_length=1, description="Ids from recipients.toml, in the order of sending."
    )
    layout: Layout = Field("din5008-b", description="Page geometry.")
    specimen: Flag = Field(default=False, description="Every page's foot then says that this is a specimen.")
    opening: Prose = Field(description="Paragraphs before the concerns, in Markdown.")
    concerns_heading: Line = Field(description="Heading over the concerns.")
    demands_heading: Line = Field(description="Heading over the demands.")
    demands_lead: Prose = Field(description="The sentence that leads to the numbered demands.")
    conclusion: Prose = Field(description="Paragraphs after the demands.")
    our_reference: Line | None = Field(None, description="The sender's reference, printed beside the date.")
    enclosures: tuple[Line, ...] = Field((), description="What lies with the letter.")
    cc: tuple[Line, ...] = Field((), description="Who gets a copy.")


class Concern(Record):
    """Something that is wrong, in the campaign's words, each claim bound to a source by a call: [^source-id]."""

    id: Id
    title: Line = Field(description="Run-in heading of the concern's paragraph.")
    countries: tuple[Annotated[str, Field(pattern="^[A-Z]{2}(-[A-Z0-9]{1,3})?$")], ...] = Field(
        min_length=1, description="ISO 3166 codes, with parts of countries: KZ, UZ-QR."
    )
    themes: tuple[Theme, ...] = Field(min_length=1)
    text: Prose = Field(description="Markdown.")


class Demand(Record):
    """What a recipient is asked to do."""

    id: Id
    text: Prose = Field(description="Markdown; opens with its verb.")
    answers: tuple[Id, ...] = Field(description="Ids of the concerns that this demand would meet.")
    to: tuple[Id, ...] = Field((), description="Recipients or offices that are asked; everybody when left out.")
    instrument: Line | None = Field(None, description="The commitment it rests on. Not printed.")
    indicator: Line | None = Field(None, description="How one will know that it was met. Not printed.")


class Source(Record):
    """Where a claim was read. Printed as a footnote on the page of its call."""

    id: Id
    title: Line
    publisher: Line
    url: WebAddress
    date: SourceDate | None = Field(None, description="Published on: a day, or a year, or “2019-05”.")
    accessed: Date | None = Field(None, description="Read on.")


class Signatory(Record):
    """Who signs."""

    id: Id
    name: Line | None = Field(None, description="The person; left out when the organisation signs as such.")
    function: Line | None = Field(None, description="“Director”.")
    organisation: Line


class Letterhead(Record):
    """The sender, as the sheet's head shows it (letters/letterhead/<id>/letterhead.toml)."""

    name: Line
    acronym: Line | None = None
    address: tuple[Line, ...] = Field(min_length=1, description="Also printed as the return line in the window.")
    country: Annotated[str, Field(pattern="^[A-Z]{2}$")] = Field(description="ISO 3166-1 code.")
    contact: tuple[Line, ...] = Field((), description="Telephone, e-mail, web address, register number.")
    logo: Line | None = Field(None, description="File in the letterhead's folder: SVG, PNG or JPEG.")
    logo_description: Line | None = Field(None, description="What the logo shows, for people who do not see it.")
    colour: Colour = Field("#222222", description="The one accent colour.")


class Campaign(Record):
    """Everything of one summit's folder, read, checked and resolved."""

    summit_id: Id
    summit: Summit
    header: LetterHeader
    letterhead: Letterhead
    concerns: tuple[Concern, ...]
    demands: tuple[Demand, ...]
    sources: tuple[Source, ...]
    signatories: tuple[Signatory, ...]
    recipients: dict[str, Recipient] = Field(description="Only those that this campaign writes to, in its order.")


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

    schema_version: Literal[1] = 1
    summit: Id
    recipient: Id
    recipient_name: Line
    language: Language
    layout: Layout
    specimen: bool
    sender: Line
    letterhead: Id
    return_line: Line
    address: tuple[Line, ...]
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
