"""Whatever a file names must exist: recipients, offices, letterheads, concerns, sources, countries.

A name that nobody knows is not reported when what it names may stand in a part that could not be read: that would
only echo another mistake.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from lettergen.checks.offices import known_offices
from lettergen.checks.texts import texts, wordings
from lettergen.citation import calls
from lettergen.files import is_safe_name
from lettergen.language import country_name
from lettergen.problems import Problem, did_you_mean
from lettergen.selection import chosen_by, is_pattern
from lettergen.workspace.wording import MOST_COMPARED, as_id, nearest, quoted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from lettergen.problems import Place
    from lettergen.workspace.campaign import CampaignParts
    from lettergen.workspace.document import KeyPath, Places

MOST_NAMES = 20


def unknown_recipient(parts: CampaignParts) -> Iterator[Problem]:
    """LG201: the letter goes to somebody who is not in recipients.toml."""
    file, known = parts.recipients.document, parts.recipients.by_id
    wrong = [
        (name, parts.document.value(("letter", "recipients", index)))
        for index, name in enumerate(parts.selectors)
        if not is_pattern(name) and name not in known and not file.may_say(name)
    ]
    yield from _unknown("LG201", "recipient", wrong, known)
    for index, pattern in enumerate(parts.selectors):
        if is_pattern(pattern) and not chosen_by(pattern, known) and file.whole:
            place = parts.document.value(("letter", "recipients", index))
            way_out = "A pattern such as mep-* goes by the recipients’ ids, and tag:afet by their tags."
            yield Problem("LG201", f"{quoted(pattern)} chooses nobody.", place, way_out)


def unknown_office(parts: CampaignParts) -> Iterator[Problem]:
    """LG202: a recipient of this campaign holds an office that nobody has forms of address for."""
    offices = known_offices(parts)
    people = (
        (name, parts.recipients.by_id[name]) for name in parts.header.recipients if name in parts.recipients.by_id
    )
    wrong = [
        (person.office, parts.recipients.document.value((name, "office")))
        for name, person in people
        if person.office and person.office not in offices
    ]
    yield from _unknown("LG202", "office", wrong, offices)


def unknown_letterhead(parts: CampaignParts) -> Iterator[Problem]:
    """LG203: the letter names a letterhead that has no folder."""
    name = parts.header.letterhead
    if name and parts.letterhead is None:
        wrong = [(name, parts.document.value(("letter", "letterhead")))]
        yield from _unknown("LG203", "letterhead", wrong, parts.letterhead_ids)


def unknown_concern(parts: CampaignParts) -> Iterator[Problem]:
    """LG204: a demand answers a concern that does not exist."""
    known = [concern.id for concern in parts.concerns]
    wrong = [
        (concern, parts.document.value(("demand", index, "answers", position)))
        for index, demand in enumerate(parts.demands)
        for position, concern in enumerate(demand.answers)
        if concern not in known and not parts.may_define("concern", concern)
    ]
    yield from _unknown("LG204", "concern", wrong, known)


def unknown_source(parts: CampaignParts) -> Iterator[Problem]:
    """LG205: a text calls a source that does not exist."""
    known = [source.id for source in parts.sources]
    wrong = [
        (source, document.inside(path, offset))
        for document, words in wordings(parts)
        for path, text in texts(words)
        for source, offset in calls(text)
        if source not in known and not parts.may_define("source", source)
    ]
    yield from _unknown("LG205", "source", wrong, known)


def unknown_addressee(parts: CampaignParts) -> Iterator[Problem]:
    """LG206: a demand is for somebody who gets no letter, or for an office that none of the recipients holds."""
    if parts.is_unread("letter", "recipients"):
        return
    names, people = parts.header.recipients, parts.recipients.by_id
    known = {*names, *(people[name].office for name in names if name in people)}
    every_office = known_offices(parts)
    unsure = {name for name in known if name not in people and name not in every_office}
    # Of a recipient who is not known, or whose office could not be read, it may be any office.
    offices = every_office if any(name not in people or not people[name].office for name in names) else frozenset()
    for index, demand in enumerate(parts.demands):
        for position, addressee in enumerate(demand.to):
            if addressee in known | offices:
                continue
            near = nearest(addressee, known)
            if near in unsure:  # a misspelt recipient or office is reported where it is misspelt
                continue
            place = parts.document.value(("demand", index, "to", position))
            message = f"No recipient of this campaign is {quoted(addressee)} or holds that office."
            yield Problem("LG206", message, place, _way_out(near, sorted(known - unsure)))


def unknown_country(parts: CampaignParts) -> Iterator[Problem]:
    """LG209: a code that no country has (ISO 3166-1, with what Unicode's CLDR adds)."""
    document, people, head = parts.document, parts.recipients, parts.letterhead
    codes: list[tuple[Places, KeyPath, str | None]] = [(document, ("summit", "country"), parts.summit.country)]
    codes += [
        (document, ("concern", index, "countries", position), code)
        for index, concern in enumerate(parts.concerns)
        for position, code in enumerate(concern.countries)
    ]
    codes += [(people.document, (name, "country"), person.country) for name, person in people.by_id.items()]
    if parts.letterhead_document and head:
        codes.append((parts.letterhead_document, ("country",), head.country))
    wrong = {code for code in {code for _, _, code in codes} if code and not _is_country(code)}
    for file, path, code in codes:
        if code in wrong:
            yield Problem(
                "LG209", f"No country has the code {quoted(code)}.", file.value(path), "Look it up in ISO 3166."
            )


def _is_country(code: str) -> bool:
    try:
        country_name(code.partition("-")[0], "en")
    except KeyError:
        return False
    return True


def _unknown(code: str, what: str, wrong: Sequence[tuple[str, Place]], known: Collection[str]) -> Iterator[Problem]:
    """Report names that nobody knows, each with its place.

    Args:
        code: of the findings.
        what: what the names should name.
        wrong: the names, with their places.
        known: all that there is to name. What cannot be an id, or is the id of two, has a finding of its own, and
            that is enough if it was meant.
    """
    if not wrong:
        return
    names = sorted(filter(is_safe_name, known))
    dubious = {name for name, count in Counter(list(known)).items() if count > 1 or not is_safe_name(name)}
    dubious_ids = {as_id(name) for name in dubious}
    for number, (name, place) in enumerate(wrong):
        near = nearest(name, known) if number < MOST_COMPARED else None
        if near not in dubious and name not in dubious_ids:
            yield Problem(code, f"There is no {what} {quoted(name)}.", place, _way_out(near, names))


def _way_out(near: str | None, names: list[str]) -> str | None:
    if near:
        return did_you_mean(near, [near])
    more = f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
    return f"There are: {', '.join(names[:MOST_NAMES])}{more}." if names else None
