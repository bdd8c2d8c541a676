"""The part of a frame that speaks about one message: the object that holds its text, and who stands around it.

A poll brings the whole conversation, and many frames list everybody in the room. A field about another message or
another person must not name the author of this one, so what is not plainly about the message is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from chatprobe.speaker.alike import alike
from chatprobe.speaker.doubts import doubtful
from chatprobe.speaker.markwords import OFFERED, letters
from chatprobe.speaker.textform import same

_AUTHORS = re.compile(
    r"(?:message|msg)?(?:sender|author|from|user|source|actor|speaker|originator|participant|creator|owner|initiator"
    r"|responder)+(?:info|data|details|profile|metadata)?|createdby|sentby|postedby"
    r"|(?:chat)?bot|trigger|campaign|automation|workflow|greeting|(?:\w*meta(?:data)?|\w*attributes|properties)"
)
"""Objects beside the message that tell of its author, or of what sent it."""
_NOT_THIS = re.compile(
    r"reply|replied|quote|parent|previous|prev|last|next|history|assign|conversation|thread|ticket|room|channel|contact"
    r"|visitor|customer|recipient|target|receiver|participants|agents|users|members|operators|people|crew|team|queue"
    r"|^(?:context|session|settings?|config(?:uration)?|options?|features?|preferences)$"
)
"""Objects that tell of another message, of other people, or of the chat as a whole."""
_PIECES = re.compile(r"\w*(?:parts|blocks|contents?|paragraphs|segments|fragments|elements|body)|message|msg")
"""Lists whose members are pieces of one message; those of any other list are messages of their own."""
_HOLDS_TEXT = re.compile(r"(?:chat)?(?:message|msg|reply|response)")
_TAGS = 12
_DEEPEST = 12
_MOST = 20_000

_Path = tuple[tuple[str, Any], ...]
"""From the outermost object on: the key that leads on, and the object it is in; a list stands under its key."""


def excerpts(frame: Mapping[str, Any], text: str) -> tuple[Mapping[str, Any], ...]:
    """What a frame says about the message of this text, once for each place where it stands; () where it does not.

    The keys lead from the frame's outermost object, as in the frame. Fields of other messages, lists and maps of people
    are left out. Where the text is but a part of what stands there (our own question, say, of which a button has two
    words), the last excerpt is empty: such a frame names no person, for a person is named by all places.
    """
    wanted, first = same(text), same(text.strip().split("\n", 1)[0])
    if not first:
        return ()
    parts, is_part = _places(frame, text, wanted), False
    if not parts:
        found = ((path, value) for path, value in _strings(frame) if isinstance(value, str))
        parts, is_part = [path for path, value in found if first in same(value)], True
    return (*map(_around, parts), *([{}] if parts and is_part else []))


def _places(frame: Mapping[str, Any], text: str, wanted: str) -> list[_Path]:
    """Where all of the text stands: by itself, or else with markup and the like."""
    found = [(path, value) for path, value in _strings(frame) if isinstance(value, str)]
    exact = [path for path, value in found if same(value) == wanted]
    return exact or [path for path, value in found if alike(value, text)]


def is_said(frame: Mapping[str, Any], text: str) -> bool:
    """Whether all of the text stands in a frame, and not only as a part of something else."""
    return bool(_places(frame, text, same(text)))


def carrying(opened: Sequence[Mapping[str, Any]], text: str) -> Mapping[str, Any] | None:
    """Of the objects in one envelope, the one that says the text, or has it as a part; the newest stands last."""
    newest = list(reversed(opened))
    held = (frame for frame in newest if excerpts(frame, text))
    return next((frame for frame in newest if is_said(frame, text)), None) or next(held, None)


def says(frame: Mapping[str, Any], text: str) -> bool:
    """Whether one of a frame's values is this text, but for case and blanks."""
    wanted = same(text)
    return any(isinstance(value, str) and same(value) == wanted for _, value in _strings(frame))


def whole(frame: Mapping[str, Any], depth: int = 0) -> Mapping[str, Any]:
    """A frame without lists (but of words), maps of people, other messages and what is nested beyond reason."""
    if depth > _DEEPEST:
        return {}
    kept = {key: value for key, value in frame.items() if not _is_list(key, value) and not _is_other(key, value)}
    return {k: whole(v, depth + 1) if isinstance(v, Mapping) else v for k, v in kept.items()} | _there(frame)


def _there(frame: Mapping[str, Any]) -> dict[str, bool]:
    """Lists whose mere presence says something of the author, and objects of answers to click."""
    found = {key: value for key, value in frame.items() if _is_filled(value)}
    return {"choices" if _is_choice(k, v) else k: True for k, v in found.items() if _tells_by_being(k, v)}


def _tells_by_being(key: str, value: Any) -> bool:
    return bool(OFFERED.fullmatch(letters(key)) or (isinstance(value, list) and doubtful(key, "some")))


def _is_choice(key: str, value: Any) -> bool:
    """Whether these are options with labels to click, and not settings of the message."""
    labelled = (
        ({"label", "title", "text"} & set(one) for one in value if isinstance(one, Mapping))
        if isinstance(value, list)
        else ()
    )
    return letters(key) == "options" and any(labelled)


def _is_filled(value: Any) -> bool:
    return any(value.values()) if isinstance(value, Mapping) else bool(value)


def _strings(frame: Mapping[str, Any]) -> Iterator[tuple[_Path, Any]]:
    """Every value that is no object and no list, with the objects it stands in."""
    waiting: list[tuple[_Path, Any]] = [((), frame)]
    for _ in range(_MOST):
        if not waiting:
            return
        path, value = waiting.pop()
        if len(path) > _DEEPEST:
            continue
        if isinstance(value, Mapping):
            waiting += [((*path, (str(key), value)), inner) for key, inner in value.items()]
        elif isinstance(value, list):
            waiting += [((*path, ("", value)), inner) for inner in value]
        else:
            yield path, value


def _around(path: _Path) -> Mapping[str, Any]:
    """The smallest object at the end of the path, whole, within what the objects around it say of its author."""
    smallest = max(place for place, (_, holder) in enumerate(path) if isinstance(holder, Mapping))
    part, apart = dict(whole(path[smallest][1])), False
    if _HOLDS_TEXT.fullmatch(letters(path[smallest][0])):
        # "message": "You're welcome" names no author.
        part.pop(path[smallest][0], None)
    for key, holder in reversed(path[:smallest]):
        if isinstance(holder, list):
            continue
        apart = apart or _is_crowd(key, holder[key])
        beside = {} if apart else {name: value for name, value in holder.items() if _tells_author(name, value)}
        there = {} if apart else _there(holder)
        part = {**{name: whole(v) if isinstance(v, Mapping) else v for name, v in beside.items()}, **there, key: part}
    return part


def _tells_author(key: str, value: Any) -> bool:
    if isinstance(value, Mapping):
        return bool(_AUTHORS.fullmatch(letters(key))) and not _is_crowd(key, value)
    return not _is_list(key, value)


def _is_list(key: str, value: Any) -> bool:
    """A list of more than a few words: tags and the like are fields, and so are a message's own details."""
    if not isinstance(value, list) or letters(key) in {"metadata", "meta", "attributes", "properties"}:
        return False
    return len(value) > _TAGS or not all(isinstance(one, str) for one in value)


def _is_other(key: str, value: Any) -> bool:
    return isinstance(value, Mapping) and (bool(_NOT_THIS.search(letters(key))) or _is_crowd(key, value))


def _is_crowd(key: str, value: Any) -> bool:
    """Several things of a kind: a list that is no message in pieces, or a map from identifiers to objects."""
    if isinstance(value, list):
        return not _PIECES.fullmatch(letters(key))
    if (
        not isinstance(value, Mapping)
        or not value
        or _AUTHORS.fullmatch(letters(key))
        or not all(isinstance(inner, Mapping) for inner in value.values())
    ):
        return False
    return key.endswith("s") or any(re.search(r"\d", str(name)) for name in value)
