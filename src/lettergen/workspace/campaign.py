"""A summit's folder → the parts of its campaign, with the place of everything that is wrong in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from lettergen.files import is_safe_name
from lettergen.model import Campaign, Concern, Demand, Letterhead, LetterHeader, Signatory, Source, Summit
from lettergen.problems import Place, Problem, did_you_mean
from lettergen.workspace.document import Document, KeyPath, read_document
from lettergen.workspace.folder import LETTER, LETTERHEAD, letterhead_folder, letterheads, summit_folder
from lettergen.workspace.validation import UNSAFE_ID_HELP, Findings, validate
from lettergen.workspace.wording import nearest, quoted

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator
    from pathlib import Path

    from lettergen.workspace.recipients import Recipients

Section = TypeVar("Section", Summit, LetterHeader)
Listed = TypeVar("Listed", Concern, Demand, Source, Signatory)

_TABLES = ("summit", "letter", "concern", "demand", "source", "signatory")


@dataclass(frozen=True, slots=True)
class CampaignParts:
    """What stands in a summit's folder, good or not.

    Records with mistakes are only good for comparing: what could not be read in them is empty or None.

    Attributes:
        letterhead: None when the letter names none that exists.
        problems: mistakes inside single tables; the rules of `checks` compare tables with each other.
        unread: where in letter.toml a value should be and none could be read.
    """

    root: Path
    summit_id: str
    recipients: Recipients
    document: Document
    summit: Summit
    header: LetterHeader
    concerns: tuple[Concern, ...]
    demands: tuple[Demand, ...]
    sources: tuple[Source, ...]
    signatories: tuple[Signatory, ...]
    letterhead_document: Document | None
    letterhead: Letterhead | None
    letterhead_ids: frozenset[str]
    problems: tuple[Problem, ...]
    unread: frozenset[KeyPath]

    def is_unread(self, table: str, key: str) -> bool:
        """Whether some `key` in the tables of this name could not be read, or one of the tables as a whole."""
        return any(
            path[0] == table and (key in path or not any(isinstance(part, str) for part in path[1:]))
            for path in self.unread
        )

    def may_define(self, table: str, name: str) -> bool:
        """Whether the concern or source of this id may stand in what could not be read."""
        return self.is_unread(table, "id") or self.document.may_say(name)

    @property
    def letter_date(self) -> dt.date | None:
        """The letter's date, or None when it could not be read."""
        return self.header.date

    @property
    def summit_date(self) -> dt.date | None:
        """The summit's date, or None when it could not be read."""
        return self.summit.date

    def campaign(self) -> Campaign:
        """Return the campaign; only for parts without errors."""
        if self.letterhead is None:
            raise ValueError("a campaign without errors has a letterhead")
        return Campaign.model_construct(
            summit_id=self.summit_id,
            summit=self.summit,
            header=self.header,
            letterhead=self.letterhead,
            concerns=self.concerns,
            demands=self.demands,
            sources=self.sources,
            signatories=self.signatories,
            recipients={name: self.recipients.by_id[name] for name in self.header.recipients},
        )


def load_campaign(root: Path, summit: str, recipients: Recipients) -> CampaignParts:
    """Read a summit's folder and the letterhead that it names.

    Raises:
        UsageError: there is no such summit.
    """
    document = read_document(root, summit_folder(root, summit) / LETTER)
    findings = Findings(list(document.problems))
    if not is_safe_name(summit):
        message = f"The folder’s name, {quoted(summit)}, cannot be an id."
        findings.problems.append(Problem("LG108", message, Place(document.name), UNSAFE_ID_HELP))
    _refuse_unknown_tables(document, findings)
    header = _section(LetterHeader, "letter", document, findings)
    letterhead_document, letterhead = _letterhead(root, header.letterhead, findings.problems)
    return CampaignParts(
        root=root,
        summit_id=summit,
        recipients=recipients,
        document=document,
        summit=_section(Summit, "summit", document, findings),
        header=header,
        concerns=_records(Concern, "concern", document, findings),
        demands=_records(Demand, "demand", document, findings),
        sources=_records(Source, "source", document, findings),
        signatories=_signatories(document, findings),
        letterhead_document=letterhead_document,
        letterhead=letterhead,
        letterhead_ids=frozenset(letterheads(root)),
        problems=tuple(findings.problems),
        unread=frozenset(findings.unread),
    )


def _refuse_unknown_tables(document: Document, findings: Findings) -> None:
    for name in document.data:
        if name not in _TABLES:
            way_out = did_you_mean(name, _TABLES) or f"The tables of this file are {', '.join(_TABLES)}."
            message = f"{quoted(name)} is not a table of {LETTER}."
            findings.problems.append(Problem("LG104", message, document.key((name,)), way_out))
            if meant := nearest(name, _TABLES):
                findings.unread.add((meant,))


def _section(model: type[Section], name: str, document: Document, findings: Findings) -> Section:
    if name in document.data:
        return validate(model, document.data[name], document, (name,), findings)
    _miss(name, f"[{name}]", document, findings)
    findings.unread.add((name,))
    return validate(model, {}, document, (name,), Findings())


def _signatories(document: Document, findings: Findings) -> tuple[Signatory, ...]:
    if "signatory" not in document.data:
        _miss("signatory", "[[signatory]]", document, findings)
    return _records(Signatory, "signatory", document, findings)


def _miss(name: str, header: str, document: Document, findings: Findings) -> None:
    """Report a missing table, unless something that could not be read or understood may have been it."""
    if (name,) not in findings.unread and not document.may_say(name):
        message = f"The table {header} is missing."
        findings.problems.append(Problem("LG103", message, document.value(()), f"Add {header}."))


def _records(model: type[Listed], name: str, document: Document, findings: Findings) -> tuple[Listed, ...]:
    tables = document.data.get(name, [])
    if not isinstance(tables, list):
        message = f"“{name}” must be a list of tables."
        findings.problems.append(Problem("LG105", message, document.value((name,)), f"Write [[{name}]]."))
        findings.unread.add((name,))
        return ()
    records = tuple(validate(model, table, document, (name, index), findings) for index, table in enumerate(tables))
    findings.problems.extend(_equal_ids(records, name, document))
    return records


def _equal_ids(
    records: tuple[Concern | Demand | Source | Signatory, ...], name: str, document: Document
) -> Iterator[Problem]:
    first_with: dict[str, int] = {}
    for index, record in enumerate(records):
        # Two safe names that are not the same stay different on every system.
        if is_safe_name(record.id) and first_with.setdefault(record.id, index) != index:
            first = document.value((name, first_with[record.id], "id"))
            message = f"The id “{record.id}” is already taken by the {name} in line {first.line}."
            yield Problem("LG109", message, document.value((name, index, "id")), "Give each an id of its own.")


def _letterhead(root: Path, letterhead: str, problems: list[Problem]) -> tuple[Document | None, Letterhead | None]:
    if letterhead not in letterheads(root):
        return None, None
    document = read_document(root, letterhead_folder(root, letterhead) / LETTERHEAD)
    findings = Findings(list(document.problems))
    record = validate(Letterhead, document.data, document, (), findings)
    problems.extend(findings.problems)
    return document, record
