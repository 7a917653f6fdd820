"""The letters of a campaign, each merged when it is asked for: a hundred thousand of them are not kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, overload

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable

    from lettergen.model import Language, Letter


@dataclass(frozen=True, slots=True)
class Due:
    """A letter that is due: to whom, in which language, and how it is merged.

    Attributes:
        recipient: a recipient's id, or “joint”.
        merge: returns the letter; the same each time.
    """

    recipient: str
    language: Language
    merge: Callable[[], Letter]

    @property
    def id(self) -> str:
        """What the letter is called in its campaign: recipient and language."""
        return f"{self.recipient}.{self.language}"


class Letters(Sequence["Letter"]):
    """Letters in the campaign's order; who takes one has it merged.

    Args:
        due: what is merged.
    """

    def __init__(self, due: Iterable[Due]) -> None:
        self.due = tuple(due)

    def __len__(self) -> int:
        return len(self.due)

    @overload
    def __getitem__(self, index: int) -> Letter: ...

    @overload
    def __getitem__(self, index: slice) -> Letters: ...

    def __getitem__(self, index: int | slice) -> Letter | Letters:
        return Letters(self.due[index]) if isinstance(index, slice) else self.due[index].merge()

    def those_to(self, recipients: Container[str]) -> Letters:
        """Return the letters to some recipients."""
        return Letters(one for one in self.due if one.recipient in recipients)
