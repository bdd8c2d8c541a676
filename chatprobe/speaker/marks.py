"""Marks that name a message's author: in the attributes of its row, and in the fields of the frame that carried it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from chatprobe.model import Speaker

_BOTS = """bot chatbot assistant ai robot automated automation autoreply virtualassistant aiagent agentbot virtualagent
    machine llm workflow campaign autoresponder botagent answerbot trigger"""
_NOTICES = "system notification notice event status info announcement activity"
_VISITORS = "visitor customer client guest enduser self me own"
_VALUES: dict[str, Speaker] = {
    **dict.fromkeys(("human", "person", "liveagent", "humanagent", "agenthuman"), Speaker.HUMAN),
    **dict.fromkeys(_BOTS.split(), Speaker.BOT),
    **dict.fromkeys(_NOTICES.split(), Speaker.SYSTEM),
    **dict.fromkeys(_VISITORS.split(), Speaker.VISITOR),
}
_AGENTS = frozenset(
    {"agent", "operator", "staff", "employee", "support", "admin", "teammate", "moderator", "consultant"}
)
"""Words that many widgets put on people and bots alike."""
_ROLE = re.compile(
    r"(?:(?:role|author|sender|from|user|participant|origin|originator|originating|speaker|member|message|msg|entity|owner"
    r"|actor)(?:type|role|kind|entity|source|category|by)?)+"
)
_FLAG = re.compile(r"(?:is|from|by)?(?:bot|chatbot|automated|automatic|ai|virtual|robot)(?:reply|message)?")
_FILLERS = frozenset(
    {"is", "from", "by", "msg", "message", "row", "bubble", "role", "author", "sender", "type", "agent"}
)
_CLASSES = {
    **dict.fromkeys(("bot", "chatbot", "robot", "assistant", "automated"), Speaker.BOT),
    "system": Speaker.SYSTEM,
    **dict.fromkeys(("visitor", "customer"), Speaker.VISITOR),
}
_MOST_FIELDS = 400
_DEEPEST = 7


@dataclass(frozen=True)
class Mark:
    """One attribute or field that names a speaker."""

    where: str
    """The attribute or field with its value, as the reader would look for it."""
    speaker: Speaker | None
    """None for a word that is put on people and bots alike, such as ``agent``."""


def marks_of(attributes: Mapping[str, str]) -> tuple[Mark, ...]:
    """All marks in a row's attributes."""
    return tuple(dict.fromkeys(mark for key, value in attributes.items() for mark in _attribute(key.lower(), value)))


def marks_in(frame: Mapping[str, Any]) -> tuple[Mark, ...]:
    """All marks in the fields of a frame; frames name the visitor for many reasons, so that is left out."""
    found = (_field(path, value) for path, value in _leaves(frame))
    return tuple(dict.fromkeys(mark for mark in found if mark and mark.speaker is not Speaker.VISITOR))


def _attribute(name: str, value: str) -> Iterator[Mark]:
    if name == "class":
        yield from (mark for token in value.split() for mark in _class(token))
    elif name == "data-op-id":
        yield from _operator_id(value)
    elif name.startswith("data-"):
        mark = _named(name, _letters(name[5:]), value)
        if mark:
            yield mark


def _class(token: str) -> Iterator[Mark]:
    # "msg--bot", "fromBot", "message_bot": the last parts name the kind of row, the first of many the widget.
    parts = _parts(token)
    # "talk-to-human" and "humanlike" name no human: the modifier must say nothing else.
    if {"human"} == {*_parts(re.split(r"--|__", token)[-1])} - _FILLERS:
        yield Mark(f"class {token}", Speaker.HUMAN)
    for place, part in enumerate(parts[-2:], max(len(parts) - 2, 0)):
        if part in _AGENTS or (part in _CLASSES and not (place == 0 and len(parts) > 2)):
            yield Mark(f"class {token}", _CLASSES.get(part))


def _parts(token: str) -> list[str]:
    return [part.lower() for part in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", token)]


def _operator_id(value: str) -> Iterator[Mark]:
    # Live Helper Chat: operators count from 1; 0 is the visitor, -1 the system, -2 the bot.
    ids = {"0": Speaker.VISITOR, "-1": Speaker.SYSTEM, "-2": Speaker.BOT}
    if value in ids or (value.isascii() and value.isdigit()):
        yield Mark(f"data-op-id={value}", ids.get(value, Speaker.HUMAN))


def _named(shown: str, key: str, value: str) -> Mark | None:
    word = _letters(value)
    if _FLAG.fullmatch(key) and word in {"true", "yes"}:
        return Mark(f"{shown}={value}", Speaker.BOT)
    if not _ROLE.fullmatch(key) or (word not in _VALUES and word not in _AGENTS):
        return None
    # In the protocols of language models a *message* of type "human" is the visitor's.
    if _VALUES.get(word) is Speaker.HUMAN and re.search(r"(?:message|msg)(?:type|kind|role)$", key):
        return None
    return Mark(f"{shown}={value}", _VALUES.get(word))


def _field(path: tuple[str, ...], value: Any) -> Mark | None:
    # "type" alone may be anything's: "sender.type" is an author's.
    own, whole = _letters(path[-1]), "".join(map(_letters, path[-2:]))
    shown, text = ".".join(path), str(value).lower() if isinstance(value, bool) else value
    if not isinstance(text, str) or len(text) > 40:
        return None
    return _named(shown, own, text) or _named(shown, whole, text)


def _leaves(frame: Any) -> Iterator[tuple[tuple[str, ...], Any]]:
    waiting: list[tuple[tuple[str, ...], Any]] = [((), frame)]
    for _ in range(_MOST_FIELDS):
        if not waiting:
            return
        path, value = waiting.pop()
        if isinstance(value, Mapping) and len(path) < _DEEPEST:
            waiting += [((*path, str(key)), inner) for key, inner in value.items()]
        elif isinstance(value, list) and len(path) < _DEEPEST:
            waiting += [(path, inner) for inner in value if isinstance(inner, Mapping)]
        elif path:
            yield path, value


def _letters(text: str) -> str:
    return re.sub(r"[^a-z]", "", text[:60].lower())
