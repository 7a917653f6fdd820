"""What signing and verifying may use on this computer: the user's own config.toml.

It is never read from a campaign's folder: opening somebody else's campaign must not make this computer call out,
nor trust an authority.

    [signing]
    timestamp_servers = ["http://timestamp.example.org"]    # RFC 3161, tried in order
    trust = ["authority.pem"]                               # PEM, beside this file or anywhere
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from lettergen.problems import FileError

CONFIG = "config.toml"
_KEYS = ("timestamp_servers", "trust")


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user set up.

    Attributes:
        timestamp_servers: addresses of RFC 3161 servers, in the order in which they are asked.
        trust: PEM files of authorities.
    """

    timestamp_servers: tuple[str, ...] = ()
    trust: tuple[Path, ...] = ()


def settings_file() -> Path:
    """Return where the user's settings are; the file need not exist."""
    from platformdirs import user_config_path

    return user_config_path("lettergen", appauthor=False) / CONFIG


def read_settings() -> Settings:
    """Return the user's settings; without a file there are none.

    Raises:
        FileError: the file cannot be read or understood; the sentence says what and where.
    """
    path = settings_file()
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        raise FileError(f"{path} cannot be read: {error.strerror or error}.") from error
    except UnicodeDecodeError as error:
        raise FileError(f"{path} is not UTF-8 text.") from error
    return _settings(path, text)


def _settings(path: Path, text: str) -> Settings:
    import tomli

    try:
        value = tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        raise FileError(f"{path}:{error.lineno}:{error.colno}: this is not TOML: {error.msg}.") from error
    signing = value.get("signing", {})
    unknown = [key for key in value if key != "signing"]
    if isinstance(signing, dict):
        unknown += [f"signing.{key}" for key in signing if key not in _KEYS]
    else:
        unknown.append("signing")
    if unknown:
        raise FileError(
            f"{path}: lettergen does not know “{unknown[0]}” there.",
            help=f"It knows the table [signing] with {' and '.join(_KEYS)}.",
        )
    servers = _texts(path, signing, "timestamp_servers")
    for server in servers:
        if urlsplit(server).scheme not in {"http", "https"} or not urlsplit(server).hostname:
            raise FileError(
                f"{path}: “{server}” under timestamp_servers is no web address.",
                help="Write it as your time-stamp authority gives it, such as http://timestamp.example.org.",
            )
    files = (path.parent / Path(name).expanduser() for name in _texts(path, signing, "trust"))
    return Settings(servers, tuple(files))


def _texts(path: Path, table: dict[str, Any], key: str) -> tuple[str, ...]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
        raise FileError(f'{path}: {key} must be a list of texts, as in {key} = ["…"].')
    return tuple(value)
