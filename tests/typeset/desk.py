"""A copy of the sample campaign with a typesetter at hand, and letters made for one purpose."""

from __future__ import annotations

import base64
import random
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lettergen.model import Ask, Letter, Note, Passage
from lettergen.prepare import prepare
from lettergen.render.html import to_html_document
from lettergen.typeset.typesetter import Page, Typesetter
from lettergen.workspace.head import Head
from workspaces import SUMMIT, lay_out_four_languages

if TYPE_CHECKING:
    from lettergen.render.html import Mode

HEAD = Path("letters", "letterhead", "iphr")


@dataclass(frozen=True)
class Desk:
    """A workspace, its letters, and a warm typesetter that may load what they may.

    Attributes:
        root: the workspace.
        letters: the sample letters, by recipient.
        head: their letterhead.
    """

    root: Path
    typesetter: Typesetter
    letters: dict[str, Letter]
    head: Head

    @property
    def costa(self) -> Letter:
        """The sample letter to the President of the European Council."""
        return self.letters["costa"]

    @property
    def head_folder(self) -> Path:
        """The folder of the letterhead."""
        return self.root / HEAD

    def headed(self, *, template: str | None = None, style: str = "", logo: str | None = None, **own: Any) -> Head:
        """Return the letterhead with a template, a style, a logo or other words."""
        described = {"logo": "logo", "logo_description": "A round seal"} if logo else {}
        letterhead = self.head.letterhead.model_copy(update=described | own)
        return Head(letterhead, logo=logo, template=template, style=style)

    def set(self, letter: Letter, mode: Mode = "unsigned", head: Head | None = None) -> Page:
        """Set a letter."""
        return self.typesetter.typeset(
            to_html_document(letter, head or self.head, mode),
            data=letter.model_dump_json(indent=1).encode(),
            written=letter.date,
            fields=mode == "signed",
        )

    def written(self, file: Path, letter: Letter, mode: Mode = "unsigned", head: Head | None = None) -> Path:
        """Set a letter and write it to a file."""
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(self.set(letter, mode, head).pdf)
        return file


def desk(folder: Path) -> Desk:
    """Return a desk whose workspace is in a folder."""
    lay_out_four_languages(folder)
    prepared = prepare(folder, SUMMIT)
    typesetter = Typesetter([folder / "letters" / SUMMIT, folder / HEAD], folder / HEAD)
    return Desk(folder, typesetter, {letter.recipient: letter for letter in prepared.letters}, prepared.head)


def short(letter: Letter, **own: Any) -> Letter:
    """Return a letter cut down to one page without notes."""
    bare = {
        "opening": "We write to you.",
        "concerns": (Passage(id="one", title="One thing.", text="It is wrong."),),
        "demands": (Ask(id="one", number=1, text="Mend it."),),
        "conclusion": "We would value a reply.",
        "notes": (),
    }
    return letter.model_copy(update=bare | own)


def note(number: int, title: str = "A report", **own: Any) -> Note:
    """Return a note; its source is called “s” with its number."""
    fields: dict[str, Any] = {
        "publisher": "A publisher",
        "url": "https://example.org/a",
        "date": None,
        "accessed": None,
    }
    return Note.model_validate(
        fields | {"number": number, "source": f"s{number}", "title": title, "repeats": None} | own
    )


def random_letter(letter: Letter, seed: int) -> Letter:
    """Return a letter of two to four pages whose texts and notes are as long as chance has it."""
    chance = random.Random(seed)  # noqa: S311 - the same letter for the same seed is what is meant
    notes: list[Note] = []

    def words(fewest: int, most: int) -> str:
        return " ".join(chance.choice(_WORDS) for _ in range(chance.randint(fewest, most))).capitalize()

    def text(sentences: int) -> str:
        said = []
        for _ in range(sentences):
            said.append(f"{words(8, 16)}.")
            if chance.random() < 0.6:
                notes.append(note(len(notes) + 1, words(4, 8 + seed * 7 % 30)))
                said[-1] += f"[^s{len(notes)}]"
        return " ".join(said)

    opening = text(5)
    concerns = tuple(
        Passage(id=f"c{index}", title=f"{words(2, 9)}.", text=text(chance.randint(1, 2 + seed % 5)))
        for index in range(4 + seed % 6)
    )
    demands = tuple(
        Ask(id=f"d{number}", number=number, text=f"{words(8, 24)}.") for number in range(1, 4 + seed % 5)
    )
    conclusion = text(1 + seed % 4)
    return letter.model_copy(
        update={
            "opening": opening,
            "concerns": concerns,
            "demands": demands,
            "conclusion": conclusion,
            "notes": tuple(notes),
        }
    )


def data_address(data: bytes, media_type: str) -> str:
    """Return bytes as a data: address."""
    return f"data:{media_type};base64,{base64.b64encode(data).decode()}"


_TEXT = """
the of and associations freedom people state report government journalists independent human rights region law union
court public office month country civic space trial assembly media critics under again without because through
international obligations commitments
"""
_WORDS = _TEXT.split()
