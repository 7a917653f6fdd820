"""An organisation that must not be named is in no byte that lettergen writes or says; one that may be named is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

import workspaces
from judges import poppler
from lettergen.files import sha256
from unpacked import unpacked, writings
from workspaces import SUMMIT

if TYPE_CHECKING:
    from workspaces import Workspace

FOLDER = f"letters/{SUMMIT}/signatories"
LANGUAGES = ("en", "fr", "de", "ru")
REVIEWER = {"LETTERGEN_REVIEWER": "Ann Example <ann@example.org>"}
# Two that must not be named, one in each place where they can stand; and two that must.
CANARY = """\
name = {{ en = "{0}name Ўҳтаё́", fr = "{0}nom Ўҳтаё́", de = "{0}titel Ўҳтаё́", ru = "{0}имя Ўҳтаё́" }}
acronym = "{0}ACR"
note = "{0}note"
person = "{0}person"
function = "{0}function"
country = "SX"
"""
CONSENT = 'consent = {{ date = 2019-07-23, by = "{0}by", how = "{0}how" }}\n'
HIDDEN = ("qanarek", "zyvkolibri")
SHOWN = ("wroblik", "ptakfigo")


@dataclass(frozen=True)
class Everything:
    """What many runs left.

    Attributes:
        said: what they wrote to their two streams, by command.
        files: every file that they made or changed, by path: also what is packed inside PDFs.
    """

    workspace: Workspace
    said: dict[str, bytes]
    files: dict[str, bytes]

    def holding(self, text: str) -> list[str]:
        """Return the commands and files that hold a text, however it is written; also in their own names."""
        needles = {needle.lower() for needle in writings(text)}
        everything = self.said | self.files
        return [
            name
            for name, data in everything.items()
            if any(needle in name.encode().lower() or needle in data.lower() for needle in needles)
        ]


def _organisation(word: str, *, withheld: bool) -> str:
    text = CANARY.replace(" Ўҳтаё́", "") if not withheld else CANARY
    return (text + CONSENT).format(word) + ('display = "withheld"\n' if withheld else "")


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Everything:
    """Compose in every mode and language, look at it in every way, and decide about it."""
    workspace = workspaces.four_languages(tmp_path_factory.mktemp("withheld"))
    (workspace.root / FOLDER).mkdir()
    own = set()
    for words, withheld in ((HIDDEN, True), (SHOWN, False)):
        file = workspace.root / FOLDER / f"{words[0]}.toml"
        file.write_text(_organisation(words[0], withheld=withheld), "utf-8")
        own.add(file)
        letter = workspace.root / "letters" / SUMMIT / "letter.toml"
        row = f'\n[[co_signatory]]\nid = "{words[1]}"\n{_organisation(words[1], withheld=withheld)}'
        letter.write_text(letter.read_text("utf-8") + row, "utf-8")
        own.add(letter)
    said = {}

    def run(*arguments: str) -> None:
        done = workspace.run(*arguments, "--summit", SUMMIT, env=REVIEWER)
        assert done.status == 0, done.err
        said[" ".join(arguments)] = f"{done.out}\n{done.err}".encode()

    for language in LANGUAGES:
        for mode in ("--draft", "--unsigned"):
            run("compose", "--language", language, mode, "--json")
    run("compose", "--out", "final")
    run("compose", "--dry-run", "--force", "--json")
    for command in (
        ("check",),
        ("show",),
        ("show", "--json"),
        ("diff", "--recipients"),
        ("diff", "--recipients", "--json"),
        ("approve", "--all", "--json"),
        ("status",),
        ("status", "--json"),
    ):
        run(*command)
    paths = [
        path
        for folder in (workspace.root, workspace.home)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path not in own
    ]
    base = workspace.root.parent
    found = [part for path in paths for part in unpacked(str(path.relative_to(base)), path.read_bytes(), path)]
    return Everything(workspace, said, dict(found))


@pytest.mark.parametrize("word", HIDDEN)
def test_what_is_withheld_is_nowhere(everything: Everything, word: str) -> None:
    """Neither id, name, acronym, note, person nor consent is in any file, name of a file, or stream."""
    assert everything.holding(word) == []
    assert everything.holding("Ўҳтаё́") == []


def test_not_even_its_country_or_its_hash(everything: Everything) -> None:
    """The country is not named for it, and no hash of its file alone could prove a guess."""
    file = everything.workspace.root / FOLDER / f"{HIDDEN[0]}.toml"
    assert everything.holding("2019-07-23") == []
    assert everything.holding(sha256(file.read_bytes())) == []


@pytest.mark.parametrize("word", SHOWN)
def test_what_is_public_is_found_by_the_same_search(everything: Everything, word: str) -> None:
    """The search sees names in streams, attachments, extracted text, snapshots and output; and no consent."""
    found = everything.holding(word)
    kinds = ("text", "stream")
    pdfs = [name for name in everything.files if name.endswith(".pdf")]
    assert len(pdfs) == 2 * 2 * len(LANGUAGES) + 2
    for pdf in pdfs:
        assert {kind for kind in kinds if any(name.startswith(f"{pdf}: {kind}") for name in found)} == set(kinds)
    assert {"show", "show --json"} <= set(found)
    assert any("/snapshots/" in name for name in found)
    assert everything.holding(f"{word}by") == everything.holding(f"{word}how") == []


def test_its_file_is_in_no_list(everything: Everything) -> None:
    """The manifest has one entry for the whole folder, so that no file of it is named, public or not."""
    inputs = everything.workspace.manifest["bases"].values()
    listed = {name for basis in inputs for name in basis["inputs"] if "signatories" in name}
    assert listed == {f"{FOLDER}/"}


def test_they_are_counted(everything: Everything) -> None:
    """What a letter says is that there are two more, in its language."""
    said = {
        "en": "and 2 organisations whose names are withheld for their safety",
        "fr": "et 2 organisations dont les noms ne sont pas divulgués pour leur sécurité",
        "de": "und 2 Organisationen, deren Namen zu ihrem Schutz nicht genannt werden",
        "ru": "и 2 организации, названия которых не указаны в целях их безопасности",
    }
    for language, words in said.items():
        text = poppler.text(everything.workspace.out / f"costa.{language}.unsigned.pdf")
        assert words in " ".join(text.split())
