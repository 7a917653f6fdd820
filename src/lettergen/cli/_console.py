"""What people see: findings, sentences, progress. The only importer of Rich.

Rich is loaded where something is styled: a run with nothing to do ends before that.

Everything here goes to stderr, but for what a command was asked to show. Colour is never the only mark.
"""

from __future__ import annotations

import json
import os
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rich.console import Console
    from rich.text import Text

    from lettergen.problems import Problem

_DUMB = {"dumb", "unknown"}  # terminals on which a line cannot be written over
_STYLES = {"error": "bold red", "warning": "bold yellow"}

_LINES = 50  # letters of which each has its line
_PAUSE = 2.0  # seconds between the lines of more

# What is told can come from anyone's file: control characters could move the cursor or rewrite what stands above.
# Their pictures are as many characters, so that carets stay in their places.
_PICTURES = {code: 0x2400 + code for code in range(0x20) if chr(code) not in "\t\n"}
_PICTURES |= {0x7F: 0x2421} | dict.fromkeys(range(0x80, 0xA0), 0xFFFD)
# These turn the direction of the text around them, so that a line reads as another one.
_PICTURES |= dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)), 0xFFFD)


def say(*sentences: str) -> None:
    """Tell people something, on stderr, a line each."""
    for sentence in sentences:
        sys.stderr.write(f"{visible(sentence)}\n")


def say_at_once(sentence: str) -> None:
    """Tell people something from a signal handler: the stream itself may be in the middle of a write."""
    os.write(sys.stderr.fileno(), f"{visible(sentence)}\n".encode())


def show_error(message: str, way_out: str | None) -> None:
    """Tell people why a command cannot go on, and what to do."""
    from rich.text import Text

    console = _console()
    console.print(Text.assemble(("error", _STYLES["error"]), ": ", visible(message)))
    if way_out:
        console.print(Text.assemble(("  help", "bold"), ": ", visible(way_out)))


def show_json(value: Any) -> None:
    """Write a value as JSON to stdout, in UTF-8 wherever this runs (RFC 8259, 8.1)."""
    text = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
    # A file name that is no UTF-8 comes as surrogates; with a backslash they are what JSON writes for them.
    rest = text.encode("utf-8", "backslashreplace")
    while rest:
        # With PYTHONUNBUFFERED this writes as much as there is room for, and says how much that was.
        rest = rest[sys.stdout.buffer.write(rest) :]


def show_findings(problems: Sequence[Problem], *, to_stdout: bool = False) -> None:
    """Show each finding with its place, the line, a caret and the way out; then how many there are."""
    if not problems:
        return
    from rich.text import Text

    console = _console(to_stdout=to_stdout)
    for problem in problems:
        console.print(_finding(problem))
    console.print(Text(count(problems), "bold"))


def count(problems: Sequence[Problem]) -> str:
    """Return how many findings there are, in words: “2 errors and 1 warning.”."""
    errors = sum(problem.severity == "error" for problem in problems)
    warnings = len(problems) - errors
    parts = [
        f"{number} {word}{'' if number == 1 else 's'}"
        for number, word in ((errors, "error"), (warnings, "warning"))
        if number
    ]
    return f"{' and '.join(parts)}."


def _finding(problem: Problem) -> Text:
    from rich.cells import cell_len
    from rich.text import Text

    where = problem.where
    text = Text.assemble(
        (f"{problem.severity}[{problem.code}]", _STYLES[problem.severity]),
        f" {visible(str(where))}\n  {visible(problem.message)}\n",
    )
    if where.source is not None and where.line is not None:
        number = str(where.line)
        shown = visible(where.source.expandtabs(4))
        text.append(f"  {number} | ", "dim").append(f"{shown}\n")
        if where.column is not None:
            # The caret stands under its sign also behind tabs and signs that are two columns wide.
            before = cell_len(visible(where.source[: where.column - 1].expandtabs(4)))
            text.append(f"  {' ' * len(number)} | ", "dim").append(f"{' ' * before}^\n", _STYLES[problem.severity])
    if problem.help:
        text.append("  help", "bold").append(f": {visible(problem.help)}\n")
    return text


@contextmanager
def progress() -> Iterator[Callable[[int, int, str], None]]:
    """Show how far the letters are, and how long the rest takes; plain lines where stderr is no terminal."""
    begun = told = time.monotonic()
    if not sys.stderr.isatty() or is_dumb():

        def tell(number: int, total: int, letter: str) -> None:
            nonlocal told
            now = time.monotonic()
            if number <= _LINES or number == total or now - told >= _PAUSE:
                told = now
                say(f"{number}/{total} {letter}{_pace(number, total, now - begun)}")

        yield tell
        return
    status = None

    def show(number: int, total: int, letter: str) -> None:
        nonlocal status
        if status is None:
            status = _console().status("")
            status.start()
        status.update(f"{number}/{total} {letter}{_pace(number, total, time.monotonic() - begun)}")

    try:
        yield show
    finally:
        if status is not None:
            status.stop()


def _pace(number: int, total: int, seconds: float) -> str:
    """Return how many letters a second there are, and how long the rest takes, once there is something to say."""
    if number < _LINES or number == total or seconds <= 0:
        return ""
    rate = number / seconds
    left = round((total - number) / rate)
    return f" · {rate:.{0 if rate >= 10 else 1}f} letters a second · {_duration(left)} left"


def _duration(seconds: int) -> str:
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return (
        f"{hours} h {minutes:02} min" if hours else f"{minutes} min {seconds:02} s" if minutes else f"{seconds} s"
    )


def is_dumb() -> bool:
    """Whether the terminal can do no more than take lines."""
    return os.environ.get("TERM") in _DUMB


def visible(text: str) -> str:
    """Return a text whose control characters are shown instead of obeyed; line ends and tabs stay."""
    return text.translate(_PICTURES)


def _console(*, to_stdout: bool = False) -> Console:
    from rich.console import Console

    # Names and paths are shown as they are: no markup, no emoji codes, no colours for numbers.
    return Console(stderr=not to_stdout, markup=False, emoji=False, highlight=False, soft_wrap=True)
