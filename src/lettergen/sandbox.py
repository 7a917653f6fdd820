"""Jinja2 as people's texts and templates may use it: sandboxed, strict, escaped.

The sandbox keeps a template from reaching Python. It limits neither time nor memory: `checks.jinja` refuses,
before anything runs, what could use much of either.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jinja2 import Template

_MARKDOWN_MARKS = re.compile(r"[\\`*_\[\]()#+!<>|~^&]")
# At the beginning of a line these would make a list.
_BEFORE_MARK_OF_LIST = re.compile(r"^(\s*(?:\d{1,9}(?=\.)|(?=-)))")


@cache
def environment() -> ImmutableSandboxedEnvironment:
    """Return the environment of HTML templates: what is filled in is escaped for HTML."""
    html = ImmutableSandboxedEnvironment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    html.globals.clear()
    return html


@cache
def _text_environment(*, markdown: bool) -> ImmutableSandboxedEnvironment:
    text = ImmutableSandboxedEnvironment(
        autoescape=False,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        finalize=_escape_markdown if markdown else None,
    )
    text.globals.clear()
    return text


def _escape_markdown(value: object) -> str:
    # A name from a list of recipients is text, whatever marks stand in it.
    return _BEFORE_MARK_OF_LIST.sub(r"\1\\", _MARKDOWN_MARKS.sub(r"\\\g<0>", str(value)))


def is_template(text: str) -> bool:
    """Whether a text uses Jinja at all."""
    return any(mark in text for mark in ("{{", "{%", "{#"))


def render_text(source: str, values: Mapping[str, Any], *, markdown: bool) -> str:
    """Return a text with its Jinja expressions filled in; into Markdown, values go as plain words.

    Args:
        source: a text in which `checks.jinja` finds no mistakes.
        values: what the text may name.
        markdown: whether the text is Markdown.

    Raises:
        jinja2.TemplateError: of the mistakes that show only while a text is filled in.
    """
    return _compiled(source, markdown=markdown).render(values) if is_template(source) else source


@lru_cache(maxsize=256)
def _compiled(source: str, *, markdown: bool) -> Template:
    # The same few texts are filled in for every recipient, and compiling takes far longer than filling in.
    return _text_environment(markdown=markdown).from_string(source)
