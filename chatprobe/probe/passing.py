"""Being passed on from a bot to a person, told by events and lines: our requests, promises, acceptance. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from chatprobe.model import Decision, Event, EventName, Speaker
from chatprobe.probe.fold import Line
from chatprobe.speaker.kinds import Kind
from chatprobe.speaker.notices import joined_name
from chatprobe.speaker.textform import same

PROMISING = frozenset({Kind.ACKNOWLEDGEMENT, Kind.HANDOVER, Kind.CONNECTING, Kind.TRANSFERRED, Kind.QUEUE, Kind.BUSY})
"""Kinds of text that say a person will come."""
REDRAWN_MS = 3_000.0
"""A widget that shows our words provisionally draws them again within so long."""
_CLOCK = r"\d{1,2}[:.]\d{2}(?:\s*[ap]\.?m\.?)?"
_TIME = re.compile(rf"^\s*{_CLOCK}\s+|\s+{_CLOCK}\s*$", re.IGNORECASE)
_ACCEPTING = frozenset({Kind.JOINED, Kind.TRANSFERRED, Kind.QUEUE})


@dataclass(frozen=True)
class Request:
    """One time we asked for a person."""

    at: float
    """Epoch ms of the act."""
    click: bool
    """By a button; else by a typed sentence."""
    what: str
    """The button's label, or the sentence."""
    sent: bool = True
    """False where it did not get through; such a request counts as a try, and for nothing else."""


@dataclass(frozen=True)
class Promise:
    """A text that says a person will come."""

    at: float
    kind: Kind


def requests_in(events: Iterable[Event]) -> tuple[Request, ...]:
    """Our requests, in order. Events of an acceptance are no requests."""
    found = (event for event in events if event.name is EventName.HANDOFF and "way" in event.detail)
    return tuple(
        Request(
            event.at,
            event.detail["way"] == "click",
            str(event.detail.get("label") or event.detail.get("text") or ""),
            bool(event.detail.get("sent", True)),
        )
        for event in found
    )


def with_clicks(lines: Sequence[Line], requests: Sequence[Request]) -> list[Line]:
    """The lines, those marked as the visitor's that a click of ours put there: they repeat the button's label.

    The first does, and those that a widget draws in its stead a moment later, maybe with the time beside the words.
    """
    done = list(lines)
    for request in requests:
        first: float | None = None
        for index, line in enumerate(done):
            at = line.message.at or 0.0
            after = request.click and line.region == "list" and at >= request.at
            if after and not line.visitor and _repeats(line.message.text, request.what):
                first = at if first is None else first
                done[index] = replace(line, visitor=at - first <= REDRAWN_MS)
    return done


def _repeats(text: str, label: str) -> bool:
    return same(label) == same(_TIME.sub("", text))


def is_offer(line: Line, kind: Kind | None) -> bool:
    """Whether a text asks if we want a person, instead of saying that one will come."""
    return kind is Kind.HANDOVER and (bool(line.message.buttons) or any(sign in line.message.text for sign in "?？؟"))


class Passing:
    """Gathers, line by line, what becomes of our requests."""

    def __init__(self, requests: Sequence[Request]) -> None:
        self.requests = tuple(requests)
        self.promises: list[Promise] = []
        self.accepted_at: float | None = None
        self.joined_at: float | None = None
        """When somebody joined last, asked for or not."""
        self._first = next((request.at for request in self.requests if request.sent), None)

    def take(self, line: Line, kind: Kind, decision: Decision | None) -> Event | None:
        """Take a notice; the event ``handoff`` with ``accepted`` where it grants our request."""
        at = line.message.at or 0.0
        if kind is Kind.JOINED:
            self.joined_at = at
        if kind in PROMISING and not is_offer(line, kind):
            self.promises.append(Promise(at, kind))
        if kind not in _ACCEPTING or not _is_notice(kind, decision):
            return None
        name = joined_name(line.message.text) if kind is Kind.JOINED else None
        return self.accept(at, kind, name)

    def accept(self, at: float, kind: Kind, name: str | None = None) -> Event | None:
        """Note that somebody was sent for, if that was after we asked."""
        if self._first is None or at <= self._first:
            return None
        self.accepted_at = at if self.accepted_at is None else min(at, self.accepted_at)
        return Event(at, EventName.HANDOFF, {"accepted": True, "by": str(kind), "name": name})

    def answered(self, human_at: float | None) -> float | None:
        """When the request was granted, at the latest by a person speaking after it."""
        spoke = human_at if self._first is not None and human_at is not None and human_at > self._first else None
        return min((at for at in (self.accepted_at, spoke) if at is not None), default=None)


def _is_notice(kind: Kind, decision: Decision | None) -> bool:
    """A bot's own "I'll connect you" grants nothing: only the widget does. Without a decision: outside the list."""
    if decision is None:
        return True
    if decision.speaker is not Speaker.SYSTEM:
        return False
    shown = any(e.speaker is Speaker.SYSTEM and e.source != "text" and e.weight > 0.25 for e in decision.evidence)
    return kind is Kind.JOINED or shown
