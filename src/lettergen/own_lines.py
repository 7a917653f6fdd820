"""The lines of a letter that are its recipient's own, and that no other letter of its batch has."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OwnLines:
    """What a letter's pages say of its recipient, apart from the running text; each is one line of plain signs.

    Attributes:
        address: the lines in the window.
        salutation: as it is printed.
        lead: the paragraph before the demands, where it names the recipient and is one line; else None.
        running_head: on the left over every page but the first.
        description: in the file's metadata.
    """

    address: tuple[str, ...]
    salutation: str
    lead: str | None
    running_head: str
    description: str


@dataclass(frozen=True, slots=True)
class Shared:
    """What several letters of a batch share.

    Attributes:
        digest: SHA-256 over the document without the recipient's own lines; equal for letters whose pages differ in
            nothing but those. Over the whole document when there are no such lines.
        own: those lines; None when the letter cannot take its pages from another one.
    """

    digest: str
    own: OwnLines | None
