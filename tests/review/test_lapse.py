"""An approval is of one text: whatever changes in a letter or its sheet, it is another."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

import pytest

from lettergen.model import Ask, Letter, Letterhead, Note, Passage, Record, SignatureBlock
from lettergen.prepare import prepare
from lettergen.problems import FileError
from lettergen.review.snapshot import SNAPSHOTS, keep, kept, take
from lettergen.workspace.signature_images import SignatureImage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lettergen.prepare import Prepared
    from workspace.sample import Sample

SUMMIT = "samarkand-2025"
# What takes only some values, and none that is one character away.
CHOICES = {"mode": "joint", "language": "fr", "layout": "din5008-a", "repeats": 1}
FIXED = ("schema_version",)


@pytest.fixture
def prepared(sample: Sample) -> Prepared:
    """Return the sample campaign, ready to be read."""
    return prepare(sample.root, SUMMIT)


def changed(value: object, key: str = "") -> Iterator[tuple[str, object]]:
    """Yield copies of values, in each of which one leaf differs or an element of a list is gone, with its place."""
    match value:
        case dict():
            for name, part in value.items():
                for place, other in changed(part, name):
                    yield f"{name}.{place}", value | {name: other}
        case list() | tuple():
            for index, part in enumerate(value):
                yield f"{index} gone", (*value[:index], *value[index + 1 :])
                for place, other in changed(part, key):
                    yield f"{index}.{place}", (*value[:index], other, *value[index + 1 :])
        case _ if key not in FIXED:
            yield "", CHOICES[key] if key in CHOICES else _other(value)


def _other(value: object) -> object:
    """Return a leaf that differs by one character, or by one."""
    match value:
        case bool():
            return not value
        case int():
            return value + 1
        case dt.date():
            return value + dt.timedelta(days=1)
        case None:
            return "x"
        case _:
            return f"{value}x"


def letter_of(values: Any) -> Letter:
    """Return a letter of values, of which some may be none that a campaign could have."""
    letter = Letter.model_construct(**values)
    records: dict[str, type[Record]] = {
        "concerns": Passage,
        "demands": Ask,
        "signatories": SignatureBlock,
        "notes": Note,
    }
    parts = {
        name: tuple(record.model_construct(**part) for part in values[name]) for name, record in records.items()
    }
    return letter.model_copy(update=parts)


def test_each_part_of_a_letter(prepared: Prepared) -> None:
    """Each leaf of the letter in turn, changed by one character, and each element left out, is another text."""
    letter = prepared.letters[0]
    now = take(letter, prepared.head)
    assert take(letter_of(letter.model_dump()), prepared.head) == now
    same, count = [], 0
    for place, values in changed(letter.model_dump()):
        count += 1
        if take(letter_of(values), prepared.head).hash == now.hash:
            same.append(place)
    assert same == []
    assert count > 100


def test_each_part_of_a_letterhead(prepared: Prepared) -> None:
    """Each leaf of the letterhead in turn is another text, printed or not."""
    letter, head = prepared.letters[0], prepared.head
    now = take(letter, head).hash
    texts = [
        (place, take(letter, replace(head, letterhead=Letterhead.model_construct(**values))).hash)
        for place, values in changed(head.letterhead.model_dump())
        if isinstance(values, dict)
    ]
    assert [place for place, text in texts if text == now] == []
    assert {place.partition(".")[0] for place, _ in texts} == set(Letterhead.model_fields)


def test_each_file_of_a_letterhead(prepared: Prepared) -> None:
    """Logo, template, style and signatures count; an empty template is not the same as none."""
    letter, head = prepared.letters[0], prepared.head
    assert [field.name for field in fields(head)] == ["letterhead", "logo", "template", "style", "signatures"]
    heads = [head, replace(head, template="")]
    for content in ("data:,x", "data:,y"):
        heads += [replace(head, logo=content), replace(head, template=content), replace(head, style=content)]
        heads += [replace(head, signatures={name: SignatureImage("data:,", content)}) for name in ("us", "they")]
    assert len({take(letter, other).hash for other in heads}) == len(heads) == 12


def test_two_letters_are_two_texts(prepared: Prepared) -> None:
    """Nobody approves one letter by approving another, however much they share."""
    texts = {take(letter, prepared.head).hash for letter in prepared.letters}
    assert len(texts) == len(prepared.letters) == 2


def test_kept_and_read_back(prepared: Prepared, tmp_path: Path) -> None:
    """A snapshot comes back as it was taken; the file's name is the hash of its bytes."""
    snapshot = take(prepared.letters[0], prepared.head)
    assert kept(tmp_path, snapshot.hash) is None
    keep(tmp_path, [snapshot])
    keep(tmp_path, [snapshot])
    assert kept(tmp_path, snapshot.hash) == snapshot
    assert [path.name for path in (tmp_path / SNAPSHOTS).iterdir()] == [f"{snapshot.hash}.json"]


def test_a_tampered_snapshot_is_not_used(prepared: Prepared, tmp_path: Path) -> None:
    """A file that is not what was kept is as good as none; keeping the text again mends it."""
    snapshot = take(prepared.letters[0], prepared.head)
    keep(tmp_path, [snapshot])
    path = tmp_path / SNAPSHOTS / f"{snapshot.hash}.json"
    value = json.loads(path.read_bytes())
    value["letter"] = "somebody.en"
    for data in (json.dumps(value).encode(), path.read_bytes()[:-1], b"", b"\xff"):
        path.write_bytes(data)
        assert kept(tmp_path, snapshot.hash) is None
    keep(tmp_path, [snapshot])
    assert kept(tmp_path, snapshot.hash) == snapshot


def test_a_snapshot_that_cannot_be_read(prepared: Prepared, tmp_path: Path) -> None:
    """A folder in its place is an error that names it."""
    snapshot = take(prepared.letters[0], prepared.head)
    (tmp_path / SNAPSHOTS / f"{snapshot.hash}.json").mkdir(parents=True)
    with pytest.raises(FileError, match="cannot be read"):
        kept(tmp_path, snapshot.hash)
