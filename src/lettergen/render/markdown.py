"""Markdown texts → HTML, with calls of sources as footnotes.

What a letter needs is on: paragraphs, emphasis, links, lists. Raw HTML, pictures and headings are off, so that a
text can change neither the page nor the order of its headings.
"""

from __future__ import annotations

import re
from functools import cache
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markupsafe import Markup

from lettergen.citation import CALL
from lettergen.language import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from markdown_it.renderer import RendererHTML
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token
    from markdown_it.utils import EnvType, OptionsDict

    from lettergen.model import Note

_OFF = (
    "code",
    "fence",
    "blockquote",
    "hr",
    "reference",
    "heading",
    "lheading",
    "html_block",
    "image",
    "html_inline",
)

_NOTE = r'<span class="note" id="note-\d+">(?:(?!</span>).)*</span>'
_NOTE_ID = re.compile(r'id="note-(\d+)"')
_WORD_AND_CALLS = re.compile(rf"[^\s<>]*(?:{_NOTE})+")


def to_html(text: str, notes: Iterator[Note], language: str) -> Markup:
    """Return a text as HTML paragraphs; each call takes the next note."""
    html = _parser().render(text, {"notes": notes, "words": words(language)})
    return Markup(_keep_calls(html))  # noqa: S704 - HTML is off, and what is added is our own


def to_html_inline(text: str, notes: Iterator[Note], language: str) -> Markup:
    """Return a text of one paragraph as HTML without the paragraph around it."""
    html = _parser().renderInline(text, {"notes": notes, "words": words(language)})
    return Markup(_keep_calls(html))  # noqa: S704 - the same


def _keep_calls(html: str) -> str:
    """Keep each call on the line of the word that it stands behind, and name the place for the typesetter."""
    return _WORD_AND_CALLS.sub(_kept, html)


def _kept(match: re.Match[str]) -> str:
    numbers = _NOTE_ID.findall(match[0])
    return f'<span class="keep" id="calls-{numbers[0]}-{numbers[-1]}">{match[0]}</span>'


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "typographer": True, "quotes": "“”‘’"})
    parser.enable(["replacements", "smartquotes"]).disable(list(_OFF))
    parser.inline.ruler.before("link", "source_call", _source_call)
    parser.add_render_rule("source_call", _render_call)
    return parser


def _source_call(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the signature is markdown-it's
    match = CALL.match(state.src, state.pos)
    if match is None:
        return False
    if not silent:
        state.push("source_call", "", 0).content = match[1]
    state.pos = match.end()
    return True


def _render_call(
    _renderer: RendererHTML, tokens: Sequence[Token], index: int, _options: OptionsDict, env: EnvType
) -> str:
    note: Note = next(env["notes"])
    if note.source != tokens[index].content:
        raise ValueError(f"note {note.number} is of {note.source}, called is {tokens[index].content}")
    return f'<span class="note" id="note-{note.number}">{note_html(note, env["words"])}</span>'


def note_html(note: Note, fixed: Mapping[str, str]) -> str:
    """Return the text of a note: publisher, title, date, address; a repeated source refers to its first note."""
    head = f"{escape(note.publisher)}, <cite>{escape(note.title)}</cite>"
    if note.repeats is not None:
        return f"{head}, {fixed['note_see'].format(number=note.repeats)}."
    date = f", {escape(note.date)}" if note.date else ""
    accessed = f" ({escape(fixed['note_accessed'].format(date=note.accessed))})" if note.accessed else ""
    # The printed note names the site; the link, and the letter's data, hold the whole address.
    site = escape((urlsplit(note.url).hostname or note.url).removeprefix("www."))
    return f'{head}{date}, <a href="{escape(note.url)}">{site}</a>{accessed}.'
