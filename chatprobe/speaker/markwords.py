"""The words by which fields, attributes and classes name an author: what a key is about, and whom a value names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from chatprobe.model import Speaker

SURE, WEAK = 0.75, 0.5
"""Ranks: an author named, and a sign that goes with automatic texts."""
LONGEST = 60
"""Signs of a key or value that names an author."""

MACHINE_NAME = re.compile(
    r"(?:^|\W)(?:(?:chat ?|chatter)?bot|robot|a\.?i\.?|assistant|auto(?:mat\w*)?|system|(?:чат ?|чат-)?бот)(?:$|\W)"
    r"|bot$|机器人|機器人|ボット|챗봇"
)
"""A displayed name, in comparable form, that calls itself a machine."""

_MACHINE = (
    "chatbot|robot|bot|ai|automated|automatically|automatic|automation|autoreply|autoresponse|autoresponder|auto"
    "|virtual|machine|llm|assistant"
)
_STAGED = "campaign|triggered|trigger|workflow|flow|rule|welcome|greeting|proactive|broadcast|template"
"""What sends texts by itself; people's texts may come by way of some of them."""
_FILL = "is|was|from|by|sent|message|msg|reply|response|user|agent|sender|author|generated|operator|support|node|step"
_FLAG = re.compile(rf"(?:{_FILL})*(?:{_MACHINE})(?:{_FILL}|{_MACHINE})*")
_STAGED_FLAG = re.compile(rf"(?:{_FILL})*(?:{_STAGED})(?:{_FILL}|{_STAGED}|{_MACHINE})*")
_SYSTEM_FLAG = re.compile(r"(?:is|from|by|sent)*system(?:message|msg)?")
_HIDDEN_FLAG = re.compile(r"(?:is)?(?:private|internal)(?:note|message)?")
_ID = re.compile(
    rf"(?:{_FILL})*(?:{_MACHINE}|{_STAGED.removesuffix('|template')})(?:{_FILL}|{_MACHINE}|{_STAGED})*"
    r"(?:id|uuid|uid|key|ref|confidence|score)"
)
_PERSON_FLAG = re.compile(r"(?:is|was|from|by|sent|a)+(?:human|person|humanagent|liveagent)(?:agent|reply|message)?")
_BARE_PERSON_FLAG = re.compile(rf"(?:{_FILL})*(?:human|person)")
_WHO_ID = re.compile(rf"(?:{_FILL}|admin|creator|actor|participant|originator)+(?:id|no|number)?")
_BOT_ID = re.compile(r"-\d+|(?:.*[^a-z])?(?:chat)?bot(?:[^a-z].*)?|.*[a-z](?:Bot|bot\d*)")
"""Numbers of people count from 1, and their addresses are no bot's."""
_NAME = re.compile(r"(?:sender|author|user|agent|operator|from)?(?:display|full|nick|first|alias)?name|alias")

_ROLE = re.compile(
    r"(?:(?:role|author|sender|from|user|participant|person|origin|originator|originating|speaker|member|message|msg"
    r"|entity|actor)(?:types?|subtypes?|roles?|kind|entity|source|category|by)?)+s?"
)
_HAPPENED = re.compile(r"event(?:name|type)?|action")
_KIND = re.compile(
    r"(?:message|msg|event|content|activity|entry|update)*(?:sub)?(?:types?|kind|category|reason|event|action)"
)
_LANGUAGE_MODEL = re.compile(r"(?:message|msg)(?:type|kind|role)$")
_ABOUT_AUTHOR = re.compile(
    r"(?:roles?|author|sender|from|user|participant|person|origin|originator|originating|speaker|member|message|msg"
    r"|entity|actor|creator|initiator|responder|agent|operator|client|source|via|owner|sent|handled|generated|created|posted"
    r"|delivered|answered|by|as|types?|subtypes?|kind|category|reason|tags?|labels?|class)+"
)
_BARE = re.compile(r"(?:types?|subtypes?|kind|category|reason|class|by|as|tags?|labels?)+")
_WORDLESS = re.compile(
    r".*(?:text|body|content|title|name|url|html|lang\w*|theme|dir|format|(?<!test)id|key|version|avatar)"
)

_SENDS = frozenset(_MACHINE.split("|")) | {
    *("aiagent", "agentbot", "botagent", "virtualagent", "autopilot", "flowbot", "digitalagent", "digitalassistant")
}
_STAGES = frozenset(_STAGED.split("|"))
_PLAIN = frozenset({"bot", "chatbot", "automated", "automation", "autoreply", "autoresponder", "automessage"})
_AROUND = frozenset(
    {"from", "by", "message", "msg", "reply", "response", "sender", "user", "agent", "generated", "auto", "virtual"}
)
_NOTICES = frozenset({"notification", "notice", "event", "status", "info", "announcement", "activity", "controller"})
_HAPPENINGS = frozenset(
    {"join", "joined", "leave", "left", "transfer", "transferred", "assigned", "queue", "queued", "closed", "ended"}
    | {"offline", "away", "typing", "presence", "idle", "inactivity", "timeout", "survey", "csat", "nps", "rating"}
)
"""Kinds of messages that tell what happens, whoever is named as their author."""
_OFFERS = frozenset({"quickreply", "quickreplies", "carousel", "menu", "inputselect", "inputemail"})
"""Kinds of messages that people do not write."""
_VISITORS = frozenset({"visitor", "customer", "client", "guest", "enduser", "self", "me", "own"})
_PERSONS = frozenset({"human", "person"})
_ORDINARY = frozenset(
    {"message", "messages", "msg", "text", "chat", "comment", "reply", "content", "entry", "part", "conversation"}
    | {"normal", "regular", "plain", "standard", "default", "basic", "static", "structured", "rich", "html", "markdown"}
    | {"new", "add", "added", "create", "created", "send", "sent", "receive", "received", "update", "updated", "public"}
    | {"in", "out", "incoming", "outgoing", "inbound", "outbound", "to", "from", "by", "user", "live", "room", "data"}
    | {"web", "app", "mobile", "desktop", "browser", "panel", "console", "inbox", "workspace", "widget", "messenger"}
)
"""What the kind and the way of a message that somebody typed may say."""
_WAY = re.compile(r"(?:message|msg)?(?:source|via|sentvia|sentfrom|origin|deliveredas|createdvia)(?:type|kind)?")
_ANY_KIND = re.compile(r"[a-z]*(?:types?|kind|category|reason|event|action)")
_SIGNS = frozenset(
    {"auto", "automatic", "automated", "automation", "automatically", "bot", "chatbot", "robot", "ai", "llm", "virtual"}
    | {"campaign", "marketing", "trigger", "triggered", "rule", "workflow", "flow", "template", "scheduled", "pushed"}
    | {"invitation", "invite", "proactive", "greeting", "welcome", "away", "broadcast", "generated", "synthetic"}
    | {"intent", "confidence", "model", "tokens", "prompt", "citations", "suggested", "suggestions", "quick"}
    | {"drip", "journey", "series", "playbook", "scenario", "story", "skill", "node", "step", "script", "scripted"}
    | {"survey", "csat", "nps", "rating", "evaluation", "log", "notice", "notification", "newsletter", "bulk", "mass"}
    | {"nudge", "reminder", "followup", "popup", "teaser", "fallback", "preset", "simulated", "simulate", "copilot"}
    | {"suggestion", "faq", "knowledge", "tool", "integration", "webhook", "actions", "options", "cards"}
)
"""Words in the name of a field or class that hardly stand beside what somebody typed."""
_SIGNED = re.compile(rf"(?:{_FILL}|is|on)*(?:{'|'.join(_SIGNS)})(?:{_FILL}|{'|'.join(_SIGNS)}|id|at|count)*")
"""Such a name in plain letters, where case and signs do not part its words."""
OFFERED = re.compile(
    r"quickrepl(?:y|ies)|buttons|(?:inline|reply)?keyboard|suggest(?:ions|edrepl\w*)|chips|choices|carousel"
)
"""Lists of answers to click, attached to a message."""
_PERSONAL = _PERSONS | {"live", "real", "agent", "operator", "support", "staff", "sender", "participant"}
_NEGATIONS = frozenset({"no", "not", "non", "or", "unknown", "maybe"})
AGENTS = frozenset(
    {"agent", "operator", "staff", "employee", "support", "admin", "teammate", "moderator", "consultant"}
    | {"manager", "supervisor", "representative", "advisor", "specialist"}
)
"""Words that many widgets put on people and bots alike."""

_TRUE = frozenset({"true", "yes", "1"})
_FALSE = frozenset({"false", "no", "0"})
_EMPTY = frozenset({"", "none", "null", "undefined", "[]", "{}"})
_NOTHING = _EMPTY | _FALSE


@dataclass(frozen=True)
class Naming:
    """What a field says of its message's author."""

    speaker: Speaker | None
    """None for a word that is put on people and bots alike, and for a denial."""
    weight: float = SURE
    denies: bool = False
    """It says that no machine wrote this."""


def doubtful(key: str, value: Any) -> bool:
    """Whether a field makes it doubtful that somebody typed the message, without telling who wrote it.

    Its name has a word that goes with machines, or its value names one, or it says of which kind or by which way the
    message is, and that is none of the ordinary ones.
    """
    said = str(value).strip()[: LONGEST + 1]
    if said.lower() in _NOTHING:
        return False
    signed, kind, wordless = _about(key)
    if kind:
        return not _usual(said)
    return signed or (not wordless and letters(said) in _SENDS)


@lru_cache(maxsize=4096)
def _about(key: str) -> tuple[bool, bool, bool]:
    """Of a field's name: has it a word of machines, does it ask for a kind or a way, can it hold no word."""
    own = letters(key)
    signed = bool(_SIGNS & set(words(key)) or _SIGNED.fullmatch(own))
    return signed, bool(_ANY_KIND.fullmatch(own) or _WAY.fullmatch(own)), bool(_WORDLESS.fullmatch(own))


@lru_cache(maxsize=4096)
def _usual(value: str) -> bool:
    # A media type, an address and a number tell of no kind of message.
    if re.search(r"^\w+/[\w.+-]+$|://", value):
        return True
    return set(words(value)) <= _ORDINARY | AGENTS | _PERSONAL


@lru_cache(maxsize=4096)
def letters(text: str) -> str:
    """The plain letters of a name: ``sender_type`` and ``senderType`` are one."""
    return re.sub(r"[^a-z]", "", text[:LONGEST].lower())


def words(text: str) -> list[str]:
    """The words a name is made of, by case and by signs: ``AgentBot`` and ``agent_bot`` are two."""
    return [word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", text[:LONGEST])]


def naming(key: str, parent: str, value: Any) -> Naming | None:
    """What ``{parent: {key: value}}`` says of an author; `value` is a text, number or truth. None for nothing."""
    own, text = letters(key), str(value).strip()
    said = text.lower()
    if said in _EMPTY or len(said) > LONGEST:
        return None
    if flagged := _by_flag(_key(own), own, said):
        return flagged
    if (_key(own) == "who" or (own == "id" and _key(letters(parent)) == "who")) and _BOT_ID.fullmatch(text):
        return Naming(Speaker.BOT, WEAK)
    if _KIND.fullmatch(own) and (happened := _happening(text)):
        return happened
    found = (_by_value(own, letters(parent) + own, part) for part in re.split(r"[,;]", text))
    return next((one for one in found if one), None)


def _happening(value: str) -> Naming | None:
    parts = words(value)
    if _HAPPENINGS & set(parts):
        return Naming(Speaker.SYSTEM, WEAK)
    return Naming(Speaker.BOT, WEAK) if "".join(parts) in _OFFERS else None


_Kind = Literal["machine", "staged", "system", "hidden", "offer", "id", "person", "bare person", "who", "name", ""]


@lru_cache(maxsize=4096)
def _key(own: str) -> _Kind:
    kinds: dict[_Kind, re.Pattern[str]] = {
        "person": _PERSON_FLAG,
        "bare person": _BARE_PERSON_FLAG,
        "machine": _FLAG,
        "staged": _STAGED_FLAG,
        "system": _SYSTEM_FLAG,
        "hidden": _HIDDEN_FLAG,
        "offer": OFFERED,
        "id": _ID,
        "name": _NAME,
        "who": _WHO_ID,
    }
    return next((kind for kind, pattern in kinds.items() if pattern.fullmatch(own)), "")


def _by_flag(kind: _Kind, own: str, said: str) -> Naming | None:
    yes, no = said in _TRUE, said in _FALSE
    found: Naming | None = None
    if kind in {"person", "bare person"} and no:
        found = Naming(Speaker.BOT, SURE if kind == "person" else WEAK)
    elif kind == "person" and yes:
        found = Naming(Speaker.HUMAN)
    elif kind == "machine" and (yes or no):
        found = Naming(Speaker.BOT) if yes else Naming(None, denies=True)
    elif kind in {"system", "hidden"} and yes:
        found = Naming(Speaker.SYSTEM, SURE if kind == "system" else WEAK)
    elif (kind == "offer" and yes) or (kind == "name" and MACHINE_NAME.search(said)):
        found = Naming(Speaker.BOT, WEAK)
    elif (kind in {"machine", "staged", "id"} and not no and own != "template") or (kind == "staged" and yes):
        found = Naming(Speaker.BOT, WEAK)  # "bot": "fin", "trigger_id": 7
    return found


def _by_value(own: str, whole: str, value: str) -> Naming | None:
    found = named_by(value)
    if found is None:
        return None
    bare = bool(_BARE.fullmatch(own))
    role = next((key for key in (own, whole) if _ROLE.fullmatch(key)), None)
    about = (whole if own != whole else "") if bare else own
    if found.speaker is None:
        return found if role or bare or _ABOUT_AUTHOR.fullmatch(about) else None
    if found.speaker in {Speaker.HUMAN, Speaker.VISITOR}:
        # In the protocols of language models a *message* of type "human" is the visitor's.
        model = found.speaker is Speaker.HUMAN and role and _LANGUAGE_MODEL.search(role)
        return found if role and not model else None
    if role or _ABOUT_AUTHOR.fullmatch(about):
        return found
    if _HAPPENED.fullmatch(own) and _PLAIN & set(words(value)):
        return Naming(Speaker.BOT, WEAK)  # "bot_uttered"
    return Naming(found.speaker, WEAK) if _is_plain(value, bare=bare) and not _WORDLESS.fullmatch(own) else None


def _is_plain(value: str, *, bare: bool) -> bool:
    """Whether a value can name nothing but a machine, under any key; with a `bare` one such as type, a little more."""
    parts = words(value)
    if bare and set(parts) <= {"system", "service", *_SENDS, *_STAGES, *_AROUND}:
        return True
    return "".join(parts) in _PLAIN or (bool(_PLAIN & set(parts)) and set(parts) <= _PLAIN | _AROUND)


@lru_cache(maxsize=4096)
def named_by(value: str) -> Naming | None:
    """Whom a value names where it is an author's role."""
    parts = words(value)
    joined, found = "".join(parts), frozenset(parts)
    speaker: Speaker | None = None
    if not parts or found & _NEGATIONS:
        return None
    if found & (_SENDS | _STAGES) or joined in _SENDS or any(part.endswith("bot") for part in parts):
        return Naming(Speaker.BOT, WEAK if found & _STAGES else SURE)
    if found & {"system", "sys"} or joined in _NOTICES:
        speaker = Speaker.SYSTEM
    elif (found & _PERSONS and found <= _PERSONAL) or joined in {"liveagent", "humanagent", "agenthuman"}:
        speaker = Speaker.HUMAN
    elif joined in _VISITORS:
        speaker = Speaker.VISITOR
    elif not (found & AGENTS and len(parts) <= 3):
        return None
    return Naming(speaker)
