"""Translations must say what the original says: the same passages, figures and sources, and nothing older."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from lettergen.checks.figures import figures
from lettergen.citation import calls
from lettergen.editions import WORDS, edition_hash, original_hash
from lettergen.model import Listed
from lettergen.problems import Problem
from lettergen.workspace.editions import LANGUAGES
from lettergen.workspace.wording import nearest, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lettergen.model import Record
    from lettergen.workspace.campaign import CampaignParts
    from lettergen.workspace.document import KeyPath
    from lettergen.workspace.editions import EditionParts

ENGLISH_NAMES = {"en": "English", "fr": "French", "de": "German", "ru": "Russian"}


def missing_passage(parts: CampaignParts) -> Iterator[Problem]:
    """LG502: a concern or demand of letter.toml is not in a translation."""
    for edition in _comparable(parts):
        for kind, originals, translated in _listed(parts, edition):
            known = [record.id for record in originals]
            here = [record.id for record in translated]
            missing = [name for name in known if name not in here]
            misspelt = {nearest(name, missing) for name in here if name not in known}
            for name in missing:
                if name not in misspelt:
                    place = edition.document.value((kind, len(translated) - 1, "id") if translated else ())
                    message = f"The {kind} {quoted(name)} of letter.toml is not translated."
                    yield Problem("LG502", message, place, f"Add a [[{kind}]] with its id and its words.")


def added_passage(parts: CampaignParts) -> Iterator[Problem]:
    """LG503: a translation has a concern, demand or signatory that letter.toml does not have."""
    for edition in _comparable(parts):
        signatories = ("signatory", parts.signatories, edition.edition.signatories)
        for kind, originals, translated in (*_listed(parts, edition), signatories):
            known = [record.id for record in originals]
            missing = set(known) - {record.id for record in translated}
            for index, record in enumerate(translated):
                if record.id not in known:
                    near = nearest(record.id, missing)
                    way_out = f"Did you mean “{near}”?" if near else "Take it out, or add it to letter.toml."
                    message = f"letter.toml has no {kind} {quoted(record.id)}."
                    yield Problem("LG503", message, edition.document.value((kind, index, "id")), way_out)


def other_figures(parts: CampaignParts) -> Iterator[Problem]:
    """LG504: a number or date differs from the original's."""
    for edition in _comparable(parts):
        for path, original, text in _texts(parts, edition):
            expected = list(figures(original, parts.language))
            found = list(figures(text, edition.edition.language))
            values, values_here = [figure.value for figure in expected], [figure.value for figure in found]
            missing = [expected[index] for index in _alone(values, values_here)]
            added = [found[index] for index in _alone(values_here, values)]
            if missing or added:
                offset = added[0].offset if added else 0
                differences = [f"{quoted(figure.written)} is missing" for figure in missing]
                differences += [f"{quoted(figure.written)} is added" for figure in added]
                message = f"The figures are not those of letter.toml: {', '.join(differences)}."
                way_out = "Correct one of the two; numbers in digits stay digits."
                yield Problem("LG504", message, edition.document.inside(path, offset), way_out)


def other_sources(parts: CampaignParts) -> Iterator[Problem]:
    """LG505: a passage does not call the sources that its original calls."""
    known = {source.id for source in parts.sources}
    for edition in _comparable(parts):
        for path, original, text in _texts(parts, edition):
            expected, found = list(calls(original)), list(calls(text))
            names, names_here = [source for source, _ in expected], [source for source, _ in found]
            missing = [names[index] for index in _alone(names, names_here)]
            added = [found[index] for index in _alone(names_here, names)]
            if {source for source, _ in added} - known:
                continue  # that is a finding of its own
            if missing or added:
                offset = added[0][1] if added else 0
                differences = [f"{quoted(source)} is not called" for source in missing]
                differences += [f"{quoted(source)} is called here alone" for source, _ in added]
                message = f"The sources are not those of letter.toml: {', '.join(differences)}."
                way_out = "Call each source behind the same claim."
                yield Problem("LG505", message, edition.document.inside(path, offset), way_out)


def changed_original(parts: CampaignParts) -> Iterator[Problem]:
    """LG506: the original was changed after it was translated, or nobody noted what was translated."""
    for edition in _comparable(parts):
        for path, original, translated in _tables(parts, edition):
            noted, now = getattr(translated, "original", None), original_hash(str(path[0]), original)
            passage = _named(path, original)
            if noted is None:
                message = f"Nothing says what {passage} was translated from."
                way_out = f'Compare it with letter.toml, then add original = "{now}".'
                yield Problem("LG506", message, edition.document.value(path), way_out)
            elif noted != now:
                message = f"The original of {passage} was changed after it was translated."
                way_out = f'Compare the two, then write original = "{now}" here.'
                yield Problem("LG506", message, edition.document.value((*path, "original")), way_out)


def not_reviewed(parts: CampaignParts) -> Iterator[Problem]:
    """LG507, LG508, warnings: no native speaker has reviewed a translation, or not as it is now."""
    for edition in parts.editions:
        if edition.problems:
            continue
        head, language = edition.edition.head, ENGLISH_NAMES[edition.edition.language]
        now = edition_hash(edition.edition)
        line = f'reviewed = {{ by = "…", date = …, text = "{now}" }}'
        if head.reviewed is None:
            place = edition.document.value(("edition",))
            message = f"No native speaker has reviewed the {language} text."
            yield Problem("LG507", message, place, f"When somebody has, write under [edition]: {line}", "warning")
        elif head.reviewed.text != now:
            place = edition.document.value(("edition", "reviewed", "text"))
            message = f"The {language} text was changed after {head.reviewed.by} reviewed it."
            yield Problem("LG508", message, place, f"Have it read again, then write {line}", "warning")


def no_language(parts: CampaignParts) -> Iterator[Problem]:
    """LG509: there are no letters in any language of a recipient."""
    if parts.header.language is None:
        return
    for name in dict.fromkeys(parts.header.recipients):
        recipient = parts.recipients.by_id.get(name)
        if recipient and name not in parts.recipients.faulty and parts.language_for(recipient) is None:
            place = parts.recipients.document.value((name, "languages"))
            message = (
                f"This campaign has no letters in a language of {quoted(name)}: {', '.join(recipient.languages)}."
            )
            way_out = (
                f"There are: {', '.join(parts.languages)}. Add one of them{_translation(recipient.languages)}."
            )
            yield Problem("LG509", message, place, way_out)


def function_not_translated(parts: CampaignParts) -> Iterator[Problem]:
    """LG510: the function of somebody who signs, an enclosure or a copy has no words in a translation."""
    for edition in _comparable(parts):
        for key in ("enclosures", "cc"):
            here, there = getattr(edition.edition.header, key), getattr(parts.header, key)
            if len(here) != len(there):
                message = (
                    f"{quoted(key)} has other lines than in letter.toml: {len(there)} there, {len(here)} here."
                )
                place = edition.document.value(("letter", key))
                yield Problem("LG510", message, place, "Write each line of the original, and no other.")
        functions = {signatory.id: signatory.function for signatory in edition.edition.signatories}
        for signatory in parts.signatories:
            if signatory.function and not functions.get(signatory.id):
                message = (
                    f"The function of {quoted(signatory.id)}, {quoted(signatory.function)}, is not translated."
                )
                way_out = f'Add [[signatory]] with id = "{signatory.id}" and its function.'
                yield Problem("LG510", message, edition.document.value(()), way_out)


def _translation(wanted: Sequence[str]) -> str:
    """Return what else than another language helps somebody who reads these."""
    possible = [f"letter.{language}.toml" for language in wanted if language in LANGUAGES]
    if possible:
        return f", or translate letter.toml: {' or '.join(possible)}"
    return f"; letters can be written in {', '.join(LANGUAGES)}"


def _named(path: KeyPath, record: Record) -> str:
    """Return how a finding calls the table at a path."""
    return f"the {path[0]} {quoted(record.id)}" if isinstance(record, Listed) else f"[{path[0]}]"


def _alone(some: Sequence[str], others: Sequence[str]) -> Iterator[int]:
    """Yield the indices of those that have no equal among others, each of which is the equal of one only."""
    left = Counter(others)
    for index, name in enumerate(some):
        if left[name]:
            left[name] -= 1
        else:
            yield index


def _comparable(parts: CampaignParts) -> Iterator[EditionParts]:
    """Yield the translations that can be compared: a mistake in a table would only be echoed."""
    if all(problem.where.file != parts.document.name for problem in parts.problems):
        yield from (edition for edition in parts.editions if not edition.problems)


def _listed(
    parts: CampaignParts, edition: EditionParts
) -> Iterator[tuple[str, tuple[Listed, ...], tuple[Listed, ...]]]:
    yield "concern", parts.concerns, edition.edition.concerns
    yield "demand", parts.demands, edition.edition.demands


def _tables(parts: CampaignParts, edition: EditionParts) -> Iterator[tuple[KeyPath, Record, Record]]:
    """Yield each table of words that both have: its path in the translation, the original, the translation."""
    words = edition.edition
    yield ("summit",), parts.summit, words.summit
    yield ("letter",), parts.header, words.header
    lists = (
        ("concern", parts.concerns, words.concerns),
        ("demand", parts.demands, words.demands),
        ("signatory", parts.signatories, words.signatories),
    )
    for kind, originals, translated in lists:
        by_id = {record.id: record for record in originals}
        for index, record in enumerate(translated):
            if record.id in by_id:
                yield (kind, index), by_id[record.id], record


def _texts(parts: CampaignParts, edition: EditionParts) -> Iterator[tuple[KeyPath, str, str]]:
    """Yield each text that both have: its path in the translation, the original, the translation."""
    for path, original, translated in _tables(parts, edition):
        for key in WORDS[str(path[0])]:
            before, after = getattr(original, key), getattr(translated, key)
            if isinstance(before, str) and before and isinstance(after, str) and after:
                yield (*path, key), before, after
            elif isinstance(before, tuple) and isinstance(after, tuple) and len(before) == len(after):
                yield (*path, key), "\n".join(before), "\n".join(after)
