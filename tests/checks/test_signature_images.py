"""Signature images: pictures of the campaign's own folders, of a signature's size, and a standing warning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from lettergen.workspace.signature_images import MOST_BYTES
from pictures import ink
from workspace.sample import EDITION, HEAD, LETTER

if TYPE_CHECKING:
    from pathlib import Path

    from workspace.sample import Sample

LAST = 'organisation = "International Partnership for Human Rights"\n'


def findings(sample: Sample, key: str) -> tuple[list[dict[str, Any]], tuple[int, int] | None]:
    """Return what is found with a key under the signatory, and where its value stands."""
    at = sample.plant(LETTER, LAST, f"{LAST}{key}\n")
    return sample.findings(), at


@pytest.mark.parametrize("folder", [LETTER, HEAD])
@pytest.mark.parametrize("name", ["ink.png", "ink.jpg"])
def test_a_picture_of_ones_own(sample: Sample, folder: str, name: str) -> None:
    """In the summit's or the letterhead's folder it has no mistake; that it can be copied is a warning."""
    ink((sample.root / folder).with_name(name), "RGB")
    found, at = findings(sample, f'signature_image = ¶"{name}"')
    assert [(f["code"], f["severity"], (f["line"], f["column"])) for f in found] == [("LG807", "warning", at)]
    assert sample.run("check").exit_code == 0


def _nothing(file: Path) -> None:
    assert not file.exists()


def _not_whole(file: Path) -> None:
    ink(file)
    file.write_bytes(file.read_bytes()[:200])


def _too_many_pixels(file: Path) -> None:
    Image.new("L", (4001, 2000)).save(file)


def _linked(file: Path) -> None:
    file.symlink_to(ink(file.parents[2] / "outside.png"))


def _to_itself(file: Path) -> None:
    file.symlink_to(file.name)


UNFIT = {
    "missing": (_nothing, "ink.png", "is missing"),
    "outside": (lambda file: ink(file.parents[2] / "ink.png"), "../../ink.png", "outside the summit’s"),
    "outside by its whole path": (_nothing, "/etc/hostname", "outside the summit’s"),
    "outside by a link": (_linked, "ink.png", "outside the summit’s"),
    "a link to itself": (_to_itself, "ink.png", "cannot be a file"),
    "no picture": (lambda file: file.write_text("<svg/>"), "ink.png", "no PNG or JPEG"),
    "another kind": (lambda file: Image.new("L", (9, 9)).save(file, "GIF"), "ink.png", "no PNG or JPEG"),
    "not whole": (_not_whole, "ink.png", "damaged"),
    "too many bytes": (lambda file: file.write_bytes(bytes(MOST_BYTES + 1)), "ink.png", "more than 5 megabytes"),
    "too many pixels": (_too_many_pixels, "ink.png", "4001 × 2000 pixels"),
}


@pytest.mark.parametrize("name", UNFIT)
def test_what_cannot_be_a_signature_image(sample: Sample, name: str) -> None:
    """Each is an error at the key, in a sentence; the warning about copies would be an echo."""
    make, written, said = UNFIT[name]
    make((sample.root / LETTER).with_name("ink.png"))
    found, at = findings(sample, f'signature_image = ¶"{written}"')
    error = found[0]
    assert (error["code"], error["severity"], (error["line"], error["column"])) == ("LG806", "error", at)
    assert said in error["message"]
    assert len(found) == 1


def test_a_description_in_some_languages(four_languages: Sample) -> None:
    """A table of descriptions needs a text for each language of the letters."""
    assert (four_languages.root / EDITION).is_file()
    ink((four_languages.root / LETTER).with_name("ink.png"))
    key = 'signature_image = "ink.png"\nsignature_image_description = ¶{ en = "Ink", de = "Tinte" }'
    found, at = findings(four_languages, key)
    (error,) = [f for f in found if f["severity"] == "error"]
    assert (error["code"], (error["line"], error["column"])) == ("LG802", at)
    assert error["message"].startswith("The description has no words in fr, ru")
