"""The commands, and what they share: --version, -C, help."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from lettergen import __version__
from lettergen.cli import (
    approve,
    check,
    comment,
    compose,
    diff,
    doctor,
    identity,
    manifest,
    request_changes,
    review,
    show,
    sign,
    status,
    verify,
    withdraw,
)
from lettergen.cli._boundary import Boundary
from lettergen.cli._help import Command

_EPILOG = (
    "Exit codes: 0 done · 1 findings, or some letters failed · 2 usage · 3 something is missing on this machine · "
    "4 refused · 5 a file cannot be read or written · 130 interrupted."
)

app = typer.Typer(
    name="lettergen",
    cls=Boundary,
    help="Advocacy letters from plain text: correctly addressed, accessible, archival, digitally signed.",
    epilog=_EPILOG,
    context_settings={"help_option_names": ["-h", "--help"]},
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    pretty_exceptions_show_locals=False,
)
app.command("compose", cls=Command)(compose.compose)
app.command("check", cls=Command)(check.check)
app.command("show", cls=show.Show)(show.show)
app.command("diff", cls=Command)(diff.diff)
app.command("approve", cls=Command)(approve.approve)
app.command("request-changes", cls=Command)(request_changes.request_changes)
app.command("comment", cls=Command)(comment.comment)
app.command("withdraw", cls=Command)(withdraw.withdraw)
app.command("status", cls=Command)(status.status)
app.command("review", cls=Command)(review.review)
app.command("sign", cls=Command)(sign.sign)
app.command("verify", cls=Command)(verify.verify)
app.add_typer(identity.app, name="identity")
app.add_typer(manifest.app, name="manifest")
app.command("doctor", cls=Command)(doctor.doctor)


def _show_version(value: bool) -> None:
    if value:
        sys.stdout.write(f"lettergen {__version__}\n")
        raise typer.Exit


@app.callback()
def _workspace(
    ctx: typer.Context,
    folder: Annotated[
        Path,
        typer.Option(
            "-C",
            "--workspace",
            metavar="DIR",
            help="The folder that holds letters/ and recipients.toml.",
            file_okay=False,
        ),
    ] = Path(),
    version: Annotated[  # noqa: ARG001 - handled while it is read
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    ctx.obj = folder.resolve()


def main() -> None:
    """Run the command line."""
    app()
