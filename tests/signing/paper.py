"""Letters to sign: real WeasyPrint PDFs with signature fields such as lettergen's typesetter makes."""

from __future__ import annotations

import warnings
from importlib.resources import files
from typing import TYPE_CHECKING

import pydyf
from weasyprint import HTML

if TYPE_CHECKING:
    from collections.abc import Sequence

    from weasyprint import Document

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Letter to a president</title><style>
@font-face {{ font-family: Plex; src: url({font}) }}
body {{ font: 11pt Plex }}
h1 {{ font-weight: normal }}
.sig {{ appearance: auto; display: block; width: 70mm; height: 22mm }}
</style></head><body><h1>Your Excellency,</h1><p>We call on you to raise these concerns.</p>{fields}
</body></html>"""
FIELD = '<input type="checkbox" class="sig" name="{name}" title="Digital signature">'


def letter(fields: Sequence[str] = ("Signature1",)) -> bytes:
    """Return a PDF/A-3a of one page with these empty signature fields."""
    font = f"file://{files('fontpkg_ibm_plex_serif')}/files/IBMPlexSerif-Regular.ttf"
    boxes = "".join(FIELD.format(name=name) for name in fields)
    with warnings.catch_warnings():
        # WeasyPrint leaves its colour profile's file to the garbage collector.
        warnings.simplefilter("ignore", ResourceWarning)
        pdf = HTML(string=PAGE.format(font=font, fields=boxes)).write_pdf(
            pdf_variant="pdf/a-3a", finisher=_turn_boxes_into_signature_fields
        )
    assert isinstance(pdf, bytes)
    return pdf


def _turn_boxes_into_signature_fields(_document: Document, pdf: pydyf.PDF) -> None:
    for thing in [thing for thing in pdf.objects if isinstance(thing, pydyf.Dictionary)]:
        if thing.get("Subtype") == "/Widget":
            for key in ("DA", "V", "MaxLen", "AS", "MK", "Border"):
                thing.pop(key, None)
            left, top, right, bottom = thing["Rect"]
            box = pydyf.Array([0, 0, abs(right - left), abs(bottom - top)])
            empty = pydyf.Stream(extra={"Type": "/XObject", "Subtype": "/Form", "BBox": box})
            pdf.add_object(empty)
            thing["Rect"] = pydyf.Array([left, min(top, bottom), right, max(top, bottom)])
            thing["FT"] = "/Sig"
            thing["F"] = 132
            thing["AP"] = pydyf.Dictionary({"N": empty.reference})
        if thing.get("S") == "/Form":
            # pyHanko calls a second signature illegal when this is an array.
            thing["K"] = thing["K"][0]
    form = pdf.catalog["AcroForm"]
    form.pop("NeedAppearances")
    form.pop("DR")
