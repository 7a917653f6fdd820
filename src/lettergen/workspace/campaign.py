"""A summit's folder → the parts of its campaign, with the place of everything that is wrong in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lettergen.editions import in_language
from lettergen.files import is_safe_name
from lettergen.model import (
    Campaign,
    Concern,
    Demand,
    Letterhead,
    LetterHeader,
    ReviewRules,
    Signatory,
    SigningRules,
    Source,
    Summit,
)
from lettergen.problems import Place, Problem, UsageError
from lettergen.selection import chosen_by, is_pattern
from lettergen.workspace.co_signatories import CoSignatoryParts, load_co_signatories, mistakes_in_toml
from lettergen.workspace.document import Document, KeyPath, read_document
from lettergen.workspace.editions import EditionParts, load_editions
from lettergen.workspace.folder import LETTER, LETTERHEAD, LETTERS, letterhead_folder, letterheads, summit_folder
from lettergen.workspace.own_forms import OwnFormsFile, load_own_forms
from lettergen.workspace.tables import miss, records, refuse_unknown_tables, section
from lettergen.workspace.validation import UNSAFE_ID_HELP, Findings, validate
from lettergen.workspace.wording import quoted

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator
    from pathlib import Path

    from lettergen.model import CoSignatory, Language, Layout, OwnOffice, Recipient
    from lettergen.workspace.recipients import Recipients

_TABLES = ("summit", "letter", "review", "signing", "concern", "demand", "source", "signatory", "co_signatory")


@dataclass(frozen=True, slots=True)
class CampaignParts:
    """What stands in a summit's folder, good or not.

    Records with mistakes are only good for comparing: what could not be read in them is empty or None.

    Attributes:
        letterhead: None when the letter names none that exists.
        editions: the translations beside letter.toml.
        selectors: what [letter] recipients says; `header.recipients` has the ids that they choose.
        own_forms: the workspace's own forms of address, by language.
        asked_language: the language that all letters shall have, whatever their recipients prefer.
        problems: mistakes inside single tables; the rules of `checks` compare tables with each other.
        unread: where in letter.toml a value should be and none could be read.
    """

    root: Path
    summit_id: str
    recipients: Recipients
    document: Document
    summit: Summit
    header: LetterHeader
    concerns: tuple[Concern, ...]
    demands: tuple[Demand, ...]
    sources: tuple[Source, ...]
    signatories: tuple[Signatory, ...]
    co_signatories: tuple[CoSignatoryParts, ...]
    signing: SigningRules
    review: ReviewRules | None
    letterhead_document: Document | None
    letterhead: Letterhead | None
    letterhead_ids: frozenset[str]
    editions: tuple[EditionParts, ...]
    selectors: tuple[str, ...]
    own_forms: dict[str, OwnFormsFile]
    asked_language: Language | None
    problems: tuple[Problem, ...]
    unread: frozenset[KeyPath]

    def is_unread(self, table: str, key: str) -> bool:
        """Whether some `key` in the tables of this name could not be read, or one of the tables as a whole."""
        return any(
            path[0] == table and (key in path or not any(isinstance(part, str) for part in path[1:]))
            for path in self.unread
        )

    def may_define(self, table: str, name: str) -> bool:
        """Whether the concern or source of this id may stand in what could not be read."""
        return self.is_unread(table, "id") or self.document.may_say(name)

    def place_of_recipient(self, name: str) -> Place:
        """Return where [letter] recipients chooses a recipient."""
        people = self.recipients.by_id
        first = next(
            number
            for number, selector in enumerate(self.selectors)
            if selector == name or (is_pattern(selector) and name in chosen_by(selector, people))
        )
        return self.document.value(("letter", "recipients", first))

    @property
    def letter_date(self) -> dt.date | None:
        """The letter's date, or None when it could not be read."""
        return self.header.date

    @property
    def summit_date(self) -> dt.date | None:
        """The summit's date, or None when it could not be read."""
        return self.summit.date

    @property
    def language(self) -> Language:
        """The language of letter.toml."""
        return self.header.language or "en"

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages that letters of this campaign can have."""
        return (self.language, *(parts.edition.language for parts in self.editions))

    def language_for(self, recipient: Recipient) -> Language | None:
        """Return the language of the letter to a recipient, or None when there is none that fits."""
        if self.asked_language:
            return self.asked_language
        known = self.languages
        if self.header.mode == "joint":
            return self.language
        return next((language for tag in recipient.languages for language in known if language == tag), None)

    def addressed(self) -> Iterator[tuple[str, Recipient, Language]]:
        """Yield those who get a letter, each once, with its language; only those whose records could be read."""
        for name in dict.fromkeys(self.header.recipients):
            recipient = self.recipients.by_id.get(name)
            if recipient and name not in self.recipients.faulty:
                language = self.language_for(recipient)
                if language:
                    yield name, recipient, language

    @property
    def picture_folders(self) -> tuple[Path, Path]:
        """Where signature images may be: the summit's folder and the letterhead's."""
        folder = self.root / LETTERS / self.summit_id
        return folder, letterhead_folder(self.root, self.header.letterhead)

    def own_offices(self, language: Language) -> dict[str, OwnOffice]:
        """Return the workspace's own forms of address in a language, by office."""
        file = self.own_forms.get(language)
        return file.offices if file else {}

    def document_in(self, language: Language) -> Document:
        """Return the file that holds the words of the letters in a language."""
        return next((e.document for e in self.editions if e.edition.language == language), self.document)

    def campaign_in(self, language: Language) -> Campaign:
        """Return the campaign in one of its languages; only for parts without errors."""
        edition = next((parts.edition for parts in self.editions if parts.edition.language == language), None)
        campaign = self._campaign()
        return in_language(campaign, edition, self.own_offices(language)) if edition else campaign

    @property
    def _joining(self) -> list[CoSignatory]:
        return [parts.record for parts in self.co_signatories if parts.record.withdrawn is None]

    def _campaign(self) -> Campaign:
        """Return the campaign in the language of letter.toml."""
        if self.letterhead is None:
            raise ValueError("a campaign without errors has a letterhead")
        return Campaign.model_construct(
            summit_id=self.summit_id,
            language=self.language,
            own_forms=self.own_offices(self.language),
            summit=self.summit,
            header=self.header,
            letterhead=self.letterhead,
            concerns=self.concerns,
            demands=self.demands,
            sources=self.sources,
            signatories=self.signatories,
            co_signatories=tuple(one for one in self._joining if one.display == "public"),
            withheld=sum(one.display == "withheld" for one in self._joining),
            signing=self.signing,
            review=self.review,
            recipients={name: self.recipients.by_id[name] for name in self.header.recipients},
        )


def load_campaign(
    root: Path,
    summit: str,
    recipients: Recipients,
    *,
    language: Language | None = None,
    layout: Layout | None = None,
) -> CampaignParts:
    """Read a summit's folder and the letterhead that it names.

    Args:
        root: the workspace.
        summit: the folder's name.
        recipients: the people of the workspace.
        language: the language that all letters shall have; each recipient's own choice when left out.
        layout: the layout in place of the one that the letter names.

    Raises:
        UsageError: there is no such summit, or it has no letters in this language.
    """
    folder = summit_folder(root, summit)
    document = read_document(root, folder / LETTER)
    findings = Findings(mistakes_in_toml(document, _TABLES))
    if not is_safe_name(summit):
        message = f"The folder’s name, {quoted(summit)}, cannot be an id."
        findings.problems.append(Problem("LG108", message, Place(document.name), UNSAFE_ID_HELP))
    refuse_unknown_tables(_TABLES, document, findings)
    header = section(LetterHeader, "letter", document, findings)
    selectors = header.recipients
    header = header.model_copy(
        update={"recipients": _chosen(selectors, recipients)} | ({"layout": layout} if layout else {})
    )
    editions, misnamed = load_editions(root, folder, header.language)
    _refuse_missing_edition(language, (header.language or "en", *(parts.edition.language for parts in editions)))
    own_forms = load_own_forms(root)
    findings.problems += [
        *misnamed,
        *(problem for parts in editions for problem in parts.problems),
        *(problem for file in own_forms.values() for problem in file.problems),
    ]
    letterhead_document, letterhead = _letterhead(root, header.letterhead, findings.problems)
    return CampaignParts(
        root=root,
        summit_id=summit,
        recipients=recipients,
        document=document,
        summit=section(Summit, "summit", document, findings),
        header=header,
        concerns=records(Concern, "concern", document, findings),
        demands=records(Demand, "demand", document, findings),
        sources=records(Source, "source", document, findings),
        signatories=_signatories(document, findings),
        co_signatories=load_co_signatories(root, folder, document, findings),
        signing=(section(SigningRules, "signing", document, findings) if "signing" in document.data else None)
        or SigningRules(),
        review=section(ReviewRules, "review", document, findings) if "review" in document.data else None,
        letterhead_document=letterhead_document,
        letterhead=letterhead,
        letterhead_ids=frozenset(letterheads(root)),
        editions=editions,
        selectors=selectors,
        own_forms=own_forms,
        asked_language=language,
        problems=tuple(findings.problems),
        unread=frozenset(findings.unread),
    )


def _chosen(selectors: tuple[str, ...], recipients: Recipients) -> tuple[str, ...]:
    """Return the ids that selectors choose, each once; an id chooses itself, known or not."""
    people = recipients.by_id
    found = (
        name
        for selector in selectors
        for name in (chosen_by(selector, people) if is_pattern(selector) else (selector,))
    )
    return tuple(dict.fromkeys(found))


def _refuse_missing_edition(asked: Language | None, known: tuple[Language, ...]) -> None:
    if asked and asked not in known:
        raise UsageError(
            f"This campaign has no letters in “{asked}”.",
            help=f"There are: {', '.join(known)}. A further one is a translation of {LETTER}: letter.{asked}.toml.",
        )


def _signatories(document: Document, findings: Findings) -> tuple[Signatory, ...]:
    if "signatory" not in document.data:
        miss("signatory", "[[signatory]]", document, findings)
    return records(Signatory, "signatory", document, findings)


def _letterhead(root: Path, letterhead: str, problems: list[Problem]) -> tuple[Document | None, Letterhead | None]:
    if letterhead not in letterheads(root):
        return None, None
    document = read_document(root, letterhead_folder(root, letterhead) / LETTERHEAD)
    findings = Findings(list(document.problems))
    record = validate(Letterhead, document.data, document, (), findings)
    problems.extend(findings.problems)
    return document, record
