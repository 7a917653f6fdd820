"""How one letter is made: typeset, signed, looked at, written. The same here and in every worker process."""

from __future__ import annotations

import json
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING

from lettergen.compose.at_level import below, opened
from lettergen.compose.recorded import signatures_on_record
from lettergen.files import sha256, write_atomically
from lettergen.inputs import SETS_PAGES
from lettergen.manifest import Entry, SignedBy, note_in_journal
from lettergen.problems import LetterError
from lettergen.workspace.folder import letterhead_folder, summit_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from lettergen.compose.at_level import Asked, LevelSigner
    from lettergen.compose.request import Request
    from lettergen.manifest import Basis
    from lettergen.model import Letter
    from lettergen.render.shared import SharedDocuments
    from lettergen.signing.identity import Identity
    from lettergen.signing.passphrase import PassphraseSource
    from lettergen.typeset.typesetter import Page, Typesetter
    from lettergen.workspace.head import Head


@dataclass(frozen=True)
class Order:
    """What all letters of a run have in common; it goes to worker processes as it is.

    Attributes:
        letterhead: its id.
        head: the sheet's head.
        named_in_lead: whether the paragraph before the demands names the recipient.
        certify: whether a signature allows nothing but further signatures.
        basis: what the letters are made from.
        asked: the level of their signatures.
        identity: who signs; None for unsigned letters and drafts.
    """

    request: Request
    letterhead: str
    head: Head
    named_in_lead: bool
    certify: bool
    basis: Basis
    asked: Asked
    identity: Identity | None

    @cached_property
    def documents(self) -> SharedDocuments:
        """What letters of this run share."""
        from lettergen.render.shared import SharedDocuments

        return SharedDocuments(self.head, self.request.mode, named_in_lead=self.named_in_lead)

    def content(self, letter: Letter) -> str:
        """Return the SHA-256 over all that decides over a letter."""
        signer = self.identity.certificate.fingerprint if self.identity else None
        decides = [
            self.documents.of(letter).digest,
            letter.model_dump_json(),
            self.request.mode,
            {name: self.basis.libraries[name] for name in SETS_PAGES},
            signer,
            self.certify and signer is not None,
        ]
        return sha256(json.dumps(decides, sort_keys=True).encode())


@dataclass(frozen=True, slots=True)
class Item:
    """A letter to be made.

    Attributes:
        content: SHA-256 over all that decides over it.
        file: its name in the output folder.
    """

    letter: Letter
    content: str
    file: str


@dataclass(frozen=True, slots=True)
class Made:
    """What came of a letter: its entry for the manifest, or the sentence that says why there is none.

    Attributes:
        reason: also where the letter was made, but not quite as asked.
    """

    entry: Entry | None
    reason: str | None


@contextmanager
def workshop(order: Order, source: PassphraseSource) -> Iterator[Callable[[Item], Made]]:
    """Open what makes letters, once for all of them in this process.

    Raises:
        LettergenError: a library, a font or the key is missing, or no level that is accepted can be reached.
    """
    from lettergen.typeset.typesetter import Typesetter

    with ExitStack() as stack:
        # First of all, for it may have to ask for a passphrase.
        signer = stack.enter_context(opened(order.identity, source, order.asked)) if order.identity else None
        summit = summit_folder(order.request.root, order.request.summit)
        base = letterhead_folder(order.request.root, order.letterhead)
        typesetter = Typesetter([summit, base], base)
        yield partial(_make, order, typesetter, signer)


def _make(order: Order, typesetter: Typesetter, signer: LevelSigner | None, item: Item) -> Made:
    """Make a letter; that one cannot be made is no reason to stop."""
    try:
        entry = _write(order, typesetter, signer, item)
    except LetterError as error:
        still = "The file of an earlier run still stands there."
        sentences = [str(error), error.help, still if (order.request.folder / item.file).exists() else None]
        return Made(None, " ".join(sentence for sentence in sentences if sentence))
    return Made(entry, below(entry.signer, order.asked, signer.why if signer else None))


def _write(order: Order, typesetter: Typesetter, signer: LevelSigner | None, item: Item) -> Entry:
    """Typeset, sign, write, and look at what was written before it takes its name."""
    from lettergen.reread import refuse_unless_as_meant

    letter, folder = item.letter, order.request.folder
    page = _typeset(order, typesetter, letter, fields=signer is not None)
    pdf, signatures = _signed(page.pdf, letter, signer, order) if signer else (page.pdf, ())
    entry = Entry(
        id=letter.id,
        recipient=letter.recipient,
        language=letter.language,
        layout=letter.layout,
        mode=order.request.mode,
        file=item.file,
        pages=page.pages,
        size=len(pdf),
        sha256=sha256(pdf),
        content=item.content,
        basis=order.basis,
        signatures=signatures,
    )

    def accept(written: Path) -> None:
        refuse_unless_as_meant(written, letter, entry)
        note_in_journal(folder, entry)

    write_atomically(folder / item.file, pdf, accept=accept)
    return entry


def _typeset(order: Order, typesetter: Typesetter, letter: Letter, *, fields: bool) -> Page:
    """Return a letter's pages: those of an earlier letter with its own lines, or else its own."""
    from lettergen.render.html import to_html_document

    shared = order.documents.of(letter)
    data = letter.model_dump_json(indent=1).encode()
    return typesetter.set_like_the_first(shared, data=data, written=letter.date) or typesetter.typeset(
        to_html_document(letter, order.head, order.request.mode),
        data=data,
        written=letter.date,
        fields=fields,
        shared=shared,
    )


def _signed(pdf: bytes, letter: Letter, signer: LevelSigner, order: Order) -> tuple[bytes, tuple[SignedBy, ...]]:
    """Sign for the first signatory; the others sign with `lettergen sign`."""
    from lettergen.signing.fields import field_of
    from lettergen.signing.sign import Claims

    field = field_of(letter.signatories[0].id)
    signed = signer.sign(pdf, field=field, claims=Claims(certify=order.certify))
    return signed.pdf, signatures_on_record(signed, field, order.asked.level)
