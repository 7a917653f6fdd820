"""Holds what each key takes and refuses; that a record is frozen; that a letter is complete as JSON."""

from __future__ import annotations

import datetime as dt
import unicodedata
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from lettergen import model
from lettergen.files import is_safe_name
from lettergen.model import Letter, Record, Signatory, Source, Term
from lettergen.model.values import LanguageTag, Salutation
from lettergen.prepare import prepare
from lettergen.unseen import DIRECTION_OVERRIDES
from workspace.sample import SUMMIT

if TYPE_CHECKING:
    from workspace.sample import Sample

RECORDS = [kind for kind in vars(model).values() if isinstance(kind, type) and issubclass(kind, Record)]


def error_of(kind: Any, value: object) -> str | None:
    """Return the type of the error that a value gives, or None when it is taken as it is."""
    try:
        taken = TypeAdapter(kind).validate_python(value)
    except ValidationError as error:
        return error.errors()[0]["type"]
    assert taken == value
    return None


@pytest.mark.parametrize(
    ("kind", "value", "error"),
    [
        (model.Id, "von-der-leyen", None),
        (model.Id, "a1-2", None),
        (model.Id, "Costa", "unsafe_id"),
        (model.Id, "a--b", "unsafe_id"),
        (model.Id, "-a", "unsafe_id"),
        (model.Id, "a_b", "unsafe_id"),
        (model.Id, "a.b", "unsafe_id"),
        (model.Id, "../a", "unsafe_id"),
        (model.Id, "a\n", "unsafe_id"),
        (model.Id, "é", "unsafe_id"),
        (model.Id, "con", "unsafe_id"),
        (model.Id, "a" * 65, "unsafe_id"),
        (model.Id, "", "unsafe_id"),
        (model.Id, 7, "string_type"),
        (model.Line, "Зоя  O’Neill-Ибн Фарҳод 👩\u200d⚖️ \u00a0x", None),
        (model.Line, "  ", "empty_text"),
        (model.Line, "a\nb", "forbidden_character"),
        (model.Line, "a\tb", "forbidden_character"),
        (model.Line, "a\x1bb", "forbidden_character"),
        (model.Line, "a\x9bb", "forbidden_character"),
        (model.Line, "a\u202eb", "forbidden_character"),
        (model.Line, "a\u2066b", "forbidden_character"),
        (model.Line, "a\ud800", "forbidden_character"),
        (model.Prose, "a\n\n\tb", None),
        (model.Prose, "\n \n", "empty_text"),
        (model.Prose, "a\rb", "forbidden_character"),
        (model.Prose, "a\x00b", "forbidden_character"),
        (model.Prose, "a\u202bb", "forbidden_character"),
        (model.Email, "office@example.org", None),
        (model.Email, "зоя@пример.рф", None),
        (model.Email, "office(at)example.org", "bad_email"),
        (model.Email, "a@example.org, b@example.org", "bad_email"),
        (model.Email, "A B <a@example.org>", "bad_email"),
        (model.Email, "a@example.org\r\nBcc: b@example.org", "bad_email"),
        (model.Colour, "#1f4E79", None),
        (model.Colour, "red", "bad_colour"),
        (model.Colour, "#123", "bad_colour"),
        (model.Colour, "#123456; } body { color: red", "bad_colour"),
        (model.WebAddress, "https://example.org/a?b=c#d", None),
        (model.WebAddress, "http://пример.рф/ў", None),
        (model.WebAddress, "example.org", "bad_url"),
        (model.WebAddress, "javascript:alert(1)", "bad_url"),
        (model.WebAddress, 'https://example.org/"onclick="', "bad_url"),
        (model.WebAddress, "https://example.org/a b", "bad_url"),
        (model.WebAddress, "https://example.org/\n", "forbidden_character"),
        (model.Flag, True, None),
        (model.Flag, 1, "bool_type"),
        (model.Flag, "true", "bool_type"),
        (model.Date, dt.date(2025, 4, 1), None),
        (model.Date, "2025-04-01", "date_type"),
        (model.Date, dt.datetime(2025, 4, 1, tzinfo=dt.UTC), "date_type"),
        (model.SourceDate, "2019-05", None),
        (model.SourceDate, "2019", None),
        (model.SourceDate, "2019-13", "bad_date"),
        (model.SourceDate, "May 2019", "bad_date"),
        (model.SourceDate, 19, "bad_date"),
        (model.SourceDate, True, "bad_date"),
        (model.SourceDate, dt.datetime(2025, 4, 1, tzinfo=dt.UTC), "bad_date"),
        (model.Language, "uz", "literal_error"),
        (model.Layout, "din5008-a", None),
        (model.Layout, "din5008-c", "literal_error"),
        (model.Formality, "friendly", "literal_error"),
        (model.Sending, "together", "literal_error"),
        (LanguageTag, "uz", None),
        (LanguageTag, "kaa", None),
        (LanguageTag, "en-GB", "bad_language"),
        (LanguageTag, "English", "bad_language"),
        (LanguageTag, "en\n", "bad_language"),
        (Salutation, "Dear Dr. Costa", None),
        (Salutation, "Dear President Costa,", "end_mark"),
        (Salutation, "Уважаемый господин Председатель! ", "end_mark"),
        (Salutation, "Dear\nPresident", "forbidden_character"),
    ],
)
def test_what_a_value_may_be(kind: Any, value: object, error: str | None) -> None:
    """A value is taken as it is, or refused for the reason that the finding names."""
    assert error_of(kind, value) == error


@pytest.mark.parametrize(("written", "kept"), [(dt.date(2019, 5, 15), "2019-05-15"), (2019, "2019")])
def test_dates_of_sources_are_kept_as_text(written: object, kept: str) -> None:
    """A day or a year in TOML becomes ISO 8601 text, so that dates of unequal precision compare."""
    source = Source.model_validate(
        {"id": "a", "title": "T", "publisher": "P", "url": "https://example.org", "date": written}
    )
    assert source.date == kept


@given(st.text())
def test_a_line_is_one_line(text: str) -> None:
    """What is taken for a line has no control character and turns no direction; what is refused has one."""
    bad = any(unicodedata.category(c) == "Cc" or c in DIRECTION_OVERRIDES for c in text)
    assert error_of(model.Line, text) == ("forbidden_character" if bad else None if text.strip() else "empty_text")


@given(st.text())
def test_an_id_is_a_safe_name(text: str) -> None:
    """Ids become names of files, so they are exactly the names that are safe as such."""
    assert (error_of(model.Id, text) is None) == is_safe_name(text)


def test_a_term_includes_both_its_days() -> None:
    """The first and the last day count; without a last day there is no end."""
    first, last = dt.date(2024, 12, 1), dt.date(2027, 5, 31)
    days = [dt.date(2024, 11, 30), first, last, dt.date(2027, 6, 1)]
    assert [Term(start=first, end=last).covers(day) for day in days] == [False, True, True, False]
    assert [Term(start=first).covers(day) for day in days] == [False, True, True, True]


@pytest.mark.parametrize("kind", RECORDS)
def test_records_are_frozen_and_know_their_keys(kind: type[Record]) -> None:
    """Nothing can be changed after it was checked, and a mistyped key is never a silent default."""
    assert (kind.model_config["frozen"], kind.model_config["extra"]) == (True, "forbid")


@pytest.mark.parametrize("kind", [model.Recipient, model.Summit, model.LetterHeader, model.FormOverrides, Term])
def test_every_key_of_people_and_headers_is_described(kind: type[Record]) -> None:
    """Editors show what a key means from its description."""
    assert [name for name, field in kind.model_fields.items() if not field.description] == []


def test_a_letter_comes_back_from_its_json(sample: Sample) -> None:
    """The data that is attached to a PDF is the whole letter, and reads back as the same."""
    for letter in prepare(sample.root, SUMMIT).letters:
        assert Letter.model_validate_json(letter.model_dump_json()) == letter
        assert letter.id == f"{letter.recipient}.{letter.language}"


@pytest.mark.parametrize("date", ["0000", "0000-01", "٢٠٢٥", 0, -1, 10**30, True, "2025-13"])
def test_what_is_no_year_is_no_date_of_a_source(date: object) -> None:
    """Year 0, other digits than 0 to 9, and numbers out of the calendar are refused, not found out later."""
    with pytest.raises(ValidationError):
        Source.model_validate(
            {"id": "a", "title": "b", "publisher": "c", "url": "https://example.org", "date": date}
        )


@pytest.mark.parametrize("separator", ["\u2028", "\u2029"])
def test_a_line_has_no_separators_of_lines(separator: str) -> None:
    """A name with a Unicode line or paragraph separator is not one line."""
    with pytest.raises(ValidationError):
        Signatory(id="a", organisation=f"b{separator}c")
