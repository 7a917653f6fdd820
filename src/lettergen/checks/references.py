"""Whatever a file names must exist: recipients, offices, letterheads, concerns, sources, files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lettergen.checks.texts import texts
from lettergen.citation import calls
from lettergen.forms_of_address import office_ids
from lettergen.problems import Problem, did_you_mean
from lettergen.workspace.folder import letterhead_folder
from lettergen.workspace.head import MEDIA_TYPES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from lettergen.problems import Place
    from lettergen.workspace.campaign import CampaignParts


def unknown_recipient(parts: CampaignParts) -> Iterator[Problem]:
    """LG201: the letter goes to somebody who is not in recipients.toml."""
    for index, name in enumerate(parts.header.recipients):
        if name not in parts.recipients.by_id:
            place = parts.document.value(("letter", "recipients", index))
            yield _unknown("LG201", "recipient", name, parts.recipients.by_id, place)


def unknown_office(parts: CampaignParts) -> Iterator[Problem]:
    """LG202: a recipient of this campaign holds an office that the package does not know."""
    for name in parts.header.recipients:
        recipient = parts.recipients.by_id.get(name)
        if recipient and recipient.office and recipient.office not in office_ids():
            place = parts.recipients.document.value((name, "office"))
            yield _unknown("LG202", "office", recipient.office, office_ids(), place)


def unknown_letterhead(parts: CampaignParts) -> Iterator[Problem]:
    """LG203: the letter names a letterhead that has no folder."""
    if parts.header.letterhead and parts.letterhead is None:
        place = parts.document.value(("letter", "letterhead"))
        yield _unknown("LG203", "letterhead", parts.header.letterhead, parts.letterhead_ids, place)


def unknown_concern(parts: CampaignParts) -> Iterator[Problem]:
    """LG204: a demand answers a concern that does not exist."""
    known = {concern.id for concern in parts.concerns}
    for index, demand in enumerate(parts.demands):
        for position, concern in enumerate(demand.answers):
            if concern not in known:
                place = parts.document.value(("demand", index, "answers", position))
                yield _unknown("LG204", "concern", concern, known, place)


def unknown_source(parts: CampaignParts) -> Iterator[Problem]:
    """LG205: a text calls a source that does not exist."""
    known = {source.id for source in parts.sources}
    for path, text in texts(parts):
        for source, offset in calls(text):
            if source not in known:
                yield _unknown("LG205", "source", source, known, parts.document.inside(path, offset))


def unknown_addressee(parts: CampaignParts) -> Iterator[Problem]:
    """LG206: a demand is for somebody who gets no letter, or for an office that none of the recipients holds."""
    written_to = {
        name: parts.recipients.by_id[name] for name in parts.header.recipients if name in parts.recipients.by_id
    }
    known = set(parts.header.recipients) | {recipient.office for recipient in written_to.values()}
    for index, demand in enumerate(parts.demands):
        for position, addressee in enumerate(demand.to):
            if addressee not in known:
                place = parts.document.value(("demand", index, "to", position))
                message = f"No recipient of this campaign is “{addressee}” or holds that office."
                way_out = did_you_mean(addressee, known) or f"There are: {', '.join(sorted(known))}."
                yield Problem("LG206", message, place, way_out)


def missing_logo(parts: CampaignParts) -> Iterator[Problem]:
    """LG207: the letterhead's logo is not a picture in the letterhead's own folder."""
    document, letterhead = parts.letterhead_document, parts.letterhead
    if document is None or letterhead is None or not letterhead.logo:
        return
    folder = letterhead_folder(parts.root, parts.header.letterhead).resolve()
    file = (folder / letterhead.logo).resolve()
    place = document.value(("logo",))
    if not file.is_relative_to(folder):
        yield Problem(
            "LG207", f"“{letterhead.logo}” is outside the letterhead's folder.", place, "Copy the file into it."
        )
    elif not file.is_file():
        pictures = [path.name for path in folder.iterdir() if path.suffix.lower() in MEDIA_TYPES]
        way_out = (
            did_you_mean(letterhead.logo, pictures) or f"Put the file into {folder.name}/, or take the key out."
        )
        yield Problem("LG207", f"The logo “{letterhead.logo}” is missing.", place, way_out)
    elif file.suffix.lower() not in MEDIA_TYPES:
        yield Problem("LG207", f"“{letterhead.logo}” is not a picture.", place, "Use SVG, PNG or JPEG.")


def undescribed_logo(parts: CampaignParts) -> Iterator[Problem]:
    """LG208: the logo has no description for people who do not see it (PDF/UA-1, ISO 14289-1, 7.3)."""
    if (
        parts.letterhead_document
        and parts.letterhead
        and parts.letterhead.logo
        and not parts.letterhead.logo_description
    ):
        place = parts.letterhead_document.value(("logo",))
        way_out = "Add logo_description = “…”: what it shows, in a few words."
        yield Problem("LG208", "The logo has no description.", place, way_out)


def _unknown(code: str, what: str, name: str, known: Collection[str], place: Place) -> Problem:
    way_out = did_you_mean(name, known) or (f"There are: {', '.join(sorted(known)[:20])}." if known else None)
    return Problem(code, f"There is no {what} “{name}”.", place, way_out)
