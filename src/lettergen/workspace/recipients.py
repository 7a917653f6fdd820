"""recipients.toml, and recipients.csv and recipients.jsonl beside it → recipients by id."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lettergen.files import is_safe_name
from lettergen.model import Recipient
from lettergen.problems import Problem
from lettergen.workspace.document import Document, KeyPath, read_document
from lettergen.workspace.folder import RECIPIENTS, RECIPIENTS_CSV, RECIPIENTS_JSONL
from lettergen.workspace.people import People
from lettergen.workspace.recipient_tables import CsvTable, JsonlTable
from lettergen.workspace.validation import UNSAFE_ID_HELP, Findings, validate
from lettergen.workspace.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from lettergen.workspace.recipient_tables import RecipientTable


@dataclass(frozen=True, slots=True)
class Recipients:
    """The people of a workspace.

    Attributes:
        document: where they stand.
        by_id: one record per table; those with mistakes are only good for comparing.
        faulty: those whose records have mistakes, or could not be read whole.
        problems: the file's mistakes.
        unread: where in the file a value should be and none could be read.
    """

    document: People
    by_id: Mapping[str, Recipient]
    faulty: frozenset[str]
    problems: tuple[Problem, ...]
    unread: frozenset[KeyPath]


def load_recipients(root: Path) -> Recipients:
    """Read the recipients of a workspace, and every mistake in their files."""
    kinds: tuple[tuple[str, type[RecipientTable]], ...] = (
        (RECIPIENTS_CSV, CsvTable),
        (RECIPIENTS_JSONL, JsonlTable),
    )
    tables = [kind(root, root / name) for name, kind in kinds if (root / name).exists()]
    in_toml = not tables or (root / RECIPIENTS).exists()
    document = read_document(root, root / RECIPIENTS) if in_toml else Document(RECIPIENTS, "")
    findings = Findings(list(document.problems))
    by_id: dict[str, Recipient] = {}
    faulty = set()
    for name in document.data:
        if not is_safe_name(name):
            message = f"{quoted(name)} cannot be an id."
            findings.problems.append(Problem("LG108", message, document.key((name,)), UNSAFE_ID_HELP))
    header_was_misread = bool(findings.problems)
    for name, data in document.data.items():
        own = Findings()
        by_id[name] = validate(Recipient, data, document, (name,), own)
        if own.problems or (document.problems and _may_hold_more(document, name)):
            faulty.add(name)
        if not (header_was_misread and _has_only_tables(data)):
            findings.problems += own.problems
        findings.unread |= own.unread
    people = People(document)
    for table in tables:
        people = _take(table, people, by_id, faulty, findings)
    return Recipients(people, by_id, frozenset(faulty), tuple(findings.problems), frozenset(findings.unread))


def _take(
    table: RecipientTable, people: People, by_id: dict[str, Recipient], faulty: set[str], findings: Findings
) -> People:
    """Take the rows of a table among the recipients, and return where all of them stand now."""
    here: dict[str, RecipientTable] = {}
    for name, data in table.rows():
        if name in by_id:
            there = people.key((name,))
            message = f"The id {quoted(name)} is already taken in {there.file}, line {there.line}."
            place = table.place((name,))
            findings.problems.append(Problem("LG109", message, place, "Keep one of the two."))
            continue
        here[name] = table
        own = Findings()
        if not is_safe_name(name):
            own.problems.append(
                Problem("LG108", f"{quoted(name)} cannot be an id.", table.place((name,)), UNSAFE_ID_HELP)
            )
        by_id[name] = validate(Recipient, data, People(people.document, {name: table}), (name,), own)
        if own.problems:
            faulty.add(name)
            findings.problems += own.problems
        findings.unread |= own.unread
    findings.problems += table.problems
    return People(people.document, {**people.tables, **here}, people.whole and not table.problems)


def _may_hold_more(document: Document, name: str) -> bool:
    """Whether a key of a recipient may stand in what could not be read."""
    return any(document.may_hold((name,), key) for key in Recipient.model_fields)


def _has_only_tables(table: object) -> bool:
    """Whether a recipient has only inner tables, such as [costa.names.ru]: the header above them is elsewhere."""
    return isinstance(table, dict) and all(isinstance(value, dict) for value in table.values())
