"""Two things timed in turn inside one run, and their ratio: absolute times depend on the machine."""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


@dataclass(frozen=True, slots=True)
class Ratio:
    """How much longer one thing takes than another, or how much more it needs.

    Attributes:
        measured, of_measured: medians over the rounds.
        ratio: the median of the rounds' own ratios, for a machine's speed drifts.
        target: what the ratio must not be over.
    """

    name: str
    measured: float
    of: str
    of_measured: float
    ratio: float
    target: float
    unit: str = "ms"

    @property
    def ok(self) -> bool:
        """Whether the target is met."""
        return self.ratio <= self.target


@dataclass(frozen=True, slots=True)
class Timed:
    """Something to be timed."""

    name: str
    action: Callable[[], object]

    def seconds(self) -> float:
        """Do it once, and return how long it took."""
        start = time.perf_counter()
        self.action()
        return time.perf_counter() - start


def compare(one: Timed, other: Timed, *, target: float, rounds: int) -> Ratio:
    """Time two things in turn, after one round that does not count."""
    pairs = [(one.seconds(), other.seconds()) for _ in range(rounds + 1)][1:]
    return Ratio(
        one.name,
        1000 * statistics.median(pair[0] for pair in pairs),
        other.name,
        1000 * statistics.median(pair[1] for pair in pairs),
        statistics.median(first / second for first, second in pairs),
        target,
    )


def report(ratios: Sequence[Ratio]) -> None:
    """Print the ratios, for people or with --json, and end with status 1 if one is over its target."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--json", action="store_true", help="as JSON")
    if parser.parse_known_args()[0].json:
        print(json.dumps([asdict(ratio) | {"ok": ratio.ok} for ratio in ratios], indent=2))
    else:
        for ratio in ratios:
            verdict = "OK" if ratio.ok else "OVER"
            print(f"{ratio.ratio:5.2f} × (at most {ratio.target:g})  {verdict:4}  {ratio.name} : {ratio.of}")
            print(f"        {ratio.measured:.0f} {ratio.unit} : {ratio.of_measured:.0f} {ratio.unit}")
    sys.exit(0 if all(ratio.ok for ratio in ratios) else 1)
