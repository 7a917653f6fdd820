"""Looking identities up, choosing one, and storing it whole or not at all."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from lettergen.problems import FileError, LettergenError, RefusedError, UsageError
from lettergen.signing.identity import (
    CertificateFacts,
    Identity,
    choose,
    identities_folder,
    list_identities,
    load,
    store,
)
from signing.pki import NOW, YEAR

if TYPE_CHECKING:
    from lettergen.signing.identity import Origin

FACTS = CertificateFacts(
    signer="Šárka Đorđević & partners",
    subject="CN=Šárka Đorđević & partners",
    issuer="CN=Test Authority",
    self_issued=False,
    not_before=NOW - YEAR,
    not_after=NOW + YEAR,
    fingerprint="ab" * 32,
    key_type="P-256",
)


def an_identity(name: str, origin: Origin = "new", letterhead: str | None = None) -> Identity:
    """Return an identity whose key nobody will open."""
    return Identity(name, origin, letterhead, False, NOW, FACTS, identities_folder() / name)  # noqa: FBT003


def put(*identities: Identity) -> None:
    """Store identities."""
    for identity in identities:
        store(identity, b"key", b"certificate")


def test_an_identity_comes_back_as_it_was_stored() -> None:
    """What `store` wrote, `load` reads, to the field."""
    stored = an_identity("watchers", "made", "watchers")
    put(stored)
    assert load("watchers") == stored
    assert {path.name: path.read_bytes() for path in stored.folder.iterdir() if path.suffix == ".pem"} == {
        "key.pem": b"key",
        "certificate.pem": b"certificate",
    }


def test_the_list_is_sorted_and_passes_over_what_is_half_made() -> None:
    """Folders of a killed run and a file browser's droppings are no identities."""
    put(an_identity("beta"), an_identity("alpha"))
    (identities_folder() / ".gamma.x1y2").mkdir()
    (identities_folder() / ".DS_Store").touch()
    assert [identity.name for identity in list_identities()] == ["alpha", "beta"]


def test_without_a_data_folder_there_are_no_identities() -> None:
    """A first run finds nothing, and makes no folder by looking."""
    assert list_identities() == ()
    assert choose(None, "watchers") is None
    assert not identities_folder().exists()


MADE = [("watchers", "made", "watchers"), ("others", "made", "others")]


@pytest.mark.parametrize(
    ("there", "requested", "chosen"),
    [
        ([], None, None),
        (MADE, None, "watchers"),
        (MADE[1:], None, None),
        ([*MADE, ("mine", "imported", None)], None, "mine"),
        ([*MADE, ("mine", "new", None)], "watchers", "watchers"),
        ([("watchers", "imported", None), ("mine", "new", None)], None, "watchers"),
        ([("a", "imported", None), ("b", "new", None)], "b", "b"),
    ],
)
def test_who_signs(there: list[tuple[str, Origin, str | None]], requested: str | None, chosen: str | None) -> None:
    """Asked for; else her own by the letterhead's name; else her only one; else the one made for it."""
    put(*(an_identity(*one) for one in there))
    identity = choose(requested, "watchers")
    assert (identity and identity.name) == chosen


def test_several_of_her_own_are_asked_about() -> None:
    """Nothing is guessed between two identities of her own; one made by lettergen does not settle it."""
    put(an_identity("a"), an_identity("b", "imported"), an_identity("watchers", "made", "watchers"))
    with pytest.raises(RefusedError) as refusal:
        choose(None, "watchers")
    assert str(refusal.value) == "Several identities could sign for the letterhead “watchers”: a, b."
    assert (refusal.value.exit_code, refusal.value.help) == (4, "Say which one with --identity NAME.")


@pytest.mark.parametrize(
    ("there", "helped"),
    [
        ([], "There is none yet: lettergen identity new makes one."),
        (["watchers", "zebra"], "Did you mean “watchers”? There are: watchers, zebra."),
    ],
)
def test_an_unknown_identity_is_refused_with_the_known_ones(there: list[str], helped: str) -> None:
    """A typing error in --identity gives the nearest name and all of them, and exit code 4."""
    put(*map(an_identity, there))
    with pytest.raises(RefusedError) as refusal:
        choose("watcher", "watchers")
    assert (str(refusal.value), refusal.value.help) == ("There is no identity “watcher”.", helped)
    assert refusal.value.exit_code == 4


@pytest.mark.parametrize(
    "record",
    [b"", b"{}", b"[]", b"\xff", b'{"schema": 1}', b'{"schema": 2}', b'{"schema": "1"}', b"null"],
)
def test_a_damaged_record_stops_every_choice(record: bytes) -> None:
    """A letter is not signed by somebody else because the right identity cannot be read."""
    put(an_identity("mine"), an_identity("watchers", "made", "watchers"))
    (identities_folder() / "mine" / "identity.json").write_bytes(record)
    with pytest.raises(FileError) as failure:
        choose(None, "watchers")
    assert str(identities_folder() / "mine" / "identity.json") in str(failure.value)
    assert choose("watchers", "watchers") == load("watchers")


def test_a_record_with_an_origin_of_its_own_is_damaged() -> None:
    """Only the three origins are known."""
    put(an_identity("mine"))
    path = identities_folder() / "mine" / "identity.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"origin": "found"}))
    with pytest.raises(FileError, match="is damaged"):
        load("mine")


@pytest.mark.parametrize(
    ("name", "error"),
    [("mine", RefusedError), ("../mine", UsageError), ("Mine", UsageError), ("", UsageError), ("con", UsageError)],
)
def test_a_name_that_is_taken_or_unsafe_is_refused(name: str, error: type[LettergenError]) -> None:
    """No key is ever written over, and no name leaves the folder."""
    put(an_identity("mine"))
    with pytest.raises(error):
        store(an_identity(name), b"other key", b"other certificate")
    assert (identities_folder() / "mine" / "key.pem").read_bytes() == b"key"
    assert [path.name for path in identities_folder().iterdir()] == ["mine"]


def test_a_failure_half_way_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """When the disk fails at the last step, neither an identity nor a stray key stays behind."""

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(FileError) as failure:
        put(an_identity("mine"))
    assert str(failure.value) == f"{identities_folder() / 'mine'} cannot be written: No space left on device."
    assert list(identities_folder().iterdir()) == []


def test_two_runs_that_make_the_same_identity_do_not_mix(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second one finds the name taken, and the first one's key stays."""
    put(an_identity("mine"))
    monkeypatch.setattr("lettergen.signing.identity.refuse_taken_name", lambda _name: None)
    with pytest.raises(FileError):
        store(an_identity("mine"), b"other key", b"other certificate")
    assert (identities_folder() / "mine" / "key.pem").read_bytes() == b"key"


def test_folders_and_files_are_the_users_alone_whatever_the_umask() -> None:
    """0700 and 0600 even where new files are open to all."""
    before = os.umask(0)
    try:
        put(an_identity("mine"))
    finally:
        os.umask(before)
    mine = identities_folder() / "mine"
    paths = [identities_folder().parent, identities_folder(), mine, *sorted(mine.iterdir())]
    assert [(path.name, oct(path.stat().st_mode & 0o777)) for path in paths] == [
        ("lettergen", "0o700"),
        ("identities", "0o700"),
        ("mine", "0o700"),
        ("certificate.pem", "0o600"),
        ("identity.json", "0o600"),
        ("key.pem", "0o600"),
    ]


def test_looking_up_loads_no_cryptography() -> None:
    """A run with nothing to do may choose an identity and read its fingerprint in a few milliseconds."""
    put(an_identity("mine"))
    program = """
import sys
from lettergen.signing.identity import choose, list_identities, load
assert choose(None, "watchers") == load("mine") == list_identities()[0]
print(choose(None, "watchers").certificate.fingerprint)
print(sorted({"cryptography", "pyhanko", "keyring", "asn1crypto"} & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == f"{'ab' * 32}\n[]\n"
