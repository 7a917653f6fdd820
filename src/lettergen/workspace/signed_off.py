"""What somebody signs off with has to say something: a name or a source, and not the dots in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lettergen.problems import Problem
from lettergen.workspace.wording import quoted

if TYPE_CHECKING:
    from lettergen.workspace.document import Document, KeyPath
    from lettergen.workspace.validation import Findings


def refuse_placeholder(text: str | None, document: Document, path: KeyPath, findings: Findings) -> None:
    """LG110: where a name or source belongs stands nothing but punctuation, such as the “…” of an example.

    Args:
        text: what stands there; what is missing or empty has a finding of its own.
        document: the file.
        path: where it stands.
        findings: what the finding is added to.
    """
    if text and text.strip() and not any(sign.isalnum() for sign in text):
        message = f"{quoted(str(path[-1]))} says nothing: {quoted(text)} only keeps the place."
        findings.problems.append(Problem("LG110", message, document.value(path), "Write what belongs there."))
