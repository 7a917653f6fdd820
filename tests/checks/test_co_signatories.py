"""Mistakes in and about co-signatories: each one finding at its place, and no finding quotes what stands there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from workspace.sample import EDITION, HERE, LETTER

if TYPE_CHECKING:
    from workspace.sample import Sample

FILE = "letters/samarkand-2025/signatories/sparrow.toml"
OTHER = "letters/samarkand-2025/signatories/other.toml"
CONSENT = 'consent = { date = 2025-03-20, by = "Kanarek Director", how = "Kanarek mail" }\n'
NAME = 'name = "Kanarek Ўқ"\n'
GOOD = NAME + CONSENT
WITHHELD = GOOD + 'display = "withheld"\n'

# A file of a co-signatory that must not be named, with one mistake: its code, and a part of what is said of it.
MISTAKES: dict[str, tuple[str, str, str]] = {
    "no consent": ("LG801", f'¶{NAME}display = "withheld"\n', "has not agreed"),
    "consent by nobody": ("LG103", f'{NAME}¶consent = {{ date = 2025-03-20, how = "Kanarek" }}', "“by” is missing"),
    "no name": ("LG103", f"¶{CONSENT}", "“name” is missing"),
    "a misspelt key": ("LG104", f'{GOOD}¶dispaly = "withheld"\n', "Did you mean “display”?"),
    "a key nobody knows": ("LG104", f"{WITHHELD}¶kanarek = 1\n", "Its keys are"),
    "a misspelt consent": ("LG104", NAME + CONSENT.replace("consent", "¶consnt"), "Did you mean “consent”?"),
    "an id beside the file's name": ("LG104", f'{WITHHELD}¶id = "kanarek"\n', "the file’s name is the id"),
    "a text where a table should be": ("LG105", f'{NAME}consent = ¶"Kanarek"\n', "wrong kind"),
    "a number as a name": ("LG105", f"name = ¶7\n{CONSENT}", "wrong kind"),
    "a date in words": ("LG106", WITHHELD.replace("2025-03-20", '¶"Kanarek"'), "not a date"),
    "an empty name": ("LG110", f'name = ¶""\n{CONSENT}', "empty"),
    "an empty name in one language": ("LG110", f'name = {{ en = ¶"" }}\n{CONSENT}', "empty"),
    "a display there is not": ("LG111", f'{GOOD}display = ¶"kanarek"\n', "Write one of public, withheld."),
    "a country in words": ("LG111", f'{WITHHELD}country = ¶"Kanarek"\n', "ISO 3166"),
    "a country there is not": ("LG209", f'{WITHHELD}country = ¶"XX"\n', "ISO 3166"),
    "a line break": ("LG112", f'name = "Kanarek¶\\n"\n{CONSENT}', "does not belong"),
    "no TOML": ("LG101", f"{WITHHELD}note = ¶Kanarek\n", "cannot be read"),
    "no TOML at all": ("LG101", f"{GOOD}Kanarek¶\n", "cannot be read"),
    "a key twice": ("LG102", f'{WITHHELD}¶name = "Kanarek"\n', "stands twice"),
    "not in the letters' language": ("LG802", f'name = ¶{{ fr = "Kanarek" }}\n{CONSENT}', "no words in en"),
    "a note not in the letters' language": ("LG802", f'{WITHHELD}note = ¶{{ ru = "Kanarek" }}\n', "no words in en"),
    "withdrawn before it agreed": ("LG804", f"{WITHHELD}withdrawn = ¶2025-03-19\n", "before it agreed"),
    "the organisation that signs": (
        "LG803",
        f'name = ¶"INTERNATIONAL  Partnership for Human Rights."\n{CONSENT}',
        "already",
    ),
}  # fmt: skip


def one_finding(sample: Sample) -> dict[str, Any]:
    """Return the only finding, which no output shows with what is written."""
    findings = sample.findings()
    assert [f["code"] for f in findings] == [findings[0]["code"]], findings
    shown = sample.run("check")
    assert "anarek" not in f"{findings}{shown.stdout}{shown.stderr}"
    return findings[0]


@pytest.mark.parametrize("name", MISTAKES)
def test_one_mistake_in_a_file(sample: Sample, name: str) -> None:
    """A mistake is found where it is, and told without a word of what is written."""
    code, text, said = MISTAKES[name]
    (sample.root / FILE).parent.mkdir()
    at = sample.plant(FILE, "", text)
    found = one_finding(sample)
    assert (found["code"], found["file"], (found["line"], found["column"])) == (code, FILE, at)
    assert said in f"{found['message']} {found['help']}"


@pytest.mark.parametrize("name", [name for name in MISTAKES if name != "an id beside the file's name"])
def test_one_mistake_in_the_letter(sample: Sample, name: str) -> None:
    """The same in letter.toml, where it is told as quietly."""
    code, text, said = MISTAKES[name]
    header = '[[co_signatory]]\nid = "sparrow"\n'
    if name in {"no consent", "no name"}:  # what a table lacks is told at its header
        header, text = header.replace("co_", f"{HERE}co_"), text.replace(HERE, "")
    at = _behind_the_letter(sample, header + text)
    found = one_finding(sample)
    assert (found["code"], found["file"], (found["line"], found["column"])) == (code, LETTER, at)
    assert said in f"{found['message']} {found['help']}"


def _behind_the_letter(sample: Sample, text: str) -> tuple[int, int] | None:
    last = 'organisation = "International Partnership for Human Rights"\n'
    return sample.plant(LETTER, last, f"{last}\n{text}")


def test_a_header_that_is_misspelt(sample: Sample) -> None:
    """What stands below a header that may have been meant for a co-signatory is not shown either."""
    _behind_the_letter(sample, f"[[co_signatry]]\n{WITHHELD}person = Kanarek\n")
    shown = sample.run("check")
    assert [found["code"] for found in sample.findings()] == ["LG104", "LG101"]
    assert "anarek" not in shown.stdout


def test_what_is_not_about_co_signatories_is_shown(sample: Sample) -> None:
    """Silence is for them alone: behind their tables other findings show the line as ever."""
    _behind_the_letter(sample, f'[[co_signatory]]\nid = "sparrow"\n{GOOD}\n[review]\napprovals = many\n')
    assert "approvals = many" in sample.run("check").stdout


def test_an_id_twice(sample: Sample) -> None:
    """In letter.toml twice, or there and as a file: one finding each."""
    row = f'[[co_signatory]]\nid = ¶"sparrow"\n{GOOD}\n'
    first = row.replace(HERE, "")
    (sample.root / FILE).parent.mkdir()
    _behind_the_letter(sample, first)
    sample.plant(FILE, "", WITHHELD.replace("Kanarek Ў", "Kanareka"))
    found = one_finding(sample)
    assert (found["code"], found["file"], found["line"]) == ("LG109", FILE, None)
    (sample.root / FILE).unlink()
    at = sample.plant(LETTER, first, first + row.replace("Kanarek Ў", "Kanareka"))
    found = one_finding(sample)
    assert (found["code"], found["file"], (found["line"], found["column"])) == ("LG109", LETTER, at)


def test_a_name_twice(sample: Sample) -> None:
    """Capitals, marks and spaces make no other organisation, in whatever language; one that withdrew is gone."""
    (sample.root / FILE).parent.mkdir()
    sample.plant(OTHER, "", WITHHELD)
    at = sample.plant(FILE, "", f'name = ¶{{ ru = "KANAREK-ўқ", en = "Bird" }}\n{CONSENT}')
    found = one_finding(sample)
    assert (found["code"], found["file"], (found["line"], found["column"])) == ("LG803", FILE, at)
    sample.plant(OTHER, WITHHELD, f"{WITHHELD}withdrawn = 2025-03-30\n")
    assert sample.findings() == []


@pytest.mark.parametrize("name", ["Kanarek.toml", "ка.toml", "sparrow.txt", "sparrow"])
def test_a_file_with_another_name(sample: Sample, name: str) -> None:
    """Nothing in the folder is left out in silence."""
    (sample.root / FILE).parent.mkdir()
    (sample.root / FILE).with_name(name).write_text(GOOD, "utf-8")
    (found,) = sample.findings()
    assert (found["code"], found["file"].rpartition("/")[2], found["line"]) == ("LG108", name, None)


def test_what_a_system_hides_is_left_alone(sample: Sample) -> None:
    """Files whose names begin with a dot are nobody's organisation."""
    (sample.root / FILE).parent.mkdir()
    (sample.root / FILE).with_name(".DS_Store").write_bytes(b"\0")
    assert sample.findings() == []


def test_a_file_in_another_encoding(sample: Sample) -> None:
    """It is told at its first bad byte, without the bytes around it."""
    (sample.root / FILE).parent.mkdir()
    (sample.root / FILE).write_bytes(NAME.encode("cp1251", "replace") + "note = 'Ж'".encode("cp1251"))
    found = one_finding(sample)
    assert (found["code"], found["line"]) == ("LG101", 1)


def test_a_translation_asks_for_its_words(four_languages: Sample) -> None:
    """Where letters are written in four languages, a table of names needs all four; one text is for all."""
    (four_languages.root / FILE).parent.mkdir()
    before = four_languages.findings()
    four_languages.plant(FILE, "", GOOD)
    assert four_languages.findings() == before
    (four_languages.root / FILE).write_text('name = { en = "A", fr = "B" }\n' + CONSENT, "utf-8")
    (found,) = [found for found in four_languages.findings() if found not in before]
    assert (found["code"], found["message"]) == (
        "LG802",
        "“name” has no words in de, ru, and there are letters in it.",
    )


LEAD = 'opening = """'
NUMBERS = {
    "We, 12 organisations, write.": "12",
    "The ¶12 undersigned organizations write.": "12",
    "We are 12 co-signatories": "12",
    "We, 2 organisations, write.": None,
    "We, 3 organisations, and the one that signs": None,
    "We, {{ co_signatories.count }} organisations": None,
    "They closed 44 organisations.[^teu-21] And wept.": None,
    "They closed 44 organisations, as all know.[^teu-21]\n\nWe weep.": None,
    "A day before, 44 organisations were closed. We weep.[^teu-21]": "44",
    "In Tajikistan 700 organisations, again": None,  # the sample has a source for these
    "On page 12, organisations": None,
    "12 women’s organisations": None,
}


@pytest.mark.parametrize("text", NUMBERS)
def test_another_number_in_a_text(sample: Sample, text: str) -> None:
    """A number of organisations that is neither the list's nor a source's is a warning, at the number."""
    (sample.root / FILE).parent.mkdir()
    wrong, plain = NUMBERS[text], text.replace(HERE, "")
    for name in ("sparrow", "wren"):
        (sample.root / FILE).with_name(f"{name}.toml").write_text(GOOD.replace("Kanarek Ў", name), "utf-8")
    marked = plain.replace(wrong, f"{HERE}{wrong}", 1) if wrong else plain
    at = sample.plant(LETTER, LEAD, f"{LEAD}\n{marked}\n")
    found = sample.findings()
    assert [(f["code"], f["severity"], (f["line"], f["column"])) for f in found] == (
        [("LG805", "warning", at)] if wrong else []
    )


def test_without_co_signatories_numbers_are_nobodys(sample: Sample) -> None:
    """Where nobody joins, no text can be wrong about it."""
    sample.plant(LETTER, LEAD, f"{LEAD}\nThe 12 organisations.\n")
    assert sample.findings() == []


@pytest.mark.parametrize(
    "text", ["Nous, 12 organisations,", "Les 12 signataires", "Wir, 12 Organisationen,", "Die 12 Unterzeichnenden",
             "Мы, 12 организаций,", "12 подписавших"],
)  # fmt: skip
def test_another_number_in_a_translation(four_languages: Sample, text: str) -> None:
    """Each language has its words for those who join."""
    language = {"N": "fr", "L": "fr", "W": "de", "D": "de", "М": "ru", "1": "ru"}[text[0]]
    (four_languages.root / FILE).parent.mkdir()
    four_languages.plant(FILE, "", GOOD)
    at = four_languages.plant(EDITION.replace("fr", language), LEAD, f"{LEAD}\n{text.replace('12', '¶12')}\n")
    (found,) = [found for found in four_languages.findings() if found["code"] == "LG805"]
    assert (found["line"], found["column"]) == at


def test_the_sample_in_four_languages_has_no_false_alarm(four_languages: Sample) -> None:
    """The numbers that the shipped campaign gives are about others, and have their sources."""
    (four_languages.root / FILE).parent.mkdir()
    four_languages.plant(FILE, "", GOOD)
    assert "LG805" not in {found["code"] for found in four_languages.findings()}
