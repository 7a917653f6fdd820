"""Holds that docs/findings.md tells every code, and that every code is planted somewhere and seen to be found."""

from __future__ import annotations

import re
from pathlib import Path

from checks import test_planted_mistakes, test_thirty_mistakes
from lettergen.checks.jinja import FILTERS, TESTS
from lettergen.names import TEXT_NAMES
from workspace.sample import LETTER, Sample

REPOSITORY = Path(__file__).parents[2]
DOCUMENT = (REPOSITORY / "docs" / "findings.md").read_text("utf-8")
CODE = re.compile(r"\bLG\d{3}\b")
# These need more than a line in a file: see test_planted_mistakes.py and test_prepare.py.
PLANTED_OTHERWISE = {"LG208", "LG308", "LG403"}
# Translations, forms of address, addresses, co-signatories and signature images have test files of their own, in
# which a finding's code is a text; what somebody does to decisions is tested in tests/review/.
PLANTED_BY_THEMSELVES = (
    "test_co_signatories.py",
    "test_editions.py",
    "test_forms.py",
    "test_layouts.py",
    "test_postal.py",
    "test_signature_images.py",
)


def codes_in_source() -> set[str]:
    """Return every code that stands in the package's own files."""
    files = (REPOSITORY / "src" / "lettergen").rglob("*.py")
    return {code for file in files for code in CODE.findall(file.read_text("utf-8"))}


def rows() -> list[list[str]]:
    """Return the cells of the document's rows."""
    lines = [line for line in DOCUMENT.splitlines() if line.startswith("| LG")]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]


def test_the_document_tells_every_code() -> None:
    """Each code of the source has a row, and each row a code of the source; once, and in order."""
    codes = [row[0] for row in rows()]
    assert codes == sorted(codes_in_source())


def test_the_document_shows_a_finding_as_it_looks(sample: Sample) -> None:
    """The example at the top is what check writes."""
    sample.plant(LETTER, 'recipients = ["costa", ', 'recipients = ["kosta", ')
    example = re.sub(
        "^    ", "", DOCUMENT[DOCUMENT.index("    error[") : DOCUMENT.index("One mistake")], flags=re.MULTILINE
    )
    assert sample.run("check").stdout == f"{example}1 error.\n"


def test_each_row_is_complete() -> None:
    """Meaning, example and way out are there, as sentences."""
    for row in rows():
        assert len(row) == 4
        assert all(row), row
        assert row[1].endswith("."), row
        assert row[3].endswith((".", "`")), row


def test_every_code_is_planted() -> None:
    """No code is without a test that plants its mistake."""
    alone = {mistake[0] for mistake in test_planted_mistakes.ALL.values()}
    together = {code for code, *_ in test_thirty_mistakes.EXPECTED}
    tests = [(Path(__file__).parent / name).read_text("utf-8") for name in PLANTED_BY_THEMSELVES]
    by_themselves = {code for text in tests for code in re.findall(r'"(LG[568]\d\d)"', text)}
    decisions = [file.read_text("utf-8") for file in (REPOSITORY / "tests" / "review").glob("test_*.py")]
    by_themselves |= {code for text in decisions for code in re.findall(r'"(LG7\d\d)"', text)}
    assert alone | together | PLANTED_OTHERWISE | by_themselves == codes_in_source()


def test_the_document_tells_what_jinja_may_do() -> None:
    """The filters, tests and names that are allowed are those that the document lists."""
    filters, tests = re.findall(r"the (?:filters|tests) ((?:`\w+`[,;\s]*)+)", DOCUMENT)
    assert set(re.findall(r"\w+", filters)) == FILTERS - {"d", "e"}  # short for default and escape
    assert set(re.findall(r"\w+", tests)) == TESTS
    names = set(re.findall(r"`(\w+\.\w+)`", DOCUMENT.partition("Names in texts:")[2].partition("\n## ")[0]))
    assert names == {f"{name}.{part}" for name, parts in TEXT_NAMES.items() for part in parts or ()}
