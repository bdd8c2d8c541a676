"""What pydantic found wrong, in the words of the file's author."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel, ValidationError

from chatprobe.errors import Problem, did_you_mean
from chatprobe.scenario.document import Document, Loc, Mistake
from chatprobe.scenario.values import kind


def told(file: str, document: Document, mistakes: Iterable[Mistake]) -> list[Problem]:
    """The mistakes as the user reads them, in the order of the file's lines."""
    problems = []
    for one in mistakes:
        line = one.line or document.place(one.loc)[1]
        problems.append(Problem(file, line, path_text(one.loc), one.message, one.hint, one.severity))
    return sorted(problems, key=lambda problem: problem.line or 0)


def path_text(loc: Loc) -> str:
    """`loc` as people write it: ``questions[1].text.fr``."""
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc)
    return "".join(parts).removeprefix(".")


def mistakes_of(error: ValidationError, document: Document, model: type[BaseModel]) -> Iterator[Mistake]:
    """Every mistake in `error`, each at the nearest place that stands in the file."""
    for detail in error.errors(include_url=False):
        if detail["type"] == "too_short" and detail["input"]:
            continue  # there are items, but none is right: they have been told of
        missing = detail["type"] == "missing"
        loc, line = document.place(detail["loc"], keep_last=missing)
        hint = detail.get("ctx", {}).get("hint")
        if detail["type"] == "extra_forbidden":
            hint = did_you_mean(str(loc[-1]), keys_at(model, loc[:-1])) if loc else None
        yield Mistake(loc, _message(detail), hint, line)


def _message(detail: Any) -> str:
    """One message for each of pydantic's types that the models can raise; its own words for the rest."""
    name, context, value = detail["type"], detail.get("ctx", {}), detail["input"]
    if name in _PLAIN:
        return _PLAIN[name]
    if name in _WANTED:
        return f"expected {_WANTED[name].format(**context)}, got {kind(value)}"
    return str(context.get("message") or context.get("error") or detail["msg"])


_PLAIN: Mapping[str, str] = {
    "missing": "required",
    "extra_forbidden": "unknown key",
    "too_short": "expected at least one",
}
_WANTED: Mapping[str, str] = {
    "string_type": "text",
    "int_type": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "model_type": "a mapping",
    "mapping_type": "a mapping",
    "dict_type": "a mapping",
    "literal_error": "{expected}",
    "enum": "{expected}",
    "greater_than_equal": "at least {ge:g}",
    "less_than_equal": "at most {le:g}",
}


def keys_at(model: type[BaseModel], loc: Loc) -> list[str]:
    """The keys that may stand at `loc`, read off the JSON Schema; empty where any may."""
    schema = _schema(model)
    places = _branches(schema, schema)
    for part in loc:
        below = [_below(place, part) for place in places]
        places = [branch for one in below if one for branch in _branches(one, schema)]
    return sorted({key for place in places for key in place.get("properties", {})})


@cache
def _schema(model: type[BaseModel]) -> Mapping[str, Any]:
    return model.model_json_schema()


def _below(place: Mapping[str, Any], part: str | int) -> Any:
    return place.get("items") if isinstance(part, int) else place.get("properties", {}).get(part)


def _branches(place: Mapping[str, Any], schema: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """`place` itself, or everything its references and alternatives stand for."""
    if "$ref" in place:
        return _branches(schema["$defs"][place["$ref"].rpartition("/")[2]], schema)
    if "anyOf" in place:
        return [branch for one in place["anyOf"] for branch in _branches(one, schema)]
    return [place]
