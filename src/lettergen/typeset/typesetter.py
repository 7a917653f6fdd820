"""The engine with its fonts and its gates.

Whatever the engine merely logs is an error here: a letter with a missing glyph, picture or rule is not written.
"""

from __future__ import annotations

import io
import logging
import os
import re
import warnings
from collections import OrderedDict
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from lettergen.problems import LetterError, MissingError
from lettergen.typeset import gates
from lettergen.typeset.notes import lay_out

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from pydyf import PDF
    from weasyprint import Attachment, Document

    from lettergen.own_lines import OwnLines, Shared
    from lettergen.typeset.shared import SharedPages

FAMILY = "IBM Plex Serif"
_WEIGHTS = (400, 600, 700)
_STYLES = ("normal", "italic")
_KEPT = 16  # kinds of letters whose pages are kept; a batch has one for each office and language
Value = TypeVar("Value")
_DATA = re.compile(r"(data:[a-z/+]{0,30})[^'\"\s)]*")  # a whole picture, in a sentence


@dataclass(frozen=True, slots=True)
class Page:
    """A finished letter.

    Attributes:
        pdf: the file's bytes; the same for the same HTML, attachment and library versions.
        pages: how many there are.
    """

    pdf: bytes
    pages: int


@dataclass(frozen=True, slots=True)
class _Set:
    """A letter that was set the long way, and whose pages others may share."""

    document: Document
    pdf: PDF
    own: OwnLines
    data: bytes
    page: Page


class Typesetter:
    """The engine with its fonts, warm; one for a run.

    Args:
        folders: the only folders whose files a letter may show (symbolic links are resolved first).
        base: the folder that relative addresses start from.

    Raises:
        MissingError: Pango or the fonts are not on this machine.
    """

    def __init__(self, folders: Sequence[Path], base: Path) -> None:
        weasyprint = _weasyprint()
        from weasyprint.text.fonts import FontConfiguration

        from lettergen.typeset.fetcher import OnlyOwnFiles

        fonts = _font_files()
        self._fetcher = OnlyOwnFiles([*folders, *{font.parent for font in fonts.values()}])
        # One configuration for all letters: each new one would keep 0.3 MB for ever.
        self._fonts = FontConfiguration()
        faces = "".join(
            f'@font-face{{font-family:"{FAMILY}";src:url("{font.as_uri()}");font-weight:{weight};font-style:{style}}}'
            for (weight, style), font in fonts.items()
        )
        self._base = base.as_uri() + "/"
        self._html, self._attachment = weasyprint.HTML, weasyprint.Attachment
        self._first: OrderedDict[str, _Set] = OrderedDict()
        self._pages: OrderedDict[str, SharedPages | None] = OrderedDict()
        self._defaults = weasyprint.DEFAULT_OPTIONS
        self._faces = weasyprint.CSS(string=faces, font_config=self._fonts, url_fetcher=self._fetcher)

    def typeset(
        self, html: str, *, data: bytes, written: dt.date, fields: bool, shared: Shared | None = None
    ) -> Page:
        """Set one letter.

        Args:
            html: the whole document, as `render.html` makes it.
            data: the letter as JSON, to be attached as the source of the file.
            written: the letter's date; it stands for every date in the file, so that the bytes can be repeated.
            fields: whether check boxes named “signature-…” become signature fields.
            shared: what other letters share with it, if they may take its pages; see `set_like_the_first`.

        Raises:
            LetterError: something in the letter cannot be set as it is meant.
        """
        attachment = self._attached(data, written)
        del self._fetcher.refused[:]
        finished: list[PDF] = []

        def finish(document: Document, pdf: PDF) -> None:
            _finish(document, pdf, fields=fields)
            finished.append(pdf)

        with _no_log_line():
            options = {"attachments": [attachment], "pdf_variant": "pdf/a-3a"}
            document = lay_out(html, lambda source: self._layout(source, options))
            gates.refuse_foreign_files(self._fetcher.refused)
            gates.refuse_further_attachments(document)
            gates.refuse_local_links(document)
            gates.refuse_other_fields(document, allowed=fields)
            gates.refuse_overflow(document)
            pdf = document.write_pdf(finisher=finish, **options)
            gates.refuse_foreign_files(self._fetcher.refused)  # pictures are drawn only now
        page = Page(pdf, len(document.pages))
        if shared is not None and shared.own is not None and shared.digest not in self._pages:
            _keep(self._first, shared.digest, _Set(document, finished[0], shared.own, data, page))
        return page

    def set_like_the_first(self, shared: Shared, *, data: bytes, written: dt.date) -> Page | None:
        """Set a letter that differs from one that was set before in the recipient's own lines alone.

        The bytes are those that `typeset` would return, at a fraction of its time.

        Args:
            shared: what it shares with that one, and its own lines.
            data: the letter as JSON.
            written: the letter's date.

        Returns:
            The finished letter; None when there is no such letter, or when this one has to be set by itself.
        """
        if shared.own is None:
            return None
        if (first := self._first.pop(shared.digest, None)) is not None:
            _keep(self._pages, shared.digest, self._shared_pages(first, written))
        pages = self._pages.get(shared.digest)
        if pages is None:
            return None
        self._pages.move_to_end(shared.digest)
        return self._set_like(pages, shared.own, data, written)

    def _shared_pages(self, first: _Set, written: dt.date) -> SharedPages | None:
        """Return the pages of a first letter for others; None when they do not even serve for itself."""
        from lettergen.typeset.finish import add_ua_identification
        from lettergen.typeset.shared import SharedPages

        options = {**self._defaults, "pdf_variant": "pdf/a-3a"}
        try:
            pages = SharedPages(first.document, first.pdf, first.own, add_ua_identification, options)
            same = self._set_like(pages, first.own, first.data, written) == first.page
        except Exception:  # noqa: BLE001 - whatever another release of the engine does differently
            return None
        return pages if same else None

    def _set_like(self, pages: SharedPages, own: OwnLines, data: bytes, written: dt.date) -> Page | None:
        try:
            with _no_log_line():
                pdf = pages.fill(own, self._attached(data, written))
        except LetterError:
            return None  # the long way says what is wrong, of the whole letter
        return None if pdf is None else Page(pdf, pages.count)

    def _attached(self, data: bytes, written: dt.date) -> Attachment:
        import datetime as dt

        moment = dt.datetime(written.year, written.month, written.day, tzinfo=dt.UTC)
        # Without HarfBuzz-Subset the fonts are subset by fontTools, which would write the current time.
        os.environ["SOURCE_DATE_EPOCH"] = str(int(moment.timestamp()))
        return self._attachment(
            string=data,
            name="letter.json",
            description="The letter as data",
            relationship="Source",
            created=moment,
            modified=moment,
            url_fetcher=self._fetcher,  # or it makes one of its own, which takes long
        )

    def _layout(self, html: str, options: dict[str, Any]) -> Document:
        try:
            page = self._html(string=html, base_url=self._base, url_fetcher=self._fetcher)
            return page.render(font_config=self._fonts, stylesheets=[self._faces], **options)
        except Exception as error:
            raise LetterError(
                f"The typesetter stumbles over this letter: {type(error).__name__} {error}".rstrip() + ".",
                help="Most likely letterhead.html or letterhead.css has something that it does not understand.",
            ) from error


def _keep(kept: OrderedDict[str, Value], key: str, value: Value) -> None:
    kept[key] = value
    if len(kept) > _KEPT:
        kept.popitem(last=False)


def _weasyprint() -> Any:
    # Only the fonts that the letters bring: what happens to be on a machine must not change a letter.
    os.environ["FONTCONFIG_FILE"] = str(files("lettergen") / "layouts" / "fonts.conf")
    try:
        # A missing library is announced on stdout, which belongs to the command's own output.
        with warnings.catch_warnings(), redirect_stdout(io.StringIO()):
            warnings.filterwarnings("ignore", message="No fonts configured")  # that is what is meant
            import weasyprint
    except OSError as error:
        raise MissingError(
            f"The typesetter's library is missing: {error}", help="Run lettergen doctor; it says what to install."
        ) from error
    return weasyprint


def _font_files() -> dict[tuple[int, str], Path]:
    import fontpkg

    try:
        return {
            (weight, style): Path(fontpkg.path(FAMILY, weight, style)) for weight in _WEIGHTS for style in _STYLES
        }
    except fontpkg.FontpkgError as error:
        raise MissingError(f"The letters' fonts are missing: {error}", help="Run lettergen doctor.") from error


@contextmanager
def _no_log_line() -> Iterator[None]:
    """Turn whatever the engine logs at WARNING or above into an error."""
    lines: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(_DATA.sub(r"\1…", record.getMessage()))

    logger = logging.getLogger("weasyprint")
    listener = Listener(logging.WARNING)
    handlers, propagate = logger.handlers[:], logger.propagate
    logger.handlers, logger.propagate = [listener], False
    try:
        yield
    finally:
        logger.handlers, logger.propagate = handlers, propagate
    if lines:
        said = "; ".join(line.rstrip(".: ") for line in dict.fromkeys(lines))
        raise LetterError(
            f"The letter cannot be set as it is meant. The typesetter says: {said}.",
            help="Look at letterhead.html, letterhead.css and the logo; a line and a column are those of the file.",
        )


def _finish(document: Document, pdf: PDF, *, fields: bool) -> None:
    from lettergen.typeset.finish import (
        add_ua_identification,
        list_attachment_once,
        make_signature_fields,
        sort_unicode_maps,
        stop_interpolation,
    )
    from lettergen.typeset.structure import StructureTree

    gates.refuse_missing_signs(document)
    gates.refuse_print_colours(pdf)
    stop_interpolation(pdf)
    add_ua_identification(pdf)
    list_attachment_once(pdf)
    sort_unicode_maps(pdf)
    tree = StructureTree(pdf)
    tree.join_pages(document.pages)
    tree.join_columns()
    tree.refuse_unreadable_head()
    tree.tag_run_in_headings()
    tree.complete_list_items()
    tree.place_figures()
    tree.name_notes()
    tree.release_page_furniture()
    if fields:
        make_signature_fields(pdf)
