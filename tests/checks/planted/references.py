"""Ids, offices, countries and files that are named and are not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks.planted.places import COLOUR, COMMISSION, LEAD
from workspace.sample import HEAD, LETTER, RECIPIENTS

if TYPE_CHECKING:
    from checks.planted.places import Mistake

REFERENCES: dict[str, Mistake] = {
    "recipient": (
        "LG201",
        LETTER,
        'recipients = ["costa", ',
        'recipients = [¶"kosta", ',
        "Did you mean “costa”?",
    ),
    "recipient, nothing like it": (
        "LG201",
        LETTER,
        '"von-der-leyen"]',
        '"von-der-leyen", ¶"xyz"]',
        "There are: costa, von-der-leyen.",
    ),
    "office, to which a demand goes": (
        "LG202",
        RECIPIENTS,
        COMMISSION,
        'office = ¶"european-comission-president"',
        "Did you mean “european-commission-president”?",
    ),
    "letterhead": ("LG203", LETTER, 'letterhead = "iphr"', 'letterhead = ¶"ipr"', "Did you mean “iphr”?"),
    "concern that nothing else answers": (
        "LG204",
        LETTER,
        'answers = ["impunity-2022"]',
        'answers = [¶"impunity-2020"]',
        "Did you mean “impunity-2022”?",
    ),
    "source that nothing else calls": ("LG205", LETTER, "[^teu-21]", "[^¶teu-12]", "Did you mean “teu-21”?"),
    "source, behind other letters": (
        "LG205",
        LETTER,
        LEAD,
        'demands_lead = "Ўзбекистон 🇺🇿 “so”:[^¶tue-21]"',
        "Did you mean “teu-21”?",
    ),
    "source, behind escapes": (
        "LG205",
        LETTER,
        LEAD,
        'demands_lead = "\\u00fc\\U0001F1FA \\"so\\":[^¶tue-21]"',
        "Did you mean “teu-21”?",
    ),
    "addressee": (
        "LG206",
        LETTER,
        'to = ["european-commission-president"]',
        'to = [¶"european-comission-president"]',
        "Did you mean “european-commission-president”?",
    ),
    "addressee with an office that none of the recipients holds": (
        "LG206",
        LETTER,
        'to = ["european-commission-president"]',
        'to = [¶"high-representative"]',
        None,
    ),
    "logo": (
        "LG207",
        HEAD,
        COLOUR,
        'logo = ¶"logo.svg"',
        "Put the file into iphr/, or take the key out.",
    ),
    "logo elsewhere": ("LG207", HEAD, COLOUR, 'logo = ¶"../../../recipients.toml"', "Copy the file into it."),
    "logo that is no picture": ("LG207", HEAD, COLOUR, 'logo = ¶"letterhead.toml"', "Use SVG, PNG or JPEG."),
    "logo with a name too long for a file": ("LG207", HEAD, COLOUR, f'logo = ¶"{"x" * 300}.svg"', None),
    "country of the summit": ("LG209", LETTER, 'country = "UZ"', 'country = ¶"XX"', "Look it up in ISO 3166."),
    "country of an address": (
        "LG209",
        RECIPIENTS,
        'country = "BE"\nlanguages = ["en"]\n# In',
        'country = ¶"XX"\nlanguages = ["en"]\n# In',
        None,
    ),
    "country of a concern": ("LG209", LETTER, '["KZ", "UZ-QR", "TJ-GB"]', '["KZ", ¶"XX-QR", "TJ-GB"]', None),
    "country of a letterhead": ("LG209", HEAD, 'country = "BE"', 'country = ¶"XX"', None),
}
