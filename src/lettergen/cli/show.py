"""lettergen show."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from lettergen.cli._choices import chosen_language, chosen_layout
from lettergen.cli._console import say, show_findings, show_json
from lettergen.cli._help import Command
from lettergen.cli._pager import show_text, text_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lettergen.model import Language, Letter
    from lettergen.prepare import Prepared
    from lettergen.review.snapshot import Snapshot


class Show(Command):
    """The command, whose --page can stand alone or before a number."""

    def parse_args(self, ctx: Any, args: list[str]) -> Any:  # Typer does not export the types
        """Read the arguments; --page alone is the first page."""
        return super().parse_args(ctx, _with_page_number(args))


def show(
    ctx: typer.Context,
    summit: Annotated[str, typer.Option("--summit", metavar="SUMMIT", help="A folder under letters/.")],
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="ID", help="The letter to this recipient, or of this id: costa.fr. All when left out."
        ),
    ] = None,
    page: Annotated[
        int | None,
        typer.Option("--page", metavar="[N]", help="A picture of the first page, or of page N."),
    ] = None,
    envelope: Annotated[
        str | None,
        typer.Option("--envelope", metavar="ID", help="This letter in its window envelope, as a drawing."),
    ] = None,
    layout: Annotated[
        str | None,
        typer.Option("--layout", metavar="LAYOUT", help="Another layout than the campaign's."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The letters as JSON on stdout.")] = False,
) -> None:
    """Show letters as they will read: addresses, subject, text, numbered demands, notes.

    At a terminal they come in the pager, elsewhere as plain text. --page shows the page itself in the terminal.
    --envelope draws the folded sheet in its window envelope, an SVG file in out/SUMMIT/, and sketches the window.
    """
    from lettergen.prepare import prepare
    from lettergen.problems import UsageError
    from lettergen.workspace.folder import summit_folder

    if sum([page is not None, envelope is not None, as_json]) > 1 or (name and envelope):
        message = "Only one of --page, --envelope and --json can be shown at a time."
        raise UsageError(message, help="--envelope takes the ID itself.")
    if page is not None:
        from lettergen.cli._page import refuse_without_terminal

        refuse_without_terminal()
    summit_folder(ctx.obj, summit)
    wanted = envelope or name
    prepared = prepare(ctx.obj, summit, language=_language(wanted), layout=chosen_layout(layout))
    letters = _letters(prepared.letters, wanted)
    if envelope is not None:
        from lettergen.cli._envelope import draw_envelope

        draw_envelope(ctx.obj, summit, prepared, letters[0])
    elif page is not None:
        from lettergen.cli._page import show_page

        show_page(ctx.obj, summit, prepared, _the_only(letters), page)
    elif as_json:
        show_json(
            [
                _as_json(letter, snapshot)
                for letter, snapshot in zip(letters, _taken(prepared, letters), strict=True)
            ]
        )
    else:
        _show(ctx.obj, summit, prepared, letters, may_be_approved=layout is None)


def _with_page_number(args: "Sequence[str]") -> list[str]:
    """Return arguments in which a number follows each --page."""
    complete: list[str] = []
    for index, argument in enumerate(args):
        complete.append(argument)
        if argument == "--":
            return [*complete, *args[index + 1 :]]
        if argument == "--page" and not "".join(args[index + 1 : index + 2]).isdecimal():
            complete.append("1")
    return complete


def _language(letter_id: str | None) -> "Language | None":
    """Return the language that the id of a letter ends with; None for the id of a recipient."""
    _, dot, language = (letter_id or "").rpartition(".")
    return chosen_language(language) if dot else None


def _letters(letters: "Sequence[Letter]", wanted: str | None) -> "list[Letter]":
    """Return the letters to a recipient, or the one of that id; all when none is named."""
    from lettergen.problems import UsageError, did_you_mean

    found = [letter for letter in letters if wanted in {None, letter.recipient, letter.id}]
    if not found:
        known = {name for letter in letters for name in (letter.recipient, letter.id)}
        way_out = did_you_mean(wanted or "", known)
        way_out = way_out or f"It has {', '.join(sorted(letter.id for letter in letters))}."
        raise UsageError(f"This campaign has no letter “{wanted}”.", help=way_out)
    return found


def _the_only(letters: "Sequence[Letter]") -> "Letter":
    from lettergen.problems import UsageError

    if len(letters) > 1:
        ids = ", ".join(letter.id for letter in letters)
        raise UsageError("A page is of one letter.", help=f"Name the letter; this campaign has {ids}.")
    return letters[0]


def _taken(prepared: "Prepared", letters: "Sequence[Letter]") -> "list[Snapshot]":
    from lettergen.review.snapshot import take

    return [take(letter, prepared.head) for letter in letters]


def _show(
    root: Path, summit: str, prepared: "Prepared", letters: "Sequence[Letter]", *, may_be_approved: bool
) -> None:
    from lettergen.render.reading import to_text

    snapshots, width = _taken(prepared, letters), text_width()
    texts = [to_text(snapshot.blocks, width) for snapshot in snapshots]
    if len(texts) > 1:
        texts = [
            f"{f'===== {snapshot.letter} '.ljust(width, '=')}\n\n{text}"
            for snapshot, text in zip(snapshots, texts, strict=True)
        ]
    show_text("\n".join(texts))
    show_findings(prepared.warnings)
    if may_be_approved:
        _tell_texts(root, summit, snapshots)


def _tell_texts(root: Path, summit: str, snapshots: "Sequence[Snapshot]") -> None:
    """Tell what the texts are called that were shown, and how to approve exactly one of them."""
    import shlex

    for snapshot in snapshots:
        say(f"Text {snapshot.hash[:8]} is {snapshot.letter} as it reads now.")
    only = snapshots[0] if len(snapshots) == 1 else None
    letter, text = (shlex.quote(only.letter), only.hash[:8]) if only else ("ID", "TEXT")
    workspace = "" if root == Path.cwd() else f" -C {shlex.quote(str(root))}"
    command = f"lettergen{workspace} approve --summit {shlex.quote(summit)} {letter} --text {text}"
    say(f"To approve exactly {'this text' if only else 'one of these texts'}: {command}")


def _as_json(letter: "Letter", snapshot: "Snapshot") -> dict[str, object]:
    return {
        "id": letter.id,
        "recipient": letter.recipient,
        "language": letter.language,
        "text": snapshot.hash,
        "blocks": [asdict(block) for block in snapshot.blocks],
    }
