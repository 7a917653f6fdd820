"""Runs that are stopped at each moment at which they touch the disk, one after the other. A program of its own.

The arguments are what to do (“kill” or “refuse”), the workspace to start from, the folder in which touching the
disk counts, a folder for the copies, and the command line of lettergen. What came of each run goes to stdout, as
JSON.

A run is a fork of this process, so that the libraries are loaded once. The moments are Python's own audit events,
so that none is forgotten here; and the calls of fsync, at which a killed run leaves half of the file: what a power
cut may do.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import json
import os
import re
import shutil
import signal
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass
from importlib import import_module
from itertools import count
from pathlib import Path
from typing import Any
from unittest.mock import patch

import lettergen.cli

LOADED_ONCE = ("lettergen.prepare", "weasyprint", "pypdfium2", "pyhanko.sign.signers", "pyhanko.sign.validation")
PATH_OF = {"os.rename": 1, "os.remove": 0, "os.mkdir": 0, "os.rmdir": 0}  # which argument of an event is the path


@dataclass
class Stopped:
    """A run that was stopped, and the next one.

    Attributes:
        moment: what it was about to do, without the random part of names.
        status: its exit code, or minus the signal that ended it.
        said: what it wrote to stderr.
        left: the files in the workspace's out/ and their hashes, after it.
        next_status: the exit code of the run after it, which nobody stopped.
        next_left: the files after that.
    """

    moment: str
    status: int
    said: str
    left: dict[str, str]
    next_status: int
    next_left: dict[str, str]


class Trap:
    """Stops this process at a number of the moments at which it touches the disk below a folder."""

    def __init__(self, action: str, folder: Path, number: int, report: Path) -> None:
        self._action, self._folder, self._number, self._report = action, str(folder), number, report
        self._seen = 0
        self._fsync = os.fsync
        sys.addaudithook(self._audit)
        patch.object(os, "fsync", self._before_fsync).start()  # no audit event tells of it

    def _audit(self, event: str, arguments: tuple[Any, ...]) -> None:
        if (
            event == "open"
            and isinstance(arguments[2], int)
            and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        ):
            self._count("open", arguments[0])
        elif event in PATH_OF and not (event == "os.mkdir" and Path(arguments[0]).is_dir()):
            self._count(event, arguments[PATH_OF[event]])

    def _before_fsync(self, descriptor: int) -> None:
        self._count("fsync", _path_of(descriptor), descriptor)
        self._fsync(descriptor)

    def _count(self, event: str, path: object, descriptor: int | None = None) -> None:
        name = os.fsdecode(path) if isinstance(path, str | bytes | os.PathLike) else ""
        if not name.startswith(self._folder):
            return
        self._seen += 1
        if self._seen == self._number:
            self._report.write_text(f"{event} {re.sub('[0-9a-f]{8}', 'x', name.removeprefix(self._folder))}")
            self._stop(descriptor)

    def _stop(self, descriptor: int | None) -> None:
        if self._action == "refuse":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        if descriptor is not None:
            with suppress(OSError):
                os.ftruncate(descriptor, os.fstat(descriptor).st_size // 2)
        os.kill(os.getpid(), signal.SIGKILL)


def _path_of(descriptor: int) -> str:
    if sys.platform == "darwin":
        return fcntl.fcntl(descriptor, fcntl.F_GETPATH, bytes(1024)).rstrip(b"\0").decode()
    return str(Path(f"/proc/self/fd/{descriptor}").readlink())


def main() -> None:
    """Stop runs at the first moment, at the second, and so on, until one comes through."""
    action, start, watched, copies, *command = sys.argv[1:]
    if sys.platform != "darwin":  # whose frameworks do not survive a fork
        for module in LOADED_ONCE:
            import_module(module)
    stopped = []
    for number in count(1):
        folder = Path(copies, str(number))
        shutil.copytree(start, folder)
        os.environ |= {"HOME": str(folder / "home"), "XDG_DATA_HOME": str(folder / "home" / "data")}
        moment = folder / "moment"
        status, said = _run(command, folder, Trap, action, folder / watched, number, moment)
        if not moment.exists():
            break
        left = _files(folder)
        next_status, _ = _run(command, folder)
        stopped.append(Stopped(moment.read_text(), status, said, left, next_status, _files(folder)))
    json.dump([asdict(one) for one in stopped], sys.stdout)


def _run(command: list[str], folder: Path, trap: Any = None, *arguments: Any) -> tuple[int, str]:
    """Run lettergen in a fork; return its exit code and what it said."""
    err = folder / "stderr"
    child = os.fork()
    if child == 0:
        os.chdir(folder / "office")
        os.dup2(os.open(err, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 2)
        status = 70
        try:
            if trap is not None:
                trap(*arguments)
            sys.argv = ["lettergen", *command]
            lettergen.cli.main()
        except SystemExit as end:
            status = int(end.code or 0)
        finally:
            sys.stderr.flush()
            os._exit(status)
    _, ended = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(ended), err.read_text("utf-8").replace(str(folder), "")


def _files(folder: Path) -> dict[str, str]:
    files = (path for path in sorted((folder / "office" / "out").rglob("*")) if path.is_file())
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files if path.name != ".lettergen.lock"
    }


if __name__ == "__main__":
    main()
