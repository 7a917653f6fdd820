"""lettergen verify."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lettergen.cli._console import say, show_json

if TYPE_CHECKING:
    from lettergen.signing.report import Report

_UNREADABLE = 5


def verify(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="PDF files.")],
    as_json: Annotated[bool, typer.Option("--json", help="Report as JSON on stdout.")] = False,
) -> None:
    """Say who signed a PDF, whether a byte changed since, and whether the signer is trusted.

    Exit code 0 only if every file is signed and unchanged; 1 if one is not; 5 if one cannot be read.
    """
    from lettergen.problems import FileError
    from lettergen.signing.identity import list_identities
    from lettergen.signing.verify import verify as examine

    known = list_identities()
    reports: list[tuple[Path, Report | str]] = []
    for file in files:
        try:
            reports.append((file, examine(_read(file), known=known)))
        except FileError as error:
            reports.append((file, f"{error} {error.help}" if error.help else str(error)))
    if as_json:
        show_json([_as_json(file, report) for file, report in reports])
    else:
        for file, report in reports:
            _show(file, report)
    if any(isinstance(report, str) for _, report in reports):
        raise typer.Exit(_UNREADABLE)
    if not all(report.ok for _, report in reports if not isinstance(report, str)):
        raise typer.Exit(1)


def _read(file: Path) -> bytes:
    from lettergen.problems import FileError

    try:
        return file.read_bytes()
    except OSError as error:
        raise FileError(f"The file cannot be read: {error.strerror or error}.") from error


def _show(file: Path, report: "Report | str") -> None:
    if isinstance(report, str):
        say(f"{file}: unreadable", f"  {report}")
        return
    say(f"{file}: {'intact' if report.ok else 'NOT INTACT' if report.signatures else 'NOT SIGNED'}")
    for signature in report.signatures:
        say(*(f"  {sentence}" for sentence in signature.sentences))
    say(*(f"  {sentence}" for sentence in report.sentences))


def _as_json(file: Path, report: "Report | str") -> dict[str, object]:
    if isinstance(report, str):
        return {"file": str(file), "ok": False, "error": report}
    return {"file": str(file), **report.to_json(), "error": None}
