"""recipients.toml → recipients by id."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lettergen.files import is_safe_name
from lettergen.model import Recipient
from lettergen.problems import Problem
from lettergen.workspace.document import Document, read_document
from lettergen.workspace.folder import RECIPIENTS
from lettergen.workspace.validation import UNSAFE_ID_HELP, validate

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
    """

    document: Document
    by_id: Mapping[str, Recipient]
    problems: tuple[Problem, ...]


def load_recipients(root: Path) -> Recipients:
    """Read recipients.toml of a workspace, and every mistake in it."""
    document = read_document(root, root / RECIPIENTS)
    problems = list(document.problems)
    by_id = {}
    for name, table in document.data.items():
        if not is_safe_name(name):
            place = document.key((name,))
            problems.append(Problem("LG108", f"“{name}” cannot be an id.", place, UNSAFE_ID_HELP))
        by_id[name] = validate(Recipient, table, document, (name,), problems)
    return Recipients(document, by_id, tuple(problems))
