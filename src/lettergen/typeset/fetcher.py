"""What a letter may load: data: addresses and files of its own folders, nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from weasyprint.urls import URLFetcher, URLFetchingError

if TYPE_CHECKING:
    from collections.abc import Sequence


class OnlyOwnFiles(URLFetcher):  # type: ignore[misc]
    """Fetches data: addresses and files of the given folders, and remembers what it refused.

    The engine goes on after a refusal inside an SVG picture; so the record has to be looked at afterwards.

    Attributes:
        refused: the addresses that were asked for and are not the letter's own, in order.
    """

    def __init__(self, folders: Sequence[Path]) -> None:
        super().__init__(allowed_protocols=("data", "file"), allow_redirects=False)
        self._roots = [folder.resolve() for folder in folders]
        self.refused: list[str] = []

    def fetch(self, url: str, headers: Any = None) -> Any:
        """Fetch an address, or refuse it."""
        if not self._is_own(url):
            self.refused.append(url)
            raise URLFetchingError(f"{url} is not a file of this letter")
        return super().fetch(url, headers)

    def _is_own(self, url: str) -> bool:
        parts = urlsplit(url)
        if parts.scheme == "data":
            return True
        if parts.scheme != "file" or parts.netloc not in {"", "localhost"}:
            return False
        path = Path(unquote(parts.path)).resolve()
        return any(path.is_relative_to(root) for root in self._roots)
