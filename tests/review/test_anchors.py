"""Holds that a comment stays with its passage while the letter changes around it, and is never put elsewhere."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lettergen.problems import UsageError
from lettergen.render.reading import Block, Kind, to_text
from lettergen.review.anchors import find, nearest, quote_in
from lettergen.review.decisions import Quote


def block(kind: Kind, name: str, text: str, label: str = "") -> Block:
    """Return a piece of a letter."""
    return Block(kind, name, label, text)


LETTER = (
    block("salutation", "", "Dear President Costa,"),
    block(
        "opening", "", "The summit of 4 April is near.[^teu-21] It is “historic”, they say – for the Union’s trade."
    ),
    block(
        "concern",
        "media",
        "They rank between 120th and 175th.[^rsf-2024] *Kloop* was closed.",
        "Media are silenced.",
    ),
    block("concern", "courts", "In Kazakhstan officials counted 238 dead. In Tajikistan nobody counted."),
    block("demand", "speak", "Speak of human rights at the summit.", "1."),
    block("demand", "insist", "Insist on human rights in every agreement.", "2."),
    block("note", "1", "Treaty on European Union, *Article 21*, <https://eur-lex.europa.eu/x>.", "1"),
)


@pytest.mark.parametrize(
    ("passage", "exact", "where"),
    [
        ("The summit of 4 April", "The summit of 4 April", ("opening", "")),
        ("The summit\n   of\u00a04 April\n", "The summit of 4 April", ("opening", "")),
        ("near. It is", "near. It is", ("opening", "")),
        ("near.[1] It is", "near. It is", ("opening", "")),
        ("near.[^teu-21] It is", "near. It is", ("opening", "")),
        ('"historic", they say - for the Union\'s', "“historic”, they say – for the Union’s", ("opening", "")),
        ("Kloop was", "Kloop* was", ("concern", "media")),
        ("*Kloop* was", "Kloop* was", ("concern", "media")),
        ("silenced. They rank", "silenced. They rank", ("concern", "media")),
        ("Media are silenced.", "Media are silenced.", ("concern", "media")),
        ("was closed. In Kazakhstan", "was closed. In Kazakhstan", ("concern", "media")),
        ("Union, Article 21", "Union, *Article 21", ("note", "1")),
    ],
)
def test_quoting(passage: str, exact: str, where: tuple[str, str]) -> None:
    """What somebody copied, however it was wrapped and typed, is found as it stands in the letter."""
    quote = quote_in(LETTER, passage)
    assert quote.exact == exact.replace("*", "")
    assert find(quote, LETTER) == where


def test_around() -> None:
    """Some words before and behind are kept with the passage."""
    assert quote_in(LETTER, "238 dead") == Quote(
        "238 dead", "sed. In Kazakhstan officials counted", ". In Tajikistan nobody counted. Speak"
    )
    assert quote_in(LETTER, "Dear President").prefix == ""


@pytest.mark.parametrize("passage", ["the treaty of Rome", "", "  \n", "[1]", "*"])
def test_not_in_the_letter(passage: str) -> None:
    """What the letter does not say cannot be commented on."""
    with pytest.raises(UsageError, match="does not say"):
        quote_in(LETTER, passage)


def test_several_times() -> None:
    """Words that stand several times are not guessed, unless what is around them is known."""
    with pytest.raises(UsageError, match="2 times"):
        quote_in(LETTER, "human rights")
    quote = quote_in(LETTER, "human rights", ("2.  Insist\non ", " in every agreement."))
    assert quote.prefix.endswith("Insist on")
    assert find(quote, LETTER) == ("demand", "insist")


def test_twice_in_one_paragraph() -> None:
    """The second of two is the second, in the letter and where it is shown."""
    text = "Journalists and activists, journalists and lawyers."
    quote = quote_in([block("opening", "", text)], "and", (text[:38], text[41:]))
    assert (quote.prefix, quote.suffix) == ("rnalists and activists, journalists", "lawyers.")
    places = [(12, 15), (39, 42)]
    assert nearest(quote, text, places) == (39, 42)
    first = quote_in([block("opening", "", text)], "and", ("Journalists ", " activists"))
    assert nearest(first, text, places) == (12, 15)


def test_the_words_around_decide() -> None:
    """Of two equal passages the one with the same neighbours is meant, in whatever order they stand now."""
    quote = quote_in(LETTER, "human rights", ("Insist on ", " in every agreement."))
    swapped = (*LETTER[:4], LETTER[5], LETTER[4], *LETTER[6:])
    assert find(quote, swapped) == ("demand", "insist")
    assert find(quote, [replace(each, text=f"Here: {each.text}") for each in LETTER]) == ("demand", "insist")


def test_edits_around() -> None:
    """New words, another order, other numbers of notes and other marks leave a comment where it is."""
    quote = quote_in(LETTER, "officials counted 238 dead")
    edited = tuple(
        replace(
            each,
            text=each.text.replace("[^rsf-2024]", "[^new][^rsf-2024]").replace("238 dead", "238[^hrw] dead"),
            label="9.",
        )
        for each in reversed((block("opening", "2", "A new paragraph."), *LETTER))
    )
    assert find(quote, edited) == ("concern", "courts")


def test_detached() -> None:
    """When a word of the passage changes, the comment is at no place, and comes back with the word."""
    quote = quote_in(LETTER, "counted 238 dead")
    edited = [replace(each, text=each.text.replace("238", "241")) for each in LETTER]
    assert find(quote, edited) is None
    assert find(quote, LETTER) == ("concern", "courts")


def test_labels_with_numbers() -> None:
    """The number of a demand is not quoted, for it changes with all that stands before it."""
    assert quote_in(LETTER, "Speak of").prefix.endswith("nobody counted.")


PLACES = st.sampled_from([(each.kind, each.id) for each in LETTER])
PLAIN: dict[tuple[str, str], str] = {
    (each.kind, each.id): re.sub(r"\[\^[^\]]+\]", "", each.text) for each in LETTER
}


@given(PLACES, st.data())
def test_any_passage(where: tuple[str, str], data: st.DataObject) -> None:
    """Any passage of any block is found there again, however it is wrapped and whatever its marks look like."""
    before, passage, after = piece(where, data)
    typed = passage.translate(str.maketrans("“”’–", '""\'-')).replace(
        " ", data.draw(st.sampled_from([" ", "\n  "]))
    )
    assert find(quote_in(LETTER, typed, (before, after)), LETTER) == where


@given(PLACES, st.data())
def test_any_passage_as_it_is_shown(where: tuple[str, str], data: st.DataObject) -> None:
    """Whatever of a block is copied from the page that show prints, numbers of notes and all, is found."""
    only = tuple(each for each in LETTER if (each.kind, each.id) in {where, ("note", "1")})
    shown = [line for line in to_text(only, data.draw(st.integers(20, 90))).splitlines() if line.strip()]
    line = data.draw(st.sampled_from(shown))
    passage = re.sub(r"^\s*\[?\d+[.\]]\s*", "", line.strip())
    assume(re.search(r"\w", passage))
    try:
        quote = quote_in(only, passage)
    except UsageError as error:
        assert str(error).endswith(" times.")  # noqa: PT017 - a short last line may stand in others, too
    else:
        assert find(quote, only) is not None


@given(PLACES, st.data(), st.text("ab ’“[*", max_size=40))
def test_any_edit_elsewhere(where: tuple[str, str], data: st.DataObject, added: str) -> None:
    """Whatever is written into other blocks, in whatever order, a long enough passage keeps its block."""
    before, passage, after = piece(where, data, least=20)
    quote = quote_in(LETTER, passage, (before, after))
    edited = [
        each if (each.kind, each.id) == where else replace(each, text=f"{added} {each.text}") for each in LETTER
    ]
    assert find(quote, data.draw(st.permutations(edited))) == where


@given(PLACES, st.data())
def test_any_word_gone(where: tuple[str, str], data: st.DataObject) -> None:
    """Without its passage a comment is detached; it never moves to other words."""
    before, passage, after = piece(where, data, least=20)
    quote = quote_in(LETTER, passage, (before, after))
    rest = [replace(each, text="Gone.") if (each.kind, each.id) == where else each for each in LETTER]
    assert find(quote, rest) is None


def piece(where: tuple[str, str], data: st.DataObject, least: int = 1) -> tuple[str, str, str]:
    """Return all before a part of a block that says something, the part, and all behind it."""
    text = PLAIN[where]
    start = data.draw(st.integers(0, len(text) - least))
    end = data.draw(st.integers(start + least, len(text)))
    assume(re.search(r"\w", text[start:end]))
    places = list(PLAIN)
    at = places.index(where)
    ahead, behind = (" ".join(PLAIN[place] for place in part) for part in (places[:at], places[at + 1 :]))
    return f"{ahead} {text[:start]}", text[start:end], f"{text[end:]} {behind}"
