"""lettergen diff."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from lettergen.cli._choices import chosen_language, chosen_layout
from lettergen.cli._console import show_json
from lettergen.cli._deciding import Letters
from lettergen.cli._options import Json, Language, Layout, Summit
from lettergen.cli._pager import show_styled, text_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lettergen.cli._changes import Comparison
    from lettergen.review.deltas import Group
    from lettergen.review.review import Review
    from lettergen.review.snapshot import Snapshot


def diff(
    ctx: typer.Context,
    summit: Summit,
    letters: Letters = None,
    revision: Annotated[
        str | None,
        typer.Option("--revision", metavar="REV", help="Against the letters as git has them: HEAD, v1, 3fa2b1c."),
    ] = None,
    recipients: Annotated[
        bool,
        typer.Option("--recipients", help="The letters against each other: what they share once, then each one's."),
    ] = False,
    language: Language = None,
    layout: Layout = None,
    as_json: Json = False,
) -> None:
    """Show what changed in letters since they were approved last: [-struck out-]{+written in+}.

    Against a git revision of the folder with --revision, or against each other with --recipients.
    """
    from lettergen.problems import UsageError
    from lettergen.review.review import load_review

    if recipients and revision is not None:
        raise UsageError("--recipients and --revision exclude each other.", help="Leave one of them out.")
    review = load_review(ctx.obj, summit, language=chosen_language(language), layout=chosen_layout(layout))
    chosen = review.chosen(letters or ())
    if recipients:
        _between([review.snapshots[letter] for letter in chosen], as_json=as_json)
    elif revision is None:
        from lettergen.cli._changes import with_approved

        _tell([with_approved(review, letter) for letter in chosen], (), summit, as_json=as_json)
    else:
        from lettergen.review.revision import snapshots_at

        then = snapshots_at(
            ctx.obj, summit, revision, language=chosen_language(language), layout=chosen_layout(layout)
        )
        compared = [_with_revision(review, letter, then.get(letter), revision) for letter in chosen]
        gone = () if letters else tuple(letter for letter in then if letter not in review.snapshots)
        _tell(compared, gone, summit, as_json=as_json)


def _with_revision(review: "Review", letter: str, then: "Snapshot | None", revision: str) -> "Comparison":
    from lettergen.cli._changes import Comparison

    now = review.snapshots[letter]
    if then is None:
        return Comparison(now, None, f"Not written at the revision {revision}", None)
    return Comparison(now, then, f"the revision {revision}", {"text": then.hash, "revision": revision})


def _tell(compared: "Sequence[Comparison]", gone: "Sequence[str]", summit: str, *, as_json: bool) -> None:
    if as_json:
        show_json({"letters": [comparison_as_json(each) for each in compared], "gone": list(gone)})
        return
    from lettergen.cli._changes import comparison_lines
    from lettergen.cli._redline import written

    show_styled(written(comparison_lines(compared, gone, summit, text_width())))


def comparison_as_json(each: "Comparison") -> dict[str, Any]:
    """Return what changed in a letter, as the machine output has it."""
    from lettergen.review.redline import redline, sheet_changes

    before, after = each.before, each.after
    return {
        "letter": after.letter,
        "text": after.hash,
        "against": each.source,
        "compared": before is not None,
        "same": before is not None and before.hash == after.hash,
        "blocks": [asdict(change) for change in redline(before.blocks, after.blocks)] if before else [],
        "sheet": list(sheet_changes(before, after)) if before else [],
    }


def _between(snapshots: "Sequence[Snapshot]", *, as_json: bool) -> None:
    from lettergen.review.deltas import deltas

    groups = deltas(snapshots)
    if as_json:
        show_json({"groups": [_group_as_json(group) for group in groups]})
        return
    from lettergen.cli._deltas import group_lines
    from lettergen.cli._redline import written

    width = text_width()
    show_styled(written(line for group in groups for line in group_lines(group, width)))


def _group_as_json(group: "Group") -> dict[str, Any]:
    from lettergen.render.reading import Block

    body = [{"shared": isinstance(piece, Block)} | asdict(piece) for piece in group.body]
    return asdict(group) | {"first": group.first, "body": body}
