"""recipients.csv and recipients.jsonl: people by the thousand, read row by row.

A row of the CSV has the keys of a table of recipients.toml as its columns, inner ones with a dot (term.start,
names.ru.given_name); cells that hold several values part them: languages and tags by spaces or commas, the lines of
an address by “ | ” or line breaks. A line of the JSONL is one such table as an object, with its id.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING, Any

from lettergen.model import Recipient
from lettergen.problems import Place, Problem, did_you_mean
from lettergen.workspace.document import read_text
from lettergen.workspace.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lettergen.workspace.document import KeyPath

_LONGEST_CELL = 1 << 17  # signs; nobody's name or address has more
_DELIMITERS = ",;\t"
_LISTS = {"languages": re.compile(r"[\s,;]+"), "tags": re.compile(r"[\s,;]+"), "address": re.compile(r" \| |\r?\n")}
_LIST_IN_FORMS = re.compile(r"forms\.[^.]+\.address")
_DATES = {"term.start", "term.end"}


class RecipientTable:
    """A table of recipients beside recipients.toml.

    Args:
        root: the workspace.
        path: the file.

    Attributes:
        name: path relative to the workspace.
        problems: what is wrong with it as a table; complete when its rows were taken.
    """

    def __init__(self, root: Path, path: Path) -> None:
        self.name = path.relative_to(root).as_posix()
        self.problems: list[Problem] = []
        self._begins: dict[str, int] = {}  # the line at which each recipient begins
        text = read_text(root, path)
        if isinstance(text, Problem):
            self.problems.append(text)
        self._text = "" if isinstance(text, Problem) else text

    def rows(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield each recipient's id and table, as recipients.toml would have it; once."""
        raise NotImplementedError

    def place(self, path: KeyPath) -> Place:
        """Return where the value at `path` stands, which begins with a recipient's id; or else its row."""
        line = self._begins[str(path[0])]
        return Place(self.name, line, self._column(line, path[1:]), self._line(line))

    def _column(self, line: int, path: KeyPath) -> int:
        """Return the column, from 1, at which a value stands in its line."""
        raise NotImplementedError

    def _is_new(self, recipient: str, line: int) -> bool:
        """Whether a recipient does not stand here already, which is a finding."""
        first = self._begins.setdefault(recipient, line)
        if first != line:
            message = f"The id {quoted(recipient)} is already taken by the recipient in line {first}."
            self._report("LG109", message, line, "Give each an id of its own.")
        return first == line

    def _report(self, code: str, message: str, line: int, way_out: str | None, column: int = 1) -> None:
        self.problems.append(Problem(code, message, Place(self.name, line, column, self._line(line)), way_out))

    def _line(self, number: int) -> str:
        return self._lines[number - 1].rstrip("\r") if 0 < number <= len(self._lines) else ""

    @cached_property
    def _lines(self) -> list[str]:
        return self._text.split("\n")


class CsvTable(RecipientTable):
    """recipients.csv; cells are parted by commas, semicolons or tabs, as its header is."""

    def rows(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield each recipient's id and table; once."""
        csv.field_size_limit(_LONGEST_CELL)
        reader = csv.reader(io.StringIO(self._text, newline=""), delimiter=self._delimiter, strict=True)
        try:
            self._columns = [column.strip() for column in next(reader, [])]
            if not self.problems and self._has_good_columns():
                yield from self._good_rows(reader)
        except csv.Error as error:
            message = f"The table cannot be read from this line on: {error}."
            self._report("LG101", message, reader.line_num, "Look for a quotation mark that is not closed.")

    @cached_property
    def _delimiter(self) -> str:
        return max(_DELIMITERS, key=self._text.partition("\n")[0].count)

    def _column(self, line: int, path: KeyPath) -> int:
        dotted = [".".join(map(str, path[:end])) for end in range(len(path), 0, -1)]
        number = next((self._columns.index(key) for key in dotted if key in self._columns), 0)
        return self._begin_of_cell(line, number)

    def _begin_of_cell(self, line: int, number: int) -> int:
        begins = _begins_of_cells(self._line(line), self._delimiter)
        return next((at for cell, at in enumerate(begins) if cell == number), 1)

    def _has_good_columns(self) -> bool:
        """Whether the header names keys of a recipient, each once, and an id."""
        if "id" not in self._columns:
            way_out = "Name the columns in the first line: id, given_name, …"
            self._report("LG103", "The column “id” is missing.", 1, way_out)
        for number, column in enumerate(self._columns):
            at = self._begin_of_cell(1, number)
            if column in self._columns[:number]:
                self._report("LG102", f"The column {quoted(column)} stands twice.", 1, "Keep one of them.", at)
            elif column != "id" and column.split(".")[0] not in Recipient.model_fields:
                known = ("id", *Recipient.model_fields)
                way_out = did_you_mean(column, known) or f"The columns are {', '.join(known)}."
                self._report("LG104", f"{quoted(column)} is not a column of {self.name}.", 1, way_out, at)
        return not self.problems

    def _good_rows(self, reader: Any) -> Iterator[tuple[str, dict[str, Any]]]:
        begins = reader.line_num + 1
        for cells in reader:
            line, begins = begins, reader.line_num + 1
            filled = {name: cell.strip() for name, cell in zip(self._columns, cells, strict=False) if cell.strip()}
            recipient = filled.pop("id", None)
            if any(cell.strip() for cell in cells[len(self._columns) :]):
                message = f"The row has {len(cells)} cells, and there are {len(self._columns)} columns."
                self._report("LG104", message, line, "Put a cell that holds a comma into quotation marks.")
            elif recipient is not None and self._is_new(recipient, line):
                yield recipient, _nested(filled)
            elif recipient is None and filled:
                self._report("LG103", "The row has no id.", line, "Write one into the column “id”.")


class JsonlTable(RecipientTable):
    """recipients.jsonl; an object on each line."""

    def rows(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield each recipient's id and table; once."""
        for number, line in enumerate(self._lines, start=1):
            if not line.strip():
                continue
            try:
                data = json.loads(line)
            except (ValueError, RecursionError):
                self._report("LG101", "This line is not JSON.", number, "Write one object on each line.")
                continue
            recipient = data.pop("id", None) if isinstance(data, dict) else None
            if not isinstance(recipient, str):
                self._report("LG103", "This line is no object with an id.", number, 'Write {"id": "…", …}.')
            elif self._is_new(recipient, number):
                yield recipient, _with_dates(data)

    def _column(self, line: int, path: KeyPath) -> int:
        keys = (f'"{part}"' for part in reversed(path) if isinstance(part, str))
        return next((at for at in map(self._line(line).find, keys) if at >= 0), 0) + 1


def _nested(filled: dict[str, str]) -> dict[str, Any]:
    """Return cells as the table that recipients.toml would have."""
    data: dict[str, Any] = {}
    for column, cell in filled.items():
        *outer, key = column.split(".")
        inner = data
        for name in outer:
            inner = inner.setdefault(name, {})
            if not isinstance(inner, dict):
                break
        if isinstance(inner, dict):
            inner[key] = _value(column, cell)
    return data


def _value(column: str, cell: str) -> object:
    parts = _LISTS.get("address" if _LIST_IN_FORMS.fullmatch(column) else column)
    if parts is not None:
        return [part.strip() for part in parts.split(cell) if part.strip()]
    return _date(cell) if column in _DATES else cell


def _with_dates(data: dict[str, Any]) -> dict[str, Any]:
    term = data.get("term")
    if isinstance(term, dict):
        data["term"] = {key: _date(value) if isinstance(value, str) else value for key, value in term.items()}
    return data


def _date(text: str) -> dt.date | str:
    with suppress(ValueError):
        return dt.date.fromisoformat(text)
    return text


def _begins_of_cells(line: str, delimiter: str) -> Iterator[int]:
    """Yield the column, from 1, at which each cell of a line begins."""
    yield 1
    in_quotes = False
    for at, sign in enumerate(line, start=1):
        in_quotes ^= sign == '"'
        if sign == delimiter and not in_quotes:
            yield at + 1
