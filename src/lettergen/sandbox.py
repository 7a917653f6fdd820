"""Jinja2 as people's texts and templates may use it: sandboxed, strict, escaped, checked before it runs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from jinja2 import StrictUndefined, nodes
from jinja2.exceptions import TemplateSyntaxError
from jinja2.meta import find_undeclared_variables
from jinja2.sandbox import ImmutableSandboxedEnvironment

from lettergen.problems import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


_MARKDOWN_MARKS = re.compile(r"[\\`*_\[\]()#+!<>|~^&]")


@dataclass(frozen=True, slots=True)
class TemplateMistake:
    """A mistake in a template's text: `offset` counts its characters from 0."""

    code: str
    message: str
    offset: int
    help: str | None = None


@cache
def environment() -> ImmutableSandboxedEnvironment:
    """Return the environment of HTML templates: what is filled in is escaped for HTML."""
    return ImmutableSandboxedEnvironment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


@cache
def _text_environment(*, markdown: bool) -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(
        autoescape=False,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        finalize=_escape_markdown if markdown else None,
    )


def _escape_markdown(value: object) -> str:
    # A name from a list of recipients is text, whatever marks stand in it.
    return _MARKDOWN_MARKS.sub(r"\\\g<0>", str(value))


def is_template(text: str) -> bool:
    """Whether a text uses Jinja at all."""
    return any(mark in text for mark in ("{{", "{%", "{#"))


def mistakes(source: str, names: Mapping[str, frozenset[str] | None]) -> Iterator[TemplateMistake]:
    """Yield what is wrong with a template: its syntax, or names that nothing defines.

    Args:
        source: the template.
        names: what a template may name, each with the attributes that it has (None: not looked into).
    """
    try:
        tree = environment().parse(source)
        # Unknown filters and tests are found by compiling, not by parsing.
        environment().compile(source)
    except TemplateSyntaxError as error:
        yield TemplateMistake(
            "LG401",
            f"Jinja cannot read this: {_sentence(error.message or 'mistake')}",
            _line_start(source, error.lineno),
        )
        return
    undeclared = find_undeclared_variables(tree)
    for node in tree.find_all(nodes.Name):
        if node.ctx == "load" and node.name in undeclared and node.name not in names:
            yield _undefined(source, node.lineno, node.name, node.name, frozenset(names))
    for attribute in tree.find_all(nodes.Getattr):
        owner = attribute.node
        known = names.get(owner.name) if isinstance(owner, nodes.Name) and owner.name in undeclared else None
        if known is not None and isinstance(owner, nodes.Name) and attribute.attr not in known:
            full = f"{owner.name}.{attribute.attr}"
            yield _undefined(source, attribute.lineno, full, attribute.attr, known)


def render_text(source: str, values: Mapping[str, Any], *, markdown: bool) -> str:
    """Return a text with its Jinja expressions filled in; into Markdown, values go as plain words.

    Raises:
        jinja2.TemplateError: see `mistakes`, which finds nearly all of them beforehand.
    """
    if not is_template(source):
        return source
    return _text_environment(markdown=markdown).from_string(source).render(values)


def _undefined(source: str, line: int, full: str, word: str, known: frozenset[str]) -> TemplateMistake:
    return TemplateMistake(
        "LG402",
        f"“{full}” is not defined.",
        _find(source, line, word),
        did_you_mean(word, known) or f"What is defined: {', '.join(sorted(known))}.",
    )


def _line_start(source: str, line: int) -> int:
    return sum(len(text) for text in source.splitlines(keepends=True)[: max(line, 1) - 1])


def _find(source: str, line: int, word: str) -> int:
    start = _line_start(source, line)
    return max(source.find(word, start), start)


def _sentence(words: str) -> str:
    return words if words.endswith(".") else f"{words}."
