"""Letter → one HTML document, complete with its styles."""

from __future__ import annotations

import re
import tomllib
from base64 import b64encode
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal

from jinja2 import Environment, StrictUndefined, TemplateError
from markupsafe import Markup

from lettergen.language import words
from lettergen.problems import LettergenError
from lettergen.render.markdown import to_html, to_html_inline
from lettergen.sandbox import environment

if TYPE_CHECKING:
    from lettergen.model import Letter
    from lettergen.workspace.head import Head

# A final letter is signed or, when asked for, left unsigned; a draft is marked on every page and never signed.
Mode = Literal["signed", "unsigned", "draft"]


def to_html_document(letter: Letter, head: Head, mode: Mode) -> str:
    """Return a letter as an HTML document for the typesetter.

    Raises:
        LettergenError: the letterhead's own template failed.
    """
    fixed = words(letter.language)
    notes = iter(letter.notes)
    values: dict[str, Any] = {
        "letter": letter,
        "letterhead": head.letterhead,
        "head": render_head(letter, head),
        "words": fixed,
        "mode": mode,
        "geometry": geometry(letter.layout),
        "marks": _sheet_picture("marks.svg", letter.layout),
        "draft": _sheet_picture("draft.svg", letter.layout, fixed["draft_mark"]) if mode == "draft" else None,
        # An escaped slash is the same style sheet, and cannot end the style element.
        "head_style": Markup(head.style.replace("</", "<\\/")),  # noqa: S704 - from the letterhead's own folder
        # In the order of the page, because each call takes the next note.
        "opening": to_html(letter.opening, notes, letter.language),
        "concerns": [(c, to_html(c.text, notes, letter.language)) for c in letter.concerns],
        "demands_lead": to_html(letter.demands_lead, notes, letter.language),
        "demands": [(d, to_html_inline(d.text, notes, letter.language)) for d in letter.demands],
        "conclusion": to_html(letter.conclusion, notes, letter.language),
    }
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
    except (TemplateError, ArithmeticError, TypeError, ValueError) as error:
        raise LettergenError(f"The template of the letterhead “{letter.letterhead}” fails: {error}") from error


@cache
def _sheet_picture(name: str, layout: str, word: str = "") -> str:
    """Return a picture as large as the sheet, for its background, as a data: address."""
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
def geometry(layout: str) -> dict[str, Any]:
    """Return the geometry of a layout, in millimetres from the top left corner of the sheet."""
    return tomllib.loads(_layout(f"{layout}.toml"))


@cache
def _layout(name: str) -> str:
    return (files("lettergen") / "layouts" / name).read_text("utf-8")
