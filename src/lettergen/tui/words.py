"""Signs and words for what the screen shows, each said in one place; colour is never the only mark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from lettergen.workspace.wording import visible

if TYPE_CHECKING:
    from lettergen.review.decisions import Kind
    from lettergen.review.standing import Standing

STANDINGS: dict[Standing, tuple[str, str, str]] = {
    "open": ("●", "open", "$warning"),
    "approved": ("✔", "approved", "$success"),
    "changes-requested": ("✖", "changes", "$error"),
    "lapsed": ("↺", "lapsed", "$accent"),
}
"""Sign, word and colour of each standing, as the list and the counts have them."""

KINDS: dict[Kind, tuple[str, str, str]] = {
    "approve": ("✔", "approved", "$success"),
    "request-changes": ("✖", "asked for changes", "$error"),
    "comment": ("❝", "commented", "$primary"),
    "withdraw": ("↶", "withdrew", "$foreground-muted"),
}
"""Sign, word and colour of each decision."""


def plain(text: str) -> Content:
    """Return somebody's text as it is: nothing in it is markup, and nothing moves the cursor."""
    return Content("\n".join(visible(line) for line in text.split("\n")))


def shown(text: str) -> str:
    """Return the lines of somebody's text as they can be shown."""
    return "\n".join(visible(line) for line in text.split("\n"))
