"""Reads the marks a page leaves on a row: attributes and class names that say who wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from chatprobe.model import Speaker

_VALUES: dict[str, Speaker] = {
    **dict.fromkeys(("human", "person", "liveagent", "humanagent", "agenthuman"), Speaker.HUMAN),
    **dict.fromkeys(
        ("bot", "chatbot", "assistant", "ai", "robot", "automated", "automation", "autoreply", "virtualassistant", "aiagent",
         "agentbot", "virtualagent", "machine", "llm", "workflow", "campaign", "autoresponder"),
        Speaker.BOT,
    ),
    **dict.fromkeys(("system", "notification", "notice", "event", "status", "info", "announcement", "activity"), Speaker.SYSTEM),
    **dict.fromkeys(("visitor", "customer", "client", "guest", "enduser", "self", "me", "own"), Speaker.VISITOR),
}  # fmt: skip
_AGENTS = frozenset({"agent", "operator", "staff", "employee", "support", "admin", "teammate", "moderator", "consultant"})
"""Words that many widgets put on people and bots alike."""
_IDENTITY = re.compile(
    r"(role|author|sender|from|user|participant|origin|originator|speaker|member|message|msg|entity|owner|actor)?"
    r"(type|role|kind|entity|source|category|by)?"
)
_FLAG = re.compile(r"(is)?(bot|chatbot|automated|automatic|ai|virtual|robot)(reply|message)?")
_CLASS_SPEAKERS = {"human": Speaker.HUMAN, "bot": Speaker.BOT, "chatbot": Speaker.BOT, "robot": Speaker.BOT,
                   "assistant": Speaker.BOT, "automated": Speaker.BOT, "system": Speaker.SYSTEM,
                   "visitor": Speaker.VISITOR, "customer": Speaker.VISITOR}  # fmt: skip


@dataclass(frozen=True)
class Mark:
    """One attribute that names a speaker."""

    where: str
    """The attribute, and the word in it, as the reader would look for it."""
    speaker: Speaker | None
    """None for a word that is put on people and bots alike, such as ``agent``."""


def marks_of(attributes: Mapping[str, str]) -> Iterator[Mark]:
    """All marks in a row's attributes."""
    for key, value in attributes.items():
        name = key.lower()
        if name == "class":
            yield from _class_marks(value)
        elif name == "data-op-id":
            yield from _operator_id(value)
        elif name.startswith("data-"):
            yield from _data_mark(name, value)


def _class_marks(value: str) -> Iterator[Mark]:
    for token in value.split():
        # "msg--bot", "fromBot", "message_bot": the last part names the kind of row, the first the widget.
        parts = [part.lower() for part in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", token)]
        for part in parts[-2:]:
            if part in _CLASS_SPEAKERS and not (part == parts[0] and len(parts) > 2):
                yield Mark(f"class {token}", _CLASS_SPEAKERS[part])
            elif part in _AGENTS:
                yield Mark(f"class {token}", None)


def _operator_id(value: str) -> Iterator[Mark]:
    # Live Helper Chat: operators count from 1; 0 is the visitor, -1 the system, -2 the bot.
    ids = {"0": Speaker.VISITOR, "-1": Speaker.SYSTEM, "-2": Speaker.BOT}
    if value in ids or (value.isascii() and value.isdigit()):
        yield Mark(f"data-op-id={value}", ids.get(value, Speaker.HUMAN))


def _data_mark(name: str, value: str) -> Iterator[Mark]:
    key, word = re.sub(r"[^a-z]", "", name[5:]), re.sub(r"[^a-z]", "", value.lower())
    if _FLAG.fullmatch(key) and word in {"true", "yes", ""} and value != "0":
        yield Mark(f"{name}={value}", Speaker.BOT)
    elif key and _IDENTITY.fullmatch(key) and word in _VALUES:
        yield Mark(f"{name}={value}", _VALUES[word])
    elif key and _IDENTITY.fullmatch(key) and word in _AGENTS:
        yield Mark(f"{name}={value}", None)
