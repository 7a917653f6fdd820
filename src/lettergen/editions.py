"""What of a campaign is said in words, and so has to be translated; and the campaign in another language."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from lettergen.files import sha256
from lettergen.model import Record

if TYPE_CHECKING:
    from lettergen.model import (
        Campaign,
        EditionConcern,
        EditionDemand,
        EditionHead,
        EditionHeader,
        EditionSignatory,
        EditionSummit,
        Language,
        OwnOffice,
    )

Table = TypeVar("Table", bound=Record)

# The keys of each table that an edition has in other words, in the order in which a letter shows them.
WORDS: dict[str, tuple[str, ...]] = {
    "summit": ("name", "place", "host"),
    "letter": (
        "place",
        "subject",
        "opening",
        "concerns_heading",
        "demands_heading",
        "demands_lead",
        "conclusion",
        "enclosures",
        "cc",
    ),
    "concern": ("title", "text"),
    "demand": ("text",),
    "signatory": ("function", "organisation"),
}
_HASH_LENGTH = 12


@dataclass(frozen=True, slots=True)
class Edition:
    """A translation of a campaign's words."""

    language: Language
    head: EditionHead
    summit: EditionSummit
    header: EditionHeader
    concerns: tuple[EditionConcern, ...]
    demands: tuple[EditionDemand, ...]
    signatories: tuple[EditionSignatory, ...]


def original_hash(table: str, record: Record) -> str:
    """Return the hash of a table's words, which a translation of it keeps; breaks of lines do not count.

    Args:
        table: its name, one of WORDS.
        record: the table of letter.toml, or of an edition.
    """
    return _hash([_words(getattr(record, key)) for key in WORDS[table]])


def edition_hash(edition: Edition) -> str:
    """Return the hash of all words of an edition, which the one who has reviewed it signs off."""
    tables: tuple[tuple[str, Record], ...] = (
        ("summit", edition.summit),
        ("letter", edition.header),
        *(("concern", concern) for concern in edition.concerns),
        *(("demand", demand) for demand in edition.demands),
        *(("signatory", signatory) for signatory in edition.signatories),
    )
    return _hash([original_hash(table, record) for table, record in tables])


def in_language(campaign: Campaign, edition: Edition, own_forms: dict[str, OwnOffice]) -> Campaign:
    """Return a campaign in the words of an edition; only for editions without errors.

    Args:
        campaign: in the language of its letter.toml.
        edition: what is said in the other language.
        own_forms: the workspace's own forms of address in that language.
    """
    concerns = {concern.id: concern for concern in edition.concerns}
    demands = {demand.id: demand for demand in edition.demands}
    signatories = {signatory.id: signatory for signatory in edition.signatories}
    return campaign.model_copy(
        update={
            "language": edition.language,
            "own_forms": own_forms,
            "summit": _said(campaign.summit, "summit", edition.summit),
            "header": _said(campaign.header, "letter", edition.header),
            "concerns": tuple(_said(concern, "concern", concerns[concern.id]) for concern in campaign.concerns),
            "demands": tuple(_said(demand, "demand", demands[demand.id]) for demand in campaign.demands),
            "signatories": tuple(
                _said(signatory, "signatory", signatories.get(signatory.id)) for signatory in campaign.signatories
            ),
        }
    )


def _said(record: Table, table: str, words: Record | None) -> Table:
    """Return a table in other words; what the other language says nothing about stays as it is."""
    said = {key: text for key in WORDS[table] if (text := getattr(words, key, None))}
    return record.model_copy(update=said)


def _words(value: str | tuple[str, ...] | None) -> str | list[str] | None:
    if isinstance(value, str):
        return "\n\n".join(" ".join(paragraph.split()) for paragraph in re.split(r"\n\s*\n", value.strip()))
    return None if value is None else [" ".join(line.split()) for line in value]


def _hash(words: object) -> str:
    return sha256(json.dumps(words, ensure_ascii=False).encode("utf-8", "surrogatepass"))[:_HASH_LENGTH]
