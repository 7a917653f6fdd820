"""Files that are whole or absent: atomic writing, hashes, safe names, a lock on a folder."""

from __future__ import annotations

import hashlib
import os
import re
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from lettergen.problems import FileError, RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SAFE_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
LONGEST_NAME = 64

HALF_WRITTEN = re.compile(r"\..+\.[0-9a-f]{8}\.part")  # the temporary files of `write_atomically`

# Names that Windows gives to devices: a file with one of them cannot be made there, whatever its suffix.
DEVICE_NAMES = frozenset(
    {"con", "prn", "aux", "nul"} | {f"{port}{digit}" for port in ("com", "lpt") for digit in range(1, 10)}
)


def is_safe_name(name: str) -> bool:
    """Whether a name is the same file on every system: a-z, 0-9, single hyphens, no device, 64 characters."""
    return len(name) <= LONGEST_NAME and SAFE_NAME.fullmatch(name) is not None and name not in DEVICE_NAMES


def sha256(data: bytes) -> str:
    """Return the SHA-256 of bytes in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def sha256_of_file(path: Path) -> str | None:
    """Return the SHA-256 of a file in hexadecimal, or None when there is no such file."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise FileError(f"{path} cannot be read: {error.strerror or error}.") from error


def write_atomically(
    path: Path, data: bytes, *, mode: int = 0o644, accept: Callable[[Path], None] | None = None
) -> None:
    """Write a file so that it is whole or absent, also after a crash or a power cut.

    The bytes go to a temporary file in the same folder, are flushed to the disk, and take the name in one step.

    Args:
        path: the file; its folder is made when it is missing.
        data: everything that the file will hold.
        mode: permissions of the new file, before the user's umask is taken off.
        accept: looks at the written file before it takes its name; raises to refuse it.

    Raises:
        FileError: the folder or file could not be written; what stood at `path` before still stands there.
    """
    temporary = path.with_name(f".{path.name}.{os.urandom(4).hex()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Neither a file nor a link that someone put there is followed: the name must be free.
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        try:
            _write_all(descriptor, data)
            if accept is not None:
                accept(temporary)
            temporary.replace(path)
        except BaseException:
            with suppress(OSError):
                temporary.unlink()
            raise
        _sync_folder(path.parent)
    except OSError as error:
        raise cannot_be_written(path, error) from error


def append_durably(path: Path, line: bytes) -> None:
    """Add a line to a file, so that it is on the disk when this returns.

    Raises:
        FileError: the file could not be written.
    """
    try:
        with path.open("a+b") as file:
            # A line that a killed run left torn ends here, not in the middle of this one.
            if file.tell() > 0:
                file.seek(-1, os.SEEK_END)
                line = line if file.read(1) == b"\n" else b"\n" + line
            file.write(line + b"\n")
            file.flush()
            os.fsync(file.fileno())
        _sync_folder(path.parent)
    except OSError as error:
        raise cannot_be_written(path, error) from error


def cannot_be_written(path: Path, error: OSError) -> FileError:
    """Return the error that says so, with the system's reason."""
    return FileError(f"{path} cannot be written: {error.strerror or error}.")


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the lock of an output folder, which is made when it is missing, and clear away what a killed run left.

    Raises:
        RefusedError: another process holds the lock.
        FileError: the folder cannot be written.
    """
    # filelock costs as much to import as the rest of a run that has nothing to do.
    from filelock import FileLock, Timeout

    lock = FileLock(folder / ".lettergen.lock", blocking=False)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout as error:
        raise RefusedError(
            f"Another lettergen is writing to {folder}.", help="Wait until it has finished, then run this again."
        ) from error
    except OSError as error:
        raise cannot_be_written(folder, error) from error
    try:
        _clear_halves(folder)
        yield
    finally:
        lock.release()


def _clear_halves(folder: Path) -> None:
    """Remove the temporary files of runs that were killed while they wrote; nobody else is writing now."""
    for path in folder.iterdir():
        if HALF_WRITTEN.fullmatch(path.name):
            with suppress(OSError):
                path.unlink()


def _write_all(descriptor: int, data: bytes) -> None:
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Make a rename durable. Not every system lets a folder be opened; then the rename is as durable as it gets."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
