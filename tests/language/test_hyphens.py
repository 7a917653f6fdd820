"""Holds where words may be broken: very long ones, seldom, and never names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lettergen.language import with_soft_hyphens


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", "Die Entwicklungshilfe und die Menschenrechte", "Die Entwick|lungs|hilfe und die Menschenrechte"),
        ("de", "Menschenrechtsverletzungen", "Menschen|rechts|ver|let|zungen"),
        ("fr", "internationalement Constantinopolitains", "inter|na|tio|na|lement Constantinopolitains"),
        ("ru", "ответственностью Каракалпакстанскими", "ответ|ствен|ностью Каракалпакстанскими"),
        ("en", "internationalisation", "internationalisation"),
        ("de", "https://example.org/Entwicklungshilfe info@Entwicklungshilfe.example", None),
        ("de", "Entwick\u00adlungshilfezusage Entwicklungshilfe", None),
    ],
)
def test_only_very_long_words(language: str, text: str, expected: str | None) -> None:
    """Five letters stay at either end; addresses, names and what an author hyphenated stay as they are."""
    assert with_soft_hyphens(text, language) == (text if expected is None else expected.replace("|", "\u00ad"))


@given(st.text(), st.sampled_from(["en", "fr", "de", "ru"]))
def test_nothing_but_soft_hyphens_is_added(text: str, language: str) -> None:
    """Without them the text is as it was."""
    assert with_soft_hyphens(text, language).replace("\u00ad", "") == text.replace("\u00ad", "")
