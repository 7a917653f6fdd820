"""Holds that work in processes that hang, die or burst is named, and that the rest is done."""

from __future__ import annotations

import signal
import threading
from typing import TYPE_CHECKING

import pytest

from lettergen.engine import Limits, Lost, here, in_processes, interruptible
from lettergen.problems import FileError, MissingError
from workbench import workbench

if TYPE_CHECKING:
    from collections.abc import Iterator

LIMITS = Limits(deadline=3, memory=1 << 30)


def test_here() -> None:
    """Without workers the work is done in order."""
    assert [(done.item, done.result) for done in here(str.upper, ["a", "b"])] == [("a", "A"), ("b", "B")]


def test_in_processes() -> None:
    """Every piece of work is done once, whatever becomes of others; what is lost says why."""
    items = [*"abcd", "hang", "die", *"efgh", "burst", "leave", *"ijkl"]
    results = {done.item: done.result for done in in_processes(workbench, "made", items, 2, LIMITS)}
    lost = {item: result.why for item, result in results.items() if isinstance(result, Lost)}
    assert lost == {
        "hang": "It was not finished within 3 seconds.",
        "die": "The process that made it ended with the signal SIGKILL.",
        "leave": "The process that made it ended with the code 7.",
        "burst": "It wanted more than 1 GB of memory.",
    }
    assert {item: results[item] for item in "abcdefghijkl"} == {item: f"made {item}" for item in "abcdefghijkl"}
    assert len(results) == len(items)


def test_what_stops_all_work() -> None:
    """An error of the work itself comes back as it was raised."""
    with pytest.raises(FileError, match=r"^The disk is full\.$") as caught:
        list(in_processes(workbench, "made", ["a", "disk"], 1, LIMITS))
    assert caught.value.help == "Make room."


def test_no_worker_starts() -> None:
    """When what does the work cannot be opened anywhere, that is said, and nothing waits for ever."""
    with pytest.raises(MissingError, match=r"^The worker processes do not start\.$"):
        list(in_processes(workbench, "broken", ["a", "b"], 2, LIMITS))


def test_bounded() -> None:
    """No more is taken than the workers are about to need, however much there is."""
    taken = 0

    def items() -> Iterator[str]:
        nonlocal taken
        for number in range(10_000):
            taken += 1
            yield str(number)

    results = in_processes(workbench, "made", items(), 2, LIMITS)
    assert next(results).result in {f"made {number}" for number in range(6)}
    assert taken <= 6
    results.close()


def test_interruptible() -> None:
    """A first Ctrl-C is a wish, a second one an order; before and after, it is what it was."""
    heard: list[str | bool] = []
    before = signal.getsignal(signal.SIGINT)
    with interruptible(lambda: heard.append("first")) as stopping:
        signal.raise_signal(signal.SIGINT)
        assert (stopping.is_set(), heard) == (True, ["first"])
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before
    other = threading.Thread(target=lambda: heard.append(_enter()))
    other.start()
    other.join()
    assert heard == ["first", False]


def _enter() -> bool:
    """Return whether it was stopped: in a thread of somebody else nobody presses keys."""
    with interruptible(lambda: None) as stopping:
        return stopping.is_set()
