"""Pages that letters share: laid out once, and for each letter only the lines that are its recipient's own.

In a batch most letters differ in the address, the salutation and the running head alone. Those lines stand in fields
of a fixed size, so nothing else moves. The first letter of a kind is set the long way; of it are kept the objects of
its PDF and the places of its own lines. The next one gets its lines from the same engine, in the same fonts, at the
same places, and the rest as it is: byte for byte the file that the long way would have made. Wherever that is not
certain (a line that would be broken, a missing sign, a style that moves a line) the answer is None, and the letter
takes the long way.
"""

from __future__ import annotations

import copy
import io
import re
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pydyf

from lettergen.typeset.own_boxes import OwnBox, Unshareable, find_own_boxes

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


class _Ready(pydyf.Object):
    """An object of the file that is written as it was."""

    def __init__(self, original: Any, data: bytes) -> None:
        super().__init__()
        self.number = original.number
        self._data, self._compressible = data, original.compressible

    @property
    def data(self) -> bytes:
        return self._data

    @property
    def compressible(self) -> bool:
        return bool(self._compressible)


class _Numbered(pydyf.PDF):
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


class SharedPages:
    """The pages of a letter that was set the long way, ready for other letters.

    Args:
        document: as it was laid out.
        pdf: as it was finished and written.
        own: that letter's own lines.
        finish_metadata: what is done with the metadata of a file after the engine made them.
        options: of the engine, as the letter was written.

    Raises:
        Unshareable: its pages cannot be shared; the sentence says why.
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
        self._faces = tuple(self._shared_faces(document.fonts, by_number))
        self._attachment = self._attachment_numbers(by_number)
        self._xmp = _number(pdf.catalog["Metadata"])
        varying = {*self._streams, *self._attachment, self._xmp}
        varying |= {number for face in self._faces for number in face.numbers}
        self._ready = [
            entry if entry.free == "f" or entry.number in varying else _Ready(entry, entry.data)
            for entry in objects
        ]
        self._subsets: OrderedDict[tuple[int, frozenset[tuple[int, str]]], list[_Ready]] = OrderedDict()

    def set(self, own: OwnLines, attachment: Attachment) -> bytes | None:
        """Return the file of another letter, or None when it has to take the long way.

        Args:
            own: its own lines, as many as the first letter had.
            attachment: its data.
        """
        fonts = {face.key: _copied(face.font) for face in self._faces}
        pieces: dict[int, dict[int, list[Any]]] = {}
        for slot in self._slots:
            items = slot.box.draw(own, self._streams[slot.content], fonts)
            if items is None or items[:3] != self._streams[slot.content].stream[slot.at : slot.at + 3]:
                return None
            pieces.setdefault(slot.content, {})[slot.at] = items
        made = [self._content(number, pieces.get(number, {})) for number in self._streams]
        for face in self._faces:
            made += self._font_objects(face, fonts[face.key])
        made += self._attached(attachment)
        made += self._described(own.description)
        info = pydyf.Dictionary({**self._pdf.info, "Subject": pydyf.String(own.description)})
        return self._written(made, info)

    def _shared_faces(self, fonts: dict[Any, Any], by_number: dict[int, Any]) -> Iterator[_Face]:
        hashes = [font.hash for font in fonts.values()]
        if len(set(hashes)) < len(hashes) or any(font.used_in_forms or font.bitmap for font in fonts.values()):
            raise Unshareable("a font is there twice, or in a form")
        (table,) = {_number(entry["Font"]) for entry in by_number.values() if _has_fonts(entry)}
        count = len(hashes)
        first = table - count * (1 + _OBJECTS_PER_FONT)
        used = self._shared_glyphs()
        for index, (key, font) in enumerate(fonts.items()):
            block = first + count + index * _OBJECTS_PER_FONT
            numbers = (first + index, *range(block, block + _OBJECTS_PER_FONT))
            if by_number[table][font.hash] != b"%d 0 R" % numbers[-1]:
                raise Unshareable("the fonts are not where they are expected")
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

    def _content(self, number: int, pieces: dict[int, list[Any]]) -> _Ready:
        original = self._streams[number]
        items = list(original.stream)
        for at, piece in pieces.items():
            items[at : at + _TEXT] = piece
        return _Ready(original, pydyf.Stream(items, original.extra, original.compress).data)

    def _font_objects(self, face: _Face, font: Any) -> list[_Ready]:
        added = frozenset((glyph, text) for glyph, text in font.to_unicode.items() if glyph not in face.font.widths)
        key = (face.numbers[0], added)
        if key not in self._subsets:
            self._subsets[key] = self._built(face, font)
            if len(self._subsets) > _KEPT_SUBSETS:
                self._subsets.popitem(last=False)
        self._subsets.move_to_end(key)
        return self._subsets[key]

    def _built(self, face: _Face, font: Any) -> list[_Ready]:
        from weasyprint.pdf.fonts import build_fonts_dictionary

        pdf = _Numbered(face.numbers)
        font.to_unicode = dict(sorted(font.to_unicode.items()))
        build_fonts_dictionary(pdf, {face.key: font}, compress=True, subset=True, options=self._options)
        return [_Ready(entry, entry.data) for entry in pdf.made]

    def _attached(self, attachment: Attachment) -> list[Any]:
        from weasyprint.pdf.anchors import write_pdf_attachment

        pdf = _Numbered(self._attachment)
        file = write_pdf_attachment(pdf, attachment, compress=True)
        file["AFRelationship"] = f"/{attachment.relationship}"
        return pdf.made

    def _described(self, description: str) -> list[Any]:
        metadata = copy.copy(self._metadata)
        metadata.description = description
        pdf = _Numbered((self._xmp,))
        metadata.include_in_pdf(pdf, "a", 3, "A", compress=True)
        pdf.objects = pdf.made
        self._finish_metadata(pdf)
        return pdf.made

    def _written(self, made: list[Any], info: pydyf.Dictionary) -> bytes:
        pdf = copy.copy(self._pdf)
        pdf.objects = list(self._ready)
        for entry in made:
            pdf.objects[entry.number] = entry
        pdf.info, pdf.current_position = info, 0
        output = io.BytesIO()
        pdf.write(output, b"1.7", identifier=True, compress=True)
        return output.getvalue()


def _slot(box: OwnBox, number: int, stream: Any, fonts: dict[Any, Any]) -> _Slot:
    items = box.draw_as_it_is(stream, fonts)
    starts = [at for at, item in enumerate(stream.stream) if item == b"BT" and stream.stream[at : at + _TEXT] == items]
    if len(items) != _TEXT or len(starts) != 1:
        raise Unshareable("an own line is not where it is expected")
    return _Slot(box, number, starts[0])


def _copied(font: Any) -> Any:
    mine = copy.copy(font)
    mine.to_unicode, mine.widths, mine.missing = dict(font.to_unicode), dict(font.widths), {}
    return mine


def _is(entry: Any, kind: str) -> bool:
    return isinstance(entry, dict) and entry.get("Type") == f"/{kind}"


def _has_fonts(entry: Any) -> bool:
    return isinstance(entry, dict) and "Font" in entry and "ColorSpace" in entry


def _number(reference: Any) -> int:
    return int(reference.split()[0])
