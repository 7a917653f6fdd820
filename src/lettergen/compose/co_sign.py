"""Adding the next signature to a file, which may be a letter of an output folder or anybody's PDF."""

from __future__ import annotations

import json
import stat
from contextlib import ExitStack, nullcontext
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from lettergen.compose.at_level import Asked, LevelSigner, below, opened
from lettergen.compose.recorded import grown, signatures_on_record
from lettergen.compose.request import SUFFIXES
from lettergen.files import is_safe_name, locked, sha256, write_atomically
from lettergen.manifest import is_output_folder, note_in_journal, read_entries, read_manifest, write_manifest
from lettergen.problems import FileError, RefusedError
from lettergen.signing.identity import Identity, choose, list_identities, load
from lettergen.signing.levels import LEVELS

if TYPE_CHECKING:
    from pathlib import Path

    from lettergen.manifest import Entry, Manifest, SignedBy
    from lettergen.model import Level
    from lettergen.signing.fields import SignatureFields
    from lettergen.signing.passphrase import PassphraseSource


@dataclass(frozen=True, slots=True)
class CoSigning:
    """What is asked for.

    Attributes:
        signatory: the id of the signatory in whose field to sign, or a field's name; None for the only empty field
            or a new one that nothing shows.
        identity: the name of the identity that signs; None for the signatory's namesake, else as lettergen chooses.
        level: None for that of the campaign that the letter is of, else B.
        accept_level: the lowest level to go on with when that one is not reached; None accepts no lower one.
        certify: allow nothing but further signatures from now on.
        reason: what the signature says of why it was made.
    """

    signatory: str | None = None
    identity: str | None = None
    level: Level | None = None
    accept_level: Level | None = None
    certify: bool = False
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class CoSigned:
    """A file that was signed.

    Attributes:
        file: where it was written.
        identity: who signed it.
        signatures: all that it has now; the last is the new one.
        recorded: whether the manifest of its folder has it.
        below: the sentence that says that the level asked for was not reached; None when it was.
    """

    file: Path
    identity: Identity
    signatures: tuple[SignedBy, ...]
    recorded: bool
    below: str | None


@dataclass(slots=True)
class CoSigner:
    """Signs one file after the other; each identity is opened once, and all are closed by `close`."""

    asked: CoSigning
    source: PassphraseSource
    _open: dict[tuple[str, Asked], LevelSigner] = field(default_factory=dict)
    _stack: ExitStack = field(default_factory=ExitStack)

    def close(self) -> None:
        """Close the keys."""
        self._stack.close()

    def sign(self, file: Path, out: Path | None = None) -> CoSigned:
        """Add a signature to a file, which stays as it was unless all goes well.

        Args:
            file: the PDF; a link is followed.
            out: where to write the signed file; None for the file itself.

        Raises:
            LevelError: no level that is accepted was reached.
            RefusedError: the file or an identity does not allow this signature.
            FileError: the file cannot be read or written.
            UsageError: the level that is accepted is above the one asked for.
        """
        path = file.resolve()
        target = path if out is None else out.resolve()
        _refuse_unwritable(path, target)
        with locked(path.parent) if target == path and is_output_folder(path.parent) else nullcontext():
            return self._sign(path, target)

    def _sign(self, path: Path, target: Path) -> CoSigned:
        from lettergen.signing.fields import read_fields, signatory_of
        from lettergen.signing.sign import Claims

        pdf = _read(path)
        manifest, entry = _on_record(path)
        if entry is not None and entry.sha256 != sha256(pdf):
            entry = _as_it_came_back(entry, pdf)
        fields = read_fields(pdf)
        _refuse_draft(path, fields, entry)
        if self.asked.certify and fields.signed:
            raise RefusedError(
                "The PDF has a signature already; only the first one can certify it.", help="Leave out --certify."
            )
        place = fields.place(self.asked.signatory)
        _refuse_broken(pdf, fields)
        letterhead = manifest.letterhead if manifest else _datum(fields, "letterhead")
        identity = self._identity(self.asked.signatory or signatory_of(place.field), letterhead, pdf)
        signer = self._opened(identity, manifest)
        signed = signer.sign(
            pdf,
            field=place.field,
            claims=Claims(self.asked.reason, certify=self.asked.certify),
            new_field=place.new,
        )
        before = entry.signatures if entry else ()
        signatures = signatures_on_record(signed, place.field, signer.asked.level, before)
        if entry is not None:
            entry = replace(entry, size=len(signed.pdf), sha256=sha256(signed.pdf), signatures=signatures)
        recorded = entry if target == path else None

        def accept(written: Path) -> None:
            _refuse_unless_whole(written, signed.pdf, identity)
            if target == path:
                written.chmod(stat.S_IMODE(path.stat().st_mode))
            if recorded is not None:
                note_in_journal(path.parent, recorded)

        write_atomically(target, signed.pdf, accept=accept)
        if recorded is not None and manifest is not None:
            write_manifest(path.parent, replace(manifest, entries=read_entries(path.parent)))
        new = next(one for one in signatures if one.field == place.field)
        others = tuple(one for one in signatures if one != new)
        return CoSigned(
            target, identity, (*others, new), recorded is not None, below(new, signer.asked, signer.why)
        )

    def _identity(self, signatory: str, letterhead: str | None, pdf: bytes) -> Identity:
        """Return who signs: who was named; else the signatory's namesake; else as compose chooses."""
        from lettergen.signing.fields import signatures_in

        if self.asked.identity is not None:
            return load(self.asked.identity)
        namesake = next((one for one in list_identities() if one.name == signatory), None)
        identity = namesake or _chosen(letterhead)
        if any(made.fingerprint == identity.certificate.fingerprint for made in signatures_in(pdf)):
            raise RefusedError(
                f"The identity “{identity.name}” has signed this file already.",
                help="Say with --identity NAME who signs.",
            )
        return identity

    def _opened(self, identity: Identity, manifest: Manifest | None) -> LevelSigner:
        """Return the identity with its key open, at the level that was asked for."""
        of_campaign: Level = next((level for level in LEVELS if manifest and manifest.level == level), "B")
        asked = Asked.of(self.asked.level or of_campaign, self.asked.accept_level)
        if (identity.name, asked) not in self._open:
            signer = self._stack.enter_context(opened(identity, self.source, asked))
            self._open[identity.name, asked] = signer
        return self._open[identity.name, asked]


def _refuse_unwritable(path: Path, target: Path) -> None:
    """Refuse what would fail, or overwrite something, after people were asked for passphrases."""
    if target != path and target.exists():
        raise RefusedError(f"{target} is there already.", help="Move it away, or write elsewhere with --out.")
    if target == path and path.exists() and not path.stat().st_mode & stat.S_IWUSR:
        raise RefusedError(f"{path} may not be changed.", help="Write the signed file elsewhere with --out.")


def _on_record(path: Path) -> tuple[Manifest | None, Entry | None]:
    """Return the manifest of a file's folder, and the file's entry, as far as there are such."""
    if not is_output_folder(path.parent):
        return None, None
    return read_manifest(path.parent), read_entries(path.parent).get(path.name)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise FileError(f"{path} cannot be read: {error.strerror or error}.") from error


def _as_it_came_back(entry: Entry, pdf: bytes) -> Entry:
    """Return the entry of a letter that somebody else signed elsewhere.

    Raises:
        RefusedError: the file was changed otherwise.
    """
    found = grown(entry, pdf)
    if found is None:
        raise RefusedError(
            f"{entry.file} is not as lettergen made it: more than signatures was added, or it was changed.",
            help="Compose it anew with --force; or, if you mean to sign this very file, sign a copy elsewhere.",
        )
    return found


def _refuse_draft(path: Path, fields: SignatureFields, entry: Entry | None) -> None:
    """Refuse drafts: by their name, the record, or the title that the file itself has."""
    is_draft = path.name.endswith(SUFFIXES["draft"]) or (entry is not None and entry.mode == "draft")
    if is_draft or _has_title_of_draft(fields):
        raise RefusedError(
            f"{path.name} is a draft, and a draft is never signed.", help="Compose the letter itself."
        )


def _has_title_of_draft(fields: SignatureFields) -> bool:
    from lettergen.language import catalogue

    language = _datum(fields, "language")
    if language is None or fields.title is None:
        return False
    try:
        title = catalogue(language).gettext("Draft: {title}")
    except (OSError, ValueError, LookupError):  # no language of ours: the data is not ours either
        return False
    return fields.title.startswith(title.partition("{")[0])


def _datum(fields: SignatureFields, name: str) -> str | None:
    """Return a text of the letter's own data, which can be anybody's; None when there is none."""
    try:
        value = json.loads(fields.letter or b"{}")[name]
    except (ValueError, LookupError, TypeError, RecursionError):
        return None
    return value if isinstance(value, str) and is_safe_name(value) else None


def _refuse_broken(pdf: bytes, fields: SignatureFields) -> None:
    """Refuse a file of which an earlier signature does not hold: a further one would lend it credit."""
    if not fields.signed:
        return
    from lettergen.signing.verify import verify

    report = verify(pdf, known=())
    broken = [one.field for one in report.signatures if not one.intact or one.later_changes == "illegal"]
    broken += [stamp.field for stamp in report.time_stamps if not stamp.intact]
    if broken:
        raise RefusedError(
            f"What the field “{broken[0]}” holds is broken, or the file was changed after it.",
            help="lettergen verify says more. Ask for the file as it was signed.",
        )


def _chosen(letterhead: str | None) -> Identity:
    if letterhead is not None and (identity := choose(None, letterhead)) is not None:
        return identity
    known = list_identities()
    if len(known) == 1:
        return known[0]
    if known:
        raise RefusedError(
            f"Several identities could sign: {', '.join(one.name for one in known)}.",
            help="Say which one with --identity NAME.",
        )
    raise RefusedError("There is no identity yet that could sign.", help="Make one with lettergen identity new.")


def _refuse_unless_whole(written: Path, pdf: bytes, identity: Identity) -> None:
    """Look at what was written before it takes its name.

    Raises:
        FileError: the disk gave other bytes back than it was given.
        RefusedError: a signature of the file does not hold now.
    """
    from lettergen.signing.verify import is_signed_whole

    found = _read(written)
    if found != pdf:
        raise FileError("The file was not written as it was meant; the disk may be failing.")
    if not is_signed_whole(found, identity.certificate.fingerprint):
        raise RefusedError("With this signature the file's signatures would not all hold; it is left as it was.")
