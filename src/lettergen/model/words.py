"""What a passage says, in the campaign's own language or in a further one."""

from __future__ import annotations

from pydantic import Field

from lettergen.model.values import Id, Line, Prose, Record


class Listed(Record):
    """One of several tables of the same name, which its id tells apart."""

    id: Id


class ConcernWords(Listed):
    """The words of a concern."""

    title: Line = Field(description="Run-in heading of the concern's paragraph.")
    text: Prose = Field(description="Markdown.")


class DemandWords(Listed):
    """The words of a demand."""

    text: Prose = Field(description="Markdown; opens with its verb.")
