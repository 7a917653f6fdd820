"""What a value may be, and the record that all nouns are."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, Strict
from pydantic_core import PydanticCustomError

from lettergen.files import is_safe_name
from lettergen.unseen import DIRECTION_OVERRIDES

# Controls, lone surrogates, the separators of lines and paragraphs (Unicode's categories Cc, Cs, Zl and Zp), and
# what turns the direction of a text. Ranges, because every text of every letter is looked through for them.
_NOT_IN_PROSE = re.compile(rf"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029{''.join(DIRECTION_OVERRIDES)}]")
_NOT_IN_LINE = re.compile(rf"[\t\n]|{_NOT_IN_PROSE.pattern}")

# Year 0 is in no calendar that Python knows.
_MONTH_OR_YEAR = re.compile(r"(?!0000)[0-9]{4}(-(0[1-9]|1[0-2]))?")


def _not_empty(text: str) -> str:
    if not text.strip():
        raise PydanticCustomError("empty_text", "This is empty.")
    return text


def _one_line(text: str) -> str:
    if text.isprintable():  # the quick way for nearly every name
        return text
    if found := _NOT_IN_LINE.search(text):
        what = "a line break" if found[0] in "\n\r" else f"the character U+{ord(found[0]):04X}"
        raise PydanticCustomError(
            "forbidden_character", "This contains {what}; it must be one plain line.", {"what": what}
        )
    return text


def plain_line(text: str) -> str:
    """Return a text that can be a Line.

    Raises:
        PydanticCustomError: it is empty, or has a character that does not belong into one line.
    """
    return _not_empty(_one_line(text))


def _prose(text: str) -> str:
    if found := _NOT_IN_PROSE.search(text):
        raise PydanticCustomError(
            "forbidden_character",
            "This contains {what}, which does not belong in a text.",
            {"what": f"the character U+{ord(found[0]):04X}"},
        )
    return text


def _selector(text: str) -> str:
    """Return an id, a pattern of ids such as mep-*, or a tag such as tag:afet."""
    _safe_id(text.removeprefix("tag:").replace("*", "x"))
    return text


def _safe_id(text: str) -> str:
    if not is_safe_name(text):
        raise PydanticCustomError("unsafe_id", "“{id}” cannot be an id.", {"id": text})
    return text


def _address(address: str) -> str:
    # Costs as much to import as tomli and Babel together; most runs have few addresses or none.
    from email_validator import EmailNotValidError, validate_email

    try:
        return validate_email(address, check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise PydanticCustomError("bad_email", "{reason}", {"reason": str(error)}) from error


def _colour(text: str) -> str:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", text):
        raise PydanticCustomError("bad_colour", "“{text}” is not a colour such as #1f4e79.", {"text": text})
    return text


def _language_tag(text: str) -> str:
    if not re.fullmatch(r"[a-z]{2,3}", text):
        raise PydanticCustomError("bad_language", "“{text}” is not a code of a language.", {"text": text})
    return text


def _without_end_mark(text: str) -> str:
    if text.rstrip().endswith((",", "!", ":", ";")):
        raise PydanticCustomError("end_mark", "“{text}” ends with a mark.", {"text": text})
    return text


def _web_address(text: str) -> str:
    if not re.fullmatch(r"https?://[^\s<>\"]+", text):
        raise PydanticCustomError(
            "bad_url", "“{text}” is not a web address such as https://example.org/page.", {"text": text}
        )
    return text


def _date_of_source(value: object) -> str:
    """A source is dated by its day, by its month ("2019-05"), or by its year alone; kept as ISO 8601 text."""
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value.isoformat()
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= dt.MAXYEAR:
        value = str(value)
    if isinstance(value, str) and _MONTH_OR_YEAR.fullmatch(value):
        return value
    raise PydanticCustomError("bad_date", "This is not a date.")


Id = Annotated[str, AfterValidator(_safe_id)]
Selector = Annotated[str, AfterValidator(_selector)]
Line = Annotated[str, AfterValidator(_one_line), AfterValidator(_not_empty)]
Prose = Annotated[str, AfterValidator(_prose), AfterValidator(_not_empty)]
CountryCode = Annotated[str, Field(pattern="^[A-Z]{2}$")]
LanguageTag = Annotated[str, AfterValidator(_language_tag)]
Salutation = Annotated[Line, AfterValidator(_without_end_mark)]
Email = Annotated[str, AfterValidator(_address)]
Colour = Annotated[str, AfterValidator(_colour)]
WebAddress = Annotated[str, AfterValidator(_one_line), AfterValidator(_web_address)]
Flag = Annotated[bool, Strict()]
Date = Annotated[dt.date, Strict()]
SourceDate = Annotated[str, BeforeValidator(_date_of_source)]
Language = Literal["en", "fr", "de", "ru"]
Gender = Literal["m", "f", "unknown"]
Formality = Literal["standard", "formal"]
Sending = Literal["individual", "joint"]
Level = Literal["B", "T", "LT", "LTA"]
"""Of a digital signature (ETSI EN 319 142-1): who signed, also when, also that the certificate was good, sealed."""
Order = Literal["by-name", "by-country"]
Layout = Literal[
    "din5008-a",
    "din5008-b",
    "sn010130-right",
    "sn-left",
    "c5-left",
    "c5-right",
    "nf-z11-001",
    "us-no9",
    "us-no10",
    "jp-chou3",
    "uk-dl",
]
Theme = Literal[
    "association",
    "expression-media",
    "assembly",
    "hrd-persecution",
    "accountability",
    "funding-environment",
    "access-to-information",
]


class Record(BaseModel):
    """A frozen record that knows no key it was not told about."""

    model_config = ConfigDict(frozen=True, extra="forbid")
