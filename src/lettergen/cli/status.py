"""lettergen status."""

from typing import TYPE_CHECKING, Any

import typer

from lettergen.cli._choices import chosen_layout
from lettergen.cli._console import show_findings, show_json
from lettergen.cli._deciding import Letters, loaded, standing_as_json
from lettergen.cli._options import Json, Language, Layout, Summit
from lettergen.cli._pager import show_styled, text_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lettergen.cli._changes import Comparison
    from lettergen.review.review import Review


def status(
    ctx: typer.Context,
    summit: Summit,
    letters: Letters = None,
    language: Language = None,
    layout: Layout = None,
    as_json: Json = False,
) -> None:
    """Show how letters stand: who has decided what, what is missing still, and which change ended an approval."""
    review = loaded(ctx.obj, summit, letters, language, chosen_layout(layout))
    chosen = review.chosen(letters or ())
    if as_json:
        show_json(_as_json(review, chosen))
    else:
        _show(review, chosen, everything=not letters)
        show_findings(review.history.problems)
    if review.history.is_damaged:
        raise typer.Exit(1)


def _show(review: "Review", letters: "Sequence[str]", *, everything: bool) -> None:
    from lettergen.cli._changes import comparison_lines
    from lettergen.cli._redline import written
    from lettergen.cli._standing import gone_lines, standing_lines

    width = text_width()
    lines = [*standing_lines(review, letters, width)]
    if everything:
        lines += gone_lines(review, width)
    if lapsed := _lapsed(review, letters):
        lines += [[], *comparison_lines(lapsed, (), review.summit, width)]
    show_styled(written(lines))


def _lapsed(review: "Review", letters: "Sequence[str]") -> "list[Comparison]":
    """Return the letters of which an approval has lapsed and is missed, each with the text that it was of."""
    from lettergen.cli._changes import with_text_of

    states = [review.state(letter) for letter in letters]
    return [
        with_text_of(review, found.lapsed[-1]) for found in states if found.lapsed and found.standing != "approved"
    ]


def _as_json(review: "Review", letters: "Sequence[str]") -> dict[str, Any]:
    from lettergen.cli.check import as_json as finding_as_json
    from lettergen.cli.diff import comparison_as_json

    states = [review.state(letter) for letter in letters]
    return {
        "summit": review.summit,
        "rules": review.rules.model_dump(mode="json") if review.rules else None,
        "letters": [standing_as_json(found) for found in states],
        "changes": [comparison_as_json(compared) for compared in _lapsed(review, letters)],
        "decisions": [
            decision.to_json() | {"withdrawn": decision.hash in review.history.withdrawn}
            for decision in review.history.decisions
        ],
        "gone": list(review.gone),
        "findings": [finding_as_json(problem) for problem in review.history.problems],
    }
