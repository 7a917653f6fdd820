"""lettergen compose."""

import shlex
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lettergen.cli._choices import chosen_language, chosen_layout, chosen_level
from lettergen.cli._console import progress, say, say_at_once, show_findings, show_json
from lettergen.cli._options import AcceptLevel, Json, Language, Layout, PassphraseFile, SignatureLevel, Summit
from lettergen.cli._passphrase import passphrase_source
from lettergen.cli.check import as_json as finding_as_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lettergen.compose import Outcome, Report, Request
    from lettergen.problems import Problem
    from lettergen.render.html import Mode
    from lettergen.signing.identity import Identity

_LISTED = 50  # letters; of more, only those with which something is the matter are named


def compose(
    ctx: typer.Context,
    summit: Summit,
    to: Annotated[
        list[str] | None,
        typer.Option("--to", metavar="ID", help="Only these: an id, a pattern (mep-*) or a tag (tag:afet)."),
    ] = None,
    exclude: Annotated[
        list[str] | None, typer.Option("--exclude", metavar="ID", help="All but these; as with --to.")
    ] = None,
    language: Language = None,
    layout: Layout = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Write to DIR/SUMMIT/ instead of out/SUMMIT/.")
    ] = None,
    draft: Annotated[bool, typer.Option("--draft", help="Mark every page as a draft, and do not sign.")] = False,
    unsigned: Annotated[
        bool, typer.Option("--unsigned", help="Final letters without a digital signature.")
    ] = False,
    identity: Annotated[
        str | None, typer.Option("--identity", metavar="NAME", help="Who signs; see lettergen identity list.")
    ] = None,
    passphrase_file: PassphraseFile = None,
    level: SignatureLevel = None,
    accept_level: AcceptLevel = None,
    jobs: Annotated[
        int | None,
        typer.Option(
            "--jobs",
            metavar="N",
            min=1,
            help="Worker processes; the computer's processors when left out, from 50 letters on.",
        ),
    ] = None,
    shard: Annotated[
        str | None,
        typer.Option("--shard", metavar="I/N", help="Only this part, by recipient; see lettergen manifest merge."),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Also overwrite files that were changed by hand, or co-signed.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done, and do nothing.")] = False,
    as_json: Json = False,
) -> None:
    """Make the letters of a summit: addressed, typeset, signed, checked, and recorded in a manifest.

    Letters that are up to date are left alone. What is missing or changed is made again.
    """
    from lettergen.compose import Request
    from lettergen.compose.shard import Shard

    request = Request(
        root=ctx.obj,
        summit=summit,
        mode=_mode(draft, unsigned, identity),
        out=out.resolve() if out else ctx.obj / "out",
        to=tuple(dict.fromkeys(to or ())),
        exclude=tuple(dict.fromkeys(exclude or ())),
        language=chosen_language(language),
        layout=chosen_layout(layout),
        identity=identity,
        level=chosen_level(level),
        accept_level=chosen_level(accept_level),
        shard=Shard.read(shard) if shard is not None else None,
        jobs=jobs,
        force=force,
        dry_run=dry_run,
    )
    report = _run(request, passphrase_file, as_json)
    if as_json:
        show_json(_as_json(report, request, report.warnings))
    else:
        _show(report, request)
    if not report.ok:
        raise typer.Exit(1)


def _mode(draft: bool, unsigned: bool, identity: str | None) -> "Mode":
    from lettergen.problems import UsageError

    if draft and (unsigned or identity):
        raise UsageError("A draft is never signed.", help="Leave out --draft, or the other option.")
    if unsigned and identity:
        raise UsageError("--unsigned and --identity exclude each other.")
    return "draft" if draft else "unsigned" if unsigned else "signed"


def _run(request: "Request", passphrase_file: Path | None, as_json: bool) -> "Report":
    from lettergen.compose import Listener, Report
    from lettergen.compose import compose as run
    from lettergen.problems import FindingsError

    try:
        with progress() as show:
            return run(request, passphrase_source(passphrase_file), Listener(show, _stopping, _explain))
    except KeyboardInterrupt:
        say("Stopped. What is finished stays; run this again to make the rest.")
        raise
    except FindingsError as error:
        if as_json:
            show_json(_as_json(Report(()), request, error.problems))
            raise typer.Exit(error.exit_code) from None
        raise


def _stopping() -> None:
    say_at_once("Finishing the letters that are at work. Press Ctrl-C again to stop at once.")


def _explain(identity: "Identity") -> None:
    from lettergen.signing.sentences import what_a_self_issued_signature_proves

    say(*what_a_self_issued_signature_proves(identity), "")


def _show(report: "Report", request: "Request") -> None:
    show_findings(report.warnings)
    for outcome in _worth_a_line(report.outcomes):
        say(_line(outcome))
        if outcome.reason:
            say(f"{'':<11}{outcome.reason}")
    counts = Counter(outcome.status for outcome in report.outcomes)
    say(", ".join(f"{number} {status}" for status, number in counts.items()) + ".")
    for file in report.left_over:
        say(f"Left over: {_near(file)} is of no letter that this campaign has now. Move it away, lest it be sent.")
    if counts["altered"]:
        say("Keep an altered file elsewhere if you need it; --force overwrites it.")
    if counts["co-signed"]:
        say("Keep a co-signed file elsewhere if it was sent; --force overwrites it.")
    if request.dry_run and request.mode == "signed" and report.identity is None:
        say("There is no identity yet; the first signed letter makes one.")
    if counts["written"] and report.identity:
        say(f"Signed as “{report.identity.certificate.signer}”.")
        first = next(outcome.file for outcome in report.outcomes if outcome.status == "written")
        say(f"Next: lettergen verify {shlex.quote(str(_near(first)))}")


def _worth_a_line(outcomes: "Sequence[Outcome]") -> "Sequence[Outcome]":
    """Return the letters to name: all of a few; of many those with which something is the matter."""
    if len(outcomes) <= _LISTED:
        return outcomes
    return [one for one in outcomes if one.reason or one.status not in {"written", "unchanged", "planned"}]


def _line(outcome: "Outcome") -> str:
    pages = f", {outcome.entry.pages} page{'' if outcome.entry.pages == 1 else 's'}" if outcome.entry else ""
    return f"{outcome.status:<10} {_near(outcome.file)}{pages}"


def _near(path: Path) -> Path:
    """Return a path as it reads from the current folder, when it lies below it."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def _as_json(report: "Report", request: "Request", findings: "Iterable[Problem]") -> dict[str, object]:
    return {
        "summit": request.summit,
        "mode": request.mode,
        "folder": str(request.folder),
        "dry_run": request.dry_run,
        "letters": [
            {
                "id": outcome.id,
                "file": str(outcome.file),
                "status": outcome.status,
                "reason": outcome.reason,
                "pages": outcome.entry.pages if outcome.entry else None,
                "sha256": outcome.entry.sha256 if outcome.entry else None,
                "level": outcome.entry.signer.level if outcome.entry and outcome.entry.signer else None,
            }
            for outcome in report.outcomes
        ],
        "left_over": [str(file) for file in report.left_over],
        "findings": [finding_as_json(problem) for problem in findings],
        "identity": report.identity.to_json() if report.identity else None,
        "made_identity": report.made_identity,
    }
