"""forms_of_address/<language>.toml of a workspace → its own forms of address."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, get_args

from lettergen.model import Gender, Language, OwnOffice
from lettergen.problems import Place, Problem
from lettergen.workspace.document import Document, read_document
from lettergen.workspace.folder import FORMS
from lettergen.workspace.signed_off import refuse_placeholder
from lettergen.workspace.tables import refuse_unknown_tables
from lettergen.workspace.validation import Findings, validate
from lettergen.workspace.wording import quoted

if TYPE_CHECKING:
    from pathlib import Path

    from lettergen.model import OwnForms


@dataclass(frozen=True, slots=True)
class OwnFormsFile:
    """The workspace's own forms of address in one language.

    Attributes:
        offices: by the office's id; an office can be one that the package does not know.
        problems: the file's mistakes.
    """

    document: Document
    offices: dict[str, OwnOffice] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def load_own_forms(root: Path) -> dict[str, OwnFormsFile]:
    """Read a workspace's own forms of address, by language; a file for no language of ours has only a problem."""
    return {path.stem: _file(root, path) for path in sorted((root / FORMS).glob("*.toml"))}


def _file(root: Path, path: Path) -> OwnFormsFile:
    languages = get_args(Language)
    if path.stem not in languages:
        document = Document(path.relative_to(root).as_posix())
        message = f"Letters cannot be written in {quoted(path.stem)}."
        way_out = f"Name the file after one of {', '.join(languages)}."
        return OwnFormsFile(document, problems=(Problem("LG501", message, Place(document.name), way_out),))
    document = read_document(root, path)
    findings = Findings(list(document.problems))
    refuse_unknown_tables(("office",), document, findings)
    tables = document.data.get("office", {})
    if not isinstance(tables, dict):
        message = "“office” must be a table."
        findings.problems.append(
            Problem("LG105", message, document.value(("office",)), "Write [office.ID.m], [office.ID.f] …")
        )
        tables = {}
    offices = {
        name: validate(OwnOffice, table, document, ("office", name), findings) for name, table in tables.items()
    }
    _refuse_placeholders(offices, document, findings)
    return OwnFormsFile(document, offices, tuple(findings.problems))


def _refuse_placeholders(offices: dict[str, OwnOffice], document: Document, findings: Findings) -> None:
    for name, office in offices.items():
        for gender in get_args(Gender):
            forms: OwnForms | None = getattr(office, gender)
            if forms:
                refuse_placeholder(forms.source, document, ("office", name, gender, "source"), findings)
