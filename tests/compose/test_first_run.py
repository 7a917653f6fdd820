"""Holds what a first run makes, says and records."""

from __future__ import annotations

import hashlib
import platform
import re
import stat
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from lettergen import __version__
from lettergen.inputs import LIBRARIES
from workspaces import REPOSITORY, SUMMIT

if TYPE_CHECKING:
    from pathlib import Path

    from compose.conftest import First
    from workspaces import Workspace

SIGNED = "Signed as “International Partnership for Human Rights (self-issued)”.\n"


def sha256(path: Path) -> str:
    """Return the hash of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def identity_of(workspace: Workspace) -> dict[str, Any]:
    """Return what `identity show` says of the identity that the first run made."""
    shown: dict[str, Any] = workspace.run("identity", "show", "iphr", "--json").json()
    return shown


def test_first_run(first: First) -> None:
    """The first run makes two letters and an identity, and says what its signature proves and what it does not."""
    identity = identity_of(first.workspace)
    fingerprint = ":".join(re.findall("..", identity["certificate"]["fingerprint"].upper()))
    assert first.outcome.err == (
        "Letters are signed as “International Partnership for Human Rights (self-issued)”, with a key made on this "
        f"computer and kept in {first.workspace.identities / 'iphr'}.\n"
        "What that proves: since this key signed a letter, not one byte of it has changed.\n"
        "What it does not prove: whose key it is. No authority has checked the name in it, and anyone can make "
        "such a key under any name, so PDF readers will call the signer unknown.\n"
        "What helps: publish the key's fingerprint where people know that it comes from you, such as your website, "
        f"so that they can compare it: {fingerprint}\n"
        "What helps more: a certificate that an authority issued to you; “lettergen identity import” takes it in.\n"
        "\n"
        "1/2 costa.en\n"
        "2/2 von-der-leyen.en\n"
        f"written    out/{SUMMIT}/costa.en.pdf, 2 pages\n"
        f"written    out/{SUMMIT}/von-der-leyen.en.pdf, 2 pages\n"
        "2 written.\n"
        f"{SIGNED}"
        f"Next: lettergen verify out/{SUMMIT}/costa.en.pdf\n"
    )
    assert (first.outcome.status, first.outcome.out) == (0, "")
    assert sorted(path.name for path in first.workspace.out.iterdir()) == [
        ".lettergen.lock",
        "costa.en.pdf",
        "manifest.json",
        "von-der-leyen.en.pdf",
    ]


def test_letters_are_signed(first: First) -> None:
    """Both letters are intact, signed by the identity that this user has."""
    verified = first.workspace.run("verify", *sorted(first.workspace.out.glob("*.pdf")), "--json")
    reports = verified.json()
    assert [(report["ok"], report["signatures"][0]["identity"]) for report in reports] == [(True, "iphr")] * 2
    assert verified.status == 0


def test_key_is_private(first: First) -> None:
    """The identity's folders are open to the user alone, and so are its files, whatever the umask is."""
    data = first.workspace.data
    found = [data, *data.rglob("*")]
    modes = {path.relative_to(data).as_posix(): stat.S_IMODE(path.stat().st_mode) for path in found}
    assert modes == {
        ".": 0o700,
        "lettergen": 0o700,
        "lettergen/identities": 0o700,
        "lettergen/identities/iphr": 0o700,
        "lettergen/identities/iphr/certificate.pem": 0o600,
        "lettergen/identities/iphr/identity.json": 0o600,
        "lettergen/identities/iphr/key.pem": 0o600,
    }


def test_manifest(first: First) -> None:
    """The manifest names what was made from what, by hash, and who signed; and nothing about this computer."""
    root, manifest = first.workspace.root, first.workspace.manifest
    inputs = [
        "recipients.toml",
        "forms_of_address/en.toml",
        *(path.relative_to(root).as_posix() for path in (root / "letters").rglob("*.*")),
    ]
    [(digest, basis)] = manifest["bases"].items()
    contents = [file["content"] for file in manifest["files"]]
    made_at = [file["signatures"][0]["signed_at"] for file in manifest["files"]]
    signer = {
        "name": "International Partnership for Human Rights (self-issued)",
        "fingerprint": identity_of(first.workspace)["certificate"]["fingerprint"],
        "self_issued": True,
        "level": "B",
        "asked": "B",
        "field": "signature-iphr",
    }
    versions = {name: version(name) for name in LIBRARIES}
    assert manifest == {
        "schema_version": 3,
        "summit": SUMMIT,
        "letterhead": "iphr",
        "layout": "din5008-b",
        "level": "B",
        "languages": ["en"],
        "letters": ["costa.en", "von-der-leyen.en"],
        "warnings": [],
        "basis": digest,
        "bases": {
            digest: {
                "inputs": {name: sha256(root / name) for name in inputs},
                "libraries": {"lettergen": __version__, "python": platform.python_version(), **versions},
                "package": basis["package"],
            }
        },
        "files": [
            {
                "id": f"{recipient}.en",
                "recipient": recipient,
                "language": "en",
                "layout": "din5008-b",
                "mode": "signed",
                "file": f"{recipient}.en.pdf",
                "pages": 2,
                "size": (first.workspace.out / f"{recipient}.en.pdf").stat().st_size,
                "sha256": sha256(first.workspace.out / f"{recipient}.en.pdf"),
                "content": content,
                "basis": digest,
                "signatures": [signer | {"signed_at": moment}],
            }
            for recipient, content, moment in zip(("costa", "von-der-leyen"), contents, made_at, strict=True)
        ],
    }
    assert all(re.fullmatch("[0-9a-f]{64}", found) for found in (digest, basis["package"], *contents))
    text = (first.workspace.out / "manifest.json").read_text("utf-8")
    assert not any(private in text for private in (str(first.workspace.root), str(REPOSITORY), platform.node()))
