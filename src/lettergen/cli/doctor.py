"""lettergen doctor."""

from typing import Annotated

import typer

from lettergen.cli._console import say, show_json

_MISSING = 3


def doctor(as_json: Annotated[bool, typer.Option("--json", help="As JSON on stdout.")] = False) -> None:
    """Say what is missing on this machine, with the command that installs it."""
    from lettergen.doctor import examine

    findings = examine()
    if as_json:
        show_json([finding.to_json() for finding in findings])
    else:
        for finding in findings:
            say(f"{finding.state:<8} {finding.what}: {finding.message}")
            if finding.command:
                say(f"         {finding.command}")
    if any(finding.state == "missing" for finding in findings):
        raise typer.Exit(_MISSING)
