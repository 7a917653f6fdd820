"""The levels of a signature (ETSI EN 319 142-1), and what stops one from being reached."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Literal

from lettergen.problems import RefusedError

if TYPE_CHECKING:
    from lettergen.model import Level

LEVELS: tuple[Level, ...] = ("B", "T", "LT", "LTA")
"""In rising order; each holds what those before it hold."""

Part = Literal["time-stamp", "chain", "revocation"]


class LevelError(RefusedError):
    """A signature cannot reach the level that was asked for.

    Attributes:
        part: what failed: the time-stamp, the chain of certificates, or the proof that none of them is revoked.
    """

    def __init__(self, part: Part, message: str, *, way_out: str) -> None:
        super().__init__(message, help=way_out)
        self.part = part

    def __reduce__(self) -> tuple[object, ...]:
        """Let it come back from a worker process."""
        return partial(LevelError, way_out=self.help or ""), (self.part, str(self))


def reaches(level: Level, asked: Level) -> bool:
    """Whether a level is at least the one that was asked for."""
    return LEVELS.index(level) >= LEVELS.index(asked)
