"""What a wire frame says of its author: vendor envelopes opened, and the scenario's own rules."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import jmespath
from jmespath.exceptions import JMESPathError
from jmespath.parser import ParsedResult

from chatprobe.model import Speaker
from chatprobe.speaker.excerpt import excerpts, is_said
from chatprobe.speaker.textform import same

LARGEST = 1_000_000
"""Characters; no chat message comes in a larger frame, and a page may send anything."""

_PACKET = re.compile(r"\d{1,4}(?:-|(?=[/\[{\d]))(?:/[^,]{0,80},)?\d{0,9}(?=[\[{])|[A-Z]{3,8}(?=\{)")
_DEEPEST = 4
_NESTED = 60


@dataclass(frozen=True)
class WireRule:
    """One rule over the JSON of a frame."""

    when: str
    """JMESPath; the rule holds where it gives anything but null, false or nothing."""
    speaker: Speaker
    text: str | None = None
    """JMESPath to the message's text; the rule then holds only for a message of this text."""
    name: str | None = None
    """JMESPath to the author's displayed name."""


@dataclass(frozen=True)
class JoinRule:
    """One rule over the JSON of a frame that says that somebody joined."""

    when: str
    """JMESPath; somebody joined where it gives anything but null, false or nothing."""
    name: str | None = None
    """JMESPath to the name of who joined."""
    person: bool = False
    """Whether only people join in this way."""


@lru_cache(maxsize=128)
def frames(payload: str | bytes) -> tuple[dict[str, Any], ...]:
    """The JSON objects in a raw frame, in order; none where it holds no JSON.

    Named events of Socket.IO (``42["message", {…}]``), DDP and server-sent events become ``{"event": …, "data": …}``;
    SockJS (``a["…"]``), lists and several objects parted by line ends or record separators become their members. JSON
    that stands in an object as text is opened, too.
    """
    text = payload.decode("utf-8", "replace") if isinstance(payload, bytes) else payload
    return tuple(_open(text.strip(), _DEEPEST)) if len(text) <= LARGEST else ()


def _open(text: str, depth: int) -> Iterator[dict[str, Any]]:
    if not depth or not text:
        return
    value = _json(text)
    if value is not None:
        yield from _members(unfolded(value) if '{\\"' in text else value, depth)
    elif text.startswith("a["):
        yield from _open(text[1:], depth - 1)
    elif packet := _PACKET.match(text):
        yield from _open(text[packet.end() :], depth - 1)
    elif re.match(r"(?:event|data|id|retry|:)", text):
        yield from _stream(text, depth)
    else:
        parts = [part for part in re.split(r"[\x1e\n]+", text) if part.strip()]
        for part in parts if len(parts) > 1 or "\x1e" in text else ():
            yield from _open(part.strip(), depth - 1)


def _json(text: str) -> Any:
    try:
        return json.loads(text) if text[0] in "[{" else None
    except (ValueError, RecursionError):
        return None


def unfolded(value: Any, depth: int = _DEEPEST, level: int = 0) -> Any:
    """`value` with the objects and lists in it that stand there as JSON text; other text stays as it is."""
    if level > _NESTED:
        return value
    if isinstance(value, dict):
        return {key: unfolded(inner, depth, level + 1) for key, inner in value.items()}
    if isinstance(value, list):
        return [unfolded(inner, depth, level + 1) for inner in value]
    inside = _json(value.strip()) if depth and isinstance(value, str) and value.strip() else None
    return value if inside is None else unfolded(inside, depth - 1, level + 1)


def _members(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield from _meteor(value)
    elif isinstance(value, list) and value and isinstance(value[0], str) and any(isinstance(v, dict) for v in value):
        yield from _named(value[0], value[1:])
    elif isinstance(value, list):
        for member in value:
            yield from _open(member, depth - 1) if isinstance(member, str) else _members(member, depth)


def _meteor(value: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The arguments of a DDP change; any other object as it is."""
    fields = value.get("fields")
    arguments = fields.get("args") if value.get("msg") in ("changed", "added") and isinstance(fields, dict) else None
    if isinstance(arguments, list):
        yield from _named(str(value.get("collection", "")), arguments)
    else:
        yield value


def _named(event: str, arguments: list[Any]) -> Iterator[dict[str, Any]]:
    for argument in arguments:
        if isinstance(argument, dict):
            yield {"event": event, "data": argument}


def _stream(text: str, depth: int) -> Iterator[dict[str, Any]]:
    """Server-sent events: blocks of ``field: value`` lines parted by empty lines."""
    for block in re.split(r"\r?\n\s*\r?\n", text):
        fields = [line.partition(":") for line in block.splitlines()]
        data = "\n".join(value.strip() for name, _, value in fields if name == "data")
        event = next((value.strip() for name, _, value in fields if name == "event"), "")
        opened = list(_open(data, depth - 1))
        yield from _named(event, opened) if event else opened


@lru_cache(maxsize=256)
def _compiled(expression: str) -> ParsedResult:
    return jmespath.compile(expression)


def pick(expression: str, frame: Any) -> Any:
    """What a JMESPath expression gives over one frame; None also where it does not fit the frame's types."""
    try:
        return _compiled(expression).search(frame)
    except JMESPathError:
        return None


def applying(frame: Mapping[str, Any], text: str, rules: tuple[WireRule, ...]) -> WireRule | None:
    """The first rule that holds for a frame and, where it says which field is the message's text, for this text."""
    return next((rule for rule in rules if _holds(rule, frame, text)), None)


def holds(expression: str, frame: Mapping[str, Any]) -> bool:
    """Whether a JMESPath expression gives anything over a frame but null, false or nothing."""
    return pick(expression, frame) not in (None, False, "", [], {})


def _holds(rule: WireRule, frame: Mapping[str, Any], text: str) -> bool:
    if not holds(rule.when, frame):
        return False
    if rule.text is None:
        # A frame that has the text only as a part of other words is another message's.
        return rule.speaker is not Speaker.HUMAN or not excerpts(frame, text) or is_said(frame, text)
    found = pick(rule.text, frame)
    spellings = [same(one) for one in (found if isinstance(found, list) else [found]) if isinstance(one, str)]
    # A row may add a time or a name to the text, a frame markup.
    return any(one and (one in same(text) or same(text) in one) for one in spellings)
