"""What became of each block between two readings of a letter."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lettergen.model import Ask, CoSigner, CoSigners, Letter, Letterhead, Note, Passage, SignatureBlock
from lettergen.prepare import prepare
from lettergen.render.reading import Block
from lettergen.review.redline import redline, sheet_changes
from lettergen.review.snapshot import take
from lettergen.workspace.signature_images import SignatureImage
from review.marks import marked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from lettergen.prepare import Prepared
    from lettergen.review.snapshot import Snapshot
    from lettergen.workspace.head import Head
    from workspace.sample import Sample

SUMMIT = "samarkand-2025"
TEXTS = (
    "The CIVICUS Monitor has downgraded Kazakhstan.",
    "The CIVICUS Monitor has downgraded Kyrgyzstan.",
    "US development aid was paused in January.[^us]",
    "The grant was ended in March.",
    "",
)

LETTER = (
    Block("address", "", "", "Mr António Costa\nPresident of the European Council"),
    Block("opening", "", "", "On 4 April 2025 you will represent the Union."),
    Block("opening", "2", "", "We ask you to give its people a place there."),
    Block(
        "concern", "civic-space", "Civic space is closing.", "The Monitor has downgraded five countries.[^monitor]"
    ),
    Block("concern", "civic-space/2", "", "It is the lowest grade."),
    Block("concern", "media", "Media are silenced.", "Kloop was closed.[^kloop]"),
    Block("concern", "critics", "Critics are jailed.", "They are tried on elastic charges.[^critics]"),
    Block("demand", "reaffirm", "1.", "Reaffirm that rights stand at the centre."),
    Block("demand", "speak", "2.", "State that you stand by civil society."),
    Block("demand", "safety", "3.", "Obtain assurance that they may work in safety."),
    Block("note", "1", "1", "CIVICUS Monitor, *Five countries*, 2023, <https://example.org/monitor>."),
    Block("note", "2", "2", "24.kg, *Kloop closed*, 2024, <https://example.org/kloop>."),
    Block("note", "3", "3", "CIVICUS Monitor, *Five countries*, see note 1."),
)


def named(blocks: Sequence[Block], kind: str) -> list[Block]:
    """Return the blocks of a kind."""
    return [block for block in blocks if block.kind == kind]


def told(before: Sequence[Block], after: Sequence[Block]) -> list[tuple[str, ...]]:
    """Return what is not the same: status, kind, id, and the text with its marks."""
    return [
        (change.status, change.kind, change.id, marked(change.parts))
        for change in redline(before, after)
        if change.status != "same"
    ]


def numbered(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return blocks with the numbers that demands and notes have in their order."""
    demands, notes = count(1), count(1)
    return tuple(
        replace(block, label=f"{next(demands)}.")
        if block.kind == "demand"
        else replace(block, id=(number := str(next(notes))), label=number)
        if block.kind == "note"
        else block
        for block in blocks
    )


def test_no_change() -> None:
    """A letter against itself is the same, block by block."""
    changes = redline(LETTER, LETTER)
    assert [(c.kind, c.id, c.labels, c.status, c.after) for c in changes] == [
        (b.kind, b.id, (b.label, b.label), "same", b.text) for b in LETTER
    ]


def test_a_paragraph_at_the_front() -> None:
    """A new first paragraph is new; those behind it are what they were, whatever their numbers are now."""
    after = [
        *LETTER[:1],
        Block("opening", "", "", "Thank you."),
        replace(LETTER[1], id="2"),
        replace(LETTER[2], id="3"),
        *LETTER[3:],
    ]
    assert told(LETTER, after) == [("added", "opening", "", "{+Thank you.+}")]
    assert told(after, LETTER) == [("removed", "opening", "", "[-Thank you.-]")]


def test_a_paragraph_split_and_changed() -> None:
    """A paragraph keeps its partner when both changed a little and one came between."""
    one, two = "The law was signed in April and is in force.", "Deputies proposed another in February."
    before = [Block("concern", "law", "Laws spread.", one), Block("concern", "law/2", "", two)]
    after = [
        Block("concern", "law", "Laws spread.", "The law was signed in May and is in force."),
        Block("concern", "law/2", "", "Nobody was asked."),
        Block("concern", "law/3", "", "Deputies proposed a third in February."),
    ]
    assert told(before, after) == [
        ("changed", "concern", "law", "The law was signed in [-April-]{+May+} and is in force."),
        ("added", "concern", "law/2", "{+Nobody was asked.+}"),
        ("changed", "concern", "law/3", "Deputies proposed [-another-]{+a third+} in February."),
    ]


def test_a_moved_concern() -> None:
    """A concern that stands elsewhere is moved: said once, and of that concern alone."""
    concerns = named(LETTER, "concern")
    after = [*LETTER[:3], concerns[3], *concerns[:3], *LETTER[7:]]
    assert told(LETTER, after) == [("moved", "concern", "critics", "They are tried on elastic charges.[^critics]")]


def test_a_moved_concern_of_three_paragraphs() -> None:
    """All paragraphs of a concern move together, and notes follow without a word."""
    third = Block("concern", "civic-space/3", "", "Nobody was asked.")
    before = (*LETTER[:5], third, *LETTER[5:])
    concerns, notes = named(before, "concern"), named(LETTER, "note")
    after = numbered([*LETTER[:3], *concerns[3:], *concerns[:3], *LETTER[7:10], notes[1], notes[0], notes[2]])
    after = (*after[:-1], replace(after[-1], text="CIVICUS Monitor, *Five countries*, see note 2."))
    assert {(status, kind, name) for status, kind, name, _ in told(before, after)} == {
        ("moved", "concern", "civic-space/3"),
        ("moved", "concern", "civic-space"),
        ("moved", "concern", "civic-space/2"),
    }


def test_paragraphs_that_changed_places() -> None:
    """One of two paragraphs that changed places is moved; neither is deleted and inserted."""
    after = [LETTER[0], replace(LETTER[2], id=""), replace(LETTER[1], id="2"), *LETTER[3:]]
    assert told(LETTER, after) == [("moved", "opening", "2", "On 4 April 2025 you will represent the Union.")]


def test_a_dropped_demand() -> None:
    """The demands behind a dropped one have other labels, and nothing else about them is told."""
    after = numbered([block for block in LETTER if block.id != "speak"])
    assert told(LETTER, after) == [("removed", "demand", "speak", "[-State that you stand by civil society.-]")]
    assert [c.labels for c in redline(LETTER, after) if c.kind == "demand"] == [
        ("1.", "1."),
        ("2.", None),
        ("3.", "2."),
    ]


def test_a_source_at_the_front() -> None:
    """A new note in front is new; the others keep their partners, and what refers to one of them is the same."""
    new = Block("note", "", "", "JURIST, *A law*, 2025, <https://example.org/law>.")
    notes = named(LETTER, "note")
    after = numbered(
        [*LETTER[:-3], new, *notes[:2], replace(notes[2], text=notes[2].text.replace("note 1", "note 2"))]
    )
    assert told(LETTER, after) == [("added", "note", "1", f"{{+{new.text}+}}")]


def test_a_reference_to_another_note() -> None:
    """A note that refers to another one than before has changed."""
    after = (*LETTER[:-1], replace(LETTER[-1], text="CIVICUS Monitor, *Five countries*, see note 2."))
    assert told(LETTER, after) == [
        ("changed", "note", "3", "CIVICUS Monitor, *Five countries*, see note [-1-]{+2+}.")
    ]


def test_another_heading() -> None:
    """The run-in heading of a concern is part of what is read."""
    after = [replace(b, label="Media are closed.") if b.id == "media" else b for b in LETTER]
    (change,) = [change for change in redline(LETTER, after) if change.status != "same"]
    assert (change.id, change.status, change.labels) == (
        "media",
        "changed",
        ("Media are silenced.", "Media are closed."),
    )


def test_another_name() -> None:
    """A concern that has another id and the same words reads the same."""
    after = [replace(b, id="press") if b.id == "media" else b for b in LETTER]
    assert told(LETTER, after) == []


blocks = st.lists(
    st.builds(
        Block,
        st.sampled_from(["opening", "concern", "demand", "note", "closing"]),
        st.sampled_from(["", "1", "2", "3", "a", "b", "a/2", "a/3"]),
        st.sampled_from(["", "1", "2", "A title."]),
        st.sampled_from(TEXTS),
    ),
    max_size=9,
    unique_by=lambda block: (block.kind, block.id),
).map(lambda letter: sorted(letter, key=lambda block: block.kind == "note"))


@given(blocks, blocks)
def test_both_letters_can_be_taken_from_it(before: list[Block], after: list[Block]) -> None:
    """Without what was added a redline is the letter as it was, without what was removed as it is, in its order."""
    changes = redline(before, after)
    now = [(c.kind, c.id, c.labels[1], c.after) for c in changes if c.status != "removed"]
    was = [(c.kind, c.labels[0], c.before) for c in changes if c.status != "added"]
    assert now == [(b.kind, b.id, b.label, b.text) for b in after]
    assert Counter(was) == Counter((b.kind, b.label, b.text) for b in before)
    staying = [
        (c.kind, c.labels[0] or None, c.before) for c in changes if c.status in {"same", "changed", "removed"}
    ]
    order: Iterator[object] = iter([(b.kind, b.label or None, b.text) for b in before if b.kind != "note"])
    assert all(each in order for each in staying if each[0] != "note")


@given(blocks, blocks)
def test_what_differs_is_told(before: list[Block], after: list[Block]) -> None:
    """Letters that read differently are never all the same, and one against itself always is."""
    assert {change.status for change in redline(before, before)} <= {"same"}
    numberless = [
        [(b.kind, b.label if b.kind not in {"demand", "note"} else "", b.text) for b in letter if b.kind != "note"]
        for letter in (before, after)
    ]
    if numberless[0] != numberless[1]:
        assert any(change.status != "same" for change in redline(before, after))


CHANGED_HEADS: dict[str, dict[str, Any]] = {
    "logo": {"logo": "data:image/png;base64,AAAA"},
    "template": {"template": "<p>{{ letter.sender }}</p>"},
    "style": {"style": "body { color: red }"},
    "signatures": {"signatures": {"iphr": SignatureImage("data:,", "a" * 64)}},
}
CHANGED_LETTERHEADS: dict[str, Any] = {
    "name": "Another name",
    "acronym": "AN",
    "address": ("Another street 1", "1000 Brussels"),
    "country": "FR",
    "contact": ("another@example.org",),
    "logo": "logo.png",
    "logo_description": "A dove",
    "colour": "#123456",
}
CHANGED_LETTERS: dict[str, Any] = {
    "summit": "almaty-2031",
    "mode": "joint",
    "recipient": "somebody",
    "recipient_name": "Somebody Else",
    "language": "fr",
    "layout": "din5008-a",
    "specimen": False,
    "sender": "Another sender",
    "letterhead": "other",
    "return_line": "Another · line",
    "address": ("Somebody Else", "Rue Belliard 1"),
    "addressees": (("Somebody", "Else"),),
    "date": "2025-04-02",
    "date_in_words": "2 April 2025",
    "place_and_date": "Brussels, 2 April 2025",
    "our_reference": "IPHR/2025/1",
    "subject": "Another subject",
    "salutation": "Dear friend,",
    "opening": "Another opening.",
    "concerns_heading": "Another heading",
    "concerns": (Passage(id="one", title="One.", text="Another concern."),),
    "demands_heading": "Another heading",
    "demands_lead": "We ask:",
    "demands": (Ask(id="one", number=1, text="Another demand."),),
    "conclusion": "Another conclusion.",
    "closing": "Kind regards,",
    "signatories": (SignatureBlock(id="one", organisation="Another organisation"),),
    "co_signatories": CoSigners(
        named=(
            CoSigner(id="one", name="One", acronym=None, country=None, note=None, person=None, function=None),
        ),
        withheld=0,
        count=1,
    ),
    "enclosures": ("A report",),
    "cc": ("Somebody",),
    "notes": (
        Note(
            number=1, source="one", title="T", publisher="P", url="https://example.org/", date=None, accessed=None,
            repeats=None,
        ),
    ),
}  # fmt: skip


@pytest.fixture
def prepared(sample: Sample) -> Prepared:
    """Return the sample campaign in English."""
    return prepare(sample.root, SUMMIT)


def said(before: Snapshot, after: Snapshot) -> list[str]:
    """Return everything that is told of a change."""
    changed = [marked(change.parts) for change in redline(before.blocks, after.blocks) if change.status != "same"]
    return [*changed, *sheet_changes(before, after)]


def test_no_field_of_a_letter_changes_unsaid(prepared: Prepared) -> None:
    """Whatever changes in a letter or its letterhead, the hash is another one and something is told."""
    letter, head = prepared.letters[0], prepared.head
    assert CHANGED_LETTERS.keys() == Letter.model_fields.keys() - {"schema_version"}
    assert CHANGED_LETTERHEADS.keys() == Letterhead.model_fields.keys()
    now = take(letter, head)
    others = [
        *(take(letter.model_copy(update={k: _typed(letter, k, v)}), head) for k, v in CHANGED_LETTERS.items()),
        *(
            take(letter, replace(head, letterhead=head.letterhead.model_copy(update={k: v})))
            for k, v in CHANGED_LETTERHEADS.items()
        ),
        *(take(letter, replace(head, **fields)) for fields in CHANGED_HEADS.values()),
    ]
    assert len({now.hash, *(other.hash for other in others)}) == len(others) + 1
    assert all(said(now, other) and said(other, now) for other in others)
    assert said(now, now) == []


def _typed(letter: Letter, field: str, value: Any) -> Any:
    return type(letter.date).fromisoformat(value) if field == "date" else value


UNREAD = (
    "Something has changed that cannot be read here: a space that holds words together, or data that is attached "
    "to the PDF."
)
SHEETS: dict[str, tuple[Callable[[Letter, Head], Snapshot], tuple[str, ...]]] = {
    "layout": (
        lambda letter, head: take(letter.model_copy(update={"layout": "din5008-a"}), head),
        ("The layout is now din5008-a; it was din5008-b.",),
    ),
    "style": (
        lambda letter, head: take(letter, replace(head, style="p { color: red }")),
        ("The letterhead now has a style sheet (letterhead.css) of its own.",),
    ),
    "colour": (
        lambda letter, head: take(
            letter, replace(head, letterhead=head.letterhead.model_copy(update={"colour": "#ff0000"}))
        ),
        ("The letterhead’s details (letterhead.toml) have changed: its colour, name, address or contacts.",),
    ),
    "a space": (
        lambda letter, head: take(
            letter.model_copy(update={"subject": letter.subject.replace(" ", "\u00a0", 1)}), head
        ),
        (UNREAD,),
    ),
    "text": (lambda letter, head: take(letter.model_copy(update={"closing": "Kind regards,"}), head), ()),
}  # fmt: skip


@pytest.mark.parametrize("name", SHEETS)
def test_what_is_no_text(prepared: Prepared, name: str) -> None:
    """What changes the sheet and no word is told in a sentence; a change of words needs none."""
    changed, expected = SHEETS[name]
    letter = prepared.letters[0]
    assert sheet_changes(take(letter, prepared.head), changed(letter, prepared.head)) == expected


def test_a_style_that_changed_and_went(prepared: Prepared) -> None:
    """A file that is another one, and one that is gone, are told apart."""
    letter, head = prepared.letters[0], prepared.head
    one, two = (take(letter, replace(head, style=style)) for style in ("p { color: red }", "p { color: blue }"))
    assert sheet_changes(one, two) == ("The letterhead’s style sheet (letterhead.css) has changed.",)
    assert sheet_changes(one, take(letter, head)) == (
        "The letterhead no longer has a style sheet (letterhead.css) of its own.",
    )
