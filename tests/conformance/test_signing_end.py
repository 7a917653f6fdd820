"""The end of a letter before independent judges: signature images under their fields, and who joins by name."""

from __future__ import annotations

import io
import random
import re
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from PIL import Image

import workspaces
from judges import poppler, qpdf, tags, verapdf
from lettergen.model import CoSigner, CoSigners
from lettergen.prepare import prepare
from pictures import TOLD, ink
from typeset.desk import Desk, desk, random_letter, short
from unpacked import unpacked, writings
from workspaces import SUMMIT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lettergen.model import Letter

SIGNATORIES = """\
[[signatory]]
id = "ann"
name = "Ann Doe"
function = "Director"
organisation = "Watchers"
signature_image = "ann.png"

[[signatory]]
id = "they"
organisation = "Others"

[[signatory]]
id = "jo"
name = "Jo Doe"
organisation = "Third"
signature_image = "jo.jpg"
signature_image_description = "A scrawl"
"""


@pytest.fixture(scope="module")
def at_a_desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Return a desk at which three sign, two of them with ink."""
    folder = tmp_path_factory.mktemp("desk")
    found = desk(folder)
    letter = folder / "letters" / SUMMIT / "letter.toml"
    for edition in letter.parent.glob("letter.*.toml"):
        edition.unlink()
    letter.write_text(letter.read_text("utf-8").partition("[[signatory]]")[0] + SIGNATORIES, "utf-8")
    ink(letter.with_name("ann.png"))
    ink(letter.with_name("jo.jpg"), "CMYK", orientation=6)
    prepared = prepare(folder, SUMMIT, language="en")
    return Desk(folder, found.typesetter, {one.recipient: one for one in prepared.letters}, prepared.head)


def joined(letter: Letter, number: int, withheld: int = 2) -> Letter:
    """Return a letter that so many organisations join, with names of one to eight words."""
    chance = random.Random(number)  # noqa: S311 - the same names each time are what is meant
    words = ("Watch", "Committee", "for", "Independent", "Journalists", "Foundation", "Tajikistan", "Rights")
    named = tuple(
        CoSigner(
            id=f"o{index}",
            name=f"N{index:03} {' '.join(chance.choices(words, k=chance.randint(1, 8)))}",
            acronym=chance.choice((None, "ABC")),
            country=chance.choice((None, "Kazakhstan")),
            note=chance.choice((None, None, "in exile in Poland")),
            person=chance.choice((None, None, "Ann Doe")),
            function=chance.choice((None, "Executive director")),
        )
        for index in range(number)
    )
    signers = CoSigners(named=named, withheld=withheld, count=number + withheld)
    return letter.model_copy(update={"co_signatories": signers})


def _kids(element: Any) -> Iterator[Any]:
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid


def _below(element: Any) -> Iterator[Any]:
    yield element
    for kid in _kids(element):
        yield from _below(kid)


def page_count(file: Path) -> int:
    """Return how many pages a file has."""
    with pikepdf.open(file) as pdf:
        return len(pdf.pages)


def elements(pdf: pikepdf.Pdf, kind: str) -> list[Any]:
    """Return the elements of a kind in the structure tree, in order."""
    return [element for element in _below(pdf.Root.StructTreeRoot) if element.get("/S") == kind]


def test_the_judges_accept_them(at_a_desk: Desk, tmp_path: Path) -> None:
    """With three signatories, two images and 0 to 200 organisations: PDF/A-3a and PDF/UA-1, and nothing unread."""
    letters = {"none": at_a_desk.costa} | {str(n): joined(at_a_desk.costa, n) for n in (3, 40, 200)}
    files = [at_a_desk.written(tmp_path / f"{name}.pdf", letter, "signed") for name, letter in letters.items()]
    files.append(at_a_desk.written(tmp_path / "draft.pdf", letters["40"], "draft"))
    verdicts = verapdf.verdicts(files)
    assert len(verdicts) == 10
    assert {key: rules for key, rules in verdicts.items() if rules} == {}
    for file in files:
        qpdf.check(file)
        assert tags.adrift(file) == []


@pytest.mark.parametrize("number", [5, 6, 200])
def test_the_list_is_one_list(at_a_desk: Desk, tmp_path: Path, number: int) -> None:
    """Over columns and pages it is one list with an item for each, in its order, and its heading is with it."""
    letter = joined(random_letter(at_a_desk.costa, number), number)
    file = at_a_desk.written(tmp_path / "letter.pdf", letter)
    with pikepdf.open(file) as pdf:
        (*_, listed) = elements(pdf, "/L")
        assert [item["/S"] for item in _kids(listed)] == ["/LI"] * number
    read = poppler.structure(file)
    assert re.findall(r"\bN(\d{3})\b", read[read.index("Co-signatories") :]) == [
        f"{index:03}" for index in range(number)
    ]
    pages = [poppler.text(file, page, page) for page in range(1, page_count(file) + 1)]
    assert [bool(re.search(r"\bN\d{3}\b", page)) for page in pages if "Co-signatories" in page] == [True]


def test_a_list_in_the_text_stays_as_it_is(at_a_desk: Desk, tmp_path: Path) -> None:
    """A list within a list is still one: only what columns broke is joined."""
    letter = short(at_a_desk.costa, opening="- one\n  - inner\n  - second\n- two\n")
    with pikepdf.open(at_a_desk.written(tmp_path / "letter.pdf", letter)) as pdf:
        shapes = [[str(kid["/S"]) for kid in _kids(each)] for each in elements(pdf, "/L")]
    assert shapes[:2] == [["/LI", "/L", "/LI"], ["/LI", "/LI"]]


def test_each_image_lies_under_its_field(at_a_desk: Desk, tmp_path: Path) -> None:
    """Described, inside the field's rectangle, and each signatory has a field, with ink or without."""
    with pikepdf.open(at_a_desk.written(tmp_path / "letter.pdf", at_a_desk.costa, "signed")) as pdf:
        figures = elements(pdf, "/Figure")
        fields = {str(field.T): [float(side) for side in field.Rect] for field in pdf.Root.AcroForm.Fields}
        assert [str(figure.Alt) for figure in figures] == ["Signature of Ann Doe", "A scrawl"]
        assert list(fields) == ["signature-ann", "signature-they", "signature-jo"]
        for figure, field in zip(figures, ("signature-ann", "signature-jo"), strict=True):
            left, bottom, right, top = (float(side) for side in figure.A.BBox)
            x1, y1, x2, y2 = fields[field]
            assert x1 - 1 < left < right < x2 + 1
            assert y1 - 1 < bottom < top < y2 + 1
            assert right - left > 15
        sizes = {(round(x2 - x1), round(y2 - y1)) for x1, y1, x2, y2 in fields.values()}
        assert sizes == {(198, 51)}  # 70 × 18 mm, all alike


def test_the_end_stays_together(at_a_desk: Desk, tmp_path: Path) -> None:
    """Closing, three signatories and two lines of text before them are on one page, wherever the text ends."""
    for seed in range(4):
        letter = joined(random_letter(at_a_desk.costa, seed), 3)
        file = at_a_desk.written(tmp_path / f"{seed}.pdf", letter)
        pages = [poppler.text(file, page, page) for page in range(1, page_count(file) + 1)]
        (end,) = [page for page in pages if "Yours sincerely," in page]
        before, _, behind = end.partition("Yours sincerely,")
        assert all(name in behind for name in ("Ann Doe", "Others", "Jo Doe", "Third"))
        assert len([line for line in before.splitlines() if line.strip()]) >= 2 + (end != pages[0])


def test_only_pixels_reach_the_letter(tmp_path: Path) -> None:
    """Camera, place, comment and profile of a signature image are in no byte of the output; the picture is."""
    workspace = workspaces.small(tmp_path)
    letter = workspace.root / "letters" / SUMMIT / "letter.toml"
    text = letter.read_text("utf-8").partition("[[signatory]]")[0] + SIGNATORIES
    letter.write_text(text, "utf-8")
    for name, mode in (("ann.png", "RGBA"), ("jo.jpg", "RGB")):
        image = ink(letter.with_name(name), mode)
        assert TOLD.encode() in image.read_bytes()
    for mode in ("--unsigned", "--draft"):
        done = workspace.compose(mode)
        assert done.status == 0, done.err
        assert "LG807" in done.err
    needles = [
        needle.lower() for needle in (*writings(TOLD), b"Exif", b"ICC_PROFILE", b"photoshop", b"/Interpolate true")
    ]
    files = [file for file in workspace.out.rglob("*") if file.is_file()]
    parts = [part for file in files for part in unpacked(file.name, file.read_bytes(), file)]
    assert [(name, needle) for name, data in parts for needle in needles if needle in data.lower()] == []
    assert {file.name: _pictures(file) for file in files if file.suffix == ".pdf"} == {
        "costa.en.draft.pdf": 0,
        "costa.en.unsigned.pdf": 2,
        "von-der-leyen.en.draft.pdf": 0,
        "von-der-leyen.en.unsigned.pdf": 2,
    }


def _pictures(file: Path) -> int:
    with pikepdf.open(file) as pdf:
        images = [image for image in pdf.objects if isinstance(image, pikepdf.Stream) and "/Width" in image]
        # A transparent one is two: its colours, and its mask.
        assert {(image.Width, image.Height) for image in images} <= {(300, 100)}
        return sum("/SMask" in image or image.ColorSpace == "/DeviceRGB" for image in images)


def test_a_picture_is_upright(at_a_desk: Desk) -> None:
    """A camera's note that a picture was taken sideways is followed, because it is left behind."""
    import base64

    address = at_a_desk.head.signatures["jo"].address
    with Image.open(io.BytesIO(base64.b64decode(address.partition(",")[2]))) as picture:
        assert (picture.size, picture.mode, picture.info) == ((100, 300), "RGB", {})
