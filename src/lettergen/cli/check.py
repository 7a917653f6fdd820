"""lettergen check."""

import sys
from dataclasses import asdict
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from lettergen.cli._console import say, show_findings, show_json

if TYPE_CHECKING:
    from lettergen.problems import Problem


class Format(StrEnum):
    """How findings are shown."""

    FULL = "full"
    CONCISE = "concise"
    JSON = "json"


def check(
    ctx: typer.Context,
    summit: Annotated[
        str | None, typer.Option("--summit", metavar="SUMMIT", help="Only this one; all summits when left out.")
    ] = None,
    form: Annotated[
        Format, typer.Option("--format", help="For people, one line each, or for machines.")
    ] = Format.FULL,
) -> None:
    """Report everything that is wrong with the texts, with file, line and column. Writes nothing."""
    from lettergen.prepare import find_problems

    problems = find_problems(ctx.obj, summit)
    _show(problems, form)
    if any(problem.severity == "error" for problem in problems):
        raise typer.Exit(1)


def _show(problems: "tuple[Problem, ...]", form: Format) -> None:
    if form is Format.JSON:
        show_json([as_json(problem) for problem in problems])
    elif form is Format.CONCISE:
        from lettergen.workspace.wording import visible

        for problem in problems:
            line = f"{problem.where}: {problem.severity} {problem.code} {problem.message}"
            sys.stdout.write(f"{visible(line)}\n")
    else:
        show_findings(problems, to_stdout=True)
        if not problems:
            say("No problems found.")


def as_json(problem: "Problem") -> dict[str, object]:
    """Return a finding as the machine output has it."""
    place = asdict(problem.where)
    return {
        "code": problem.code,
        "severity": problem.severity,
        "message": problem.message,
        "file": place["file"],
        "line": place["line"],
        "column": place["column"],
        "help": problem.help,
    }
