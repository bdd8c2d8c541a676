"""From the stream of events to the lines of the chat: pure, and the same for a live chat and a stored one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import islice
from typing import Any, Literal

from chatprobe.model import AUTOMATIC, Event, EventName, Observed, Speaker
from chatprobe.speaker.alike import alike
from chatprobe.speaker.excerpt import carrying, is_said, says
from chatprobe.speaker.marks import marks_in
from chatprobe.speaker.wire import frames

WIRE_EARLY_MS = 120_000.0
"""A frame may carry a message that the widget holds back for so long (typing on purpose)."""
TOLD_LATE_MS = 1_500.0
"""A widget may tell its site of a message so long after it has drawn it."""
PAGE_EVENT = "js"
"""`via` of the event ``wire`` where the widget's public JavaScript told it, and no server."""
LINES = 500
"""A page with more lines is no conversation; what comes after is not looked at."""
_FRAMES = 20
"""A short word stands in many frames; of so many one is looked for that says it alone."""


_KEPT = frozenset({"name", "avatar"})
"""Shown once, known for good: many widgets move them to the newest row of one speaker."""


@dataclass(frozen=True)
class Line:
    """One text in the chat, as it stood last."""

    id: str
    region: Literal["list", "status"]
    message: Observed
    visitor: bool = False
    gone_at: float | None = None
    wire_at: float | None = None
    """Epoch ms of the frame that carried it."""
    via: str | None = None
    """How that frame came: ``websocket``, ``eventsource`` or ``request``."""


@dataclass
class _Draft:
    at: float
    detail: dict[str, Any] = field(default_factory=dict)
    gone_at: float | None = None


def fold(events: Iterable[Event]) -> list[Line]:
    """The chat's lines in order of appearance. A line whose place in the chat is not known is left out."""
    drafts: dict[str, _Draft] = {}
    wires: list[Event] = []
    told: list[Event] = []
    for event in events:
        if event.name is EventName.WIRE and event.detail.get("direction") == "in":
            (told if event.detail.get("via") == PAGE_EVENT else wires).append(event)
        elif event.name in (EventName.MESSAGE, EventName.MESSAGE_CHANGED) and len(drafts) < LINES:
            draft = drafts.setdefault(str(event.detail["id"]), _Draft(event.at))
            draft.detail |= {key: value for key, value in event.detail.items() if value is not None or key not in _KEPT}
            draft.gone_at = None
        elif event.name is EventName.MESSAGE_GONE and str(event.detail["id"]) in drafts:
            drafts[str(event.detail["id"])].gone_at = event.at
    lines = [_line(key, draft) for key, draft in drafts.items() if draft.detail.get("region") in ("list", "status")]
    lines.sort(key=lambda line: line.message.at or 0.0)
    ours = [line.message.text for line in lines if line.visitor]
    return _named(_told([_carried(line, wires, ours) for line in lines], told))


def _line(key: str, draft: _Draft) -> Line:
    detail = draft.detail
    message = Observed(
        text=str(detail.get("text", "")),
        at=draft.at,
        name=detail.get("name"),
        avatar=detail.get("avatar"),
        attributes={str(name): str(value) for name, value in (detail.get("attributes") or {}).items()},
        matches=frozenset(Speaker(name) for name in detail.get("matches") or ()),
        region=detail["region"],
        status_like=bool(detail.get("status_like")),
        typing=bool(detail.get("typing")),
        buttons=tuple(str(label) for label in detail.get("buttons") or ()),
        streamed=bool(detail.get("streamed")),
        settled_at=float(detail.get("changed_at") or draft.at),
    )
    ours = bool(detail.get("visitor")) or Speaker.VISITOR in message.matches
    visitor = ours and message.region == "list"
    return Line(key, detail["region"], message, visitor, draft.gone_at)


def _named(lines: Sequence[Line]) -> list[Line]:
    """A follow-up row shows no author: it has that of the row before, if it looks like it and nobody spoke between."""
    named: list[Line] = []
    last: Line | None = None
    for line in lines:
        if line.region == "list":
            if last and not last.visitor and not line.visitor and _look(last) == _look(line):
                line = replace(line, message=_following(line.message, last.message))  # noqa: PLW2901  # it takes its place
            last = line
        named.append(line)
    return named


def _following(message: Observed, last: Observed) -> Observed:
    other_face = message.avatar and last.avatar and message.avatar != last.avatar
    if message.name is not None or other_face:
        return message
    follows = message.avatar is None
    return replace(message, name=last.name, avatar=last.avatar if follows else message.avatar, follows=follows)


def _look(line: Line) -> tuple[str, bool]:
    return line.message.attributes.get("class", ""), line.message.status_like


def _carried(line: Line, wires: Sequence[Event], ours: Sequence[str]) -> Line:
    """The line with the frame that brought it: the newest before it that says its text, or has it as a part."""
    text = line.message.text
    if line.visitor or line.message.at is None or len(text) < 2:
        return line
    brought: tuple[Event, Mapping[str, Any] | None] | None = None
    for event in _holding(line, wires):
        frame = carrying(frames(str(event.detail.get("data", ""))), text)
        said = frame is not None and is_said(frame, text)
        brought = (event, frame) if said or brought is None else brought
        if said:
            break
    if brought is None:
        return line
    event, frame = brought
    if frame is not None and any(alike(said, text) for said in ours) and not _of_machine(frame):
        # A bot that repeats our words: the server's copy of ours, with our name in it, is not its frame.
        frame = None
    message = replace(line.message, wire=frame)
    return replace(line, wire_at=event.at, via=str(event.detail.get("via")), message=message)


def _holding(line: Line, wires: Sequence[Event]) -> Iterator[Event]:
    """The newest frames that have the line's text somewhere, the newest first."""
    at, text = line.message.at or 0.0, line.message.text
    near = (event for event in reversed(wires) if -50.0 <= at - event.at <= WIRE_EARLY_MS)
    return islice((one for one in near if holds(str(one.detail.get("data", "")), text)), _FRAMES)


def _of_machine(frame: Mapping[str, Any]) -> bool:
    return any(mark.speaker in AUTOMATIC for mark in marks_in(frame))


def _told(lines: Sequence[Line], told: Sequence[Event]) -> list[Line]:
    """The lines with the page events that told of them; of lines with one text, an event is of the nearest in time."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for event in told:
        near = [(abs(_early(line, event)), line.id) for line in lines if _tells(event, line)]
        if near:
            found.setdefault(min(near)[1], []).extend(frames(str(event.detail.get("data", ""))))
    # What is told of our own words is no other row's that repeats them, and says nothing of who answers.
    tellers = [() if line.visitor else tuple(found.get(line.id, ())) for line in lines]
    return [replace(line, message=replace(line.message, told=its)) for line, its in zip(lines, tellers, strict=True)]


def _early(line: Line, event: Event) -> float:
    return (line.message.at or 0.0) - event.at


def _tells(event: Event, line: Line) -> bool:
    """Whether a page event tells of a line: one of its values is the line's text, at about the line's time."""
    text, data = line.message.text, str(event.detail.get("data", ""))
    if line.message.at is None or not -TOLD_LATE_MS <= _early(line, event) <= WIRE_EARLY_MS:
        return False
    return holds(data, text) and any(says(frame, text) for frame in frames(data))


def holds(data: str, text: str) -> bool:
    """Whether a frame holds a text, as it is or escaped as JSON does, once or twice."""
    return any(spelling in data for spelling in _spellings(text.split("\n", 1)[0]))


@lru_cache(maxsize=LINES)
def _spellings(text: str) -> frozenset[str]:
    once = {json.dumps(text)[1:-1], json.dumps(text, ensure_ascii=False)[1:-1]}
    twice = {json.dumps(inner, ensure_ascii=ascii_only)[1:-1] for inner in once for ascii_only in (True, False)}
    return frozenset({text, *once, *twice})
