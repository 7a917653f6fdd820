"""Documents that others made: small PDFs as different programs write them."""

from __future__ import annotations

import io
import re
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pikepdf
from pikepdf import Array, Dictionary, Name, ObjectStreamMode, String
from weasyprint import HTML

if TYPE_CHECKING:
    from collections.abc import Callable

SHEET = (595, 842)  # A4, in points


def saved(change: Callable[[pikepdf.Pdf], None] | None = None, **options: Any) -> bytes:
    """Return two blank pages with something of one's own, as pikepdf saves them; no page has /Tabs."""
    with pikepdf.new() as pdf:
        for _ in range(2):
            pdf.add_blank_page(page_size=SHEET)
        if change is not None:
            change(pdf)
        out = io.BytesIO()
        pdf.save(out, **options)
    return out.getvalue()


def form_of(*fields: tuple[str, str]) -> Callable[[pikepdf.Pdf], None]:
    """Return what adds a form: its fields as type (“Sig” or “Tx”) and name, on the first page."""

    def add(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0]
        widgets = [
            pdf.make_indirect(
                Dictionary(
                    Type=Name.Annot,
                    Subtype=Name.Widget,
                    FT=Name(f"/{kind}"),
                    T=String(name),
                    Rect=[50, 50 + 40 * number, 200, 80 + 40 * number],
                    F=4,
                    P=page.obj,
                )
            )
            for number, (kind, name) in enumerate(fields)
        ]
        page.Annots = Array(widgets)
        pdf.Root.AcroForm = Dictionary(Fields=Array(widgets))

    return add


def xfa(pdf: pikepdf.Pdf) -> None:
    """Make an XFA form of it."""
    pdf.Root.AcroForm = Dictionary(Fields=Array([]), XFA=pdf.make_stream(b"<xdp/>"))


def printed(*, fields: bool = False) -> bytes:
    """Return a page as WeasyPrint makes it for anybody: no tags, no archive; on request with a form.

    It brings its font along: a process in which letters were set has none of the machine's any more.
    """
    font = f"file://{files('fontpkg_ibm_plex_serif')}/files/IBMPlexSerif-Regular.ttf"
    style = f"<style>@font-face {{ font-family: Plex; src: url({font}) }} * {{ font: 11pt Plex }}</style>"
    page = f"<title>Minutes</title>{style}<p>All agreed.</p><input name=remark>"
    pdf = HTML(string=page).write_pdf(pdf_forms=fields)
    assert isinstance(pdf, bytes)
    return pdf


def with_lost_object(pdf: bytes) -> bytes:
    """Return a PDF, saved without object streams, whose table says of an object that it is elsewhere."""
    return re.sub(rb"(\n)(\d{9})\d( 00000 n)", rb"\g<1>\g<2>x\3", pdf, count=1).replace(b"x 00000 n", b"1 00000 n")


def hybrid(pdf: bytes) -> bytes:
    """Return a PDF, saved without object streams, with a second table of contents beside the first."""
    at = len(pdf)
    size = int(re.findall(rb"/Size (\d+)", pdf)[-1])
    before = int(re.findall(rb"startxref\s+(\d+)", pdf)[-1])
    root = re.findall(rb"/Root (\d+ 0 R)", pdf)[-1].decode()
    entries = f"/Type/XRef/Size {size + 1}/W[1 4 2]/Index[0 0]/Root {root}/Length 0"
    stream = f"{size} 0 obj\n<<{entries}>>stream\n\nendstream\nendobj\n"
    table = at + len(stream)
    trailer = f"<</Size {size + 1}/Root {root}/Prev {before}/XRefStm {at}>>"
    more = f"{stream}xref\n0 1\n0000000000 65535 f \ntrailer\n{trailer}\nstartxref\n{table}\n%%EOF\n"
    return pdf + more.encode()


PLAIN: dict[str, Callable[[], bytes]] = {
    "pikepdf": lambda: saved(object_stream_mode=ObjectStreamMode.disable),
    "linearised": lambda: saved(linearize=True),
    "object streams": lambda: saved(object_stream_mode=ObjectStreamMode.generate),
    "WeasyPrint": printed,
    "WeasyPrint's form": lambda: printed(fields=True),
    "a text field": lambda: saved(form_of(("Tx", "Signature1"))),
    "a text field in an object stream": lambda: saved(
        form_of(("Tx", "Signature1")), object_stream_mode=ObjectStreamMode.generate
    ),
}
