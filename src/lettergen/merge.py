"""Campaign × recipient → Letter: what this recipient gets. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jinja2 import TemplateError

from lettergen import language as languages
from lettergen.citation import calls
from lettergen.forms_of_address import FormsOfAddress, forms_for, office_address, office_country
from lettergen.model import Ask, Letter, Note, Passage
from lettergen.names import text_values
from lettergen.problems import LettergenError
from lettergen.sandbox import render_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lettergen.model import Campaign, Demand, Language, Recipient, Source


class TextError(LettergenError):
    """A text cannot be filled in for one of the recipients.

    Attributes:
        path: the text's place in letter.toml, by keys and indices.
    """

    def __init__(self, message: str, path: tuple[str | int, ...], way_out: str) -> None:
        super().__init__(message, help=way_out)
        self.path = path


def merge(campaign: Campaign, recipient_id: str) -> Letter:
    """Return the letter that a recipient of the campaign gets.

    Args:
        campaign: a campaign without errors.
        recipient_id: one of `campaign.recipients`.

    Raises:
        TextError: the mistake of a text shows only while it is filled in, or it is empty for this recipient.
    """
    recipient = campaign.recipients[recipient_id]
    header, letterhead = campaign.header, campaign.letterhead
    language: Language = recipient.languages[0]
    forms = forms_for(recipient, language)
    fill = _Filling(text_values(recipient, forms, campaign, language), recipient_id).fill
    opening = fill(header.opening, "opening", "letter", "opening")
    concerns = tuple(
        Passage(id=c.id, title=c.title, text=fill(c.text, f"the concern “{c.id}”", "concern", index, "text"))
        for index, c in enumerate(campaign.concerns)
    )
    demands_lead = fill(header.demands_lead, "demands_lead", "letter", "demands_lead")
    demands = tuple(
        Ask(
            id=demand.id,
            number=number,
            text=fill(demand.text, f"the demand “{demand.id}”", "demand", index, "text"),
        )
        for number, (index, demand) in enumerate(_for_recipient(campaign.demands, recipient_id, recipient), start=1)
    )
    conclusion = fill(header.conclusion, "conclusion", "letter", "conclusion")
    in_order = (opening, *(c.text for c in concerns), demands_lead, *(d.text for d in demands), conclusion)
    return Letter(
        summit=campaign.summit_id,
        recipient=recipient_id,
        recipient_name=f"{recipient.given_name} {recipient.family_name}",
        language=language,
        layout=header.layout,
        specimen=header.specimen,
        sender=letterhead.name,
        letterhead=header.letterhead,
        return_line=" · ".join((letterhead.acronym or letterhead.name, *letterhead.address)),
        address=_inside_address(recipient, forms, letterhead.country, language),
        date=header.date,
        date_in_words=languages.long_date(header.date, language),
        place_and_date=languages.place_and_date(header.place, header.date, language),
        our_reference=header.our_reference,
        subject=fill(header.subject, "subject", "letter", "subject", markdown=False),
        salutation=forms.salutation,
        opening=opening,
        concerns_heading=header.concerns_heading,
        concerns=concerns,
        demands_heading=header.demands_heading,
        demands_lead=demands_lead,
        demands=demands,
        conclusion=conclusion,
        closing=forms.closing,
        signatories=campaign.signatories,
        enclosures=header.enclosures,
        cc=header.cc,
        notes=tuple(_notes(in_order, {source.id: source for source in campaign.sources}, language)),
    )


@dataclass(frozen=True, slots=True)
class _Filling:
    """Fills in the texts for one recipient."""

    values: Mapping[str, Mapping[str, str]]
    recipient_id: str

    def fill(self, text: str, what: str, *path: str | int, markdown: bool = True) -> str:
        """Return a text, which stands at `path` of letter.toml, with its Jinja filled in."""
        try:
            filled = render_text(text, self.values, markdown=markdown)
        except (TemplateError, ArithmeticError, TypeError, ValueError) as error:
            message = f"The text of {what} cannot be filled in for “{self.recipient_id}”: {error}"
            raise TextError(message, path, "Look at what stands between {{ and }}.") from error
        if not filled.strip():
            message = f"The text of {what} is empty for “{self.recipient_id}”."
            raise TextError(message, path, "Look at its conditions.")
        return filled


def _for_recipient(
    demands: tuple[Demand, ...], recipient_id: str, recipient: Recipient
) -> Iterator[tuple[int, Demand]]:
    """Yield the demands that this recipient, or this recipient's office, is asked to meet, with their indices."""
    for index, demand in enumerate(demands):
        if not demand.to or recipient_id in demand.to or recipient.office in demand.to:
            yield index, demand


def _inside_address(recipient: Recipient, forms: FormsOfAddress, home: str, language: str) -> tuple[str, ...]:
    """Name, office, street, town; the country only when the letter goes abroad (UPU S42: in capitals, last)."""
    lines = (forms.name_line, forms.office_line, *(recipient.address or office_address(recipient.office)))
    country = recipient.country or office_country(recipient.office)
    if country is None or country == home:
        return lines
    return (*lines, languages.country_name(country, language).upper())


def _notes(texts: tuple[str, ...], sources: Mapping[str, Source], language: str) -> Iterator[Note]:
    """Yield one note per call, numbered in the order of reading.

    A source that is called again gets a note of its own, on the page of its call, that refers to the first.
    """
    first: dict[str, int] = {}
    number = 0
    for text in texts:
        for source_id, _ in calls(text):
            number += 1
            source = sources[source_id]
            yield Note(
                number=number,
                source=source_id,
                title=source.title,
                publisher=source.publisher,
                url=source.url,
                date=languages.partial_date(source.date, language) if source.date else None,
                accessed=languages.long_date(source.accessed, language) if source.accessed else None,
                repeats=first.get(source_id),
            )
            first.setdefault(source_id, number)
