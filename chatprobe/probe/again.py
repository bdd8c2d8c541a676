"""Deciding stored probes again: by today's rules, or because a person corrected a message."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from chatprobe.errors import MissingKey, ScenarioError, UnknownCasino
from chatprobe.model import Decision, Evidence, Speaker
from chatprobe.probe.basis import BasisFor
from chatprobe.probe.recount import recounted
from chatprobe.probe.repeats import repeats
from chatprobe.probe.replay import NotKept, Replay, decision_of, facts_of, replay
from chatprobe.speaker.rules import RULES
from chatprobe.store.closing import AUTHOR
from chatprobe.store.decisions import OPINION, Verdict, corrections, newest_by_rules
from chatprobe.store.store import Store
from chatprobe.times import iso, now_ms

SAME_MS = 1.0
"""Times that differ by no more are the same: those of a killed probe were taken from text."""


Row = Mapping[str, Any]


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


def decide_again(store: Store, wanted: str, basis: BasisFor, *, dry_run: bool = False) -> Again:
    """Decide a probe (its id, the start of it, or ``last``) again; raises DatabaseError if there is none."""
    return _again(store, wanted, _Task(basis, dry_run=dry_run))


def correct(store: Store, wanted: str, speakers: Mapping[int, Speaker], author: str, basis: BasisFor) -> Again:
    """Set who wrote messages, by `seq`, as `author` says: that stands against all rules until a person says otherwise.

    The rest of the chat is decided again with it, and so is the outcome. Raises DatabaseError if there is no such
    probe; a `seq` that is not there is the result's `problem`. Where the chat's facts are no longer kept, its other
    messages stay as they are, and the outcome follows from the rows.
    """
    return _again(store, wanted, _Task(basis, speakers, author))


def opine(store: Store, probe_id: str, speakers: Mapping[int, Speaker], author: str) -> None:
    """Keep who wrote messages, by `seq`, in the blind opinion of `author`: it decides nothing."""
    said = {seq: _in_person(speaker, author) for seq, speaker in speakers.items()}
    while True:
        verdict = Verdict(len(store.decisions.of(probe_id)), OPINION, said=said, author=author)
        if store.decisions.add(probe_id, verdict, iso(now_ms())):
            return


@dataclass(frozen=True)
class _Task:
    basis: BasisFor
    speakers: Mapping[int, Speaker] = field(default_factory=dict)
    author: str = AUTHOR
    dry_run: bool = False


def _in_person(speaker: Speaker, author: str) -> Decision:
    if speaker is Speaker.UNKNOWN:
        return Decision(speaker, 0.0, (Evidence("person", f"{author} cannot tell", 0.0),))
    return Decision(speaker, 1.0, (Evidence("person", f"{author} says so", 1.0, speaker),))


def _again(store: Store, wanted: str, task: _Task) -> Again:
    probe_id = str(store.probe(wanted)["id"])
    while True:
        known = store.decisions.of(probe_id)  # before the probe: what comes between is noticed when writing
        row = store.probe(probe_id)
        done, verdict = _decided(store, row, known, task)
        if verdict is None or task.dry_run or store.decisions.add(probe_id, verdict, iso(now_ms())):
            return done


def _decided(store: Store, row: Row, known: Sequence[Row], task: _Task) -> tuple[Again, Verdict | None]:
    """What became of a probe, and what there is to write; None for nothing."""
    if row["outcome"] is None:
        return _untouched(row, running=True), None
    if refused := _refused(row, known, task):
        return _untouched(row, refused), None
    said = {seq: _in_person(speaker, task.author) for seq, speaker in task.speakers.items()}
    corrected = {**{seq: decision_of(one) for seq, one in corrections(known).items()}, **said}
    try:
        facts = facts_of(row)
        if facts is None:
            return _untouched(row), None
        basis = task.basis(row)
        rules = replace(basis.rules, repeats=repeats(store, row["casino"], row["started_at"]))
        found = replay(facts, rules, store.pseudonyms, corrected)
    except NotKept as error:
        return _without_facts(row, known, task, f"facts no longer kept: {error}")
    except (MissingKey, ScenarioError, UnknownCasino) as error:
        if isinstance(error, MissingKey) and not task.speakers:
            raise  # it stops all other probes as well
        return _without_facts(row, known, task, error.message)
    if basis.scenario and not task.dry_run:
        scenario = basis.scenario
        store.add_scenario(scenario.casino, scenario.sha256, scenario.kept, iso(now_ms()))
    return _compared(row, known, found, Verdict(len(known), basis.version, author=task.author, said=said))


def _refused(row: Row, known: Sequence[Row], task: _Task) -> str | None:
    """Why nothing can be said of this probe, or not this."""
    seqs = {message["seq"] for message in row["messages"]}
    if unknown := task.speakers.keys() - seqs:
        return f"it has no message {min(unknown)}"
    by_rules = newest_by_rules(known)  # a person may have said otherwise of our words once
    decided = {message["seq"]: by_rules.get(message["seq"], message) for message in row["messages"]}
    if own := {seq for seq in task.speakers if decided[seq]["speaker"] == Speaker.VISITOR}:
        return f"message {min(own)} is our own"
    if damaged := {one["seq"] for one in (*row["messages"], *known) if one["speaker"] not in list(Speaker)}:
        return f"message {min(damaged)} is damaged: its speaker is none"
    return None


def _without_facts(row: Row, known: Sequence[Row], task: _Task, problem: str) -> tuple[Again, Verdict | None]:
    """A person's word needs no facts: it stands, and the other messages stay as they are."""
    if not task.speakers:
        return _untouched(row, problem), None
    said = {seq: _in_person(speaker, task.author) for seq, speaker in task.speakers.items()}
    verdict = Verdict(len(known), row["rules"] or RULES, author=task.author, said=said)
    return _compared(row, known, Replay({}, recounted(row, said), frozenset()), verdict)


def _untouched(row: Row, problem: str | None = None, *, running: bool = False) -> Again:
    return Again(row["id"], row["casino"], row["started_at"], problem=problem, running=running)


def _compared(row: Row, known: Sequence[Row], found: Replay, verdict: Verdict) -> tuple[Again, Verdict | None]:
    """What differs from the row, and the verdict with what nobody has decided so before."""
    by_rules, by_hand = newest_by_rules(known), corrections(known)
    fresh = {
        seq: one.decision
        for seq, one in found.said.items()
        if seq not in found.gone | by_hand.keys() | verdict.said.keys()
        and not _same(by_rules.get(seq), one.decision, verdict.rules)
    }
    said = {seq: one for seq, one in verdict.said.items() if not _same_person(by_hand.get(seq), one, verdict.author)}
    columns = {name: (row[name], value) for name, value in found.columns.items() if not _equal(row[name], value)}
    messages = tuple(_changes(row, {**fresh, **said}))
    done = Again(row["id"], row["casino"], row["started_at"], messages, columns, tuple(sorted(found.gone)))
    values = found.columns if columns or row["rules"] != verdict.rules else {}
    anything = fresh or said or values
    return done, replace(verdict, messages=fresh, said=said, columns=values) if anything else None


def _changes(row: Row, decided: Mapping[int, Decision]) -> Iterator[Changed]:
    for message in row["messages"]:
        before, after = decision_of(message), decided.get(message["seq"])
        if after and (before.speaker, before.confidence) != (after.speaker, after.confidence):
            yield Changed(message["seq"], message["at_ms"], message["text"], before, after)


def _same(newest: Row | None, decision: Decision, rules: str) -> bool:
    """Whether these very rules decided so already."""
    return newest is not None and newest["rules"] == rules and _shape(decision_of(newest)) == _shape(decision)


def _same_person(newest: Row | None, decision: Decision, author: str) -> bool:
    return newest is not None and newest["author"] == author and newest["speaker"] == str(decision.speaker)


def _shape(decision: Decision) -> tuple[Any, ...]:
    """What makes two decisions one: not the wording of their reasons."""
    reasons = tuple((one.source, one.weight, one.speaker) for one in decision.evidence)
    return decision.speaker, decision.confidence, reasons


def _equal(before: Any, after: Any) -> bool:
    if isinstance(before, float) and isinstance(after, float):
        return abs(before - after) <= SAME_MS
    return bool(before == after)
