"""What a campaign says must hold together: demands and concerns, dates, terms of office, sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lettergen.checks.texts import texts
from lettergen.citation import calls
from lettergen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lettergen.workspace.campaign import CampaignParts


def demand_without_concern(parts: CampaignParts) -> Iterator[Problem]:
    """LG301: a demand answers nothing."""
    for index, demand in enumerate(parts.demands):
        written = parts.document.data["demand"][index]
        if not demand.answers and written.get("answers") == []:
            place = parts.document.value(("demand", index, "answers"))
            way_out = "Name the concerns that it would meet: answers = [“…”]."
            yield Problem("LG301", f"The demand “{demand.id}” answers no concern.", place, way_out)


def concern_without_demand(parts: CampaignParts) -> Iterator[Problem]:
    """LG302: no demand answers a concern."""
    answered = {concern for demand in parts.demands for concern in demand.answers}
    for index, concern in enumerate(parts.concerns):
        if concern.id not in answered and not parts.has_gaps:
            place = parts.document.value(("concern", index, "id"))
            way_out = "Add its id to the answers of a demand, or take the concern out."
            yield Problem("LG302", f"No demand answers the concern “{concern.id}”.", place, way_out)


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
    for name in parts.header.recipients:
        recipient = parts.recipients.by_id.get(name)
        if written and recipient and recipient.term and not recipient.term.covers(written):
            before = written < recipient.term.start
            place = parts.recipients.document.value((name, "term", "start" if before else "end"))
            change = f"only from {recipient.term.start}" if before else f"only until {recipient.term.end}"
            message = f"“{name}” holds the office {change}, and the letter is dated {written}."
            yield Problem("LG304", message, place, "Correct the term, the letter's date, or the recipient.")


def source_published_later(parts: CampaignParts) -> Iterator[Problem]:
    """LG305: a source was published after the letter's date."""
    written = parts.letter_date
    for index, source in enumerate(parts.sources):
        # ISO dates, months and years compare as texts of equal length.
        if written and source.date and source.date > written.isoformat()[: len(source.date)]:
            place = parts.document.value(("source", index, "date"))
            message = f"The source “{source.id}” was published {source.date}, after the letter's date, {written}."
            yield Problem("LG305", message, place, "A letter cannot rest on what was not yet known.")


def source_read_later(parts: CampaignParts) -> Iterator[Problem]:
    """LG306: a source was accessed after the letter's date."""
    written = parts.letter_date
    for index, source in enumerate(parts.sources):
        if written and source.accessed and source.accessed > written:
            place = parts.document.value(("source", index, "accessed"))
            message = (
                f"The source “{source.id}” was accessed {source.accessed}, after the letter's date, {written}."
            )
            yield Problem("LG306", message, place, "Correct one of the dates, or leave “accessed” out.")


def unused_source(parts: CampaignParts) -> Iterator[Problem]:
    """LG307: no text calls a source."""
    called = {source for _, text in texts(parts) for source, _ in calls(text)}
    for index, source in enumerate(parts.sources):
        if source.id not in called and not parts.has_gaps:
            place = parts.document.value(("source", index, "id"))
            way_out = f"Write [^{source.id}] behind the claim that it carries, or take it out."
            yield Problem("LG307", f"No text calls the source “{source.id}”.", place, way_out)


def letter_without_demand(parts: CampaignParts) -> Iterator[Problem]:
    """LG308: a recipient is asked for nothing."""
    for index, name in enumerate(parts.header.recipients):
        recipient = parts.recipients.by_id.get(name)
        addressed = [
            d for d in parts.demands if not d.to or name in d.to or (recipient and recipient.office in d.to)
        ]
        if recipient and not addressed and not parts.has_gaps:
            place = parts.document.value(("letter", "recipients", index))
            way_out = "Address a demand to this recipient, or leave the recipient out."
            yield Problem("LG308", f"No demand is addressed to “{name}”.", place, way_out)
