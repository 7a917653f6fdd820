"""Tables of a document → records of the model; every mistake becomes a located finding.

A table with a mistake still yields a record, with the bad parts left empty, so that the rules that compare one
table with another can report their findings in the same run.
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError

from lettergen.problems import Problem, did_you_mean

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from lettergen.workspace.document import Document, KeyPath

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
_WHAT_IS_WANTED = {
    "string_type": "text in quotation marks",
    "bool_type": "true or false, without quotation marks",
    "tuple_type": "a list in square brackets",
    "dict_type": "a table",
    "model_type": "a table",
}
UNSAFE_ID_HELP = "Use the letters a to z, digits and single hyphens, at most 64 of them: eu-commission."
_HELP = {
    "bad_date": "Write a date without quotation marks, like 2025-04-01.",
    "bad_email": "Write one plain address, like office@example.org.",
    "unsafe_id": UNSAFE_ID_HELP,
    "empty_text": "Write something, or take the key out if it may be left out.",
}
_CODES = {
    "missing": "LG103",
    "extra_forbidden": "LG104",
    "date_type": "LG106",
    "bad_date": "LG106",
    "bad_email": "LG107",
    "unsafe_id": "LG108",
    "empty_text": "LG110",
    "forbidden_character": "LG112",
}


def validate(model: type[Model], data: object, document: Document, path: KeyPath, problems: list[Problem]) -> Model:
    """Return a record made of `data`, which stands at `path` of the document.

    Mistakes are added to `problems`; then the record is only good for comparing: what could not be read is empty
    (None, an empty text, an empty tuple).
    """
    try:
        return model.model_validate(data)
    except ValidationError as error:
        details = error.errors(include_url=False)
        problems.extend(_problem(detail, model, document, path) for detail in details)
        return _salvage(model, data, {detail["loc"][0] for detail in details if detail["loc"]})


def _salvage(model: type[Model], data: object, broken: set[int | str]) -> Model:
    written = data if isinstance(data, dict) else {}
    values: dict[str, Any] = {}
    for name, info in model.model_fields.items():
        value = written.get(name)
        if name in written and name not in broken:
            values[name] = _field(model, name).validate_python(value)
        elif get_origin(info.annotation) is tuple:
            values[name] = tuple(text for text in value if isinstance(text, str)) if isinstance(value, list) else ()
        elif info.annotation is str:
            values[name] = value if isinstance(value, str) else ""
        else:
            values[name] = None
    return model.model_construct(**values)


@cache
def _field(model: type[BaseModel], name: str) -> TypeAdapter[Any]:
    return TypeAdapter(model.model_fields[name].rebuild_annotation())


def _problem(detail: ErrorDetails, model: type[BaseModel], document: Document, path: KeyPath) -> Problem:
    kind = detail["type"]
    loc: KeyPath = tuple(part for part in detail["loc"] if part != "[key]")
    full = path + loc
    key = next((str(part) for part in reversed(full) if isinstance(part, str)), document.name)
    code = _CODES.get(kind, "LG105" if kind in _WHAT_IS_WANTED else "LG111")
    message, way_out = _words(kind, key, detail, model, loc)
    names_a_key = kind == "extra_forbidden" or "[key]" in detail["loc"]
    place = document.key(full) if names_a_key else document.value(full)
    return Problem(code, message, place, way_out)


def _words(
    kind: str, key: str, detail: ErrorDetails, model: type[BaseModel], loc: KeyPath
) -> tuple[str, str | None]:
    given, context = detail["input"], detail.get("ctx", {})
    match kind:
        case "missing":
            return f"“{key}” is missing.", f"Add {key} = … here."
        case "extra_forbidden":
            known = _keys_of(model, loc[:-1])
            return f"“{key}” is not a key of this table.", did_you_mean(
                key, known
            ) or f"Its keys are {_listed(known)}."
        case "date_type":
            return f"“{key}” must be a date, and this is {_what_is(given)}.", _HELP["bad_date"]
        case "literal_error":
            allowed = context["expected"].replace("'", "").replace(" or ", ", ").split(", ")
            wanted = did_you_mean(str(given), allowed) or f"Write one of {_listed(allowed)}."
            return f"“{given}” is not possible for “{key}”.", wanted
        case "string_pattern_mismatch":
            return (
                f"“{given}” is not a code of a country.",
                "Write it in ISO 3166 capitals, like BE, or UZ-QR for a part.",
            )
        case "too_short":
            return f"“{key}” needs at least one entry.", None
        case "too_long":
            return f"“{key}” has {context['actual_length']} entries; at most {context['max_length']} fit.", None
        case _ if kind in _WHAT_IS_WANTED:
            return f"“{key}” must be {_WHAT_IS_WANTED[kind]}, and this is {_what_is(given)}.", None
        case "empty_text":
            return f"“{key}” is empty.", _HELP[kind]
        case "bad_date":
            return f"“{key}” is not a date.", "Write 2019-05-15, or only the month or year: “2019-05”, 2019."
        case _:
            return f"“{key}”: {detail['msg']}", _HELP.get(kind)


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


def _listed(words: list[str]) -> str:
    return ", ".join(words)
