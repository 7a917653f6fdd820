"""Choosing recipients: by id, by a pattern of ids (mep-*), by a tag (tag:afet)."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lettergen.model import Recipient

TAG = "tag:"


def is_pattern(selector: str) -> bool:
    """Whether a selector may choose several recipients, or nobody; an id is one recipient, known or not."""
    return selector.startswith(TAG) or "*" in selector


def chosen_by(selector: str, people: Mapping[str, Recipient]) -> list[str]:
    """Return the ids of the recipients that a selector chooses, in the order of their files."""
    if selector.startswith(TAG):
        tag = selector.removeprefix(TAG)
        return [name for name, person in people.items() if tag in person.tags]
    if is_pattern(selector):
        return [name for name in people if fnmatchcase(name, selector)]
    return [selector] if selector in people else []
