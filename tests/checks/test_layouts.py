"""Holds that a layout whose field or window nobody found in a source is told, and is told where it is named."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import pytest

from lettergen.geometry import geometry
from lettergen.model import Layout
from workspace.sample import LETTER, RECIPIENTS

if TYPE_CHECKING:
    from workspace.sample import Sample


@pytest.mark.parametrize("layout", get_args(Layout))
def test_an_unverified_layout_is_a_warning(sample: Sample, layout: Layout) -> None:
    """Its place is the layout's name; a verified one is not mentioned."""
    at = sample.plant(LETTER, 'layout = "din5008-b"', f'layout = ¶"{layout}"')
    found = [(f["code"], f["severity"], (f["line"], f["column"]), f["message"]) for f in sample.findings()]
    sheet = geometry(layout)
    message = f"Nobody has verified the layout “{layout}”. Source: {sheet.source}."
    assert found == ([] if sheet.verified else [("LG608", "warning", at, message)])


def test_three_layouts_and_a_window_are_inferred() -> None:
    """Of British, two Swiss, and the American no. 10 envelopes no source was found for the window."""
    unverified = [layout for layout in get_args(Layout) if not geometry(layout).verified]
    assert unverified == ["sn010130-right", "sn-left", "us-no10", "uk-dl"]


@pytest.mark.parametrize(
    ("layout", "lines", "shown"), [("din5008-b", 5, 6), ("us-no10", 3, 4), ("uk-dl", 4, 5), ("jp-chou3", 6, 7)]
)
def test_an_address_with_too_many_lines_is_found(sample: Sample, layout: str, lines: int, shown: int) -> None:
    """Name, office and the address must fit into the window; one line more is an error where the address stands."""
    sample.plant(LETTER, 'layout = "din5008-b"', f'layout = "{layout}"')
    fits = [f"Line {number}" for number in range(lines - 1)]
    costa = 'address = ["Rue de la Loi 175", "1048 Brussels"]'
    at = sample.plant(RECIPIENTS, costa, f"address = ¶{[*fits, '1048 Brussels']}")
    sample.plant(RECIPIENTS, 'address = ["Rue de la Loi 200", "1049 Brussels"]', f"address = {fits}")
    errors = [finding for finding in sample.findings() if finding["severity"] == "error"]
    assert [(f["code"], f["file"], (f["line"], f["column"])) for f in errors] == [("LG609", RECIPIENTS, at)]
    assert errors[0]["message"] == (
        f"The address of “costa” has {lines + 2} lines, and the window of {layout} shows {shown}: "
        "no room for “1048 Brussels”."
    )
