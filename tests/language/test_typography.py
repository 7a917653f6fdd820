"""Holds that prose gets the marks and spaces of its language, and loses nothing."""

from __future__ import annotations

import re
from typing import get_args

import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # it has no types
from hypothesis import example, given
from hypothesis import strategies as st

from lettergen.language import typographic
from lettergen.language.writing import WRITINGS
from lettergen.model import Language
from lettergen.typeset.typesetter import _font_files

LANGUAGES = st.sampled_from(get_args(Language))


@pytest.mark.parametrize(
    ("language", "typed", "meant"),
    [
        ("en", "\"a 'b' c\" 'd'", "“a ‘b’ c” ‘d’"),
        ("fr", "\"a 'b' c\" 'e'", "«~a “b” c~» “e”"),
        ("de", "\"a 'b' c\" 'd'", "„a ‚b‘ c“ ‚d‘"),
        ("ru", "\"a 'b' c\" 'd'", "«a „b“ c» „d“"),
        ("ru", '"a "b" c"', "«a „b“ c»"),
        ("fr", '« a "b" c »', "«~a “b” c~»"),
        ("en", "it's the states' rights, the '90s", "it’s the states’ rights, the ’90s"),
        ("fr", "l'\"ami\" qu'il aujourd'hui", "l’«~ami~» qu’il aujourd’hui"),
        ("en", '("a"), a—"b" "c."', "(“a”), a—“b” “c.”"),
        ("en", 'six 6" nails, "', 'six 6" nails, "'),
    ],
)
def test_quotation_marks_and_apostrophes(language: str, typed: str, meant: str) -> None:
    """Straight ones become those of the language, inside each other those of the second level; a lone one stays."""
    assert typographic(typed, language) == meant.replace("~", "\u00a0")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "on 4~April with Ms~Kallas, Mr.~Costa and P.~T.~Smith, No~5, Article~19, p.~3, 20~million, e.~g. a b",
        ),
        ("fr", "le 4~avril et le 1er~mai, M.~Costa, Mme~Kallas, n°~5, art.~19, 16~%, 1~000~000, p.~ex. a b"),
        ("fr", "a~: b~; c~! d~? «~e~» 10:30 (a) b"),
        ("de", "am 4.~April, Dr.~Kallas, Frau~Kallas, Nr.~5, Art.~19, S.~5, 16~%, 1~000, z.~B. a b, 5~Mio.~Euro"),
        ("ru", "4~апреля 2025~г., г-н~Коста, г-жа~Каллас, №~5, ст.~19, с.~5, 16~%, 1~000 дел, т.~е. а~б"),
        ("ru", "и~в~регионе~— то~же, А.~С.~Пушкин, с~«ними» на дом"),
    ],
)
def test_what_belongs_together_stays_together(language: str, text: str) -> None:
    """Figures and their units, names and their titles, numbers and what they count; everything else may break."""
    assert typographic(text.replace("~", " "), language).replace("\u00a0", "~") == text
    assert typographic(text.replace("~", "\n"), language).replace("\u00a0", "~") == text


def test_french_signs_get_the_space_that_is_missing() -> None:
    """Before a sign of two parts at the end of a word and inside quotation marks; not in times and addresses."""
    typed = "«a» b: c; d! e?! f 10:30 https://a.org/b?c: g"
    assert typographic(typed, "fr").replace("\u00a0", "~") == "«~a~» b~: c~; d~! e~?! f 10:30 https://a.org/b?c: g"


@pytest.mark.parametrize(
    "text",
    [
        "https://example.org/a'b;c!",
        "www.example.org/a;b!",
        "o'neil@example.org",
        '`a "b" ;`',
        "{{ summit['date'] }} {% if a == \"b\" %}",
        "[^o'b]",
    ],
)
@pytest.mark.parametrize("language", get_args(Language))
def test_addresses_code_and_calls_are_left_alone(language: str, text: str) -> None:
    """They mean what they are, to the letter."""
    assert typographic(text, language) == text


@given(
    st.lists(
        st.sampled_from(
            [*"\"'“”‘’„‚«» \n\u00a0;:!?—(«", "a", "в", "4", "April", "l'", "1 000", "@", "`", "{{", "}}"]
        )
        | st.text(max_size=3),
        max_size=14,
    ).map("".join),
    LANGUAGES,
)
@example("\" 'a'\"", "fr")
@example('“a “b "c” d"', "en")
@example("\"'“a\"'", "en")
def test_nothing_is_lost_and_nothing_is_made_twice(text: str, language: str) -> None:
    """Whatever the text, only spaces and quotation marks differ afterwards, and a second time changes nothing."""
    once = typographic(text, language)
    assert typographic(once, language) == once
    assert _bare(once) == _bare(text)


def _bare(text: str) -> str:
    return re.sub(r"[\s\"'“”‘’„‚«»]", "", text)


def test_the_typeface_has_every_sign() -> None:
    """In every weight and style: what the languages put into a letter can be printed."""
    signs = {ord(sign) for sign in "\u00a0’" + "".join("".join(w.quotation_marks) for w in WRITINGS.values())}
    for file in _font_files().values():
        assert signs <= TTFont(file).getBestCmap().keys()
