"""Campaign × recipient → Letter: what this recipient gets. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from jinja2 import TemplateError

from lettergen import language as languages
from lettergen.addressees import addressee, in_order_of_protocol, inside_address
from lettergen.citation import calls
from lettergen.co_signatories import co_signers
from lettergen.forms_of_address import salutation_line
from lettergen.model import Ask, Letter, Note, Passage, SignatureBlock
from lettergen.names import text_values
from lettergen.problems import LettergenError
from lettergen.sandbox import render_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lettergen.addressees import Addressee
    from lettergen.model import Campaign, Demand, Language, Signatory, Source


# What stands in the place of a recipient's id in the one letter to several people.
JOINT = "joint"

_KEPT_NOTES = 1 << 10  # the letters of one campaign share nearly all of theirs


class TextError(LettergenError):
    """A text cannot be filled in for one of the recipients.

    Attributes:
        path: the text's place among the words of the letter: the table, the id in a list of tables, the key.
    """

    def __init__(self, message: str, path: tuple[str, ...], way_out: str) -> None:
        super().__init__(message, help=way_out)
        self.path = path


def merge(campaign: Campaign, recipient_id: str) -> Letter:
    """Return the letter that one recipient of the campaign gets.

    Args:
        campaign: a campaign without errors, in the language of the letter.
        recipient_id: one of `campaign.recipients`.

    Raises:
        TextError: the mistake of a text shows only while it is filled in, or it is empty for this recipient.
    """
    person = addressee(campaign, recipient_id)
    return _letter(campaign, recipient_id, [person], address=inside_address(person, campaign))


def merge_joint(campaign: Campaign) -> Letter:
    """Return the one letter that all recipients of a campaign get together, in the order of protocol.

    No street and no town: it has several addresses, and is sent to each in an envelope of its own.

    Raises:
        TextError: as with `merge`.
    """
    people = in_order_of_protocol([addressee(campaign, name) for name in campaign.recipients])
    return _letter(campaign, JOINT, people, addressees=tuple(person.forms.address for person in people))


def _letter(
    campaign: Campaign,
    letter_id: str,
    people: Sequence[Addressee],
    *,
    address: tuple[str, ...] = (),
    addressees: tuple[tuple[str, ...], ...] = (),
) -> Letter:
    header, letterhead, language = campaign.header, campaign.letterhead, campaign.language
    fill = _Filling(text_values(people, campaign), letter_id).fill
    opening = fill(header.opening, "opening", "letter", "opening")
    concerns = tuple(
        Passage(id=c.id, title=c.title, text=fill(c.text, f"the concern “{c.id}”", "concern", c.id, "text"))
        for c in campaign.concerns
    )
    demands_lead = fill(header.demands_lead, "demands_lead", "letter", "demands_lead")
    demands = tuple(
        Ask(
            id=demand.id,
            number=number,
            text=fill(demand.text, f"the demand “{demand.id}”", "demand", demand.id, "text"),
        )
        for number, demand in enumerate(_asked(campaign.demands, people), start=1)
    )
    conclusion = fill(header.conclusion, "conclusion", "letter", "conclusion")
    in_order = (opening, *(c.text for c in concerns), demands_lead, *(d.text for d in demands), conclusion)
    salutation, closing = salutation_line([person.forms for person in people], language)
    return Letter(
        summit=campaign.summit_id,
        mode=header.mode,
        recipient=letter_id,
        recipient_name=languages.list_in_words([person.full_name for person in people], language),
        language=language,
        layout=header.layout,
        specimen=header.specimen,
        sender=letterhead.name,
        letterhead=header.letterhead,
        return_line=" · ".join((letterhead.acronym or letterhead.name, *letterhead.address)),
        address=address,
        addressees=addressees,
        date=header.date,
        date_in_words=languages.long_date(header.date, language),
        place_and_date=languages.place_and_date(header.place, header.date, language),
        our_reference=header.our_reference,
        subject=fill(header.subject, "subject", "letter", "subject", markdown=False),
        salutation=salutation,
        opening=opening,
        concerns_heading=header.concerns_heading,
        concerns=concerns,
        demands_heading=header.demands_heading,
        demands_lead=demands_lead,
        demands=demands,
        conclusion=conclusion,
        closing=closing,
        signatories=tuple(_signature_block(signatory, language) for signatory in campaign.signatories),
        co_signatories=co_signers(campaign),
        enclosures=header.enclosures,
        cc=header.cc,
        notes=tuple(_notes(in_order, {source.id: source for source in campaign.sources}, language)),
    )


@dataclass(frozen=True, slots=True)
class _Filling:
    """Fills in the texts for one recipient."""

    values: Mapping[str, Mapping[str, str | int]]
    recipient_id: str

    def fill(self, text: str, what: str, *path: str, markdown: bool = True) -> str:
        """Return a text, which stands at `path`, with its Jinja filled in."""
        try:
            filled = render_text(text, self.values, markdown=markdown)
        except (TemplateError, ArithmeticError, TypeError, ValueError) as error:
            message = f"The text of {what} cannot be filled in for “{self.recipient_id}”: {error}"
            raise TextError(message, path, "Look at what stands between {{ and }}.") from error
        if not filled.strip():
            message = f"The text of {what} is empty for “{self.recipient_id}”."
            raise TextError(message, path, "Look at its conditions.")
        return filled


def _signature_block(signatory: Signatory, language: Language) -> SignatureBlock:
    described = signatory.signature_image_description if signatory.signature_image else None
    return SignatureBlock(
        id=signatory.id,
        name=signatory.name,
        function=signatory.function,
        organisation=signatory.organisation,
        image_description=described[language] if described else None,
    )


def _asked(demands: tuple[Demand, ...], people: Sequence[Addressee]) -> Iterator[Demand]:
    """Yield the demands that somebody of these, or of their offices, is asked to meet."""
    names = {name for person in people for name in (person.id, person.recipient.office)}
    for demand in demands:
        if not demand.to or names & set(demand.to):
            yield demand


def _notes(texts: tuple[str, ...], sources: Mapping[str, Source], language: Language) -> Iterator[Note]:
    """Yield one note per call, numbered in the order of reading.

    A source that is called again gets a note of its own, on the page of its call, that refers to the first.
    """
    first: dict[str, int] = {}
    number = 0
    for text in texts:
        for source_id, _ in calls(text):
            number += 1
            yield _note(number, sources[source_id], first.get(source_id), language)
            first.setdefault(source_id, number)


@lru_cache(maxsize=_KEPT_NOTES)
def _note(number: int, source: Source, repeats: int | None, language: Language) -> Note:
    return Note(
        number=number,
        source=source.id,
        title=source.title,
        publisher=source.publisher,
        url=source.url,
        date=languages.partial_date(source.date, language) if source.date else None,
        accessed=languages.long_date(source.accessed, language) if source.accessed else None,
        repeats=repeats,
    )
