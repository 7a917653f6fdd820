"""A finished page as a picture."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from lettergen.problems import UsageError
from lettergen.typeset.picture import picture


@pytest.fixture
def pdf() -> bytes:
    """Return a PDF of two pages of 100 × 141.4 points, the second one red."""
    sheets = [Image.new("RGB", (1000, 1414), colour) for colour in ("white", "red")]
    file = io.BytesIO()
    sheets[0].save(file, "PDF", resolution=720, save_all=True, append_images=sheets[1:])
    return file.getvalue()


@pytest.mark.parametrize("width", [1, 40, 77, 80, 100, 333])
def test_it_is_as_wide_as_asked(pdf: bytes, width: int) -> None:
    """The width is exact, so that no line of a terminal is broken, and the height follows from the sheet."""
    image = picture(pdf, 1, width)
    assert image.width == width
    assert abs(image.height - 1.414 * width) <= 1


def test_pages_are_counted_from_one(pdf: bytes) -> None:
    """Each page is itself, and one that there is not is named, with how many there are."""
    red = picture(pdf, 2, 10).getpixel((5, 5))
    assert isinstance(red, tuple)
    assert red[0] > 250
    assert max(red[1:]) < 5
    assert picture(pdf, 1, 10).getpixel((5, 5)) == (255, 255, 255)
    for number in (0, 3):
        with pytest.raises(UsageError, match=f"There is no page {number}") as raised:
            picture(pdf, number, 10)
        assert raised.value.help == "The letter has 2 pages."
