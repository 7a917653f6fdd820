"""Holds what counts as a change of words, and that an edition changes the words and nothing else."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lettergen.editions import WORDS, Edition, edition_hash, in_language, original_hash
from lettergen.model import (
    EditionConcern,
    EditionDemand,
    EditionHead,
    EditionHeader,
    EditionSignatory,
    EditionSummit,
    OwnOffice,
)
from lettergen.workspace.campaign import CampaignParts, load_campaign
from lettergen.workspace.recipients import load_recipients
from workspace.sample import SUMMIT

if TYPE_CHECKING:
    from random import Random

    from lettergen.model import Language
    from workspace.sample import Sample

WORD = st.text("abcé—’ 0", min_size=1).filter(str.strip)
PARAGRAPHS = st.lists(WORD, min_size=1, max_size=4)


def edition() -> Edition:
    """Return a small edition."""
    return Edition(
        language="fr",
        head=EditionHead(translated_by="T"),
        summit=EditionSummit(name="N", place="P", host="H"),
        header=EditionHeader(
            place="P",
            subject="S",
            opening="O",
            concerns_heading="C",
            demands_heading="D",
            demands_lead="L",
            conclusion="E",
            enclosures=("one", "two"),
        ),
        concerns=(EditionConcern(id="a", title="A", text="One.\n\nTwo."),),
        demands=(EditionDemand(id="d", text="Do."),),
        signatories=(EditionSignatory(id="s", function="F"),),
    )


def parts_of(sample: Sample) -> CampaignParts:
    """Return the sample as it is read."""
    return load_campaign(sample.root, SUMMIT, load_recipients(sample.root))


@given(PARAGRAPHS, st.randoms(use_true_random=False))
def test_line_breaks_are_not_words(paragraphs: list[str], random: Random) -> None:
    """However the lines of a text are broken, and however many empty ones part its paragraphs, its hash is one."""

    def broken(text: str) -> str:
        return re.sub(" ", lambda _: random.choice((" ", "\n", "  \n ")), text.strip())

    plain = EditionDemand(id="d", text="\n\n".join(text.strip() for text in paragraphs))
    other = (
        random.choice(("\n \n", "\n\n\n\n", "\n\n \n")).join(broken(re.sub(" +", " ", text)) for text in paragraphs)
        + "\n"
    )
    assert original_hash("demand", EditionDemand(id="d", text=other)) == original_hash("demand", plain)


@given(WORD, st.integers(0, 20), st.sampled_from("x.1É"))
def test_any_other_character_is_another_text(text: str, place: int, sign: str) -> None:
    """One character more is found; so is a paragraph parted in two."""
    before = original_hash("demand", EditionDemand(id="d", text=text))
    changed = text[:place] + sign + text[place:]
    assert original_hash("demand", EditionDemand(id="d", text=changed)) != before
    assert original_hash("demand", EditionDemand(id="d", text=f"{text}\n\n{sign}")) != original_hash(
        "demand", EditionDemand(id="d", text=f"{text}\n{sign}")
    )


def test_the_hash_is_of_the_words_alone() -> None:
    """An id, and the hash that an edition keeps, are no words; each word is counted, and where it stands."""
    concern = EditionConcern(id="a", title="A", text="B")
    same = concern.model_copy(update={"id": "b", "original": "0"})
    assert original_hash("concern", same) == original_hash("concern", concern)
    swapped = concern.model_copy(update={"title": "B", "text": "A"})
    assert original_hash("concern", swapped) != original_hash("concern", concern)
    assert re.fullmatch("[0-9a-f]{12}", original_hash("concern", concern))


def test_every_word_of_an_edition_is_signed_off() -> None:
    """The hash that a reviewer signs changes with each word of each table, and with nothing of its head."""
    made = edition()
    tables = {
        "summit": ("summit", made.summit),
        "letter": ("header", made.header),
        "concern": ("concerns", made.concerns[0]),
        "demand": ("demands", made.demands[0]),
        "signatory": ("signatories", made.signatories[0]),
    }
    hashes = {edition_hash(made)}
    for table, (field, record) in tables.items():
        for key in WORDS[table]:
            other = ("x",) if key in {"enclosures", "cc"} else "x"
            changed = record.model_copy(update={key: other})
            changes: dict[str, Any] = {field: (changed,) if field.endswith("s") else changed}
            hashes.add(edition_hash(replace(made, **changes)))
    assert len(hashes) == 1 + sum(map(len, WORDS.values()))
    head = EditionHead(translated_by="somebody else")
    assert edition_hash(replace(made, head=head)) == edition_hash(made)


@pytest.mark.parametrize("language", ["fr", "de", "ru"])
def test_an_edition_changes_the_words_and_nothing_else(four_languages: Sample, language: Language) -> None:
    """Every word of the edition, the language, the own forms; what is no word stays as letter.toml has it."""
    parts = parts_of(four_languages)
    words = next(found.edition for found in parts.editions if found.edition.language == language)
    original = parts.campaign_in("en")
    own = {"mayor": OwnOffice()}
    made = in_language(original, words, own)
    assert (made.language, made.own_forms) == (language, own)
    for table, before, after, said in (
        ("summit", [original.summit], [made.summit], [words.summit]),
        ("letter", [original.header], [made.header], [words.header]),
        ("concern", original.concerns, made.concerns, words.concerns),
        ("demand", original.demands, made.demands, words.demands),
    ):
        assert len(before) == len(after) == len(said)
        for old, new, word in zip(before, after, said, strict=True):
            expected = {key: text for key in WORDS[table] if (text := getattr(word, key))}
            assert new == old.model_copy(update=expected)
            assert expected
    for unchanged in ("summit_id", "letterhead", "sources", "recipients", "signatories"):
        assert getattr(made, unchanged) == getattr(original, unchanged)


def test_passages_keep_the_originals_order(four_languages: Sample) -> None:
    """A translation may have its passages in another order; the letter has the original's."""
    parts = parts_of(four_languages)
    french = parts.editions[0].edition
    turned = replace(french, concerns=french.concerns[::-1], demands=french.demands[::-1])
    original = parts.campaign_in("en")
    assert in_language(original, turned, {}) == in_language(original, french, {})


def test_a_signatory_of_whom_the_edition_says_nothing(four_languages: Sample) -> None:
    """Function and organisation are translated where the edition has them, and stay where it does not."""
    parts = parts_of(four_languages)
    french = parts.editions[0].edition
    (before,) = parts.signatories
    assert in_language(parts.campaign_in("en"), french, {}).signatories == (before,)
    signed = replace(french, signatories=(EditionSignatory(id="iphr", function="Directrice"),))
    (after,) = in_language(parts.campaign_in("en"), signed, {}).signatories
    assert after == before.model_copy(update={"function": "Directrice"})
