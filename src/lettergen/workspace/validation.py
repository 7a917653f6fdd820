"""Tables of a document → records of the model; every mistake becomes a located finding.

A table with a mistake still yields a record, with the bad parts left empty, so that the rules that compare one
table with another can report their findings in the same run.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError

from lettergen.problems import Problem, did_you_mean
from lettergen.workspace.wording import nearest, quoted

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from lettergen.problems import Place
    from lettergen.workspace.document import KeyPath, Places

Model = TypeVar("Model", bound=BaseModel)

# The order matters: a datetime is a date, and True is an int.
_WHAT_IS: tuple[tuple[type, str], ...] = (
    (str, "text"),
    (bool, "true or false"),
    (int, "a number"),
    (float, "a number"),
    (dt.datetime, "a date with a time"),
    (dt.date, "a date"),
    (dt.time, "a time of day"),
    (list, "a list"),
    (dict, "a table"),
)
UNSAFE_ID_HELP = "Use the letters a to z, digits and single hyphens, at most 64 of them: eu-commission."
_DATE_HELP = "Write a date without quotation marks, like 2025-04-01."
_DATE_OF_SOURCE_HELP = 'Write 2019-05-15, or only the month or year: "2019-05", 2019.'

# For each kind of error: its code, what is wrong, and what to do.
_SENTENCES: dict[str, tuple[str, str, str | None]] = {
    "missing": ("LG103", "{key} is missing.", "Add {name} = … here."),
    "extra_forbidden": ("LG104", "{key} is not a key of this table.", None),
    "string_type": ("LG105", "{key} must be text in quotation marks, and this is {what}.", None),
    "bool_type": ("LG105", "{key} must be true or false, without quotation marks, and this is {what}.", None),
    "tuple_type": ("LG105", "{key} must be a list in square brackets, and this is {what}.", None),
    "dict_type": ("LG105", "{key} must be a table, and this is {what}.", None),
    "model_type": ("LG105", "{key} must be a table, and this is {what}.", None),
    "date_type": ("LG106", "{key} must be a date, and this is {what}.", _DATE_HELP),
    "bad_date": ("LG106", "{key} is not a date.", _DATE_OF_SOURCE_HELP),
    "bad_email": ("LG107", "{key}: {reason}", "Write one plain address, like office@example.org."),
    "unsafe_id": ("LG108", "{given} cannot be an id.", UNSAFE_ID_HELP),
    "empty_text": ("LG110", "{key} is empty.", "Write something, or take the key out if it may be left out."),
    "literal_error": ("LG111", "{given} is not possible for {key}.", None),
    "string_pattern_mismatch": (
        "LG111",
        "{given} is not a code of a country.",
        "Write it in ISO 3166 capitals, like BE, or UZ-QR for a part.",
    ),
    "bad_colour": ("LG111", "{given} is not a colour.", "Write six hexadecimal digits behind #, like #1f4e79."),
    "bad_language": (
        "LG111",
        "{given} is not a code of a language.",
        "Write it in ISO 639 letters, like en or fr.",
    ),
    "end_mark": ("LG111", "{key} ends with a mark.", "Leave the mark at its end out; lettergen adds it."),
    "bad_url": ("LG111", "{given} is not a web address.", "Write all of it: https://example.org/page."),
    "too_short": ("LG111", "{key} needs at least one entry.", None),
    "too_long": ("LG111", "{key} has {actual_length} entries; at most {max_length} fit.", None),
    "forbidden_character": ("LG112", "{key}: {reason}", "Delete it; many such characters cannot be seen."),
}
# After these nothing is left to compare with: not even a misspelt id.
_LEAVE_NOTHING = frozenset(
    {*(kind for kind, words in _SENTENCES.items() if words[0] in {"LG103", "LG105"}), "empty_text", "too_short"}
)


@dataclass(slots=True)
class Findings:
    """What is found while the tables of a document are read.

    Attributes:
        problems: the mistakes.
        unread: where a value should be and none could be read. What another table looks for may have been meant
            there, so that a rule about its absence would only echo the mistake.
    """

    problems: list[Problem] = field(default_factory=list)
    unread: set[KeyPath] = field(default_factory=set)


def validate(model: type[Model], data: object, document: Places, path: KeyPath, findings: Findings) -> Model:
    """Return a record made of `data`, which stands at `path` of the document.

    Mistakes are added to `findings`; then the record is only good for comparing: what could not be read is empty
    (None, an empty text, an empty tuple).
    """
    try:
        return model.model_validate(data)
    except ValidationError as error:
        details = _without_echoes(error.errors(include_url=False))
    meant = _meant_by_unknown_keys(details)
    for detail in details:
        loc = _place_in_model(detail)
        if _kind(detail) in _LEAVE_NOTHING:
            findings.unread.add(path + loc)
        is_echo = detail["type"] == "missing" and (loc in meant or document.may_hold(path + loc[:-1], str(loc[-1])))
        if not is_echo:
            findings.problems.append(_problem(detail, model, document, path))
    return _salvage(model, data, {detail["loc"][0] for detail in details if detail["loc"]})


def _without_echoes(details: list[ErrorDetails]) -> list[ErrorDetails]:
    """Leave out that a list is too short when that is because of a mistake in one of its entries."""
    inside = {detail["loc"][:-1] for detail in details}
    return [detail for detail in details if detail["type"] != "too_short" or detail["loc"] not in inside]


def _meant_by_unknown_keys(details: list[ErrorDetails]) -> set[KeyPath]:
    """Return the keys that are only missing because they are misspelt: that is one mistake, not two."""
    missing = [detail["loc"] for detail in details if detail["type"] == "missing"]
    unknown = [detail["loc"] for detail in details if detail["type"] == "extra_forbidden"]
    meant = set()
    for *table, key in unknown:
        candidates = [str(loc[-1]) for loc in missing if list(loc[:-1]) == table]
        if found := nearest(str(key), candidates):
            meant.add((*table, found))
    return meant


def _kind(detail: ErrorDetails) -> str:
    """Return what kind of error it is: pydantic's, but that an empty id is empty before it is anything else."""
    is_empty_id = detail["type"] == "unsafe_id" and not str(detail["input"]).strip()
    return "empty_text" if is_empty_id else detail["type"]


def _place_in_model(detail: ErrorDetails) -> KeyPath:
    """Return the path that an error is about; pydantic marks a bad key of a dictionary by one more part."""
    loc = detail["loc"]
    return loc[:-1] if _is_about_key_of_dictionary(detail) else loc


def _is_about_key_of_dictionary(detail: ErrorDetails) -> bool:
    return detail["loc"][-1:] == ("[key]",) and detail["type"] != "extra_forbidden"


def _salvage(model: type[Model], data: object, broken: set[int | str]) -> Model:
    written = data if isinstance(data, dict) else {}
    values: dict[str, Any] = {}
    for name, info in model.model_fields.items():
        value = written.get(name)
        if name in written and name not in broken:
            values[name] = _field(model, name).validate_python(value)
        elif get_origin(info.annotation) is tuple:
            values[name] = tuple(text for text in value if isinstance(text, str)) if isinstance(value, list) else ()
        elif get_origin(info.annotation) is dict:
            values[name] = {}
        elif info.annotation is str:
            values[name] = value if isinstance(value, str) else ""
        else:
            values[name] = None
    return model.model_construct(**values)


@cache
def _field(model: type[BaseModel], name: str) -> TypeAdapter[Any]:
    return TypeAdapter(model.model_fields[name].rebuild_annotation())


def _problem(detail: ErrorDetails, model: type[BaseModel], document: Places, path: KeyPath) -> Problem:
    full = path + _place_in_model(detail)
    named = full[:-1] if _is_about_key_of_dictionary(detail) else full
    key = next((part for part in reversed(named) if isinstance(part, str)), document.name)
    code, message, way_out = _words(detail, key, model)
    return Problem(code, message, _place(detail, document, full), way_out)


def _place(detail: ErrorDetails, document: Places, full: KeyPath) -> Place:
    if detail["type"] == "extra_forbidden" or _is_about_key_of_dictionary(detail):
        return document.key(full)
    if detail["type"] == "forbidden_character":
        # Most of these characters cannot be seen, so that only the column tells where to look.
        return document.inside(full, _offset_of_forbidden(detail))
    return document.value(full)


def _offset_of_forbidden(detail: ErrorDetails) -> int:
    number = re.search("U\\+([0-9A-F]+)", detail["msg"])
    sought = chr(int(number[1], 16)) if number else "\n\r"
    return next(offset for offset, character in enumerate(detail["input"]) if character in sought)


def _words(detail: ErrorDetails, key: str, model: type[BaseModel]) -> tuple[str, str, str | None]:
    """Return code, message and way out of a mistake."""
    kind, given, context = _kind(detail), detail["input"], detail.get("ctx", {})
    code, message, way_out = _SENTENCES.get(kind, ("LG111", "{key} is not a value that can stand here.", None))
    if kind == "extra_forbidden":
        known = _keys_of(model, detail["loc"][:-1])
        way_out = did_you_mean(str(detail["loc"][-1]), known) or f"Its keys are {', '.join(known)}."
    elif kind == "literal_error":
        allowed = context["expected"].replace("'", "").replace(" or ", ", ").split(", ")
        way_out = f"Write {'one of ' if len(allowed) > 1 else ''}{', '.join(allowed)}."
        if isinstance(given, str):
            way_out = did_you_mean(given, allowed) or way_out
        else:
            code, message, _ = _SENTENCES["string_type"]
    elif kind == "forbidden_character" and "line break" in detail["msg"]:
        way_out = "Write it on one line."
    # Only texts are quoted: a number can have more digits than Python writes out.
    written = quoted(given) if isinstance(given, str) else ""
    filled = message.format(
        key=quoted(key), given=written, what=_what_is(given), reason=detail["msg"], **_counts(context)
    )
    return code, filled, way_out and way_out.format(name=key)


def _counts(context: dict[str, Any]) -> dict[str, Any]:
    return {name: context.get(name) for name in ("actual_length", "max_length")}


def _keys_of(model: type[BaseModel], loc: KeyPath) -> list[str]:
    """Return the keys of the table at `loc` inside a model."""
    for part in loc:
        if isinstance(part, str) and part in model.model_fields:
            model = next(iter(_models_in(model.model_fields[part].annotation)), model)
    return list(model.model_fields)


def _models_in(annotation: object) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [found for part in getattr(annotation, "__args__", ()) for found in _models_in(part)]


def _what_is(value: object) -> str:
    return next((words for kind, words in _WHAT_IS if isinstance(value, kind)), "something else")
