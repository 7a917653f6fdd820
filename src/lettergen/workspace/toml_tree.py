"""The tree of a TOML document: what stands where, and which name may still be added to."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

from lettergen.workspace import toml_mistakes as mistakes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class Kind(Enum):
    """How a name came to be, which decides what may be added to it."""

    VALUE = auto()
    LIST = auto()
    INLINE_TABLE = auto()
    IMPLIED = auto()  # a table that only headers of its sub-tables name
    HEADED = auto()  # a table with a header of its own, or the root
    DOTTED = auto()  # a table made by dotted keys
    TABLES = auto()  # an array of tables, each with its header


_COMPLETE = frozenset({Kind.VALUE, Kind.LIST, Kind.INLINE_TABLE})


class Part(NamedTuple):
    """One part of a dotted key, and the position where it is written."""

    name: str
    position: int


class Node:
    """A value or table, and where it stands.

    Attributes:
        key: position of the last part of its key; None for the root and for entries of a list in brackets.
        value: position of the first character of the value; of the header, for a table that has one; of the key,
            for a table made by dotted keys.
        kind: how it came to be.
        members: by key, or by index in a list.
    """

    __slots__ = ("key", "kind", "members", "value")

    def __init__(self, key: int | None, value: int, kind: Kind) -> None:
        self.key = key
        self.value = value
        self.kind = kind
        self.members: dict[str | int, Node] = {}


class ConflictError(Exception):
    """A name is taken."""

    def __init__(self, mistake: mistakes.Mistake) -> None:
        super().__init__(mistake.message)
        self.mistake = mistake


class Tree:
    """The tree of one source text, by the rules of TOML on what may be defined where."""

    def __init__(self, source: str) -> None:
        self.root = Node(None, 0, Kind.HEADED)
        self._source = source

    def add(self, table: Node, key: Sequence[Part]) -> Node:
        """Add a key to a table, and return the node for its value.

        Raises:
            ConflictError: the key is taken.
        """
        for part in key[:-1]:
            child = table.members.get(part.name)
            if child is None:
                child = table.members[part.name] = Node(part.position, part.position, Kind.DOTTED)
            elif child.kind is Kind.IMPLIED:
                child.kind = Kind.DOTTED
            elif child.kind in _COMPLETE:
                raise self._conflict(mistakes.value_in_the_way, part, child)
            elif child.kind is not Kind.DOTTED:
                raise self._conflict(mistakes.table_has_header, part, child)
            table = child
        last = key[-1]
        if last.name in table.members:
            raise self._conflict(mistakes.key_twice, last, table.members[last.name])
        node = table.members[last.name] = Node(last.position, last.position, Kind.VALUE)
        return node

    def open_table(self, key: Sequence[Part], header: int) -> Node:
        """Return the table that the header [key] at a position opens.

        Raises:
            ConflictError: the name is taken.
        """
        last = key[-1]
        siblings = self._parent(key, header).members
        known = siblings.get(last.name)
        if known is None:
            known = siblings[last.name] = Node(last.position, header, Kind.HEADED)
        elif known.kind is Kind.IMPLIED:
            known.key, known.value, known.kind = last.position, header, Kind.HEADED
        elif known.kind is Kind.TABLES:
            raise self._conflict(mistakes.opened_as_array, last, known)
        elif known.kind in _COMPLETE:
            raise self._conflict(mistakes.key_twice, last, known)
        else:
            raise self._conflict(mistakes.table_twice, last, known)
        return known

    def open_array_entry(self, key: Sequence[Part], header: int) -> Node:
        """Return the new table that the header [[key]] at a position opens.

        Raises:
            ConflictError: the name is taken by something other than an array of tables.
        """
        last = key[-1]
        siblings = self._parent(key, header).members
        array = siblings.get(last.name)
        if array is None:
            array = siblings[last.name] = Node(last.position, header, Kind.TABLES)
        elif array.kind in _COMPLETE:
            raise self._conflict(mistakes.key_twice, last, array)
        elif array.kind is not Kind.TABLES:
            raise self._conflict(mistakes.opened_as_table, last, array)
        entry = array.members[len(array.members)] = Node(last.position, header, Kind.HEADED)
        return entry

    def _parent(self, key: Sequence[Part], header: int) -> Node:
        table = self.root
        for part in key[:-1]:
            child = table.members.get(part.name)
            if child is None:
                child = table.members[part.name] = Node(part.position, header, Kind.IMPLIED)
            elif child.kind in _COMPLETE:
                raise self._conflict(mistakes.value_in_the_way, part, child)
            table = child.members[len(child.members) - 1] if child.kind is Kind.TABLES else child
        return table

    def _conflict(
        self, mistake: Callable[[int, str, int], mistakes.Mistake], part: Part, first: Node
    ) -> ConflictError:
        line = self._source.count("\n", 0, first.key) + 1
        return ConflictError(mistake(part.position, part.name, line))
