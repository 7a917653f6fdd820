"""Holds how a workspace's own forms of address are read, and that each mistake in them is found where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lettergen.model import OwnForms, OwnLevel
from lettergen.workspace.own_forms import load_own_forms

if TYPE_CHECKING:
    from pathlib import Path

    from workspace.sample import Sample

FILE = "forms_of_address/fr.toml"
GOOD = """\
# Ü
[office.mayor.f]
address = ["Madame {address_name}", "Maire"]
source = "S"
verified = false
[office.mayor.f.formal]
salutation = "Madame la Maire"
closing = "Adieu, {salutation}."

[office.ombudsman.unknown]
source = "S"
verified = true
"""
# What is replaced in GOOD by what, with ¶ where the finding points, and its code.
MISTAKES = {
    "a mark at the end": ('"Madame la Maire"', '¶"Madame la Maire,"', "LG111"),
    "a mark at the end, and a space": ('"Madame la Maire"', '¶"Madame la Maire ! "', "LG111"),
    "an unknown key": ('salutation = "M', '¶salutaton = "M', "LG104"),
    "an unknown table": ("[office.ombudsman.unknown]", "[¶ofice.ombudsman.unknown]", "LG104"),
    "an unknown gender": ("[office.ombudsman.unknown]", "[office.ombudsman.¶male]", "LG104"),
    "an unknown level": ("[office.mayor.f.formal]", "[office.mayor.f.¶formel]", "LG104"),
    "no source": ('[office.ombudsman.unknown]\nsource = "S"', "[office.ombudsman.¶unknown]", "LG103"),
    "dots for a source": (
        '[office.ombudsman.unknown]\nsource = "S"',
        '[office.ombudsman.unknown]\nsource = ¶"…"',
        "LG110",
    ),
    "a dash for a source": (
        '[office.ombudsman.unknown]\nsource = "S"',
        '[office.ombudsman.unknown]\nsource = ¶"–"',
        "LG110",
    ),
    "nothing for a source": (
        '[office.ombudsman.unknown]\nsource = "S"',
        '[office.ombudsman.unknown]\nsource = ¶" "',
        "LG110",
    ),
    "verified in words": ("verified = true", 'verified = ¶"yes"', "LG105"),
    "an address that is no list": ('["Madame {address_name}", "Maire"]', '¶"Madame"', "LG105"),
    "an address without lines": ('["Madame {address_name}", "Maire"]', "¶[]", "LG111"),
    "too many lines": ('["Madame {address_name}", "Maire"]', '¶["1", "2", "3", "4", "5"]', "LG111"),
    "an office that is no table": (GOOD, 'office = ¶"mayor"\n', "LG105"),
    "no TOML": ("[office.ombudsman.unknown]", "[office.ombudsman.unknown¶", None),
}


def write(root: Path, name: str, text: str) -> None:
    """Write a file of the workspace."""
    path = root / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")


def test_a_workspace_without_forms_of_its_own(tmp_path: Path) -> None:
    """Nothing is read, and nothing is wrong."""
    assert load_own_forms(tmp_path) == {}


def test_what_is_read(tmp_path: Path) -> None:
    """Per language and office, the genders and levels that are written; the rest is left open."""
    write(tmp_path, FILE, GOOD)
    write(tmp_path, "forms_of_address/en.toml", "")
    read = load_own_forms(tmp_path)
    assert read.keys() == {"en", "fr"}
    assert (read["en"].offices, read["en"].problems, read["fr"].problems) == ({}, (), ())
    mayor, ombudsman = read["fr"].offices["mayor"], read["fr"].offices["ombudsman"]
    assert (mayor.m, mayor.unknown, ombudsman.m, ombudsman.f) == (None, None, None, None)
    assert mayor.f == OwnForms(
        address=("Madame {address_name}", "Maire"),
        formal=OwnLevel(salutation="Madame la Maire", closing="Adieu, {salutation}."),
        source="S",
        verified=False,
    )
    assert ombudsman.unknown == OwnForms(source="S", verified=True)


@pytest.mark.parametrize("name", MISTAKES)
def test_one_mistake_is_one_finding(sample: Sample, name: str) -> None:
    """Of the file's kind of mistake, at its line and column, although no letter needs the form."""
    old, new, code = MISTAKES[name]
    write(sample.root, FILE, GOOD)
    assert sample.findings() == []
    at = sample.plant(FILE, old, new)
    (finding,) = sample.findings()
    assert (finding["file"], finding["severity"]) == (FILE, "error")
    if code is not None:
        assert (finding["code"], (finding["line"], finding["column"])) == (code, at)


def test_a_file_for_no_language(sample: Sample) -> None:
    """A language that letters cannot have: the file is the finding."""
    write(sample.root, "forms_of_address/xx.toml", GOOD)
    (finding,) = sample.findings()
    assert (finding["code"], finding["file"], finding["line"]) == ("LG501", "forms_of_address/xx.toml", None)
    assert finding["help"] == "Name the file after one of en, fr, de, ru."


def test_a_mistake_in_a_used_form_has_no_echo(sample: Sample) -> None:
    """What a letter would use and cannot be read is told once, and not as missing or unverified besides."""
    at = sample.plant(
        "forms_of_address/en.toml",
        "[office.european-commission-president.f]\nsource",
        "[office.european-commission-president.f]\n¶sorce",
    )
    codes = [
        (f["code"], f["file"], (f["line"], f["column"])) for f in sample.findings() if f["severity"] == "error"
    ]
    assert codes == [("LG104", "forms_of_address/en.toml", at)]
