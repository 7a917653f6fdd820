"""What --language, --layout and --level can be."""

from typing import TYPE_CHECKING, Any, get_args

if TYPE_CHECKING:
    from lettergen.model import Language, Layout, Level


def chosen_language(name: str | None) -> "Language | None":
    """Return the language of that name, or None when none was given.

    Raises:
        UsageError: letters cannot be written in it.
    """
    if name is None:  # the usual case, which does without the model
        return None
    from lettergen.model import Language

    language: Language = _one_of(get_args(Language), name, "language")
    return language


def chosen_layout(name: str | None) -> "Layout | None":
    """Return the layout of that name, or None when none was given.

    Raises:
        UsageError: there is no such layout.
    """
    if name is None:  # the usual case, which does without the model
        return None
    from lettergen.model import Layout

    layout: Layout = _one_of(get_args(Layout), name, "layout")
    return layout


def chosen_level(name: str | None) -> "Level | None":
    """Return the level of that name, or None when none was given.

    Raises:
        UsageError: there is no such level.
    """
    from lettergen.signing.levels import LEVELS

    if name is None:
        return None
    level: Level = _one_of(LEVELS, name.upper(), "level of signatures")
    return level


def _one_of(known: tuple[str, ...], name: str, what: str) -> Any:
    from lettergen.problems import UsageError, did_you_mean

    if name in known:
        return name
    way_out = did_you_mean(name, known) or f"There are: {', '.join(known)}."
    raise UsageError(f"There is no {what} “{name}”.", help=way_out)
