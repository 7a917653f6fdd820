"""Holds when a postal address is doubted: without a code of its country, where addresses need one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from lettergen.prepare import prepare
from lettergen.problems import Place
from workspace.sample import FORMS, LETTER, RECIPIENTS, SUMMIT

if TYPE_CHECKING:
    from lettergen.model import Layout
    from workspace.sample import Sample

ADDRESS = 'address = ["Rue de la Loi 175", "1048 Brussels"]\ncountry = "BE"'
GOOD = {
    "1048 Brussels": "BE",
    "B-1047 Brussels": "BE",
    "London SW1A 2AA": "GB",
    "London, sw1a 2aa": "GB",
    "Dublin": "IE",  # needs none
    "New York, NY 10017": "US",
    "Washington, DC 20500-0003": "US",
    "75007 Paris": "FR",
    "67075 Strasbourg Cedex": "FR",
    "00-251 Warszawa": "PL",
    "100029 Tashkent": "UZ",
    "D-10117 Berlin": "DE",
}
DOUBTED = {
    "Brussels": ("BE", "Belgium"),
    "10480 Brussels": ("BE", "Belgium"),
    "London": ("GB", "United Kingdom"),
    "New York, NY": ("US", "United States"),
    "7500 Paris": ("FR", "France"),
}


@pytest.mark.parametrize(("town", "country"), GOOD.items())
def test_good_addresses(sample: Sample, town: str, country: str) -> None:
    """Codes as they are written in each country, also behind its letters, and where none is needed."""
    sample.plant(RECIPIENTS, ADDRESS, f'address = ["Street", "{town}"]\ncountry = "{country}"')
    assert sample.findings() == []


@pytest.mark.parametrize("town", DOUBTED)
def test_doubted_addresses(sample: Sample, town: str) -> None:
    """A warning, at the address, that names the country; and the lines are printed as they are."""
    code, country = DOUBTED[town]
    at = sample.plant(RECIPIENTS, ADDRESS, f'address = ¶["Street", "{town}"]\ncountry = "{code}"')
    (finding,) = sample.findings()
    assert (finding["code"], finding["severity"]) == ("LG607", "warning")
    assert (finding["line"], finding["column"]) == at
    assert f"a postal code ({country}) such as " in finding["message"]
    assert prepare(sample.root, SUMMIT).letters[0].address[2:4] == ("Street", town)


def test_without_a_country_nothing_is_known(sample: Sample) -> None:
    """Neither is an address doubted whose country nobody wrote."""
    sample.plant(RECIPIENTS, ADDRESS, 'address = ["Street", "Nowhere"]')
    assert sample.findings() == []


def test_an_unknown_country_is_told_once(sample: Sample) -> None:
    """A code that no country has is a finding of its own."""
    sample.plant(RECIPIENTS, ADDRESS, 'address = ["Street", "Nowhere"]\ncountry = "XX"')
    assert [finding["code"] for finding in sample.findings()] == ["LG209"]


OFFICE = 'office = "european-council-president"'
MAYOR = '[costa.names.en]\ntitle = "Mayor of Ruritania"\n\n[costa.names.ru]'


def errors(sample: Sample) -> list[dict[str, Any]]:
    """Return the errors."""
    return [finding for finding in sample.findings() if finding["severity"] == "error"]


def test_nobody_knows_where_a_letter_goes(sample: Sample) -> None:
    """An office without an address, and a person without one: an error at the office that says what to write."""
    sample.plant(RECIPIENTS, "[costa.names.ru]", MAYOR)
    sample.plant(RECIPIENTS, f"{ADDRESS}\n", "")
    at = sample.plant(RECIPIENTS, OFFICE, 'office = ¶"mayor"')
    (finding,) = errors(sample)
    assert (finding["code"], finding["file"], (finding["line"], finding["column"])) == ("LG610", RECIPIENTS, at)
    assert finding["message"] == (
        "The letter to “costa” has no street and no town: lettergen knows no address of this office."
    )
    assert finding["help"] == (
        'Write under [costa]: address = ["…", "…"], and country = "…" in two capitals (ISO 3166).'
    )
    sample.plant(RECIPIENTS, 'office = "mayor"', 'office = "mayor"\ncountry = "BE"')
    (finding,) = errors(sample)
    assert finding["help"] == 'Write under [costa]: address = ["…", "…"].'
    sample.plant(RECIPIENTS, 'office = "mayor"', 'office = "mayor"\naddress = ["Street 1", "1000 Town"]')
    assert errors(sample) == []
    assert prepare(sample.root, SUMMIT).letters[0].address[2:] == ("Street 1", "1000 Town")


def test_each_recipient_without_an_address_is_told(sample: Sample) -> None:
    """Two mayors live in two towns; and an office of the workspace's own has no address either."""
    sample.plant(RECIPIENTS, f"{ADDRESS}\n", "")
    sample.plant(RECIPIENTS, 'address = ["Rue de la Loi 200", "1049 Brussels"]\n', "")
    for office in (OFFICE, 'office = "european-commission-president"'):
        sample.plant(RECIPIENTS, office, 'office = "town-hall"')
    write_town_hall(sample)
    missed = [finding["message"].split("”")[0] for finding in errors(sample) if finding["code"] == "LG610"]
    assert missed == ["The letter to “costa", "The letter to “von-der-leyen"]


def write_town_hall(sample: Sample) -> None:
    """Write forms of address for an office that lettergen does not know."""
    path = sample.root / FORMS
    cells = (
        f'[office.town-hall.{gender}]\naddress = ["{{address_name}}"]\ntitle = "T"\nreference = "R"\n'
        'source = "S"\nverified = true\nstandard = { salutation = "Dear all", closing = "Yours," }\n'
        for gender in "mf"
    )
    path.write_text(path.read_text("utf-8") + "".join(cells), "utf-8")


def test_a_joint_letter_needs_no_address(sample: Sample) -> None:
    """It shows no street, so that none is missing."""
    sample.plant(RECIPIENTS, "[costa.names.ru]", MAYOR)
    sample.plant(RECIPIENTS, f"{ADDRESS}\n", "")
    sample.plant(RECIPIENTS, OFFICE, 'office = "mayor"')
    sample.plant(LETTER, "[letter]", '[letter]\nmode = "joint"')
    assert errors(sample) == []


@pytest.mark.parametrize(
    "address", ['address = ¶"Street 1"', 'address ¶["Street 1"]', "address = [¶5]", '¶adress = ["Street 1"]']
)
def test_an_address_with_a_mistake_is_not_missing(sample: Sample, address: str) -> None:
    """It is told as the mistake that it is, and nothing besides."""
    sample.plant(RECIPIENTS, "[costa.names.ru]", MAYOR)
    sample.plant(RECIPIENTS, OFFICE, 'office = "mayor"')
    sample.plant(RECIPIENTS, 'address = ["Rue de la Loi 175", "1048 Brussels"]', address)
    assert "LG610" not in [finding["code"] for finding in errors(sample)]
    assert len(errors(sample)) == 1


def test_an_office_that_nobody_knows_has_no_address_to_miss(sample: Sample) -> None:
    """It is told as unknown, and nothing besides."""
    sample.plant(RECIPIENTS, f"{ADDRESS}\n", "")
    sample.plant(RECIPIENTS, OFFICE, 'office = "european-counsil-president"')
    assert [finding["code"] for finding in errors(sample)] == ["LG202"]


def test_a_layout_of_the_command_line_is_not_in_a_file(sample: Sample) -> None:
    """An unverified layout is told where it is named: behind --layout, or in letter.toml."""
    (warning,) = prepare(sample.root, SUMMIT, layout="uk-dl").warnings
    assert (warning.code, warning.where) == ("LG608", Place("--layout"))
    line, column = sample.plant(LETTER, 'layout = "din5008-b"', 'layout = ¶"uk-dl"') or (0, 0)
    layouts: tuple[Layout | None, ...] = (None, "uk-dl")
    for layout in layouts:
        (warning,) = prepare(sample.root, SUMMIT, layout=layout).warnings
        assert (warning.where.file, warning.where.line, warning.where.column) == (LETTER, line, column)
    assert prepare(sample.root, SUMMIT, layout="din5008-a").warnings == ()
