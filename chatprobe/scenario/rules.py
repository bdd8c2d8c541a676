"""Rules between the keys of a scenario, checked on its data before it is a model so that no mistake hides another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from chatprobe.errors import did_you_mean
from chatprobe.scenario.chat import PLACEHOLDERS
from chatprobe.scenario.document import Loc, Mistake


def broken_rules(data: dict[str, Any]) -> Iterator[Mistake]:
    """What does not fit together in `data`, whose types nobody has checked yet."""
    yield from _timezone(data)
    yield from _unique_questions(data)
    yield from _placeholders(data)
    yield from _unasked_languages(data)
    yield from _repeated_events(data)


def texts_in(value: Any, loc: Loc = ()) -> Iterator[tuple[Loc, str]]:
    """Every text in `value` and where it stands, below `loc`."""
    if isinstance(value, str):
        yield loc, value
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for part, below in inner:
        yield from texts_in(below, (*loc, part))


def questions_in(data: dict[str, Any]) -> Iterator[tuple[Loc, dict[str, Any]]]:
    """Every question that is a mapping and where it stands."""
    questions = data.get("questions")
    for index, question in enumerate(questions if isinstance(questions, list) else ()):
        if isinstance(question, dict):
            yield ("questions", index), question


def _timezone(data: dict[str, Any]) -> Iterator[Mistake]:
    claims = data.get("claims")
    if isinstance(claims, dict) and "hours" in claims and "timezone" not in data:
        hint = "add the casino's own, such as timezone: Europe/Malta"
        yield Mistake(("claims", "hours"), "claimed hours need a timezone", hint)


def _unique_questions(data: dict[str, Any]) -> Iterator[Mistake]:
    seen: dict[str, int] = {}
    for (_, index), question in questions_in(data):
        name = question.get("id")
        if isinstance(name, str) and name in seen:
            message = f"{name} is already the id of questions[{seen[name]}]"
            yield Mistake(("questions", index, "id"), message, "give each question its own id")
        elif isinstance(name, str):
            seen[name] = int(index)


def _placeholders(data: dict[str, Any]) -> Iterator[Mistake]:
    chat = data.get("chat")
    form = chat.get("form") if isinstance(chat, dict) else None
    for loc, text in texts_in(form, ("chat", "form")):
        for name in re.findall(r"\{(\w+)\}", text):
            if name not in PLACEHOLDERS:
                known = ", ".join(f"{{{one}}}" for one in PLACEHOLDERS)
                hint = did_you_mean(name, PLACEHOLDERS)
                yield Mistake(loc, f"{{{name}}} stands for nothing; there are {known}", hint)


def _repeated_events(data: dict[str, Any]) -> Iterator[Mistake]:
    chat = data.get("chat")
    written = chat.get("events") if isinstance(chat, dict) else None
    events = written if isinstance(written, list) else []
    for index, event in enumerate(events):
        if event in events[:index]:
            message = f"the same place as chat.events[{events.index(event)}]: it is heard once"
            yield Mistake(("chat", "events", index), message, severity="warning")


def _unasked_languages(data: dict[str, Any]) -> Iterator[Mistake]:
    claims = data.get("claims")
    claimed = claims.get("languages") if isinstance(claims, dict) else None
    texts = [question.get("text") for _, question in questions_in(data)]
    asked = {code for text in texts for code in (text if isinstance(text, dict) else ("en",))}
    for index, code in enumerate(claimed if isinstance(claimed, list) else ()):
        if isinstance(code, str) and code not in asked:
            message = f"{code} is claimed but no question is written in it, so the claim is never tested"
            yield Mistake(("claims", "languages", index), message, severity="warning")
