"""Letter → one HTML document, complete with its styles."""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache, partial
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal

from jinja2 import Environment, StrictUndefined, TemplateError
from markupsafe import Markup

from lettergen.geometry import geometry
from lettergen.language import catalogue, direction, typographic
from lettergen.problems import LettergenError
from lettergen.render.co_signatories import lines_of, withheld_in_words
from lettergen.render.markdown import lost_call, to_html, to_html_inline
from lettergen.sandbox import environment

if TYPE_CHECKING:
    from lettergen.model import Layout, Letter
    from lettergen.workspace.head import Head

# A final letter is signed or, when asked for, left unsigned; a draft is marked on every page and never signed.
Mode = Literal["signed", "unsigned", "draft"]

# What a template can raise while it runs: Jinja's own errors, and those of what it calls.
_FAILURES = (TemplateError, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


def to_html_document(letter: Letter, head: Head, mode: Mode) -> str:
    """Return a letter as an HTML document for the typesetter.

    Raises:
        LettergenError: the letterhead's own template failed, or a call in a text prints no note.
    """
    language = letter.language
    words = catalogue(language)
    draft_mark = words.pgettext("mark on the page", "DRAFT") if mode == "draft" else None
    notes = iter(letter.notes)
    values: dict[str, Any] = {
        "letter": letter,
        "letterhead": head.letterhead,
        "head": render_head(letter, head),
        "_": words.gettext,
        # A draft carries no ink: it can go anywhere.
        "ink": {name: image.address for name, image in head.signatures.items()} if mode != "draft" else {},
        "lines_of": lines_of,
        "withheld": letter.co_signatories and withheld_in_words(letter.co_signatories, language),
        "typographic": partial(typographic, language=language),
        "direction": direction(language),
        "mode": mode,
        "geometry": geometry(letter.layout),
        "rule": _picture("rule.svg", letter.layout),
        "marks": _picture("marks.svg", letter.layout),
        "draft": _picture("draft.svg", letter.layout, draft_mark) if draft_mark else None,
        # An escaped slash is the same style sheet, and cannot end the style element.
        "head_style": Markup(head.style.replace("</", "<\\/")),  # noqa: S704 - from the letterhead's own folder
        # In the order of the page, because each call takes the next note.
        "opening": to_html(letter.opening, notes, language),
        "concerns": [to_html(c.text, notes, language, run_in=c.title) for c in letter.concerns],
        "demands_lead": to_html(letter.demands_lead, notes, language),
        "demands": [(d, to_html_inline(d.text, notes, language)) for d in letter.demands],
        "conclusion": to_html(letter.conclusion, notes, language),
    }
    if (left_over := next(notes, None)) is not None:
        raise lost_call(left_over.source)
    values["style"] = Markup(_style_environment().from_string(_layout("letter.css")).render(values))  # noqa: S704
    return environment().from_string(_layout("letter.html")).render(values)


def render_head(letter: Letter, head: Head) -> Markup:
    """Return the sheet's head as HTML.

    Raises:
        LettergenError: the letterhead's own template failed.
    """
    source = _layout("letterhead.html") if head.template is None else head.template
    values = {"letter": letter, "letterhead": head.letterhead, "logo": head.logo}
    try:
        return Markup(environment().from_string(source).render(values))  # noqa: S704 - escaped while it was rendered
    except _FAILURES as error:
        raise LettergenError(
            f"The template of the letterhead “{letter.letterhead}” fails: {error}",
            help="Look at what stands between {{ and }} in letterhead.html.",
        ) from error


@cache
def _picture(name: str, layout: Layout, word: str = "") -> str:
    """Return a picture of a layout as a data: address, for a background."""
    svg = _style_environment().from_string(_layout(name)).render(g=geometry(layout), word=word)
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"


@cache
def _style_environment() -> Environment:
    # Only the package's own style sheets pass here; what they fill in is a number, a colour, or goes through `css`.
    style = Environment(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)  # noqa: S701 - not HTML
    style.filters["css"] = _css_string
    return style


def _css_string(text: str) -> str:
    """Return a text for between the double quotes of a CSS string inside a style element."""
    return re.sub(r'[\\"<>&\n\r\f]', lambda match: f"\\{ord(match[0]):x} ", text)


@cache
def _layout(name: str) -> str:
    return (files("lettergen") / "layouts" / name).read_text("utf-8")
