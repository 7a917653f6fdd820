"""The syntax of a PDF, by qpdf."""

from __future__ import annotations

from typing import TYPE_CHECKING

from judges.programs import RejectedError, run

if TYPE_CHECKING:
    from pathlib import Path


def check(file: Path) -> None:
    """Hold that qpdf finds neither an error (exit code 2) nor a warning (3) in a file.

    Raises:
        RejectedError: with qpdf's own words.
        MissingJudgeError: qpdf is not installed.
    """
    result = run("qpdf", "qpdf", "--check", file)
    if result.returncode != 0:
        raise RejectedError(result.stderr.strip())
