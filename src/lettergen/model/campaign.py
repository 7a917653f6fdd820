"""What a summit's folder holds: the occasion, the letter's texts, its sources and who signs."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, Strict

from lettergen.model.co_signatory import CoSignatory, Words
from lettergen.model.forms import OwnOffice
from lettergen.model.recipient import Recipient
from lettergen.model.values import (
    Colour,
    CountryCode,
    Date,
    Flag,
    Formality,
    Id,
    Language,
    Layout,
    Level,
    Line,
    Order,
    Prose,
    Record,
    Selector,
    Sending,
    SourceDate,
    Theme,
    WebAddress,
)
from lettergen.model.words import ConcernWords, DemandWords, Listed


class Summit(Record):
    """The occasion of a campaign."""

    name: Line = Field(description="As the letter calls it after “the”: “first EU–Central Asia summit”.")
    place: Line = Field(description="City.")
    country: CountryCode = Field(description="ISO 3166-1 code.")
    date: Date = Field(description="First day of the summit.")
    host: Line = Field(description="Who invites, as the letter calls them.")


class LetterHeader(Record):
    """What [letter] says: everything about the letters but the concerns and demands."""

    date: Date = Field(description="Date of the letters.")
    place: Line = Field(description="Place in front of the date.")
    subject: Line = Field(description="The subject line, one sentence without a full stop.")
    letterhead: Id = Field(description="Folder under letters/letterhead/.")
    recipients: tuple[Selector, ...] = Field(
        min_length=1,
        description="Ids in the order of sending; also patterns of ids (“mep-*”) and tags (“tag:afet”).",
    )
    mode: Sending = Field(
        "individual", description="individual: one letter each. joint: one letter to all, in the order of protocol."
    )
    language: Language = Field("en", description="Language of this file; letter.fr.toml holds a further one.")
    formality: Formality = Field("standard", description="Level of salutation and closing: standard or formal.")
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
    co_signatories: Order = Field("by-name", description="Order of the co-signatories: by-name or by-country.")


class Concern(ConcernWords):
    """Something that is wrong, in the campaign's words, each claim bound to a source by a call: [^source-id]."""

    countries: tuple[Annotated[str, Field(pattern="^[A-Z]{2}(-[A-Z0-9]{1,3})?$")], ...] = Field(
        min_length=1, description="ISO 3166 codes, with parts of countries: KZ, UZ-QR."
    )
    themes: tuple[Theme, ...] = Field(min_length=1)


class Demand(DemandWords):
    """What a recipient is asked to do."""

    answers: tuple[Id, ...] = Field(description="Ids of the concerns that this demand would meet.")
    to: tuple[Id, ...] = Field((), description="Recipients or offices that are asked; everybody when left out.")
    instrument: Line | None = Field(None, description="The commitment it rests on. Not printed.")
    indicator: Line | None = Field(None, description="How one will know that it was met. Not printed.")


class Source(Listed):
    """Where a claim was read. Printed as a footnote on the page of its call."""

    title: Line
    publisher: Line
    url: WebAddress
    date: SourceDate | None = Field(None, description="Published on: a day, or a year, or “2019-05”.")
    accessed: Date | None = Field(None, description="Read on.")


class Signatory(Listed):
    """Who signs."""

    name: Line | None = Field(None, description="The person; left out when the organisation signs as such.")
    function: Line | None = Field(None, description="“Director”.")
    organisation: Line
    signature_image: Line | None = Field(
        None, description="PNG or JPEG file in the summit's or the letterhead's folder, printed over the name."
    )
    signature_image_description: Words | None = Field(
        None, description="What it shows, for people who do not see it; a text, or a table per language."
    )


class ReviewRules(Record):
    """What [review] says: who must have approved a letter before it is final."""

    approvals: Annotated[int, Strict(), Field(ge=1)] = Field(1, description="How many people must approve.")
    roles: tuple[Id, ...] = Field(
        (), description="What somebody must approve as: “facts”, “director”. Each role needs somebody of its own."
    )

    @property
    def people(self) -> int:
        """How many people must approve; nobody counts twice."""
        return max(self.approvals, len(self.roles))


class SigningRules(Record):
    """What [signing] says: what a digital signature of the letters must hold."""

    level: Level = Field(
        "B", description="B: who signed; T: and when; LT: and that the certificate was good; LTA: sealed."
    )
    certify: Flag = Field(
        default=False, description="The first signature then allows nothing but further signatures."
    )


class Letterhead(Record):
    """The sender, as the sheet's head shows it (letters/letterhead/<id>/letterhead.toml)."""

    name: Line
    acronym: Line | None = None
    address: tuple[Line, ...] = Field(min_length=1, description="Also printed as the return line in the window.")
    country: CountryCode = Field(description="ISO 3166-1 code.")
    contact: tuple[Line, ...] = Field((), description="Telephone, e-mail, web address, register number.")
    logo: Line | None = Field(None, description="File in the letterhead's folder: SVG, PNG or JPEG.")
    logo_description: Line | None = Field(None, description="What the logo shows, for people who do not see it.")
    colour: Colour = Field("#222222", description="The one accent colour.")


class Campaign(Record):
    """Everything of one summit's folder in one language, read, checked and resolved."""

    summit_id: Id
    language: Language
    summit: Summit
    header: LetterHeader
    letterhead: Letterhead
    concerns: tuple[Concern, ...]
    demands: tuple[Demand, ...]
    sources: tuple[Source, ...]
    signatories: tuple[Signatory, ...]
    co_signatories: tuple[CoSignatory, ...] = Field((), description="Those that the letters name.")
    withheld: int = Field(0, description="How many more there are that nothing names.")
    recipients: dict[str, Recipient] = Field(description="Only those that this campaign writes to, in its order.")
    own_forms: dict[str, OwnOffice] = Field(
        description="The workspace's own forms of address in this language, per office."
    )
    signing: SigningRules = SigningRules()
    review: ReviewRules | None = Field(None, description="Without it a final letter needs nobody's approval.")
