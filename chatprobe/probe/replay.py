"""A stored chat, decided again: from rows to the events, marks and lines of its probe, and through the same digest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from chatprobe.model import Decision, EndedBy, Event, EventName, Evidence, Outcome, Speaker
from chatprobe.probe.digest import Digest, Marks, Said, digest
from chatprobe.probe.ending import outcome_of
from chatprobe.probe.joining import joined_in
from chatprobe.probe.journal import of_last_try
from chatprobe.probe.names import restored
from chatprobe.probe.timings import columns_of
from chatprobe.speaker.rules import Rules
from chatprobe.speaker.sources import is_machine_name
from chatprobe.store.pseudonym import Pseudonyms, can_hide
from chatprobe.times import epoch_ms

TIMES = ("greeted_ms", "first_human_ms", "first_unknown_ms", "first_bot_ms")
"""The times of `probes` that follow from who spoke."""
_READ = frozenset(
    {
        *(EventName.MESSAGE, EventName.MESSAGE_CHANGED, EventName.MESSAGE_GONE, EventName.WIRE, EventName.QUEUE),
        *(EventName.OFFLINE, EventName.HANDOFF, EventName.ASKED, EventName.DECIDED, EventName.LISTENED),
        EventName.RETRY,
    }
)
"""What decisions rest on; all other events may be missing or damaged."""


REGIONS = ("list", "status")
"""`Observed.region`."""


class NotKept(Exception):
    """The facts that a decision rests on are no longer there; says which."""


@dataclass(frozen=True)
class Facts:
    """What is stored of one chat."""

    row: Mapping[str, Any]
    """The probe as `Store.probe` gives it."""
    events: tuple[Event, ...]
    """Up to the end of listening; names are pseudonyms still."""
    marks: Marks
    lines: Mapping[str, int]
    """The `seq` of each line's message."""
    ended_by: EndedBy | None
    """None where the probe did not come to the end of listening."""

    @property
    def stored(self) -> dict[int, Mapping[str, Any]]:
        """The stored messages by `seq`."""
        return {message["seq"]: message for message in self.row["messages"]}


@dataclass(frozen=True)
class Replay:
    """A chat decided again."""

    said: Mapping[int, Said]
    """By `seq`; a message that was taken back while the chat lasted is not among them."""
    columns: Mapping[str, Any]
    """Those of `probes` that follow from who spoke."""
    gone: frozenset[int]
    """Messages whose stored decision was left alone: a frame that it rests on is no longer kept."""


def facts_of(row: Mapping[str, Any]) -> Facts | None:
    """What is stored of the chat in `row`; None where nothing was asked, so that nothing can be decided.

    Raises NotKept.
    """
    if row["pruned_at"]:
        raise NotKept(f"texts and frames were emptied at {row['pruned_at']}")
    if [event["seq"] for event in row["events"]] != list(range(len(row["events"]))):
        raise NotKept("some of its events are missing")
    with _damage():
        started = epoch_ms(row["started_at"])
        heard, ended_by = _until_listened(
            of_last_try([_event(one, started) for one in row["events"] if one["name"] in _READ])
        )
        asked = next((event for event in heard if event.name is EventName.ASKED), None)
        if asked is None:
            if row["messages"]:
                raise NotKept("the moment of asking is missing")
            return None
        lines = {str(one.detail["id"]): int(one.detail["seq"]) for one in heard if one.name is EventName.DECIDED}
        marks = Marks(started, asked.detail["opened_at"], asked.detail["requested_at"], asked.at)
    return Facts(row, tuple(heard), marks, lines, ended_by)


@contextmanager
def _damage() -> Iterator[None]:
    """Events are read as we wrote them: what does not fit was damaged since."""
    try:
        yield
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise NotKept(f"an event is damaged: {type(error).__name__}: {error}") from error


def _event(row: Mapping[str, Any], started: float) -> Event:
    name, detail = EventName(row["name"]), row["detail"] or {}
    needs = _NEEDS.get(name, frozenset())
    if row["at_ms"] is None or not isinstance(detail, Mapping) or not needs <= detail.keys():
        raise NotKept(f"event {row['seq']} ({name}) is damaged, or of an older chatprobe")
    return Event(started + row["at_ms"], name, detail)


_NEEDS = {
    EventName.MESSAGE: frozenset({"id", "text"}),
    EventName.MESSAGE_CHANGED: frozenset({"id"}),
    EventName.MESSAGE_GONE: frozenset({"id"}),
    EventName.ASKED: frozenset({"opened_at", "requested_at"}),
    EventName.DECIDED: frozenset({"id", "seq"}),
    EventName.WIRE: frozenset({"direction", "data"}),
}


def _until_listened(events: Sequence[Event]) -> tuple[list[Event], EndedBy | None]:
    for place, event in enumerate(events):
        if event.name is EventName.LISTENED:
            return list(events[:place]), EndedBy(event.detail["ended_by"])
    return list(events), None


def replay(facts: Facts, rules: Rules, pseudonyms: Pseudonyms, corrected: Mapping[int, Decision]) -> Replay:
    """Decide a stored chat by `rules`; what a person `corrected` stands, by `seq`, and later messages see it.

    Raises NotKept.
    """
    if missing := corrected.keys() - set(facts.lines.values()):
        raise NotKept(f"message {min(missing)} is not among its events")
    if lost := (facts.stored.keys() & set(facts.lines.values())) - _placed(facts):
        raise NotKept(f"message {min(lost)} does not come back from its events")
    if not _is_readable(facts, pseudonyms):
        raise NotKept("its names were hidden with another key")
    with _damage():
        joined = {str(one.detail["name"]) for one in joined_in(facts.events, rules.joins)}
        events = restored(facts.events, pseudonyms, (*rules.bots, *rules.humans, *sorted(joined)))
        chat = digest(events, facts.marks, rules, _by_line(facts, corrected))
        gone = frozenset(_without_frame(facts, chat) - corrected.keys())
        if gone:
            stands = {seq: decision_of(facts.stored[seq]) for seq in gone}
            chat = digest(events, facts.marks, rules, _by_line(facts, {**stands, **corrected}))
    # A line that a killed probe had no time to keep a row of counts for nothing.
    rows = {line: seq for line, seq in facts.lines.items() if seq in facts.stored}
    kept = replace(chat, said=tuple(one for one in chat.said if one.line.id in rows))
    said = {rows[one.line.id]: one for one in _citing_no_name(kept.said, pseudonyms)}
    return Replay(said, _columns(facts, kept), gone)


def _placed(facts: Facts) -> set[int]:
    """Messages whose events say where in the chat they stood: without it a text is left out, and no answer would be."""
    placed = {str(event.detail.get("id")) for event in facts.events if event.detail.get("region") in REGIONS}
    return {facts.lines[line] for line in placed & facts.lines.keys()}


def _citing_no_name(said: Sequence[Said], pseudonyms: Pseudonyms) -> Iterator[Said]:
    """The messages, names that were put back gone from what their evidence cites of the markup."""
    shown = {(one.line.message.name or "").strip() for one in said}
    names = [name for name in shown if can_hide(name) and not is_machine_name(name)]
    for one in said:
        evidence = tuple(replace(e, detail=pseudonyms.hide(e.detail, names)) for e in one.decision.evidence)
        yield replace(one, decision=replace(one.decision, evidence=evidence))


def _is_readable(facts: Facts, pseudonyms: Pseudonyms) -> bool:
    """Whether names can be put back."""
    ours = facts.row["pseudonym_key"] == pseudonyms.key_name
    return ours or not any("name" in event.detail for event in facts.events)


def _by_line(facts: Facts, decisions: Mapping[int, Decision]) -> dict[str, Decision]:
    return {line: decisions[seq] for line, seq in facts.lines.items() if seq in decisions}


def _without_frame(facts: Facts, chat: Digest) -> set[int]:
    """Messages that a frame carried when they were decided, and none does now."""
    stored = facts.stored
    seqs = {facts.lines[one.line.id] for one in chat.said if one.line.wire_at is None and one.line.id in facts.lines}
    return {seq for seq in seqs & stored.keys() if stored[seq]["wire_ms"] is not None}


def _columns(facts: Facts, chat: Digest) -> dict[str, Any]:
    row = facts.row
    if facts.ended_by is None or facts.ended_by != row["ended_by"]:
        # Somebody else closed it, whatever was said: a fault stays one, and an interrupted chat keeps its waits.
        outcome = Outcome(row["outcome"])
        if outcome is not Outcome.INTERRUPTED:
            return {name: row[name] for name in (*TIMES, "outcome", "side", "agent")}
    else:
        outcome = outcome_of(chat, facts.ended_by)
    times = columns_of(chat, facts.marks.asked or 0.0)
    stored = facts.stored
    agents = (stored[facts.lines[one.line.id]]["agent"] for one in chat.after(Speaker.HUMAN))
    return {
        **{name: times[name] for name in TIMES},
        "outcome": str(outcome),
        "side": str(outcome.side),
        "agent": next((agent for agent in agents if agent), None),
    }


def decision_of(row: Mapping[str, Any]) -> Decision:
    """The decision in a row of `messages` or `decisions`; evidence that is damaged or of another time is left out."""
    return Decision(Speaker(row["speaker"]), float(row["confidence"] or 0.0), evidence_of(row))


def evidence_of(row: Mapping[str, Any]) -> tuple[Evidence, ...]:
    """The evidence in a row of `messages` or `decisions`, without what is damaged."""
    rows = row["evidence"] if isinstance(row["evidence"], list) else []
    return tuple(one for one in map(_evidence, rows) if one)


def _evidence(row: Any) -> Evidence | None:
    try:
        return Evidence(row["source"], str(row["detail"]), float(row["weight"]), Speaker(row["speaker"]))
    except (KeyError, TypeError, ValueError):
        return None
