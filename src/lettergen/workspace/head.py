"""A letterhead with the files of its folder, read."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lettergen.problems import FileError
from lettergen.workspace.folder import LETTERHEAD_STYLE, LETTERHEAD_TEMPLATE, letterhead_folder

if TYPE_CHECKING:
    from pathlib import Path

    from lettergen.model import Letterhead
    from lettergen.workspace.signature_images import SignatureImage

MEDIA_TYPES = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}


@dataclass(frozen=True, slots=True)
class Head:
    """A letterhead and what lies beside its letterhead.toml.

    Attributes:
        logo: the logo as a data: address, or None.
        template: the letterhead's own letterhead.html, or None for the layout's.
        style: the letterhead's own letterhead.css, or an empty text.
        signatures: the signature images of the campaign under it, by signatory.
    """

    letterhead: Letterhead
    logo: str | None = None
    template: str | None = None
    style: str = ""
    signatures: dict[str, SignatureImage] = field(default_factory=dict, hash=False)


def read_head(root: Path, letterhead_id: str, letterhead: Letterhead) -> Head:
    """Read the files of a letterhead that has no mistakes.

    Raises:
        FileError: one of them cannot be read.
    """
    folder = letterhead_folder(root, letterhead_id)
    try:
        template, style = folder / LETTERHEAD_TEMPLATE, folder / LETTERHEAD_STYLE
        return Head(
            letterhead,
            logo=_data_address(folder / letterhead.logo) if letterhead.logo else None,
            template=template.read_text("utf-8-sig") if template.is_file() else None,
            style=style.read_text("utf-8-sig") if style.is_file() else "",
        )
    except (OSError, UnicodeDecodeError) as error:
        raise FileError(f"The letterhead in {folder} cannot be read: {error}.") from error


def _data_address(path: Path) -> str:
    return f"data:{MEDIA_TYPES[path.suffix.lower()]};base64,{b64encode(path.read_bytes()).decode()}"
