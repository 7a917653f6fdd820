"""TOML text → a tree that knows where every key and value stands, and all mistakes.

After a mistake the scan goes on as near to it as it can.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from lettergen.workspace import toml_grammar as grammar
from lettergen.workspace import toml_mistakes as mistakes
from lettergen.workspace import toml_recovery as recovery
from lettergen.workspace.toml_tree import ConflictError, Kind, Node, Part, Tree

if TYPE_CHECKING:
    import re

    from lettergen.workspace.toml_mistakes import Mistake

# With more mistakes than these, what follows is not read.
MOST_MISTAKES = 20

# tomli refuses a value inside more brackets than these.
DEEPEST = 400

# No message shows more of a line than this.
LONGEST_REST = 200

_CLOSERS = {"[": "]", "{": "}"}
_CLOSER_OF = {Kind.LIST: "]", Kind.INLINE_TABLE: "}"}


class Spoiled(NamedTuple):
    """A statement with a mistake, source[start:end]; below a spoiled header all belongs to no known table."""

    start: int
    end: int
    is_header: bool


@dataclass(frozen=True, slots=True)
class Scan:
    """What a text holds.

    Attributes:
        source: the text that all positions count in: no byte order mark, and every line end is one line feed.
        root: the top table.
        mistakes: in the order of the text.
        spoiled: the statements with mistakes, in the order of the text; they do not overlap.
    """

    source: str
    root: Node
    mistakes: list[Mistake]
    spoiled: list[Spoiled]


def scan(text: str) -> Scan:
    """Scan a text that may be wrong in any way."""
    scanner = _Scanner(text.removeprefix("\ufeff").replace("\r\n", "\n"))
    scanner.run()
    in_order = sorted(scanner.mistakes, key=lambda mistake: mistake.position)
    return Scan(scanner.source, scanner.tree.root, in_order, scanner.spoiled)


class _LongText(NamedTuple):
    """The last text in three quotation marks: a suspect when something is wrong just after it."""

    statement: int
    opening: int
    closing: int


class _StuckError(Exception):
    """The statement cannot be read on; the next one begins after `end`, or after the line of the mistake."""

    def __init__(self, mistake: Mistake, end: int | None = None) -> None:
        super().__init__(mistake.message)
        self.mistake = mistake
        self.end = end


class _TooManyError(Exception):
    """It is no use to read on."""

    def __init__(self, position: int) -> None:
        super().__init__(position)
        self.position = position


class _Scanner:
    def __init__(self, source: str) -> None:
        self.source = source
        self.tree = Tree(source)
        self.mistakes: list[Mistake] = []
        self.spoiled: list[Spoiled] = []
        self._table = self.tree.root
        self._start = 0  # of this statement
        self._previous = 0  # start of the statement before it
        self._known = 0  # how many mistakes were known before it
        self._sound = 0  # up to where it is surely one statement, whatever its lines look like
        self._wrong_line = range(0)  # the line of its last mistake
        self._long_text: _LongText | None = None

    def run(self) -> None:
        position = self._after_blank(0)
        try:
            while position < len(self.source):
                position = self._after_blank(self._statement(position))
        except _TooManyError as enough:
            self.mistakes.append(mistakes.too_many(enough.position))
            self.spoiled.append(Spoiled(self._start, len(self.source), is_header=False))

    # Statements

    def _statement(self, start: int) -> int:
        """Read one statement and return where it ends."""
        self._previous, self._start, self._known, self._sound = self._start, start, len(self.mistakes), start
        self._wrong_line = range(0)
        is_header = self.source[start] == "["
        try:
            end = self._header(start) if is_header else self._assignment(start)
        except _StuckError as stuck:
            self._note(stuck.mistake)
            end = recovery.end_of_line(self.source, stuck.mistake.position) if stuck.end is None else stuck.end
        if len(self.mistakes) == self._known:
            return end
        if suspect := self._text_that_never_ended():
            return self._go_back_to(suspect)
        self.spoiled.append(Spoiled(start, end, is_header))
        if is_header:
            self._table = Node(None, start, Kind.HEADED)
        return end

    def _header(self, start: int) -> int:
        width = 2 if self.source.startswith("[[", start) else 1
        key, position = self._key(start + width)
        if not self.source.startswith("]" * width, position):
            raise _StuckError(mistakes.header_not_closed(position, self._rest(position), "]" * width))
        end = self._end_of_statement(position + width)
        try:
            self._table = (self.tree.open_array_entry if width == 2 else self.tree.open_table)(key, start)
        except ConflictError as conflict:
            self._note(conflict.mistake)
        return end

    def _assignment(self, start: int) -> int:
        if self.source[start] in {"]", "}"}:
            raise _StuckError(mistakes.nothing_to_close(start, self.source[start]))
        node, position = self._key_and_equals(self._table, start)
        return self._end_of_statement(self._value(node, position))

    def _key_and_equals(self, table: Node, start: int) -> tuple[Node, int]:
        """Read a key and its equals sign; return the node for the value and where the value begins."""
        key, position = self._key(start)
        if not self.source.startswith("=", position):
            raise _StuckError(mistakes.equals_missing(position, self.source[start:position], self._rest(position)))
        try:
            node = self.tree.add(table, key)
        except ConflictError as conflict:
            self._note(conflict.mistake)
            node = Node(start, start, Kind.VALUE)
        return node, self._end(grammar.SPACE, position + 1)

    def _key(self, position: int) -> tuple[list[Part], int]:
        """Read a key, which may be dotted, with the spaces after it."""
        parts = []
        while True:
            found = grammar.KEY_PART.match(self.source, position)
            if found is None or found.lastindex is None:
                position = self._end(grammar.SPACE, position)
                raise _StuckError(mistakes.bad_key(position, self._rest(position)))
            name, begins = found[found.lastindex], found.start(found.lastindex)
            if found.lastindex > 1:
                begins -= 1
                name = grammar.unescaped(name) if found.lastindex == 2 else name
            parts.append(Part(name, begins))
            position = found.end()
            if not self.source.startswith(".", position):
                return parts, position
            position += 1

    def _end_of_statement(self, position: int) -> int:
        end = self._end(grammar.SPACE_AND_COMMENT, position)
        if end < len(self.source) and self.source[end] != "\n":
            raise _StuckError(mistakes.something_follows(end, self._rest(end)))
        return end

    # Values

    def _value(self, node: Node, position: int) -> int:
        """Read the value of a node with everything in it, and return where it ends."""
        # Without recursion, for 400 brackets inside one another would exhaust Python's stack.
        around: list[Node] = []
        while True:
            node.value = position
            opening = self.source[position : position + 1]
            if len(around) > DEEPEST:
                raise _StuckError(mistakes.too_deep(position), recovery.next_statement(self.source, self._start))
            if opening in _CLOSERS:
                node.kind = Kind.LIST if opening == "[" else Kind.INLINE_TABLE
                around.append(node)
                position = self._next_entry(around, position + 1, expected=True)
            else:
                position = self._next_entry(around, self._scalar(position, around), expected=False)
            if not around:
                return position
            node, position = self._entry(around[-1], position)

    def _next_entry(self, around: list[Node], position: int, *, expected: bool) -> int:
        """Close what closes here; return where the next entry begins, or, when nothing is left open, the end."""
        while around:
            if not expected and len(self.mistakes) == self._known:
                self._sound = position
            after, position = position, self._after_blank(position)
            here = self.source[position : position + 1]
            if here == _CLOSER_OF[around[-1].kind]:
                around.pop()
                position, expected = position + 1, False
            elif here == ",":
                if expected:
                    self._note(mistakes.bad_value(position, ""))
                position, expected = position + 1, True
            elif here in {"]", "}"}:
                position, expected = self._close_wrongly(around, position), False
            elif here and expected:
                return position
            elif not here or recovery.begins_statement(self.source, position, after=self._start):
                raise self._unclosed(around[-1])
            else:
                self._note(mistakes.comma_missing(after))
                return position
        return position

    def _close_wrongly(self, around: list[Node], position: int) -> int:
        """Close the innermost bracket that was forgotten, or pass over a closing bracket that closes nothing."""
        bracket = self.source[position]
        if any(_CLOSER_OF[node.kind] == bracket for node in around):
            opening = around.pop().value
            self._note(mistakes.bracket_not_closed(opening, self.source[opening]))
            return position
        self._note(mistakes.nothing_to_close(position, bracket))
        return position + 1

    def _entry(self, around: Node, position: int) -> tuple[Node, int]:
        """Return the node of the entry that begins at a position, and where its value begins."""
        if around.kind is Kind.LIST:
            node = around.members[len(around.members)] = Node(None, position, Kind.VALUE)
            return node, position
        try:
            return self._key_and_equals(around, position)
        except _StuckError as stuck:
            if recovery.begins_statement(self.source, position, after=self._start):
                raise self._unclosed(around) from None
            self._note(stuck.mistake)
            return Node(None, position, Kind.VALUE), position

    def _unclosed(self, node: Node) -> _StuckError:
        # What was read as a part of it came after its end.
        self._wrong_line = range(0)
        self.mistakes[self._known :] = [
            known for known in self.mistakes[self._known :] if known.position < node.value
        ]
        mistake = mistakes.bracket_not_closed(node.value, self.source[node.value])
        return _StuckError(mistake, recovery.next_statement(self.source, max(node.value, self._sound)))

    def _scalar(self, position: int, around: list[Node]) -> int:
        """Read a value that has no entries, and return where it ends."""
        marks = grammar.quotation_marks(self.source, position)
        if marks is not None:
            return self._string(position, marks, around)
        found = (grammar.SCALAR_IN_BRACKETS if around else grammar.SCALAR).match(self.source, position)
        if found is not None and grammar.is_scalar(found[1]):
            return found.end()
        if not around:
            written = _without_comment(self._rest(position))
            raise _StuckError(mistakes.bad_value(position, written), recovery.end_of_text(self.source, position))
        if recovery.begins_statement(self.source, position, after=self._start):
            raise self._unclosed(around[-1])
        written = _without_comment(self.source[position : self._end(grammar.ENTRY, position)])
        self._note(mistakes.bad_value(position, written))
        return position + len(written)

    def _string(self, position: int, marks: str, around: list[Node]) -> int:
        found = grammar.STRINGS[marks].match(self.source, position)
        end = found.end() if found else self._flawed_string(position, marks, around)
        if len(marks) == 3:
            self._long_text = _LongText(self._start, position, end - 3)
        return end

    def _flawed_string(self, position: int, marks: str, around: list[Node]) -> int:
        if closed := grammar.FLAWED_STRINGS[marks].match(self.source, position):
            flaw = self._end(grammar.FLAWLESS_BEGINNINGS[marks], position)
            self._note(mistakes.bad_in_text(flaw, self.source[flaw : flaw + 2]))
            return closed.end()
        mistake = mistakes.text_not_closed(position, marks, self._rest(position))
        if len(marks) == 3:
            raise _StuckError(mistake, recovery.next_statement(self.source, position))
        if not around:
            raise _StuckError(mistake, recovery.end_of_text(self.source, position, marks))
        self._note(mistake)
        return recovery.end_of_line(self.source, position)

    # Mistakes

    def _note(self, mistake: Mistake) -> None:
        """Keep a mistake, unless the same statement has one on the same line, which is likely its cause."""
        if mistake.position in self._wrong_line:
            return
        line = self.source.rfind("\n", 0, mistake.position) + 1
        self._wrong_line = range(line, recovery.end_of_line(self.source, mistake.position) + 1)
        self._keep(mistake)

    def _keep(self, mistake: Mistake) -> None:
        if len(self.mistakes) >= MOST_MISTAKES:
            raise _TooManyError(mistake.position)
        self.mistakes.append(mistake)

    def _text_that_never_ended(self) -> _LongText | None:
        """Return the long text at this statement or before it if its end looks like the beginning of another."""
        text = self._long_text
        if text is None or text.statement not in {self._start, self._previous}:
            return None
        return text if recovery.ran_into_another(self.source, text.opening, text.closing) else None

    def _go_back_to(self, text: _LongText) -> int:
        """Blame a long text for what came after it, and return where to go on."""
        self.mistakes = [known for known in self.mistakes if known.position < text.statement]
        self.spoiled = [known for known in self.spoiled if known.start < text.statement]
        marks = self.source[text.opening : text.opening + 3]
        self._keep(mistakes.text_not_closed(text.opening, marks))
        end = recovery.next_statement(self.source, text.opening)
        self.spoiled.append(Spoiled(text.statement, end, is_header=False))
        self._long_text = None
        return end

    # Places

    def _end(self, pattern: re.Pattern[str], position: int) -> int:
        """Return where a pattern ends that begins at a position; the position itself when it does not."""
        found = pattern.match(self.source, position)
        return found.end() if found else position

    def _after_blank(self, position: int) -> int:
        """Return where the next thing stands, after spaces, line ends and comments."""
        return self._end(grammar.BLANK, position)

    def _rest(self, position: int) -> str:
        """Return the rest of a line, as far as a message may quote it."""
        return self.source[position : position + LONGEST_REST].split("\n", 1)[0]


def _without_comment(text: str) -> str:
    return grammar.COMMENT.sub("", text).rstrip(" \t")
