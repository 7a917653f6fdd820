"""A TOML text → its data and every mistake in its syntax, not only the first."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any

import tomli

from lettergen.workspace import toml_mistakes as mistakes
from lettergen.workspace.toml_scanner import scan

if TYPE_CHECKING:
    from lettergen.workspace.toml_mistakes import Mistake
    from lettergen.workspace.toml_scanner import Scan

# tomli takes halves of characters, which no file in UTF-8 can hold and no other program reads back.
_HALF_CHARACTER = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class SyntaxProblem:
    """One mistake in the syntax of a TOML text.

    Attributes:
        code: LG102 for a key or table that stands twice or collides with another, else LG101.
        message: what is wrong, a sentence.
        help: what to do, a sentence.
        line: counted from 1.
        column: counted from 1 in characters.
        source: the text of that line, without its line end.
    """

    code: str
    message: str
    help: str
    line: int
    column: int
    source: str


def parse(text: str) -> tuple[dict[str, Any], list[SyntaxProblem]]:
    """Read a TOML text.

    A statement with a mistake is left out and the rest is read on. What stands below a header with a mistake is
    left out too, for nobody can tell where it belongs. toml_locator.locate finds the places of what is left, in the
    same text. At most 20 mistakes are told; then a last one says that the rest was not read.

    Args:
        text: the whole file; a byte order mark at its beginning is passed over.

    Returns:
        The data, and the mistakes in the order of the text. With no mistakes, the data is what tomli.loads gives.
    """
    if not _HALF_CHARACTER.search(text):
        try:
            return tomli.loads(text.removeprefix("\ufeff")), []
        except (ValueError, RecursionError):
            pass  # The scan finds out what is wrong.
    found = scan(text)
    problems = [_problem(mistake, found.source) for mistake in found.mistakes]
    sound, ours = _without_spoiled(found)
    try:
        data = tomli.loads(sound)
    except (ValueError, RecursionError) as error:
        # The scan knows all that tomli refuses, but for a key of a thousand parts, or a rule of a later tomli.
        return {}, [*problems, _problem(mistakes.unknown(_position_of(error, found.source)), found.source)]
    return {key: value for key, value in data.items() if key not in ours}, problems


def _problem(mistake: Mistake, source: str) -> SyntaxProblem:
    start = source.rfind("\n", 0, mistake.position) + 1
    return SyntaxProblem(
        mistake.code,
        mistake.message,
        mistake.help,
        line=source.count("\n", 0, start) + 1,
        column=mistake.position - start + 1,
        source=source[start:].split("\n", 1)[0],
    )


def _position_of(error: Exception, source: str) -> int:
    """Return where tomli found an error; it read a text with the same lines as the source."""
    if not isinstance(error, tomli.TOMLDecodeError):
        return 0
    lines = source.split("\n")[: error.lineno]
    return sum(len(line) + 1 for line in lines[:-1]) + min(error.colno - 1, len(lines[-1]))


def _without_spoiled(found: Scan) -> tuple[str, set[str]]:
    """Blank the spoiled statements, line by line; a header gives way to one of ours, lest it add to another table.

    Returns:
        The text with as many lines as before, and the names of our tables in it.
    """
    names = (name for number in count() if (name := f"wrong-header-{number}") not in found.root.members)
    pieces, ours, position = [], set(), 0
    for spoiled in found.spoiled:
        pieces.append(found.source[position : spoiled.start])
        if spoiled.is_header:
            name = next(names)
            ours.add(name)
            pieces.append(f"[{name}]")
        pieces.append("\n" * found.source.count("\n", spoiled.start, spoiled.end))
        position = spoiled.end
    pieces.append(found.source[position:])
    return "".join(pieces), ours
