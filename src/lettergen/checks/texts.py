"""The Markdown texts of a campaign, in the order in which a letter shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lettergen.workspace.campaign import CampaignParts
    from lettergen.workspace.document import KeyPath


def texts(parts: CampaignParts) -> Iterator[tuple[KeyPath, str]]:
    """Yield every Markdown text with its path in letter.toml."""
    yield ("letter", "opening"), parts.header.opening
    for index, concern in enumerate(parts.concerns):
        yield ("concern", index, "text"), concern.text
    yield ("letter", "demands_lead"), parts.header.demands_lead
    for index, demand in enumerate(parts.demands):
        yield ("demand", index, "text"), demand.text
    yield ("letter", "conclusion"), parts.header.conclusion
