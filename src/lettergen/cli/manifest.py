"""lettergen manifest merge."""

from pathlib import Path
from typing import Annotated

import typer

from lettergen.cli._console import say
from lettergen.cli._help import Command, Group

app = typer.Typer(cls=Group, help="What stands in an output folder.", no_args_is_help=True)


@app.callback()
def _manifest() -> None:
    """Without a second command, Typer would take “merge” for an argument."""


@app.command(cls=Command)
def merge(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="A summit's output folder, with all its shards.")
    ],
) -> None:
    """Make one set of letters, with one manifest, of the shards that compose --shard made.

    Copy the shards' folders side by side into FOLDER first: shard-1-of-4, shard-2-of-4 and so on.
    """
    from lettergen.compose.merge_shards import merge_shards

    letters = merge_shards(folder.resolve())
    say(f"{len(letters)} letters stand in {folder}, and in its manifest.")
