"""Holds what one letter to several people says: in the order of protocol, to all of them, with no street."""

from __future__ import annotations

import datetime as dt
from itertools import permutations
from typing import TYPE_CHECKING, Any

import pytest

import workspaces
from judges import poppler, verapdf
from lettergen.merge import merge, merge_joint
from lettergen.model import (
    Campaign,
    Concern,
    Demand,
    Language,
    Letterhead,
    LetterHeader,
    OwnOffice,
    Recipient,
    Signatory,
    Summit,
)
from lettergen.prepare import prepare, select
from lettergen.problems import UsageError
from workspace.sample import LETTER, RECIPIENTS, SUMMIT

if TYPE_CHECKING:
    from pathlib import Path

    from workspace.sample import Sample
    from workspaces import Workspace


def person(given_name: str, family_name: str, gender: str, office: str, russian: tuple[str, str, str]) -> Recipient:
    """Return somebody with a name in both scripts."""
    names = dict(zip(("given_name", "family_name", "address_name"), russian, strict=True))
    return Recipient.model_validate(
        {
            "given_name": given_name,
            "family_name": family_name,
            "grammatical_gender": gender,
            "office": office,
            "names": {"ru": names},
        }
    )


PEOPLE = {
    "metsola": person(
        "Roberta", "Metsola", "f", "european-parliament-president", ("Роберта", "Мецола", "Роберте Мецоле")
    ),
    "costa": person("António", "Costa", "m", "european-council-president", ("Антониу", "Кошта", "Антониу Коште")),
    "von-der-leyen": person(
        "Ursula",
        "von der Leyen",
        "f",
        "european-commission-president",
        ("Урсула", "фон дер Ляйен", "Урсуле фон дер Ляйен"),
    ),
    "kallas": person("Kaja", "Kallas", "f", "high-representative", ("Кая", "Каллас", "Кае Каллас")),
}
CLOSINGS = {
    "en": ("Yours sincerely,", "Yours faithfully,"),
    "fr": ("Nous vous prions d’agréer, {}, l’expression de notre haute considération.",) * 2,
    "de": ("Mit freundlichen Grüßen",) * 2,
    "ru": ("С уважением,",) * 2,
}
# The whole salutation of each group, and whether it is the general one.
SALUTATIONS: dict[tuple[Language, tuple[str, ...]], tuple[str, bool]] = {
    ("en", ("costa", "von-der-leyen")): ("Dear President Costa, dear President von der Leyen,", False),
    ("en", ("metsola", "costa", "von-der-leyen")): (
        "Dear President Metsola, dear President Costa, dear President von der Leyen,",
        False,
    ),
    ("en", tuple(PEOPLE)): ("Ladies and Gentlemen,", True),
    ("fr", ("costa", "von-der-leyen")): ("Monsieur le Président, Madame la Présidente,", False),
    ("fr", ("costa", "von-der-leyen", "kallas")): (
        "Monsieur le Président, Madame la Présidente, Madame la Haute Représentante,",
        False,
    ),
    ("fr", ("metsola", "von-der-leyen")): ("Mesdames, Messieurs,", True),  # twice “Madame la Présidente”
    ("fr", tuple(PEOPLE)): ("Mesdames, Messieurs,", True),
    ("de", ("costa", "von-der-leyen")): (
        "Sehr geehrter Herr Präsident, sehr geehrte Frau Präsidentin,",
        False,
    ),
    ("de", ("metsola", "von-der-leyen")): ("Sehr geehrte Damen und Herren,", True),
    ("de", tuple(PEOPLE)): ("Sehr geehrte Damen und Herren,", True),
    ("ru", ("costa", "von-der-leyen")): ("Уважаемый господин Председатель, уважаемая госпожа Председатель!", False),
    ("ru", ("metsola", "von-der-leyen")): ("Уважаемые дамы и господа!", True),
    ("ru", tuple(PEOPLE)): ("Уважаемые дамы и господа!", True),
}


def campaign(names: tuple[str, ...], language: Language = "en", **changes: Any) -> Campaign:
    """Return a small campaign with one letter to some of PEOPLE."""
    header = LetterHeader(
        date=dt.date(2031, 5, 2),
        place="Ghent",
        subject="S",
        letterhead="watchers",
        recipients=names,
        mode="joint",
        opening="{{ recipient.reference }} | {{ recipient.given_name }} | {{ recipient.family_name }}",
        concerns_heading="C",
        demands_heading="D",
        demands_lead="{{ recipient.office }}",
        conclusion="E",
    )
    parts: dict[str, Any] = {
        "summit_id": "almaty-2031",
        "language": language,
        "summit": Summit(name="N", place="Almaty", country="KZ", date=dt.date(2031, 5, 5), host="H"),
        "header": header,
        "letterhead": Letterhead(name="Watchers", address=("Lane 1", "Tashkent"), country="UZ"),
        "concerns": (Concern(id="one", title="One.", countries=("KZ",), themes=("assembly",), text="First."),),
        "demands": (
            Demand(id="all", text="For all.", answers=("one",)),
            Demand(id="council", text="For one.", answers=("one",), to=("european-council-president",)),
            Demand(id="kaja", text="For her.", answers=("one",), to=("kallas",)),
            Demand(id="mep", text="For Members.", answers=("one",), to=("member-of-the-european-parliament",)),
        ),
        "sources": (),
        "signatories": (Signatory(id="rw", organisation="Watchers"),),
        "recipients": {name: PEOPLE[name] for name in names},
        "own_forms": {},
    }
    return Campaign(**(parts | changes))


@pytest.mark.parametrize(("language", "names"), list(SALUTATIONS))
def test_the_salutation(language: Language, names: tuple[str, ...]) -> None:
    """Each is greeted while they are few and differ; otherwise all are together; the closing goes with that."""
    letter = merge_joint(campaign(names, language))
    salutation, general = SALUTATIONS[language, names]
    assert letter.salutation == salutation
    assert letter.closing == CLOSINGS[language][general].format(salutation[:-1])


@pytest.mark.parametrize("names", list(permutations(("metsola", "costa", "von-der-leyen"))))
def test_the_order_is_that_of_protocol(names: tuple[str, ...]) -> None:
    """Parliament, European Council, Commission, whatever the campaign's order; nobody's street is in it."""
    letter = merge_joint(campaign(names))
    assert letter.addressees == (
        ("Ms Roberta Metsola", "President of the European Parliament"),
        ("Mr António Costa", "President of the European Council"),
        ("Ms Ursula von der Leyen", "President of the European Commission"),
    )
    assert (letter.id, letter.mode, letter.address) == ("joint.en", "joint", ())
    assert letter.recipient_name == "Roberta Metsola, António Costa and Ursula von der Leyen"
    assert "Loi" not in letter.model_dump_json()


def test_equals_stay_in_the_campaigns_order() -> None:
    """Two of one office, and an office whose rank nobody knows, which goes last."""
    own = {"ombudsman": OwnOffice.model_validate({"f": {"source": "S", "verified": True}})}
    forms = {"address": ["Z"], "title": "T", "reference": "R", "salutation": "Dear Z", "closing": "Y,"}
    people = {
        "z": PEOPLE["kallas"].model_copy(update={"office": "ombudsman"}),
        "b": PEOPLE["costa"],
        "a": PEOPLE["costa"],
    }
    people["z"] = Recipient.model_validate(people["z"].model_dump() | {"forms": {"en": forms}})
    letter = merge_joint(
        campaign(("costa",), recipients=people, own_forms=own),
    )
    assert [lines[0] for lines in letter.addressees] == ["Mr António Costa", "Mr António Costa", "Z"]
    assert letter.salutation == "Ladies and Gentlemen,"


@pytest.mark.parametrize(
    ("language", "opening", "lead"),
    [
        (
            "en",
            "President Costa and President von der Leyen | António and Ursula | Costa and von der Leyen",
            "President of the European Council and President of the European Commission",
        ),
        (
            "fr",
            "le président Costa et la présidente von der Leyen | António et Ursula | Costa et von der Leyen",
            "président du Conseil européen et présidente de la Commission européenne",
        ),
        (
            "ru",
            "господин Кошта и госпожа фон дер Ляйен | Антониу и Урсула | Кошта и фон дер Ляйен",
            "Председатель Европейского совета и Председатель Европейской комиссии",
        ),
    ],
)
def test_texts_name_all_of_them(language: Language, opening: str, lead: str) -> None:
    """What a text calls the recipient is a list in words."""
    letter = merge_joint(campaign(("von-der-leyen", "costa"), language))
    assert letter.opening == opening
    assert letter.demands_lead == lead


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("costa", "kallas"), ["all", "council", "kaja"]),
        (("costa", "metsola"), ["all", "council"]),
        (("metsola", "von-der-leyen"), ["all"]),
    ],
)
def test_the_demands_are_those_of_any_of_them(names: tuple[str, ...], expected: list[str]) -> None:
    """Whoever is asked, by id or office, the letter asks it; numbered without gaps."""
    letter = merge_joint(campaign(names))
    assert [(ask.number, ask.id) for ask in letter.demands] == list(enumerate(expected, start=1))


def test_one_recipient_alone_is_greeted_as_in_a_letter_of_ones_own() -> None:
    """A joint campaign with one recipient has that person's salutation and closing."""
    made = campaign(("costa",))
    joint, own = merge_joint(made), merge(made, "costa")
    assert (joint.salutation, joint.closing) == (own.salutation, own.closing)


def test_a_salutation_of_ones_own_goes_on_among_others() -> None:
    """What a person is called on their own wish is what they are called beside others."""
    forms = {"en": {"salutation": "Dear Ursula"}}
    ursula = Recipient.model_validate(PEOPLE["von-der-leyen"].model_dump() | {"forms": forms})
    letter = merge_joint(campaign(("costa",), recipients={"costa": PEOPLE["costa"], "ursula": ursula}))
    assert letter.salutation == "Dear President Costa, Dear Ursula,"


def joint(root: Path) -> None:
    """Make the sample a letter to both."""
    letter = root / LETTER
    letter.write_text(letter.read_text("utf-8").replace("[letter]", '[letter]\nmode = "joint"'), "utf-8")


def test_checks_look_at_a_joint_letter_as_well(sample: Sample) -> None:
    """An expired term is an error at its place; whoever reads no English gets the letter all the same."""
    joint(sample.root)
    assert sample.findings() == []
    sample.plant(RECIPIENTS, 'languages = ["en"]\n# In', 'languages = ["pt"]\n# In')
    assert sample.findings() == []
    at = sample.plant(RECIPIENTS, "end = 2027-05-31", "end = ¶2025-03-31")
    (finding,) = sample.findings()
    assert (finding["code"], (finding["line"], finding["column"])) == ("LG304", at)


def test_nobody_warns_of_an_address_that_is_not_shown(sample: Sample, four_languages: Sample) -> None:
    """A joint letter shows no street, so it does not matter who compared it."""
    joint(four_languages.root)
    assert "LG605" not in {finding["code"] for finding in four_languages.findings()}
    assert "LG601" in {finding["code"] for finding in four_languages.findings()}
    joint(sample.root)
    (letter,) = prepare(sample.root, SUMMIT).letters
    assert letter.address == ()


def test_a_joint_letter_is_composed(tmp_path: Path) -> None:
    """One file, with both names over one subject on the first page, that is PDF/A-3a and PDF/UA-1."""
    workspace = workspaces.sample(tmp_path)
    joint(workspace.root)
    outcome = workspace.compose("--unsigned")
    assert outcome.status == 0, outcome.err
    assert [path.name for path in workspace.out.glob("*.pdf")] == ["joint.en.unsigned.pdf"]
    file = workspace.out / "joint.en.unsigned.pdf"
    (entry,) = workspace.manifest["files"]
    assert (entry["id"], entry["recipient"]) == ("joint.en", "joint")
    page = poppler.text(file, 1, 1)
    assert page.index("Mr António Costa") < page.index("Ms Ursula von der Leyen") < page.index("Civil society and")
    assert "Rue de la Loi" not in page
    assert {key: rules for key, rules in verapdf.verdicts([file]).items() if rules} == {}


def to_members(folder: Path, count: int) -> Workspace:
    """Return the sample as a letter to both presidents and some members of Parliament."""
    workspace = workspaces.sample(folder)
    joint(workspace.root)
    people = "".join(
        f'\n[m{n}]\ngiven_name = "Given{n}"\nfamily_name = "Family{n}"\ngrammatical_gender = "{"mf"[n % 2]}"\n'
        'office = "member-of-the-european-parliament"\n'
        for n in range(count)
    )
    recipients = workspace.root / RECIPIENTS
    recipients.write_text(recipients.read_text("utf-8") + people, "utf-8")
    names = ", ".join(f'"m{n}"' for n in range(count))
    workspace.edit(LETTER, '"von-der-leyen"]', f'"von-der-leyen", {names}]')
    return workspace


def test_a_list_of_many_runs_on(tmp_path: Path) -> None:
    """Of 27 people some stand on the second page; the date stays on the first, and heads name the sender."""
    workspace = to_members(tmp_path, 25)
    outcome = workspace.compose("--unsigned")
    assert outcome.status == 0, outcome.err
    file = workspace.out / "joint.en.unsigned.pdf"
    first, second = poppler.text(file, 1, 1), poppler.text(file, 2, 2)
    assert [first.count("Brussels, 1 April 2025"), second.count("Brussels, 1 April 2025")] == [1, 0]
    assert "Given24 Family24" in second
    head = [word.text for word in poppler.words_with_boxes(file) if word.page == 2 and word.top < 20]
    assert " ".join(head) == "International Partnership for Human Rights · 1 April 2025 Page 2 of 4"
    assert {key: rules for key, rules in verapdf.verdicts([file]).items() if rules} == {}


def test_one_of_those_who_get_one_letter_cannot_be_chosen(sample: Sample) -> None:
    """--to names somebody, and the letter is to all: a mistake of usage that says so."""
    joint(sample.root)
    letters = prepare(sample.root, SUMMIT)
    with pytest.raises(UsageError, match="one letter to all its recipients together"):
        select(letters, ["costa"])
    assert list(select(letters, ["joint"])) == list(select(letters, [])) == list(letters.letters)


@pytest.mark.parametrize("layout", ["din5008-b", "nf-z11-001", "us-no9"])
def test_a_long_list_moves_the_subject_down(tmp_path: Path, layout: str) -> None:
    """With twelve people: each stands on lines of their own, the subject below them, and no two words overlap."""
    workspace = to_members(tmp_path, 10)
    outcome = workspace.compose("--unsigned", "--layout", layout)
    assert outcome.status == 0, outcome.err
    words = [word for word in poppler.words_with_boxes(workspace.out / "joint.en.unsigned.pdf") if word.page == 1]
    tops = [next(word.top for word in words if word.text.startswith(f"Family{n}")) for n in range(10)]
    subject = next(word for word in words if word.text == "Civil")
    assert tops == sorted(set(tops))
    assert subject.top > tops[-1] + 8
    overlaps = [
        (one.text, other.text)
        for index, one in enumerate(words)
        for other in words[index + 1 :]
        if one.left < other.right - 0.1
        and other.left < one.right - 0.1
        and one.top < other.bottom - 1.2  # the boxes are as high as the font
        and other.top < one.bottom - 1.2
    ]
    assert overlaps == []
