"""recipients.toml → recipients by id."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lettergen.files import is_safe_name
from lettergen.model import Recipient
from lettergen.problems import Problem
from lettergen.workspace.document import Document, KeyPath, read_document
from lettergen.workspace.folder import RECIPIENTS
from lettergen.workspace.validation import UNSAFE_ID_HELP, Findings, validate
from lettergen.workspace.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Recipients:
    """The people of a workspace.

    Attributes:
        document: the file.
        by_id: one record per table; those with mistakes are only good for comparing.
        faulty: those whose records have mistakes, or could not be read whole.
        problems: the file's mistakes.
        unread: where in the file a value should be and none could be read.
    """

    document: Document
    by_id: Mapping[str, Recipient]
    faulty: frozenset[str]
    problems: tuple[Problem, ...]
    unread: frozenset[KeyPath]


def load_recipients(root: Path) -> Recipients:
    """Read recipients.toml of a workspace, and every mistake in it."""
    document = read_document(root, root / RECIPIENTS)
    findings = Findings(list(document.problems))
    by_id, faulty = {}, set()
    for name in document.data:
        if not is_safe_name(name):
            message = f"{quoted(name)} cannot be an id."
            findings.problems.append(Problem("LG108", message, document.key((name,)), UNSAFE_ID_HELP))
    header_was_misread = bool(findings.problems)
    for name, table in document.data.items():
        own = Findings()
        by_id[name] = validate(Recipient, table, document, (name,), own)
        if own.problems or (document.problems and _may_hold_more(document, name)):
            faulty.add(name)
        if not (header_was_misread and _has_only_tables(table)):
            findings.problems += own.problems
        findings.unread |= own.unread
    return Recipients(document, by_id, frozenset(faulty), tuple(findings.problems), frozenset(findings.unread))


def _may_hold_more(document: Document, name: str) -> bool:
    """Whether a key of a recipient may stand in what could not be read."""
    return any(document.may_hold((name,), key) for key in Recipient.model_fields)


def _has_only_tables(table: object) -> bool:
    """Whether a recipient has only inner tables, such as [costa.names.ru]: the header above them is elsewhere."""
    return isinstance(table, dict) and all(isinstance(value, dict) for value in table.values())
