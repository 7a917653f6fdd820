"""lettergen verify."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lettergen.cli._console import say, show_json

if TYPE_CHECKING:
    from lettergen.signing.report import Report

_UNREADABLE = 5
_RECORDED = {
    True: "It is the file that manifest.json beside it records.",
    False: "It is not the file that manifest.json beside it records under this name.",
}


@dataclass(frozen=True)
class _Examined:
    """A file, what was found out about it or why it cannot be read, and whether a manifest records it."""

    file: Path
    report: "Report | str"
    recorded: bool | None = None


def verify(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="PDF files.")],
    trust: Annotated[
        list[Path] | None,
        typer.Option(
            "--trust", metavar="PEM", help="An authority to trust; a signer that it does not vouch for fails."
        ),
    ] = None,
    at_signing: Annotated[
        bool, typer.Option("--at-signing", help="Judge signers by the moment that a trusted time-stamp shows.")
    ] = False,
    offline: Annotated[
        bool, typer.Option("--offline", help="Ask no authority whether a certificate is revoked.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Report as JSON on stdout.")] = False,
) -> None:
    """Say who signed a PDF and when, whether a byte changed since, and whether the signer is trusted.

    Exit code 0 only if every file is signed and unchanged and, with --trust or --at-signing, every signer trusted;
    1 if not; 5 if a file cannot be read.
    """
    from lettergen.problems import FileError
    from lettergen.signing.identity import list_identities
    from lettergen.signing.settings import read_settings
    from lettergen.signing.verify import verify as examine

    known = list_identities()
    roots = [_authority(file) for file in (*(trust or ()), *read_settings().trust)]
    found: list[_Examined] = []
    for file in files:
        try:
            pdf = _read(file)
            report = examine(pdf, known=known, trust=roots, at_signing=at_signing, offline=offline)
            found.append(_Examined(file, report, _recorded(file, pdf)))
        except FileError as error:
            found.append(_Examined(file, f"{error} {error.help}" if error.help else str(error)))
    if as_json:
        show_json([_as_json(one) for one in found])
    else:
        for one in found:
            _show(one)
    reports = [one.report for one in found if not isinstance(one.report, str)]
    if len(reports) < len(found):
        raise typer.Exit(_UNREADABLE)
    if not all(report.validated if trust or at_signing else report.ok for report in reports):
        raise typer.Exit(1)


def _read(file: Path) -> bytes:
    from lettergen.problems import FileError

    try:
        return file.read_bytes()
    except OSError as error:
        raise FileError(f"The file cannot be read: {error.strerror or error}.") from error


def _authority(file: Path) -> bytes:
    from lettergen.problems import FileError
    from lettergen.signing.certificate import certificates_in

    try:
        pem = file.read_bytes()
    except OSError as error:
        raise FileError(f"{file} cannot be read: {error.strerror or error}.") from error
    certificates_in(pem, where=str(file))
    return pem


def _recorded(file: Path, pdf: bytes) -> bool | None:
    """Return whether a manifest beside the file records just this one; None when none records its name."""
    from lettergen.files import sha256
    from lettergen.manifest import read_manifest

    manifest = read_manifest(file.parent)
    entry = manifest.entries.get(file.name) if manifest else None
    return None if entry is None else entry.sha256 == sha256(pdf)


def _show(one: _Examined) -> None:
    report = one.report
    if isinstance(report, str):
        say(f"{one.file}: unreadable", f"  {report}")
        return
    say(f"{one.file}: {'intact' if report.ok else 'NOT INTACT' if report.signatures else 'NOT SIGNED'}")
    for signature in report.signatures:
        say(*(f"  {sentence}" for sentence in signature.sentences))
    say(*(f"  {sentence}" for sentence in report.sentences))
    if one.recorded is not None:
        say(f"  {_RECORDED[one.recorded]}")


def _as_json(one: _Examined) -> dict[str, object]:
    if isinstance(one.report, str):
        return {"file": str(one.file), "ok": False, "error": one.report}
    return {"file": str(one.file), **one.report.to_json(), "recorded": one.recorded, "error": None}
