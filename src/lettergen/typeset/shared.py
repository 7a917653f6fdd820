"""Pages that letters share: laid out once, and for each letter only the lines that are its recipient's own.

In a batch most letters differ in the address, the salutation and the running head alone. Those lines stand in
fields of a fixed size, so nothing else moves. The first letter of a kind is set the long way; of it are kept the
objects of its PDF and the places of its own lines. The next one gets its lines from the same engine, in the same
fonts, at the same places, and the rest as it is: byte for byte the file that the long way would have made. Wherever
that is not certain (a line that would be broken, a missing sign, a style that moves a line) the answer is None, and
the letter takes the long way.
"""

from __future__ import annotations

import copy
import re
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pydyf

from lettergen.typeset.assembly import Assembly
from lettergen.typeset.own_boxes import OwnBox, UnshareableError, find_own_boxes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from weasyprint import Attachment, Document

    from lettergen.own_lines import OwnLines

_SHOW = re.compile(rb"\[(.*)\] TJ", re.DOTALL)
_FONT = re.compile(rb"/(\S+) \S+ Tf")
_GLYPHS = re.compile(rb"<([0-9a-f]+)>")
_TEXT = 5  # items of a piece of text in a page: BT, its place, its font, its signs, ET
_OBJECTS_PER_FONT = 4  # besides the font's file: ToUnicode, descriptor, descendant, font
_KEPT_SUBSETS = 512


@dataclass(frozen=True, slots=True)
class _Slot:
    """Where an own line stands: the number of its page's content, and the first of its items there."""

    box: OwnBox
    content: int
    at: int


@dataclass(frozen=True, slots=True)
class _Face:
    """A font of the shared pages.

    Attributes:
        key: the engine's.
        font: the engine's, with the glyphs of the shared text alone, in the order of their numbers.
        numbers: those of its objects in the file, in the order in which the engine makes them.
    """

    key: Any
    font: Any
    numbers: tuple[int, ...]


class _Numbered(pydyf.PDF):  # type: ignore[misc]
    """Gives objects the numbers that their like have in another file."""

    def __init__(self, numbers: tuple[int, ...] = ()) -> None:
        super().__init__()
        self._numbers = iter(numbers)
        self.made: list[Any] = []

    def add_object(self, object_: Any) -> None:
        numbers = getattr(self, "_numbers", None)
        if numbers is None:  # pydyf's own objects, before there are numbers
            super().add_object(object_)
            return
        object_.number = next(numbers)
        self.made.append(object_)

    def data(self) -> dict[int, bytes]:
        """Return the data of the objects, by number."""
        return {entry.number: entry.data for entry in self.made}


class SharedPages:
    """The pages of a letter that was set the long way, ready for other letters.

    Args:
        document: as it was laid out.
        pdf: as it was finished and written.
        own: that letter's own lines.
        finish_metadata: what is done with the metadata of a file after the engine made them.
        options: of the engine, as the letter was written.

    Raises:
        UnshareableError: its pages cannot be shared; the sentence says why.
    """

    def __init__(
        self,
        document: Document,
        pdf: pydyf.PDF,
        own: OwnLines,
        finish_metadata: Callable[[pydyf.PDF], None],
        options: dict[str, Any],
    ) -> None:
        self._pdf, self._metadata, self._options = pdf, document.metadata, options
        self._finish_metadata = finish_metadata
        self.count = len(document.pages)
        # When the engine writes, it adds the information, and then what holds the other objects.
        objects = pdf.objects[: pdf.info.number]
        by_number = {entry.number: entry for entry in objects if entry.number}
        contents = [_number(page["Contents"]) for page in objects if _is(page, "Page")]
        self._streams = {number: by_number[number] for number in contents}
        self._slots = [
            _slot(box, contents[box.page], self._streams[contents[box.page]], document.fonts)
            for box in find_own_boxes(document.pages, own)
        ]
        self._contents = {
            number: _Content(stream, [slot.at for slot in self._slots if slot.content == number])
            for number, stream in self._streams.items()
        }
        self._faces = tuple(self._shared_faces(document.fonts, by_number))
        self._attachment = self._attachment_numbers(by_number)
        self._xmp = _number(pdf.catalog["Metadata"])
        varying = {*self._streams, *self._attachment, self._xmp}
        varying |= {number for face in self._faces for number in face.numbers}
        self._ready = {number: entry.data for number, entry in by_number.items() if number not in varying}
        streams = frozenset(number for number, entry in by_number.items() if not entry.compressible)
        self._assembly = Assembly(streams, info=pdf.info.number, root=pdf.catalog.number)
        self._subsets: OrderedDict[tuple[int, frozenset[tuple[int, str]]], dict[int, bytes]] = OrderedDict()

    def fill(self, own: OwnLines, attachment: Attachment) -> bytes | None:
        """Return the file of another letter, or None when it has to take the long way.

        Args:
            own: its own lines, as many as the first letter had.
            attachment: its data.
        """
        fonts = {face.key: _without_glyphs(face.font) for face in self._faces}
        pieces: dict[int, dict[int, list[Any]]] = {}
        for slot in self._slots:
            items = slot.box.draw(own, self._streams[slot.content], fonts)
            if items is None or items[:3] != self._streams[slot.content].stream[slot.at : slot.at + 3]:
                return None
            pieces.setdefault(slot.content, {})[slot.at] = items
        made = dict(self._ready)
        for number, content in self._contents.items():
            made[number] = content.data([piece for _, piece in sorted(pieces.get(number, {}).items())])
        added = tuple(_added(face, fonts[face.key]) for face in self._faces)
        for face, glyphs in zip(self._faces, added, strict=True):
            if glyphs is None:
                return None
            made |= self._font_objects(face, glyphs, fonts[face.key])
        made |= self._attached(attachment)
        made |= self._described(own.description)
        information = pydyf.Dictionary({**self._pdf.info, "Subject": pydyf.String(own.description)})
        return self._assembly.written(made, information.data, kind=added)

    def _shared_faces(self, fonts: dict[Any, Any], by_number: dict[int, Any]) -> Iterator[_Face]:
        hashes = [font.hash for font in fonts.values()]
        if len(set(hashes)) < len(hashes) or any(font.used_in_forms or font.bitmap for font in fonts.values()):
            raise UnshareableError("a font is there twice, or in a form")
        (table,) = {_number(entry["Font"]) for entry in by_number.values() if _has_fonts(entry)}
        count = len(hashes)
        first = table - count * (1 + _OBJECTS_PER_FONT)
        used = self._shared_glyphs()
        for index, (key, font) in enumerate(fonts.items()):
            block = first + count + index * _OBJECTS_PER_FONT
            numbers = (first + index, *range(block, block + _OBJECTS_PER_FONT))
            if by_number[table][font.hash] != b"%d 0 R" % numbers[-1]:
                raise UnshareableError("the fonts are not where they are expected")
            glyphs = used.get(font.hash, set())
            shared = copy.copy(font)
            shared.to_unicode = {glyph: font.to_unicode[glyph] for glyph in sorted(glyphs)}
            shared.widths = {glyph: font.widths[glyph] for glyph in sorted(glyphs)}
            yield _Face(key, shared, numbers)

    def _shared_glyphs(self) -> dict[str, set[int]]:
        """Return the glyphs of the shared text, by the name of their font."""
        used: dict[str, set[int]] = {}
        own = {(slot.content, slot.at + 3) for slot in self._slots}
        for entry in self._pdf.objects:
            if not isinstance(entry, pydyf.Stream):
                continue
            font = ""
            for position, item in enumerate(entry.stream):
                if not isinstance(item, bytes):
                    continue
                if named := _FONT.fullmatch(item):
                    font = named[1].decode()
                elif (shown := _SHOW.fullmatch(item)) and (entry.number, position) not in own:
                    for run in _GLYPHS.findall(shown[1]):
                        glyphs = (int(run[at : at + 4], 16) for at in range(0, len(run), 4))
                        used.setdefault(font, set()).update(glyphs)
        return used

    def _attachment_numbers(self, by_number: dict[int, Any]) -> tuple[int, int]:
        (file,) = [entry for entry in by_number.values() if _is(entry, "Filespec")]
        return _number(file["EF"]["F"]), file.number

    def _font_objects(self, face: _Face, added: frozenset[tuple[int, str]], font: Any) -> dict[int, bytes]:
        """Return the objects of a font that has the glyphs of the shared text and some more."""
        key = (face.numbers[0], added)
        if key not in self._subsets:
            self._subsets[key] = self._built(face, font)
            if len(self._subsets) > _KEPT_SUBSETS:
                self._subsets.popitem(last=False)
        self._subsets.move_to_end(key)
        return self._subsets[key]

    def _built(self, face: _Face, font: Any) -> dict[int, bytes]:
        from weasyprint.pdf.fonts import build_fonts_dictionary

        pdf = _Numbered(face.numbers)
        font.to_unicode = dict(sorted((face.font.to_unicode | font.to_unicode).items()))
        font.widths = face.font.widths | font.widths
        build_fonts_dictionary(pdf, {face.key: font}, compress=True, subset=True, options=self._options)
        return pdf.data()

    def _attached(self, attachment: Attachment) -> dict[int, bytes]:
        from weasyprint.pdf.anchors import write_pdf_attachment

        pdf = _Numbered(self._attachment)
        file = write_pdf_attachment(pdf, attachment, compress=True)
        file["AFRelationship"] = f"/{attachment.relationship}"
        return pdf.data()

    def _described(self, description: str) -> dict[int, bytes]:
        metadata = copy.copy(self._metadata)
        metadata.description = description
        pdf = _Numbered((self._xmp,))
        metadata.include_in_pdf(pdf, "a", 3, "A", compress=True)
        pdf.objects = pdf.made
        self._finish_metadata(pdf)
        return pdf.data()


def _slot(box: OwnBox, number: int, stream: Any, fonts: dict[Any, Any]) -> _Slot:
    items = box.draw_as_it_is(stream, fonts)
    starts = [
        at for at, item in enumerate(stream.stream) if item == b"BT" and stream.stream[at : at + _TEXT] == items
    ]
    if len(items) != _TEXT or len(starts) != 1:
        raise UnshareableError("an own line is not where it is expected")
    return _Slot(box, number, starts[0])


class _Content:
    """What a page draws, with gaps for the own lines."""

    def __init__(self, original: Any, gaps: list[int]) -> None:
        self._extra = original.extra
        self._between, start = [], 0
        for gap in (*sorted(gaps), len(original.stream)):
            self._between.append(_joined(original.stream[start:gap]))
            start = gap + _TEXT

    def data(self, pieces: list[list[Any]]) -> bytes:
        """Return the page's content with pieces of text in the gaps, in the order of the gaps."""
        items = [self._between[0]]
        for piece, after in zip(pieces, self._between[1:], strict=True):
            items += [_joined(piece), after]
        return bytes(pydyf.Stream(items, self._extra, compress=True).data)


def _joined(items: list[Any]) -> bytes:
    """Return items of a page's content as they stand in the file."""
    return b"\n".join(
        item if isinstance(item, bytes) else item.encode() if isinstance(item, str) else item.data for item in items
    )


def _without_glyphs(font: Any) -> Any:
    mine = copy.copy(font)
    mine.to_unicode, mine.widths, mine.missing = {}, {}, {}
    return mine


def _added(face: _Face, font: Any) -> frozenset[tuple[int, str]] | None:
    """Return the glyphs that own lines need and the shared text does not have, with the signs they stand for.

    None when a glyph of both stands for another sign: which one the file says depends on which comes first.
    """
    shared = face.font.to_unicode
    if any(shared.get(glyph, text) != text for glyph, text in font.to_unicode.items()):
        return None
    return frozenset((glyph, text) for glyph, text in font.to_unicode.items() if glyph not in shared)


def _is(entry: Any, kind: str) -> bool:
    return isinstance(entry, dict) and entry.get("Type") == f"/{kind}"


def _has_fonts(entry: Any) -> bool:
    return isinstance(entry, dict) and "Font" in entry and "ColorSpace" in entry


def _number(reference: Any) -> int:
    return int(reference.split()[0])
