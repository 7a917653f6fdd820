"""Who a letter goes to, with everything that its language says of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lettergen.forms_of_address import (
    FormsOfAddress,
    forms_for,
    names_in,
    office_address,
    office_country,
    precedence,
)
from lettergen.language import country_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lettergen.model import Campaign, Recipient


@dataclass(frozen=True, slots=True)
class Addressee:
    """A recipient of one letter.

    Attributes:
        names: name and title as the letter's language writes them.
        forms: the forms of address.
    """

    id: str
    recipient: Recipient
    names: Mapping[str, str]
    forms: FormsOfAddress

    @property
    def full_name(self) -> str:
        """Given and family name."""
        return f"{self.names['given_name']} {self.names['family_name']}"


def addressee(campaign: Campaign, recipient_id: str) -> Addressee:
    """Return a recipient of a campaign as its letters speak to that person."""
    recipient = campaign.recipients[recipient_id]
    language, header = campaign.language, campaign.header
    forms = forms_for(recipient, language, header.formality, campaign.own_forms)
    return Addressee(recipient_id, recipient, names_in(recipient, language), forms)


def in_order_of_protocol(people: list[Addressee]) -> list[Addressee]:
    """Return addressees by the rank of their offices; equals stay in the campaign's own order."""
    return sorted(people, key=lambda person: precedence(person.recipient.office))


def inside_address(person: Addressee, campaign: Campaign) -> tuple[str, ...]:
    """Name, office, street, town; the country only when the letter goes abroad.

    Of an address of the person's own nothing is known but what the person's record says, the country included.

    The country stands last and in capitals, in the letter's language or, where that is not written in Latin script,
    in English: the postal services on the way have to read it (UPU, letter post regulations; Interinstitutional
    Style Guide, 9.1.2).
    """
    recipient, language = person.recipient, campaign.language
    street = recipient.address or office_address(recipient.office, language)
    lines = (*person.forms.address, *street)
    country = recipient.country if recipient.address else recipient.country or office_country(recipient.office)
    if country is None or country == campaign.letterhead.country:
        return lines
    return (*lines, country_name(country, "en" if language == "ru" else language).upper())
