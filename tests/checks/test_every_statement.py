"""Every statement of the sample campaign, spoilt in every simple way: one mistake, one finding, no echo."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from lettergen.model import (
    Concern,
    Demand,
    Letterhead,
    LetterHeader,
    NameForms,
    Recipient,
    Signatory,
    Source,
    Summit,
)
from lettergen.prepare import find_problems
from workspace.sample import HEAD, LETTER, RECIPIENTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic import BaseModel

    from workspace.sample import Sample

_STATEMENT = re.compile(r'^(?P<key>[a-z_]+) = (?:"""[\s\S]*?"""|.*)$', re.MULTILINE)
_HEADER = re.compile(r"^(?P<key>\[+)[a-z.-]+\]+$", re.MULTILINE)
_MODELS: dict[str, type[BaseModel]] = {
    "summit": Summit,
    "letter": LetterHeader,
    "concern": Concern,
    "demand": Demand,
    "source": Source,
    "signatory": Signatory,
    "costa": Recipient,
    "costa.names.ru": NameForms,
    "von-der-leyen": Recipient,
    "von-der-leyen.names.ru": NameForms,
    "": Letterhead,
}

SPOILT: dict[str, tuple[re.Pattern[str], Callable[[str, str], str], set[str]]] = {
    "removed": (_STATEMENT, lambda _statement, _key: "", {"LG103"}),
    "a key misspelt": (_STATEMENT, lambda statement, key: statement.replace(key, key + key[-1], 1), {"LG104"}),
    "two equals signs": (_STATEMENT, lambda statement, _key: statement.replace("=", "= =", 1), {"LG101"}),
    "an empty text": (
        _STATEMENT,
        lambda _statement, key: f'{key} = ""',
        {"LG105", "LG106", "LG110", "LG111"},
    ),
    "a number": (_STATEMENT, lambda _statement, key: f"{key} = 7", {"LG105", "LG106"}),
    "a header left open": (_HEADER, lambda header, _key: header[:-1], {"LG101"}),
    "a header with two words": (_HEADER, lambda header, _key: header.replace("]", " x]", 1), {"LG101"}),
}


@pytest.mark.parametrize("spoilt", SPOILT)
@pytest.mark.parametrize("file", [RECIPIENTS, LETTER, HEAD])
def test_one_spoilt_statement_is_one_finding(sample: Sample, file: str, spoilt: str) -> None:
    """Whatever hangs on a statement, spoiling it gives one finding, of the right code, on its own lines."""
    pattern, spoil, codes = SPOILT[spoilt]
    text = (sample.root / file).read_text("utf-8")
    wrong = []
    for match in pattern.finditer(text):
        spoilt_text = spoil(match[0], match["key"])
        (sample.root / file).write_text(text[: match.start()] + spoilt_text + text[match.end() :], "utf-8")
        found = find_problems(sample.root, None)
        table, header = _table_of(text, match.start())
        first = text.count("\n", 0, match.start()) + 1
        lines = {header, *range(first, first + 1 + spoilt_text.count("\n"))}
        if spoilt == "removed" and not _MODELS[table].model_fields[match["key"]].is_required():
            # Without an address of one's own the letter goes to the office's, which nobody has verified.
            as_it_must_be = [p.code for p in found] == (["LG605"] if match["key"] == "address" else [])
        else:
            as_it_must_be = len(found) == 1 and found[0].code in codes and found[0].where.line in lines
        if not as_it_must_be:
            wrong.append((first, [(p.code, str(p.where), p.message) for p in found]))
    assert wrong == []


def _table_of(text: str, position: int) -> tuple[str, int]:
    """Return the name of the table that a statement belongs to, and the line of its header; 1 when it has none."""
    headers = list(_HEADER.finditer(text, 0, position))
    if not headers:
        return "", 1
    return headers[-1][0].strip("[]"), text.count("\n", 0, headers[-1].start()) + 1
