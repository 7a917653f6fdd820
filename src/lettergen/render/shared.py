"""What a letter shares with the other letters of its batch, and what of its pages is the recipient's own."""

from __future__ import annotations

import re
from collections import OrderedDict
from html import unescape
from typing import TYPE_CHECKING
from unicodedata import is_normalized

from lettergen.files import sha256
from lettergen.language import catalogue, direction, typographic
from lettergen.own_lines import OwnLines, Shared
from lettergen.render.html import render_head, to_html_document
from lettergen.render.markdown import to_html

if TYPE_CHECKING:
    from lettergen.model import Language, Letter
    from lettergen.render.html import Mode
    from lettergen.workspace.head import Head

# HTML makes one space of several, and a soft hyphen is a place to break a line.
_PLAIN = re.compile("(?! )(?:(?!  )[^\\t\\n\\r\\f\\xad])+(?<! )")
_KEPT = 256  # distinct shared documents; a batch has a few, or one for each letter


class SharedDocuments:
    """The shared documents of one run.

    Args:
        head: the sheet's head.
        mode: the state of the letters.
        named_in_lead: whether the campaign's paragraph before the demands names the recipient.
    """

    def __init__(self, head: Head, mode: Mode, *, named_in_lead: bool) -> None:
        self._head, self._mode, self._named_in_lead = head, mode, named_in_lead
        self._digests: OrderedDict[bytes, str] = OrderedDict()

    def of(self, letter: Letter) -> Shared:
        """Return what a letter shares.

        Raises:
            LettergenError: the letterhead's own template failed.
        """
        blank = self._blanked(letter)
        own = self._own(letter, blank)
        if own is None:
            return Shared(sha256(to_html_document(letter, self._head, self._mode).encode()), None)
        return Shared(self._digest(blank), own)

    def _digest(self, blank: Letter) -> str:
        key = blank.model_dump_json().encode()
        if key not in self._digests:
            self._digests[key] = sha256(to_html_document(blank, self._head, self._mode).encode())
            if len(self._digests) > _KEPT:
                self._digests.popitem(last=False)
        self._digests.move_to_end(key)
        return self._digests[key]

    def _blanked(self, letter: Letter) -> Letter:
        """Return a letter without what is its recipient's own: as many lines, and nobody in them."""
        nobody = {"recipient": "", "recipient_name": "", "address": ("",) * len(letter.address), "salutation": ""}
        return letter.model_copy(update=nobody | ({"demands_lead": "."} if self._named_in_lead else {}))

    def _own(self, letter: Letter, blank: Letter) -> OwnLines | None:
        """Return the recipient's own lines; None when they are no single lines, or when the head has some too."""
        if letter.mode != "individual" or direction(letter.language) != "ltr":
            return None
        if self._head.template is not None and render_head(letter, self._head) != render_head(blank, self._head):
            return None
        lead = _line(letter.demands_lead, letter.language) if self._named_in_lead else None
        if self._named_in_lead and lead is None:
            return None
        words = catalogue(letter.language)
        own = OwnLines(
            address=letter.address,
            salutation=typographic(letter.salutation, letter.language),
            lead=lead,
            running_head=words.gettext("{name} · {date}").format(
                name=letter.recipient_name, date=letter.date_in_words
            ),
            description=words.gettext("Letter to {name}").format(name=letter.recipient_name),
        )
        lines = (*own.address, own.salutation, own.running_head, own.description)
        return own if all(map(_is_plain, lines)) else None


def _is_plain(line: str) -> bool:
    """Whether no space of a line collapses, and no sign of it is another way to write one."""
    return bool(_PLAIN.fullmatch(line)) and is_normalized("NFKC", line.replace("\N{NO-BREAK SPACE}", " "))


def _line(text: str, language: Language) -> str | None:
    """Return a text as it is printed when it is one paragraph of plain words; else None."""
    html = str(to_html(text, iter(()), language)).strip()
    inside = html.removeprefix("<p>").removesuffix("</p>")
    return None if "<" in inside or "\n" in inside or "[^" in text else unescape(inside)
