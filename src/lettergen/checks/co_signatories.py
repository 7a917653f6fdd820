"""Who joins a letter must have agreed to it, stand in it once, and be counted right.

Findings about a co-signatory tell their place and nothing of what is written there: it may be withheld.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from lettergen.checks.figures import figures
from lettergen.checks.texts import texts, wordings
from lettergen.citation import CALL
from lettergen.language import country_name
from lettergen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lettergen.model import Language
    from lettergen.workspace.campaign import CampaignParts

_IN_WORDS = ("name", "acronym", "note", "person", "function")
# What people call those who join a letter, directly behind their number.
_CALLED = {
    "en": r"(?:undersigned\s+)?(?:organi[sz]ations|co-?signatories|signatories)",
    "fr": r"(?:organisations|cosignataires|signataires)",
    "de": r"(?:unterzeichnende[nr]?\s+)?(?:Organisationen|(?:Mit)?[Uu]nterzeichne(?:nden?|r|rn|rinnen))",
    "ru": r"(?:организаци(?:я|и|й|ю|ям|ями|ях|ей)|подписавш\w+)",
}
_END_OF_SENTENCE = re.compile(r"[.!?…](?:\[\^[^\]\s]+\]|[”»\"')])*\s+(?=[^\W\d_a-zа-я])|\n\s*\n")


def no_consent(parts: CampaignParts) -> Iterator[Problem]:
    """LG801: nobody has noted that a co-signatory agreed."""
    for one in parts.co_signatories:
        if one.record.consent is None and not one.may_say("consent"):
            message = "This co-signatory has not agreed: there is no “consent”."
            way_out = (
                "Ask, then add consent = { date = …, by = “…”, how = “…” }: when, who for it, and by what means."
            )
            yield Problem("LG801", message, one.place("consent"), way_out.replace("“…”", '"…"'))


def not_in_every_language(parts: CampaignParts) -> Iterator[Problem]:
    """LG802: a co-signatory has words per language, and not for one that letters are written in."""
    for one in parts.co_signatories:
        for key in _IN_WORDS:
            words = getattr(one.record, key)
            missing = [language for language in parts.languages if words and language not in words]
            if missing:
                message = f"“{key}” has no words in {', '.join(missing)}, and there are letters in it."
                way_out = "Add them, or write one text for all languages."
                yield Problem("LG802", message, one.place(key), way_out)


def joined_twice(parts: CampaignParts) -> Iterator[Problem]:
    """LG803: an organisation joins a second time, or signs already."""
    seen = {_bare(signatory.organisation) for signatory in parts.signatories if signatory.organisation}
    for one in parts.co_signatories:
        names = {_bare(name) for name in one.record.name.values()} - {""}
        if one.record.withdrawn is None:
            if names & seen:
                message = "An organisation of this name joins or signs the letter already."
                yield Problem("LG803", message, one.place("name"), "Keep one of them.")
            seen |= names


def withdrawn_before_consent(parts: CampaignParts) -> Iterator[Problem]:
    """LG804: a co-signatory withdrew before it agreed."""
    for one in parts.co_signatories:
        consent, withdrawn = one.record.consent, one.record.withdrawn
        if consent and withdrawn and withdrawn < consent.date:
            message = "This co-signatory withdrew before it agreed."
            way_out = "Correct one of the dates; if it has joined again, take “withdrawn” out."
            yield Problem("LG804", message, one.place("withdrawn"), way_out)


def unknown_country(parts: CampaignParts) -> Iterator[Problem]:
    """LG209: a co-signatory's country has a code that no country has."""
    for one in parts.co_signatories:
        if one.record.country and not _is_country(one.record.country):
            message = "No country has this code."
            yield Problem("LG209", message, one.place("country"), "Look it up in ISO 3166.")


def other_number_in_a_text(parts: CampaignParts) -> Iterator[Problem]:
    """LG805, a warning: a text gives another number of organisations than the list of those that join.

    A number with a source in its sentence, or that some sentence has a source for, is about something else.
    """
    count = sum(one.record.withdrawn is None for one in parts.co_signatories)
    if not count:
        return
    right = {str(count), str(count + len(parts.signatories))}
    for document, words in wordings(parts):
        language = parts.language if words is parts else words.language
        sourced = {
            figure.value
            for _, text in texts(words)
            for figure in figures(text, language)
            if _is_sourced(text, figure.offset)
        }
        for path, text in texts(words):
            for value, offset in _numbers_of_organisations(text, language):
                if value not in right | sourced:
                    message = f"This text speaks of {value} organisations, and {count} join the letter."
                    way_out = "Write {{ co_signatories.count }}, which is always right; or name a source."
                    yield Problem("LG805", message, document.inside(path, offset), way_out, "warning")


def _numbers_of_organisations(text: str, language: Language) -> Iterator[tuple[str, int]]:
    for figure in figures(text, language):
        behind = text[figure.offset + len(figure.written) :]
        if re.match(rf"\s+{_CALLED[language]}\b", behind):
            yield figure.value, figure.offset


def _is_sourced(text: str, offset: int) -> bool:
    """Whether a source is called in the sentence around a place of a text, or right behind it."""
    start = max((end.end() for end in _END_OF_SENTENCE.finditer(text, 0, offset)), default=0)
    end = _END_OF_SENTENCE.search(text, offset)
    return CALL.search(text, start, end.end() if end else len(text)) is not None


def _bare(name: str) -> str:
    """Return the letters and digits of a name: marks, spaces and capitals do not make another organisation."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", name).casefold() if sign.isalnum())


def _is_country(code: str) -> bool:
    try:
        country_name(code, "en")
    except KeyError:
        return False
    return True
