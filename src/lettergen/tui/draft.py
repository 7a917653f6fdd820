"""A draft PDF of one letter, made as `compose --draft` makes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lettergen.problems import LetterError

if TYPE_CHECKING:
    from pathlib import Path

    from lettergen.tui.watching import Campaign


def make_draft(campaign: Campaign, recipient: str) -> Path:
    """Return the file of a letter's draft, made anew when the letter has changed.

    Raises:
        LettergenError: it cannot be made.
    """
    from lettergen.compose import Request, compose
    from lettergen.signing.passphrase import PassphraseSource

    request = Request(
        root=campaign.root,
        summit=campaign.summit,
        mode="draft",
        out=campaign.root / "out",
        to=(recipient,),
        language=campaign.language,
        layout=campaign.layout,
    )
    (made,) = compose(request, PassphraseSource()).outcomes
    if made.status in {"failed", "altered"}:
        raise LetterError(made.reason or "The draft could not be made.")
    return made.file
