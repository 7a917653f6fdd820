"""The letterhead's logo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lettergen.problems import Problem, did_you_mean
from lettergen.workspace.folder import letterhead_folder
from lettergen.workspace.head import MEDIA_TYPES
from lettergen.workspace.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lettergen.workspace.campaign import CampaignParts


def missing_logo(parts: CampaignParts) -> Iterator[Problem]:
    """LG207: the letterhead's logo is not a picture in the letterhead's own folder."""
    document, letterhead = parts.letterhead_document, parts.letterhead
    if document and letterhead and letterhead.logo:
        folder = letterhead_folder(parts.root, parts.header.letterhead)
        if wrong := _mistake(folder, letterhead.logo):
            message, way_out = wrong
            yield Problem("LG207", message, document.value(("logo",)), way_out)


def undescribed_logo(parts: CampaignParts) -> Iterator[Problem]:
    """LG208: the logo has no description for people who do not see it (PDF/UA-1, ISO 14289-1, 7.3)."""
    document, letterhead = parts.letterhead_document, parts.letterhead
    if not document or not letterhead or not letterhead.logo or letterhead.logo_description:
        return
    folder = letterhead_folder(parts.root, parts.header.letterhead)
    if not document.may_hold((), "logo_description") and not _mistake(folder, letterhead.logo):
        way_out = "Add logo_description = “…”: what it shows, in a few words."
        yield Problem("LG208", "The logo has no description.", document.value(("logo",)), way_out)


def _mistake(folder: Path, logo: str) -> tuple[str, str] | None:
    """Return what is wrong with a logo, and what to do."""
    try:
        folder = folder.resolve()
        file = (folder / logo).resolve()
        is_file = file.is_file()
    except (OSError, RuntimeError):  # a name that no file can have; a link that leads to itself
        return f"{quoted(logo)} cannot be a file.", "Give it a short, plain name."
    if not file.is_relative_to(folder):
        return f"{quoted(logo)} is outside the letterhead’s folder.", "Copy the file into it."
    if not is_file:
        pictures = [path.name for path in folder.iterdir() if path.suffix.lower() in MEDIA_TYPES]
        way_out = did_you_mean(logo, pictures) or f"Put the file into {folder.name}/, or take the key out."
        return f"The logo {quoted(logo)} is missing.", way_out
    if file.suffix.lower() not in MEDIA_TYPES:
        return f"{quoted(logo)} is not a picture.", "Use SVG, PNG or JPEG."
    return None
