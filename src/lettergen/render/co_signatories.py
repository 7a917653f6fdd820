"""Who joins a letter, in the words of its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lettergen.language import catalogue

if TYPE_CHECKING:
    from lettergen.model import CoSigner, CoSigners


def lines_of(one: CoSigner) -> tuple[str, ...]:
    """Return the lines of a co-signatory: “Name (ACRONYM), Country (note)”, and who speaks for it, if anybody."""
    aside, place = one.acronym, ""
    if one.country:
        place = f", {one.country}" + (f" ({one.note})" if one.note else "")
    elif one.note:
        aside = "; ".join(filter(None, (one.acronym, one.note)))
    speaker = ", ".join(filter(None, (one.person, one.function)))
    organisation = one.name + (f" ({aside})" if aside else "") + place
    return (organisation, speaker) if speaker else (organisation,)


def withheld_in_words(signers: CoSigners, language: str) -> str | None:
    """Return how many there are that must not be named, or None."""
    words, count = catalogue(language), signers.withheld
    if not count:
        return None
    if signers.named:
        said = words.ngettext(
            "and {count} organisation whose name is withheld for its safety",
            "and {count} organisations whose names are withheld for their safety",
            count,
        )
    else:
        said = words.ngettext(
            "{count} organisation whose name is withheld for its safety",
            "{count} organisations whose names are withheld for their safety",
            count,
        )
    return said.format(count=count)
