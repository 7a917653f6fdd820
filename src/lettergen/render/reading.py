"""Letter → its text as it reads, in pieces that can be shown, compared and quoted; pieces → plain text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import chain, count, repeat
from typing import TYPE_CHECKING, Literal

from lettergen.geometry import geometry
from lettergen.language import catalogue
from lettergen.render.co_signatories import lines_of, withheld_in_words
from lettergen.render.plain import plain_line, plain_paragraph, plain_paragraphs, with_calls, with_plain_spaces
from lettergen.render.wrapping import cells, wrap

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lettergen.model import Letter, Letterhead, Note, SignatureBlock

_KEPT_BLOCKS = 1 << 13  # the letters of one campaign share nearly all of theirs

# In the order of the page. Forms are set line by line and read as a whole; prose is read word by word.
Form = Literal[
    "letterhead", "return-line", "address", "date", "reference", "subject", "salutation", "closing", "signatory",
    "co-signatory", "withheld", "enclosures", "copies", "mark",
]  # fmt: skip
ProseKind = Literal["opening", "heading", "concern", "demands-lead", "demand", "conclusion", "note"]
Kind = Form | ProseKind

_RULE = "─" * 20
_NUMBERED: frozenset[Kind] = frozenset({"demand", "note"})
_ROWS: frozenset[Kind] = frozenset({"note", "co-signatory"})  # one below another, without a line between
_BULLET = "• "
_CALLING: frozenset[Kind] = frozenset({"opening", "concern", "demands-lead", "demand", "conclusion"})
_ITEM = re.compile(
    r" *(?:(?:•|\d{1,3}\.) )+| +"
)  # the marks in front of an item of a list, or of its further lines


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a letter as its recipient reads it.

    Attributes:
        kind: what it is.
        id: what it is called among those of its kind: “” for the only one, a concern's or demand's id, “2” for the
            second paragraph of the opening, “civic-space/2” for the second of a concern. Kind and id name it.
        label: what the page prints in front of it: the number of a demand or note, the run-in heading of a concern.
        text: plain text with the typography of the page, but for spaces, which are plain. A paragraph is one line;
            a form has as many as the page. Emphasis keeps its asterisks, a link is “words <address>”, and a call of
            a source stays [^source-id], for numbers change with every note before them.
    """

    kind: Kind
    id: str
    label: str
    text: str


def reading(letter: Letter, letterhead: Letterhead) -> tuple[Block, ...]:
    """Return everything that the layout prints of a letter, in the order of its page; notes stand at the end.

    The running heads of further pages are left out: they repeat what stands on the first. A letterhead with a
    template of its own reads as the layout would print it.
    """
    language = letter.language
    words = catalogue(language)
    line = partial(plain_line, language=language)
    prose = partial(_prose, language=language)
    return (
        *_sheet(letter, letterhead),
        Block("subject", "", "", line(letter.subject)),
        Block("salutation", "", "", line(letter.salutation)),
        *prose("opening", "", letter.opening),
        Block("heading", "concerns", "", line(letter.concerns_heading)),
        *(block for c in letter.concerns for block in prose("concern", c.id, c.text, title=c.title)),
        Block("heading", "demands", "", line(letter.demands_heading)),
        *prose("demands-lead", "", letter.demands_lead),
        *(Block("demand", d.id, f"{d.number}.", plain_paragraph(d.text, language)) for d in letter.demands),
        *prose("conclusion", "", letter.conclusion),
        Block("closing", "", "", line(letter.closing)),
        *(_signatory(signatory) for signatory in letter.signatories),
        *_co_signatories(letter),
        *_after("enclosures", words.gettext("Enclosures:"), letter.enclosures, language),
        *_after("copies", words.gettext("Copy to:"), letter.cc, language),
        *(_note(note, language) for note in letter.notes),
    )


def _sheet(letter: Letter, letterhead: Letterhead) -> Iterator[Block]:
    """Yield what stands in its place on the first sheet, before the text."""
    sheet, joint = geometry(letter.layout), letter.mode == "joint"
    yield _form("letterhead", "", (letterhead.name, *letterhead.address, *letterhead.contact))
    if sheet.return_line and not joint:
        yield _form("return-line", "", (letter.return_line,))
    addresses = letter.addressees if joint else (letter.address,)
    blocks = [_form("address", _nth("", number), lines) for number, lines in enumerate(addresses, start=1)]
    date_first = joint and sheet.info.y <= sheet.lines.bottom
    yield from (*_info(letter), *blocks) if date_first else (*blocks, *_info(letter))
    if letter.specimen:
        words = catalogue(letter.language).gettext(
            "Specimen composed with lettergen from a public statement. It was not sent, and it is not the "
            "organisation’s letter."
        )
        yield _form("mark", "", (words,))


def _info(letter: Letter) -> Iterator[Block]:
    yield _form("date", "", (letter.place_and_date,))
    if letter.our_reference:
        words = catalogue(letter.language).gettext("Our reference:")
        yield _form("reference", "", (f"{words} {letter.our_reference}",))


def _form(kind: Form, block_id: str, lines: Iterable[str]) -> Block:
    return Block(kind, block_id, "", with_plain_spaces("\n".join(lines)))


def _signatory(signatory: SignatureBlock) -> Block:
    lines = (signatory.name, signatory.function, signatory.organisation)
    return _form("signatory", signatory.id, [line for line in lines if line])


def _co_signatories(letter: Letter) -> Iterator[Block]:
    signers, language = letter.co_signatories, letter.language
    if signers:
        yield Block("heading", "co-signatories", "", catalogue(language).gettext("Co-signatories"))
        yield from (_form("co-signatory", one.id, lines_of(one)) for one in signers.named)
        if withheld := withheld_in_words(signers, language):
            yield _form("withheld", "", (withheld,))


def _after(kind: Form, words: str, lines: Sequence[str], language: str) -> Iterator[Block]:
    if lines:
        yield _form(kind, "", (words, *(plain_line(line, language) for line in lines)))


@lru_cache(_KEPT_BLOCKS)
def _prose(kind: Kind, name: str, text: str, *, language: str, title: str | None = None) -> tuple[Block, ...]:
    """Return the paragraphs of a text; the heading that they run on from is the label of the first."""
    labels = chain([plain_line(title, language) if title else ""], repeat(""))
    return tuple(
        Block(kind, _nth(name, number), label, paragraph)
        for number, (label, paragraph) in enumerate(zip(labels, plain_paragraphs(text, language), strict=False), 1)
    )


@lru_cache(_KEPT_BLOCKS)
def _note(note: Note, language: str) -> Block:
    """Return a note as it is printed, but with the whole web address, which on the page is a link."""
    words = catalogue(language)
    text = f"{note.publisher}, *{note.title}*"
    if note.repeats is not None:
        text += f", {words.gettext('see note {number}').format(number=note.repeats)}."
    else:
        date = f", {note.date}" if note.date else ""
        read = f" ({words.gettext('read on {date}').format(date=note.accessed)})" if note.accessed else ""
        text += f"{date}, <{note.url}>{read}."
    return Block("note", str(note.number), str(note.number), with_plain_spaces(text))


def _nth(name: str, number: int) -> str:
    """Return the id of the first, second, … of several blocks that come from one text."""
    return name if number == 1 else f"{name}/{number}".removeprefix("/")


def to_text(blocks: Sequence[Block], width: int) -> str:
    """Return blocks as plain text: paragraphs apart, demands and notes hanging behind their numbers.

    Calls are numbered as they are read, and notes stand under a rule.

    Args:
        blocks: as `reading` returns them.
        width: of the lines, in cells of a terminal; a web address that is longer stays whole.
    """
    numbers = count(1)
    gutters = {kind: max((cells(_number(b)) for b in blocks if b.kind == kind), default=0) for kind in _NUMBERED}
    lines: list[str] = []
    before: Kind | None = None
    for block in blocks:
        if lines and not (before == block.kind and block.kind in _ROWS):
            lines.append("")
        if block.kind == "note" and before != "note":
            lines.append(_RULE)
        text = with_calls(block.text, lambda _: f"[{next(numbers)}]") if block.kind in _CALLING else block.text
        if block.kind in _NUMBERED:
            mark = f"{_number(block):>{gutters[block.kind]}} "
            lines.extend(_wrapped(text, width, mark, " " * len(mark)))
        elif block.kind == "co-signatory":
            lines.extend(_wrapped(text, width, _BULLET, " " * len(_BULLET)))
        else:
            lines.extend(_under(block.label, text, width))
        before = block.kind
    return "".join(f"{line}\n" for line in lines)


def _number(block: Block) -> str:
    return f"[{block.label}]" if block.kind == "note" else block.label


def _under(heading: str, text: str, width: int) -> Iterator[str]:
    """Yield the lines of a text that runs on from a heading; a list begins on a line of its own."""
    if heading and _ITEM.match(text):
        yield from wrap(heading, width)
    elif heading:
        text = f"{heading} {text}"
    yield from _wrapped(text, width)


def _wrapped(text: str, width: int, first: str = "", rest: str = "") -> Iterator[str]:
    """Yield lines of a width; the items of a list hang behind their marks."""
    for number, line in enumerate(text.split("\n")):
        item = _ITEM.match(line)
        mark = item[0] if item else ""
        before = rest if number else first
        yield from wrap(line[len(mark) :], width, before + mark, rest + " " * len(mark))
