"""What letters are made from, by hash: the workspace's files, and lettergen with its libraries."""

from __future__ import annotations

import platform
from functools import cache
from importlib.metadata import version
from pathlib import Path

from lettergen import __version__
from lettergen.files import sha256, sha256_of_file
from lettergen.workspace.folder import (
    FORMS,
    LETTERHEADS,
    LETTERS,
    RECIPIENTS,
    RECIPIENTS_CSV,
    RECIPIENTS_JSONL,
    SIGNATORIES,
)

LIBRARIES = (
    "weasyprint",
    "pydyf",
    "fontpkg-ibm-plex-serif",
    "markdown-it-py",
    "babel",
    "pyuca",
    "pillow",
    "jinja2",
    "pyhanko",
)
# What turns a letter's HTML into pages. The other libraries have done their work when the HTML is there, or do not
# touch the pages: a letter that reads the same is not made and signed anew because one of those was updated.
SETS_PAGES = ("lettergen", "weasyprint", "pydyf", "fontpkg-ibm-plex-serif")


def input_hashes(root: Path, summit: str) -> dict[str, str]:
    """Return the SHA-256 of every file that a summit's letters can depend on, by its path in the workspace.

    The folder of the co-signatories has one hash for all its files: their names are ids of organisations, of which
    some must not be named.
    """
    folders = (root / LETTERS / summit, root / LETTERS / LETTERHEADS)
    files = [
        *(root / name for name in (RECIPIENTS, RECIPIENTS_CSV, RECIPIENTS_JSONL)),
        *sorted((root / FORMS).glob("*.toml")),
        *(path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()),
    ]
    hashes = {file.relative_to(root).as_posix(): sha256_of_file(file) for file in files}
    known = {name: digest for name, digest in hashes.items() if digest is not None}
    together = f"{LETTERS}/{summit}/{SIGNATORIES}/"
    apart = {name: digest for name, digest in known.items() if not name.startswith(together)}
    if len(apart) < len(known):
        listed = "".join(f"{name} {known[name]}\n" for name in sorted(known.keys() - apart.keys()))
        apart[together] = sha256(listed.encode("utf-8", "surrogateescape"))
    return apart


def library_versions() -> dict[str, str]:
    """Return the versions of lettergen, of Python, and of the libraries that have a part in a letter."""
    return {
        "lettergen": __version__,
        "python": platform.python_version(),
        **{library: version(library) for library in LIBRARIES},
    }


@cache
def package_hash() -> str:
    """Return one SHA-256 over lettergen's own files: code, layouts, forms of address."""
    package = Path(__file__).parent
    files = sorted(path for path in package.rglob("*") if path.is_file() and path.suffix != ".pyc")
    return sha256("".join(f"{path.relative_to(package)} {sha256_of_file(path)}\n" for path in files).encode())
