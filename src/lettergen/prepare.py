"""Load → check → merge: the letters of a campaign, or everything that is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from lettergen.checks.rules import check
from lettergen.geometry import geometry
from lettergen.letters import Due, Letters
from lettergen.merge import JOINT, TextError, merge, merge_joint
from lettergen.problems import FindingsError, LettergenError, Place, Problem, UsageError, did_you_mean
from lettergen.selection import chosen_by, is_pattern
from lettergen.workspace.campaign import load_campaign
from lettergen.workspace.folder import LETTERHEAD_TEMPLATE, letterhead_folder, summits
from lettergen.workspace.head import read_head
from lettergen.workspace.recipients import load_recipients
from lettergen.workspace.signature_images import read_signature_images
from lettergen.workspace.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    from lettergen.model import Campaign, Language, Layout, Letter, Recipient
    from lettergen.workspace.campaign import CampaignParts
    from lettergen.workspace.head import Head

_LISTED = 20  # recipients that a sentence names


@dataclass(frozen=True, slots=True)
class Prepared:
    """A campaign without errors.

    Attributes:
        campaign: in the language of letter.toml.
        letters: all of them, in the campaign's order; each was merged once, and is merged again when it is taken.
        languages: those that letters of this campaign can have.
        warnings: what should be looked at before they are sent.
    """

    campaign: Campaign
    letters: Letters
    languages: tuple[Language, ...]
    head: Head
    warnings: tuple[Problem, ...]


def prepare(root: Path, summit: str, *, language: Language | None = None, layout: Layout | None = None) -> Prepared:
    """Return the letters of a summit's campaign.

    Args:
        root: the workspace.
        summit: the folder's name.
        language: for all letters, whatever their recipients prefer.
        layout: for all letters, whatever the campaign says.

    Raises:
        FindingsError: the files have mistakes; all of them are in it, warnings too.
        UsageError: there is no such summit, or it has no letters in this language.
    """
    parts = load_campaign(root, summit, load_recipients(root), language=language, layout=layout)
    problems, prepared = _prepare(parts)
    if prepared is None:
        raise FindingsError(problems)
    return prepared


def find_problems(root: Path, summit: str | None) -> tuple[Problem, ...]:
    """Return everything that is wrong with one campaign of a workspace, or with all of them.

    Raises:
        UsageError: there is no such summit, or none at all.
    """
    names = [summit] if summit else summits(root)
    if not names:
        raise UsageError(
            f"There are no letters in {root}.", help="Go to the folder that holds letters/, or name it with -C."
        )
    recipients = load_recipients(root)
    found = [problem for name in names for problem in _prepare(load_campaign(root, name, recipients))[0]]
    return tuple(dict.fromkeys(found))


def select(prepared: Prepared, to: Sequence[str], exclude: Sequence[str] = ()) -> Letters:
    """Return the letters to some recipients.

    Args:
        prepared: the campaign.
        to: ids, patterns and tags; all letters when there are none.
        exclude: likewise; those who get none.

    Raises:
        UsageError: the campaign does not write to one of them, or to nobody that a pattern or a tag means.
    """
    letters, people = prepared.letters, prepared.campaign.recipients
    known = {one.recipient for one in letters.due}
    for name in (*to, *exclude):
        if known == {JOINT} and name != JOINT:
            message = "This campaign writes one letter to all its recipients together."
            raise UsageError(message, help='Leave out --to, or write mode = "individual" in letter.toml.')
        if is_pattern(name) and not chosen_by(name, people):
            raise UsageError(f"This campaign writes to nobody that “{name}” means.", help=_writes_to(known))
        if not is_pattern(name) and name not in known:
            raise UsageError(
                f"This campaign does not write to “{name}”.", help=did_you_mean(name, known) or _writes_to(known)
            )
    wanted = _meant(to, people) if to else known
    return letters.those_to(wanted - _meant(exclude, people))


def _meant(selectors: Sequence[str], people: Mapping[str, Recipient]) -> set[str]:
    return {
        name
        for selector in selectors
        for name in (chosen_by(selector, people) if is_pattern(selector) else [selector])
    }


def _writes_to(known: Collection[str]) -> str:
    listed = sorted(known)
    more = f" and {len(listed) - _LISTED} more" if len(listed) > _LISTED else ""
    return f"It writes to {', '.join(listed[:_LISTED])}{more}."


def _prepare(parts: CampaignParts) -> tuple[tuple[Problem, ...], Prepared | None]:
    problems = check(parts)
    if any(problem.severity == "error" for problem in problems):
        return problems, None
    campaign = parts.campaign_in(parts.language)
    letters = _letters(parts)
    try:
        head = replace(
            read_head(parts.root, campaign.header.letterhead, campaign.letterhead),
            signatures=read_signature_images(parts.picture_folders, campaign.signatories),
        )
    except LettergenError as error:
        failures = _failures(parts, letters, None)
        return (*problems, *failures, Problem("LG403", str(error), _template_place(parts), error.help)), None
    failures = _failures(parts, letters, head)
    if failures:
        return (*problems, *failures), None
    warnings = _of_these_letters(problems, letters, parts)
    return problems, Prepared(campaign, letters, parts.languages, head, warnings)


def _letters(parts: CampaignParts) -> Letters:
    chosen = {name: language for name, _, language in parts.addressed()}
    campaigns = {language: parts.campaign_in(language) for language in set(chosen.values())}
    if parts.header.mode == "joint":
        (campaign,) = campaigns.values()
        return Letters([Due(JOINT, campaign.language, partial(merge_joint, campaign))])
    return Letters(
        Due(name, language, partial(merge, campaigns[language], name)) for name, language in chosen.items()
    )


def _failures(parts: CampaignParts, letters: Letters, head: Head | None) -> tuple[Problem, ...]:
    """Merge each letter, keep none, and return what is wrong with those that cannot be made.

    First what is wrong with texts, then with the letterhead's own template, then with addresses.
    """
    texts: list[Problem] = []
    template: list[Problem] = []
    addresses: list[Problem] = []
    for due in letters.due:
        try:
            letter = due.merge()
        except TextError as error:
            place = _place_of_text(parts, due.language, error.path)
            texts.append(Problem("LG403", str(error), place, error.help))
            continue
        addresses += _too_many_lines(parts, letter)
        if head is not None and not template:
            template += _template_fails(parts, letter, head)
    return (*texts, *template) if template else (*texts, *addresses)


def _too_many_lines(parts: CampaignParts, letter: Letter) -> Iterator[Problem]:
    """LG609: an address has more lines than the window shows; lines that are too wide show on the finished page."""
    most = geometry(letter.layout).lines.most
    if len(letter.address) > most:
        people, name = parts.recipients, letter.recipient
        place = people.document.value((name, "address" if people.by_id[name].address else "office"))
        beyond = ", ".join(quoted(line) for line in letter.address[most:])
        message = (
            f"The address of {quoted(name)} has {len(letter.address)} lines, and the window of {letter.layout} "
            f"shows {most}: no room for {beyond}."
        )
        way_out = "Put two of its lines into one, leave one out, or choose another layout."
        yield Problem("LG609", message, place, way_out)


def _template_fails(parts: CampaignParts, letter: Letter, head: Head) -> Iterator[Problem]:
    """LG403: the letterhead's own template fails, as it may do only while it runs."""
    if head.template is None:
        return
    from lettergen.render.html import render_head

    try:
        render_head(letter, head)
    except LettergenError as error:
        yield Problem("LG403", str(error), _template_place(parts), error.help)


def _place_of_text(parts: CampaignParts, language: Language, path: tuple[str, ...]) -> Place:
    """Return where a text stands in the file of its language: letter.toml, or a translation."""
    document = parts.document_in(language)
    table, *within, key = path
    if not within:
        return document.value((table, key))
    ids = [row.get("id") for row in document.data[table]]
    return document.value((table, ids.index(within[0]), key))


def _of_these_letters(warnings: Sequence[Problem], letters: Letters, parts: CampaignParts) -> tuple[Problem, ...]:
    """Leave out warnings about translations that no letter of this run is written in."""
    written = {due.language for due in letters.due}
    unused = {parts.document_in(language).name for language in parts.languages if language not in written}
    return tuple(warning for warning in warnings if warning.where.file not in unused - {parts.document.name})


def _template_place(parts: CampaignParts) -> Place:
    file = letterhead_folder(parts.root, parts.header.letterhead) / LETTERHEAD_TEMPLATE
    return Place(file.relative_to(parts.root).as_posix())
