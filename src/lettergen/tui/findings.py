"""What the check says about the campaign, with the places that can be jumped to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from lettergen.tui.words import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lettergen.problems import Problem

_SIGNS = {"error": ("✖", "$error"), "warning": ("!", "$warning")}


class FindingsList(OptionList):
    """One entry per finding: sign, code and word, the place, what is wrong, and the way out."""

    def __init__(self) -> None:
        super().__init__(id="findings-list", markup=False, compact=True)
        self._problems: tuple[Problem, ...] = ()

    @property
    def chosen(self) -> Problem | None:
        """The finding that the cursor is on."""
        return self._problems[self.highlighted] if self._problems and self.highlighted is not None else None

    def show(self, problems: Sequence[Problem]) -> None:
        """Show findings, and stay on the one with the same place."""
        if tuple(problems) == self._problems:
            return
        before = self.highlighted or 0
        self._problems = tuple(problems)
        self.set_options(Option(_entry(problem)) for problem in problems)
        self.highlighted = min(before, len(problems) - 1) if problems else None


def _entry(problem: Problem) -> Content:
    sign, colour = _SIGNS[problem.severity]
    lines = [
        Content.assemble(
            (f"{sign} {problem.severity} {problem.code}", f"bold {colour}"), "  ", plain(str(problem.where))
        ),
        plain(problem.message),
    ]
    if problem.help:
        lines.append(Content.assemble("→ ", plain(problem.help)))
    return Content("\n").join([*lines, Content("")])
