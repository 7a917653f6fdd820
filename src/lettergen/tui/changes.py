"""What has changed since a letter was approved last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from lettergen.problems import FileError
from lettergen.review.account import account
from lettergen.tui.leaf import EMPTY, Paragraph
from lettergen.tui.words import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lettergen.review.account import Account
    from lettergen.review.prose import Op, Part
    from lettergen.review.review import Review

_MARKS: dict[Op, tuple[str, str, str]] = {
    "equal": ("", "", ""),
    "delete": ("[-", "-]", "$error strike"),
    "insert": ("{+", "+}", "$success underline"),
}
_SEEN = str.maketrans({" ": "␣", "\n": "⏎\n"})  # where nothing but spaces has changed


def changes(review: Review, letter: str) -> Iterator[Paragraph]:
    """Yield what changed in a letter since its last approval, or a sentence that says that there is nothing."""
    approval = review.last_approval(letter)
    if approval is None:
        yield Paragraph(plain("This letter was never approved, so there is nothing to compare it with."))
        return
    when = f"{approval.by.name} approved it on {approval.at:%Y-%m-%d} ({approval.short})"
    try:
        before = review.last_approved(letter)
    except FileError as error:
        yield Paragraph(plain(str(error)))
        return
    now = review.snapshots[letter]
    if before is None:
        yield Paragraph(plain(f"The text as it was when {when} is lost, so there is nothing to compare it with."))
    elif before.hash == now.hash:
        yield Paragraph(plain(f"Nothing has changed since {when}."))
    else:
        yield Paragraph(Content.styled(plain(f"Since {when}:").plain, "$foreground-muted"))
        yield from _told(account(before, now))


def _told(found: Account) -> Iterator[Paragraph]:
    for passage in found.passages:
        yield EMPTY
        yield Paragraph(Content.styled(plain(passage.title).plain, "bold"))
        if passage.parts:
            yield Paragraph(_marked(passage.parts), indent=2)
    for sentence in (*found.renumbered, *found.sheet):
        yield EMPTY
        yield Paragraph(plain(sentence))
    yield EMPTY
    passages = "passage is as it was" if found.unchanged == 1 else "passages are as they were"
    yield Paragraph(Content.styled(f"{found.unchanged} other {passages}.", "$foreground-muted"))


def _marked(parts: Sequence[Part]) -> Content:
    pieces = []
    for part in parts:
        opening, closing, style = _MARKS[part.op]
        text = part.text.translate(_SEEN) if opening and part.text.isspace() else part.text
        pieces.append(Content.assemble(opening, plain(text), closing).stylize(style))
    return Content("").join(pieces)
