"""Where work runs: here, or in worker processes that can hang, crash and burst without harm to the others."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections import deque
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from lettergen.problems import MissingError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator
    from contextlib import AbstractContextManager

Order = TypeVar("Order")
Item = TypeVar("Item")
Made = TypeVar("Made")

DEADLINE = 60.0  # seconds for one piece of work; a letter takes a part of one
MEMORY = 2 << 30  # bytes that a worker may hold; a warm typesetter holds a twentieth
_WINDOW = 3  # pieces of work handed out for each worker: one at work, two waiting


@dataclass(frozen=True, slots=True)
class Lost:
    """A piece of work that has no result: its worker hung, died, or wanted too much memory."""

    why: str


@dataclass(frozen=True, slots=True)
class Limits:
    """What a piece of work may take.

    Attributes:
        deadline: seconds.
        memory: bytes of its worker's data; None for as much as there is.
    """

    deadline: float = DEADLINE
    memory: int | None = MEMORY


@dataclass(frozen=True, slots=True)
class Done(Generic[Item, Made]):
    """A piece of work, and what came of it."""

    item: Item
    result: Made | Lost


def usable_cpus() -> int:
    """Return how many processors this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def here(work: Callable[[Item], Made], items: Iterable[Item]) -> Iterator[Done[Item, Made]]:
    """Do each piece of work in this process, in order."""
    for item in items:
        yield Done(item, work(item))


def in_processes(
    opening: Callable[[Order], AbstractContextManager[Callable[[Item], Made]]],
    order: Order,
    items: Iterable[Item],
    jobs: int,
    limits: Limits,
) -> Generator[Done[Item, Made], None, None]:
    """Do each piece of work in one of several processes, and yield the results as they come.

    No more is taken from `items` than the workers are about to need.

    Args:
        opening: a function of a module, called once in each process: what it opens does the work.
        order: what it is given; pickled, like the items and the results.
        items: the work.
        jobs: how many processes.
        limits: of each piece of work.

    Raises:
        MissingError: no process can be made ready.
        Exception: whatever a piece of work raised; the rest is given up.
    """
    # Imported here, because a run that needs no workers shall not pay for them.
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    from pebble import ProcessExpired, ProcessPool

    # A forked process would have the parent's threads' locks; spawned ones are the same on every system.
    pool = ProcessPool(
        max_workers=jobs,
        initializer=_begin,
        initargs=(opening, order, limits.memory),
        context=get_context("spawn"),
    )
    waiting: dict[Future[Any], Item] = {}
    source = iter(items)
    try:
        while True:
            while len(waiting) < _WINDOW * jobs and (item := next(source, _END)) is not _END:
                waiting[pool.schedule(_work, (item,), timeout=limits.deadline)] = item
            if not waiting:
                break
            finished, _ = wait(waiting, return_when=FIRST_COMPLETED)
            for future in finished:
                item = waiting.pop(future)
                try:
                    yield Done(item, future.result())
                except TimeoutError:
                    yield Done(item, Lost(f"It was not finished within {limits.deadline:.0f} seconds."))
                except ProcessExpired as error:
                    yield Done(item, Lost(f"The process that made it ended {_ended(error.exitcode)}."))
                except MemoryError:
                    yield Done(item, Lost(_too_much(limits.memory)))
        pool.close()  # type: ignore[no-untyped-call]
    except BrokenProcessPool as error:
        raise MissingError(
            "The worker processes do not start.",
            help="Try --jobs 1: it works without them, or says what is missing.",
        ) from error
    finally:
        pool.stop()  # type: ignore[no-untyped-call]
        pool.join()


@contextmanager
def interruptible(first: Callable[[], None]) -> Iterator[threading.Event]:
    """Let a first Ctrl-C be a wish, and a second one an order.

    Args:
        first: called at the first one.

    Yields:
        an event that is set from the first one on; the second one raises KeyboardInterrupt.
    """
    stopping = threading.Event()

    def interrupted(_number: int, _frame: Any) -> None:
        if stopping.is_set():
            raise KeyboardInterrupt
        stopping.set()
        first()

    if threading.current_thread() is not threading.main_thread():
        yield stopping
        return
    before = signal.signal(signal.SIGINT, interrupted)
    try:
        yield stopping
    finally:
        signal.signal(signal.SIGINT, before)


_END: Any = object()
_opened: deque[tuple[ExitStack, Callable[[Any], Any]]] = deque(maxlen=1)  # in a worker: what does the work


def _begin(
    opening: Callable[[Any], AbstractContextManager[Callable[[Any], Any]]], order: Any, memory: int | None
) -> None:
    """Make a worker ready; this runs in it."""
    signal.signal(
        signal.SIGINT, signal.SIG_IGN
    )  # the terminal sends it to all; whether to stop is the parent's word
    if memory is not None:
        _limit_memory(memory)
    stack = ExitStack()
    _opened.append((stack, stack.enter_context(opening(order))))


def _work(item: Any) -> Any:
    _, work = _opened[0]
    return work(item)


def _limit_memory(most: int) -> None:
    with suppress(ImportError, ValueError, OSError):  # not every system can
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (most, most))


def _ended(exit_code: int | None) -> str:
    if exit_code is not None and exit_code < 0:
        with suppress(ValueError):
            return f"with the signal {signal.Signals(-exit_code).name}"
    return f"with the code {exit_code}"


def _too_much(memory: int | None) -> str:
    return f"It wanted more than {memory / (1 << 30):.0f} GB of memory." if memory else "There was no memory left."
