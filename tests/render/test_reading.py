"""Letter → blocks → plain text: everything that the page prints, in its order, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from lettergen.model import Letter, Letterhead
from lettergen.render.reading import Block, reading, to_text

if TYPE_CHECKING:
    from collections.abc import Iterator


LETTER: dict[str, Any] = {
    "summit": "summit",
    "mode": "individual",
    "recipient": "costa",
    "recipient_name": "António Costa",
    "language": "en",
    "layout": "din5008-b",
    "specimen": True,
    "sender": "Watchers",
    "letterhead": "watchers",
    "return_line": "W · Brussels",
    "address": ["Mr António Costa", "1048 Brussels"],
    "addressees": [],
    "date": "2025-04-01",
    "date_in_words": "1 April 2025",
    "place_and_date": "Brussels, 1\u00a0April 2025",
    "our_reference": "W-7",
    "subject": 'The "right" to speak',
    "salutation": "Dear President Costa,",
    "opening": "We write.[^a]\n\nTwice.",
    "concerns_heading": "Concerns",
    "concerns": [
        {"id": "one", "title": "One 'thing'.", "text": "It is *wrong*.[^b] [^a]\n\n- here\n- there, as all know"},
        {"id": "two", "title": "Two.", "text": "- a list"},
    ],
    "demands_heading": "Demands",
    "demands_lead": "We ask:",
    "demands": [
        {"id": f"d{number}", "number": number, "text": f"Mend [this](https://example.org/{number}), please."}
        for number in range(1, 11)
    ],
    "conclusion": r"We wait, \[^a] and wait.",
    "closing": "Yours sincerely,",
    "signatories": [
        {"id": "us", "name": "Jo Doe", "function": "Director", "organisation": "Watchers"},
        {"id": "they", "organisation": "Others"},
    ],
    "co_signatories": {
        "named": [
            {"id": "agora", "name": "Agora of all who watch together", "acronym": "A", "country": "Poland",
             "note": "in exile", "person": "Ann Doe", "function": "Chair"},
            {"id": "bridge", "name": "Bridge", "acronym": "B", "country": None, "note": "founded in 2008",
             "person": None, "function": None},
        ],
        "withheld": 1,
        "count": 3,
    },
    "enclosures": ["A 'report'"],
    "cc": ["Somebody"],
    "notes": [
        {"number": 1, "source": "a", "title": "T", "publisher": "P", "url": "https://www.example.org/a?b=1&c",
         "date": "2024", "accessed": "1 March 2025", "repeats": None},
        {"number": 2, "source": "b", "title": "U", "publisher": "Q", "url": "https://example.org/",
         "date": None, "accessed": None, "repeats": None},
        {"number": 3, "source": "a", "title": "T", "publisher": "P", "url": "https://www.example.org/a?b=1&c",
         "date": "2024", "accessed": "1 March 2025", "repeats": 1},
    ],
}  # fmt: skip
LETTERHEAD = {
    "name": "Watchers & Co",
    "acronym": "W",
    "address": ["Street", "Brussels"],
    "country": "BE",
    "contact": ["w.org"],
    "logo": "logo.svg",
    "logo_description": "An eye",
}
TEXT = """\
Watchers & Co
Street
Brussels
w.org

W · Brussels

Mr António Costa
1048 Brussels

Brussels, 1 April 2025

Our reference: W-7

Specimen composed with lettergen
from a public statement. It was not
sent, and it is not the
organisation’s letter.

The “right” to speak

Dear President Costa,

We write.[1]

Twice.

Concerns

One ‘thing’. It is *wrong*.[2][3]

• here
• there, as all know

Two.
• a list

Demands

We ask:

 1. Mend this
    <https://example.org/1>, please.

 2. Mend this
    <https://example.org/2>, please.
"""
END = """\
10. Mend this
    <https://example.org/10>,
    please.

We wait, \\[^a] and wait.

Yours sincerely,

Jo Doe
Director
Watchers

Others

Co-signatories

• Agora of all who watch together
  (A), Poland (in exile)
  Ann Doe, Chair
• Bridge (B; founded in 2008)

and 1 organisation whose name is
withheld for its safety

Enclosures:
A ‘report’

Copy to:
Somebody

────────────────────
[1] P, *T*, 2024,
    <https://www.example.org/a?b=1&c>
    (read on 1 March 2025).
[2] Q, *U*, <https://example.org/>.
[3] P, *T*, see note 1.
"""
# Not part of what is read: ids, what only the running heads and the file's data say, and what a note leaves out.
NOT_READ = {
    "summit", "recipient", "recipient_name", "sender", "letterhead", "date", "date_in_words",
    "notes/source", "acronym", "country", "logo", "logo_description",
}  # fmt: skip


def letter(**changed: Any) -> Letter:
    """Return a letter that has everything a letter can have."""
    return Letter.model_validate(LETTER | changed)


def blocks(**changed: Any) -> dict[tuple[str, str], Block]:
    """Return the reading of that letter by kind and id."""
    return {(b.kind, b.id): b for b in reading(letter(**changed), Letterhead.model_validate(LETTERHEAD))}


def test_text() -> None:
    """Everything of a letter as plain text: apart, hanging, numbered, with a rule before the notes."""
    text = to_text(reading(letter(), Letterhead.model_validate(LETTERHEAD)), 36)
    assert text.startswith(TEXT)
    assert text.endswith(END)


def test_blocks_are_named() -> None:
    """Kind and id name a block; further paragraphs of a text count on, and calls keep the ids of their sources."""
    found = reading(letter(), Letterhead.model_validate(LETTERHEAD))
    assert len({(b.kind, b.id) for b in found}) == len(found)
    named = blocks()
    assert named["opening", ""] == Block("opening", "", "", "We write.[^a]")
    assert named["opening", "2"] == Block("opening", "2", "", "Twice.")
    assert named["concern", "one"] == Block("concern", "one", "One ‘thing’.", "It is *wrong*.[^b][^a]")
    assert named["concern", "one/2"] == Block("concern", "one/2", "", "• here\n• there, as all know")
    assert named["demand", "d2"].label == "2."
    assert named["note", "3"] == Block("note", "3", "3", "P, *T*, see note 1.")
    assert named["letterhead", ""].text == "Watchers & Co\nStreet\nBrussels\nw.org"


def test_what_there_is_not_is_no_block() -> None:
    """Without reference, mark, co-signatories, enclosures and copies there is nothing where they stood."""
    less = blocks(our_reference=None, specimen=False, co_signatories=None, enclosures=[], cc=[])
    kinds = {kind for kind, _ in less}
    gone = {"reference", "mark", "co-signatory", "withheld", "enclosures", "copies"}
    assert {kind for kind, _ in blocks()} - kinds == gone
    assert ("heading", "co-signatories") not in less


@pytest.mark.parametrize("language", ["en", "fr", "de", "ru"])
def test_those_who_are_not_named(language: str) -> None:
    """They are counted in words: behind the list, or in its place; and not mentioned where there are none."""

    def said(named: int, withheld: int) -> list[str]:
        rows = LETTER["co_signatories"]["named"][:named]
        signers = {"named": rows, "withheld": withheld, "count": named + withheld}
        found = blocks(co_signatories=signers, language=language)
        return [block.text for (kind, _), block in found.items() if kind in {"co-signatory", "withheld"}][named:]

    assert said(1, 0) == []
    assert [said(1, count) for count in (1, 3, 5)] == [[f"{_AND[language]} {text}"] for text in _WITHHELD[language]]
    assert [said(0, count) for count in (1, 3, 5)] == [[text] for text in _WITHHELD[language]]


_AND = {"en": "and", "fr": "et", "de": "und", "ru": "и"}
_WITHHELD = {
    "en": [
        "1 organisation whose name is withheld for its safety",
        "3 organisations whose names are withheld for their safety",
        "5 organisations whose names are withheld for their safety",
    ],
    "fr": [
        "1 organisation dont le nom n’est pas divulgué pour sa sécurité",
        "3 organisations dont les noms ne sont pas divulgués pour leur sécurité",
        "5 organisations dont les noms ne sont pas divulgués pour leur sécurité",
    ],
    "de": [
        "1 Organisation, deren Name zu ihrem Schutz nicht genannt wird",
        "3 Organisationen, deren Namen zu ihrem Schutz nicht genannt werden",
        "5 Organisationen, deren Namen zu ihrem Schutz nicht genannt werden",
    ],
    "ru": [
        "1 организация, название которой не указано в целях её безопасности",
        "3 организации, названия которых не указаны в целях их безопасности",
        "5 организаций, названия которых не указаны в целях их безопасности",
    ],
}


def test_the_return_line_is_the_layout_s() -> None:
    """A layout without a return line prints none, and a letter to several people has no window to show it."""
    assert ("return-line", "") not in blocks(layout="us-no9")
    assert ("return-line", "") not in blocks(mode="joint", address=[], addressees=[["A"], ["B"]])


DATE_AND_ADDRESSES = {
    "din5008-b": ["date", "reference", "address", "address"],
    "nf-z11-001": ["address", "address", "date", "reference"],
}


@pytest.mark.parametrize("layout", DATE_AND_ADDRESSES)
def test_joint(layout: str) -> None:
    """A letter to several people has a block for each address, and the date where the page has it."""
    named = blocks(mode="joint", address=[], addressees=[["A", "a"], ["B"]], layout=layout)
    assert [kind for kind, _ in named if kind in {"date", "reference", "address"}] == DATE_AND_ADDRESSES[layout]
    assert (named["address", ""].text, named["address", "2"].text) == ("A\na", "B")


def _leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    match value:
        case dict():
            for key, inner in value.items():
                yield from _leaves(inner, (*path, key))
        case list():
            for index, inner in enumerate(value):
                yield from _leaves(inner, (*path, index))
        case str():
            yield path


def _changed(value: Any, path: tuple[Any, ...]) -> Any:
    if not path:
        return _CHOICES.get(value) or f"{value}x"
    if isinstance(value, dict):
        return value | {path[0]: _changed(value[path[0]], path[1:])}
    return [_changed(inner, path[1:]) if index == path[0] else inner for index, inner in enumerate(value)]


_CHOICES = {"individual": "joint", "en": "fr", "din5008-b": "us-no9", "2025-04-01": "2025-04-02"}


def _named(path: tuple[Any, ...]) -> str:
    return "/".join(part for part in path if isinstance(part, str))


@pytest.mark.parametrize("path", list(_leaves(LETTER)), ids=lambda path: "-".join(map(str, path)))
def test_a_change_of_the_letter_is_read(path: tuple[Any, ...]) -> None:
    """Each text of a letter that is printed changes the reading, and what is not printed does not."""
    before = reading(letter(), Letterhead.model_validate(LETTERHEAD))
    after = reading(Letter.model_validate(_changed(LETTER, path)), Letterhead.model_validate(LETTERHEAD))
    repeated = path[:2] == ("notes", 2) and path[2] in {"url", "date", "accessed"}
    assert (before == after) == (_named(path) in NOT_READ or repeated)


@pytest.mark.parametrize("path", list(_leaves(LETTERHEAD)), ids=lambda path: "-".join(map(str, path)))
def test_a_change_of_the_letterhead_is_read(path: tuple[Any, ...]) -> None:
    """Each line of the letterhead that is printed changes the reading."""
    changed = LETTERHEAD | {"country": "FR"} if path == ("country",) else _changed(LETTERHEAD, path)
    before = reading(letter(), Letterhead.model_validate(LETTERHEAD))
    after = reading(letter(), Letterhead.model_validate(changed))
    assert (before == after) == (_named(path) in NOT_READ)
