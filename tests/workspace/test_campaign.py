"""Holds what a summit's folder becomes: a campaign in the order of its files, or parts that can be compared."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from lettergen.problems import UsageError
from lettergen.workspace.campaign import CampaignParts, load_campaign
from lettergen.workspace.recipients import load_recipients
from workspace.sample import LETTER, RECIPIENTS, SUMMIT

if TYPE_CHECKING:
    from workspace.sample import Sample


def load(sample: Sample) -> CampaignParts:
    """Load the sample campaign as it is now."""
    return load_campaign(sample.root, SUMMIT, load_recipients(sample.root))


def test_a_campaign(sample: Sample) -> None:
    """Records come in the order of the file; the recipients are those of the letter, in its order."""
    sample.plant(LETTER, '"costa", "von-der-leyen"]', '"von-der-leyen", "costa"]')
    sample.plant(RECIPIENTS, "[costa]", "[someone-else]\nx = 1\n[costa]")
    parts = load(sample)
    campaign = parts.campaign_in(parts.language)
    ids = [
        line.split('"')[1] for line in (sample.root / LETTER).read_text("utf-8").split("\n") if line[:5] == "id = "
    ]
    found = [c.id for c in campaign.concerns] + [d.id for d in campaign.demands]
    found += [s.id for s in campaign.sources] + [s.id for s in campaign.signatories]
    assert found == ids
    assert list(campaign.recipients) == ["von-der-leyen", "costa"]
    assert (campaign.summit_id, campaign.letterhead.acronym) == (SUMMIT, "IPHR")
    assert (parts.problems, parts.unread) == ((), frozenset())


def test_what_could_not_be_read_is_empty(sample: Sample) -> None:
    """Records with mistakes keep what can be compared; what cannot is empty, and known to be unread."""
    sample.plant(LETTER, "date = 2025-04-01", 'date = "soon"')
    sample.plant(LETTER, 'answers = ["impunity-2022"]', 'answers = ["impunity-2022", "Not An Id", 5]')
    sample.plant(LETTER, 'letterhead = "iphr"', 'letterhead = "none"')
    parts = load(sample)
    assert (parts.letter_date, parts.summit_date) == (None, dt.date(2025, 4, 4))
    assert [d.answers for d in parts.demands if d.id == "accountability-2022"] == [("impunity-2022", "Not An Id")]
    assert (parts.letterhead, parts.letterhead_document) == (None, None)
    index = [demand.id for demand in parts.demands].index("accountability-2022")
    assert parts.unread == {("demand", index, "answers", 2)}
    assert parts.is_unread("demand", "answers")
    assert not parts.is_unread("demand", "text")
    with pytest.raises(ValueError, match="letterhead"):
        parts.campaign_in(parts.language)


def test_an_unknown_summit(sample: Sample) -> None:
    """It is an error of use, not a finding."""
    with pytest.raises(UsageError):
        load_campaign(sample.root, "samarkand-2052", load_recipients(sample.root))
