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
    "|virtual|machine|llm|assistant|autosend|autosent"
)
_STAGED = "campaign|triggered|trigger|workflow|flow|rule|welcome|greeting|proactive|broadcast|template"
"""What sends texts by itself; people's texts may come by way of some of them."""
FILL = "is|was|from|by|sent|message|msg|reply|response|user|agent|sender|author|generated|operator|support|node|step"
_FLAG = re.compile(rf"(?:{FILL})*(?:{_MACHINE})(?:{FILL}|{_MACHINE})*")
_STAGED_FLAG = re.compile(rf"(?:{FILL})*(?:{_STAGED})(?:{FILL}|{_STAGED}|{_MACHINE})*")
_SYSTEM_FLAG = re.compile(r"(?:is|from|by|sent)*system(?:message|msg)?")
_HIDDEN_FLAG = re.compile(r"(?:is)?(?:private|internal)(?:note|message)?")
_ID = re.compile(
    rf"(?:{FILL})*(?:{_MACHINE}|{_STAGED.removesuffix('|template')})(?:{FILL}|{_MACHINE}|{_STAGED})*"
    r"(?:id|uuid|uid|key|ref|confidence|score)"
)
PERSON_FLAG = re.compile(r"(?:is|was|from|by|sent|a)+(?:human|person|humanagent|liveagent)(?:agent|reply|message)?")
BARE_PERSON_FLAG = re.compile(rf"(?:{FILL})*(?:human|person)")
_AGENT_FLAG = re.compile(
    r"(?:is|from|by|sent)+(?:agent|operator|staff|employee|teammate|support|admin)(?:message|reply)?"
)
_TRACE = re.compile(
    r"(?:message|msg|detected|matched|top)?(?:intents?|nlu|nlp|llm|citations?)(?:id|name|score|confidence|result)?"
    r"|(?:prompt|completion|total)tokens|confidence(?:score|level)?"
)
"""What a machine leaves of how it found its words."""
_WRITER = frozenset({"author", "sender", "from", "speaker", "agent", "operator"})
_WHO_ID = re.compile(rf"(?:{FILL}|admin|creator|actor|participant|originator)+(?:id|no|number)?")
_BOT_ID = re.compile(r"-\d+|(?:.*[^a-z])?(?:chat)?bot(?:[^a-z].*)?|.*[a-z](?:Bot|bot\d*)")
"""Numbers of people count from 1, and their addresses are no bot's."""
_NAME = re.compile(r"(?:sender|author|user|agent|operator|from)?(?:display|full|nick|first|alias)?name|alias")

ROLE = re.compile(
    r"(?:(?:role|author|sender|from|user|participant|person|origin|originator|originating|speaker|member|message|msg"
    r"|entity|actor|agent|operator|employee|staff|rep|remitente|emisor|remetente|mittente|absender|expediteur|autore?)"
    r"(?:type(?:name)?s?|subtypes?|roles?|kind|entity|source|category|by|tipo|typ|rol|rolle|papel|ruolo)?)+s?"
    r"|(?:sent|written|posted|answered)by"
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
_BARE = re.compile(r"(?:type(?:name)?s?|subtypes?|kind|category|reason|class|by|as|tags?|labels?|tipo|typ)+")
WORDLESS = re.compile(
    r".*(?:text|body|content|title|name|url|html|lang\w*|theme|dir|format|(?<!test)id|key|version|avatar)"
)

SENDS = frozenset(_MACHINE.split("|")) | frozenset(
    {"aiagent", "agentbot", "botagent", "virtualagent", "autopilot", "flowbot", "digitalagent", "digitalassistant"}
    | {"cron", "scheduler"}
)
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
_PERSONS = frozenset({"human", "person", "humano", "humana", "humain", "umano", "mensch"})
OFFERED = re.compile(
    r"quickrepl(?:y|ies)|buttons|(?:inline|reply)?keyboard|suggest(?:ions|edrepl\w*)|chips|choices|carousel"
)
"""Lists of answers to click, attached to a message."""
PERSONAL = _PERSONS | {"live", "real", "agent", "operator", "support", "staff", "sender", "participant"}
_NEGATIONS = frozenset({"no", "not", "non", "or", "unknown", "maybe"})
AGENTS = frozenset(
    {"agent", "operator", "staff", "employee", "support", "admin", "teammate", "moderator", "consultant"}
    | {"manager", "supervisor", "representative", "advisor", "specialist", "agente", "operador", "operatore", "asesor"}
    | {"atendente", "mitarbeiter", "berater", "conseiller"}
)
"""Words that many widgets put on people and bots alike."""

_TRUE = frozenset({"true", "yes", "1"})
FALSE = frozenset({"false", "no", "0"})
EMPTY = frozenset({"", "none", "null", "undefined", "[]", "{}"})


@dataclass(frozen=True)
class Naming:
    """What a field says of its message's author."""

    speaker: Speaker | None
    """None for a word that is put on people and bots alike, and for a denial."""
    weight: float = SURE
    denies: bool = False
    """It says that no machine wrote this."""


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
    if said in EMPTY or len(said) > LONGEST:
        return None
    # "human" alone may be said of anything: of an author it tells who writes.
    kind = "person" if own in _PERSONS and letters(parent) in _WRITER else _key(own)
    if flagged := _by_flag(kind, own, said):
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


_Kind = Literal[
    "machine", "staged", "system", "hidden", "offer", "id", "person", "bare person", "agent", "trace", "who", "name", ""
]


@lru_cache(maxsize=4096)
def _key(own: str) -> _Kind:
    kinds: dict[_Kind, re.Pattern[str]] = {
        "person": PERSON_FLAG,
        "bare person": BARE_PERSON_FLAG,
        "agent": _AGENT_FLAG,
        "trace": _TRACE,
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
    yes, no = said in _TRUE, said in FALSE
    found: Naming | None = None
    if kind in {"person", "bare person"} and no:
        found = Naming(Speaker.BOT, SURE if kind == "person" else WEAK)
    elif kind == "person" and yes:
        found = Naming(Speaker.HUMAN)
    elif kind == "agent" and yes:
        found = Naming(None)
    elif kind == "machine" and (yes or no):
        found = Naming(Speaker.BOT) if yes else Naming(None, denies=True)
    elif kind in {"system", "hidden"} and yes:
        found = Naming(Speaker.SYSTEM, SURE if kind == "system" else WEAK)
    elif (kind == "offer" and yes) or (kind == "name" and MACHINE_NAME.search(said)):
        found = Naming(Speaker.BOT, WEAK)
    elif (kind in {"machine", "staged", "id", "trace"} and not no and own != "template") or (kind == "staged" and yes):
        found = Naming(Speaker.BOT, WEAK)  # "bot": "fin", "trigger_id": 7
    return found


def _by_value(own: str, whole: str, value: str) -> Naming | None:
    found = named_by(value)
    if found is None:
        return None
    bare = bool(_BARE.fullmatch(own))
    role = next((key for key in (own, whole) if ROLE.fullmatch(key)), None)
    about = (whole if own != whole else "") if bare else own
    if found.speaker is None:
        return found if role or bare or own.endswith("testid") or _ABOUT_AUTHOR.fullmatch(about) else None
    if found.speaker in {Speaker.HUMAN, Speaker.VISITOR}:
        # In the protocols of language models a *message* of type "human" is the visitor's.
        model = found.speaker is Speaker.HUMAN and role and _LANGUAGE_MODEL.search(role)
        return found if role and not model else None
    if role or _ABOUT_AUTHOR.fullmatch(about):
        return found
    if _HAPPENED.fullmatch(own) and _PLAIN & set(words(value)):
        return Naming(Speaker.BOT, WEAK)  # "bot_uttered"
    return Naming(found.speaker, WEAK) if _is_plain(value, bare=bare) and not WORDLESS.fullmatch(own) else None


def _is_plain(value: str, *, bare: bool) -> bool:
    """Whether a value can name nothing but a machine, under any key; with a `bare` one such as type, a little more."""
    parts = words(value)
    if bare and set(parts) <= {"system", "service", *SENDS, *_STAGES, *_AROUND}:
        return True
    return "".join(parts) in _PLAIN or (bool(_PLAIN & set(parts)) and set(parts) <= _PLAIN | _AROUND)


@lru_cache(maxsize=4096)
def named_by(value: str) -> Naming | None:
    """Whom a value names where it is an author's role."""
    parts = words(value)
    if len(parts) == 1:
        parts = [parts[0].removesuffix("s")]  # "type": "bots"
    joined, found = "".join(parts), frozenset(parts)
    speaker: Speaker | None = None
    if not parts or found & _NEGATIONS:
        return None
    if found & (SENDS | _STAGES) or joined in SENDS or any(part.endswith("bot") for part in parts):
        return Naming(Speaker.BOT, WEAK if found & _STAGES else SURE)
    if found & {"system", "sys"} or joined in _NOTICES:
        speaker = Speaker.SYSTEM
    elif (found & _PERSONS and found <= PERSONAL) or joined in {"liveagent", "humanagent", "agenthuman"}:
        speaker = Speaker.HUMAN
    elif joined in _VISITORS:
        speaker = Speaker.VISITOR
    elif not (found & AGENTS and len(parts) <= 3):
        return None
    return Naming(speaker)
