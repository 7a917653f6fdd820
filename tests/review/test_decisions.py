"""Holds that a decision is one line, the same for everybody, and that no character of it can be changed unseen."""

from __future__ import annotations

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lettergen.review.decisions import AlteredError, Quote, UnreadableError, from_line
from review.office import ANN, BO, TEXT, decided

COMMENT = decided(
    ANN,
    "comment",
    knew=[decided()],
    role="facts",
    words="Sure? “Да”\nReally?",
    quote=Quote("the words", "be", "af"),
)


def test_line() -> None:
    """The line is JSON with sorted keys and no spaces, and its hash is that of the rest of it."""
    values = json.loads(COMMENT.to_line())
    sealed = {key: value for key, value in values.items() if key != "hash"}
    assert sealed == {
        "schema": 1,
        "decision": "comment",
        "letter": "costa.en",
        "text": TEXT,
        "by": "Ann Example <ann@example.org>",
        "role": "facts",
        "at": "2025-03-30T12:00:00Z",
        "words": "Sure? “Да”\nReally?",
        "quote": {"exact": "the words", "prefix": "be", "suffix": "af"},
        "withdraws": None,
        "knew": [decided().hash],
    }
    canonical = json.dumps(sealed, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert values["hash"] == hashlib.sha256(canonical.encode()).hexdigest()
    assert COMMENT.to_line() == json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert "\n" not in COMMENT.to_line()


@pytest.mark.parametrize(
    "decision", [decided(), COMMENT, decided(BO, "withdraw", withdraws=COMMENT), decided(BO, "request-changes")]
)
def test_back_and_forth(decision: object) -> None:
    """A line is read as the decision that it was written from."""
    assert from_line(decision.to_line()) == decision  # type: ignore[attr-defined]


@given(st.text(), st.text(min_size=1))
def test_any_words(words: str, exact: str) -> None:
    """Whatever is said, it is one line that reads back."""
    made = decided(ANN, "comment", words=words, quote=Quote(exact, "", ""))
    assert "\n" not in made.to_line()
    assert from_line(made.to_line()) == made


@given(st.data())
def test_any_character_changed(data: st.DataObject) -> None:
    """A line in which any character is another, missing or added is not read as a decision."""
    line = COMMENT.to_line()
    place = data.draw(st.integers(0, len(line) - 1))
    put = data.draw(st.sampled_from(["", line[place] * 2, chr(ord(line[place]) ^ 1), " "]))
    changed = f"{line[:place]}{put}{line[place + 1 :]}"
    if changed != line:
        with pytest.raises((AlteredError, UnreadableError)):
            from_line(changed)


def test_order_of_what_was_known() -> None:
    """It does not matter in which order a decision knew others."""
    one, two = decided(), decided(BO)
    assert decided(knew=[one, two]) == decided(knew=[two, one])


def sealed(**changes: object) -> str:
    """Return the line of an approval with other values and a hash that fits them."""
    values = json.loads(decided().to_line()) | changes
    del values["hash"]
    body = {key: value for key, value in values.items() if value is not ...}
    canonical = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    body["hash"] = hashlib.sha256(canonical.encode()).hexdigest()
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@pytest.mark.parametrize(
    "line",
    [
        "",
        "{",
        "[]",
        "null",
        "[" * 100_000,
        '{"hash":"' + "1" * 64,
        '{"hash":1}',
        sealed(decision="agree"),
        sealed(by="Ann"),
        sealed(by="Ann\u202e <ann@example.org>"),
        sealed(by=1),
        sealed(at="yesterday"),
        sealed(at=3),
        sealed(knew=["x"]),
        sealed(knew=3),
        sealed(text="x"),
        sealed(role=1),
        sealed(role=...),
        sealed(quote={"exact": "x"}),
        sealed(quote={"exact": "x", "prefix": "", "suffix": ""}),
        sealed(quote="x"),
        sealed(decision="comment"),
        sealed(decision="withdraw"),
        sealed(withdraws="1" * 64),
    ],
)
def test_what_is_no_decision(line: str) -> None:
    """A line that is not a whole decision is not read as one, whatever hash it has."""
    with pytest.raises(UnreadableError):
        from_line(line)


def test_later_version() -> None:
    """A line of a later format is not taken for an altered one."""
    with pytest.raises(UnreadableError, match="another version"):
        from_line(sealed(schema=2))


def test_two_ways_to_read() -> None:
    """A key twice, or one that nobody reads, is an alteration, though the hash fits what is read."""
    line = decided(words="Yes.").to_line()
    for other in (
        line.replace('"words":"Yes."', '"words":"No.","words":"Yes."'),
        sealed(more="x"),
        sealed(at="2025-03-30T12:00:00+00:00"),
    ):
        with pytest.raises(AlteredError):
            from_line(other)
