"""Who joins a letter, as its language writes them and in the order that the campaign asks for."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from lettergen.language import country_name, in_order
from lettergen.model import CoSigner, CoSigners

if TYPE_CHECKING:
    from collections.abc import Callable

    from lettergen.model import Campaign, CoSignatory, Language, Order, Words


def count_of(campaign: Campaign) -> int:
    """Return how many organisations join the letters of a campaign, the withheld ones too."""
    return len(campaign.co_signatories) + campaign.withheld


def co_signers(campaign: Campaign) -> CoSigners | None:
    """Return the co-signatories of a campaign in its language and order, or None when there are none."""
    if not count_of(campaign):
        return None
    return _co_signers(
        campaign.co_signatories, campaign.withheld, campaign.header.co_signatories, campaign.language
    )


@lru_cache(maxsize=16)  # all letters of a campaign in one language share theirs
def _co_signers(
    co_signatories: tuple[CoSignatory, ...], withheld: int, order: Order, language: Language
) -> CoSigners:
    named = [_co_signer(one, language) for one in co_signatories]
    keys: list[Callable[[CoSigner], str | None]] = [lambda one: one.name, lambda one: one.id]
    if order == "by-country":
        keys.insert(0, lambda one: one.country)
    return CoSigners(named=tuple(in_order(named, language, *keys)), withheld=withheld, count=len(named) + withheld)


def _co_signer(one: CoSignatory, language: Language) -> CoSigner:
    def said(words: Words | None) -> str | None:
        return words[language] if words else None

    return CoSigner(
        id=one.id,
        name=one.name[language],
        acronym=said(one.acronym),
        country=country_name(one.country, language) if one.country else None,
        note=said(one.note),
        person=said(one.person),
        function=said(one.function),
    )
