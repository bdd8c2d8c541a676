"""Who joined, as frames and events of the page tell it by the rules of `chat.joins`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from chatprobe.model import Event, EventName
from chatprobe.speaker.wire import JoinRule, frames, holds, pick


def joined_in(events: Iterable[Event], rules: tuple[JoinRule, ...]) -> Iterator[Event]:
    """The events ``joined`` that follow from what came to the page, each at the time of its frame."""
    for event in events if rules else ():
        if event.name is EventName.WIRE and event.detail.get("direction") == "in":
            for name, person in _told(str(event.detail.get("data", "")), rules):
                yield Event(event.at, EventName.JOINED, {"name": name, "person": person})


@lru_cache(maxsize=1024)
def _told(payload: str, rules: tuple[JoinRule, ...]) -> tuple[tuple[str, bool], ...]:
    """Name, or '', of everybody who joined by a frame, and whether only people do so: asked anew at each look."""
    found = ((frame, rule) for frame in frames(payload) for rule in rules if holds(rule.when, frame))
    return tuple((_name(pick(rule.name, frame)) if rule.name else "", rule.person) for frame, rule in found)


def _name(value: object) -> str:
    return value.strip()[:100] if isinstance(value, str) else ""
