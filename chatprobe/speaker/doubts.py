"""What makes it doubtful that somebody typed a message: fields and classes that go with texts of machines."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from chatprobe.speaker.markwords import (
    AGENTS,
    BARE_PERSON_FLAG,
    EMPTY,
    FALSE,
    FILL,
    LONGEST,
    PERSON_FLAG,
    PERSONAL,
    ROLE,
    SENDS,
    WORDLESS,
    letters,
    words,
)

SLIGHT, GRAVE = 1, 2
"""Doubts: beside a slight one an agent is nobody's mark, beside a grave one neither is a person."""
_ORDINARY = frozenset(
    {"message", "messages", "msg", "text", "chat", "comment", "reply", "content", "entry", "part", "conversation"}
    | {"normal", "regular", "plain", "standard", "default", "basic", "static", "structured", "rich", "html", "markdown"}
    | {"new", "next", "add", "added", "create", "created", "send", "sent", "receive", "received", "update", "updated"}
    | {"in", "out", "incoming", "outgoing", "inbound", "outbound", "to", "from", "by", "user", "live", "room", "data"}
    | {"web", "app", "mobile", "desktop", "browser", "panel", "console", "inbox", "workspace", "widget", "messenger"}
    | {"public"}
)
"""What the kind and the way of a message that somebody typed may say."""
_WAY = re.compile(r"(?:message|msg)?(?:source|via|sentvia|sentfrom|origin|deliveredas|createdvia)(?:type|kind)?")
_ANY_KIND = re.compile(r"[a-z]*(?:types?|kind|category|reason|purpose|event|action)")
_GRAVE = frozenset(
    {"auto", "automatic", "automated", "automation", "automatically", "bot", "chatbot", "robot", "ai", "llm", "virtual"}
    | {"campaign", "marketing", "trigger", "triggered", "rule", "workflow", "flow", "scheduled", "pushed", "invitation"}
    | {"proactive", "greeting", "welcome", "away", "broadcast", "generated", "synthetic", "intent", "drip", "journey"}
    | {"playbook", "scripted", "survey", "csat", "nps", "newsletter", "bulk", "mass", "nudge", "popup", "teaser"}
    | {"fallback", "simulated", "faq"}
)
"""Words in the name of a field or class of a machine's text: beside them nothing in it makes a person."""
_SIGNS = _GRAVE | (
    {"template", "invite", "confidence", "model", "tokens", "prompt", "citations", "suggested", "suggestions", "quick"}
    | {"series", "scenario", "story", "skill", "node", "step", "script", "rating", "evaluation", "log", "notice"}
    | {"notification", "reminder", "followup", "preset", "simulate", "copilot", "suggestion", "knowledge", "tool"}
    | {"integration", "webhook", "actions", "options", "cards"}
)
"""With those that hardly stand beside what somebody typed, but that people's own tools may leave there."""
_SIGNED = re.compile(rf"(?:{FILL}|is|on)*(?:{'|'.join(_SIGNS)})(?:{FILL}|{'|'.join(_SIGNS)}|id|at|count)*")
"""Such a name in plain letters, where case and signs do not part its words."""
_NOTHING = EMPTY | FALSE


def doubtful(key: str, value: Any) -> int:
    """How doubtful a field makes it that somebody typed the message, without telling who wrote it: 0, SLIGHT or GRAVE.

    Its name has a word that goes with machines, or its value names one, or it says of which kind or by which way the
    message is, and that is none of the ordinary ones.
    """
    said = str(value).strip()[: LONGEST + 1]
    if said.lower() in _NOTHING:
        return SLIGHT if said.lower() in FALSE and _promises_person(key) else 0
    signed, kind, wordless = _about(key)
    if kind:
        return 0 if _usual(said) else GRAVE if _GRAVE & set(words(said)) else SLIGHT
    return signed or (0 if wordless or letters(said) not in SENDS else GRAVE)


@lru_cache(maxsize=4096)
def _about(key: str) -> tuple[int, bool, bool]:
    """Of a field's name: how grave a word of machines it has, does it ask for a kind or a way, can it hold no word."""
    own, found = letters(key), _SIGNS & set(words(key))
    slight = found or _SIGNED.fullmatch(own) or _promises_person(key)
    signed = GRAVE if found & _GRAVE or own == "outofoffice" else SLIGHT if slight else 0
    return signed, bool(_ANY_KIND.fullmatch(own) or _WAY.fullmatch(own)), bool(WORDLESS.fullmatch(own))


@lru_cache(maxsize=4096)
def _promises_person(key: str) -> bool:
    """Whether a field is about a person who may come, and not about the author: ``requires_human``."""
    own = letters(key)
    of_author = (PERSON_FLAG, BARE_PERSON_FLAG, ROLE, WORDLESS)
    return bool({"human", "person"} & set(words(key))) and not any(one.fullmatch(own) for one in of_author)


@lru_cache(maxsize=4096)
def _usual(value: str) -> bool:
    # A media type, an address and a number tell of no kind of message.
    if re.search(r"^\w+/[\w.+-]+$|://", value):
        return True
    known = _ORDINARY | AGENTS | PERSONAL
    return all(word in known or word.removesuffix("s") in known for word in words(value))
