"""Signing at the level that was asked for or, where a lower one is accepted, at the highest that can be reached."""

from __future__ import annotations

from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from lettergen.problems import UsageError
from lettergen.signing.levels import LEVELS, LevelError, reaches
from lettergen.signing.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lettergen.manifest import SignedBy
    from lettergen.model import Level
    from lettergen.signing.identity import Identity
    from lettergen.signing.levels import Part
    from lettergen.signing.passphrase import PassphraseSource
    from lettergen.signing.sign import Claims, Signer

# What can still be reached when a part of a level fails.
WITHOUT: dict[Part, Level] = {"time-stamp": "B", "chain": "T", "revocation": "T"}


@dataclass(frozen=True, slots=True)
class Asked:
    """The level that is asked for, and the lowest that is accepted in its place."""

    level: Level
    accepted: Level

    @classmethod
    def of(cls, level: Level, accepted: Level | None) -> Asked:
        """Return what the options say.

        Raises:
            UsageError: the accepted level is above the one asked for.
        """
        if accepted is not None and not reaches(level, accepted):
            raise UsageError(f"--accept-level {accepted} is above the level that is asked for, {level}.")
        return cls(level, accepted or level)

    def is_met_by(self, signature: SignedBy) -> bool:
        """Whether a signature need not be made again."""
        return _reaches(signature.level, self.accepted)

    def below(self, level: Level, error: LevelError) -> Level:
        """Return the level to try next, after one was not reached.

        Raises:
            LevelError: that would be below what is accepted.
        """
        # Of the two time-stamps of the highest level, the one that failed may have been the second.
        lower = "LT" if level == "LTA" and error.part == "time-stamp" else WITHOUT[error.part]
        if reaches(lower, level):
            lower = LEVELS[max(LEVELS.index(level) - 1, 0)]
        if level == self.accepted or not reaches(lower, self.accepted):
            raise error
        return lower


@dataclass(frozen=True, slots=True)
class Signed:
    """A signed file, and the level that its new signature has."""

    pdf: bytes
    level: Level


@dataclass(slots=True)
class LevelSigner:
    """An open identity that signs the files of a run.

    A level that was not reached once is not tried again: each further file would wait for the same server.

    Attributes:
        level: at which the next file is signed.
        why: the sentence of the level that was not reached, or None.
    """

    identity: Identity
    asked: Asked
    level: Level
    why: str | None
    _signer: Signer

    def sign(self, pdf: bytes, *, field: str, claims: Claims, new_field: bool = False) -> Signed:
        """Sign a file; see `signing.sign.sign`.

        Raises:
            LevelError: no level that is accepted was reached.
        """
        from lettergen.signing.sign import sign

        while True:
            try:
                signed = sign(pdf, self._signer.at(self.level), field=field, claims=claims, new_field=new_field)
            except LevelError as error:
                self.level = self.asked.below(self.level, error)
                self.why = self.why or str(error)
            else:
                return Signed(signed, self.level)


@contextmanager
def opened(identity: Identity, source: PassphraseSource, asked: Asked) -> Iterator[LevelSigner]:
    """Open an identity for a run, and close it at its end.

    Raises:
        LevelError: no level that is accepted can be reached.
        RefusedError, FileError: see `signing.sign.open_signer`.
    """
    from lettergen.signing.sign import open_signer

    level, why, settings = asked.level, None, read_settings()
    # Who types a passphrase types it once, whatever is tried with it.
    once = replace(source, prompt=cache(source.prompt) if source.prompt else None)
    signer = None
    while signer is None:
        try:
            signer = open_signer(identity, once, level=level, settings=settings)
        except LevelError as error:
            level = asked.below(level, error)
            why = why or str(error)
    with closing(signer):
        yield LevelSigner(identity, asked, level, why, signer)


def below(signature: SignedBy | None, asked: Asked, why: str | None = None) -> str | None:
    """Return the sentence that says that a signature is below the level asked for; None when it is not."""
    if signature is None or _reaches(signature.level, asked.level):
        return None
    return " ".join(filter(None, (f"Signed at level {signature.level}, not {asked.level} as asked.", why)))


def _reaches(on_record: str | None, asked: Level) -> bool:
    return any(reaches(level, asked) for level in LEVELS if level == on_record)
