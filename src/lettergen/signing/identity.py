"""Identities: a private key and its certificate under a name, in the user's own data folder.

    <data folder>/identities/<name>/identity.json     what `Identity` holds
                                    key.pem           PKCS#8, readable by the user alone; not where a token keeps it
                                    certificate.pem   the signer's certificate, then its chain

Looking an identity up reads identity.json and nothing else: a run that finds everything up to date must not pay for
a cryptography library. Whoever opens the key (`sign.open_signer`) checks that the record and the files agree.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from lettergen.files import is_safe_name, write_atomically
from lettergen.problems import FileError, RefusedError, UsageError, did_you_mean

SCHEMA = 1
RECORD_FILE = "identity.json"
KEY_FILE = "key.pem"
CERTIFICATE_FILE = "certificate.pem"

# "made" by lettergen itself for a letterhead without one, "new" on the user's word, "imported" from elsewhere, or
# on a "token" that keeps its key to itself.
Origin = Literal["made", "new", "imported", "token"]
ORIGINS: tuple[Origin, ...] = ("made", "new", "imported", "token")

MOMENTS = ("not_before", "not_after")


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """What a certificate says, as far as people and look-ups need it.

    Attributes:
        signer: the name to show: the common name, else the organisation, else the whole subject.
        subject: the whole subject, RFC 4514.
        issuer: the whole issuer, RFC 4514.
        self_issued: the certificate is signed with its own key: no authority stands behind the name.
        not_before: first moment of its validity, UTC.
        not_after: last moment of its validity, UTC.
        fingerprint: SHA-256 over the DER certificate, 64 lower-case hexadecimal digits.
        key_type: such as "P-256" or "RSA-3072".
    """

    signer: str
    subject: str
    issuer: str
    self_issued: bool
    not_before: datetime
    not_after: datetime
    fingerprint: str
    key_type: str


@dataclass(frozen=True, slots=True)
class Token:
    """Where a key is that never leaves its token (PKCS#11).

    Attributes:
        library: the file of the token's maker, such as opensc-pkcs11.so.
        label: the token's.
        key: the label of the key on it.
    """

    library: Path
    label: str
    key: str


@dataclass(frozen=True, slots=True)
class Identity:
    """Someone who can sign on this computer.

    Attributes:
        name: the folder's name; what `--identity` takes.
        origin: how it came to be.
        letterhead: the letterhead's id that it was made for; None unless origin is "made".
        encrypted: the key opens with a passphrase only.
        created: when it came into this data folder, UTC.
        certificate: what its certificate says.
        folder: where its files are.
        token: where its key is; None when that is in the folder.
    """

    name: str
    origin: Origin
    letterhead: str | None
    encrypted: bool
    created: datetime
    certificate: CertificateFacts
    folder: Path
    token: Token | None = None

    def to_json(self) -> dict[str, object]:
        """Return the identity as JSON values; its secret is not among them."""
        return {"name": self.name, **_record(self), "path": str(self.folder)}


def identities_folder() -> Path:
    """Return the folder that holds this user's identities; it need not exist yet."""
    from platformdirs import user_data_path

    return user_data_path("lettergen", appauthor=False) / "identities"


def list_identities() -> tuple[Identity, ...]:
    """Return every identity of this user, by name.

    Raises:
        FileError: one of them cannot be read. It is not passed over: a letter would then be signed by another one.
    """
    return tuple(_read(identities_folder() / name) for name in _names())


def load(name: str) -> Identity:
    """Return the identity of that name.

    Raises:
        RefusedError: there is none; the help says which ones there are.
        FileError: its record cannot be read.
    """
    known = _names()
    if name in known:
        return _read(identities_folder() / name)
    near = did_you_mean(name, known)
    have = f"There are: {', '.join(known)}." if known else "There is none yet: lettergen identity new makes one."
    raise RefusedError(f"There is no identity “{name}”.", help=" ".join(filter(None, (near, have))))


def choose(requested: str | None, letterhead: str) -> Identity | None:
    """Decide who signs the letters of a letterhead.

    The identity that was asked for; else the one that the user set up under the letterhead's id; else the only one
    that she set up; else the one made for this letterhead. What she set up goes before what lettergen made, for she
    knows more about who she is than lettergen does.

    Args:
        requested: the name from `--identity`, or None.
        letterhead: the letterhead's id.

    Returns:
        None when there is nothing to choose from: then `new_identity.make_for_letterhead` makes one.

    Raises:
        RefusedError: the requested one does not exist, or several fit equally well.
        FileError: an identity's record cannot be read.
    """
    if requested is not None:
        return load(requested)
    known = list_identities()
    own = [identity for identity in known if identity.origin != "made"]
    namesake = next((identity for identity in own if identity.name == letterhead), None)
    if namesake is not None:
        return namesake
    if len(own) > 1:
        several = ", ".join(identity.name for identity in own)
        raise RefusedError(
            f"Several identities could sign for the letterhead “{letterhead}”: {several}.",
            help="Say which one with --identity NAME.",
        )
    made = (identity for identity in known if identity.origin == "made" and identity.letterhead == letterhead)
    return own[0] if own else next(made, None)


def refuse_taken_name(name: str) -> None:
    """Raise unless a new identity may have this name.

    Raises:
        UsageError: the name is not safe as a folder's name.
        RefusedError: there is an identity of this name.
    """
    if not is_safe_name(name):
        raise UsageError(
            f"“{name}” cannot be the name of an identity.",
            help="Use small letters a-z, digits and single hyphens, such as “my-organisation”.",
        )
    if (identities_folder() / name).exists():
        raise RefusedError(
            f"There is an identity “{name}” already, and its key is not written over.", help="Choose another name."
        )


def store(identity: Identity, key_pem: bytes | None, certificates_pem: bytes) -> None:
    """Put a new identity into the data folder, whole or not at all.

    Its files are written into a folder with a name that no look-up accepts, which then takes the identity's name in
    one step: a run that is killed half-way leaves nothing that could be mistaken for an identity.

    Args:
        identity: its record.
        key_pem: the private key, encrypted if the record says so; None when a token keeps it.
        certificates_pem: the signer's certificate, then its chain.

    Raises:
        UsageError, RefusedError: see `refuse_taken_name`.
        FileError: the data folder cannot be written.
    """
    refuse_taken_name(identity.name)
    folder = identity.folder.parent
    record = json.dumps(_record(identity), ensure_ascii=False, indent=2) + "\n"
    try:
        _make_private(folder)
        # mkdtemp gives 0700, whatever the umask is.
        half_made = Path(tempfile.mkdtemp(dir=folder, prefix=f".{identity.name}."))
    except OSError as error:
        raise FileError(f"{folder} cannot be written: {error.strerror or error}.") from error
    try:
        if key_pem is not None:
            write_atomically(half_made / KEY_FILE, key_pem, mode=0o600)
        write_atomically(half_made / CERTIFICATE_FILE, certificates_pem, mode=0o600)
        write_atomically(half_made / RECORD_FILE, record.encode(), mode=0o600)
        half_made.rename(identity.folder)
    except OSError as error:
        # Another run may have taken the name since it was looked up.
        refuse_taken_name(identity.name)
        raise FileError(f"{identity.folder} cannot be written: {error.strerror or error}.") from error
    finally:
        with suppress(OSError):
            shutil.rmtree(half_made)


def _names() -> list[str]:
    folder = identities_folder()
    try:
        return sorted(entry.name for entry in folder.iterdir() if is_safe_name(entry.name))
    except FileNotFoundError:
        return []
    except OSError as error:
        raise FileError(f"{folder} cannot be read: {error.strerror or error}.") from error


def _make_private(folder: Path) -> None:
    """Make a folder and what is missing above it, open to the user alone, as the XDG base directory rules ask."""
    for missing in reversed([step for step in (folder, *folder.parents) if not step.exists()]):
        missing.mkdir(mode=0o700, exist_ok=True)


def _record(identity: Identity) -> dict[str, object]:
    facts = asdict(identity.certificate)
    token = identity.token
    on_token = {} if token is None else {"token": asdict(token) | {"library": str(token.library)}}
    return {
        "schema": SCHEMA,
        "origin": identity.origin,
        "letterhead": identity.letterhead,
        "encrypted": identity.encrypted,
        "created": identity.created.isoformat(),
        "certificate": facts | {key: facts[key].isoformat() for key in MOMENTS},
        **on_token,
    }


def _read(folder: Path) -> Identity:
    path = folder / RECORD_FILE
    try:
        record = json.loads(path.read_bytes())
        schema = record["schema"]
        identity = _identity(folder, record) if schema == SCHEMA else None
    except OSError as error:
        raise FileError(f"{path} cannot be read: {error.strerror or error}.") from error
    except (KeyError, TypeError, ValueError) as error:
        raise FileError(
            f"{path} is damaged, so the identity “{folder.name}” cannot be used.",
            help=f"Bring it back from a backup, or move {folder} away and import the identity again.",
        ) from error
    if identity is None:
        raise FileError(f"{path} has the schema {schema}, which this lettergen does not know.", help="Update it.")
    return identity


def _identity(folder: Path, record: dict[str, Any]) -> Identity:
    facts = record["certificate"]
    moments = {key: datetime.fromisoformat(facts[key]) for key in MOMENTS}
    return Identity(
        name=folder.name,
        origin=ORIGINS[ORIGINS.index(record["origin"])],
        letterhead=record["letterhead"],
        encrypted=record["encrypted"],
        created=datetime.fromisoformat(record["created"]),
        certificate=CertificateFacts(**{**facts, **moments}),
        folder=folder,
        token=_token(record.get("token")),
    )


def _token(record: dict[str, str] | None) -> Token | None:
    return None if record is None else Token(Path(record["library"]), record["label"], record["key"])
