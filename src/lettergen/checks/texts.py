"""What of a campaign a letter shows, with its path in the file that holds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lettergen.editions import Edition
    from lettergen.workspace.campaign import CampaignParts
    from lettergen.workspace.document import Document, KeyPath

    # letter.toml and its translations have the same words in the same places.
    Words = CampaignParts | Edition

# The keys of the Markdown texts, in the order in which a letter shows them.
TEXT_KEYS = (
    ("letter", "opening"),
    ("concern", "text"),
    ("letter", "demands_lead"),
    ("demand", "text"),
    ("letter", "conclusion"),
)


def wordings(parts: CampaignParts) -> Iterator[tuple[Document, Words]]:
    """Yield the words of the campaign in each of its languages, with their file."""
    yield parts.document, parts
    for edition in parts.editions:
        yield edition.document, edition.edition


def texts(words: Words) -> Iterator[tuple[KeyPath, str]]:
    """Yield every Markdown text, in the order in which a letter shows them."""
    yield ("letter", "opening"), words.header.opening
    for index, concern in enumerate(words.concerns):
        yield ("concern", index, "text"), concern.text
    yield ("letter", "demands_lead"), words.header.demands_lead
    for index, demand in enumerate(words.demands):
        yield ("demand", index, "text"), demand.text
    yield ("letter", "conclusion"), words.header.conclusion


def plain_lines(words: Words) -> Iterator[tuple[KeyPath, str]]:
    """Yield every line that a letter shows as it is written: neither Markdown nor filled in."""
    header = words.header
    for key in ("name", "place", "host"):
        yield ("summit", key), getattr(words.summit, key)
    for key in ("place", "concerns_heading", "demands_heading", "our_reference"):
        yield ("letter", key), getattr(header, key, None) or ""
    for key, lines in (("enclosures", header.enclosures), ("cc", header.cc)):
        yield from ((("letter", key, position), line) for position, line in enumerate(lines))
    for index, concern in enumerate(words.concerns):
        yield ("concern", index, "title"), concern.title
    for index, signatory in enumerate(words.signatories):
        for key in ("name", "function", "organisation"):
            yield ("signatory", index, key), getattr(signatory, key, None) or ""
