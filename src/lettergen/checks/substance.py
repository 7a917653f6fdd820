"""What a campaign says must hold together: demands and concerns, dates, terms of office, sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lettergen.checks.offices import known_offices
from lettergen.checks.texts import TEXT_KEYS, texts
from lettergen.citation import calls
from lettergen.problems import Problem
from lettergen.workspace.wording import meant_by, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lettergen.workspace.campaign import CampaignParts


def demand_without_concern(parts: CampaignParts) -> Iterator[Problem]:
    """LG301: a demand answers nothing."""
    for index, demand in enumerate(parts.demands):
        path = ("demand", index, "answers")
        if not demand.answers and not parts.unread & {path, path[:-1]}:
            way_out = 'Name the concerns that it would meet: answers = ["…"].'
            message = f"The demand {quoted(demand.id)} answers no concern."
            yield Problem("LG301", message, parts.document.value(path), way_out)


def concern_without_demand(parts: CampaignParts) -> Iterator[Problem]:
    """LG302: no demand answers a concern."""
    if parts.is_unread("demand", "answers"):
        return
    concerns = {concern.id for concern in parts.concerns}
    answered = {concern for demand in parts.demands for concern in demand.answers}
    found = answered | meant_by(answered - concerns, concerns)  # a misspelt answer is reported as such
    for index, concern in enumerate(parts.concerns):
        if concern.id and concern.id not in found and not parts.document.may_say(concern.id):
            place = parts.document.value(("concern", index, "id"))
            way_out = "Add its id to the answers of a demand, or take the concern out."
            yield Problem("LG302", f"No demand answers the concern {quoted(concern.id)}.", place, way_out)


def letter_after_summit(parts: CampaignParts) -> Iterator[Problem]:
    """LG303, a warning: the letter is dated after the summit."""
    written, held = parts.letter_date, parts.summit_date
    if written and held and written > held:
        place = parts.document.value(("letter", "date"))
        message = f"The letter is dated {written}, after the summit of {held}."
        yield Problem("LG303", message, place, "Check both dates.", "warning")


def out_of_office(parts: CampaignParts) -> Iterator[Problem]:
    """LG304: a recipient does not hold the office on the letter's date."""
    written = parts.letter_date
    for name in dict.fromkeys(parts.header.recipients):
        recipient = parts.recipients.by_id.get(name)
        term = recipient.term if recipient else None
        if written and term and not term.covers(written) and not (term.end and term.end < term.start):
            before = written < term.start
            place = parts.recipients.document.value((name, "term", "start" if before else "end"))
            change = f"only from {term.start}" if before else f"only until {term.end}"
            message = f"{quoted(name)} holds the office {change}, and the letter is dated {written}."
            yield Problem("LG304", message, place, "Correct the term, the letter’s date, or the recipient.")


def source_published_later(parts: CampaignParts) -> Iterator[Problem]:
    """LG305: a source was published after the letter's date."""
    written = parts.letter_date
    for index, source in enumerate(parts.sources):
        # ISO dates, months and years compare as texts of equal length.
        if written and source.date and source.date > written.isoformat()[: len(source.date)]:
            place = parts.document.value(("source", index, "date"))
            message = (
                f"The source {quoted(source.id)} was published {source.date}, after the letter’s date, {written}."
            )
            yield Problem("LG305", message, place, "A letter cannot rest on what was not yet known.")


def source_read_later(parts: CampaignParts) -> Iterator[Problem]:
    """LG306: a source was accessed after the letter's date."""
    written = parts.letter_date
    for index, source in enumerate(parts.sources):
        if written and source.accessed and source.accessed > written:
            place = parts.document.value(("source", index, "accessed"))
            message = (
                f"The source {quoted(source.id)} was accessed {source.accessed}, "
                f"after the letter’s date, {written}."
            )
            yield Problem("LG306", message, place, "Correct one of the dates, or leave “accessed” out.")


def unused_source(parts: CampaignParts) -> Iterator[Problem]:
    """LG307: no text calls a source."""
    if any(parts.is_unread(table, key) for table, key in TEXT_KEYS):
        return
    sources = {source.id for source in parts.sources}
    called = {source for _, text in texts(parts) for source, _ in calls(text)}
    found = called | meant_by(called - sources, sources)  # a misspelt call is reported as such
    for index, source in enumerate(parts.sources):
        if source.id and source.id not in found and not parts.document.may_say(source.id):
            place = parts.document.value(("source", index, "id"))
            way_out = f"Write [^{source.id}] behind the claim that it carries, or take it out."
            yield Problem("LG307", f"No text calls the source {quoted(source.id)}.", place, way_out)


def letter_without_demand(parts: CampaignParts) -> Iterator[Problem]:
    """LG308: a recipient is asked for nothing."""
    if parts.is_unread("demand", "to") or parts.document.may_say("demand"):
        return
    if not all(demand.to for demand in parts.demands):  # a demand without “to” is for everybody
        return
    people = {
        name: parts.recipients.by_id[name] for name in parts.header.recipients if name in parts.recipients.by_id
    }
    asked = {addressee for demand in parts.demands for addressee in demand.to}
    offices = known_offices(parts)
    misspelt = asked - people.keys() - offices
    for name in parts.header.recipients:
        if name not in people or people[name].office not in offices:
            continue
        names = {name, people[name].office}
        if not names & asked and not meant_by(misspelt, names):
            place = parts.place_of_recipient(name)
            way_out = "Address a demand to this recipient, or leave the recipient out."
            yield Problem("LG308", f"No demand is addressed to {quoted(name)}.", place, way_out)


def recipient_named_twice(parts: CampaignParts) -> Iterator[Problem]:
    """LG309: the letter names a recipient a second time."""
    seen = set()
    for index, name in enumerate(parts.selectors):
        if name in seen:
            place = parts.document.value(("letter", "recipients", index))
            yield Problem("LG309", f"{quoted(name)} stands in this list already.", place, "Keep one of them.")
        seen.add(name)


def term_ends_before_it_begins(parts: CampaignParts) -> Iterator[Problem]:
    """LG310: a term of office ends before it begins."""
    for name, recipient in parts.recipients.by_id.items():
        term = recipient.term
        if term and term.end and term.end < term.start:
            place = parts.recipients.document.value((name, "term", "end"))
            message = f"The term of {quoted(name)} ends {term.end}, before it begins, {term.start}."
            yield Problem("LG310", message, place, "Correct one of the dates.")


def source_read_before_published(parts: CampaignParts) -> Iterator[Problem]:
    """LG311: a source was accessed before it was published."""
    for index, source in enumerate(parts.sources):
        if source.accessed and source.date and source.accessed.isoformat()[: len(source.date)] < source.date:
            place = parts.document.value(("source", index, "accessed"))
            message = (
                f"The source {quoted(source.id)} was accessed {source.accessed}, "
                f"before it was published, {source.date}."
            )
            yield Problem("LG311", message, place, "Correct one of the dates.")
