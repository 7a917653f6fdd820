"""A translation of letter.toml: the same ids in other words (letters/<summit>/letter.<language>.toml).

`original` in each table is the hash of what was translated (`lettergen.editions.original_hash`), so that a
translation whose original changed after it is found.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from lettergen.model.values import Date, Line, Prose, Record
from lettergen.model.words import ConcernWords, DemandWords, Listed

Hash = Annotated[str, Field(description="Hash of the original that this was translated from; check tells it.")]


class Review(Record):
    """Somebody whose language it is has read the edition and stands by it."""

    by: Line = Field(description="Name and function.")
    date: Date = Field(description="Read on.")
    text: Hash = Field(description="Hash of the edition that was read; check tells it.")


class EditionHead(Record):
    """Who made the edition."""

    translated_by: Line
    reviewed: Review | None = Field(None, description="Left out until a native speaker has read it.")


class EditionSummit(Record):
    """The words of [summit]."""

    name: Line
    place: Line
    host: Line
    original: Hash | None = None


class EditionHeader(Record):
    """The words of [letter]."""

    place: Line
    subject: Line
    opening: Prose
    concerns_heading: Line
    demands_heading: Line
    demands_lead: Prose
    conclusion: Prose
    enclosures: tuple[Line, ...] = ()
    cc: tuple[Line, ...] = ()
    original: Hash | None = None


class EditionConcern(ConcernWords):
    """The words of a concern."""

    original: Hash | None = None


class EditionDemand(DemandWords):
    """The words of a demand."""

    original: Hash | None = None


class EditionSignatory(Listed):
    """The words of a signatory; only for those whose function or organisation has a name in this language."""

    function: Line | None = None
    organisation: Line | None = None
    original: Hash | None = None
