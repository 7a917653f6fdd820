"""What the documents show is what the program does."""

from __future__ import annotations

import re
import shlex
import shutil
from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates

from lettergen.model import (
    Concern,
    Demand,
    Letterhead,
    LetterHeader,
    Recipient,
    ReviewRules,
    Signatory,
    Source,
    Summit,
)
from signing.tokens import PIN, make_token
from workspaces import REPOSITORY, Workspace, four_languages

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic import BaseModel

    from signing.services import Services

README = (REPOSITORY / "README.md").read_text("utf-8")
FILES = (REPOSITORY / "docs" / "files.md").read_text("utf-8")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Return a workspace with the sample campaign as it is shipped."""
    return four_languages(tmp_path)


OWN_CERTIFICATE = "## With a certificate of your own"


def shell_blocks(text: str) -> list[list[list[str]]]:
    """Return the command lines of each shell block, without their comments."""
    blocks = re.findall(r"^```sh\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    return [[shlex.split(line, comments=True) for line in block.splitlines()] for block in blocks]


def readme_commands() -> list[list[str]]:
    """Return those of the README, but for the ones that need a certificate of one's own."""
    before, _, after = README.partition(OWN_CERTIFICATE)
    others = before + after.partition("\n## ")[2]
    return [command for block in shell_blocks(others) for command in block]


def test_every_command_of_the_readme_runs(workspace: Workspace) -> None:
    """Each command that the README shows ends well, in the README's order; script/test is what runs this test.

    The review screen has no terminal here, and says so.
    """
    shown = [command for command in readme_commands() if command != ["script/test"]]

    ended = [(command, workspace.run(*command[1:]).status) for command in shown]

    assert [command[0] for command in shown] == ["script/lettergen"] * 13
    assert [(command, 2 if command[1] == "review" else 0) for command in shown] == ended


def test_the_readme_signs_with_a_file_and_with_a_token(
    workspace: Workspace, services: Services, tmp_path: Path
) -> None:
    """Both of its ways to a certificate of one's own sign the sample letters, and the signer is trusted."""
    [by_file, by_token] = shell_blocks(README.partition(OWN_CERTIFICATE)[2])
    holder, authority = services.holder("rsa"), services.holder("authority")
    assert isinstance(holder.key, RSAPrivateKey)
    bundle = serialize_key_and_certificates(
        b"director", holder.key, holder.certificate, [authority.certificate], BestAvailableEncryption(b"open it")
    )
    (workspace.root / "director.p12").write_bytes(bundle)
    (tmp_path / "root.pem").write_bytes(services.root)
    token = make_token(tmp_path, "My card", holder)
    (tmp_path / "holder.pem").write_bytes(holder.certificate_pem + authority.certificate_pem)
    on_this_machine = ["--library", str(token.library), "--certificate", str(tmp_path / "holder.pem")]
    for block, secret, more in ((by_file, "open it", []), (by_token, PIN, on_this_machine)):
        environment = token.environment | {"LETTERGEN_PASSPHRASE": secret}
        first, second = (command[1:] for command in block)
        for command in ([*first, *more], [*second, "--force"]):
            outcome = workspace.run(*command, env=environment)
            assert outcome.status == 0, outcome.err
        letters = sorted(workspace.out.glob("*.pdf"))
        assert len(letters) == 2
        assert workspace.run("verify", *letters, "--trust", tmp_path / "root.pem", "--offline").status == 0
        workspace.run("identity", "list")
        shutil.rmtree(workspace.identities / "director")
        shutil.rmtree(workspace.out)


def test_the_finding_in_the_readme_is_what_check_prints(workspace: Workspace) -> None:
    """A reader who mistypes what the README mistypes sees what the README shows."""
    letter = workspace.root / "letters" / "samarkand-2025" / "letter.toml"
    text = letter.read_text("utf-8")
    letter.write_text(
        text.replace('"civic-space", "lost-support", "ob', '"civic-space", "lost-suport", "ob'), "utf-8"
    )

    outcome = workspace.run("check")

    shown = re.findall(r"^```\n(error.*?)^```", README, re.DOTALL | re.MULTILINE)
    errors = [finding for finding in outcome.out.split("\n\n") if finding.startswith("error")]
    assert shown == [finding + "\n" for finding in errors]


def test_the_readme_quotes_the_sample_campaign() -> None:
    """The tables that the README shows are tables of letter.toml, word for word."""
    letter = (REPOSITORY / "letters" / "samarkand-2025" / "letter.toml").read_text("utf-8")
    (block,) = re.findall(r"^```toml\n(.*?)^```", README, re.DOTALL | re.MULTILINE)

    tables = block.rstrip("\n").split("\n\n")

    assert len(tables) == 2
    assert [table for table in tables if table not in letter] == []


@pytest.mark.parametrize(
    "model",
    [Recipient, Summit, LetterHeader, ReviewRules, Concern, Demand, Source, Signatory, Letterhead],
    ids=lambda model: model.__name__,
)
def test_every_key_that_people_write_is_documented(model: type[BaseModel]) -> None:
    """docs/files.md names every key of every table."""
    missing = [key for key in model.model_fields if f"`{key}`" not in FILES and f".{key}." not in FILES]

    assert missing == []


def test_pictures_and_links_of_the_documents_exist() -> None:
    """No document points at a file that is not there."""
    documents = [*REPOSITORY.glob("*.md"), *REPOSITORY.glob("docs/**/*.md")]
    links = [
        (document.name, link)
        for document in documents
        for link in re.findall(r"\]\(([^)#:]+)\)", document.read_text("utf-8"))
        if not (document.parent / link).exists()
    ]

    assert links == []
