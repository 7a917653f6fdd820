"""A terminal's side of sixels (DEC VT330/VT340 manual, volume 2, chapter 14): what it would draw."""

from __future__ import annotations

import re

from PIL import Image

_WHOLE = re.compile(r'\x1bP0;1q"1;1;(\d+);(\d+)([^\x1b]*)\x1b\\\n', re.DOTALL)
_COMMAND = re.compile(r"#(\d+);2;(\d+);(\d+);(\d+)|#(\d+)|(?:!(\d+))?([?-~])|([$-])|(.)", re.DOTALL)


def from_sixels(text: str) -> Image.Image:
    """Return the picture that a text of sixels, and nothing else, draws."""
    whole = _WHOLE.fullmatch(text)
    assert whole is not None
    image = Image.new("RGB", (int(whole[1]), int(whole[2])))
    colours: dict[str, tuple[int, int, int]] = {}
    colour, column, row = (0, 0, 0), 0, 0
    for command in _COMMAND.finditer(whole[3]):
        defined, red, green, blue, chosen, times, sign, move, unknown = command.groups()
        assert unknown is None
        if defined:
            colours[defined] = (round(int(red) * 2.55), round(int(green) * 2.55), round(int(blue) * 2.55))
        elif chosen:
            colour = colours[chosen]
        elif sign:
            count = int(times or 1)
            for bit in range(6):
                if (ord(sign) - 63) >> bit & 1:
                    image.paste(colour, (column, row + bit, column + count, row + bit + 1))
            column += count
        else:
            column, row = 0, row + 6 * (move == "-")
    return image
