"""What cannot be said in HTML: the PDF/UA identification, attachments, unsmoothed pictures, signature fields.

All of it works on the finished PDF objects, before they are written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydyf import PDF

FIELD_PREFIX = "signature-"

# PDF/UA-1 wants its part number in the metadata (ISO 14289-1, 5); PDF/A-3 wants every schema that is not its own to
# be described (ISO 19005-3, 6.6.2.3.3).
_UA_IDENTIFICATION = b"""
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>PDF/UA part number</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""


def add_ua_identification(pdf: PDF) -> None:
    """Say in the metadata that the file is PDF/UA-1, inside the one rdf:RDF that validators read."""
    end = b"</rdf:RDF>"
    metadata = next(o for o in pdf.objects if getattr(o, "extra", {}).get("Type") == "/Metadata")
    head, found, tail = metadata.stream[0].rpartition(end)
    if not found:
        raise ValueError("the engine wrote metadata without rdf:RDF")
    metadata.stream[0] = head + _UA_IDENTIFICATION + found + tail


def stop_interpolation(pdf: PDF) -> None:
    """Let no picture be smoothed by the reader, which PDF/A-3 forbids (ISO 19005-3, 6.2.8)."""
    for thing in pdf.objects:
        extra = getattr(thing, "extra", {})
        if extra.get("Subtype") == "/Image" and "Interpolate" in extra:
            extra["Interpolate"] = "false"


def list_attachment_once(pdf: PDF) -> None:
    """Take out the second mention of the letter's data: the engine lists each associated file twice."""
    import pydyf

    pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))


def sort_unicode_maps(pdf: PDF) -> None:
    """Let the maps from glyphs to signs be in the order of the glyphs, not of their first use in the letter."""
    for thing in pdf.objects:
        stream = getattr(thing, "stream", [])
        if b"begincmap" in stream:
            places = [at for at, item in enumerate(stream) if item.startswith(b"<") and b"> <" in item]
            places.remove(stream.index(b"<0000> <ffff>"))
            for at, item in zip(places, sorted(stream[at] for at in places), strict=True):
                stream[at] = item


def make_signature_fields(pdf: PDF) -> None:
    """Turn the check boxes named “signature-…” into empty, visible, tagged signature fields.

    The engine gives the boxes their place, their tag and their alternative text; as form fields of the type /Sig
    (ISO 32000-1, 12.7.4.5) they keep those.
    """
    import pydyf

    boxes = [entry for entry in pdf.objects if _is_signature_box(entry)]
    if not boxes:
        return
    nothing = pydyf.Stream(extra={"Type": "/XObject", "Subtype": "/Form", "BBox": pydyf.Array([0, 0, 0, 0])})
    pdf.add_object(nothing)
    for field in boxes:
        for key in ("DA", "V", "MaxLen", "AS", "MK", "Border"):
            field.pop(key, None)
        x1, y1, x2, y2 = field["Rect"]
        field["Rect"] = pydyf.Array([min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)])
        field["FT"] = "/Sig"
        field["F"] = 132  # printed, and locked in its place
        field["AP"] = pydyf.Dictionary({"N": nothing.reference})
    form = pdf.catalog["AcroForm"]
    for key in ("NeedAppearances", "DR"):
        form.pop(key, None)
    for element in pdf.objects:
        # A list of one kid is legal, but signing writes the kid without its list, and at the next signature that
        # would read as a change of the signed document.
        if _is_form_element(element) and len(element["K"]) == 1:
            element["K"] = element["K"][0]


def _is_signature_box(entry: Any) -> bool:
    if not isinstance(entry, dict) or entry.get("Subtype") != "/Widget":
        return False
    return str(entry["T"].string).startswith(FIELD_PREFIX)


def _is_form_element(entry: Any) -> bool:
    return isinstance(entry, dict) and entry.get("S") == "/Form" and isinstance(entry["K"], list)
