"""Markdown texts → HTML, with calls of sources as footnotes.

What a letter needs is on: paragraphs, emphasis, links, lists. Raw HTML, pictures and headings are off, so that a
text can change neither the page nor the order of its headings.
"""

from __future__ import annotations

from functools import cache
from html import escape
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from lettergen.citation import CALL
from lettergen.language import catalogue, characters, typographic, with_soft_hyphens
from lettergen.problems import LettergenError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.renderer import RendererHTML
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline
    from markdown_it.utils import EnvType, OptionsDict

    from lettergen.language import Catalogue
    from lettergen.model import Note

_OFF = (
    "code",
    "backticks",
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


_LONGEST_KEPT = 30  # characters
_HELD_BACK = 40  # characters before a call in which no word is hyphenated


def to_html(text: str, notes: Iterator[Note], language: str, *, run_in: str | None = None) -> Markup:
    """Return a text as HTML paragraphs; each call takes the next note.

    Args:
        text: Markdown.
        notes: those of the letter that no call has taken yet.
        language: the letter's.
        run_in: a heading, plain text, that the first paragraph runs on from. It then is a “div” that begins with
            the heading; `typeset.structure` gives both their tags.
    """
    parser, environment = _parser(), _environment(notes, language)
    tokens = parser.parse(text, environment)
    if run_in is not None:
        _put_before_first_paragraph(typographic(run_in, language), tokens)
    return Markup(parser.renderer.render(tokens, parser.options, environment))  # noqa: S704 - raw HTML is off


def to_html_inline(text: str, notes: Iterator[Note], language: str) -> Markup:
    """Return a text of one paragraph as HTML without the paragraph around it."""
    return Markup(_parser().renderInline(text, _environment(notes, language)))  # noqa: S704 - raw HTML is off


def lost_call(source: str) -> LettergenError:
    """Return the error of calls and notes that do not match.

    The notes are numbered by the calls in the texts. A call that Markdown does not see as one, such as one inside
    the address of a link, leaves a note over.
    """
    return LettergenError(
        f"A call does not stand where it could print a note; it is [^{source}] or one shortly before it.",
        help="Let each call stand behind a word, outside the brackets of links.",
    )


def _environment(notes: Iterator[Note], language: str) -> EnvType:
    return {"notes": notes, "language": language}


def markdown_parser() -> MarkdownIt:
    """Return a parser of letters' texts, which gives them the typography of their language.

    It wants “language” in the environment; a call is a token “source_call” whose content is the source's id.
    """
    parser = MarkdownIt("commonmark", {"html": False, "typographer": True})
    parser.enable("replacements").disable(list(_OFF))
    parser.inline.ruler.before("link", "source_call", _source_call)
    parser.core.ruler.before("text_join", "typography", _set_typographically)
    return parser


@cache
def _parser() -> MarkdownIt:
    parser = markdown_parser()
    parser.core.ruler.push("notes", _give_notes)
    parser.add_render_rule("source_call", _render_call)
    for mark in ("em", "strong"):
        # The engine gives em and strong the same tag as the call of a note, and a span a tag of its own.
        parser.add_render_rule(f"{mark}_open", lambda *_, _mark=mark: f'<span class="{_mark}">')
        parser.add_render_rule(f"{mark}_close", lambda *_: "</span>")
    parser.add_render_rule("run_in", lambda _, tokens, index, *__: f"<h3>{escape(tokens[index].content)}</h3> ")
    return parser


def _put_before_first_paragraph(heading: str, tokens: list[Token]) -> None:
    token = Token("run_in", "h3", 0, content=heading)
    if tokens and tokens[0].type == "paragraph_open":
        closing = next(t for t in tokens if t.type == "paragraph_close")
        tokens[0].tag = closing.tag = "div"
        tokens[0].attrSet("class", "run-in")
        tokens.insert(1, token)
    else:
        tokens.insert(0, token)


def _source_call(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the signature is markdown-it's
    match = CALL.match(state.src, state.pos)
    if match is None:
        return False
    if not silent:
        state.push("source_call", "", 0).content = match[1]
    state.pos = match.end()
    return True


def _set_typographically(state: StateCore) -> None:
    for block in state.tokens:
        _set_paragraph(block.children or [], state.env["language"])


def _set_paragraph(tokens: list[Token], language: str) -> None:
    """Give a paragraph the typography of its language; a quotation may begin or end inside emphasis and links."""
    pieces = [_as_text(token) for token in tokens]
    kept: set[int] = set()
    start, inside_address = 0, False
    for token, piece in zip(tokens, pieces, strict=True):
        if token.info == "auto":  # the tags of an address in angle brackets
            inside_address = token.nesting > 0
        if inside_address or token.type == "text_special":  # an escaped sign is meant as it is
            kept.update(range(start, start + len(piece)))
        start += len(piece)
    signs = iter(characters("".join(pieces), language, frozenset(kept)))
    for token, piece in zip(tokens, pieces, strict=True):
        replaced = "".join(islice(signs, len(piece)))
        if token.type in {"text", "text_special"}:
            token.content = replaced
        elif token.type == "softbreak" and replaced != "\n":
            token.type, token.tag, token.content = "text", "", replaced


def _as_text(token: Token) -> str:
    match token.type:
        case "text" | "text_special":
            return token.content
        case "softbreak":
            return "\n"
        case "hardbreak":
            return "\u2028"
        case "source_call":
            return "\ufffc"
        case _:
            return ""


def _give_notes(state: StateCore) -> None:
    """Give each call its note, and keep it on the line of the word that it stands behind."""
    for block in state.tokens:
        if block.children:
            block.children = _kept_together(block.children, state.env["notes"])
            _hyphenate(block.children, state.env["language"])


def _kept_together(tokens: list[Token], notes: Iterator[Note]) -> list[Token]:
    kept: list[Token] = []
    for token in tokens:
        if token.type != "source_call":
            kept.append(token)
            continue
        note = next(notes, None)
        if note is None or note.source != token.content:
            raise lost_call(token.content)
        token.meta = {"note": note}
        if kept and kept[-1].type == "keep_close":  # a second call behind the same word
            kept.insert(-1, token)
            opening = next(t for t in reversed(kept) if t.type == "keep_open")
            opening.attrSet("id", f"calls-{opening.meta['first']}-{note.number}")
            continue
        opening = Token("keep_open", "span", 1, meta={"first": note.number})
        opening.attrs = {"class": "keep", "id": f"calls-{note.number}-{note.number}"}
        kept.extend([opening, *_last_word(kept), token, Token("keep_close", "span", -1)])
    return kept


def _hyphenate(tokens: list[Token], language: str) -> None:
    """Let very long words be broken, but for those shortly before a call and the word that it stands behind.

    Where a call does not fit on its line, the engine looks for a break before it again, and takes a hyphen that
    nobody needs.
    """
    kept = False
    for token, following in zip(tokens, [*tokens[1:], None], strict=True):
        kept = token.type == "keep_open" or (kept and token.type != "keep_close")
        if token.type != "text" or kept:
            continue
        before_call = following is not None and following.type == "keep_open"
        cut = token.content.rfind(" ", 0, max(len(token.content) - _HELD_BACK, 0)) + 1
        free, held_back = (token.content[:cut], token.content[cut:]) if before_call else (token.content, "")
        token.content = with_soft_hyphens(free, language) + held_back


def _last_word(tokens: list[Token]) -> list[Token]:
    """Take the last word off the text that the tokens end with, and the space behind it away."""
    if tokens and tokens[-1].type == "softbreak":
        tokens.pop()
    if not tokens or tokens[-1].type != "text":
        return []
    text = tokens[-1]
    text.content = text.content.rstrip(" ")
    # Of a word that could be longer than a line, only the end.
    cut = max(text.content.rfind(" ") + 1, len(text.content) - _LONGEST_KEPT)
    text.content, word = text.content[:cut], text.content[cut:]
    return [Token("text", "", 0, content=word)]


def _render_call(
    _renderer: RendererHTML, tokens: Sequence[Token], index: int, _options: OptionsDict, env: EnvType
) -> str:
    note: Note = tokens[index].meta["note"]
    return f'<span class="note" id="note-{note.number}">{note_html(note, catalogue(env["language"]))}</span>'


def note_html(note: Note, words: Catalogue) -> str:
    """Return the text of a note: publisher, title, date, address; a repeated source refers to its first note."""
    head = f"{escape(note.publisher)}, <span class='em'>{escape(note.title)}</span>"
    if note.repeats is not None:
        see = words.gettext("see note {number}").format(number=note.repeats)
        return f"{head}, {escape(see)}."
    date = f", {escape(note.date)}" if note.date else ""
    read = words.gettext("read on {date}").format(date=note.accessed)
    accessed = f" ({escape(read)})" if note.accessed else ""
    # The printed note names the site; the link, and the letter's data, hold the whole address.
    site = escape((urlsplit(note.url).hostname or note.url).removeprefix("www."))
    return f'{head}{date}, <a href="{escape(note.url)}">{site}</a>{accessed}.'
