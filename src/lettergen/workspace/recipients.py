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
        problems: the file's mistakes.
        unread: where in the file a value should be and none could be read.
    """

    document: Document
    by_id: Mapping[str, Recipient]
    problems: tuple[Problem, ...]
    unread: frozenset[KeyPath]


def load_recipients(root: Path) -> Recipients:
    """Read recipients.toml of a workspace, and every mistake in it."""
    document = read_document(root, root / RECIPIENTS)
    findings = Findings(list(document.problems))
    by_id = {}
    for name, table in document.data.items():
        if not is_safe_name(name):
            message = f"{quoted(name)} cannot be an id."
            findings.problems.append(Problem("LG108", message, document.key((name,)), UNSAFE_ID_HELP))
        by_id[name] = validate(Recipient, table, document, (name,), findings)
    return Recipients(document, by_id, tuple(findings.problems), frozenset(findings.unread))
