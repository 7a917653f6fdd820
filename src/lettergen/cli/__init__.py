"""The command line: parse → call → show. One file per command; the error boundary is `_boundary`."""

from lettergen.cli._app import main

__all__ = ["main"]
