"""Holds that every fixed word exists in every language, and that what is compiled is what is written."""

from __future__ import annotations

import gettext
import re
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from lettergen.language import catalogue
from lettergen.model import Language

if TYPE_CHECKING:
    from babel.messages import Catalog

PACKAGE = Path(str(files("lettergen")))
LOCALE = PACKAGE / "locale"
KEYWORDS: dict[str, Any] = {"_": None, "gettext": None, "pgettext": ((1, "c"), 2), "ngettext": (1, 2)}


def read(file: Path, language: str | None = None) -> Catalog:
    """Return a catalogue as it is written."""
    with file.open("rb") as text:
        return read_po(text, locale=language, abort_invalid=True)


def messages(written: Catalog) -> set[tuple[str | None, str]]:
    """Return the messages of a catalogue, each with its context; of plurals as a pair."""
    return {(message.context, str(message.id)) for message in written if message.id}


def forms(text: object) -> list[str]:
    """Return the forms of a message: one, or as many as a language has for different counts."""
    return [str(form) for form in text] if isinstance(text, list | tuple) else [str(text)]


def test_the_template_has_what_the_layouts_say() -> None:
    """A new word in a layout or in the code is a reason to run script/update-catalogues."""
    with (LOCALE / "sources.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]  # it has no types
    found = extract_from_dir(PACKAGE, method_map=methods, options_map=options, keywords=KEYWORDS)
    assert {(context, str(message)) for _, _, message, _, context in found} == messages(
        read(LOCALE / "lettergen.pot")
    )


@pytest.mark.parametrize("language", get_args(Language))
def test_every_language_has_every_word(language: str) -> None:
    """None is missing, empty, fuzzy or left over, and each has the placeholders of the English."""
    written = read(LOCALE / language / "LC_MESSAGES" / "lettergen.po", language)
    assert messages(written) == messages(read(LOCALE / "lettergen.pot"))
    assert not written.obsolete
    for message in written:
        if message.id:
            assert all(forms(message.string)), message.id
            assert not message.fuzzy, message.id
            wanted = _placeholders(forms(message.id)[0])
            assert all(_placeholders(form) == wanted for form in forms(message.string)), message.id
            assert len(forms(message.string)) == (written.num_plurals if message.pluralizable else 1), message.id
            assert (message.string == message.id) or language != "en", message.id


def _placeholders(text: object) -> list[str]:
    return sorted(re.findall(r"\{\w*\}", str(text)))


@pytest.mark.parametrize("language", get_args(Language))
def test_what_is_compiled_is_what_is_written(language: str) -> None:
    """A letter has the words that the translator sees."""
    folder = LOCALE / language / "LC_MESSAGES"
    with (folder / "lettergen.mo").open("rb") as file:
        compiled: dict[str | tuple[str, int], str] = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]  # noqa: SLF001
    written: dict[str | tuple[str, int], str] = {}
    for message in read(folder / "lettergen.po", language):
        name = forms(message.id)[0]
        if message.pluralizable:
            written |= {(name, number): form for number, form in enumerate(forms(message.string))}
        elif name:
            written[f"{message.context}\x04{name}" if message.context else name] = str(message.string)
    assert {name: text for name, text in compiled.items() if name} == written


@pytest.mark.parametrize("language", [language for language in get_args(Language) if language != "en"])
def test_a_translation_says_who_has_not_seen_it(language: str) -> None:
    """Until a native speaker has."""
    head = (LOCALE / language / "LC_MESSAGES" / "lettergen.po").read_text("utf-8").split("msgid")[0]
    assert "not reviewed by a native speaker" in head


def test_a_message_that_nobody_translated_is_an_error() -> None:
    """A letter never has words in two languages."""
    with pytest.raises(LookupError, match="“Hello”"):
        catalogue("fr").gettext("Hello")
    with pytest.raises(LookupError, match="“Hello”"):
        catalogue("fr").pgettext("a greeting", "Hello")
    with pytest.raises(LookupError, match="“one hello”"):
        catalogue("fr").ngettext("one hello", "many", 2)
