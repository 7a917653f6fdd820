"""letter.<language>.toml → editions of a campaign's words, with the place of everything in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from lettergen.editions import Edition
from lettergen.model import Language
from lettergen.model.edition import (
    EditionConcern,
    EditionDemand,
    EditionHead,
    EditionHeader,
    EditionSignatory,
    EditionSummit,
)
from lettergen.problems import Place, Problem
from lettergen.workspace.document import Document, KeyPath, read_document
from lettergen.workspace.folder import EDITIONS
from lettergen.workspace.signed_off import refuse_placeholder
from lettergen.workspace.tables import records, refuse_unknown_tables, section
from lettergen.workspace.validation import Findings
from lettergen.workspace.wording import quoted

if TYPE_CHECKING:
    from pathlib import Path

LANGUAGES: tuple[Language, ...] = get_args(Language)
_TABLES = ("edition", "summit", "letter", "concern", "demand", "signatory")


@dataclass(frozen=True, slots=True)
class EditionParts:
    """An edition, good or not.

    Attributes:
        edition: records with mistakes in it are only good for comparing.
        problems: mistakes inside single tables.
        unread: where in the file a value should be and none could be read.
    """

    document: Document
    edition: Edition
    problems: tuple[Problem, ...]
    unread: frozenset[KeyPath]


def load_editions(
    root: Path, folder: Path, original: Language | None
) -> tuple[tuple[EditionParts, ...], tuple[Problem, ...]]:
    """Read the editions in a summit's folder.

    Args:
        root: the workspace.
        folder: the summit's.
        original: the language of letter.toml; None when it could not be read.

    Returns:
        The editions, in the order of LANGUAGES, and what is wrong with the names of the others.
    """
    found, problems = [], []
    for path in sorted(folder.glob(EDITIONS)):
        name = path.relative_to(root).as_posix()
        language = path.name.removeprefix("letter.").removesuffix(".toml")
        if language not in LANGUAGES:
            message = f"Letters cannot be written in {quoted(language)}."
            way_out = f"Name the file after one of {', '.join(LANGUAGES)}."
            problems.append(Problem("LG501", message, Place(name), way_out))
        elif language == original:
            message = f"letter.toml itself is in “{language}”, so there can be no edition in it."
            problems.append(
                Problem("LG501", message, Place(name), "Correct “language” in letter.toml, or the file’s name.")
            )
        else:
            found.append(_edition(read_document(root, path), language))
    return tuple(sorted(found, key=lambda parts: LANGUAGES.index(parts.edition.language))), tuple(problems)


def _edition(document: Document, language: Language) -> EditionParts:
    findings = Findings(list(document.problems))
    refuse_unknown_tables(_TABLES, document, findings)
    edition = Edition(
        language=language,
        head=section(EditionHead, "edition", document, findings),
        summit=section(EditionSummit, "summit", document, findings),
        header=section(EditionHeader, "letter", document, findings),
        concerns=records(EditionConcern, "concern", document, findings),
        demands=records(EditionDemand, "demand", document, findings),
        signatories=records(EditionSignatory, "signatory", document, findings),
    )
    _refuse_placeholders(edition.head, document, findings)
    return EditionParts(document, edition, tuple(findings.problems), frozenset(findings.unread))


def _refuse_placeholders(head: EditionHead, document: Document, findings: Findings) -> None:
    refuse_placeholder(head.translated_by, document, ("edition", "translated_by"), findings)
    if head.reviewed:
        refuse_placeholder(head.reviewed.by, document, ("edition", "reviewed", "by"), findings)
