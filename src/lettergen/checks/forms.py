"""The forms of address that the letters use: where they come from, and whether everything they need is there."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, get_args

from lettergen.checks.editions import ENGLISH_NAMES
from lettergen.checks.offices import known_offices
from lettergen.forms_of_address import (
    PLACEHOLDERS,
    missing_forms,
    names_in,
    never_filled_in,
    office_address,
    office_address_provenance,
    office_ids,
    placeholders,
    provenance,
)
from lettergen.model import Gender
from lettergen.problems import Problem, did_you_mean
from lettergen.workspace.wording import nearest, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lettergen.model import Language, Recipient
    from lettergen.workspace.campaign import CampaignParts

# The script that a language's letters are written in, as the names of its characters begin (Unicode).
_SCRIPTS: dict[Language, str] = {"en": "LATIN", "fr": "LATIN", "de": "LATIN", "ru": "CYRILLIC"}
_TITLES = frozenset({"title", "address_title"})
# What the full title of an office looks like in English.
_TITLES_LIKE = {
    "ambassador": "Ambassador of … to …",
    "editor": "Editor of …",
    "eu-special-representative": "EU Special Representative for …",
    "european-commissioner": "Commissioner for …",
    "head-of-government": "Prime Minister of …",
    "head-of-state": "President of …",
    "mayor": "Mayor of …",
    "member-of-parliament": "Member of the Parliament of …",
    "minister": "Minister of … of …",
    "parliament-speaker": "Speaker of the Parliament of …",
    "permanent-representative": "Permanent Representative of … to …",
    "un-special-rapporteur": "Special Rapporteur on …",
}


def unverified_forms(parts: CampaignParts) -> Iterator[Problem]:
    """LG601, a warning: nobody has compared the forms of address for an office with their source."""
    told = set()
    for name, person, language in parts.addressed():
        cell = (person.office, person.grammatical_gender, language)
        if cell in told or _says_all_itself(person, language) or _has_mistakes(parts, language):
            continue
        told.add(cell)
        own = parts.own_offices(language).get(person.office)
        signed_off = getattr(own, person.grammatical_gender) if own else None
        read = provenance(person.office, person.grammatical_gender, language)
        if signed_off:
            verified, source = signed_off.verified, signed_off.source
        elif read:
            verified, source = read.verified, read.source
        else:
            continue
        if not verified:
            table = f"office.{person.office}.{person.grammatical_gender}"
            what = f"the {ENGLISH_NAMES[language]} forms of address for {quoted(name)}"
            message = f"Nobody has verified {what}. Source: {source}."
            way_out = (
                f"Compare them with the office’s own usage. Then write in forms_of_address/{language}.toml, under "
                f'[{table}], source = "…" and verified = true.'
            )
            place = parts.recipients.document.value((name, "office"))
            yield Problem("LG601", message, place, way_out, "warning")


def name_in_other_script(parts: CampaignParts) -> Iterator[Problem]:
    """LG602: a name is not written in the script of the letter, or not as an address needs it."""
    for name, person, language in parts.addressed():
        forms = person.names.get(language)
        names = names_in(person, language)
        wanted = [key for key in ("given_name", "family_name") if not _in_script(names[key], language)]
        if (
            language == "ru"
            and not (forms and forms.address_name)
            and "address_name" in _needs(parts, person, language)
        ):
            wanted.append("address_name")
        if wanted:
            script = "Cyrillic" if language == "ru" else "Latin"
            message = f"The {ENGLISH_NAMES[language]} letter to {quoted(name)} needs the name in {script} script."
            if wanted == ["address_name"]:
                message = f"The {ENGLISH_NAMES[language]} letter to {quoted(name)} needs the name in the dative."
            way_out = f"Add [{name}.names.{language}] with {', '.join(wanted)}."
            yield Problem("LG602", message, parts.recipients.document.value((name, "family_name")), way_out)


def missing_title(parts: CampaignParts) -> Iterator[Problem]:
    """LG603: the forms of address name a title, and the recipient has none in the letter's language."""
    for name, person, language in parts.addressed():
        needed = _needs(parts, person, language) & _TITLES
        forms = person.names.get(language)
        missing = sorted(key for key in needed if not (forms and getattr(forms, key)))
        if language != "ru" and forms and forms.title:
            missing = []  # only Russian declines it
        if missing:
            message = f"The {ENGLISH_NAMES[language]} letter to {quoted(name)} needs the full title of the office."
            keys = " and ".join(sorted(missing, reverse=True)) if language == "ru" else "title"
            way_out = f"Add {keys} under [{name}.names.{language}]{_title_like(person.office, language)}."
            yield Problem("LG603", message, parts.recipients.document.value((name, "office")), way_out)


def incomplete_forms(parts: CampaignParts) -> Iterator[Problem]:
    """LG604: an office of the workspace's own has no forms of address for a letter that goes to it."""
    offices = known_offices(parts)
    told = set()
    for name, person, language in parts.addressed():
        cell = (person.office, person.grammatical_gender, language, person.formality)
        if person.office not in offices or cell in told or _has_mistakes(parts, language):
            continue
        told.add(cell)
        formality = parts.header.formality or "standard"
        missing = missing_forms(person, language, formality, parts.own_offices(language))
        if missing:
            message = f"The {ENGLISH_NAMES[language]} letter to {quoted(name)} has no {', no '.join(missing)}."
            table = f"office.{person.office}.{person.grammatical_gender}"
            way_out = f"Complete [{table}] in forms_of_address/{language}.toml."
            others = _other_genders(parts, person, language)
            if others:
                way_out += f" There are forms for {' and '.join(others)}: or correct “grammatical_gender”."
            yield Problem("LG604", message, parts.recipients.document.value((name, "office")), way_out)


def unverified_address(parts: CampaignParts) -> Iterator[Problem]:
    """LG605, a warning: nobody has compared the postal address of an office with an official page."""
    if parts.header.mode == "joint":
        return  # it shows nobody's address
    told = set()
    for name, person, language in parts.addressed():
        if person.address or person.office in told or not office_address(person.office, language):
            continue
        if _address_may_be_unread(parts, name):
            continue
        told.add(person.office)
        read = office_address_provenance(person.office)
        if not read.verified:
            message = (
                f"Nobody has verified the postal address of the office of {quoted(name)}. Source: {read.source}."
            )
            way_out = "Compare it with the institution’s own page, and write it as “address” of the recipient."
            yield Problem("LG605", message, parts.recipients.document.value((name, "office")), way_out, "warning")


def unknown_placeholder(parts: CampaignParts) -> Iterator[Problem]:
    """LG606: a form of address of the workspace's or recipient's own has something filled in that nothing knows."""
    for name, person, language in parts.addressed():
        formality = parts.header.formality or "standard"
        unknown = never_filled_in(person, language, formality, parts.own_offices(language))
        if unknown:
            message = f"Nothing fills in {quoted(unknown[0])} in the forms of address for {quoted(name)}."
            known = ", ".join(f"{{{place}}}" for place in sorted(PLACEHOLDERS))
            way_out = f"There are: {known}; {{salutation}} only in a closing."
            yield Problem("LG606", message, parts.recipients.document.value((name, "office")), way_out)


def unused_forms(parts: CampaignParts) -> Iterator[Problem]:
    """LG611, a warning: the workspace has forms for an office that nobody holds and that looks like another."""
    held = {person.office for person in parts.recipients.by_id.values()}
    known = office_ids() | held
    for file in parts.own_forms.values():
        for office in file.offices:
            near = None if office in known or parts.recipients.document.may_say(office) else nearest(office, known)
            # When a recipient's office is the one that nobody knows, the finding is there (LG202).
            if near and near in known_offices(parts):
                message = f"Nobody holds the office {quoted(office)}, so that no letter uses these forms."
                place = file.document.key(("office", office))
                way_out = f"{did_you_mean(office, [near])} If not, leave them until somebody does."
                yield Problem("LG611", message, place, way_out, "warning")


def _has_mistakes(parts: CampaignParts, language: Language) -> bool:
    """Whether the workspace's own forms have mistakes: then they are neither missing nor unverified besides."""
    file = parts.own_forms.get(language)
    return bool(file and file.problems)


def _title_like(office: str, language: Language) -> str:
    example = _TITLES_LIKE.get(office)
    if example is None:
        return ""
    return f": “{example}”" if language == "en" else f": {ENGLISH_NAMES[language]} for “{example}”"


def _other_genders(parts: CampaignParts, person: Recipient, language: Language) -> list[str]:
    """Return for whom an office of the workspace's own has forms, where it has none for this person's gender."""
    own = parts.own_offices(language).get(person.office)
    if own is None or getattr(own, person.grammatical_gender):
        return []
    return [gender for gender in get_args(Gender) if getattr(own, gender)]


def _address_may_be_unread(parts: CampaignParts, name: str) -> bool:
    people = parts.recipients
    in_unread = any(path[:2] == (name, "address") for path in people.unread)
    return in_unread or people.document.may_hold((name,), "address")


def _needs(parts: CampaignParts, person: Recipient, language: Language) -> set[str]:
    formality = parts.header.formality or "standard"
    return placeholders(person, language, formality, parts.own_offices(language))


def _says_all_itself(person: Recipient, language: Language) -> bool:
    """Whether a recipient's own record has every form that a letter prints."""
    forms = person.forms.get(language)
    return bool(forms and forms.address and forms.salutation and forms.closing)


def _in_script(name: str, language: Language) -> bool:
    script = _SCRIPTS[language]
    if name.isascii():
        return script == "LATIN"
    return all(unicodedata.name(sign, script).startswith((script, "MODIFIER")) for sign in name if sign.isalpha())
