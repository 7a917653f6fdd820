"""The tables of a file, [name] and [[name]] → records; every mistake becomes a located finding."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from lettergen.files import is_safe_name
from lettergen.model import Listed, Record
from lettergen.problems import Problem, did_you_mean
from lettergen.workspace.validation import Findings, validate
from lettergen.workspace.wording import nearest, quoted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from lettergen.workspace.document import Document

Section = TypeVar("Section", bound=Record)
Row = TypeVar("Row", bound=Listed)


def refuse_unknown_tables(tables: Collection[str], document: Document, findings: Findings) -> None:
    """Report each table that the file does not know."""
    for name in document.data:
        if name not in tables:
            way_out = did_you_mean(name, tables) or f"The tables of this file are {', '.join(tables)}."
            file = document.name.rpartition("/")[2]
            message = f"{quoted(name)} is not a table of {file}."
            findings.problems.append(Problem("LG104", message, document.key((name,)), way_out))
            if meant := nearest(name, tables):
                findings.unread.add((meant,))


def section(model: type[Section], name: str, document: Document, findings: Findings) -> Section:
    """Return the record of a table that must be there: [name]."""
    if name in document.data:
        return validate(model, document.data[name], document, (name,), findings)
    miss(name, f"[{name}]", document, findings)
    findings.unread.add((name,))
    return validate(model, {}, document, (name,), Findings())


def records(model: type[Row], name: str, document: Document, findings: Findings) -> tuple[Row, ...]:
    """Return the records of a list of tables: [[name]]."""
    tables = document.data.get(name, [])
    if not isinstance(tables, list):
        message = f"“{name}” must be a list of tables."
        findings.problems.append(Problem("LG105", message, document.value((name,)), f"Write [[{name}]]."))
        findings.unread.add((name,))
        return ()
    found = tuple(validate(model, table, document, (name, index), findings) for index, table in enumerate(tables))
    findings.problems.extend(_equal_ids(found, name, document))
    return found


def miss(name: str, header: str, document: Document, findings: Findings) -> None:
    """Report a missing table, unless something that could not be read or understood may have been it."""
    if (name,) not in findings.unread and not document.may_say(name):
        message = f"The table {header} is missing."
        findings.problems.append(Problem("LG103", message, document.value(()), f"Add {header}."))


def _equal_ids(listed: Sequence[Listed], name: str, document: Document) -> Iterator[Problem]:
    first_with: dict[str, int] = {}
    for index, record in enumerate(listed):
        # Two safe names that are not the same stay different on every system.
        if is_safe_name(record.id) and first_with.setdefault(record.id, index) != index:
            first = document.value((name, first_with[record.id], "id"))
            message = f"The id “{record.id}” is already taken by the {name} in line {first.line}."
            yield Problem("LG109", message, document.value((name, index, "id")), "Give each an id of its own.")
