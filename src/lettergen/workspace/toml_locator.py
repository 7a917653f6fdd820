"""Where every key and value of a TOML text stands."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lettergen.workspace import toml_grammar as grammar
from lettergen.workspace.toml_scanner import scan

if TYPE_CHECKING:
    from lettergen.workspace.toml_tree import Node

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a text.

    Attributes:
        line: counted from 1.
        column: counted from 1 in characters (code points), not bytes; a tab is one.
    """

    line: int
    column: int


class Locations:
    """The places in one TOML text.

    A path names a value by keys and indices: ("concern", 2, "sources", 0). Line ends are CR LF or LF. A byte order
    mark at the very beginning is not a part of the first line, and takes no column.
    """

    def __init__(self, source: str, root: Node) -> None:
        self._source = source
        self._root = root
        self._lines = source.split("\n")
        self._starts = [0]
        for line in self._lines[:-1]:
            self._starts.append(self._starts[-1] + len(line) + 1)

    def key(self, path: Path) -> Spot | None:
        """Return where the last key of a path is written.

        For a table with a header that is the last part of the key in the header; for an entry of an array of tables
        it stands in the header of that entry, for the array as a whole in the first one. For a table that only
        longer headers or dotted keys name, it is where the first of them names it.

        Returns:
            None for the root, for an entry of a list in brackets (it has no key), and for what is not there.
        """
        node, depth = self._follow(path)
        return None if depth < len(path) or node.key is None else self._spot(node.key)

    def value(self, path: Path) -> Spot | None:
        """Return where a value begins.

        For a table with a header that is the header's first bracket; for a table that dotted keys make, its key.

        Returns:
            None for the root and for what is not there.
        """
        node, depth = self._follow(path)
        return None if depth < len(path) or not path else self._spot(node.value)

    def nearest(self, path: Path) -> Spot | None:
        """Return where the longest part of a path stands that is there: its key, or its value if it has no key.

        Returns:
            None when only the root is there.
        """
        node, depth = self._follow(path)
        return None if depth == 0 else self._spot(node.value if node.key is None else node.key)

    def inside(self, path: Path, offset: int) -> Spot | None:
        """Return where a character of a string is written, whatever the marks, escapes and line ends before it.

        Args:
            path: the path of the string.
            offset: number of the character in the decoded string, counted from 0; its length stands for the place
                just after its last character.

        Returns:
            None when there is no string at the path, or when it is shorter.
        """
        node, depth = self._follow(path)
        marks = grammar.quotation_marks(self._source, node.value)
        if depth < len(path) or not path or marks is None or offset < 0:
            return None
        found = grammar.STRINGS[marks].match(self._source, node.value)
        if found is None:
            return None
        begin, end = node.value + len(marks), found.end() - len(marks)
        if len(marks) == 3 and self._source.startswith("\n", begin):
            begin += 1
        position = _literal(begin, end, offset) if "'" in marks else _escaped(self._source, begin, end, offset)
        return None if position is None else self._spot(position)

    def line(self, number: int) -> str:
        """Return a line of the text without its line end; empty when there is no such line."""
        return self._lines[number - 1] if 0 < number <= len(self._lines) else ""

    def _follow(self, path: Path) -> tuple[Node, int]:
        """Return the node of the longest part of a path that is there, and how long that is."""
        node = self._root
        for depth, part in enumerate(path):
            member = node.members.get(part)
            if member is None:
                return node, depth
            node = member
        return node, len(path)

    def _spot(self, position: int) -> Spot:
        line = bisect_right(self._starts, position)
        return Spot(line, position - self._starts[line - 1] + 1)


def locate(text: str) -> Locations:
    """Find where everything stands in a TOML text.

    In a text with mistakes, what toml_syntax.parse can save of it has its place. So have keys whose value is wrong;
    only what stands below a wrong header is not known.
    """
    found = scan(text)
    return Locations(found.source, found.root)


def _literal(begin: int, end: int, offset: int) -> int | None:
    return begin + offset if begin + offset <= end else None


def _escaped(source: str, begin: int, end: int, offset: int) -> int | None:
    """Return the position of a character in a string whose inside, source[begin:end], has escapes."""
    position = after = begin
    while position < end and (piece := grammar.PIECE.match(source, position, end)):
        if piece.lastgroup == "plain":
            length = piece.end() - position
            if offset < length:
                return position + offset
        elif piece.lastgroup == "nothing":
            length = 0
        else:
            length = 1
            if offset == 0:
                return position
        offset -= length
        position = piece.end()
        after = position if length else after
    return after if offset == 0 else None
