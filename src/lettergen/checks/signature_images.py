"""The ink signatures in the block under the closing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lettergen.problems import Problem
from lettergen.workspace.signature_images import UnfitError, bare_picture, find, read_picture

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lettergen.workspace.campaign import CampaignParts

_KEY = "signature_image"


def image(parts: CampaignParts) -> Iterator[Problem]:
    """LG806: a signature image is no picture of the campaign's own folders, or too large; LG807: or it is one.

    The second is a warning: whoever has the letter can cut the picture out and use it again.
    """
    for index, signatory in enumerate(parts.signatories):
        if not signatory.signature_image:
            continue
        place = parts.document.value(("signatory", index, _KEY))
        try:
            bare_picture(read_picture(find(parts.picture_folders, signatory.signature_image)))
        except UnfitError as error:
            yield Problem("LG806", str(error), place, error.way_out)
        else:
            message = "Whoever gets this letter can copy the signature image, and put it under another one."
            way_out = "Leave it out if you can; the digital signature is what proves who signed."
            yield Problem("LG807", message, place, way_out, "warning")


def image_in_every_language(parts: CampaignParts) -> Iterator[Problem]:
    """LG802: the description of a signature image has no words in a language that letters are written in."""
    for index, signatory in enumerate(parts.signatories):
        words = signatory.signature_image_description or {}
        missing = [language for language in parts.languages if words and language not in words]
        if missing:
            place = parts.document.value(("signatory", index, f"{_KEY}_description"))
            message = f"The description has no words in {', '.join(missing)}, and there are letters in it."
            yield Problem("LG802", message, place, "Add them, or write one text for all languages.")
