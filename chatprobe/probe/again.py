"""Deciding stored probes again: by today's rules, or because a person corrected a message."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from chatprobe.errors import ScenarioError
from chatprobe.model import Decision, Evidence, Speaker
from chatprobe.probe.order import USUAL_FLOOR_MS, rules_of
from chatprobe.probe.replay import NotKept, Replay, decision_of, facts_of, replay
from chatprobe.scenario.chat import ChatSpec
from chatprobe.scenario.stored import stored_chat
from chatprobe.speaker.rules import RULES, Rules
from chatprobe.store.closing import AUTHOR
from chatprobe.store.decisions import Verdict, corrections, newest_by_rules
from chatprobe.store.store import Store
from chatprobe.times import iso, now_ms

SAME_MS = 1.0
"""Times that differ by no more are the same: those of a killed probe were taken from text."""

RulesFor = Callable[[Mapping[str, Any]], Rules]
"""The rules for a probe's row; raises ScenarioError where they cannot be read."""


@dataclass(frozen=True)
class Changed:
    """A message that is somebody else's now, or less or more surely."""

    seq: int
    at_ms: float | None
    text: str
    before: Decision
    after: Decision


@dataclass(frozen=True)
class Again:
    """What deciding one probe again came to."""

    probe_id: str
    casino: str
    started_at: str
    messages: tuple[Changed, ...] = ()
    columns: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    """Columns of `probes` that changed: before and after."""
    gone: tuple[int, ...] = ()
    """Messages whose decision was left alone: a fact it rests on is no longer kept."""
    problem: str | None = None
    """Why it could not be decided again; nothing was changed then."""
    running: bool = False
    """It is not over yet: nothing was changed."""

    @property
    def changed(self) -> bool:
        """Whether anything reads otherwise now."""
        return bool(self.messages or self.columns)


def decide_again(store: Store, wanted: str, rules_for: RulesFor, *, dry_run: bool = False) -> Again:
    """Decide a probe (its id, the start of it, or ``last``) again; raises DatabaseError if there is none."""
    return _again(store, wanted, _Task(rules_for, dry_run=dry_run))


def correct(store: Store, wanted: str, speakers: Mapping[int, Speaker], author: str, rules_for: RulesFor) -> Again:
    """Set who wrote messages, by `seq`, as `author` says: that stands against all rules until a person says otherwise.

    The rest of the chat is decided again with it, and so is the outcome. Raises DatabaseError if there is no such
    probe; a `seq` that is not there, or a chat whose facts are no longer kept, is the result's `problem`.
    """
    return _again(store, wanted, _Task(rules_for, speakers, author))


def opine(store: Store, probe_id: str, speakers: Mapping[int, Speaker], author: str) -> None:
    """Keep who wrote messages, by `seq`, in the blind opinion of `author`: it decides nothing."""
    said = {seq: _in_person(speaker, author) for seq, speaker in speakers.items()}
    while True:
        verdict = Verdict(len(store.decisions.of(probe_id)), RULES, said=said, author=author, opinion=True)
        if store.decisions.add(probe_id, verdict, iso(now_ms())):
            return


@dataclass(frozen=True)
class _Task:
    rules_for: RulesFor
    speakers: Mapping[int, Speaker] = field(default_factory=dict)
    author: str = AUTHOR
    dry_run: bool = False

    def said(self) -> dict[int, Decision]:
        """What the person says, as decisions."""
        return {seq: _in_person(speaker, self.author) for seq, speaker in self.speakers.items()}


def _in_person(speaker: Speaker, author: str) -> Decision:
    if speaker is Speaker.UNKNOWN:
        return Decision(speaker, 0.0, (Evidence("person", f"{author} cannot tell", 0.0),))
    return Decision(speaker, 1.0, (Evidence("person", f"{author} says so", 1.0, speaker),))


def _again(store: Store, wanted: str, task: _Task) -> Again:
    while True:
        row = store.probe(wanted)
        known = store.decisions.of(row["id"])
        done, verdict = _decided(store, store.probe(row["id"]), known, task)
        if verdict is None or task.dry_run or store.decisions.add(row["id"], verdict, iso(now_ms())):
            return done


def _decided(
    store: Store, row: Mapping[str, Any], known: list[dict[str, Any]], task: _Task
) -> tuple[Again, Verdict | None]:
    """What became of a probe, and what there is to write; None for nothing."""
    if row["outcome"] is None:
        return _untouched(row, running=True), None
    stored = {message["seq"] for message in row["messages"]}
    if unknown := task.speakers.keys() - stored:
        return _untouched(row, f"no message {min(unknown)}"), None
    said = task.said()
    corrected = {**{seq: decision_of(one) for seq, one in corrections(known).items()}, **said}
    try:
        facts = facts_of(row)
        if facts is None:
            return _untouched(row), None
        found = replay(facts, task.rules_for(row), store.pseudonyms, corrected)
    except NotKept as error:
        return _untouched(row, f"facts no longer kept: {error}"), None
    except ScenarioError as error:
        return _untouched(row, error.message), None
    return _compared(row, known, found, _Said(corrected, said, task.author))


def _untouched(row: Mapping[str, Any], problem: str | None = None, *, running: bool = False) -> Again:
    return Again(row["id"], row["casino"], row["started_at"], problem=problem, running=running)


@dataclass(frozen=True)
class _Said:
    corrected: Mapping[int, Decision]
    now: Mapping[int, Decision]
    author: str


def _compared(
    row: Mapping[str, Any], known: list[dict[str, Any]], found: Replay, said: _Said
) -> tuple[Again, Verdict | None]:
    by_rules = newest_by_rules(known)
    fresh = {
        seq: one.decision
        for seq, one in found.said.items()
        if seq not in said.corrected and seq not in found.gone and not _recorded(by_rules.get(seq), one.decision)
    }
    by_hand = corrections(known)
    now = {seq: one for seq, one in said.now.items() if not _says(by_hand.get(seq), one, said.author)}
    columns = {name: (row[name], value) for name, value in found.columns.items() if not _equal(row[name], value)}
    messages = tuple(_changes(row, {**fresh, **now}))
    done = Again(row["id"], row["casino"], row["started_at"], messages, columns, tuple(sorted(found.gone)))
    values = dict(found.columns) if columns or row["rules"] != RULES else {}
    if not fresh and not now and not values:
        return done, None
    return done, Verdict(len(known), RULES, fresh, values, said.author, now)


def _changes(row: Mapping[str, Any], decided: Mapping[int, Decision]) -> list[Changed]:
    found = []
    for message in row["messages"]:
        before, after = decision_of(message), decided.get(message["seq"])
        if after and (before.speaker, before.confidence) != (after.speaker, after.confidence):
            found.append(Changed(message["seq"], message["at_ms"], message["text"], before, after))
    return found


def _recorded(newest: Mapping[str, Any] | None, decision: Decision) -> bool:
    """Whether these very rules decided so already."""
    return newest is not None and newest["rules"] == RULES and _shape(decision_of(newest)) == _shape(decision)


def _says(newest: Mapping[str, Any] | None, decision: Decision, author: str) -> bool:
    return newest is not None and newest["author"] == author and newest["speaker"] == str(decision.speaker)


def _shape(decision: Decision) -> tuple[Any, ...]:
    """What makes two decisions one: not the wording of their reasons."""
    reasons = tuple((one.source, one.weight, one.speaker) for one in decision.evidence)
    return decision.speaker, decision.confidence, reasons


def _equal(before: Any, after: Any) -> bool:
    if isinstance(before, float) and isinstance(after, float):
        return abs(before - after) <= SAME_MS
    return bool(before == after)


# --- whose rules ------------------------------------------------------------------------------------------------------


def stored_rules(store: Store) -> RulesFor:
    """The rules of the scenario text each probe ran with."""

    def rules_for(row: Mapping[str, Any]) -> Rules:
        sha256 = str(row["scenario_sha256"])
        text = store.decisions.scenario(sha256)
        overrides = row["overrides"] if isinstance(row["overrides"], dict) else {}
        floor_ms = float(overrides.get("floor_ms", USUAL_FLOOR_MS))
        return rules_of(_chat(text or "", f"stored scenario {sha256[:12]}"), floor_ms)

    return rules_for


@lru_cache(maxsize=512)
def _chat(text: str, name: str) -> ChatSpec:
    return stored_chat(text, name)
