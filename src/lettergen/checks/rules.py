"""All rules, and running them over a campaign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lettergen.checks import (
    co_signatories,
    editions,
    forms,
    logo,
    postal,
    references,
    roles,
    signature_images,
    substance,
    templates,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lettergen.problems import Problem
    from lettergen.workspace.campaign import CampaignParts

RULES: tuple[Callable[[CampaignParts], Iterator[Problem]], ...] = (
    references.unknown_recipient,
    references.unknown_office,
    references.unknown_letterhead,
    references.unknown_concern,
    references.unknown_source,
    references.unknown_addressee,
    references.unknown_country,
    logo.missing_logo,
    logo.undescribed_logo,
    substance.demand_without_concern,
    substance.concern_without_demand,
    substance.letter_after_summit,
    substance.out_of_office,
    substance.source_published_later,
    substance.source_read_later,
    substance.source_read_before_published,
    substance.unused_source,
    substance.letter_without_demand,
    substance.recipient_named_twice,
    roles.role_named_twice,
    substance.term_ends_before_it_begins,
    templates.text_names,
    templates.head_template,
    templates.head_style,
    templates.never_filled_in,
    templates.call_inside_a_link,
    editions.missing_passage,
    editions.added_passage,
    editions.other_figures,
    editions.other_sources,
    editions.changed_original,
    editions.not_reviewed,
    editions.no_language,
    editions.function_not_translated,
    forms.unverified_forms,
    forms.name_in_other_script,
    forms.missing_title,
    forms.incomplete_forms,
    forms.unverified_address,
    forms.unknown_placeholder,
    forms.unused_forms,
    postal.missing_address,
    postal.implausible_postal_code,
    postal.unverified_layout,
    co_signatories.no_consent,
    co_signatories.not_in_every_language,
    co_signatories.joined_twice,
    co_signatories.withdrawn_before_consent,
    co_signatories.unknown_country,
    co_signatories.other_number_in_a_text,
    signature_images.image,
    signature_images.image_in_every_language,
)


def check(parts: CampaignParts) -> tuple[Problem, ...]:
    """Return everything that is wrong with a campaign: its files' own mistakes, then what the rules find.

    In the order of file, line and column, each place and code once.
    """
    found = [*parts.recipients.problems, *parts.problems]
    # A rule that stumbles over a table that could not be read only echoes that mistake.
    taken = {problem.where for problem in found}
    found.extend(problem for rule in RULES for problem in rule(parts) if problem.where not in taken)
    return tuple(sorted(dict.fromkeys(found), key=_position))


def _position(problem: Problem) -> tuple[str, int, int, str]:
    return problem.where.file, problem.where.line or 0, problem.where.column or 0, problem.code
