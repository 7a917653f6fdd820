"""The letters of a campaign against each other, as text: what they share once, then what each has of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lettergen.citation import calls
from lettergen.cli._console import visible
from lettergen.cli._redline import Piece, as_kept, passage_lines, redline_lines
from lettergen.render.reading import Block, to_text
from lettergen.render.wrapping import cells
from lettergen.review.account import BETWEEN_LETTERS, Passage, passages, text_with_heading
from lettergen.review.alignment import NUMBERED
from lettergen.review.titles import title

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lettergen.cli._redline import Line
    from lettergen.review.deltas import Group, OwnForms, Place, Variant

_INDENT = "  "


def group_lines(group: Group, width: int) -> Iterator[Line]:
    """Yield the letters of one language as lines."""
    yield _rule("=", f"{_letters(group.size)} in “{group.language}”", width)
    yield []
    body = [_shown(piece) for piece in group.body]
    yield from ([Piece(visible(line))] for line in to_text(body, width).splitlines())
    yield []
    if group.size == 1:
        yield [Piece(f"{group.first} is the only one.")]
        return
    for index, variant in enumerate(group.variants):
        yield from _variant(group, variant, width, is_first=index == 0)


def _variant(group: Group, variant: Variant, width: int, *, is_first: bool) -> Iterator[Line]:
    names = [own.letter for own in variant.letters]
    yield _rule("-", names[0] if len(names) == 1 else _letters(len(names)), width)
    yield []
    if is_first:
        told = tuple(Passage(title(c.kind, c.id, c.labels[1] or ""), text_with_heading(c)) for c in variant.changes)
        if len(group.variants) > 1:
            which = "this one" if len(names) == 1 else f"{group.first}, and so with all of these"
            yield from redline_lines([as_kept(f"The other letters are compared with {which}.")], width)
            yield []
    else:
        told = passages(variant.changes, BETWEEN_LETTERS)
    yield from passage_lines(told, width)
    bare = [own.letter for own in variant.letters if not own.forms]
    if bare and len(names) > 1:
        yield from redline_lines([as_kept(", ".join(bare))], width)
        yield []
    for own in variant.letters:
        if own.forms:
            yield from _own_forms(own, width, named=len(names) > 1)
            yield []


def _own_forms(own: OwnForms, width: int, *, named: bool) -> Iterator[Line]:
    """Yield the forms of a letter, each behind what it is."""
    if named:
        yield [Piece(own.letter, "title")]
    titles = [title(form.kind, form.id, form.label) for form in own.forms]
    gutter = max(map(cells, titles)) + 2
    for words, form in zip(titles, own.forms, strict=True):
        indent = f"{_INDENT}{words.ljust(gutter)}"
        text = form.text.replace("\n", " · ")
        yield from redline_lines([as_kept(text)], width, indent, " " * len(indent))


def _shown(piece: Block | Place) -> Block:
    """Return what stands in the shared text: a block, or a mark with the calls that are counted there."""
    if isinstance(piece, Block):
        return piece
    where = "differs" if piece.in_all else "not in every letter"
    counted = "".join(f"[^{source}]" for source, _ in calls(piece.text))
    if piece.kind in NUMBERED:
        name = "" if piece.kind == "note" else f"“{piece.id}”: "
        return Block(piece.kind, piece.id, piece.label, f"‹{name}{where}›{counted}")
    words = title(piece.kind, piece.id, piece.label)
    return Block(piece.kind, piece.id, "", f"‹{words}{'' if piece.in_all else f': {where}'}›{counted}")


def _rule(sign: str, words: str, width: int) -> Line:
    return [Piece(f"{sign * 5} {words} ".ljust(width, sign), "title")]


def _letters(number: int) -> str:
    return "1 letter" if number == 1 else f"{number} letters"
