"""Holds how the translations beside letter.toml are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lettergen.model import EditionHead, EditionSummit
from lettergen.workspace.editions import load_editions
from workspace.sample import SUMMIT

if TYPE_CHECKING:
    from workspace.sample import Sample


def test_in_the_order_of_the_languages(four_languages: Sample) -> None:
    """The editions of the sample, good, each from its file; the original's own language is none of them."""
    folder = four_languages.root / "letters" / SUMMIT
    editions, problems = load_editions(four_languages.root, folder, "en")
    assert problems == ()
    assert [parts.edition.language for parts in editions] == ["fr", "de", "ru"]
    for parts in editions:
        assert parts.document.name == f"letters/{SUMMIT}/letter.{parts.edition.language}.toml"
        assert (parts.problems, parts.unread) == ((), frozenset())
    french = editions[0].edition
    assert french.head == EditionHead(translated_by="the makers of lettergen")
    assert french.summit == EditionSummit.model_validate(editions[0].document.data["summit"])
    assert [passage.id for passage in french.concerns] == [
        row["id"] for row in editions[0].document.data["concern"]
    ]


def test_names_that_are_no_editions(four_languages: Sample) -> None:
    """A file for no language, or for the original's own, is a finding and no edition."""
    folder = four_languages.root / "letters" / SUMMIT
    (folder / "letter.pt.toml").write_text("", "utf-8")
    editions, problems = load_editions(four_languages.root, folder, "fr")
    assert [parts.edition.language for parts in editions] == ["de", "ru"]
    assert [(problem.code, str(problem.where)) for problem in problems] == [
        ("LG501", f"letters/{SUMMIT}/letter.fr.toml"),
        ("LG501", f"letters/{SUMMIT}/letter.pt.toml"),
    ]


@pytest.mark.parametrize("table", ["edition", "summit", "letter"])
def test_a_table_that_must_be_there(four_languages: Sample, table: str) -> None:
    """A missing table is one finding, in the edition's file, at its top."""
    name = f"letters/{SUMMIT}/letter.fr.toml"
    path = four_languages.root / name
    before, header, rest = path.read_text("utf-8").partition(f"\n[{table}]\n")
    assert header
    following = rest[rest.index("\n[") :]
    path.write_text(before + following, "utf-8")
    errors = [finding for finding in four_languages.findings() if finding["severity"] == "error"]
    assert [(f["code"], f["file"], f["message"]) for f in errors] == [
        ("LG103", name, f"The table [{table}] is missing.")
    ]


def test_a_file_that_nobody_can_read(four_languages: Sample) -> None:
    """What is not UTF-8 is one finding, and no drift besides."""
    name = f"letters/{SUMMIT}/letter.ru.toml"
    path = four_languages.root / name
    path.write_bytes(path.read_text("utf-8").encode("cp1251", "replace"))
    errors = [finding for finding in four_languages.findings() if finding["severity"] == "error"]
    assert [(finding["code"], finding["file"]) for finding in errors] == [("LG101", name)]
