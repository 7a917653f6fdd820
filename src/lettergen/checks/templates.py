"""The Jinja in people's texts and templates, and what looks like Jinja where nothing is filled in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lettergen.checks import jinja
from lettergen.checks.texts import plain_lines, texts, wordings
from lettergen.citation import CALL
from lettergen.names import HEAD_NAMES, TEXT_NAMES
from lettergen.problems import Place, Problem
from lettergen.sandbox import is_template
from lettergen.workspace.document import read_text
from lettergen.workspace.folder import LETTERHEAD_STYLE, LETTERHEAD_TEMPLATE, letterhead_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lettergen.workspace.campaign import CampaignParts

_TEXT = jinja.Vocabulary(TEXT_NAMES, plain=True)
_HEAD = jinja.Vocabulary(HEAD_NAMES, plain=False)
_JINJA = re.compile(r"\{[{%#]")
# [words with [^a] call](address), and [words](address-with-[^a]-call): Markdown sees no call in either.
_CALL_IN_LINK = re.compile(r"\[(?!\^)[^\[\]]*(?P<words>\[\^[^\]\s]+\])[^\[\]]*\]\(|\]\([^)\s]*(?P<address>\[\^)")


def text_names(parts: CampaignParts) -> Iterator[Problem]:
    """LG401, LG402, LG404: a text of letter.toml is not Jinja, or names or does what it may not."""
    for document, words in wordings(parts):
        for path, text in ((("letter", "subject"), words.header.subject), *texts(words)):
            if is_template(text):
                for mistake in jinja.mistakes(text, _TEXT):
                    place = document.inside(path, mistake.offset)
                    yield Problem(mistake.code, mistake.message, place, mistake.help)


def head_template(parts: CampaignParts) -> Iterator[Problem]:
    """LG401, LG402, LG404, LG101: the same in the letterhead's own template, or it cannot be read."""
    folder = letterhead_folder(parts.root, parts.header.letterhead)
    file = folder / LETTERHEAD_TEMPLATE
    if parts.letterhead is None or not file.is_file():
        return
    source = read_text(parts.root, file)
    if isinstance(source, Problem):
        yield source
        return
    source = source.replace("\r\n", "\n").replace("\r", "\n")
    name = file.relative_to(parts.root).as_posix()
    for mistake in jinja.mistakes(source, _HEAD):
        yield Problem(mistake.code, mistake.message, _place(name, source, mistake.offset), mistake.help)


def head_style(parts: CampaignParts) -> Iterator[Problem]:
    """LG101: the letterhead's own style sheet cannot be read."""
    file = letterhead_folder(parts.root, parts.header.letterhead) / LETTERHEAD_STYLE
    if parts.letterhead is not None and file.is_file():
        style = read_text(parts.root, file)
        if isinstance(style, Problem):
            yield style


def never_filled_in(parts: CampaignParts) -> Iterator[Problem]:
    """LG405: Jinja, or the call of a source, stands where the letter would show it as it is."""
    for document, words in wordings(parts):
        for path, line in plain_lines(words):
            if found := _JINJA.search(line):
                way_out = "Write the words themselves; only the texts and the subject are filled in."
                place = document.inside(path, found.start())
                yield Problem("LG405", "Nothing is filled in here.", place, way_out)
        for path, line in ((("letter", "subject"), words.header.subject), *plain_lines(words)):
            if found := CALL.search(line):
                place = document.inside(path, found.start())
                way_out = "Call the source in the text below it."
                yield Problem("LG405", "A source cannot be called here, only in the texts.", place, way_out)


def call_inside_a_link(parts: CampaignParts) -> Iterator[Problem]:
    """LG405: a source is called inside a link, where no note can be printed."""
    for document, words in wordings(parts):
        for path, text in texts(words):
            for found in _CALL_IN_LINK.finditer(text):
                place = document.inside(path, found.start(found.lastgroup or 0))
                yield Problem(
                    "LG405", "A source cannot be called inside a link.", place, "Call it behind the link."
                )


def _place(name: str, source: str, offset: int) -> Place:
    """Return the place of a character of a template file."""
    before = source[:offset]
    line = before.count("\n") + 1
    column = offset - (before.rfind("\n") + 1) + 1
    return Place(name, line, column, source.split("\n")[line - 1])
