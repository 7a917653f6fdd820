"""What texts and templates may name in Jinja, and the values behind the names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lettergen.language import country_name, long_date
from lettergen.model import Letter, Letterhead

if TYPE_CHECKING:
    from lettergen.forms_of_address import FormsOfAddress
    from lettergen.model import Campaign, Recipient

# For the texts of letter.toml: {{ recipient.reference }}, {{ summit.date }} …
TEXT_NAMES: dict[str, frozenset[str] | None] = {
    "recipient": frozenset({"given_name", "family_name", "office", "reference"}),
    "summit": frozenset({"name", "place", "country", "date", "host"}),
    "letter": frozenset({"date", "place"}),
    "sender": frozenset({"name", "acronym"}),
}

# For a letterhead's own letterhead.html; the logo is a data: address, or none.
HEAD_NAMES: dict[str, frozenset[str] | None] = {
    "letter": frozenset(Letter.model_fields),
    "letterhead": frozenset(Letterhead.model_fields),
    "logo": None,
}


def text_values(
    recipient: Recipient, forms: FormsOfAddress, campaign: Campaign, language: str
) -> dict[str, dict[str, str]]:
    """Return the values of TEXT_NAMES for one recipient, written as the language writes them."""
    summit, header, letterhead = campaign.summit, campaign.header, campaign.letterhead
    return {
        "recipient": {
            "given_name": recipient.given_name,
            "family_name": recipient.family_name,
            "office": forms.office_line,
            "reference": forms.reference,
        },
        "summit": {
            "name": summit.name,
            "place": summit.place,
            "country": country_name(summit.country, language),
            "date": long_date(summit.date, language),
            "host": summit.host,
        },
        "letter": {"date": long_date(header.date, language), "place": header.place},
        "sender": {"name": letterhead.name, "acronym": letterhead.acronym or letterhead.name},
    }
