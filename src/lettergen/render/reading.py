"""Letter → its text as it reads, in pieces that can be shown, compared and quoted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

# In the order of the page. Forms are set line by line and read as a whole; prose is read word by word.
Form = Literal[
    "letterhead", "return-line", "address", "date", "reference", "subject", "salutation", "closing", "signatory",
    "enclosures", "copies", "mark",
]  # fmt: skip
ProseKind = Literal["opening", "heading", "concern", "demands-lead", "demand", "conclusion", "note"]
Kind = Form | ProseKind


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a letter as its recipient reads it.

    Attributes:
        kind: what it is.
        id: what it is called among those of its kind: “” for the only one, a concern's or demand's id, “2” for the
            second paragraph of the opening, “civic-space/2” for the second of a concern. Kind and id name it.
        label: what the page prints in front of it: the number of a demand or note, the run-in heading of a concern.
        text: plain text with the typography of the page, but for spaces, which are plain. A paragraph is one line;
            a form has as many as the page. Emphasis keeps its asterisks, a link is “words <address>”, and a call of
            a source stays [^source-id], for numbers change with every note before them.
    """

    kind: Kind
    id: str
    label: str
    text: str
