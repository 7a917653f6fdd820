"""What [review] asks for must be possible."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lettergen.problems import Problem
from lettergen.workspace.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lettergen.workspace.campaign import CampaignParts


def role_named_twice(parts: CampaignParts) -> Iterator[Problem]:
    """LG705: [review] names a role a second time, which reads as if two people were needed for it."""
    roles = parts.review.roles if parts.review else ()
    for index, role in enumerate(roles):
        if role in roles[:index]:
            place = parts.document.value(("review", "roles", index))
            yield Problem(
                "LG705", f"The role {quoted(role)} stands in this list already.", place, "Keep one of them."
            )
