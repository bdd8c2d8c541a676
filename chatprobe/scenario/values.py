"""The kinds of values a scenario is made of, each with its check, its message and its JSON Schema.

A check raises `ValueError`, or `wrong` where it has a hint too; `problems.py` turns both into what the user reads.
"""

from __future__ import annotations

import re
import zoneinfo
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    GetJsonSchemaHandler,
    Strict,
    WithJsonSchema,
)
from pydantic_core import CoreSchema, PydanticCustomError

from chatprobe.addresses import page_address
from chatprobe.durations import PATTERN, parse_duration
from chatprobe.errors import did_you_mean
from chatprobe.model import Speaker
from chatprobe.scenario.hours import Hours, parse_hours
from chatprobe.scenario.selectors import check_css, check_playwright

SLUG = r"[a-z0-9-]{1,64}"
LANGUAGE = r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*"
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")

DEFAULT_LANGUAGE = "en"
"""What a text is in where the scenario names no language."""


@dataclass(frozen=True, eq=False)  # `Annotated[…] | None` needs it hashable
class Also:
    """Tells the JSON Schema of a short form that a validator accepts besides."""

    short: dict[str, Any]

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """The short form, or what stands there without it."""
        return {"anyOf": [self.short, handler(core)]}


class AlsoOne:
    """Tells the JSON Schema of a list that one item may stand for itself."""

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """The item, or the list."""
        listed = handler(core)
        return {"anyOf": [listed["items"], listed]}


ALSO_TEXT = Also({"type": "string", "minLength": 1, "x-kind": "text"})


class Model(BaseModel):
    """A mapping of a scenario: unknown keys are mistakes, values never change."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", use_attribute_docstrings=True, arbitrary_types_allowed=True, populate_by_name=True
    )


def wrong(message: str, hint: str | None = None) -> PydanticCustomError:
    """A mistake in a value, with what to do about it."""
    return PydanticCustomError("chatprobe", "{message}", {"message": message, "hint": hint})


def kind(value: object) -> str:
    """What the reader of a YAML file would call `value`."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return f"the number {value}"
    if isinstance(value, str):
        return f'the text "{value[:40]}"'
    return "a mapping" if isinstance(value, Mapping) else "a list"


def _text(value: object) -> str:
    if isinstance(value, bool | int | float):
        raise wrong(f"expected text, got {kind(value)}", "put it in quotes")
    if not isinstance(value, str):
        raise wrong(f"expected text, got {kind(value)}")
    if not value.strip():
        raise wrong("expected text, got nothing")
    return printable(value.strip())


def printable(value: str) -> str:
    """`value` where a page, a terminal and a database can all take it; quoted YAML can hold any character."""
    if control := _CONTROL.search(value):
        raise wrong(f"the character U+{ord(control[0]):04X} cannot be typed or printed")
    return value


def _one_line(value: str) -> str:
    # A line break typed into a composer would send the first half.
    if len(value.splitlines()) > 1:
        raise wrong("a sentence to be typed is one line", "fold the lines with >- instead of |")
    return value


def _by_language(value: object) -> object:
    return value if isinstance(value, Mapping) else {DEFAULT_LANGUAGE: value}


def many(value: object) -> object:
    """A lone value as a list of one."""
    return value if isinstance(value, list | tuple) else (value,)


def _slug(value: str) -> str:
    if not re.fullmatch(SLUG, value):
        raise ValueError(f"{value[:70]!r} is no slug: 1 to 64 of a-z, 0-9 and -")
    return value


def _language(value: str) -> str:
    if not re.fullmatch(LANGUAGE, value):
        raise ValueError(f"{value[:40]!r} is no language code such as en, fr or pt-BR")
    return value


@cache
def _timezones() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones())


def _timezone(value: str) -> str:
    if value in _timezones():
        return value
    cities = {zone.rpartition("/")[2]: zone for zone in _timezones()}
    place = next((zone for city, zone in cities.items() if city.casefold() == value.casefold().replace(" ", "_")), None)
    hint = f"did you mean {place}?" if place else did_you_mean(value, _timezones())
    raise wrong(f"{value[:60]!r} is no time zone such as Europe/Malta", hint)


def _url(value: str) -> str:
    try:
        return page_address(value)
    except ValueError as error:
        bare_host = re.fullmatch(r"[\w-]+(\.[\w-]+)+(/\S*)?", value)
        raise wrong(str(error), f"write https://{value}" if bare_host else None) from None


def _date(value: object) -> date:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        raise ValueError(f"expected a date such as 2027-01-31, got {kind(value)}") from None


def _duration(value: object) -> timedelta:
    return value if isinstance(value, timedelta) else parse_duration(value)


def _hours(value: object) -> Hours:
    return value if isinstance(value, Hours) else parse_hours(value)


def _css(value: str) -> str:
    check_css(value)
    return value


def _playwright(value: str) -> str:
    check_playwright(value)
    return value


def _jmespath(value: str) -> str:
    import jmespath
    from jmespath.exceptions import JMESPathError

    try:
        jmespath.compile(value)
    except JMESPathError:
        raise ValueError(f"not a JMESPath expression: {value[:80]!r}") from None
    return value


def _argument(value: object) -> str | tuple[str, ...]:
    return tuple(_text(one) for one in value) if isinstance(value, list | tuple) else _text(value)


def _js_path(value: str) -> str:
    path = value.removeprefix("window.")
    if not re.fullmatch(r"(?:[^\W\d]|\$)[\w$]*(?:\.(?:[^\W\d]|\$)[\w$]*)*", path):
        raise wrong(f"not a name or path of JavaScript: {value[:80]!r}", "names joined by dots: Tawk_API.onLoad")
    return path


def _speaker(value: object) -> Speaker:
    if value not in SPEAKERS:
        raise wrong(f"expected one of {', '.join(SPEAKERS)}, got {kind(value)}", did_you_mean(str(value), SPEAKERS))
    return Speaker(value)


def _queue_limit(value: object) -> int | timedelta:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if not isinstance(value, str | timedelta):
        raise wrong(f"expected a position such as 20 or a wait such as 15m, got {kind(value)}")
    return _duration(value)


def _schema(called: str, example: str | None = None, **more: Any) -> WithJsonSchema:
    """A text's JSON Schema; `called` is what the reference calls it."""
    examples = {"examples": [example]} if example else {}
    return WithJsonSchema({"type": "string", "minLength": 1, KIND: called, **more, **examples})


def _one_or_many(called: str) -> WithJsonSchema:
    one = {"type": "string", "minLength": 1}
    return WithJsonSchema({"anyOf": [one, {"type": "array", "items": one}], KIND: f"{called}, one or a list"})


KIND = "x-kind"
"""Keyword of the JSON Schema under which a value says what the reference calls it."""

SPEAKERS = tuple(str(speaker) for speaker in Speaker if speaker is not Speaker.UNKNOWN)
"""Whom a scenario can name; nobody writes a rule to know less."""

Whole = Annotated[int, Strict()]
Number = Annotated[float, Strict()]
Flag = Annotated[bool, Strict()]
Text = Annotated[str, BeforeValidator(_text), _schema("text")]
Line = Annotated[Text, AfterValidator(_one_line)]
Slug = Annotated[Text, AfterValidator(_slug), _schema("slug", "lucky", pattern=f"^{SLUG}$")]
Language = Annotated[Text, AfterValidator(_language), _schema("language", "en", pattern=f"^{LANGUAGE}$")]
TimeZone = Annotated[Text, AfterValidator(_timezone), _schema("time zone", "Europe/Malta")]
Url = Annotated[Text, AfterValidator(_url), _schema("address", "https://lucky.example/", pattern="^(https?://|.*\\$)")]
Day = Annotated[date, BeforeValidator(_date), _schema("date", "2027-01-31", pattern=r"^\d{4}-\d{2}-\d{2}$")]
Duration = Annotated[timedelta, BeforeValidator(_duration), _schema("duration", "90s", pattern=PATTERN)]
WeekHours = Annotated[Hours, BeforeValidator(_hours), _one_or_many("hours of the week")]
Css = Annotated[Text, AfterValidator(_css)]
Selector = Annotated[Text, AfterValidator(_playwright), _schema("selector")]
JmesPath = Annotated[Text, AfterValidator(_jmespath), _schema("JMESPath", "event.type == 'message'")]
JsPath = Annotated[Text, AfterValidator(_js_path), _schema("JavaScript path", "Tawk_API.onChatMessageAgent")]
Argument = Annotated[str | tuple[str, ...], BeforeValidator(_argument), _one_or_many("text")]
SpeakerName = Annotated[Speaker, BeforeValidator(_speaker), WithJsonSchema({"enum": list(SPEAKERS)})]
QueueLimit = Annotated[
    int | timedelta,
    BeforeValidator(_queue_limit),
    WithJsonSchema(
        {"anyOf": [{"type": "integer"}, {"type": "string", "pattern": PATTERN}], KIND: "whole number or duration"}
    ),
]
Texts = Annotated[tuple[Text, ...], BeforeValidator(many), _one_or_many("text")]
Selectors = Annotated[tuple[Selector, ...], BeforeValidator(many), _one_or_many("selector")]
CssSelectors = Annotated[tuple[Css, ...], BeforeValidator(many), _one_or_many("CSS selector")]
_TEXTS = {"anyOf": [{"type": "string", "minLength": 1}, {"type": "array", "items": {"type": "string", "minLength": 1}}]}
_LABEL = {
    "anyOf": [
        *_TEXTS["anyOf"],
        {"type": "object", "patternProperties": {f"^{LANGUAGE}$": _TEXTS}, "additionalProperties": False},
    ]
}
_BY_LANGUAGE = {
    "type": "object",
    "patternProperties": {f"^{LANGUAGE}$": {"type": "string", "minLength": 1}},
    "additionalProperties": False,
    "minProperties": 1,
}
Labels = Annotated[
    Mapping[Slug, Annotated[Mapping[Language, Texts], BeforeValidator(_by_language)]],
    WithJsonSchema(
        {
            "type": "object",
            "patternProperties": {f"^{SLUG}$": _LABEL},
            "additionalProperties": False,
            KIND: "name → language → text, one or a list",
        }
    ),
]
"""Name of a label → language code → its texts; a plain text is English."""
Sentences = Annotated[
    Mapping[Language, Line],
    BeforeValidator(_by_language),
    WithJsonSchema({"anyOf": [{"type": "string", "minLength": 1}, _BY_LANGUAGE], KIND: "text, or language → text"}),
]
"""Language code → one line of text; a plain text is English."""
