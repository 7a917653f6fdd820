"""What is wrong with Jinja that people wrote, found without running it.

Only a part of Jinja is allowed: names and what they hold, texts, conditions, loops over what is there, and some
filters. None of it makes much out of little, so that what passes here is filled in fast and fits into the memory.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jinja2 import nodes
from jinja2.exceptions import TemplateSyntaxError

from lettergen.checks.jinja_syntax import parse
from lettergen.problems import did_you_mean
from lettergen.sandbox import environment
from lettergen.workspace.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.Scope,
    nodes.TemplateData,
    nodes.Name,
    nodes.Const,
    nodes.Getattr,
    nodes.Getitem,
    nodes.Slice,
    nodes.If,
    nodes.CondExpr,
    nodes.For,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Compare,
    nodes.Operand,
    nodes.Concat,
    nodes.Add,
    nodes.Filter,
    nodes.Test,
    nodes.Keyword,
    nodes.List,
    nodes.Tuple,
)
# As people write what is not allowed; by its English name where nothing better stands here.
_WRITTEN: dict[type[nodes.Node], str] = {
    nodes.Call: "name( )",
    nodes.Mul: "*",
    nodes.Pow: "**",
    nodes.Div: "/",
    nodes.FloorDiv: "//",
    nodes.Mod: "%",
    nodes.Sub: "-",
    nodes.Neg: "-",
    nodes.Pos: "+",
    nodes.Dict: "{ }",
    nodes.Assign: "set",
    nodes.AssignBlock: "set",
    nodes.CallBlock: "call",
    nodes.FilterBlock: "filter",
    nodes.FromImport: "from",
    nodes.ScopedEvalContextModifier: "autoescape",
}
# Each gives back hardly more than it gets.
FILTERS = frozenset(
    {
        "capitalize",
        "d",
        "default",
        "e",
        "escape",
        "first",
        "join",
        "last",
        "length",
        "lower",
        "safe",
        "title",
        "trim",
        "upper",
    }
)
TESTS = frozenset({"defined", "undefined", "none", "eq", "ne", "in", "odd", "even"})
DEEPEST_LOOP = 2

_BEFORE_WORD = re.compile(r"\.?\s*(?:\[\s*[\"'])?")
_LIMITS = "Here Jinja may name what there is, with if, for and a few filters."


@dataclass(frozen=True, slots=True)
class TemplateMistake:
    """A mistake in a template's text: `offset` counts its characters from 0."""

    code: str
    message: str
    offset: int
    help: str | None = None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a template may name.

    Attributes:
        names: each with the attributes that it has; None for a plain value.
        plain: whether all attributes are plain texts, without attributes of their own.
    """

    names: Mapping[str, frozenset[str] | None]
    plain: bool


def mistakes(source: str, vocabulary: Vocabulary) -> Iterator[TemplateMistake]:
    """Yield everything that is wrong with a template: syntax, undefined names, what is not allowed.

    Args:
        source: the template, with line feeds as line ends.
        vocabulary: what it may name.
    """
    parsed = parse(source)
    for mistake in parsed.mistakes:
        yield TemplateMistake("LG401", f"Jinja cannot read this. {mistake.message}", mistake.offset)
    if parsed.tree is None:
        return
    left_out = frozenset(re.findall(r"\w+", parsed.left_out)) - vocabulary.names.keys()
    try:
        found = list(
            _Reader(source, vocabulary, left_out | _set_by_what_is_not_allowed(parsed.tree)).read(parsed.tree)
        )
        if not found and not parsed.mistakes:
            environment().compile(source)
    except (RecursionError, SyntaxError, MemoryError):  # of Python's own compiler
        yield TemplateMistake("LG401", "Jinja cannot read this. Too much stands inside one another.", 0)
    except TemplateSyntaxError as error:
        start = sum(len(line) + 1 for line in source.split("\n")[: error.lineno - 1])
        yield TemplateMistake("LG401", f"Jinja cannot read this. {error.message}", start)
    else:
        yield from found


def _set_by_what_is_not_allowed(tree: nodes.Template) -> frozenset[str]:
    """Return the names that something other than a loop sets: that is refused, and its names are no mistake."""
    loops = {id(name) for loop in tree.find_all(nodes.For) for name in _targets(loop)}
    found = {name.name for name in tree.find_all(nodes.Name) if name.ctx != "load" and id(name) not in loops}
    found |= {block.target for block in tree.find_all(nodes.Import)} | {
        macro.name for macro in tree.find_all(nodes.Macro)
    }
    imported = (name for block in tree.find_all(nodes.FromImport) for name in block.names)
    return frozenset(found | {name if isinstance(name, str) else name[1] for name in imported})


def _targets(loop: nodes.For) -> list[nodes.Name]:
    return [loop.target] if isinstance(loop.target, nodes.Name) else list(loop.target.find_all(nodes.Name))


class _Reader:
    """Reads a tree whose `lineno` are offsets."""

    def __init__(self, source: str, vocabulary: Vocabulary, defined: frozenset[str]) -> None:
        self._source = source
        self._vocabulary = vocabulary
        self._defined = defined

    def read(
        self, node: nodes.Node, bound: frozenset[str] = frozenset(), loops: int = 0
    ) -> Iterator[TemplateMistake]:
        """Yield what is wrong in a part of the tree, inside some loops that bind some names."""
        if not isinstance(node, _ALLOWED):
            word = _WRITTEN.get(type(node), type(node).__name__.lower())
            yield _refused(f"“{word}” is not allowed in Jinja here.", _beginning(node))
            if isinstance(node, nodes.Expr):  # what stands in it has to be written in another way altogether
                return
        if isinstance(node, nodes.For):
            yield from self._loop(node, bound, loops)
            return
        if isinstance(node, nodes.Filter):
            yield from self._filter(node)
        elif isinstance(node, nodes.Test) and node.name not in TESTS:
            yield _refused(f"There is no test {quoted(node.name)} here.", node.lineno, node.name, TESTS)
        elif isinstance(node, nodes.Name):
            yield from self._name(node, (), bound)
        elif isinstance(node, nodes.Getattr | nodes.Getitem) and (chain := _chain(node)):
            yield from self._name(*chain, bound)
            return
        for child in node.iter_child_nodes():
            yield from self.read(child, bound, loops)

    def _loop(self, node: nodes.For, bound: frozenset[str], loops: int) -> Iterator[TemplateMistake]:
        if loops >= DEEPEST_LOOP:
            yield _refused(f"More than {DEEPEST_LOOP} loops stand inside one another.", node.lineno)
        yield from self.read(node.iter, bound, loops)
        inside = bound | {name.name for name in _targets(node)} | {"loop"}
        for child in (*node.body, *node.else_, *([node.test] if node.test else [])):
            yield from self.read(child, inside, loops + 1)

    def _filter(self, node: nodes.Filter) -> Iterator[TemplateMistake]:
        if node.name not in FILTERS:
            yield _refused(f"There is no filter {quoted(node.name)} here.", node.lineno, node.name, FILTERS)
        elif node.name == "join":
            # What is joined again and again, or with what was joined, grows like a power.
            if not (isinstance(node.node, nodes.Getattr | nodes.Getitem) and _chain(node.node)):
                yield _refused("“join” joins only a list that has a name.", node.lineno)
            elif not all(isinstance(sign, nodes.Const) for sign in node.args) or node.kwargs:
                yield _refused("“join” takes only a text in quotation marks.", node.lineno)

    def _name(
        self, name: nodes.Name, parts: tuple[tuple[str, int], ...], bound: frozenset[str]
    ) -> Iterator[TemplateMistake]:
        """Report a name, or the first part behind it, that nothing defines."""
        if name.ctx != "load" or name.name in bound | self._defined:
            return
        if name.name not in self._vocabulary.names:
            yield self._undefined(name.name, name.lineno, name.name, self._vocabulary.names)
            return
        known = self._vocabulary.names[name.name]
        if known is None:
            return
        if not parts:
            listed = ", ".join(f"{name.name}.{part}" for part in sorted(known))
            yield TemplateMistake(
                "LG402", f"“{name.name}” is no text by itself.", name.lineno, f"Name a part: {listed}."
            )
        elif parts[0][0] not in known:
            yield self._undefined(f"{name.name}.{parts[0][0]}", self._at(parts[0][1]), parts[0][0], known)
        elif len(parts) > 1 and self._vocabulary.plain:
            written = f"{name.name}.{parts[0][0]}"
            way_out = f"“{written}” is a plain text, to which nothing belongs."
            yield TemplateMistake(
                "LG402", f"{quoted(f'{written}.{parts[1][0]}')} is not defined.", self._at(parts[1][1]), way_out
            )

    def _at(self, offset: int) -> int:
        """Return where a word begins behind a dot, or behind a bracket and quotation mark."""
        before = _BEFORE_WORD.match(self._source, offset)
        return before.end() if before else offset

    def _undefined(self, full: str, offset: int, word: str, known: Iterable[str]) -> TemplateMistake:
        way_out = did_you_mean(word, known) or f"What is defined: {', '.join(sorted(known))}."
        return TemplateMistake("LG402", f"{quoted(full)} is not defined.", offset, way_out)


def _chain(node: nodes.Getattr | nodes.Getitem) -> tuple[nodes.Name, tuple[tuple[str, int], ...]] | None:
    """Return the name that a.b["c"] begins with, and the words behind it, each with where its dot or bracket is.

    Returns:
        None when it does not begin with a name, or counts or computes a part: a[0], a[b].
    """
    parts: list[tuple[str, int]] = []
    link: nodes.Node = node
    while isinstance(link, nodes.Getattr | nodes.Getitem):
        word = _word(link)
        if word is None:
            return None
        parts.append((word, link.lineno))
        link = link.node
    return (link, tuple(reversed(parts))) if isinstance(link, nodes.Name) else None


def _word(link: nodes.Getattr | nodes.Getitem) -> str | None:
    if isinstance(link, nodes.Getattr):
        return link.attr
    written = link.arg.value if isinstance(link.arg, nodes.Const) else None
    return written if isinstance(written, str) else None


def _beginning(node: nodes.Node) -> int:
    """Return where a part begins; Jinja places calls at their brackets, and some sums behind their first number."""
    while isinstance(node, nodes.Call | nodes.Getattr | nodes.Getitem | nodes.BinExpr):
        node = node.left if isinstance(node, nodes.BinExpr) else node.node
    return node.lineno


def _refused(message: str, offset: int, word: str = "", known: frozenset[str] = frozenset()) -> TemplateMistake:
    way_out = did_you_mean(word, known) or (f"There are: {', '.join(sorted(known))}." if known else _LIMITS)
    return TemplateMistake("LG404", message, offset, way_out)
