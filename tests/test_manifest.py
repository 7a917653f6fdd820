"""Holds what the manifest says, that it is read as it was written, and what a killed run leaves."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lettergen.files import sha256
from lettergen.manifest import (
    Basis,
    Entry,
    Manifest,
    SignedBy,
    note_in_journal,
    read_journal,
    read_manifest,
    write_manifest,
)
from lettergen.problems import FileError, Place, Problem

if TYPE_CHECKING:
    from pathlib import Path

BASIS = Basis({"recipients.toml": "11", "letters/summit/letter.toml": "22"}, {"lettergen": "0.1.0"}, "33")
LATER = replace(BASIS, package="44")
WARNINGS = (
    Problem("LG303", "The letter is “late”.", Place("letters/summit/letter.toml", 11, 8), "Check both.", "warning"),
    Problem("LG507", "Nobody has reviewed it.", Place("letters/summit/letter.fr.toml"), None, "warning"),
)
SIGNER = SignedBy(
    "Rights Watchers (self-issued)",
    "55",
    self_issued=True,
    level="T",
    asked="LT",
    field="signature-watchers",
    signed_at="2025-04-01T09:00:00+00:00",
)
LETTER = b"the letter's bytes"


def entry(file: str = "costa.en.pdf", basis: Basis = BASIS, signer: SignedBy | None = SIGNER) -> Entry:
    """Return a file's entry."""
    recipient, language, *_ = file.split(".")
    mode = "signed" if signer else "unsigned"
    name = f"{recipient}.{language}"
    return Entry(
        name,
        recipient,
        language,
        "din5008-b",
        mode,
        file,
        2,
        len(LETTER),
        sha256(LETTER),
        "66",
        basis,
        (signer,) if signer else (),
    )


def manifest(*entries: Entry) -> Manifest:
    """Return a manifest of these files."""
    return Manifest(
        summit="summit",
        letterhead="watchers",
        layout="din5008-b",
        level="LT",
        languages=("en", "fr"),
        letters=("costa.en", "ángel.en"),
        warnings=WARNINGS,
        basis=BASIS,
        entries={one.file: one for one in entries},
    )


def test_what_stands_in_it(tmp_path: Path) -> None:
    """Each basis stands in the manifest once, by its hash; files stand in the order of their names."""
    write_manifest(
        tmp_path, manifest(entry("b.en.pdf"), entry("c.en.pdf", LATER), entry("a.en.unsigned.pdf", BASIS, None))
    )
    file = {
        "language": "en",
        "layout": "din5008-b",
        "pages": 2,
        "size": len(LETTER),
        "sha256": sha256(LETTER),
        "content": "66",
    }
    signed = file | {
        "mode": "signed",
        "signatures": [
            {
                "name": "Rights Watchers (self-issued)",
                "fingerprint": "55",
                "self_issued": True,
                "level": "T",
                "asked": "LT",
                "field": "signature-watchers",
                "signed_at": "2025-04-01T09:00:00+00:00",
            }
        ],
    }
    inputs = {"recipients.toml": "11", "letters/summit/letter.toml": "22"}
    unsigned = file | {"mode": "unsigned", "signatures": []}
    assert json.loads((tmp_path / "manifest.json").read_text("utf-8")) == {
        "schema_version": 3,
        "summit": "summit",
        "letterhead": "watchers",
        "layout": "din5008-b",
        "level": "LT",
        "languages": ["en", "fr"],
        "letters": ["costa.en", "ángel.en"],
        "warnings": [
            {
                "code": "LG303",
                "message": "The letter is “late”.",
                "file": "letters/summit/letter.toml",
                "line": 11,
                "column": 8,
                "help": "Check both.",
            },
            {
                "code": "LG507",
                "message": "Nobody has reviewed it.",
                "file": "letters/summit/letter.fr.toml",
                "line": None,
                "column": None,
                "help": None,
            },
        ],
        "basis": BASIS.digest,
        "bases": {
            BASIS.digest: {"inputs": inputs, "libraries": {"lettergen": "0.1.0"}, "package": "33"},
            LATER.digest: {"inputs": inputs, "libraries": {"lettergen": "0.1.0"}, "package": "44"},
        },
        "files": [
            {"id": "a.en", "recipient": "a", "file": "a.en.unsigned.pdf", "basis": BASIS.digest} | unsigned,
            {"id": "b.en", "recipient": "b", "file": "b.en.pdf", "basis": BASIS.digest} | signed,
            {"id": "c.en", "recipient": "c", "file": "c.en.pdf", "basis": LATER.digest} | signed,
        ],
    }


def test_as_people_see_it(tmp_path: Path) -> None:
    """The manifest can be read and compared by people: a value a line, accents as they are."""
    empty = Basis({}, {}, "")
    write_manifest(tmp_path, replace(manifest(), basis=empty, warnings=()))
    assert (tmp_path / "manifest.json").read_text("utf-8") == (
        '{\n  "schema_version": 3,\n  "summit": "summit",\n  "letterhead": "watchers",\n'
        '  "layout": "din5008-b",\n  "level": "LT",\n  "languages": [\n    "en",\n    "fr"\n  ],\n  "letters": [\n'
        f'    "costa.en",\n    "ángel.en"\n  ],\n  "warnings": [],\n  "basis": "{empty.digest}",\n  "bases": {{\n'
        f'    "{empty.digest}": {{\n      "inputs": {{}},\n      "libraries": {{}},\n      "package": ""\n    }}\n'
        '  },\n  "files": []\n}\n'
    )


@pytest.mark.parametrize(
    "written",
    [
        manifest(),
        manifest(entry()),
        manifest(entry(), entry("a.en.pdf", LATER, None)),
        replace(manifest(entry()), warnings=()),
        replace(manifest(entry()), warnings=None),
    ],
)
def test_read_as_written(tmp_path: Path, written: Manifest) -> None:
    """What was written is what is read."""
    write_manifest(tmp_path, written)
    assert read_manifest(tmp_path) == written


def test_none(tmp_path: Path) -> None:
    """A folder without a manifest, or one that is not there, has none."""
    assert (read_manifest(tmp_path), read_manifest(tmp_path / "missing")) == (None, None)


def test_hash_of_a_basis() -> None:
    """The hash of a basis depends on each of its parts, and not on their order."""
    other_order = replace(BASIS, inputs=dict(reversed(BASIS.inputs.items())))
    others = [replace(BASIS, inputs={}), replace(BASIS, libraries={}), replace(BASIS, package="")]
    assert other_order.digest == BASIS.digest
    assert len({BASIS.digest, *(other.digest for other in others)}) == 4


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, child in inner for place in _places(child, (*path, key)))]


@given(st.data())
def test_altered(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    """A manifest in which anything was replaced by anything is read, or refused in a sentence; it is no crash."""
    folder = tmp_path_factory.mktemp("out")
    write_manifest(folder, manifest(entry()))
    values = json.loads((folder / "manifest.json").read_bytes())
    *way, last = data.draw(st.sampled_from(_places(values)[1:]))
    inner = values
    for key in way:
        inner = inner[key]
    inner[last] = data.draw(JSON)
    (folder / "manifest.json").write_text(json.dumps(values), "utf-8")
    try:
        read = read_manifest(folder)
    except FileError as error:
        assert str(error).startswith(f"{folder / 'manifest.json'} ")  # noqa: PT017 - either is right
    else:
        assert isinstance(read, Manifest)
        write_manifest(folder, read)


@given(st.binary() | JSON.map(lambda value: json.dumps(value).encode()) | st.just(b"[" * 100_000))
def test_anything(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    """A manifest that is something else is refused with the way out."""
    path = tmp_path_factory.mktemp("out") / "manifest.json"
    path.write_bytes(content)
    with pytest.raises(FileError) as caught:
        read_manifest(path.parent)
    assert (str(caught.value), caught.value.help) == (
        f"{path} cannot be understood.",
        "It was altered. Put the original back, or move the folder away and compose again.",
    )


def test_a_warning_keeps_no_line_of_peoples_files(tmp_path: Path) -> None:
    """What somebody wrote is not copied into the output folder; the rest of a warning is read as it was written."""
    told = replace(WARNINGS[0], where=replace(WARNINGS[0].where, source="a name that should stay secret"))
    write_manifest(tmp_path, replace(manifest(), warnings=(told, WARNINGS[1])))
    assert "secret" not in (tmp_path / "manifest.json").read_text("utf-8")
    assert read_manifest(tmp_path) == manifest()


@pytest.mark.parametrize("version", [1, 2])
def test_of_another_version(tmp_path: Path, version: int) -> None:
    """A manifest of an earlier or later lettergen is left alone."""
    (tmp_path / "manifest.json").write_text(f'{{"schema_version": {version}}}', "utf-8")
    with pytest.raises(FileError) as caught:
        read_manifest(tmp_path)
    assert (str(caught.value), caught.value.help) == (
        f"{tmp_path / 'manifest.json'} was written by another version of lettergen.",
        "Compose into another folder with --out.",
    )


def test_unreadable(tmp_path: Path) -> None:
    """Something under the manifest's name that cannot be read is named."""
    (tmp_path / "manifest.json").mkdir()
    with pytest.raises(FileError, match=r"/manifest\.json cannot be read: Is a directory\.$"):
        read_manifest(tmp_path)


def test_journal(tmp_path: Path) -> None:
    """What was noted is read, as far as the file took its name with the bytes that were noted."""
    first, second, third = entry("a.en.pdf"), entry("b.en.pdf", LATER, None), entry("c.en.pdf")
    for one in (first, second, third):
        note_in_journal(tmp_path, one)
    (tmp_path / first.file).write_bytes(LETTER)
    (tmp_path / second.file).write_bytes(LETTER)
    (tmp_path / third.file).write_bytes(b"an older letter")
    assert read_journal(tmp_path) == [first, second]


def test_journal_ends_with_the_manifest(tmp_path: Path) -> None:
    """When the manifest is written there is no journal any more."""
    note_in_journal(tmp_path, entry())
    write_manifest(tmp_path, manifest())
    assert [path.name for path in tmp_path.iterdir()] == ["manifest.json"]
    assert read_journal(tmp_path) == []


@pytest.mark.parametrize(
    "torn", [b"", b'{"id": "a.en", "rec', b"\xff\n", b"null\n", b"[]\n", b'{"basis": 1}\n', b"[" * 9999]
)
def test_torn_journal(tmp_path: Path, torn: bytes) -> None:
    """A torn or foreign line is passed over, and does not harm the lines before and after it."""
    first, second = entry("a.en.pdf"), entry("b.en.pdf")
    for one in (first, second):
        (tmp_path / one.file).write_bytes(LETTER)
    note_in_journal(tmp_path, first)
    with (tmp_path / ".journal.jsonl").open("ab") as journal:
        journal.write(torn)
    note_in_journal(tmp_path, second)
    assert read_journal(tmp_path) == [first, second]


def test_unreadable_journal(tmp_path: Path) -> None:
    """Something under the journal's name that cannot be read or written is named."""
    (tmp_path / ".journal.jsonl").mkdir()
    with pytest.raises(FileError, match=r"/\.journal\.jsonl cannot be read: Is a directory\.$"):
        read_journal(tmp_path)
    with pytest.raises(FileError, match=r"/\.journal\.jsonl cannot be written: Is a directory\.$"):
        note_in_journal(tmp_path, entry())
