"""Holds when a postal address is doubted: without a code of its country, where addresses need one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lettergen.prepare import prepare
from workspace.sample import RECIPIENTS, SUMMIT

if TYPE_CHECKING:
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
