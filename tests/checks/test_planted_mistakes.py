"""Each mistake alone in a copy of the sample campaign: exactly that one finding, at its line and column.

The mark ¶ in a planted text stands before the character that the caret must point at.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from workspace.sample import HEAD, LETTER, RECIPIENTS, TEMPLATE

if TYPE_CHECKING:
    from workspace.sample import Sample

STYLE = "letters/letterhead/iphr/letterhead.css"
COUNCIL = 'office = "european-council-president"'
COMMISSION = 'office = "european-commission-president"'
PERIOD = "term = { start = 2024-12-01, end = 2027-05-31 }"
COLOUR = 'colour = "#7a1f2b"'
LEAD = 'demands_lead = "{{ recipient.reference }}, we ask you to use the summit for this:"'
MEDIA = 'id = "media"'
REAFFIRM = '[[demand]]\nid = "reaffirm"'
TEU = '[[source]]\nid = "teu-21"'

NEW_CONCERN = """[[concern]]
id = ¶"new"
title = "New."
countries = ["KZ"]
themes = ["assembly"]
text = "New."
"""

# What is wrong: code, file, the text that is replaced, what stands there instead, and the way out if it is told.
Mistake = tuple[str, str, str, str, str | None]

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

TABLES: dict[str, Mistake] = {
    "missing in a recipient": (
        "LG103",
        RECIPIENTS,
        '[costa]\ngiven_name = "António"',
        "[¶costa]",
        "Add given_name = … here.",
    ),
    "a missing id, by which demands name the concern": (
        "LG103",
        LETTER,
        f"[[concern]]\n{MEDIA}",
        "[[¶concern]]",
        "Add id = … here.",
    ),
    "unknown in a recipient": (
        "LG104",
        RECIPIENTS,
        COUNCIL,
        f'{COUNCIL}\n¶emal = "cabinet@example.eu"',
        "Did you mean “email”?",
    ),
    "misspelt, and so missing too": (
        "LG104",
        RECIPIENTS,
        'family_name = "Costa"',
        '¶famly_name = "Costa"',
        "Did you mean “family_name”?",
    ),
    "nothing like it": (
        "LG104",
        RECIPIENTS,
        PERIOD,
        "term = { start = 2024-12-01, ¶xyz = 1 }",
        "Its keys are start, end.",
    ),
    "unknown in own forms, behind other letters": (
        "LG104",
        RECIPIENTS,
        PERIOD,
        '[costa.forms.en]\ntitle = "Антониу 🇵🇹"\n¶salutaton = "Dear António"',
        "Did you mean “salutation”?",
    ),
    "unknown in an inline table, behind other letters": (
        "LG104",
        RECIPIENTS,
        PERIOD,
        'forms.en = { title = "Антониу 🇵🇹", ¶clsing = "Yours," }',
        "Did you mean “closing”?",
    ),
    "an unknown table": ("LG104", LETTER, "[summit]", "[¶sumit]", "Did you mean “summit”?"),
    "an unknown table of which there are many": (
        "LG104",
        LETTER,
        TEU,
        TEU.replace("[[", "[[¶x"),
        "Did you mean “source”?",
    ),
    "text in place of a list": (
        "LG105",
        LETTER,
        'answers = ["impunity-2022"]',
        'answers = ¶"impunity-2022"',
        None,
    ),
    "a number in place of text": ("LG105", RECIPIENTS, 'given_name = "Ursula"', "given_name = ¶7", None),
    "a number in a list, behind other letters": (
        "LG105",
        RECIPIENTS,
        'address = ["Rue de la Loi 175", "1048 Brussels"]',
        'address = ["Брюссель 🇧🇪", ¶1048]',
        None,
    ),
    "text in place of a flag": ("LG105", LETTER, "specimen = true", 'specimen = ¶"true"', None),
    "a list in place of a choice": (
        "LG105",
        RECIPIENTS,
        'grammatical_gender = "m"',
        'grammatical_gender = ¶["m"]',
        "Write one of m, f, unknown.",
    ),
    "one table in place of many": ("LG105", LETTER, "[[signatory]]", "¶[signatory]", "Write [[signatory]]."),
    "text in place of a date": (
        "LG106",
        LETTER,
        "date = 2025-04-04",
        'date = ¶"2025-04-04"',
        "Write a date without quotation marks, like 2025-04-01.",
    ),
    "a time in place of a date": ("LG106", LETTER, "date = 2025-04-04", "date = ¶2025-04-04 09:00:00", None),
    "a source's date in words": (
        "LG106",
        LETTER,
        'date = "2024-08"',
        'date = ¶"August 2024"',
        "Write 2019-05-15, or only the month or year: “2019-05”, 2019.",
    ),
    "an e-mail address without @": (
        "LG107",
        RECIPIENTS,
        COUNCIL,
        f'{COUNCIL}\nemail = ¶"costa(at)example.eu"',
        "Write one plain address, like office@example.org.",
    ),
    "two e-mail addresses": (
        "LG107",
        RECIPIENTS,
        COUNCIL,
        f'{COUNCIL}\nemail = ¶"a@example.eu, b@example.eu"',
        None,
    ),
    "a recipient's id in capitals": ("LG108", RECIPIENTS, "[costa]", "[¶Costa]", None),
    "a recipient's id that leaves the folder": ("LG108", RECIPIENTS, "[costa]", '[¶"../costa"]', None),
    "a recipient's id that no file can have on Windows": (
        "LG108",
        RECIPIENTS,
        "[costa]",
        f'[¶con]\ngiven_name = "A"\nfamily_name = "B"\ngrammatical_gender = "m"\n{COUNCIL}\n[costa]',
        None,
    ),
    "an id with spaces": ("LG108", LETTER, MEDIA, 'id = ¶"Media "', None),
    "an id that is written right where it is called": ("LG108", LETTER, TEU, '[[source]]\nid = ¶"TEU/21"', None),
    "an id in a list": ("LG108", LETTER, 'answers = ["impunity-2022"]', 'answers = [¶"Impunity 2022"]', None),
    "an id twice": (
        "LG109",
        LETTER,
        '[[demand]]\nid = "assistance"',
        '[[demand]]\nid = ¶"reaffirm"',
        "Give each an id of its own.",
    ),
    "an empty id": ("LG110", LETTER, TEU, '[[source]]\nid = ¶""', None),
    "an empty line": ("LG110", LETTER, LEAD, 'demands_lead = ¶""', None),
    "a text of spaces": ("LG110", LETTER, LEAD, 'demands_lead = ¶""" \n\n"""', None),
    "an empty line in a list": (
        "LG110",
        RECIPIENTS,
        'address = ["Rue de la Loi 175", "1048 Brussels"]',
        'address = ["Rue de la Loi 175", ¶"  "]',
        None,
    ),
    "an unknown layout": (
        "LG111",
        LETTER,
        'layout = "din5008-b"',
        'layout = ¶"din5008b"',
        "Did you mean “din5008-b”?",
    ),
    "an unknown gender": (
        "LG111",
        RECIPIENTS,
        'grammatical_gender = "m"',
        'grammatical_gender = ¶"male"',
        "Write one of m, f, unknown.",
    ),
    "a language by its name": (
        "LG111",
        RECIPIENTS,
        'languages = ["en"]\n# In',
        'languages = [¶"English"]\n# In',
        "Write it in ISO 639 letters, like en or fr.",
    ),
    "a language that nobody can write a letter in": (
        "LG111",
        LETTER,
        'layout = "din5008-b"',
        'layout = "din5008-b"\nlanguage = ¶"uz"',
        "Write one of en, fr, de, ru.",
    ),
    "an unknown way of sending": (
        "LG111",
        LETTER,
        'layout = "din5008-b"',
        'layout = "din5008-b"\nmode = ¶"join"',
        "Did you mean “joint”?",
    ),
    "a salutation with the mark at its end": (
        "LG111",
        RECIPIENTS,
        PERIOD,
        'forms.en = { salutation = ¶"Dear António," }',
        "Leave the mark at its end out; lettergen adds it.",
    ),
    "names in an unknown language": (
        "LG111",
        RECIPIENTS,
        PERIOD,
        '[costa.names.¶uz]\ngiven_name = "Antoniu"',
        None,
    ),
    "forms in an unknown language": ("LG111", RECIPIENTS, PERIOD, '[costa.forms.¶uz]\nclosing = "Yours,"', None),
    "an empty list": ("LG111", LETTER, 'recipients = ["costa", "von-der-leyen"]', "recipients = ¶[]", None),
    "too long a list": (
        "LG111",
        RECIPIENTS,
        'address = ["Rue de la Loi 175", "1048 Brussels"]',
        'address = ¶["1", "2", "3", "4", "5", "6", "7"]',
        None,
    ),
    "a country in small letters": ("LG111", LETTER, 'country = "UZ"', 'country = ¶"uz"', None),
    "a colour by its name": ("LG111", HEAD, COLOUR, 'colour = ¶"red"', None),
    "a web address without its scheme": (
        "LG111",
        LETTER,
        'url = "https://pozirk.online/en/news/131830"',
        'url = ¶"pozirk.online/en/news/131830"',
        "Write all of it: https://example.org/page.",
    ),
    "a sign that turns the direction of the text": (
        "LG112",
        LETTER,
        'concerns_heading = "What',
        'concerns_heading = "Ўзбек 🇺🇿 ¶\u202eWhat',
        None,
    ),
    "a sign that nobody sees, in a text of several lines": (
        "LG112",
        LETTER,
        LEAD,
        'demands_lead = """\nÜber das,\nwas ¶\\u0007 ist"""',
        None,
    ),
    "a line break in a line": (
        "LG112",
        LETTER,
        'concerns_heading = "What',
        'concerns_heading = "Ü¶\\nWhat',
        "Write it on one line.",
    ),
}

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

SUBSTANCE: dict[str, Mistake] = {
    "a demand that answers nothing": (
        "LG301",
        LETTER,
        'answers = ["lost-support"]',
        "answers = ¶[]",
        "Name the concerns that it would meet: answers = [“…”].",
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

JINJA: dict[str, Mistake] = {
    "syntax in a text": ("LG401", LETTER, "{{ summit.name }}", "{{ summit.name ¶}", None),
    "syntax in the subject": ("LG401", LETTER, 'subject = "', 'subject = "Ü {{ ¶}} ', None),
    "a block that is not closed, in a text": (
        "LG401",
        LETTER,
        "{{ summit.name }}",
        "¶{% if summit.name %}{{ summit.name }}",
        None,
    ),
    "an unknown statement in a text": ("LG401", LETTER, "{{ summit.name }}", "{% ¶fi summit.name %}", None),
    "syntax in a template": (
        "LG401",
        TEMPLATE,
        "",
        "{# Über #}\n<p>Ў 🇺🇿 {{ letterhead.name | ¶| upper }}</p>\n",
        None,
    ),
    "a block that is not closed, in a template": (
        "LG401",
        TEMPLATE,
        "",
        "<p>Ў</p>\n¶{% for line in letterhead.address %}\n<p>{{ line }}</p>\n",
        None,
    ),
    "a block that is wrongly closed, in a template": (
        "LG401",
        TEMPLATE,
        "",
        "{% for line in letterhead.address %}\n{{ line }}{% ¶endfro %}",
        None,
    ),
    "undefined in a text": ("LG402", LETTER, "{{ summit.name }}", "{{ ¶sumit.name }}", "Did you mean “summit”?"),
    "undefined part in a text": ("LG402", LETTER, "{{ summit.name }}", "{{ summit.¶nme }}", "Did you mean “name”?"),
    "undefined part of a part in a text": (
        "LG402",
        LETTER,
        "{{ summit.date }}",
        "{{ summit.date.¶year }}",
        "“summit.date” is a plain text, to which nothing belongs.",
    ),
    "undefined in the subject, behind other letters": (
        "LG402",
        LETTER,
        'subject = "',
        'subject = "Ўзбек 🇺🇿 {{ letter.¶plase }} ',
        "Did you mean “place”?",
    ),
    "a group of values in a text": (
        "LG402",
        LETTER,
        "{{ summit.name }}",
        "{{ ¶sender }}",
        "Name a part: sender.acronym, sender.name.",
    ),
    "undefined in a template": (
        "LG402",
        TEMPLATE,
        "",
        "{% if logo %}\n<p>Ў 🇺🇿</p>{% endif %} Ў {{ leterhead.name | upper }}".replace("leter", "¶leter"),
        "Did you mean “letterhead”?",
    ),
    "undefined part in a template": (
        "LG402",
        TEMPLATE,
        "",
        "{% for line in letterhead.address + letterhead.¶contacts %}{{ line }}{% endfor %}",
        "Did you mean “contact”?",
    ),
    "undefined part in brackets": ("LG402", TEMPLATE, "", '{{ letterhead[ "¶nam" ] }}', "Did you mean “name”?"),
    "the name of a loop behind it": (
        "LG402",
        TEMPLATE,
        "",
        "{% for line in letter.cc %}{{ line }}{% endfor %}{{ ¶line }}",
        None,
    ),
    "what Python knows": ("LG402", TEMPLATE, "", "{{ letterhead.¶__class__ }}", None),
    "a call": ("LG404", TEMPLATE, "", "{{ ¶letterhead.name.upper() }}", None),
    "arithmetic": ("LG404", LETTER, "{{ summit.name }}", "{{ ¶'a' * 10**9 }}", None),
    "an unknown filter": (
        "LG404",
        LETTER,
        "{{ summit.name }}",
        "{{ summit.name | ¶uper }}",
        "Did you mean “upper”?",
    ),
    "an unknown test": (
        "LG404",
        LETTER,
        "{{ summit.name }}",
        "{% if summit.name ¶is divisibleby 3 %}a{% endif %}",
        None,
    ),
    "Jinja in a title": (
        "LG405",
        LETTER,
        'concerns_heading = "',
        'concerns_heading = "Ў 🇺🇿 ¶{{ summit.place }} ',
        None,
    ),
    "a call in the words of a link": (
        "LG405",
        LETTER,
        "Your word",
        "[Ў 🇺🇿 ¶[^teu-21] Your word](https://example.org)",
        "Call it behind the link.",
    ),
    "a call in the address of a link": (
        "LG405",
        LETTER,
        "Your word",
        "[Ў 🇺🇿 Your word](https://example.org/¶[^teu-21])",
        "Call it behind the link.",
    ),
    "a call of a source in the subject": ("LG405", LETTER, 'subject = "', 'subject = "Ў 🇺🇿 ¶[^teu-21] ', None),
}

ALL = {
    f"{group}: {name}": mistake
    for group, table in {
        "syntax": SYNTAX,
        "tables": TABLES,
        "unknown": REFERENCES,
        "substance": SUBSTANCE,
        "jinja": JINJA,
    }.items()
    for name, mistake in table.items()
}


def one_finding(sample: Sample) -> dict[str, Any]:
    """Return the only finding."""
    findings = sample.findings()
    assert [f["code"] for f in findings] == [findings[0]["code"]], findings
    return findings[0]


@pytest.mark.parametrize("name", ALL)
def test_one_mistake_is_one_finding(sample: Sample, name: str) -> None:
    """A mistake gives the finding of its code, where it stands, with the way out, and nothing besides."""
    code, file, old, new, way_out = ALL[name]
    if "behind a backslash" in name:
        sample.plant(LETTER, "[^teu-21]", "\\\\[^teu-21]")
    at = sample.plant(file, old, new)
    found = one_finding(sample)
    assert (found["code"], found["severity"], found["file"]) == (code, "error", file)
    assert (found["line"], found["column"]) == at
    assert way_out is None or found["help"] == way_out


def test_a_letter_dated_after_the_summit_is_a_warning(sample: Sample) -> None:
    """It is told, at the letter's date, and check ends with 0."""
    at = sample.plant(LETTER, "date = 2025-04-01", "date = ¶2025-04-05")
    found = one_finding(sample)
    assert (found["code"], found["severity"], (found["line"], found["column"])) == ("LG303", "warning", at)
    assert sample.run("check").exit_code == 0


def test_on_the_day_itself_is_neither_before_nor_after(sample: Sample) -> None:
    """A letter of the summit's day, of the last day in office, with sources of that day, has no mistake."""
    sample.plant(LETTER, "date = 2025-04-01", "date = 2025-04-04")
    sample.plant(LETTER, "date = 2025-03-28", "date = 2025-04-04\naccessed = 2025-04-04")
    sample.plant(RECIPIENTS, PERIOD, "term = { start = 2025-04-04, end = 2025-04-04 }")
    assert sample.findings() == []


def test_what_a_whole_file_lacks_stands_at_its_top(sample: Sample) -> None:
    """A key that is missing above all tables is reported in line 1, where it can be added."""
    sample.plant(HEAD, 'name = "International Partnership for Human Rights"', "")
    found = one_finding(sample)
    assert (found["code"], found["line"], found["column"]) == ("LG103", 1, 1)


def test_a_missing_file_has_no_line(sample: Sample) -> None:
    """Without recipients.toml that is the finding, and not also that nobody is known."""
    (sample.root / RECIPIENTS).unlink()
    assert one_finding(sample) == {
        "code": "LG101",
        "severity": "error",
        "message": "recipients.toml is missing.",
        "file": "recipients.toml",
        "line": None,
        "column": None,
        "help": None,
    }


@pytest.mark.parametrize("file", [RECIPIENTS, LETTER, HEAD])
def test_a_file_in_another_encoding_is_one_finding(sample: Sample, file: str) -> None:
    """A file that is not UTF-8 is reported at its first bad byte, counted in characters, and nothing else is."""
    text = (sample.root / file).read_text("utf-8")
    (sample.root / file).write_bytes("# Ўзбек\n# Ü: ".encode() + text.encode("cp1251", "replace") + b"\xff")
    found = one_finding(sample)
    rest = text.encode("cp1251", "replace").decode("utf-8", "surrogateescape") + "\udcff"
    before = re.split("[\udc80-\udcff]", f"# Ўзбек\n# Ü: {rest}")[0]
    line, column = before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1
    assert (found["code"], found["file"], found["line"], found["column"]) == ("LG101", file, line, column)


def test_a_summit_folder_with_an_unsafe_name(sample: Sample) -> None:
    """The folder gives its name to one in out/, so it must be an id; the file as a whole is meant."""
    folder = sample.root / "letters" / "Samarkand 2025"
    (sample.root / "letters" / "samarkand-2025").rename(folder)
    found = one_finding(sample)
    assert (found["code"], found["file"], found["line"]) == ("LG108", "letters/Samarkand 2025/letter.toml", None)


def test_a_logo_that_leads_to_itself(sample: Sample) -> None:
    """A symbolic link without an end is a finding, not a crash."""
    (sample.root / HEAD).with_name("logo.svg").symlink_to("logo.svg")
    at = sample.plant(HEAD, COLOUR, 'logo = ¶"logo.svg"')
    found = one_finding(sample)
    assert (found["code"], (found["line"], found["column"])) == ("LG207", at)


def test_a_logo_through_a_link_out_of_its_folder(sample: Sample) -> None:
    """A symbolic link does not carry a file in from elsewhere."""
    (sample.root / HEAD).with_name("logo.svg").symlink_to(sample.root / RECIPIENTS)
    sample.plant(HEAD, COLOUR, 'logo = ¶"logo.svg"')
    found = one_finding(sample)
    assert (found["code"], found["help"]) == ("LG207", "Copy the file into it.")


def test_a_logo_without_description(sample: Sample) -> None:
    """A logo that is there needs words for those who do not see it."""
    (sample.root / HEAD).with_name("logo.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    at = sample.plant(HEAD, COLOUR, 'logo = ¶"logo.svg"')
    found = one_finding(sample)
    assert (found["code"], (found["line"], found["column"])) == ("LG208", at)


def test_nobody_signs(sample: Sample) -> None:
    """A letter without a signatory is a finding: there would be no place for the signature."""
    text = (sample.root / LETTER).read_text("utf-8")
    (sample.root / LETTER).write_text(text[: text.index("[[signatory]]")], "utf-8")
    found = one_finding(sample)
    assert (found["code"], found["message"], found["line"]) == ("LG103", "The table [[signatory]] is missing.", 1)


def test_a_recipient_who_is_asked_for_nothing(sample: Sample) -> None:
    """When every demand names somebody, each recipient must be among them."""
    text = (sample.root / LETTER).read_text("utf-8")
    addressed = re.sub(r"(?m)^answers = .*", r'\g<0>\nto = ["von-der-leyen"]', text)
    addressed = addressed.replace('to = ["european-commission-president"]\n', "")
    (sample.root / LETTER).write_text(addressed, "utf-8")
    found = one_finding(sample)
    assert (found["code"], found["message"]) == ("LG308", "No demand is addressed to “costa”.")


def test_the_sample_has_no_mistakes(sample: Sample) -> None:
    """The campaign that the others are planted in is clean."""
    assert sample.findings() == []
