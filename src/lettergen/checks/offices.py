"""Which offices a campaign can write to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lettergen.forms_of_address import office_ids

if TYPE_CHECKING:
    from lettergen.workspace.campaign import CampaignParts


def known_offices(parts: CampaignParts) -> frozenset[str]:
    """Return the ids of the offices that the package knows, and of those that the workspace has forms for."""
    return office_ids() | {office for file in parts.own_forms.values() for office in file.offices}
