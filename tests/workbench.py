"""Work for worker processes, in a module that they can import by its name."""

from __future__ import annotations

import os
import signal
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from lettergen.problems import FileError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def workbench(order: str) -> Iterator[Callable[[str], str]]:
    """Open what does the work of these tests; it runs in a worker."""
    if order == "broken":
        raise FileError("There is no workbench.")
    yield lambda item: _work(order, item)


def _work(order: str, item: str) -> str:
    if item == "hang":
        time.sleep(60)
    if item == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if item == "leave":
        os._exit(7)
    if item == "burst":
        return str(len(bytearray(4 << 30)))
    if item == "disk":
        raise FileError("The disk is full.", help="Make room.")
    return f"{order} {item}"
