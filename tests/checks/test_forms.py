"""Holds what check says of forms of address: unverified, incomplete, without a name or title in the language."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import pytest

from lettergen.forms_of_address import data, office_address, office_ids
from lettergen.model import Gender, Language
from lettergen.prepare import prepare
from workspace.sample import LETTER, RECIPIENTS, SUMMIT

if TYPE_CHECKING:
    from workspace.sample import Sample

LANGUAGES = (Path(__file__).parents[2] / "docs" / "languages.md").read_text("utf-8")
ENGLISH = 'languages = ["en"]\n# In'  # Costa's languages
OFFICE = 'office = "european-council-president"'
ADDRESS = 'address = ["Street 1", "1000 Town"]'
OWN_FORMS = "forms_of_address/{}.toml"
RUSSIAN_NAME = '[costa.names.ru]\ngiven_name = "Антониу"\nfamily_name = "Кошта"\naddress_name = "Антониу Коште"\n'
MINISTER = {
    "en": '[costa.names.en]\ntitle = "Minister of Foreign Affairs of Ruritania"\n',
    "ru": 'title = "министр иностранных дел Руритании"\naddress_title = "Министру иностранных дел Руритании"\n',
}


def found(sample: Sample, *codes: str) -> list[tuple[Any, ...]]:
    """Return code, file, line and column of the findings of some codes."""
    return [(f["code"], f["file"], f["line"], f["column"]) for f in sample.findings() if f["code"] in codes]


def errors(sample: Sample) -> list[dict[str, Any]]:
    """Return the errors."""
    return [finding for finding in sample.findings() if finding["severity"] == "error"]


def write(sample: Sample, language: str, text: str) -> None:
    """Add to the workspace's own forms in a language."""
    path = sample.root / OWN_FORMS.format(language)
    path.parent.mkdir(exist_ok=True)
    path.write_text((path.read_text("utf-8") if path.exists() else "") + text, "utf-8")


def add(sample: Sample, text: str) -> None:
    """Add to recipients.toml."""
    path = sample.root / RECIPIENTS
    path.write_text(path.read_text("utf-8") + text, "utf-8")


def second_costa(sample: Sample, more: str = "") -> None:
    """Add somebody else with the same office and gender to the campaign."""
    add(sample, f'\n[costa-b]\ngiven_name = "A"\nfamily_name = "B"\ngrammatical_gender = "m"\n{OFFICE}\n{more}')
    sample.plant(LETTER, '"von-der-leyen"]', '"von-der-leyen", "costa-b"]')


def test_unverified_forms_are_told_once(four_languages: Sample) -> None:
    """Per office, gender and language, at the office of the first who has it, with the source and the way out."""
    second_costa(four_languages)
    text = (four_languages.root / RECIPIENTS).read_text("utf-8").splitlines()
    lines = [number for number, line in enumerate(text, start=1) if line.startswith("office = ")]
    assert found(four_languages, "LG601", "LG605") == [
        (code, RECIPIENTS, line, 10) for line in lines[:2] for code in ("LG601", "LG605")
    ]
    finding = next(f for f in four_languages.findings() if f["code"] == "LG601")
    assert finding["severity"] == "warning"
    assert finding["message"].startswith("Nobody has verified the English forms of address for “costa”. Source: ")
    assert 'under [office.european-council-president.m], source = "…" and verified = true' in finding["help"]


def test_each_language_and_gender_is_told_of_its_own(four_languages: Sample) -> None:
    """The same office in French, or held by a woman, is another cell."""
    second_costa(four_languages, 'languages = ["fr"]\n')
    messages = [f["message"] for f in four_languages.findings() if f["code"] == "LG601"]
    assert [message.partition(". Source")[0].partition("verified the ")[2] for message in messages] == [
        "English forms of address for “costa”",
        "English forms of address for “von-der-leyen”",
        "French forms of address for “costa-b”",
    ]


def test_ones_own_forms_need_no_verification(four_languages: Sample) -> None:
    """Who has all forms that a letter prints is nobody's cell; with one missing, the office's is used and told."""
    whole = '[costa.forms.en]\naddress = ["A. Costa"]\nsalutation = "Dear António"\nclosing = "Yours,"\n'
    four_languages.plant(RECIPIENTS, RUSSIAN_NAME, f"{RUSSIAN_NAME}\n{whole}")
    assert len(found(four_languages, "LG601")) == 1
    four_languages.plant(RECIPIENTS, 'closing = "Yours,"\n', "")
    assert len(found(four_languages, "LG601")) == 2


@pytest.mark.parametrize("verified", [True, False])
def test_the_workspace_signs_off(four_languages: Sample, verified: bool) -> None:  # noqa: FBT001 - both are tested
    """Its own forms count as it says itself, with its own source."""
    word = str(verified).lower()
    write(four_languages, "en", f'[office.european-council-president.m]\nsource = "Our diary"\nverified = {word}\n')
    told = [f["message"] for f in four_languages.findings() if f["code"] == "LG601" and "costa" in f["message"]]
    expected = "Nobody has verified the English forms of address for “costa”. Source: Our diary."
    assert told == ([] if verified else [expected])


def test_an_address_of_ones_own_needs_no_verification(four_languages: Sample) -> None:
    """LG605 is about the office's address: gone with the person's own."""
    assert len(found(four_languages, "LG605")) == 2
    four_languages.plant(RECIPIENTS, OFFICE, f'{OFFICE}\naddress = ["Rue de la Loi 175", "1048 Brussels"]')
    assert len(found(four_languages, "LG605")) == 1


@pytest.mark.parametrize(
    "address", ['address = ¶"Rue de la Loi 175"', 'address ¶["Rue de la Loi 175"]', "address = [¶5]"]
)
def test_an_address_that_cannot_be_read_is_not_missed(sample: Sample, address: str) -> None:
    """Its mistake is told, and nothing of the office's address that would stand in its place."""
    sample.plant(RECIPIENTS, 'address = ["Rue de la Loi 175", "1048 Brussels"]', address)
    assert [finding["severity"] for finding in sample.findings()] == ["error"]


def test_a_russian_letter_needs_a_russian_name(four_languages: Sample) -> None:
    """Without one it is an error at the name; without the dative alone, that is what is asked for."""
    four_languages.plant(RECIPIENTS, ENGLISH, ENGLISH.replace("en", "ru"))
    assert errors(four_languages) == []
    four_languages.plant(RECIPIENTS, 'address_name = "Антониу Коште"\n', "")
    at = four_languages.plant(RECIPIENTS, 'family_name = "Costa"', 'family_name = ¶"Costa"')
    (finding,) = errors(four_languages)
    assert (finding["code"], (finding["line"], finding["column"])) == ("LG602", at)
    assert finding["message"] == "The Russian letter to “costa” needs the name in the dative."
    assert finding["help"] == "Add [costa.names.ru] with address_name."
    four_languages.plant(RECIPIENTS, '[costa.names.ru]\ngiven_name = "Антониу"\nfamily_name = "Кошта"\n', "")
    (finding,) = errors(four_languages)
    assert finding["message"] == "The Russian letter to “costa” needs the name in Cyrillic script."
    assert finding["help"] == "Add [costa.names.ru] with given_name, family_name, address_name."


def test_a_form_without_the_dative_needs_none(four_languages: Sample) -> None:
    """Whose own address lines are written out has no need of an address_name."""
    four_languages.plant(RECIPIENTS, ENGLISH, ENGLISH.replace("en", "ru"))
    own = '\n[costa.forms.ru]\naddress = ["Антониу Коште"]\n'
    four_languages.plant(RECIPIENTS, 'address_name = "Антониу Коште"\n', own)
    assert errors(four_languages) == []


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Мирзиёев", "family_name"),
        ("Kost\u0430", "family_name"),  # with one Cyrillic letter that looks like a Latin one
        ("O\u02bbzbek", None),
        ("d\u2019Hondt-Łęcki", None),
        ("Nguyễn", None),
        ("Ó Briain", None),
    ],
)
def test_a_latin_letter_needs_a_latin_name(sample: Sample, name: str, wanted: str | None) -> None:
    """Also where one letter alone is of another script; signs and marks of Latin spellings pass."""
    sample.plant(RECIPIENTS, 'family_name = "Costa"', f'family_name = "{name}"')
    assert [f["help"] for f in errors(sample)] == ([f"Add [costa.names.en] with {wanted}."] if wanted else [])
    assert {f["code"] for f in errors(sample)} == ({"LG602"} if wanted else set())


def test_a_title_is_needed_in_english(sample: Sample) -> None:
    """A minister is minister of something: an error at the office, gone with the title."""
    at = sample.plant(RECIPIENTS, OFFICE, 'office = ¶"minister"')
    (finding,) = errors(sample)
    assert (finding["code"], (finding["line"], finding["column"])) == ("LG603", at)
    assert finding["help"] == "Add title under [costa.names.en]: “Minister of … of …”."
    sample.plant(RECIPIENTS, RUSSIAN_NAME, RUSSIAN_NAME + MINISTER["en"])
    assert errors(sample) == []
    letter = prepare(sample.root, SUMMIT).letters[0]
    assert "Minister of Foreign Affairs of Ruritania" in letter.address


def test_a_title_is_needed_in_russian_twice(four_languages: Sample) -> None:
    """In the nominative and in the dative; both are named, or the one that is missing."""
    four_languages.plant(RECIPIENTS, OFFICE, f'office = "minister"\n{ADDRESS}')
    four_languages.plant(RECIPIENTS, ENGLISH, ENGLISH.replace("en", "ru"))
    (finding,) = errors(four_languages)
    assert finding["code"] == "LG603"
    assert finding["help"] == (
        "Add title and address_title under [costa.names.ru]: Russian for “Minister of … of …”."
    )
    titles = MINISTER["ru"].splitlines(keepends=True)
    four_languages.plant(RECIPIENTS, RUSSIAN_NAME, RUSSIAN_NAME + titles[0])
    (finding,) = errors(four_languages)
    assert finding["help"].startswith("Add address_title under [costa.names.ru]")
    four_languages.plant(RECIPIENTS, RUSSIAN_NAME, RUSSIAN_NAME + titles[1])
    assert errors(four_languages) == []
    letter = prepare(four_languages.root, SUMMIT).letters[0]
    assert "Министру иностранных дел Руритании" in "\n".join(letter.address)


def test_a_russian_letter_says_everything_in_russian(four_languages: Sample) -> None:
    """Texts, running head and address have the name that the language writes."""
    four_languages.plant(RECIPIENTS, ENGLISH, ENGLISH.replace("en", "ru"))
    path = f"letters/{SUMMIT}/letter.ru.toml"
    text = (four_languages.root / path).read_text("utf-8")
    heading = next(line for line in text.splitlines() if line.startswith("subject = "))
    four_languages.plant(path, heading, f'{heading[:-1]} {{{{ recipient.family_name }}}}"')
    letter = prepare(four_languages.root, SUMMIT).letters[0]
    assert letter.subject.endswith(" Кошта")
    assert letter.recipient_name == "Антониу Кошта"
    assert "Антониу Коште" in "\n".join(letter.address)
    assert not {"Costa", "António"} & set("\n".join((*letter.address, letter.salutation, letter.subject)).split())


WHOLE = """
[office.ombudsman.m]
address = ["{address_name}", "Ombudsman"]
title = "Ombudsman"
reference = "Mr {family_name}"
source = "S"
verified = true
standard = { salutation = "Dear Mr {family_name}", closing = "Yours sincerely," }
"""


def test_an_office_of_the_workspaces_own(sample: Sample) -> None:
    """Complete, its letters are written; what a letter lacks is an error at the recipient’s office."""
    address = 'address = ["Rue de la Loi 175", "1048 Brussels"]'
    sample.plant(RECIPIENTS, OFFICE, 'office = "ombudsman"')
    assert [f["code"] for f in errors(sample)] == ["LG202"]
    write(sample, "en", WHOLE)
    assert sample.findings() == []
    letter = prepare(sample.root, SUMMIT).letters[0]
    assert letter.address == ("Mr António Costa".removeprefix("Mr "), "Ombudsman", *address.split('"')[1::2])
    assert (letter.salutation, letter.closing) == ("Dear Mr Costa,", "Yours sincerely,")
    sample.plant(LETTER, "[letter]", '[letter]\nformality = "formal"')
    at = sample.plant(RECIPIENTS, 'office = "ombudsman"', 'office = ¶"ombudsman"')
    (finding,) = errors(sample)
    assert (finding["code"], (finding["line"], finding["column"])) == ("LG604", at)
    assert finding["message"] == "The English letter to “costa” has no salutation, no closing, no next."
    assert finding["help"] == "Complete [office.ombudsman.m] in forms_of_address/en.toml."
    sample.plant(RECIPIENTS, 'office = "ombudsman"', 'office = "ombudsman"\nformality = "standard"')
    assert sample.findings() == []


@pytest.mark.parametrize("text", ["{name}", "{Family_name}", "{family_name", "{salutation}"])
def test_what_nothing_fills_in(sample: Sample, text: str) -> None:
    """A brace that would be printed is an error, whoever wrote it."""
    sample.plant(RECIPIENTS, RUSSIAN_NAME, f'{RUSSIAN_NAME}\n[costa.forms.en]\nsalutation = "Dear {text} X"\n')
    (finding,) = errors(sample)
    assert finding["code"] == "LG606"
    assert "{address_name}, {address_title}, {family_name}" in finding["help"]
    sample.plant(RECIPIENTS, f"Dear {text} X", "Dear X")
    write(sample, "en", f'standard = {{ salutation = "Dear {text}" }}\n')  # the file's last table: von der Leyen's
    assert [f["code"] for f in errors(sample)] == ["LG606"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('family_name = "Кошта"', '¶famly_name = "Кошта"', "LG104"),
        ("[costa.names.ru]", "[costa.names.¶uz]", "LG111"),
        ('family_name = "Кошта"', "family_name = ¶5", "LG105"),
        ("[costa.names.ru]", '[costa.forms.en]\nsalutation = ¶"Dear X,"\n[costa.names.ru]', "LG111"),
    ],
)
def test_a_mistake_in_names_or_forms_has_no_echo(four_languages: Sample, old: str, new: str, code: str) -> None:
    """What a person is called and cannot be read is one finding, and nobody misses the name besides."""
    four_languages.plant(RECIPIENTS, 'languages = ["en"]\n# In', 'languages = ["ru"]\n# In')
    at = four_languages.plant(RECIPIENTS, old, new)
    errors = [f for f in four_languages.findings() if f["severity"] == "error"]
    assert [(f["code"], (f["line"], f["column"])) for f in errors] == [(code, at)]


def test_a_mistake_in_forms_of_ones_own_has_no_echo(sample: Sample) -> None:
    """A salutation with its end mark is one finding; nobody says that the office has no forms besides."""
    sample.plant(RECIPIENTS, 'office = "european-council-president"', 'office = "mayor-of-ghent"')
    cell = (
        '[office.mayor-of-ghent.m]\naddress = ["Mr {address_name}"]\ntitle = "Mayor"\nreference = "Mayor"\n'
        'source = "X"\nverified = true\n[office.mayor-of-ghent.m.standard]\n'
        'salutation = "Dear Mayor,"\nclosing = "Yours,"\n'
    )
    file = sample.root / "forms_of_address" / "en.toml"
    file.write_text(file.read_text("utf-8") + cell, "utf-8")
    assert [finding["code"] for finding in sample.findings()] == ["LG111"]
    file.write_text(file.read_text("utf-8").replace("Dear Mayor,", "Dear Mayor"), "utf-8")
    assert "LG604" not in {finding["code"] for finding in sample.findings()}


@pytest.mark.parametrize("office", sorted(office_ids()))
def test_a_title_is_asked_for_as_the_office_has_it(sample: Sample, office: str) -> None:
    """Each office whose forms need a title shows one of its own kind."""
    sample.plant(RECIPIENTS, OFFICE, f'office = "{office}"')
    asked = [f["help"] for f in errors(sample) if f["code"] == "LG603"]
    forms = data.cell("en", office, "m")
    assert len(asked) == ("{title}" in str(forms))
    assert all("]: “" in way_out for way_out in asked)
    assert all("Minister of … of …" not in way_out for way_out in asked if office != "minister")


def test_an_office_of_ones_own_with_a_title(sample: Sample) -> None:
    """What the title of an office looks like that lettergen does not know, nobody tells."""
    sample.plant(RECIPIENTS, OFFICE, 'office = "ombudsman"')
    write(sample, "en", WHOLE.replace('title = "Ombudsman"', 'title = "{title}"'))
    (finding,) = errors(sample)
    assert (finding["code"], finding["help"]) == ("LG603", "Add title under [costa.names.en].")


def test_forms_for_another_gender_are_told(sample: Sample) -> None:
    """Whoever has forms for a woman only may have mistaken the gender."""
    sample.plant(RECIPIENTS, OFFICE, 'office = "ombudsman"')
    write(sample, "en", WHOLE.replace("ombudsman.m]", "ombudsman.f]"))
    (finding,) = errors(sample)
    assert finding["code"] == "LG604"
    assert finding["help"] == (
        "Complete [office.ombudsman.m] in forms_of_address/en.toml. "
        "There are forms for f: or correct “grammatical_gender”."
    )


def test_a_mistake_in_ones_own_forms_leaves_nothing_unverified(four_languages: Sample) -> None:
    """The package's forms are not what a letter would use, so that nobody asks for their verification."""
    cell = '[office.european-council-president.m]\nsource = "Our diary"\nverified = true\nsalutaton = "Dear A"\n'
    write(four_languages, "en", cell)
    assert [(f["code"], f["file"]) for f in four_languages.findings() if f["code"] in {"LG104", "LG601"}] == [
        ("LG104", OWN_FORMS.format("en"))
    ]


def test_forms_for_a_misspelt_office(sample: Sample) -> None:
    """Nobody holds it and it looks like another: a warning where it stands; no longer when somebody does."""
    write(sample, "en", WHOLE.replace("ombudsman", "european-comission-president"))
    (finding,) = sample.findings()
    lines = (sample.root / OWN_FORMS.format("en")).read_text("utf-8").splitlines()
    assert (finding["code"], finding["severity"], finding["file"]) == ("LG611", "warning", OWN_FORMS.format("en"))
    assert lines[finding["line"] - 1][finding["column"] - 1 :] == "european-comission-president.m]"
    assert finding["message"] == (
        "Nobody holds the office “european-comission-president”, so that no letter uses these forms."
    )
    assert finding["help"] == (
        "Did you mean “european-commission-president”? If not, leave them until somebody does."
    )
    add(
        sample,
        '\n[other]\ngiven_name = "A"\nfamily_name = "B"\ngrammatical_gender = "m"\n'
        'office = "european-comission-president"\n',
    )
    assert sample.findings() == []


def test_forms_for_an_office_that_nobody_holds_yet(sample: Sample) -> None:
    """What looks like nothing else is not mentioned."""
    write(sample, "en", WHOLE)
    assert sample.findings() == []


def test_a_misspelt_recipients_office_is_told_once(sample: Sample) -> None:
    """Where the forms are right and the record is wrong, the record is the finding."""
    write(sample, "en", WHOLE)
    at = sample.plant(RECIPIENTS, OFFICE, 'office = ¶"ombudsmann"')
    (finding,) = sample.findings()
    assert (finding["code"], (finding["line"], finding["column"])) == ("LG202", at)
    assert finding["help"] == "Did you mean “ombudsman”?"


def test_the_document_lists_offices_without_title_or_address() -> None:
    """docs/languages.md names every office whose forms need a title, and every one that has no postal address."""
    titles, addresses = (
        set(re.findall(r"`([a-z-]+)`", part.partition("\n\n")[0]))
        for part in (LANGUAGES.partition("They are ")[2], LANGUAGES.partition("of\ntheir own: ")[2])
    )
    assert titles == {
        office
        for office in office_ids()
        for language in get_args(Language)
        for gender in get_args(Gender)
        if "{title}" in str(data.cell(language, office, gender))
    }
    assert addresses == {office for office in office_ids() if not office_address(office, "en")}


def test_the_document_shows_a_whole_office_of_ones_own(sample: Sample) -> None:
    """Its two examples, written as they stand there, make a letter, with no finding."""
    examples = re.findall(r"^  ```toml\n  # (\S+)\n(.*?)^  ```", LANGUAGES, re.DOTALL | re.MULTILINE)
    assert [file for file, _ in examples] == [OWN_FORMS.format("en"), RECIPIENTS]
    forms, person = (textwrap.dedent(text) for _, text in examples)
    write(sample, "en", f"\n{forms}")
    add(sample, f"\n{person}")
    sample.plant(LETTER, '"von-der-leyen"]', '"von-der-leyen", "moreau"]')
    assert sample.findings() == []
    letter = prepare(sample.root, SUMMIT).letters[2]
    assert letter.salutation == "Dear Ombudsman,"
    assert letter.address == (
        "Ms Claire Moreau",
        "National Ombudsman of Ruritania",
        "Street 1",
        "1000 Brussels",
    )


def test_forms_for_a_misspelt_office_of_ones_own(sample: Sample) -> None:
    """Spelt right in one language and for the recipient, and wrong in another language."""
    sample.plant(RECIPIENTS, OFFICE, 'office = "ombudsman"')
    write(sample, "en", WHOLE)
    write(sample, "fr", WHOLE.replace("ombudsman", "ombusdman"))
    (finding,) = sample.findings()
    assert (finding["code"], finding["file"]) == ("LG611", OWN_FORMS.format("fr"))
    assert finding["help"].startswith("Did you mean “ombudsman”?")
