"""Commands and groups whose help reads well."""

from __future__ import annotations

from typing import Any

from typer.core import TyperCommand, TyperGroup


class Command(TyperCommand):
    """A command."""

    def get_params(self, ctx: Any) -> Any:  # Typer does not export the types of either
        """Return the options and arguments."""
        return _without_type_of_flags(super().get_params(ctx))


class Group(TyperGroup):
    """A group of commands."""

    def get_params(self, ctx: Any) -> Any:
        """Return the options and arguments."""
        return _without_type_of_flags(super().get_params(ctx))


def _without_type_of_flags(params: Any) -> Any:
    # Typer writes “--draft <bool>”, which reads as if one had to say “--draft true”.
    for param in params:
        if getattr(param, "is_flag", False) and param.metavar is None:
            param.metavar = ""
    return params
