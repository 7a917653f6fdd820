"""Logos: shown, described, and no trouble for the standards."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pikepdf
import pytest
from PIL import Image, ImageDraw

from judges import qpdf, tags, verapdf
from typeset.desk import Desk, data_address, short
from typeset.reading import elements

if TYPE_CHECKING:
    from pathlib import Path

SVG = """\
<svg xmlns="http://www.w3.org/2000/svg" width="60mm" height="30mm" viewBox="0 0 60 30">
<linearGradient id="g"><stop offset="0" stop-color="#7a1f2b"/><stop offset="1" stop-opacity=".3"/></linearGradient>
<circle cx="15" cy="15" r="13" fill="url(#g)" opacity=".8"/><text x="32" y="18" font-size="8">Rights</text></svg>
"""


def raster(mode: str, form: str) -> bytes:
    """Return a picture of a dot."""
    picture = Image.new(mode, (900, 300))
    ImageDraw.Draw(picture).ellipse((20, 20, 280, 280), fill=1 if mode in {"P", "1"} else "#7a1f2b")
    file = io.BytesIO()
    picture.save(file, form)
    return file.getvalue()


LOGOS = {
    "svg": (SVG.encode(), "image/svg+xml"),
    "png-alpha": (raster("RGBA", "PNG"), "image/png"),
    "png-palette": (raster("P", "PNG"), "image/png"),
    "png-black-and-white": (raster("1", "PNG"), "image/png"),
    "jpeg": (raster("RGB", "JPEG"), "image/jpeg"),
    "jpeg-grey": (raster("L", "JPEG"), "image/jpeg"),
}


@pytest.fixture(scope="module")
def letters(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return a letter with each logo, and one whose style sheet has a picture smoothed, as files."""
    folder = tmp_path_factory.mktemp("logos")
    heads = {name: desk.headed(logo=data_address(*logo)) for name, logo in LOGOS.items()}
    photograph = data_address(raster("RGB", "JPEG"), "image/jpeg")
    heads["smoothed"] = desk.headed(
        logo=photograph, style=f'img {{ image-rendering: auto }} .contact {{ background: url("{photograph}") }}'
    )
    return {
        name: desk.written(folder / f"{name}.pdf", short(desk.costa), head=head) for name, head in heads.items()
    }


def test_the_judges_accept_every_kind_of_logo(letters: dict[str, Path]) -> None:
    """PDF/A-3a and PDF/UA-1 with alpha, palettes, gradients and text in a drawing, and nothing adrift."""
    assert {key: rules for key, rules in verapdf.verdicts(list(letters.values())).items() if rules} == {}
    for file in letters.values():
        assert tags.adrift(file) == []
        qpdf.check(file)


@pytest.mark.parametrize("name", LOGOS)
def test_a_logo_is_described_and_placed(letters: dict[str, Path], name: str) -> None:
    """The one figure has the letterhead's words, and a box in the units and directions of the page."""
    with pikepdf.open(letters[name]) as pdf:
        figures = [element for element in elements(pdf) if element.S == "/Figure"]
        assert [str(figure.Alt) for figure in figures] == ["A round seal"]
        left, bottom, right, top = (float(side) * 25.4 / 72 for side in figures[0].A.BBox)
    assert left == pytest.approx(125, abs=0.5)
    assert top == pytest.approx(297 - 14, abs=0.5)
    assert 0 < top - bottom <= 16.1
    assert 0 < right - left <= 65.1
