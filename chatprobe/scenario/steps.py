"""Steps: what to do on a page, in short and long form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, ConfigDict, GetCoreSchemaHandler, WithJsonSchema
from pydantic_core import CoreSchema, core_schema

from chatprobe.durations import parse_duration
from chatprobe.scenario.selectors import check_playwright
from chatprobe.scenario.values import ALSO_TEXT, KIND, Duration, Flag, Model, Selector, Text, kind, printable, wrong


class Action(StrEnum):
    """What a step can do."""

    CLICK = "click"
    FILL = "fill"
    PRESS = "press"
    WAIT = "wait"
    SELECT = "select"


@dataclass(frozen=True)
class Step:
    """One step in its normal form."""

    action: Action
    selector: str | None = None
    """Playwright selector; None for a key pressed anywhere and for a wait of fixed length."""
    value: str | None = None
    """Text to fill, option to select, or key to press."""
    optional: bool = False
    """Going on where the element does not turn up is fine."""
    timeout: timedelta | None = None
    """How long to look for the element; the length itself for a wait without selector. None: the settings' limit."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """A step is read in one of its written forms; one made in Python stays as it is."""
        return core_schema.no_info_wrap_validator_function(_step, handler(StepForm))


def _step(value: object, read: Callable[[object], StepForm]) -> Step:
    return value if isinstance(value, Step) else read(value).step()


def _target(value: object) -> object:
    """A selector, or a mapping of one selector to one value."""
    if not isinstance(value, Mapping):
        return value
    if len(value) != 1:
        raise wrong(f"expected one selector and its value, got {len(value)}", "write one step for each field")
    return value


def _checked_target(value: object) -> tuple[str, str | None]:
    selector, text = next(iter(value.items())) if isinstance(value, Mapping) else (value, None)
    if not isinstance(selector, str):
        raise wrong(f"expected a selector, got {kind(selector)}")
    if text is not None and not isinstance(text, str):
        raise wrong(f"expected text to enter, got {kind(text)}", "put it in quotes")
    check_playwright(selector)
    return selector, None if text is None else printable(text)


def _wait(value: object) -> str | timedelta:
    if isinstance(value, str) and value and not value[0].isdigit():
        check_playwright(value)
        return value
    return parse_duration(value)


_TARGET_SCHEMA = {
    "anyOf": [
        {"type": "string", "minLength": 1},
        {"type": "object", "additionalProperties": {"type": "string"}, "minProperties": 1, "maxProperties": 1},
    ],
    KIND: "selector, or selector → text",
}
_Target = Annotated[
    tuple[str, str | None], BeforeValidator(_checked_target), BeforeValidator(_target), WithJsonSchema(_TARGET_SCHEMA)
]
_Wait = Annotated[
    str | timedelta,
    BeforeValidator(_wait),
    WithJsonSchema({"type": "string", "minLength": 1, KIND: "duration or selector"}),
]


class StepForm(Model):
    """One act on the page: exactly one of click, fill, press, wait and select, and what belongs to it."""

    model_config = ConfigDict(json_schema_extra={"oneOf": [{"required": [str(action)]} for action in Action]})

    click: Selector | None = None
    """Selector of the element to click."""
    fill: _Target | None = None
    """Field to fill: `fill: {"#email": "text"}`, or its selector with `value` beside it."""
    press: Text | None = None
    """Key to press, by Playwright's name: `Enter`, `Escape`, `Control+Enter`."""
    wait: _Wait | None = None
    """A duration, or the selector of an element to wait for until it is visible."""
    select: _Target | None = None
    """Drop-down to set: `select: {"#country": "MT"}`, or its selector with `value` beside it."""
    value: Annotated[str, AfterValidator(printable)] | None = None
    """Text to fill, or value or label of the option to select."""
    on: Selector | None = None
    """Element that gets the key of `press`; without it, the one in focus."""
    optional: Flag = False
    """Go on where the element does not turn up: a consent banner shown once, a survey."""
    timeout: Duration | None = None
    """How long to look for the element; default: the settings' `step_timeout`."""

    def step(self) -> Step:
        """The normal form; `ValueError` where keys do not go together."""
        written = [action for action in Action if getattr(self, action) is not None]
        if len(written) != 1:
            names = ", ".join(Action)
            raise wrong(f"expected exactly one of {names} in a step, got {' and '.join(written) or 'none'}")
        action = written[0]
        _refuse_strays(self, action)
        if action in (Action.FILL, Action.SELECT):
            return self._entering(action)
        if action is Action.PRESS:
            return Step(action, self.on, self.press, self.optional, self.timeout)
        if isinstance(self.wait, timedelta):
            return Step(action, timeout=self.wait)
        return Step(action, self.click or self.wait, None, self.optional, self.timeout)

    def _entering(self, action: Action) -> Step:
        selector, value = (self.fill if action is Action.FILL else self.select) or ("", None)
        if (value is None) == (self.value is None):
            raise wrong(f"what is to be entered? write {action}: {{selector: text}}")
        return Step(action, selector, value if value is not None else self.value, self.optional, self.timeout)


def _refuse_strays(form: StepForm, action: Action) -> None:
    if form.value is not None and action not in (Action.FILL, Action.SELECT):
        raise wrong(f"value goes with fill and select, not with {action}")
    if form.on is not None and action is not Action.PRESS:
        raise wrong(f"on goes with press, not with {action}")
    if form.timeout is not None and isinstance(form.wait, timedelta):
        raise wrong("a wait of fixed length takes no timeout")


def _clicks(value: object) -> object:
    steps = value if isinstance(value, list | tuple) else [value]
    return [{"click": step} if isinstance(step, str) else step for step in steps]


Clicks = Annotated[tuple[Annotated[Step, ALSO_TEXT], ...], BeforeValidator(_clicks), ALSO_TEXT]
"""Steps, of which a plain selector is a click."""
