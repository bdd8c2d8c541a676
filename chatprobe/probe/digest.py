"""What is known of a chat so far: who said what, and the times that matter. Pure; recomputed as events come in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from chatprobe.model import Decision, Event, EventName, Speaker
from chatprobe.probe.fold import Line, fold
from chatprobe.probe.joining import joined_in
from chatprobe.probe.passing import Passing, Promise, Request, requests_in, with_clicks
from chatprobe.probe.waited import Waited
from chatprobe.speaker.decide import decide
from chatprobe.speaker.kinds import Kind
from chatprobe.speaker.lexicon import kind_of
from chatprobe.speaker.notices import joined_name, read_queue
from chatprobe.speaker.rules import Rules, Told

_NONE: Mapping[str, Decision] = {}


@dataclass(frozen=True)
class Marks:
    """The moments set by what we did. Epoch ms, None where it did not happen."""

    started: float
    opened: float | None = None
    requested: float | None = None
    """First act that put the visitor in line; None: asking did."""
    asked: float | None = None


@dataclass(frozen=True)
class Said:
    """A message and who said it."""

    line: Line
    decision: Decision
    kind: Kind | None

    @property
    def at(self) -> float:
        """Epoch ms of its appearance."""
        return self.line.message.at or 0.0

    @property
    def speaker(self) -> Speaker:
        """Who said it."""
        return self.decision.speaker


@dataclass(frozen=True)
class QueueSighting:
    """One announcement about the line."""

    at: float
    position: int | None
    wait_ms: float | None
    panel: bool = False
    """Read from the page by us, not from a line of the chat."""
    over: bool = False
    """The place where it stood is empty now."""


@dataclass(frozen=True)
class Digest:
    """The chat so far."""

    said: tuple[Said, ...] = ()
    marks: Marks = field(default_factory=lambda: Marks(0.0))
    queue: tuple[QueueSighting, ...] = ()
    in_queue: bool = False
    """Still in line: announced, and neither taken back nor followed by somebody joining."""
    joined_at: float | None = None
    left_at: float | None = None
    offline_at: float | None = None
    """Said after asking that nobody is there."""
    closed_at: float | None = None
    overloaded_at: float | None = None
    challenged_at: float | None = None
    typing: tuple[float, ...] = ()
    requests: tuple[Request, ...] = ()
    """Our requests for a person."""
    promises: tuple[Promise, ...] = ()
    """What was said of somebody who will come."""
    last_joined_at: float | None = None
    accepted_at: float | None = None
    """When our request was granted: somebody was sent for, or spoke."""

    def after(self, speaker: Speaker) -> list[Said]:
        """What one speaker said after the question."""
        asked = self.marks.asked
        return [said for said in self.said if said.speaker is speaker and asked is not None and said.at >= asked]

    def first(self, speaker: Speaker) -> float | None:
        """When one speaker first spoke after the question."""
        return next((said.at for said in self.after(speaker)), None)

    def last(self, speaker: Speaker) -> float | None:
        """When one speaker's last text after the question changed last."""
        return max((said.line.message.settled_at or said.at for said in self.after(speaker)), default=None)

    @property
    def greeted_at(self) -> float | None:
        """First human text between getting in line and asking."""
        asked, requested = self.marks.asked, self.marks.requested
        if asked is None or requested is None:
            return None
        return next((s.at for s in self.said if s.speaker is Speaker.HUMAN and requested <= s.at < asked), None)


def digest(events: Sequence[Event], marks: Marks, rules: Rules, fixed: Mapping[str, Decision] = _NONE) -> Digest:
    """Decide every message in order, and gather the notices. Lines whose `id` is `fixed` are decided already.

    Who calls himself a machine was one before he said so: then everything is decided once more, knowing that.
    """
    requests = requests_in(events)
    lines = [_as_fixed(line, fixed) for line in with_clicks(fold(events), requests)]
    panel = [event for event in events if event.name in _PANEL and event.detail.get("panel")]
    panel += joined_in(events, rules.joins)
    chat = _decided(lines, _Notices(marks, panel, Passing(requests)), rules, fixed)
    disclosed = frozenset(_disclosed(chat))
    if not disclosed:
        return chat
    return _decided(lines, _Notices(marks, panel, Passing(requests)), replace(rules, disclosed=disclosed), fixed)


def _disclosed(chat: Digest) -> Iterator[str]:
    for said in chat.said:
        name = said.line.message.name
        if name and said.kind is Kind.DISCLOSURE and said.speaker is Speaker.BOT:
            yield name


def _decided(lines: Sequence[Line], notices: _Notices, rules: Rules, fixed: Mapping[str, Decision]) -> Digest:
    told: list[Told] = []
    said: list[Said] = []
    marks = notices.marks
    waited = Waited(marks.opened, marks.asked, (request.at for request in notices.passing.requests))
    for line in lines:
        kind = kind_of(line.message.text)
        if line.visitor:
            waited.speak(line.message.text, line.message.at)
        elif _is_typing(line, kind) and line.id not in fixed:
            notices.typing.append(line.message.at or 0.0)
        elif line.region == "status" and line.id not in fixed:
            notices.take(line, kind)
        else:
            message = replace(line.message, delay_ms=waited.delay(line.message.at), seq=len(told))
            decision = fixed.get(line.id) or decide(message, told, rules, notices.events(message.at))
            said.append(Said(replace(line, message=message), decision, kind))
            told.append(Told(message, decision, kind))
            notices.hear(said[-1])
    said.extend(Said(line, Decision(Speaker.VISITOR, 1.0), None) for line in lines if line.visitor)
    said.sort(key=lambda one: one.at)
    return notices.digest(tuple(said))


def _as_fixed(line: Line, fixed: Mapping[str, Decision]) -> Line:
    """The line, ours or not ours as it was decided."""
    return replace(line, visitor=fixed[line.id].speaker is Speaker.VISITOR) if line.id in fixed else line


_PANEL = frozenset({EventName.QUEUE, EventName.OFFLINE})


def _is_typing(line: Line, kind: Kind | None) -> bool:
    return line.message.typing or kind is Kind.TYPING


class _Notices:
    """Gathers what the chat announces."""

    def __init__(self, marks: Marks, panel: Iterable[Event], passing: Passing) -> None:
        self.marks = marks
        self.passing = passing
        self.typing: list[float] = []
        self._events: list[Event] = list(panel)
        self._queue = [_sighting(event) for event in self._events if event.name is EventName.QUEUE]
        self._standing: dict[str, Line] = {}
        self._times: dict[Kind, float] = {}
        for event in self._events:
            if event.name is EventName.OFFLINE and marks.asked is not None and event.at >= marks.asked:
                self._times.setdefault(Kind.OFFLINE, event.at)
        granted = [passing.accept(one.at, Kind.QUEUE) for one in self._queue if not one.over]
        for event in self._events:
            if event.name is EventName.JOINED:  # told by a frame; notices come with the lines
                self._times.setdefault(Kind.JOINED, event.at)
                passing.joined_at = event.at
                granted.append(passing.accept(event.at, Kind.JOINED, event.detail["name"]))
        self._events += [event for event in granted if event]

    def events(self, until: float | None) -> list[Event]:
        """What happened up to a time, for the decision: nobody speaks who is still to join."""
        return [event for event in self._events if until is None or event.at <= until or event.name in _PANEL]

    def take(self, line: Line, kind: Kind | None) -> None:
        """A line outside the list."""
        self._note(line, kind)

    def hear(self, said: Said) -> None:
        """A message in the list: a notice only if nobody in person said it."""
        if said.kind in _SPOKEN or said.speaker in (Speaker.SYSTEM, Speaker.BOT, Speaker.UNKNOWN):
            self._note(said.line, said.kind, said.decision)

    def _note(self, line: Line, kind: Kind | None, decision: Decision | None = None) -> None:
        at = line.message.at or 0.0
        if kind is None:
            return
        if granted := self.passing.take(line, kind, decision):
            self._events.append(granted)
        if kind is Kind.QUEUE:
            notice = read_queue(line.message.text)
            self._queue.append(
                QueueSighting(at, notice.position if notice else None, notice.wait_ms if notice else None)
            )
            self._standing[line.id] = line
            position = notice.position if notice else None
            self._events.append(Event(at, EventName.QUEUE, {"position": position}))
        elif kind is Kind.JOINED:
            self._events.append(Event(at, EventName.JOINED, {"name": joined_name(line.message.text)}))
            self._times.setdefault(kind, at)
        elif kind is Kind.LEFT:
            self._events.append(Event(at, EventName.LEFT, {"name": joined_name(line.message.text)}))
            self._times[kind] = at
        elif self.marks.asked is not None and at >= self.marks.asked:
            self._times.setdefault(kind, at)

    def digest(self, said: tuple[Said, ...]) -> Digest:
        """All of it."""
        joined = self._times.get(Kind.JOINED)
        passing = self.passing
        chat = Digest(
            said=said,
            marks=self.marks,
            queue=tuple(sorted((one for one in self._queue if not one.over), key=lambda sighting: sighting.at)),
            in_queue=self._in_queue(said, joined),
            joined_at=joined,
            left_at=self._times.get(Kind.LEFT),
            offline_at=self._times.get(Kind.OFFLINE),
            closed_at=self._times.get(Kind.CLOSED),
            overloaded_at=self._times.get(Kind.OVERLOADED),
            challenged_at=self._times.get(Kind.CHALLENGE),
            typing=tuple(self.typing),
            requests=passing.requests,
            promises=tuple(passing.promises),
            last_joined_at=passing.joined_at,
        )
        return replace(chat, accepted_at=passing.answered(chat.first(Speaker.HUMAN)))

    def _in_queue(self, said: tuple[Said, ...], joined: float | None) -> bool:
        if not self._queue:
            return False
        newest = max(self._queue, key=lambda sighting: sighting.at)
        last = newest.at
        if newest.over:
            return False
        if joined is not None and joined >= last:
            return False
        answered = any(s.at > last and s.speaker in (Speaker.HUMAN, Speaker.UNKNOWN) for s in said)
        vanished = bool(self._standing) and all(line.gone_at is not None for line in self._standing.values())
        return not answered and not vanished


_SPOKEN = frozenset({Kind.CHALLENGE, Kind.OVERLOADED})


def _sighting(event: Event) -> QueueSighting:
    detail = event.detail
    return QueueSighting(
        event.at, detail.get("position"), detail.get("wait_ms"), panel=True, over=bool(detail.get("over"))
    )
