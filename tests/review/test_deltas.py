"""The letters of a campaign against each other."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from lettergen.prepare import prepare
from lettergen.render.reading import Block
from lettergen.review.deltas import Place, deltas
from lettergen.review.snapshot import Snapshot, take
from review.marks import marked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lettergen.review.deltas import Variant
    from workspace.sample import Sample

SUMMIT = "samarkand-2025"


def letter(name: str, lead: str, *more: Block) -> Snapshot:
    """Return a letter in English to somebody."""
    blocks = (
        Block("address", "", "", f"{name}\nMember of Parliament"),
        Block("subject", "", "", "Civil society in Samarkand"),
        Block("salutation", "", "", f"Dear {name},"),
        Block("opening", "", "", "The summit is near."),
        Block("demands-lead", "", "", f"{lead}, we ask you:"),
        Block("demand", "speak", "1.", "Speak of it."),
        *more,
        Block("closing", "", "", "Yours sincerely,"),
    )
    return Snapshot(f"{name.lower()}.en", blocks, {})


def told(variant: Variant) -> list[tuple[str, str, str]]:
    """Return the prose of a variant: status, kind, text with marks."""
    return [(change.status, change.kind, marked(change.parts)) for change in variant.changes]


def test_what_letters_share_stands_once() -> None:
    """The body has every block that all letters share, in order, and a place for each that differs."""
    more = Block("demand", "fund", "2.", "Pay for it.")
    (group,) = deltas([letter("Ana", "Madam"), letter("Bert", "Sir", more), letter("Cleo", "Madam")])
    first = letter("Ana", "Madam").blocks
    assert group.body == (
        Place("address", "", "", "Ana\nMember of Parliament", in_all=True),
        first[1],
        Place("salutation", "", "", "Dear Ana,", in_all=True),
        first[3],
        Place("demands-lead", "", "", "Madam, we ask you:", in_all=True),
        first[5],
        Place("demand", "fund", "2.", "Pay for it.", in_all=False),
        first[6],
    )
    assert (group.language, group.first, group.size) == ("en", "ana.en", 3)


def test_what_each_has_of_its_own() -> None:
    """The first letter's prose reads as it is, the others' as a redline; the same prose is told once."""
    more = Block("demand", "fund", "2.", "Pay for it.")
    (group,) = deltas([letter("Ana", "Madam"), letter("Bert", "Sir", more), letter("Cleo", "Madam")])
    one, two = group.variants
    assert told(one) == [("same", "demands-lead", "Madam, we ask you:")]
    assert told(two) == [
        ("changed", "demands-lead", "[-Madam-]{+Sir+}, we ask you:"),
        ("added", "demand", "{+Pay for it.+}"),
    ]
    assert [[(own.letter, [form.text for form in own.forms]) for own in v.letters] for v in (one, two)] == [
        [
            ("ana.en", ["Ana\nMember of Parliament", "Dear Ana,"]),
            ("cleo.en", ["Cleo\nMember of Parliament", "Dear Cleo,"]),
        ],
        [("bert.en", ["Bert\nMember of Parliament", "Dear Bert,"])],
    ]


def test_what_a_letter_lacks() -> None:
    """A block that the first letter has and another lacks is said for that other one."""
    more = Block("demand", "fund", "2.", "Pay for it.")
    (group,) = deltas([letter("Ana", "Madam", more), letter("Bert", "Madam")])
    assert [told(variant) for variant in group.variants] == [
        [("same", "demand", "Pay for it.")],
        [("removed", "demand", "[-Pay for it.-]")],
    ]
    assert Place("demand", "fund", "2.", "Pay for it.", in_all=False) in group.body


def test_the_sample_in_four_languages(four_languages: Sample) -> None:
    """Letters are compared in their language; they differ in how they address and in one office's demand."""
    prepared = [prepare(four_languages.root, SUMMIT, language=language) for language in ("en", "fr")]
    groups = deltas(take(each, p.head) for p in prepared for each in p.letters)
    assert [(group.language, group.size, len(group.variants)) for group in groups] == [("en", 2, 2), ("fr", 2, 2)]
    places = [(place.kind, place.id) for place in groups[0].body if isinstance(place, Place)]
    assert places == [
        ("address", ""),
        ("salutation", ""),
        ("demands-lead", ""),
        ("demand", "assistance"),
    ]
    assert [(c.status, c.kind, c.id) for c in groups[1].variants[1].changes] == [("added", "demand", "assistance")]


def test_one_letter_alone() -> None:
    """A letter that is the only one of its language is all body."""
    alone = letter("Ana", "Madam")
    (group,) = deltas([alone])
    assert group.body == alone.blocks
    assert [(told(v), [own.forms for own in v.letters]) for v in group.variants] == [([], [()])]
    assert deltas([]) == ()


names = st.sampled_from(["Ana", "Bert", "Cleo"])
extras = st.lists(
    st.builds(
        lambda kind, name, words: Block(kind, name, "", f"The {kind} {name} {words}."),
        st.sampled_from(["concern", "demand"]),
        st.sampled_from(["a", "b"]),
        st.sampled_from(["in few words", "said otherwise, and at more length", "a third time"]),
    ),
    max_size=3,
    unique_by=lambda block: (block.kind, block.id),
)


@given(st.lists(st.tuples(names, names, extras), min_size=1, max_size=5))
def test_each_letter_can_be_read_from_it(written: list[tuple[str, str, list[Block]]]) -> None:
    """The body and a letter's own forms and prose together have every text of that letter, and none is lost."""
    letters = [
        replace(letter(name, lead, *more), letter=f"{number}.en")
        for number, (name, lead, more) in enumerate(written)
    ]
    (group,) = deltas(letters)
    shared = [piece.text for piece in group.body if isinstance(piece, Block)]
    own = {
        forms.letter: [form.text for form in forms.forms] + _read(group.variants[0], variant)
        for variant in group.variants
        for forms in variant.letters
    }
    assert list(own) == sorted(
        own, key=lambda name: ([name in _letters(v) for v in group.variants].index(True), name)
    )
    for each in letters:
        assert sorted(shared + own[each.letter]) == sorted(block.text for block in each.blocks)


def _letters(variant: Variant) -> Sequence[str]:
    return [forms.letter for forms in variant.letters]


def _read(first: Variant, variant: Variant) -> list[str]:
    """Return the prose that a variant has beside the body: the first one's, as it differs."""
    if variant is first:
        return [change.after for change in first.changes]
    by_name = {(change.kind, change.id): change for change in variant.changes}
    kept = [change.after for change in first.changes if (change.kind, change.id) not in by_name]
    return kept + [change.after for change in by_name.values() if change.status != "removed"]
