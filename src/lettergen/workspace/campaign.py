"""A summit's folder → the parts of its campaign, with the place of everything that is wrong in them."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from lettergen.model import Campaign, Concern, Demand, Letterhead, LetterHeader, Signatory, Source, Summit
from lettergen.problems import Problem, did_you_mean
from lettergen.workspace.document import Document, read_document
from lettergen.workspace.folder import LETTER, LETTERHEAD, letterhead_folder, letterheads, summit_folder
from lettergen.workspace.validation import validate

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from lettergen.workspace.recipients import Recipients

Section = TypeVar("Section", Summit, LetterHeader)
Listed = TypeVar("Listed", Concern, Demand, Source, Signatory)

_TABLES = ("summit", "letter", "concern", "demand", "source", "signatory")
# After these the file's tables are not all there, and “nobody answers this” could be an echo of the first mistake.
_CODES_OF_GAPS = frozenset({"LG101", "LG102", "LG103", "LG104", "LG105"})


@dataclass(frozen=True, slots=True)
class CampaignParts:
    """What stands in a summit's folder, good or not.

    Records with mistakes are only good for comparing: what could not be read in them is empty or None.

    Attributes:
        letterhead: None when the letter names none that exists.
        problems: mistakes inside single tables; the rules of `checks` compare tables with each other.
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

    @property
    def has_gaps(self) -> bool:
        """Whether tables or keys of letter.toml are missing, so that rules about absence would mislead."""
        return any(p.code in _CODES_OF_GAPS and p.where.file == self.document.name for p in self.problems)

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
    problems = list(document.problems)
    _refuse_unknown_tables(document, problems)
    header = _section(LetterHeader, "letter", document, problems)
    letterhead_document, letterhead = _letterhead(root, header.letterhead, problems)
    return CampaignParts(
        root=root,
        summit_id=summit,
        recipients=recipients,
        document=document,
        summit=_section(Summit, "summit", document, problems),
        header=header,
        concerns=_records(Concern, "concern", document, problems),
        demands=_records(Demand, "demand", document, problems),
        sources=_records(Source, "source", document, problems),
        signatories=_records(Signatory, "signatory", document, problems),
        letterhead_document=letterhead_document,
        letterhead=letterhead,
        letterhead_ids=frozenset(letterheads(root)),
        problems=tuple(problems),
    )


def _refuse_unknown_tables(document: Document, problems: list[Problem]) -> None:
    for name in document.data:
        if name not in _TABLES:
            way_out = did_you_mean(name, _TABLES) or f"The tables of this file are {', '.join(_TABLES)}."
            place = document.key((name,))
            problems.append(Problem("LG104", f"“{name}” is not a table of {LETTER}.", place, way_out))


def _section(model: type[Section], name: str, document: Document, problems: list[Problem]) -> Section:
    if name not in document.data:
        # A file that could not be read says so once; it does not also miss everything.
        found: list[Problem] = [] if document.problems else problems
        found.append(Problem("LG103", f"The table [{name}] is missing.", document.value(()), f"Add [{name}]."))
        return validate(model, {}, document, (name,), [])
    return validate(model, document.data[name], document, (name,), problems)


def _records(model: type[Listed], name: str, document: Document, problems: list[Problem]) -> tuple[Listed, ...]:
    tables = document.data.get(name, [])
    if not isinstance(tables, list):
        place = document.value((name,))
        problems.append(Problem("LG105", f"“{name}” must be a list of tables.", place, f"Write [[{name}]]."))
        return ()
    records = tuple(validate(model, table, document, (name, index), problems) for index, table in enumerate(tables))
    _refuse_equal_ids(records, name, document, problems)
    return records


def _refuse_equal_ids(
    records: tuple[Concern | Demand | Source | Signatory, ...],
    name: str,
    document: Document,
    problems: list[Problem],
) -> None:
    first_with: dict[str, int] = {}
    for index, record in enumerate(records):
        folded = unicodedata.normalize("NFKC", record.id).casefold()
        if record.id and first_with.setdefault(folded, index) != index:
            first = document.value((name, first_with[folded], "id"))
            problems.append(
                Problem(
                    "LG109",
                    f"The id “{record.id}” is already taken by the {name} in line {first.line}.",
                    document.value((name, index, "id")),
                    "Give each an id of its own.",
                )
            )


def _letterhead(root: Path, letterhead: str, problems: list[Problem]) -> tuple[Document | None, Letterhead | None]:
    if letterhead not in letterheads(root):
        return None, None
    document = read_document(root, letterhead_folder(root, letterhead) / LETTERHEAD)
    problems.extend(document.problems)
    return document, validate(Letterhead, document.data, document, (), problems)
