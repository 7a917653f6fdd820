"""What texts and templates may name in Jinja, and the values behind the names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lettergen.co_signatories import count_of
from lettergen.language import country_name, list_in_words, long_date
from lettergen.model import Letter, Letterhead

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lettergen.addressees import Addressee
    from lettergen.model import Campaign

# For the texts of letter.toml: {{ recipient.reference }}, {{ summit.date }} …
TEXT_NAMES: dict[str, frozenset[str] | None] = {
    "recipient": frozenset({"given_name", "family_name", "office", "reference"}),
    "summit": frozenset({"name", "place", "country", "date", "host"}),
    "letter": frozenset({"date", "place"}),
    "sender": frozenset({"name", "acronym"}),
    "co_signatories": frozenset({"count"}),
}

# For a letterhead's own letterhead.html; the logo is a data: address, or none.
HEAD_NAMES: dict[str, frozenset[str] | None] = {
    "letter": frozenset(Letter.model_fields),
    "letterhead": frozenset(Letterhead.model_fields),
    "logo": None,
}


def text_values(people: Sequence[Addressee], campaign: Campaign) -> dict[str, dict[str, str | int]]:
    """Return the values of TEXT_NAMES for one letter, written as its language writes them.

    In a letter to several people each value of `recipient` lists what is true of each of them. How many join the
    letter is a number, for texts that have conditions on it; the withheld ones count.
    """
    summit, header, letterhead, language = campaign.summit, campaign.header, campaign.letterhead, campaign.language
    of_each: list[dict[str, str]] = [
        {
            "given_name": person.names["given_name"],
            "family_name": person.names["family_name"],
            "office": person.forms.title,
            "reference": person.forms.reference,
        }
        for person in people
    ]
    return {
        "recipient": {key: list_in_words([values[key] for values in of_each], language) for key in of_each[0]},
        "summit": {
            "name": summit.name,
            "place": summit.place,
            "country": country_name(summit.country, language),
            "date": long_date(summit.date, language),
            "host": summit.host,
        },
        "letter": {"date": long_date(header.date, language), "place": header.place},
        "sender": {"name": letterhead.name, "acronym": letterhead.acronym or letterhead.name},
        "co_signatories": {"count": count_of(campaign)},
    }
