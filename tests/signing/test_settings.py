"""The user's own settings: which servers and authorities there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lettergen.problems import FileError
from lettergen.signing.settings import Settings, read_settings, settings_file

if TYPE_CHECKING:
    from pathlib import Path


def write(text: str) -> Path:
    """Write the settings."""
    file = settings_file()
    file.parent.mkdir(parents=True)
    file.write_text(text, "utf-8")
    return file


def test_without_a_file() -> None:
    """Nothing is set up."""
    assert read_settings() == Settings()


def test_what_they_say() -> None:
    """Servers in their order; files beside the settings or anywhere."""
    file = write(
        '[signing]\ntimestamp_servers = ["http://one.example", "https://two.example/tsr"]\n'
        'trust = ["root.pem", "/etc/authority.pem"]\n'
    )
    found = read_settings()
    assert found.timestamp_servers == ("http://one.example", "https://two.example/tsr")
    assert [str(one) for one in found.trust] == [str(file.parent / "root.pem"), "/etc/authority.pem"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[signing\n", ":1:9: this is not TOML: "),
        ("[signing]\nservers = []\n", ": lettergen does not know “signing.servers” there."),
        ("[sign]\n", ": lettergen does not know “sign” there."),
        ("signing = 3\n", ": lettergen does not know “signing” there."),
        ('[signing]\ntrust = "root.pem"\n', ': trust must be a list of texts, as in trust = ["…"].'),
        (
            '[signing]\ntimestamp_servers = ["ftp://one"]\n',
            ": “ftp://one” under timestamp_servers is no web address.",
        ),
        ('[signing]\ntimestamp_servers = ["http://"]\n', ": “http://” under timestamp_servers is no web address."),
    ],
)
def test_mistakes(text: str, sentence: str) -> None:
    """One sentence each, with the file."""
    file = write(text)
    with pytest.raises(FileError) as caught:
        read_settings()
    assert str(caught.value).startswith(f"{file}{sentence}")


def test_not_text() -> None:
    """Bytes that are no text are no settings."""
    write("")
    settings_file().write_bytes(b"\xff\xfe")
    with pytest.raises(FileError, match="is not UTF-8 text"):
        read_settings()
