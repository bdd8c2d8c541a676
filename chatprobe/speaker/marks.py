"""Marks that name a message's author: in the attributes of its row, and in the fields of the frame that carried it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from chatprobe.model import AUTOMATIC, Speaker
from chatprobe.speaker.doubts import SLIGHT, doubtful
from chatprobe.speaker.markwords import AGENTS, SURE, WEAK, Naming, letters, naming, words

_CLASSES = {
    **dict.fromkeys(("bot", "chatbot", "robot", "assistant", "automated", "autoreply"), Naming(Speaker.BOT)),
    "system": Naming(Speaker.SYSTEM),
    "notice": Naming(Speaker.SYSTEM, WEAK),
    **dict.fromkeys(("visitor", "customer"), Naming(Speaker.VISITOR)),
}
_FILLERS = frozenset(
    {"is", "from", "by", "msg", "message", "row", "bubble", "role", "author", "sender", "type", "agent"}
    | {"text", "content", "generated", "response"}
)
_TOGETHER = (
    ({"ai"}, _FILLERS),
    ({"virtual", "agent"}, _FILLERS | {"virtual", "chat"}),
    ({"auto", "reply"}, _FILLERS | {"auto", "reply"}),
    ({"auto", "message"}, _FILLERS | {"auto"}),
    ({"auto", "response"}, _FILLERS | {"auto", "response"}),
    ({"welcome", "message"}, _FILLERS | {"welcome"}),
    ({"greeting", "message"}, _FILLERS | {"greeting"}),
)
"""Words of a class that name a machine only side by side, or with nothing else beside them."""
_ASKING = frozenset({"survey", "csat", "nps"})
"""Last words of the class of a row that asks for a rating."""
_HAPPENINGS = frozenset({"joined", "transfer", "transferred", "queue", "offline", "carousel"})
"""Words in the classes of notices and menus that a widget may style as an agent's."""
_OBJECTS = re.compile(
    r"(?:chat)?bot|robot|ai|assistant|automation|autoreply|workflow|campaign|trigger|greeting|welcome"
)
"""Objects inside a message that are there because such a thing sent it."""
_SHOWN = 60
"""Letters of a value that the reader is shown."""
_HOOK = re.compile(r"data-auto(?:mation)?(?:-?(?:id|key|test))?")
"""What page tests find elements by; unless its value is a yes or no it tells nothing of machines."""
_LABELS = frozenset({"aria-label", "aria-roledescription", "title", "alt"})
_SPOKEN_LABEL = re.compile(r"\b(?:(?:chat)?bot|automated|(?:virtual|ai) (?:assistant|agent))\b", re.IGNORECASE)
_STYLE = re.compile(
    r"(?:\w+:)*-?(?:m[trblxyse]?|[wh]|overflow(?:-[xy])?|basis|inset|cursor|flex|table|col)-auto|flow-root|grid-flow-[\w-]+"
    r"|(?:[a-z]+-)*log(?:[-_].*)?"
)
"""Classes of style sheets, and of the list of messages, in which such a word says nothing."""
_HASH = re.compile(r"_{1,2}(?=[\w-]*\d)[A-Za-z0-9-]{3,8}$")
"""What build tools add to a class."""
_MOST_FIELDS = 400
_DEEPEST = 7


@dataclass(frozen=True)
class Mark:
    """One attribute or field that names a speaker."""

    where: str
    """The attribute or field with its value, as the reader would look for it."""
    speaker: Speaker | None
    """None for a word that is put on people and bots alike, such as ``agent``, and for a denial."""
    weight: float = SURE
    field: str = ""
    """The field's own name, the same on every message."""
    denies: bool = False
    """It says that no machine wrote this."""
    doubts: int = 0
    """It goes with texts that nobody typed: whoever is called an agent beside it may be none. GRAVE: a person, too."""

    @property
    def shared(self) -> bool:
        """Whether it is a word for people and bots alike, such as ``agent``."""
        return self.speaker is None and not self.denies and not self.doubts


def marks_of(attributes: Mapping[str, str]) -> tuple[Mark, ...]:
    """All marks in a row's attributes."""
    return tuple(dict.fromkeys(mark for key, value in attributes.items() for mark in _attribute(key.lower(), value)))


def marks_in(frame: Mapping[str, Any]) -> tuple[Mark, ...]:
    """All marks in the fields of a frame; frames name the visitor for many reasons, so that is left out."""
    found = (mark for path, value in _leaves(frame) for mark in _field(path, value))
    return tuple(dict.fromkeys(mark for mark in found if mark.speaker is not Speaker.VISITOR))


def bot_fields(marks: Iterable[Mark]) -> frozenset[str]:
    """The names of the fields or attributes that name a bot."""
    return frozenset(mark.field for mark in marks if mark.speaker is Speaker.BOT)


def beside_bots(marks: list[Mark], bots: frozenset[str]) -> bool:
    """Whether `marks` call somebody an agent in a field which calls `bots` bots, or deny what bots' own marks say."""
    if any(mark.doubts for mark in marks):
        return False
    shared = [mark for mark in marks if mark.shared]
    denied = {mark.field for mark in marks if mark.denies}
    return bool(shared) and (any(mark.field in bots for mark in shared) or bool(denied & bots))


def _attribute(name: str, value: str) -> Iterator[Mark]:
    if _HOOK.fullmatch(name) and words(value) and value.lower() not in {"true", "false", "yes", "no"}:
        name = "data-testid"
    if name == "class":
        yield from (mark for token in value.split() for mark in _class(token))
    elif name == "data-op-id":
        yield from _operator_id(value)
    elif name.startswith("data-"):
        # An attribute without a value is a yes in HTML; only against a person, for it may say anything.
        found = naming(name[5:], "", value or "true")
        if found and (value or found.speaker in AUTOMATIC):
            yield Mark(f"{name}={value[:_SHOWN]}", found.speaker, found.weight, name, found.denies)
        if doubt := doubtful(name[5:], value):
            yield Mark(f"{name}={value[:_SHOWN]}", None, 0.0, name, doubts=doubt)
    elif (name in _LABELS and _SPOKEN_LABEL.search(value)) or (
        (plain := naming(name, "", value)) and plain.speaker is Speaker.BOT
    ):
        yield Mark(f"{name}={value[:_SHOWN]}", Speaker.BOT, WEAK, name)


@lru_cache(maxsize=4096)
def _class(token: str) -> tuple[Mark, ...]:
    # "msg--bot", "fromBot", "message_bot": the last parts name the kind of row, the first of many the widget.
    token, shown = _HASH.sub("", token), token[:_SHOWN]
    parts = words(token)
    found = set(parts)
    doubts = 0 if _STYLE.fullmatch(token) else doubtful(token, "true") or (SLIGHT if found & _HAPPENINGS else 0)
    marks = [Mark(f"class {shown}", None, 0.0, "class", doubts=doubts)] if doubts else []
    # "talk-to-human" and "humanlike" name no human: the modifier must say nothing else.
    modifier = set(words(re.split(r"--|__", token)[-1])) - _FILLERS
    if modifier == {"human"}:
        marks.append(Mark(f"class {shown}", Speaker.HUMAN, SURE, "class"))
    if (modifier == {"auto"} and found & {"message", "msg", "bubble"}) or any(
        needed <= found <= {*needed, *allowed} for needed, allowed in _TOGETHER
    ):
        return (*marks, Mark(f"class {shown}", Speaker.BOT, WEAK, "class"))
    if parts and parts[-1] in _ASKING:
        marks.append(Mark(f"class {shown}", Speaker.SYSTEM, WEAK, "class"))
    for place, part in enumerate(parts[-2:], max(len(parts) - 2, 0)):
        if part in AGENTS:
            marks.append(Mark(f"class {shown}", None, SURE, "class"))
        elif part in _CLASSES and not (place == 0 and len(parts) > 2):
            marks.append(Mark(f"class {shown}", _CLASSES[part].speaker, _CLASSES[part].weight, "class"))
    return tuple(marks)


def _operator_id(value: str) -> Iterator[Mark]:
    # Live Helper Chat: operators count from 1; 0 is the visitor, -1 the system, -2 the bot.
    ids = {"0": Speaker.VISITOR, "-1": Speaker.SYSTEM, "-2": Speaker.BOT}
    if value in ids or (value.isascii() and value.isdigit()):
        yield Mark(f"data-op-id={value[:_SHOWN]}", ids.get(value, Speaker.HUMAN), SURE, "data-op-id")


def _field(path: tuple[str, ...], value: Any) -> Iterator[Mark]:
    shown = f"{'.'.join(path)}={str(value)[:_SHOWN]}"
    # "type" alone may be anything's: "sender.type" is an author's.
    parent = path[-2] if len(path) > 1 else ""
    found = naming(path[-1], parent, value)
    if found:
        yield Mark(shown, found.speaker, found.weight, letters(parent) + letters(path[-1]), found.denies)
    elif value and any(_OBJECTS.fullmatch(letters(key)) for key in path[:-1]):
        yield Mark(shown, Speaker.BOT, WEAK, letters(parent))
    doubt = max(doubtful(path[-1], value), *(doubtful(key, "true") for key in path[:-1] if value), 0)
    if doubt:
        yield Mark(shown, None, 0.0, letters(path[-1]), doubts=doubt)


def _leaves(frame: Any) -> Iterator[tuple[tuple[str, ...], Any]]:
    waiting: list[tuple[tuple[str, ...], Any]] = [((), frame)]
    for _ in range(_MOST_FIELDS):
        if not waiting:
            return
        path, value = waiting.pop()
        if isinstance(value, Mapping) and len(path) < _DEEPEST:
            waiting += [((*path, str(key)), inner) for key, inner in value.items()]
        elif isinstance(value, list) and len(path) < _DEEPEST:
            waiting += [(path, inner) for inner in value if isinstance(inner, Mapping | str)]
        elif path and value is not None:
            yield path, value
