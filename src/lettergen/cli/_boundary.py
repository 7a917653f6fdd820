"""Where errors become sentences and exit codes: the one place for all commands."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

import typer

from lettergen.cli._console import say, show_error, show_findings
from lettergen.cli._help import Group
from lettergen.problems import FindingsError, LettergenError

if TYPE_CHECKING:
    from collections.abc import Iterator

FILE_EXIT_CODE = 5
INTERRUPTED_EXIT_CODE = 130
BUG_EXIT_CODE = 1
DEBUG = "LETTERGEN_DEBUG"


class Boundary(Group):
    """The group of all commands."""

    def make_context(self, *arguments: Any, **options: Any) -> Any:  # Typer does not export the types
        """Read the command line; --help and --version are answered here."""
        with _told():
            return super().make_context(*arguments, **options)

    def invoke(self, ctx: Any) -> Any:
        """Run a command."""
        with _told():
            return super().invoke(ctx)


@contextmanager
def _told() -> Iterator[None]:
    """Tell an error in a sentence, and end with its exit code."""
    try:
        try:
            yield
        finally:
            # What cannot be written is an error now, not a complaint of Python's while it ends.
            sys.stdout.flush()
    except FindingsError as error:
        show_findings(error.problems)
        raise typer.Exit(error.exit_code) from None
    except LettergenError as error:
        show_error(str(error), error.help)
        raise typer.Exit(error.exit_code) from None
    except KeyboardInterrupt:
        say("Interrupted.")
        raise typer.Exit(INTERRUPTED_EXIT_CODE) from None
    except BrokenPipeError:
        # Whoever reads the output has had enough.
        _give_up_stdout()
        raise typer.Exit(0) from None
    except Exception as error:
        if isinstance(error, typer.Exit | typer.Abort) or DEBUG in os.environ or _is_usage(error):
            raise
        if isinstance(error, OSError):
            _give_up_stdout()
            show_error(_failed(error), None)
            raise typer.Exit(FILE_EXIT_CODE) from None
        show_error(
            f"This is a mistake in lettergen, not yours: {type(error).__name__}.",
            f"Set {DEBUG}=1 and run it again to see where; the place is what its makers need to know.",
        )
        raise typer.Exit(BUG_EXIT_CODE) from None


def _failed(error: OSError) -> str:
    what = error.filename or "The output or a temporary file"
    return f"{what} cannot be read or written: {error.strerror or error}."


def _give_up_stdout() -> None:
    """Let what is left in the buffer go nowhere; Python would try once more to write it while it ends."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _is_usage(error: Exception) -> bool:
    # Typer carries its own Click and does not export its exceptions; they know how to show themselves.
    return hasattr(error, "show") and hasattr(error, "exit_code")
