"""Signatures, by poppler's pdfsig with NSS.

Certificates are left alone (`-nocert`): who is trusted is a question for a machine's own list, not for a test.
pdfsig cannot tell a harmless appended update from a harmful one; it only says that not all is signed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from judges.programs import UnreadableError, run

if TYPE_CHECKING:
    from pathlib import Path

NO_SIGNATURE = 2  # pdfsig's exit code; a broken signature gives 0 like an intact one


@dataclass(frozen=True, slots=True)
class Signature:
    """What pdfsig says of one signature.

    Attributes:
        field: the form field's name.
        signer: the common name in the signer's certificate; empty when pdfsig names none.
        valid: the signed bytes are what was signed.
        total: nothing follows the signed bytes.
        verdict: pdfsig's own words, such as “Signature is Valid.” or “Digest Mismatch.”.
    """

    field: str
    signer: str
    valid: bool
    total: bool
    verdict: str


def signatures(file: Path) -> list[Signature]:
    """Return the signatures of a file in the order of its fields; none is an empty list.

    Raises:
        UnreadableError: the file is no PDF, or pdfsig says something that is not understood here.
        MissingJudgeError: pdfsig is not installed.
    """
    result = run("pdfsig", "poppler-utils", "-nocert", file)
    if result.returncode not in {0, NO_SIGNATURE}:
        raise UnreadableError(f"pdfsig returned {result.returncode}: {result.stderr.strip()}")
    _head, *blocks = re.split(r"^Signature #\d+:\n", result.stdout, flags=re.MULTILINE)
    if (result.returncode == 0) != bool(blocks):
        raise UnreadableError(f"pdfsig’s words are not understood: {result.stdout}")
    return [_signature(block) for block in blocks]


def _signature(block: str) -> Signature:
    said = [line.removeprefix("  - ") for line in block.splitlines()]
    values = dict(line.split(": ", 1) for line in said if ": " in line)
    verdict = values.get("Signature Validation", "")
    return Signature(
        field=values.get("Signature Field Name", ""),
        signer=values.get("Signer Certificate Common Name", ""),
        valid=verdict == "Signature is Valid.",
        total="Total document signed" in said,
        verdict=verdict,
    )
