"""The ink signatures that a campaign's block shows: pictures, with nothing in them but what is seen."""

from __future__ import annotations

import io
import struct
import warnings
from base64 import b64encode
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lettergen.files import sha256
from lettergen.problems import FileError
from lettergen.workspace.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from PIL.Image import Image

    from lettergen.model import Signatory

MOST_BYTES = 5_000_000
MOST_PIXELS = 8_000_000
_FORMATS = ("PNG", "JPEG")
_USE = "Use a PNG or JPEG file."


@dataclass(frozen=True, slots=True)
class SignatureImage:
    """A picture of somebody's signature.

    Attributes:
        address: the picture as a data: address.
        source: SHA-256 of the file that it was made from, the same whichever library made it.
    """

    address: str = field(repr=False)
    source: str


class UnfitError(Exception):
    """A file cannot be a signature image: what is wrong, and the way out."""

    def __init__(self, message: str, way_out: str) -> None:
        super().__init__(message)
        self.way_out = way_out


def read_signature_images(folders: Sequence[Path], signatories: Iterable[Signatory]) -> dict[str, SignatureImage]:
    """Return the signature images of a campaign without mistakes, by signatory.

    Args:
        folders: the summit's and the letterhead's.
        signatories: those of the campaign.

    Raises:
        FileError: one of them has changed since it was checked.
    """
    images = {}
    for signatory in signatories:
        if signatory.signature_image:
            try:
                data = read_picture(find(folders, signatory.signature_image))
                png = bare_picture(data)
            except UnfitError as error:
                raise FileError(str(error), help=error.way_out) from error
            address = f"data:image/png;base64,{b64encode(png).decode()}"
            images[signatory.id] = SignatureImage(address, sha256(data))
    return images


def find(folders: Sequence[Path], name: str) -> Path:
    """Return the file of a signature image.

    Args:
        folders: where it may be; the first that has it counts.
        name: its path in one of them.

    Raises:
        UnfitError: none has it, or the path leads out of them.
    """
    try:
        files = [((folder / name).resolve(), folder.resolve()) for folder in folders]
        inside = [file for file, folder in files if file.is_relative_to(folder)]
        found = next((file for file in inside if file.is_file()), None)
        leads_out = not inside or any(file.is_file() for file, _ in files)
    except (OSError, RuntimeError, ValueError):  # a name that no file can have; a link that leads to itself
        raise UnfitError(f"{quoted(name)} cannot be a file.", "Give it a short, plain name.") from None
    if found is None and leads_out:
        message = f"{quoted(name)} is outside the summit’s and the letterhead’s folder."
        raise UnfitError(message, "Copy the file into one of them.")
    if found is None:
        message = f"The signature image {quoted(name)} is missing."
        raise UnfitError(message, f"Put the file into {folders[0].name}/, or take the key out.")
    return found


def read_picture(file: Path) -> bytes:
    """Return the bytes of a file that is small enough for a signature image.

    Raises:
        UnfitError: it is larger, or cannot be read.
    """
    try:
        if file.stat().st_size <= MOST_BYTES:
            return file.read_bytes()
    except OSError as error:
        raise UnfitError(f"The signature image cannot be read: {error.strerror or error}.", _USE) from error
    message = f"The signature image has more than {MOST_BYTES // 1_000_000} megabytes."
    raise UnfitError(message, "Cut it to the signature, and save it with fewer pixels.")


def bare_picture(data: bytes) -> bytes:
    """Return a picture as a PNG that holds its pixels alone: no place, no camera, no name, no colour profile.

    Args:
        data: a PNG or JPEG file.

    Raises:
        UnfitError: it is none, or has more pixels than a signature needs.
    """
    from PIL import Image, UnidentifiedImageError

    out = io.BytesIO()
    try:
        with warnings.catch_warnings(), Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
            warnings.simplefilter("ignore")  # of what is odd in a file, and left behind
            _refuse_too_many_pixels(picture)
            _plain(picture).save(out, "PNG", optimize=True)
    except UnidentifiedImageError as error:
        raise UnfitError("The signature image is no PNG or JPEG picture.", _USE) from error
    except (OSError, ValueError, SyntaxError, EOFError, TypeError, struct.error) as error:
        raise UnfitError("The signature image is damaged, or not whole.", "Save it again.") from error
    return out.getvalue()


def _refuse_too_many_pixels(picture: Image) -> None:
    if picture.width * picture.height > MOST_PIXELS:
        size = f"{picture.width} × {picture.height}"
        message = f"The signature image has {size} pixels; at most {MOST_PIXELS // 1_000_000} million are taken."
        raise UnfitError(message, "Save it with fewer pixels; 1000 × 400 are enough in print.")


def _plain(picture: Image) -> Image:
    """Return a new picture, upright, with the pixels of another and nothing that was told about them."""
    from PIL import Image, ImageOps

    mode = "RGBA" if picture.has_transparency_data else "RGB"
    seen = ImageOps.exif_transpose(picture).convert(mode)
    bare = Image.new(mode, seen.size)
    bare.paste(seen)
    return bare
