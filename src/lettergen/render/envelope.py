"""The folded sheet in its window envelope, drawn to scale: where the address shows, however the sheet slips."""

from __future__ import annotations

import textwrap
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, StrictUndefined, Template

from lettergen.geometry import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lettergen.geometry import AddressLine, Geometry

_BORDER = 12.0  # millimetres around the drawings
_HEAD = 30.0  # over each envelope, for its heading and its width
_LEGEND = 24.0
_SENTENCE = 6.0
_LONGEST = 110  # signs of a sentence on a line


def to_svg(title: str, sheet: Geometry, lines: Sequence[AddressLine], hidden: Sequence[str]) -> str:
    """Return the envelope with the folded sheet at both ends of its play, as SVG, 1:1 in millimetres.

    Args:
        title: what letter it is.
        sheet: its geometry.
        lines: the address as it stands on the page.
        hidden: sentences about the lines that do not always show.
    """
    envelope = sheet.envelope
    slips = {
        "The sheet at the lower left of the envelope": (0.0, 0.0),
        "The sheet at the upper right of the envelope": sheet.slack,
    }
    views = [
        {"title": words, "y": _HEAD + number * (envelope.height + _HEAD), **_view(sheet, lines, *slip)}
        for number, (words, slip) in enumerate(slips.items())
    ]
    legend_y = _HEAD + 2 * (envelope.height + _HEAD) - _HEAD / 2
    shown = visible(sheet)
    said = [part for sentence in hidden for part in textwrap.wrap(sentence, _LONGEST)]
    values: dict[str, Any] = {
        "title": title,
        "description": describe(sheet, hidden),
        "width": _round(envelope.width + 2 * _BORDER + 14),
        "height": _round(legend_y + _LEGEND + _SENTENCE * len(said)),
        "left": _BORDER,
        "legend_y": _round(legend_y),
        "envelope": envelope,
        "window": _window(sheet),
        "views": views,
        "hidden": said,
        "words": {
            "window": f"window {_by(envelope.window.width, envelope.window.height)}",
            "shown": f"shows however the sheet slips: {_by(shown.width, shown.height)}",
            "sheet": f"the folded sheet, {_by(sheet.sheet[0], sheet.folded)}",
        },
    }
    return _drawing().render(values).translate(_NO_XML)


def describe(sheet: Geometry, hidden: Sequence[str]) -> str:
    """Return in words what the drawing shows."""
    envelope, shown = sheet.envelope, visible(sheet)
    window = envelope.window
    side = (
        f"{_mm(window.right)} from the right"
        if window.right is not None
        else f"{_mm(window.left or 0)} from the left"
    )
    sentences = (
        f"{sheet.name}: the envelope {envelope.name} is {_by(envelope.width, envelope.height)}; its window is "
        f"{_by(window.width, window.height)}, {side} and {_mm(window.bottom)} from the bottom. "
        f"However the sheet slips, {_by(shown.width, shown.height)} of it show, {_plain(shown.x)} to "
        f"{_mm(shown.right)} from its left edge and {_plain(shown.y)} to {_mm(shown.bottom)} from its top. "
    )
    return sentences + (" ".join(hidden) or "Every line of the address stands within that.")


def _view(sheet: Geometry, lines: Sequence[AddressLine], right: float, up: float) -> dict[str, Any]:
    """Return one drawing, from the envelope's upper left corner, with the sheet slipped to the right and up."""
    envelope, shown = sheet.envelope, visible(sheet)
    down = envelope.height - sheet.folds[0] - up  # from a place on the sheet to the same place on the envelope
    return {
        "sheet": {
            "x": right,
            "y": _round(envelope.height - up - sheet.folded),
            "width": sheet.sheet[0],
            "height": _round(sheet.folded),
        },
        "shown": {
            "x": _round(shown.x + right),
            "y": _round(shown.y + down),
            "width": _round(shown.width),
            "height": _round(shown.height),
        },
        "rows": [
            {
                "text": row.text,
                "x": _round(row.box.x + right),
                "baseline": _round(row.baseline + down),
                "width": _round(row.box.width),
                "hidden": not shown.holds(row.box, 0.1),
            }
            for line in lines
            for row in line.rows
        ],
    }


def _window(sheet: Geometry) -> dict[str, float]:
    """Return the window, and where its distances from the envelope's edges are drawn."""
    envelope = sheet.envelope
    window, left, top = envelope.window, envelope.window_left, envelope.window_top
    side_from = 0.0 if window.right is None else left + window.width
    numbers = {
        "x": left,
        "y": top,
        "width": window.width,
        "height": window.height,
        "bottom": top + window.height,
        "side_from": side_from,
        "side": left if window.right is None else window.right,
        "middle": top + window.height / 2,
        "foot": left + window.width / 2,
        "under": window.bottom,
    }
    return {name: _round(number) for name, number in numbers.items()}


# What no XML document can hold (XML 1.0, 2.2).
_NO_XML = dict.fromkeys(
    ({*range(0x20), 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)} - {0x09, 0x0A, 0x0D}), "\N{REPLACEMENT CHARACTER}"
)


@cache
def _drawing() -> Template:
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters["mm"] = _mm
    source = (files("lettergen") / "layouts" / "envelope.svg").read_text("utf-8")
    return environment.from_string(source)


def _mm(number: float) -> str:
    return f"{_plain(number)} mm"


def _by(width: float, height: float) -> str:
    return f"{_plain(width)} × {_mm(height)}"


def _plain(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


def _round(number: float) -> float:
    return round(number, 3)
