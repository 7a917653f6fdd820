"""What of a campaign a letter shows, with its path in letter.toml."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lettergen.workspace.campaign import CampaignParts
    from lettergen.workspace.document import KeyPath

# The keys of the Markdown texts, in the order in which a letter shows them.
TEXT_KEYS = (
    ("letter", "opening"),
    ("concern", "text"),
    ("letter", "demands_lead"),
    ("demand", "text"),
    ("letter", "conclusion"),
)


def texts(parts: CampaignParts) -> Iterator[tuple[KeyPath, str]]:
    """Yield every Markdown text, in the order in which a letter shows them."""
    yield ("letter", "opening"), parts.header.opening
    for index, concern in enumerate(parts.concerns):
        yield ("concern", index, "text"), concern.text
    yield ("letter", "demands_lead"), parts.header.demands_lead
    for index, demand in enumerate(parts.demands):
        yield ("demand", index, "text"), demand.text
    yield ("letter", "conclusion"), parts.header.conclusion


def plain_lines(parts: CampaignParts) -> Iterator[tuple[KeyPath, str]]:
    """Yield every line that a letter shows as it is written: neither Markdown nor filled in."""
    header = parts.header
    for key in ("name", "place", "host"):
        yield ("summit", key), getattr(parts.summit, key)
    for key in ("place", "concerns_heading", "demands_heading", "our_reference"):
        yield ("letter", key), getattr(header, key) or ""
    for key, lines in (("enclosures", header.enclosures), ("cc", header.cc)):
        yield from ((("letter", key, position), line) for position, line in enumerate(lines))
    for index, concern in enumerate(parts.concerns):
        yield ("concern", index, "title"), concern.title
    for index, signatory in enumerate(parts.signatories):
        for key in ("name", "function", "organisation"):
            yield ("signatory", index, key), getattr(signatory, key) or ""
