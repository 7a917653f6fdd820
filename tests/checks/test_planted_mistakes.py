"""Each mistake alone in a copy of the sample campaign: exactly that one finding, at its line and column.

The mark ¶ in a planted text stands before the character that the caret must point at.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from checks.planted.jinja import JINJA
from checks.planted.places import COLOUR, PERIOD
from checks.planted.references import REFERENCES
from checks.planted.substance import SUBSTANCE
from checks.planted.syntax import SYNTAX
from checks.planted.tables import TABLES
from workspace.sample import HEAD, LETTER, RECIPIENTS

if TYPE_CHECKING:
    from workspace.sample import Sample

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
