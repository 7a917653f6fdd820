"""Where errors become sentences and exit codes: the one place for all commands."""

from __future__ import annotations

import os
import sys
from typing import Any

import typer
from typer.core import TyperGroup

from lettergen.cli._console import show_error, show_findings
from lettergen.problems import FindingsError, LettergenError

FILE_EXIT_CODE = 5
BUG_EXIT_CODE = 1
DEBUG = "LETTERGEN_DEBUG"


class Boundary(TyperGroup):
    """The group of all commands."""

    def invoke(self, ctx: Any) -> Any:  # Typer does not export the type that its groups take
        """Run a command; an error of ours is told in a sentence and ends with its exit code."""
        try:
            return super().invoke(ctx)
        except FindingsError as error:
            show_findings(error.problems)
            raise typer.Exit(error.exit_code) from None
        except LettergenError as error:
            show_error(str(error), error.help)
            raise typer.Exit(error.exit_code) from None
        except BrokenPipeError:
            # Whoever reads the output has had enough. Python would complain once more while it ends.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(0) from None
        except OSError as error:
            show_error(f"{error.filename or 'A file'}: {error.strerror or error}.", None)
            raise typer.Exit(FILE_EXIT_CODE) from None
        except Exception as error:
            if isinstance(error, typer.Exit | typer.Abort) or DEBUG in os.environ or _is_usage(error):
                raise
            show_error(
                f"This is a mistake in lettergen, not yours: {type(error).__name__}.",
                f"Set {DEBUG}=1 and run it again to see where; the place is what its makers need to know.",
            )
            raise typer.Exit(BUG_EXIT_CODE) from None


def _is_usage(error: Exception) -> bool:
    # Typer carries its own Click and does not export its exceptions; they know how to show themselves.
    return hasattr(error, "show") and hasattr(error, "exit_code")
