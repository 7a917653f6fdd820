"""Whole runs of lettergen, timed: how soon it answers, what two letters cost, what a run with nothing to do costs.

    python benchmarks/runs.py [--json]

The yardstick of the two letters is a process that imports WeasyPrint and pyHanko, makes plain PDFs of the same two
HTML documents, and does nothing else: it neither reads nor checks, tags nor signs. It has the fonts in the way that
lettergen has them: the same @font-face rules, once for both documents, and no font of the machine.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from ratios import Timed, compare, report

if TYPE_CHECKING:
    from collections.abc import Iterable

REPOSITORY = Path(__file__).parent.parent
SUMMIT = "samarkand-2025"
PLAIN = """
import sys
import fontpkg, weasyprint, pyhanko.sign
from weasyprint.text.fonts import FontConfiguration
fonts = FontConfiguration()
faces = weasyprint.CSS(font_config=fonts, string="".join(
    f'@font-face{{font-family:"IBM Plex Serif";src:url("{fontpkg.path("IBM Plex Serif", weight, style).as_uri()}");'
    f'font-weight:{weight};font-style:{style}}}' for weight in (400, 600, 700) for style in ("normal", "italic")))
for name in sys.argv[1:]:
    weasyprint.HTML(filename=name).write_pdf(name + ".pdf", font_config=fonts, stylesheets=[faces])
"""


def main() -> None:
    """Measure, and say whether the targets are met."""
    with tempfile.TemporaryDirectory() as folder:
        runs = Runs(Path(folder))
        pages = runs.pages()
        runs.compose()
        version = Timed("lettergen --version", lambda: runs.lettergen("--version"))
        nothing = Timed("a run with nothing to do", runs.compose)
        letters = Timed("two letters from nothing", runs.compose_from_nothing)
        first = Timed("the same by a user without an identity", runs.compose_for_the_first_time)
        typer = Timed('python -c "import typer"', lambda: runs.python("-c", "import typer"))
        plain = Timed("the same pages with plain WeasyPrint", lambda: runs.python("-c", PLAIN, *pages))
        report(
            [
                compare(version, typer, target=2, rounds=15),
                compare(nothing, version, target=3, rounds=15),
                compare(letters, plain, target=1.6, rounds=7),
                compare(first, plain, target=1.6, rounds=7),
            ]
        )


class Runs:
    """Runs in a workspace with the sample campaign, by a user with an identity."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "office"
        shutil.copytree(REPOSITORY / "letters", self.root / "letters")
        shutil.copy(REPOSITORY / "recipients.toml", self.root)
        self._data = folder / "data"
        self._environment = os.environ | {
            "HOME": str(folder),
            "XDG_DATA_HOME": str(self._data),
            "FONTCONFIG_FILE": str(REPOSITORY / "src" / "lettergen" / "layouts" / "fonts.conf"),
        }

    def pages(self) -> Iterable[str]:
        """Return the names of the letters' HTML documents."""
        from lettergen.prepare import prepare
        from lettergen.render.html import to_html_document

        prepared = prepare(self.root, SUMMIT)
        files = [self.root / f"{letter.id}.html" for letter in prepared.letters]
        for file, letter in zip(files, prepared.letters, strict=True):
            file.write_text(to_html_document(letter, prepared.head, "signed"), "utf-8")
        return [str(file) for file in files]

    def compose(self) -> None:
        """Compose the sample summit."""
        self.lettergen("compose", "--summit", SUMMIT)

    def compose_from_nothing(self) -> None:
        """Compose it when there is no letter yet."""
        shutil.rmtree(self.root / "out")
        self.compose()

    def compose_for_the_first_time(self) -> None:
        """Compose it when there is neither a letter nor an identity yet."""
        shutil.rmtree(self._data)
        self.compose_from_nothing()

    def lettergen(self, *arguments: str) -> None:
        """Run lettergen."""
        self.python("-m", "lettergen", *arguments)

    def python(self, *arguments: str) -> None:
        """Run Python."""
        command = [sys.executable, *arguments]
        subprocess.run(command, check=True, capture_output=True, cwd=self.root, env=self._environment)


if __name__ == "__main__":
    main()
