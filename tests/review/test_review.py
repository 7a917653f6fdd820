"""Holds what a campaign under review knows: its letters, what was approved of each, and how they are called."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from lettergen.problems import FindingsError, UsageError
from lettergen.review import deciding
from lettergen.review.review import load_review
from lettergen.review.snapshot import SNAPSHOTS
from review.office import ANN, BO, SUMMIT, voice
from workspace.sample import LETTER

if TYPE_CHECKING:
    from lettergen.review.review import Review
    from workspace.sample import Sample

COSTA = "costa.en"


def opened(sample: Sample) -> Review:
    """Return the sample campaign as it is now."""
    return load_review(sample.root, SUMMIT)


def test_loaded(sample: Sample) -> None:
    """All letters are there in the campaign's order, without decisions, and without rules that nobody wrote."""
    review = opened(sample)
    assert list(review.snapshots) == ["costa.en", "von-der-leyen.en"]
    assert (review.rules, review.history.decisions, review.gone) == (None, (), ())
    assert not (review.folder / "decisions.jsonl").exists()


def test_mistakes(sample: Sample) -> None:
    """A campaign with mistakes has no letters to decide about."""
    sample.plant(LETTER, 'layout = "din5008-b"', 'layout = "a5"')
    with pytest.raises(FindingsError):
        opened(sample)


def test_rules(sample: Sample) -> None:
    """[review] is read, with one approval where it says nothing."""
    sample.plant(LETTER, '[[concern]]\nid = "civic-space"', '[review]\n\n[[concern]]\nid = "civic-space"')
    rules = opened(sample).rules
    assert rules is not None
    assert (rules.approvals, rules.roles, rules.people) == (1, (), 1)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("approvals = ¶0", "LG111"),
        ("approvals = ¶true", "LG111"),
        ('approvals = ¶"2"', "LG111"),
        ('roles = ¶"facts"', "LG105"),
        ('roles = [¶"The facts"]', "LG108"),
        ("¶aprovals = 2", "LG104"),
        ('roles = ["facts", "director", ¶"facts"]', "LG705"),
    ],
)
def test_mistakes_in_the_rules(sample: Sample, written: str, code: str) -> None:
    """What cannot be asked for is a finding at its place."""
    place = sample.plant(
        LETTER, '[[concern]]\nid = "civic-space"', f'[review]\n{written}\n\n[[concern]]\nid = "civic-space"'
    )
    assert [(found["code"], (found["line"], found["column"])) for found in sample.findings()] == [(code, place)]


def test_last_approved(sample: Sample) -> None:
    """The text that was approved last is there to be compared with, unless it was taken back or not kept."""
    first = opened(sample)
    assert (first.last_approval(COSTA), first.last_approved(COSTA)) == (None, None)
    (made,) = deciding.approve(first, [COSTA], voice(ANN))
    sample.plant(LETTER, "700 organisations", "701 organisations")
    second = opened(sample)
    assert (second.last_approval(COSTA), second.last_approved(COSTA)) == (made, first.snapshots[COSTA])
    assert second.text_called(made.text[:8]) == first.snapshots[COSTA]
    assert second.text_called("0000") is None
    (later,) = deciding.approve(second, [COSTA], voice(BO, minutes=1))
    assert opened(sample).last_approved(COSTA) == second.snapshots[COSTA]
    deciding.withdraw(opened(sample), later.hash, voice(BO, minutes=2))
    assert opened(sample).last_approval(COSTA) == made
    (first.folder / SNAPSHOTS / f"{made.text}.json").unlink()
    assert (opened(sample).last_approval(COSTA), opened(sample).last_approved(COSTA)) == (made, None)


def test_gone(sample: Sample) -> None:
    """Decisions about letters that the campaign does not write now are told, and come back with them."""
    deciding.approve(opened(sample), [COSTA, "von-der-leyen.en"], voice(ANN))
    sample.plant(LETTER, 'recipients = ["costa", "von-der-leyen"]', 'recipients = ["von-der-leyen"]')
    review = opened(sample)
    assert review.gone == (COSTA,)
    assert [decision.letter for decision in review.about(COSTA)] == [COSTA]
    assert review.state("von-der-leyen.en").standing == "approved"


def test_chosen(sample: Sample) -> None:
    """Letters are called by their ids or their recipients', each once, in the campaign's order."""
    review = opened(sample)
    both = ("costa.en", "von-der-leyen.en")
    assert review.chosen(["von-der-leyen", "costa.en", "costa"]) == both
    assert review.chosen([]) == both
    for name, way_out in {
        "kosta": "Did you mean “costa”?",
        "costa.fr": "The letter to costa is costa.en; costa.fr needs --language fr.",
        "xyz": "It has costa.en, von-der-leyen.en.",
    }.items():
        with pytest.raises(UsageError) as refused:
            review.chosen([name])
        assert (str(refused.value), refused.value.help) == (f"This campaign has no letter “{name}”.", way_out)


def test_another_layout_is_another_text(sample: Sample) -> None:
    """A letter in another layout has to be approved in that layout."""
    in_another = load_review(sample.root, SUMMIT, layout="us-no10")
    deciding.approve(in_another, [COSTA], voice(ANN))
    assert opened(sample).state(COSTA).standing == "lapsed"
    assert load_review(sample.root, SUMMIT, layout="us-no10").state(COSTA).standing == "approved"


def test_languages(four_languages: Sample) -> None:
    """A letter in another language is another letter."""
    in_french = load_review(four_languages.root, SUMMIT, language="fr")
    deciding.approve(in_french, ["costa.fr"], voice(ANN))
    assert load_review(four_languages.root, SUMMIT, language="fr").state("costa.fr").standing == "approved"
    assert opened(four_languages).state("costa.en").standing == "open"


def test_what_does_not_lapse(sample: Sample) -> None:
    """What no recipient would notice ends no approval: comments in the files, breaks of lines, others' data."""
    deciding.approve(opened(sample), [COSTA], voice(ANN))
    sample.plant(LETTER, "\n[letter]\n", "\n# Read this twice.\n[letter]\n")
    sample.plant("recipients.toml", 'family_name = "von der Leyen"', 'family_name = "Von der Leyen"')
    assert [found.standing for found in opened(sample).states()] == ["approved", "open"]


def test_every_line_is_json(sample: Sample) -> None:
    """The file is JSON Lines: one object a line, which anybody can read."""
    deciding.approve(opened(sample), [COSTA, "von-der-leyen.en"], voice(ANN), "Ja – “gut”.")
    text = (opened(sample).folder / "decisions.jsonl").read_text("utf-8")
    assert [json.loads(line)["words"] for line in text.splitlines()] == ["Ja – “gut”."] * 2
    assert "“gut”" in text
