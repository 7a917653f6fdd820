"""Mistakes in how a file is written, so that it cannot be read whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks.planted.places import COUNCIL, MEDIA, TEU
from workspace.sample import LETTER, RECIPIENTS, TEMPLATE

if TYPE_CHECKING:
    from checks.planted.places import Mistake

STYLE = "letters/letterhead/iphr/letterhead.css"
REAFFIRM = '[[demand]]\nid = "reaffirm"'

SYNTAX: dict[str, Mistake] = {
    "no quotation marks": (
        "LG101",
        RECIPIENTS,
        'given_name = "António"',
        "given_name = ¶António",
        'Put the text in quotation marks: "António".',
    ),
    "a header that is not closed": ("LG101", RECIPIENTS, "[costa]", "[costa¶", None),
    "a key with a space": ("LG101", RECIPIENTS, 'given_name = "António"', 'given ¶name = "António"', None),
    "a date that no calendar has": (
        "LG101",
        RECIPIENTS,
        "end = 2027-05-31",
        "end = ¶2027-02-30",
        "Write year-month-day, like 2025-04-01.",
    ),
    "a lost concern, which demands answer and which calls sources": (
        "LG101",
        LETTER,
        f"[[concern]]\n{MEDIA}",
        f"[[concern¶]\n{MEDIA}",
        None,
    ),
    "a lost source, which a text calls": ("LG101", LETTER, TEU, TEU.replace("]]", "¶"), None),
    "a lost demand": ("LG101", LETTER, REAFFIRM, REAFFIRM.replace("]]", "¶"), None),
    "the letter's own table is lost": ("LG101", LETTER, "\n[letter]\n", "\n[letter¶\n", None),
    "a recipient's header in other letters": (
        "LG101",
        RECIPIENTS,
        "[von-der-leyen]",
        "[von ¶der leyen]",
        None,
    ),
    "a key twice": ("LG102", RECIPIENTS, COUNCIL, f"{COUNCIL}\n¶{COUNCIL}", "Keep one of them."),
    "a table twice": ("LG102", RECIPIENTS, "[von-der-leyen]", "[¶costa]", None),
    "not UTF-8": ("LG101", TEMPLATE, "", "caf¶\udce9", "Save the file with the encoding UTF-8."),
    "a style sheet that is not UTF-8": ("LG101", STYLE, "", "/*\n ü ¶\udce9 */", None),
}
