"""Pictures of signatures, with everything in them that must not reach a letter."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from PIL import Image, ImageCms, ImageDraw, PngImagePlugin

if TYPE_CHECKING:
    from pathlib import Path

TOLD = "Kanarek-Camera-7781"
_CREATED, _MAKE, _GPS, _ORIENTATION = 0x9003, 0x010F, 0x8825, 0x0112


def ink(file: Path, mode: str = "RGBA", size: tuple[int, int] = (300, 100), *, orientation: int = 1) -> Path:
    """Draw a signature into a PNG or JPEG file, with camera, place, comment and colour profile."""
    white: Any = {"RGBA": (255, 255, 255, 0), "RGB": (255, 255, 255), "CMYK": (0, 0, 0, 0), "L": 255, "P": 1}[mode]
    image = Image.new(mode, size, white)
    ink_colour: Any = {"RGBA": (0, 0, 90, 255), "RGB": (0, 0, 90), "CMYK": (255, 255, 0, 0), "L": 0, "P": 0}[mode]
    width, height = size
    ImageDraw.Draw(image).line([(10, height - 10), (width // 2, 10), (width - 10, height - 10)], ink_colour, 4)
    exif = Image.Exif()
    exif[_MAKE], exif[_CREATED], exif[_ORIENTATION] = TOLD, f"2025:03:20 {TOLD}", orientation
    exif.get_ifd(_GPS).update({1: "N", 2: (50.0, 50.0, 1.0), 29: TOLD})
    text = PngImagePlugin.PngInfo()
    text.add_text("Author", TOLD)
    text.add_itxt("Comment", TOLD, zip=True)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    own: dict[str, Any] = {"pnginfo": text} if file.suffix == ".png" else {"comment": TOLD.encode()}
    with io.BytesIO() as data:
        kind = "PNG" if file.suffix == ".png" else "JPEG"
        image.save(data, kind, exif=exif, icc_profile=profile, **own)
        file.write_bytes(data.getvalue())
    return file
