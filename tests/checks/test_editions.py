"""Holds that a translation cannot drift from its original: each drift is one finding, where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from lettergen.editions import edition_hash, original_hash
from lettergen.workspace.campaign import CampaignParts, load_campaign
from lettergen.workspace.recipients import load_recipients
from workspace.sample import HERE, LETTER, RECIPIENTS, SUMMIT

if TYPE_CHECKING:
    from workspace.sample import Sample

# What the sample's findings are without a mistake in it: nobody has reviewed or verified it.
STANDING = {"LG507", "LG601", "LG605"}
LANGUAGES = ("fr", "de", "ru")
SPACES = {"a plain space": " ", "a no-break space": "\u00a0", "a narrow one": "\u202f", "a thin one": "\u2009"}

# Per kind of drift its code, and per language what is replaced by what; ¶ where the finding must point.
Drift = tuple[str, dict[str, tuple[str, str]]]
DRIFT: dict[str, Drift] = {
    "an id misspelt": ("LG503", dict.fromkeys(LANGUAGES, ('id = "media"', 'id = ¶"medja"'))),
    "another number": ("LG504", dict.fromkeys(LANGUAGES, ("238", "¶283"))),
    "another number with groups": (
        "LG504",
        {"fr": ("1 000 personnes", "¶1 100 personnes"), "de": ("1000", "¶1.100"), "ru": ("1000", "¶1\u00a0100")},
    ),
    "another decimal": (
        "LG504",
        {"fr": ("238", "¶238,5"), "de": ("238", "¶238,5"), "ru": ("238", "¶238,5")},
    ),
    "another ordinal": (
        "LG504",
        {"fr": ("120e", "¶121e"), "de": ("Platz 120", "Platz ¶121"), "ru": ("120-го", "¶121-го")},
    ),
    "another day": (
        "LG504",
        {"fr": ("2 avril 2024", "¶3 avril 2024"), "de": ("2. April", "¶3. April"), "ru": ("2 апреля", "¶3 апреля")},
    ),
    "another month": (
        "LG504",
        {"fr": ("2 avril 2024", "¶2 août 2024"), "de": ("2. April", "¶2. Mai"), "ru": ("2 апреля", "¶2 мая")},
    ),
    "another year": (
        "LG504",
        {
            "fr": ("2 avril 2024", "¶2 avril 2023"),
            "de": ("April 2024", "April 2023"),
            "ru": ("2 апреля 2024", "¶2 апреля 2023"),
        },
    ),
    "another month alone": (
        "LG504",
        {
            "fr": ("en février", "en ¶janvier"),
            "de": ("im Februar", "im ¶Januar"),
            "ru": ("в феврале", "в ¶январе"),
        },
    ),
    "a number that the original does not have": ("LG504", dict.fromkeys(LANGUAGES, ("RFE/RL)", "RFE/RL, ¶1950)"))),
    "a source that is not called": ("LG505", dict.fromkeys(LANGUAGES, ("[^omct-2024]", ""))),
    "a source that is called here alone": (
        "LG505",
        dict.fromkeys(LANGUAGES, ("[^omct-2024]", "[^omct-2024][^¶teu-21]")),
    ),
    "a source called twice": ("LG505", dict.fromkeys(LANGUAGES, ("[^omct-2024]", "[^omct-2024][^¶omct-2024]"))),
    "an old original": ("LG506", dict.fromkeys(LANGUAGES, ('"ea8f65ef0474"', '¶"000000000000"'))),
    "no original": ("LG506", dict.fromkeys(LANGUAGES, ('original = "ea8f65ef0474"\n', ""))),
}


def file(language: str) -> str:
    """Return the name of an edition's file."""
    return f"letters/{SUMMIT}/letter.{language}.toml"


def found(sample: Sample) -> list[dict[str, Any]]:
    """Return the findings but those that stand."""
    return [finding for finding in sample.findings() if finding["code"] not in STANDING]


def parts_of(sample: Sample) -> CampaignParts:
    """Return the sample as it is read."""
    return load_campaign(sample.root, SUMMIT, load_recipients(sample.root))


def position(finding: dict[str, Any]) -> tuple[int, int]:
    """Return line and column."""
    return finding["line"], finding["column"]


def passage(text: str, kind: str, name: str) -> str:
    """Return the whole table of a passage, with its header."""
    start = text.index(f'[[{kind}]]\nid = "{name}"')
    end = min(
        index for index in (text.find("\n[[", start + 1), text.find("\n# --", start + 1), len(text)) if index > 0
    )
    return text[start:end]


def test_the_sample_stands(four_languages: Sample) -> None:
    """As it is shipped it has nothing but the warnings that it should have."""
    assert {finding["code"] for finding in four_languages.findings()} == STANDING


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("drift", DRIFT)
def test_one_drift_is_one_finding(four_languages: Sample, drift: str, language: str) -> None:
    """In the file of the translation, at the line and column of what is wrong, and nowhere else."""
    code, plants = DRIFT[drift]
    at = four_languages.plant(file(language), *plants[language])
    (finding,) = found(four_languages)
    assert (finding["code"], finding["file"], finding["severity"]) == (code, file(language), "error")
    assert finding["line"] > 1
    assert at is None or position(finding) == at
    assert four_languages.run("check").exit_code == 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("kind", "name"), [("concern", "obstruction"), ("demand", "safety")])
def test_a_passage_that_is_not_translated(four_languages: Sample, language: str, kind: str, name: str) -> None:
    """A concern or demand that is left out is one finding, at the last of its kind."""
    text = (four_languages.root / file(language)).read_text("utf-8")
    four_languages.plant(file(language), passage(text, kind, name), "")
    (finding,) = found(four_languages)
    last = {"concern": "persecution", "demand": "assistance"}[kind]
    lines = (four_languages.root / file(language)).read_text("utf-8").splitlines()
    assert (finding["code"], finding["message"]) == (
        "LG502",
        f"The {kind} “{name}” of letter.toml is not translated.",
    )
    assert lines[finding["line"] - 1] == f'id = "{last}"'


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["concern", "demand", "signatory"])
def test_a_passage_that_the_original_does_not_have(four_languages: Sample, language: str, kind: str) -> None:
    """A concern, demand or signatory too many is one finding, at its id."""
    words = {"concern": 'title = "T"\ntext = "T"', "demand": 'text = "T"', "signatory": 'function = "F"'}
    text = (four_languages.root / file(language)).read_text("utf-8")
    at = four_languages.plant(file(language), text, f'{text}\n[[{kind}]]\nid = ¶"new"\n{words[kind]}\n')
    (finding,) = found(four_languages)
    assert (finding["code"], position(finding)) == ("LG503", at)
    assert finding["help"] == "Take it out, or add it to letter.toml."


def test_a_misspelt_id_is_not_taken_for_one_that_is_there(four_languages: Sample) -> None:
    """Only a passage that is missing can have been meant."""
    for name in (LETTER, *map(file, LANGUAGES)):
        path = four_languages.root / name
        path.write_text(path.read_text("utf-8").replace('"obstruction"', '"persecution-b"'), "utf-8")
    assert found(four_languages) == []
    at = four_languages.plant(file("fr"), 'id = "persecution-b"', 'id = ¶"persecutions"')
    (finding,) = found(four_languages)
    assert (finding["code"], position(finding)) == ("LG503", at)
    assert finding["help"] == "Did you mean “persecution-b”?"


@pytest.mark.parametrize(("name", "space"), SPACES.items())
def test_groups_of_three_may_be_written_in_any_way(four_languages: Sample, name: str, space: str) -> None:
    """1,000 in English is 1 000 or 1.000, with whatever space, and no finding."""
    assert name
    four_languages.plant(file("fr"), "1 000 personnes", f"1{space}000 personnes")
    four_languages.plant(file("de"), "1000", "1.000" if space == " " else f"1{space}000")
    four_languages.plant(file("ru"), "1000", f"1{space}000")
    assert found(four_languages) == []


def test_a_finding_shows_figures_as_they_are_written(four_languages: Sample) -> None:
    """People see their own words, not ours."""
    four_languages.plant(file("fr"), "2 avril 2024", "3 avril 2024")
    (finding,) = found(four_languages)
    assert finding["message"] == (
        "The figures are not those of letter.toml: “2 April 2024” is missing, “3 avril 2024” is added."
    )


def test_what_is_not_read_holds_no_figures(four_languages: Sample) -> None:
    """Jinja, and the address of a link, may differ."""
    four_languages.plant(file("fr"), "Ceux qui voudraient", "[Ceux](https://example.org/2026/13) qui voudraient")
    four_languages.plant(file("fr"), "{{ summit.place }}", "{{ summit.place | default('21') }}")
    assert found(four_languages) == []


def test_a_change_of_the_original_is_found_in_each_translation(four_languages: Sample) -> None:
    """One word changed in letter.toml: every edition says so, where it keeps the hash, with the new one."""
    four_languages.plant(LETTER, "excessive supervision", "heavy supervision")
    findings = found(four_languages)
    (now,) = [original_hash("concern", c) for c in parts_of(four_languages).concerns if c.id == "obstruction"]
    assert [(f["code"], f["file"]) for f in findings] == [
        ("LG506", file(language)) for language in ("de", "fr", "ru")
    ]
    for finding in findings:
        line = (four_languages.root / finding["file"]).read_text("utf-8").splitlines()[finding["line"] - 1]
        assert line[finding["column"] - 1 :] == '"ea8f65ef0474"'
        assert finding["message"] == (
            "The original of the concern “obstruction” was changed after it was translated."
        )
        assert finding["help"] == f'Compare the two, then write original = "{now}" here.'


def test_other_line_breaks_are_no_change(four_languages: Sample) -> None:
    """An original whose lines are broken elsewhere is the same original."""
    four_languages.plant(LETTER, "excessive supervision", "excessive\nsupervision")
    assert found(four_languages) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_review_is_of_one_text(four_languages: Sample, language: str) -> None:
    """Without one there is a warning, with one none; after a change there is one again, at the review's hash."""
    warnings = [finding for finding in four_languages.findings() if finding["code"] == "LG507"]
    (warning,) = [finding for finding in warnings if finding["file"] == file(language)]
    assert warning["severity"] == "warning"
    (parts,) = [e for e in parts_of(four_languages).editions if e.edition.language == language]
    assert edition_hash(parts.edition) in warning["help"]

    def reviewed() -> list[str]:
        return [f["code"] for f in four_languages.findings() if f["file"] == file(language)]

    line = f'reviewed = {{ by = "Ü, editor", date = 2025-03-31, text = ¶"{edition_hash(parts.edition)}" }}'
    at = four_languages.plant(file(language), "[edition]\n", f"[edition]\n{line}\n")
    assert reviewed() == []
    assert four_languages.run("check").exit_code == 0
    four_languages.plant(file(language), "translated_by", "# Another comment.\ntranslated_by")
    assert reviewed() == []
    four_languages.plant(file(language), "[summit]\n", "# And a word.\n[summit]\n")
    text = (four_languages.root / file(language)).read_text("utf-8")
    title = next(row for row in text.splitlines() if row.startswith("title = "))
    four_languages.plant(file(language), title, title[:-1] + '…"')
    (changed,) = [f for f in four_languages.findings() if f["file"] == file(language)]
    assert (changed["code"], changed["severity"], position(changed)) == ("LG508", "warning", at)
    assert "Ü, editor" in changed["message"]


def test_a_function_that_is_not_translated(four_languages: Sample) -> None:
    """Who signs as a Director does so in each language."""
    name = 'organisation = "International Partnership for Human Rights"'
    four_languages.plant(LETTER, name, f'name = "A. B."\nfunction = "Director"\n{name}')
    findings = found(four_languages)
    assert [(f["code"], f["file"]) for f in findings] == [
        ("LG510", file(language)) for language in ("de", "fr", "ru")
    ]
    (signatory,) = parts_of(four_languages).signatories
    for language in LANGUAGES:
        path = four_languages.root / file(language)
        made = (
            f'\n[[signatory]]\nid = "iphr"\nfunction = "D"\noriginal = "{original_hash("signatory", signatory)}"\n'
        )
        path.write_text(path.read_text("utf-8") + made, "utf-8")
    assert found(four_languages) == []


@pytest.mark.parametrize("key", ["enclosures", "cc"])
def test_enclosures_and_copies_are_translated_line_by_line(four_languages: Sample, key: str) -> None:
    """As many lines as the original has; none that it does not have."""
    at = four_languages.plant(file("fr"), 'subject = "', f'{key} = ¶["Une"]\nsubject = "')
    (finding,) = found(four_languages)
    assert (finding["code"], position(finding)) == ("LG510", at)
    four_languages.plant(LETTER, 'subject = "', f'{key} = ["One", "Two"]\nsubject = "')
    findings = [f for f in found(four_languages) if f["code"] != "LG506"]
    assert [(f["code"], f["file"]) for f in findings] == [
        ("LG510", file(language)) for language in ("de", "fr", "ru")
    ]


@pytest.mark.parametrize(
    ("name", "help_begins"),
    [("letter.xx.toml", "Name the file after one of en, fr"), ("letter.en.toml", "Correct")],
)
def test_a_file_for_no_language(four_languages: Sample, name: str, help_begins: str) -> None:
    """A language that letters cannot have, or that of letter.toml itself: the file is the finding."""
    path = four_languages.root / "letters" / SUMMIT / name
    path.write_text("[edition]\n", "utf-8")
    (finding,) = found(four_languages)
    assert (finding["code"], finding["file"], finding["line"]) == ("LG501", f"letters/{SUMMIT}/{name}", None)
    assert finding["help"].startswith(help_begins)


def test_a_recipient_without_a_language_of_the_campaign(four_languages: Sample) -> None:
    """Whose languages have no edition gets no letter: an error, at those languages."""
    at = four_languages.plant(RECIPIENTS, 'languages = ["en"]\n# In', 'languages = ¶["pt", "es"]\n# In')
    (finding,) = found(four_languages)
    assert (finding["code"], finding["file"], position(finding)) == ("LG509", RECIPIENTS, at)
    assert finding["help"] == (
        "There are: en, fr, de, ru. Add one of them; letters can be written in en, fr, de, ru."
    )


def test_a_translation_is_offered_into_a_language_that_letters_have(four_languages: Sample) -> None:
    """Of a recipient's languages only those that a file can be named after."""
    (four_languages.root / file("ru")).unlink()
    four_languages.plant(RECIPIENTS, 'languages = ["en"]\n# In', 'languages = ["pt", "ru"]\n# In')
    (finding,) = found(four_languages)
    assert finding["help"] == ("There are: en, fr, de. Add one of them, or translate letter.toml: letter.ru.toml.")


def test_a_language_that_is_none_is_told_once(four_languages: Sample) -> None:
    """Whose languages cannot be read is not said to have no letters as well."""
    at = four_languages.plant(RECIPIENTS, 'languages = ["en"]\n# In', 'languages = [¶"English"]\n# In')
    (finding,) = found(four_languages)
    assert (finding["code"], position(finding)) == ("LG111", at)


def test_an_original_in_another_language(four_languages: Sample) -> None:
    """letter.toml may be in French, with an English edition beside it; both are compared as such."""
    folder = four_languages.root / "letters" / SUMMIT
    parts = parts_of(four_languages)
    french = parts.editions[0].edition
    english = (folder / "letter.toml").read_text("utf-8")
    # What is said stays as it is: only which language it is in changes, and whose figures are read how.
    (folder / "letter.toml").write_text(english.replace("[letter]", '[letter]\nlanguage = "fr"'), "utf-8")
    (folder / "letter.fr.toml").rename(folder / "letter.en.toml")
    assert french.language == "fr"
    changed = parts_of(four_languages)
    assert (changed.language, changed.languages) == ("fr", ("fr", "en", "de", "ru"))
    codes = {(f["code"], f["file"].rpartition("/")[2]) for f in found(four_languages)}
    assert ("LG501", "letter.en.toml") not in codes
    assert ("LG504", "letter.en.toml") in codes  # “2 avril” is no English date


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('subject = "Civil', "subject = ¶Civil"),
        ('demands_heading = "What we ask of you"', ""),
        ('id = "media"\n', ""),
        ('id = "media"\n', 'id = "MEDIA"\n'),
        ('[[concern]]\nid = "media"', '[[concern]\nid = "media"'),
    ],
)
def test_a_mistake_in_the_original_has_no_echo(four_languages: Sample, old: str, new: str) -> None:
    """What is wrong with letter.toml itself is told there alone."""
    four_languages.plant(LETTER, old, new)
    assert {finding["file"] for finding in found(four_languages)} == {LETTER}


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('concerns_heading = "', 'concerns_haeding = ¶"', "LG104"),
        ('translated_by = "the makers of lettergen"', "translated_by = ¶5", "LG105"),
        ('id = "media"', 'id = ¶"Media!"', "LG108"),
        ('id = "media"', 'id = ¶"obstruction"', "LG109"),
        ('[[demand]]\nid = "safety"', '[[¶demnad]]\nid = "safety"', "LG104"),
    ],
)
def test_a_mistake_in_a_translation_has_no_echo(four_languages: Sample, old: str, new: str, code: str) -> None:
    """A table that cannot be read is one finding, and no drift besides."""
    at = four_languages.plant(file("de"), old, new)
    (finding,) = found(four_languages)
    assert (finding["code"], finding["file"]) == (code, file("de"))
    assert HERE not in new or code == "LG104" or position(finding) == at


def test_a_wrong_language_of_the_original_has_no_echo(four_languages: Sample) -> None:
    """Nobody says of an edition that it is the original's while the original's language cannot be read."""
    folder = four_languages.root / "letters" / SUMMIT
    (folder / "letter.fr.toml").rename(folder / "letter.en.toml")
    at = four_languages.plant(LETTER, "[letter]", '[letter]\nlanguage = ¶"fra"')
    errors = [f for f in four_languages.findings() if f["severity"] == "error"]
    assert [(f["code"], (f["line"], f["column"])) for f in errors] == [("LG111", at)]


@pytest.mark.parametrize("table", ["summit", "letter"])
def test_a_table_whose_original_nobody_noted_is_named(four_languages: Sample, table: str) -> None:
    """Not only concerns and demands have originals."""
    path = four_languages.root / file("fr")
    before, header, after = path.read_text("utf-8").partition(f"\n[{table}]\n")
    noted = next(line for line in after.splitlines(keepends=True) if line.startswith("original = "))
    path.write_text(before + header + after.replace(noted, "", 1), "utf-8")
    (finding,) = found(four_languages)
    assert (finding["code"], finding["message"]) == (
        "LG506",
        f"Nothing says what [{table}] was translated from.",
    )


@pytest.mark.parametrize("key", ["translated_by", "by"])
def test_dots_are_nobody(four_languages: Sample, key: str) -> None:
    """Whoever translated or reviewed has a name: the dots of an example are one error, where they stand."""
    text = (four_languages.root / file("fr")).read_text("utf-8")
    if key == "by":
        (parts,) = [e for e in parts_of(four_languages).editions if e.edition.language == "fr"]
        new = f'[edition]\nreviewed = {{ by = ¶"…", date = 2025-03-31, text = "{edition_hash(parts.edition)}" }}\n'
        at = four_languages.plant(file("fr"), "[edition]\n", new)
    else:
        line = next(row for row in text.splitlines() if row.startswith("translated_by = "))
        at = four_languages.plant(file("fr"), line, 'translated_by = ¶"…"')
    (finding,) = [f for f in four_languages.findings() if f["severity"] == "error"]
    assert (finding["code"], finding["file"], position(finding)) == ("LG110", file("fr"), at)
    assert finding["message"] == f"“{key}” says nothing: “…” only keeps the place."
    assert finding["help"] == "Write what belongs there."


def test_nobody_at_all_is_told_once(four_languages: Sample) -> None:
    """An empty name is empty, and no placeholder besides."""
    text = (four_languages.root / file("fr")).read_text("utf-8")
    line = next(row for row in text.splitlines() if row.startswith("translated_by = "))
    four_languages.plant(file("fr"), line, 'translated_by = " "')
    (finding,) = [f for f in four_languages.findings() if f["severity"] == "error"]
    assert (finding["code"], finding["message"]) == ("LG110", "“translated_by” is empty.")
