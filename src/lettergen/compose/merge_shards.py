"""The shards of a campaign, made wherever, become one output folder with one manifest."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lettergen.compose.shard import Shard
from lettergen.files import locked, sha256_of_file
from lettergen.manifest import (
    LOCK,
    MANIFEST,
    Manifest,
    note_in_journal,
    read_entries,
    read_journal,
    read_manifest,
    write_manifest,
)
from lettergen.problems import FileError, RefusedError

if TYPE_CHECKING:
    from pathlib import Path

    from lettergen.manifest import Entry


def merge_shards(folder: Path) -> tuple[Entry, ...]:
    """Move the letters of all shards to the summit's output folder, and record them there.

    Running it again finishes what a killed run left.

    Args:
        folder: the summit's output folder, with a folder “shard-1-of-16” and so on for each shard.

    Returns:
        the letters that came from the shards.

    Raises:
        RefusedError: a shard is missing or was not finished, or the shards were made from different files.
        FileError: a letter is not there, or is another one than its manifest says; or nothing can be written.
    """
    manifests = _complete(folder)
    whole = next(iter(manifests.values()))
    for shard, manifest in manifests.items():
        if replace(manifest, entries={}) != replace(whole, entries={}):
            raise RefusedError(
                f"{shard.folder} was made from other files, or by another lettergen, than the other shards.",
                help="Bring the workspaces to the same state, and run its compose again.",
            )
    came = [(folder / shard.folder, entry) for shard, one in manifests.items() for entry in one.entries.values()]
    with locked(folder):
        known = read_entries(folder)
        for source, entry in came:
            _move(source / entry.file, folder, entry)
        entries = {entry.file: entry for _, entry in came}
        write_manifest(folder, replace(whole, entries=known | entries))
    for shard in manifests:
        _clear(folder / shard.folder)
    return tuple(entries.values())


def _complete(folder: Path) -> dict[Shard, Manifest]:
    """Return the manifest of every shard."""
    there = sorted(shard for path in folder.glob("shard-*-of-*") if (shard := Shard.of_folder(path)))
    if not there:
        raise RefusedError(
            f"There are no shards in {folder}.", help="Make them with compose --shard 1/4, and so on to 4/4."
        )
    of = there[0].of
    if any(shard.of != of for shard in there):
        raise RefusedError(
            f"The shards in {folder} are of different wholes.", help="Move away those of the other one."
        )
    missing = [Shard(of, number).folder for number in range(1, of + 1) if Shard(of, number) not in there]
    if missing:
        raise RefusedError(f"There is no {', no '.join(missing)} in {folder}.", help="Make it, or copy it there.")
    return {shard: _finished(folder / shard.folder, shard) for shard in there}


def _finished(folder: Path, shard: Shard) -> Manifest:
    manifest = read_manifest(folder)
    if manifest is None or read_journal(folder):
        raise RefusedError(f"{folder.name} was not finished.", help="Run its compose again; it does the rest.")
    made = {entry.id for entry in manifest.entries.values()}
    lacking = [one for one in manifest.letters if shard.takes(one.rpartition(".")[0]) and one not in made]
    if lacking:
        more = f" and {len(lacking) - 1} more" if len(lacking) > 1 else ""
        raise RefusedError(
            f"{folder.name} lacks the letter {lacking[0]}{more}.",
            help="Run its compose again; it says what is the matter with them.",
        )
    return manifest


def _move(source: Path, folder: Path, entry: Entry) -> None:
    target = folder / entry.file
    if sha256_of_file(source) == entry.sha256:
        note_in_journal(folder, entry)
        source.replace(target)
    elif sha256_of_file(target) != entry.sha256:
        raise FileError(
            f"{source} is not the letter that its manifest records.", help="Run that shard's compose again."
        )


def _clear(folder: Path) -> None:
    """Take away what is left of a shard; what is not ours stays, with its folder."""
    for name in (MANIFEST, LOCK):
        (folder / name).unlink(missing_ok=True)
    if not any(folder.iterdir()):
        folder.rmdir()
