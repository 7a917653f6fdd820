"""A batch: signed letters beside the plain way, two processes beside one, the end beside the beginning.

    python benchmarks/batch.py [--letters 1000] [--json]

The letters are those of the sample campaign, to invented people from a table; all have the same demands. The key is
RSA with 3072 bits. The plain way makes the same pages with WeasyPrint alone, a document at a time, and signs them
with pyHanko's SimpleSigner, which is loaded for each; it neither checks, attaches, mends tags nor reads back.

Paces are taken from the times at which the letters took their names, after the first fifty.
"""

from __future__ import annotations

import argparse
import csv
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from ratios import Ratio, report

REPOSITORY = Path(__file__).parent.parent
SUMMIT = "samarkand-2025"
FAMILY_OF_FONTS = "IBM Plex Serif"
_SMALL = 50.0  # megabytes; no worker that can set a letter has so few
WARM = 50  # letters after which a process does nothing for the first time
PLAIN = 6  # letters that are made the plain way
GIVEN = ("Anna", "Béla", "Çağla", "Đorđe", "Élise", "Günther", "Håkon", "Łucja", "Søren", "Țuca", "Urška", "Zoë")
FAMILY = ("Member", "Reader", "Speaker", "Gärtner", "Łapiński", "Öberg", "Szabó", "Žukauskas", "Şahin", "Ñuño")


def main() -> None:
    """Measure, and say whether the targets are met."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--letters", type=int, default=1000, help="how many; the targets are for 10,000")
    letters = parser.parse_known_args()[0].letters
    with tempfile.TemporaryDirectory() as name:
        batch = Batch(Path(name), letters)
        one, two = batch.run(1), batch.run(2)
        report(
            [
                _ratio("a signed letter", one.pace(), "the plain way", batch.plain(), 1 / 12),
                _ratio("a letter with two processes", two.pace(), "with one", one.pace(), 1 / 1.8),
                _ratio("a letter at the end", one.end(), "at the beginning", one.beginning(), 1.05),
                _ratio("all letters unchanged", batch.unchanged(), "what 10,000 may take", 3, 1),
                _grown("memory of the command at the end", two.memory),
                _grown("memory of a worker at the end", two.workers),
            ]
        )


def _ratio(name: str, seconds: float, of: str, of_seconds: float, target: float) -> Ratio:
    return Ratio(name, 1000 * seconds, of, 1000 * of_seconds, seconds / of_seconds, target)


def _grown(name: str, megabytes: list[float]) -> Ratio:
    first, last = megabytes[0], megabytes[-1]
    return Ratio(name, last, "after the first letters", first, last / first, 1.05, unit="MB")


class Run:
    """A run that ended.

    Attributes:
        times: when each letter took its name, in seconds, in order.
        memory, workers: megabytes of the command and of its largest worker, from the first letters on.
    """

    def __init__(self, times: list[float], memory: list[float], workers: list[float]) -> None:
        self.times, self.memory, self.workers = times, memory, workers

    def pace(self) -> float:
        """Return the seconds of a letter."""
        return (self.times[-1] - self.times[WARM]) / (len(self.times) - WARM - 1)

    def beginning(self) -> float:
        """Return the seconds of a letter in the first tenth."""
        tenth = len(self.times) // 10
        return (self.times[WARM + tenth] - self.times[WARM]) / tenth

    def end(self) -> float:
        """Return the seconds of a letter in the last tenth."""
        tenth = len(self.times) // 10
        return (self.times[-1] - self.times[-1 - tenth]) / tenth


class Batch:
    """A workspace with many recipients, and a user with an RSA key."""

    def __init__(self, folder: Path, letters: int) -> None:
        self.root = folder / "office"
        shutil.copytree(REPOSITORY / "letters", self.root / "letters")
        self._key, self._certificate = folder / "key.pem", folder / "certificate.pem"
        self._environment = os.environ | {"HOME": str(folder), "XDG_DATA_HOME": str(folder / "data")}
        with (self.root / "recipients.csv").open("w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(["id", "given_name", "family_name", "grammatical_gender", "office", "address", "country"])
            for number in range(letters):
                names = GIVEN[number % len(GIVEN)], f"{FAMILY[number % len(FAMILY)]} {number:05}"
                address = f"Building {number % 50} | {1000 + number % 900} Brussels"
                rows.writerow([f"p-{number:05}", *names, "f", "member-of-the-european-parliament", address, "BE"])
        letter = self.root / "letters" / SUMMIT / "letter.toml"
        text = letter.read_text("utf-8").replace('recipients = ["costa", "von-der-leyen"]', 'recipients = ["p-*"]')
        letter.write_text(re.sub(r"(?m)^to = .*\n", "", text), "utf-8")
        self._key.touch(mode=0o600)
        made = ("-newkey", "rsa:3072", "-nodes", "-keyout", self._key, "-out", self._certificate, "-days", "30")
        usage = ("-subj", "/CN=Bench", "-addext", "keyUsage=digitalSignature,nonRepudiation")
        subprocess.run(["openssl", "req", "-x509", *made, *usage], check=True, capture_output=True)
        imported = ("--certificate", str(self._certificate), "--name", "iphr")
        self._lettergen("identity", "import", str(self._key), *imported)

    def run(self, jobs: int) -> Run:
        """Compose all letters anew."""
        shutil.rmtree(self.root / "out", ignore_errors=True)
        out = self.root / "out" / SUMMIT
        memory, workers = [], []
        with self._started("compose", "--summit", SUMMIT, "--jobs", str(jobs)) as running:
            while running.poll() is None:
                time.sleep(0.5)
                if out.exists() and sum(1 for _ in out.glob("*.pdf")) > WARM:
                    memory.append(_resident(running.pid))
                    workers.append(max(map(_resident, _children(running.pid)), default=0.0))
        if running.returncode:
            raise SystemExit(f"lettergen ended with {running.returncode}")
        times = sorted(path.stat().st_mtime for path in out.glob("*.pdf"))
        # The last looks may have been at processes that were ending; what looks after the workers is a small one.
        return Run(times, [one for one in memory if one], [one for one in workers if one > _SMALL] or [_SMALL])

    def unchanged(self) -> float:
        """Return the seconds in which a run finds all letters as they are, without those of its start."""
        begun = time.perf_counter()
        self._lettergen("compose", "--summit", SUMMIT)
        found = time.perf_counter()
        self._lettergen("--version")
        return (found - begun) - (time.perf_counter() - found)

    def plain(self) -> float:
        """Return the seconds of a letter that is made the plain way."""
        from lettergen.prepare import prepare
        from lettergen.render.html import to_html_document

        prepared = prepare(self.root, SUMMIT)
        pages = [to_html_document(prepared.letters[number], prepared.head, "signed") for number in range(PLAIN + 1)]
        self._made_plainly(pages[0])
        begun = time.perf_counter()
        for page in pages[1:]:
            self._made_plainly(page)
        return (time.perf_counter() - begun) / PLAIN

    def _made_plainly(self, html: str) -> bytes:
        import fontpkg
        from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
        from pyhanko.sign.signers import PdfSignatureMetadata, SimpleSigner, sign_pdf
        from weasyprint import HTML

        fonts = [(weight, style) for weight in (400, 600, 700) for style in ("normal", "italic")]
        faces = "".join(
            f'@font-face{{font-family:"{FAMILY_OF_FONTS}";font-weight:{weight};font-style:{style};'
            f'src:url("{Path(fontpkg.path(FAMILY_OF_FONTS, weight, style)).as_uri()}")}}'
            for weight, style in fonts
        )
        pdf = HTML(string=html.replace("</head>", f"<style>{faces}</style></head>")).write_pdf(
            pdf_variant="pdf/ua-1"
        )
        signer = SimpleSigner.load(str(self._key), str(self._certificate))
        writer, signed = IncrementalPdfFileWriter(io.BytesIO(pdf)), io.BytesIO()
        sign_pdf(writer, PdfSignatureMetadata(field_name="Signature"), signer=signer, output=signed)
        return signed.getvalue()

    def _started(self, *arguments: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "lettergen", *arguments]
        return subprocess.Popen(command, cwd=self.root, env=self._environment, stderr=subprocess.DEVNULL)

    def _lettergen(self, *arguments: str) -> None:
        command = [sys.executable, "-m", "lettergen", *arguments]
        subprocess.run(command, check=True, capture_output=True, cwd=self.root, env=self._environment)


def _resident(pid: int) -> float:
    """Return the megabytes that a process holds now; 0 when it has ended."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1])
    except (OSError, IndexError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()]
    except OSError:
        return []


if __name__ == "__main__":
    main()
