"""The Jinja in people's texts and templates: its syntax, and the names that it uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lettergen import sandbox
from lettergen.checks.texts import texts
from lettergen.names import HEAD_NAMES, TEXT_NAMES
from lettergen.problems import Place, Problem
from lettergen.workspace.folder import LETTERHEAD_TEMPLATE, letterhead_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lettergen.workspace.campaign import CampaignParts


def text_names(parts: CampaignParts) -> Iterator[Problem]:
    """LG401, LG402: a text of letter.toml is not readable Jinja, or uses a name that nothing defines."""
    for path, text in ((("letter", "subject"), parts.header.subject), *texts(parts)):
        if sandbox.is_template(text):
            for mistake in sandbox.mistakes(text, TEXT_NAMES):
                place = parts.document.inside(path, mistake.offset)
                yield Problem(mistake.code, mistake.message, place, mistake.help)


def head_template(parts: CampaignParts) -> Iterator[Problem]:
    """LG401, LG402, LG101: the letterhead's own template has such a mistake, or is not written in UTF-8."""
    file = letterhead_folder(parts.root, parts.header.letterhead) / LETTERHEAD_TEMPLATE
    if parts.letterhead is None or not file.is_file():
        return
    name = file.relative_to(parts.root).as_posix()
    try:
        source = file.read_text("utf-8-sig")
    except UnicodeDecodeError:
        yield Problem(
            "LG101", f"{name} is not written in UTF-8.", Place(name), "Save the file with the encoding UTF-8."
        )
        return
    for mistake in sandbox.mistakes(source, HEAD_NAMES):
        yield Problem(mistake.code, mistake.message, template_place(name, source, mistake.offset), mistake.help)


def template_place(name: str, source: str, offset: int) -> Place:
    """Return the place of a character of a template file."""
    before = source[:offset]
    line = before.count("\n") + 1
    column = offset - (before.rfind("\n") + 1) + 1
    return Place(name, line, column, source.split("\n")[line - 1].rstrip("\r"))
