"""Files that read well, and a letter that would not hold: its dates, demands and sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks.planted.places import MEDIA, PERIOD, TEU
from workspace.sample import LETTER, RECIPIENTS

if TYPE_CHECKING:
    from checks.planted.places import Mistake

NEW_CONCERN = """[[concern]]
id = ¶"new"
title = "New."
countries = ["KZ"]
themes = ["assembly"]
text = "New."
"""

SUBSTANCE: dict[str, Mistake] = {
    "a demand that answers nothing": (
        "LG301",
        LETTER,
        'answers = ["lost-support"]',
        "answers = ¶[]",
        'Name the concerns that it would meet: answers = ["…"].',
    ),
    "a concern that no demand answers": (
        "LG302",
        LETTER,
        f"[[concern]]\n{MEDIA}",
        f"{NEW_CONCERN}\n[[concern]]\n{MEDIA}",
        "Add its id to the answers of a demand, or take the concern out.",
    ),
    "a recipient no longer in office": (
        "LG304",
        RECIPIENTS,
        PERIOD,
        "term = { start = 2024-12-01, end = ¶2025-03-31 }",
        "Correct the term, the letter’s date, or the recipient.",
    ),
    "a recipient not yet in office": ("LG304", RECIPIENTS, PERIOD, "term = { start = ¶2025-04-02 }", None),
    "a source published after the letter's date": (
        "LG305",
        LETTER,
        "date = 2025-03-28",
        "date = ¶2025-04-02",
        "A letter cannot rest on what was not yet known.",
    ),
    "a source published in a later month": ("LG305", LETTER, "date = 2025-03-28", 'date = ¶"2025-05"', None),
    "a source published in a later year": ("LG305", LETTER, "date = 2025-03-28", "date = ¶2026", None),
    "a source accessed after the letter's date": (
        "LG306",
        LETTER,
        "date = 2025-03-28",
        "accessed = ¶2025-04-02",
        "Correct one of the dates, or leave “accessed” out.",
    ),
    "an unused source": (
        "LG307",
        LETTER,
        TEU,
        '[[source]]\nid = ¶"new"\npublisher = "P"\ntitle = "T"\nurl = "https://example.org"\n\n' + TEU,
        "Write [^new] behind the claim that it carries, or take it out.",
    ),
    "a source whose only call is behind a backslash": ("LG307", LETTER, TEU, TEU.replace('"t', '¶"t'), None),
    "a recipient twice": ("LG309", LETTER, '"von-der-leyen"]', '"von-der-leyen", ¶"costa"]', "Keep one of them."),
    "a term that ends before it begins": (
        "LG310",
        RECIPIENTS,
        PERIOD,
        "term = { start = 2024-12-01, end = ¶2024-11-30 }",
        "Correct one of the dates.",
    ),
    "a source accessed before it was published": (
        "LG311",
        LETTER,
        "date = 2025-03-28",
        "date = 2025-03-28\naccessed = ¶2025-03-27",
        "Correct one of the dates.",
    ),
}
