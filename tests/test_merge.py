"""Holds who gets what: forms of address, demands, address, notes; and the sample's letters as a whole."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lettergen.addressees import addressee
from lettergen.merge import TextError, merge
from lettergen.model import (
    Campaign,
    Concern,
    Demand,
    FormOverrides,
    Letterhead,
    LetterHeader,
    Recipient,
    Signatory,
    Source,
    Summit,
)
from lettergen.names import TEXT_NAMES, text_values
from lettergen.prepare import prepare
from lettergen.unseen import DIRECTION_OVERRIDES
from lettergen.workspace.recipients import load_recipients
from workspace.sample import SUMMIT

if TYPE_CHECKING:
    from collections.abc import Callable

    from workspace.sample import Sample

COSTA = Recipient(
    given_name="António",
    family_name="Costa",
    grammatical_gender="m",
    office="european-council-president",
    address=("Rue de la Loi 175", "1048 Brussels"),
    country="BE",
)
KALLAS = Recipient(
    given_name="Kaja", family_name="Kallas", grammatical_gender="f", office="high-representative"
)  # the package knows the office's address
HOME = Letterhead(name="Rights Watchers", acronym="RW", address=("Lange Straat 1", "Ghent"), country="BE")
UNLIKE = "'<' not supported between instances of 'str' and 'int'"


def campaign(**changes: Any) -> Campaign:
    """Return a small campaign with some of its parts, or of the keys of [letter], changed."""
    header = LetterHeader(
        date=dt.date(2031, 5, 2),
        place="Ghent",
        subject="Prisoners in {{ summit.place }}",
        letterhead="watchers",
        recipients=("costa", "kallas"),
        opening="The summit opens on {{ summit.date }}.[^b]",
        concerns_heading="What concerns us",
        demands_heading="What we ask",
        demands_lead="{{ recipient.reference }}, we ask you:",
        conclusion="{{ sender.name }} will write again.[^a][^b]",
    )
    parts: dict[str, Any] = {
        "summit_id": "almaty-2031",
        "language": "en",
        "summit": Summit(
            name="second summit", place="Almaty", country="KZ", date=dt.date(2031, 5, 5), host="the President"
        ),
        "letterhead": HOME,
        "concerns": (
            Concern(id="one", title="One.", countries=("KZ",), themes=("assembly",), text="First.[^a]"),
            Concern(id="two", title="Two.", countries=("UZ",), themes=("assembly",), text="Second.[^c][^b]"),
        ),
        "demands": (
            Demand(id="all", text="For all.", answers=("one",)),
            Demand(id="council", text="For the Council.[^c]", answers=("one",), to=("european-council-president",)),
            Demand(id="kaja", text="For her.", answers=("two",), to=("kallas",)),
            Demand(id="both", text="For both.", answers=("two",), to=("costa", "high-representative")),
        ),
        "sources": tuple(
            Source(id=name, title=f"Title {name}", publisher="P", url=f"https://example.org/{name}")
            for name in "abc"
        ),
        "signatories": (Signatory(id="rw", organisation="Rights Watchers"),),
        "recipients": {"costa": COSTA, "kallas": KALLAS},
        "own_forms": {},
    }
    own = {key: changes.pop(key) for key in list(changes) if key in parts}
    return Campaign(**(parts | own), header=header.model_copy(update=changes))


@pytest.mark.parametrize(
    ("recipient", "expected"),
    [("costa", ["all", "council", "both"]), ("kallas", ["all", "kaja", "both"])],
)
def test_each_gets_the_demands_that_are_meant_for_them(recipient: str, expected: list[str]) -> None:
    """A demand goes to everybody, to a recipient by id, or to an office; the numbers have no gaps."""
    letter = merge(campaign(), recipient)
    assert [(ask.number, ask.id) for ask in letter.demands] == list(enumerate(expected, start=1))


def test_notes_are_numbered_as_one_reads() -> None:
    """From the opening to the conclusion; a source that is called again refers to its first note."""
    notes = merge(campaign(), "costa").notes
    assert [(note.number, note.source, note.repeats) for note in notes] == [
        (1, "b", None),
        (2, "a", None),
        (3, "c", None),
        (4, "b", 1),
        (5, "c", 3),
        (6, "a", 2),
        (7, "b", 1),
    ]


def test_notes_of_demands_that_others_get_are_left_out() -> None:
    """A letter has the notes of its own texts only."""
    assert [note.source for note in merge(campaign(), "kallas").notes] == ["b", "a", "c", "b", "a", "b"]


def test_the_dates_of_a_note_are_written_out() -> None:
    """Day, month or year of publication, and the day on which it was read."""
    sources = (
        Source(id="a", title="T", publisher="P", url="https://a.eu", date="2031-05", accessed=dt.date(2031, 5, 1)),
        Source(id="b", title="T", publisher="P", url="https://b.eu", date=dt.date(2031, 4, 30)),
        Source(id="c", title="T", publisher="P", url="https://c.eu", date="2030"),
    )
    notes = {n.source: (n.date, n.accessed) for n in merge(campaign(sources=sources), "costa").notes}
    assert notes == {
        "a": ("May\u00a02031", "1\u00a0May\u00a02031"),
        "b": ("30\u00a0April\u00a02031", None),
        "c": ("2030", None),
    }


@pytest.mark.parametrize(
    ("own", "home", "expected"),
    [
        ({}, "BE", ("Rue de la Loi 175", "1048 Brussels")),
        ({}, "NL", ("Rue de la Loi 175", "1048 Brussels", "BELGIUM")),
        ({"address": ("C/ Lagasca 1", "Madrid"), "country": "ES"}, "BE", ("C/ Lagasca 1", "Madrid", "SPAIN")),
        ({"address": ("C/ Lagasca 1", "Madrid"), "country": "ES"}, "ES", ("C/ Lagasca 1", "Madrid")),
        ({"address": ("C/ Lagasca 1", "Madrid"), "country": None}, "UZ", ("C/ Lagasca 1", "Madrid")),
        ({"address": (), "country": None}, "BE", ("Rue de la Loi 175", "1048 Brussels")),
        ({"address": (), "country": None}, "UZ", ("Rue de la Loi 175", "1048 Brussels", "BELGIUM")),
    ],
)
def test_the_country_stands_only_on_letters_from_abroad(
    own: dict[str, Any], home: str, expected: tuple[str, ...]
) -> None:
    """The address is the person's own or else the office's; a country comes last, in capitals, from abroad."""
    costa = COSTA.model_copy(update=own)
    letterhead = HOME.model_copy(update={"country": home})
    letter = merge(campaign(recipients={"costa": costa}, letterhead=letterhead), "costa")
    assert letter.address == ("Mr António Costa", "President of the European Council", *expected)


def test_own_forms_win() -> None:
    """What a recipient's own record says replaces the office's form; the others stay, and names are filled in."""
    forms = FormOverrides(address=("Dr {given_name} {family_name}", "The President"), closing="Respectfully,")
    letter = merge(campaign(recipients={"costa": COSTA.model_copy(update={"forms": {"en": forms}})}), "costa")
    assert (letter.address, letter.salutation, letter.closing) == (
        ("Dr António Costa", "The President", "Rue de la Loi 175", "1048 Brussels"),
        "Dear President Costa,",
        "Respectfully,",
    )


def test_a_letterhead_without_acronym_writes_its_name() -> None:
    """In the return line, and where a text names the sender's acronym."""
    letterhead = HOME.model_copy(update={"acronym": None})
    letter = merge(campaign(letterhead=letterhead, conclusion="{{ sender.acronym }}"), "costa")
    assert (letter.return_line, letter.conclusion) == (
        "Rights Watchers · Lange Straat 1 · Ghent",
        "Rights Watchers",
    )


def test_texts_are_filled_in() -> None:
    """With the words of the language; into Markdown as plain words, into the subject as they are."""
    summit = Summit(name="*s*", place="A_b_c", country="KZ", date=dt.date(2031, 5, 5), host="the President")
    letter = merge(campaign(summit=summit), "costa")
    assert (letter.subject, letter.opening, letter.demands_lead, letter.conclusion) == (
        "Prisoners in A_b_c",
        "The summit opens on 5\u00a0May\u00a02031.[^b]",
        "President Costa, we ask you:",
        "Rights Watchers will write again.[^a][^b]",
    )
    assert merge(campaign(summit=summit, opening="{{ summit.name }}"), "costa").opening == r"\*s\*"


def test_the_names_of_texts_are_what_checks_know() -> None:
    """Whatever a check lets pass has a value, and every value may be named."""
    values = text_values([addressee(campaign(), "costa")], campaign())
    assert {name: frozenset(parts) for name, parts in values.items()} == TEXT_NAMES
    assert values["summit"] == {
        "name": "second summit",
        "place": "Almaty",
        "country": "Kazakhstan",
        "date": "5\u00a0May\u00a02031",
        "host": "the President",
    }


@pytest.mark.parametrize(
    ("changes", "path", "message"),
    [
        (
            {"opening": "{{ summit.place + 1 }}"},
            ("letter", "opening"),
            'The text of opening cannot be filled in for “costa”: can only concatenate str (not "int") to str',
        ),
        (
            {"subject": "{% if recipient.family_name != 'Costa' %}To you{% endif %}"},
            ("letter", "subject"),
            "The text of subject is empty for “costa”.",
        ),
        (
            {"demands": (Demand(id="all", text="{{ 'a' < 1 }}", answers=("one",)),)},
            ("demand", "all", "text"),
            f"The text of the demand “all” cannot be filled in for “costa”: {UNLIKE}",
        ),
    ],
)
def test_what_fails_while_it_is_filled_in(changes: dict[str, Any], path: tuple[str, ...], message: str) -> None:
    """It is an error that says which text, for whom, and where that text stands among the words."""
    with pytest.raises(TextError) as caught:
        merge(campaign(**changes), "costa")
    assert (str(caught.value), caught.value.path) == (message, path)


_names = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters=DIRECTION_OVERRIDES), min_size=1
).filter(str.strip)


@given(given=_names, family=_names)
def test_any_name_comes_through_unchanged(
    tmp_path_factory: pytest.TempPathFactory, given: str, family: str
) -> None:
    """From recipients.toml to the letter, a name in any script stays as the person writes it."""
    root = tmp_path_factory.getbasetemp()
    escaped = [name.replace("\\", "\\\\").replace('"', '\\"') for name in (given, family)]
    (root / "recipients.toml").write_text(
        f'[costa]\ngiven_name = "{escaped[0]}"\nfamily_name = "{escaped[1]}"\n'
        'grammatical_gender = "unknown"\noffice = "high-representative"\n',
        "utf-8",
        newline="",
    )
    recipients = load_recipients(root)
    assert recipients.problems == ()
    letter = merge(campaign(recipients=recipients.by_id), "costa")
    assert letter.recipient_name == f"{given} {family}"
    assert letter.address[0] == f"{given} {family}"


def test_the_letters_of_the_sample(sample: Sample, golden: Callable[[str, str], None]) -> None:
    """Both letters, complete, as they are attached to their PDFs; rewrite them with --update-golden and look."""
    for letter in prepare(sample.root, SUMMIT).letters:
        golden(f"{SUMMIT}/{letter.id}.json", letter.model_dump_json(indent=1) + "\n")
