"""Deciding a stored chat again: nothing changes by itself, whatever was said and whoever said it."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chatprobe.model import EndedBy, Event, EventName, Outcome
from chatprobe.probe.again import Again, decide_again
from chatprobe.probe.basis import kept_basis
from chatprobe.store.store import Store
from tests.probe.stored import ASKED, HUMAN, LEASE, Visit, frame, row, visited

NAMES = [
    *(
        "Anna",
        "Anna K.",
        "anna k",
        "Bert",
        "Annabel",
        "Support",
        "Lucky Casino",
        "Support Anna",
        "José",
        "李小明",
        "Al",
    ),
    *("Lucky Bot", "LuckyBot", "Virtual Assistant", "Mr. Botty", "Assistant", "Gina@desk", "Dr. O'Neil-Łukasz", "🎰"),
]
TEXTS = [
    *("Two days at most.", "Two days at most.", "Hello, how can I help you?", "Anna joined the chat", "Support joined"),
    *("Anna K. has left the chat", "Bert joined the chat", "李小明加入了对话", "You are number 3 in the queue.", "..."),
    *("I am a virtual assistant.", "We will reply as soon as possible.", "Call +356 2123 4567.", "anna@desk.example"),
    *("Transferring you to another agent.", "Card 4111 1111 1111 1111 is not mine", "We are offline. Leave a message."),
    *("Sorry, I did not understand that.", "Are you a robot?", "Anna", "", " "),
]
CLASSES = [
    "msg",
    "msg agent",
    "msg agent-anna",
    "bubble bot",
    "row luckybot",
    "msg system",
    "visitor me",
    "from-Anna K.",
]
YAML = "chat:\n  names: {bots: [Mr. Botty], humans: [Gina]}\n  wire: [{when: who == 'bot', speaker: bot, text: said}]\n"


@st.composite
def happenings(draw: st.DrawFn) -> list[Event]:
    """What may happen in a chat: rows with names, markup and frames, changes of rows, notices, our own words."""
    events: list[Event] = []
    seconds = draw(st.sampled_from([-3.0, 0.5, 4.0]))
    for number in range(draw(st.integers(1, 9))):
        seconds += draw(st.sampled_from([0.0, 0.3, 2.5, 30.0]))
        events += draw(rows(number, seconds))
    return events


@st.composite
def rows(draw: st.DrawFn, number: int, seconds: float) -> list[Event]:
    text, name = draw(st.sampled_from(TEXTS)), draw(st.none() | st.sampled_from(NAMES))
    wide: dict[str, Any] = {"name": name} if name is not None else {}
    wide["attributes"] = {
        "class": draw(st.sampled_from(CLASSES)),
        "data-author": str(name or draw(st.sampled_from(NAMES))),
    }
    wide["region"] = draw(st.sampled_from(["list", "list", "list", "status"]))
    wide |= draw(st.sampled_from([{}, {}, HUMAN, {"buttons": ["Yes"]}, {"status_like": True}, {"typing": True}]))
    message = row(f"m{number}", seconds, text, **wide)
    who = draw(st.sampled_from([None, "bot", "staff"]))
    before = [frame(seconds - 0.2, json.dumps({"who": who, "said": text, "by": {"name": name}}))] if who else []
    changed = {"id": f"m{number}", "text": text + draw(st.sampled_from(TEXTS)), "attributes": wide["attributes"]}
    after = [Event(ASKED + seconds * 1000 + 90, EventName.MESSAGE_CHANGED, changed)] if draw(st.booleans()) else []
    return [*before, message, *after]


def again(store: Store, probe_id: str, **how: Any) -> Again:
    return decide_again(store, probe_id, kept_basis(store), **how)


def rows_of(store: Store) -> list[Any]:
    tables = ("probes", "messages", "decisions", "outcomes")
    return [list(store._connection.db.table(table).rows) for table in tables]


@settings(deadline=None, max_examples=120, suppress_health_check=[HealthCheck.too_slow])
@given(happenings(), st.sampled_from([EndedBy.DEADLINE, EndedBy.CLOSED, EndedBy.DRAIN]))
def test_unchanged_rules_change_nothing(events: list[Event], ended_by: EndedBy) -> None:
    """Whatever happened in a chat, its stored facts decide as the events themselves did, and no row is added."""
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "a.db", create=True) as store:
        visit = Visit(store, Path(folder), YAML)
        for event in events:
            visit.add(event)
        probe_id = visit.close(
            ended_by, later=[row("late", 700, "You are number 3 in the queue."), row("bye", 701, "Bye", **HUMAN)]
        )
        before = rows_of(store)
        done = again(store, probe_id)
        assert Again(probe_id, "lucky", "2026-03-02T10:00:00.000Z") == done
        assert before == rows_of(store)


def test_an_initial_behind_a_bots_name_changes_nothing(store: Store, tmp_path: Path) -> None:
    """ "Anna K." after the bot Anna is the bot, also when it is decided again from names that are hidden."""
    visit = Visit(store, tmp_path)
    visit.add(row("a", 1, "I am a virtual assistant.", name="Anna"))
    visit.add(row("b", 9, "Two days at most.", name="Anna É."))
    probe_id = visit.close(EndedBy.DEADLINE)
    assert "bot" == store.probe(probe_id)["messages"][-1]["speaker"]
    assert not again(store, probe_id).changed


def test_a_killed_probe_stays_interrupted(store: Store, tmp_path: Path) -> None:
    """A probe that never came to the end of listening keeps its outcome and the waits that were told from its rows."""
    visit = Visit(store, tmp_path)
    visit.add(row("a", 7.0004, "Two days at most.", **HUMAN))
    visit.recorder.flush()
    with Store.open(store.path) as other:
        assert [visit.id] == other.recover("2026-03-03T10:00:00.000Z")
        before = rows_of(other)
        assert Outcome.INTERRUPTED == other.probe(visit.id)["outcome"]
        assert not again(other, visit.id).changed
        assert before == rows_of(other)


def test_a_running_probe_is_left_alone(store: Store, tmp_path: Path) -> None:
    """Who is not done yet is not decided again."""
    visit = Visit(store, tmp_path)
    visit.recorder.flush()
    assert again(store, visit.id).running
    assert LEASE == next(store._connection.db.table("leases").rows)["expires_at"]


def test_nothing_asked_is_nothing_to_decide(store: Store) -> None:
    """A presence probe, and a chat that broke before the question, stay as they are and are no problem."""
    recorder = store.begin(
        {"id": "01A", "casino": "lucky", "depth": "presence", "started_at": "2026-03-02T10:00:00.000Z"}, LEASE
    )
    recorder.finish({"outcome": "online", "ended_by": "presence", "finished_at": "2026-03-02T10:01:00.000Z"})
    assert Again("01A", "lucky", "2026-03-02T10:00:00.000Z") == again(store, "01A")


ANSWER = json.dumps({"who": "bot", "said": "Two days at most."})
DAMAGE = {
    "UPDATE probes SET pruned_at = '2026-10-01T00:00:00.000Z'": "emptied at 2026-10-01T00:00:00.000Z",
    "UPDATE events SET detail = '{' WHERE name = 'message'": "event 1 (message) is damaged",
    "UPDATE events SET detail = NULL WHERE name = 'wire'": "is damaged",
    "UPDATE events SET detail = '[7]' WHERE name = 'asked'": "event 0 (asked) is damaged",
    "UPDATE events SET at_ms = NULL WHERE name = 'message'": "event 1 (message) is damaged",
    "UPDATE events SET detail = json_set(detail, '$.changed_at', 'x') WHERE name = 'message'": "damaged: ValueError",
    "UPDATE events SET detail = json_set(detail, '$.ended_by', 'x') WHERE name = 'listened'": "damaged: ValueError",
    "DELETE FROM events WHERE name = 'message'": "some of its events are missing",
    "UPDATE events SET name = 'note' WHERE name = 'asked'": "the moment of asking is missing",
    "UPDATE probes SET pseudonym_key = 'ffffffff'": "hidden with another key",
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_damaged_facts_decide_nothing(store: Store, tmp_path: Path, damage: str) -> None:
    """Where facts are damaged or gone, it is said, and no decision is changed."""
    answer = row("a", 5, "Two days at most.", name="Anna K.", **HUMAN)
    probe_id = visited(store, tmp_path, [frame(4.9, ANSWER), answer], YAML)
    store._connection.db.execute(damage)
    before = rows_of(store)
    done = again(store, probe_id)
    assert ("facts no longer kept: ", True) == ((done.problem or "")[:22], DAMAGE[damage] in (done.problem or ""))
    assert before == rows_of(store)


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE messages SET evidence = '{'",
        "UPDATE probes SET overrides = '{'",
        "INSERT INTO events SELECT probe_id, seq + 1, at_ms, 'note', '{' FROM events ORDER BY seq DESC LIMIT 1",
        "INSERT INTO events SELECT probe_id, seq + 1, NULL, 'of tomorrow', NULL FROM events ORDER BY seq DESC LIMIT 1",
    ],
)
def test_what_decisions_do_not_rest_on_may_be_damaged(store: Store, tmp_path: Path, damage: str) -> None:
    """Damage elsewhere stops nothing."""
    probe_id = visited(store, tmp_path, [row("a", 5, "Two days at most.", **HUMAN)])
    store._connection.db.execute(damage)
    done = again(store, probe_id)
    assert (None, False) == (done.problem, "outcome" in done.columns)


def test_a_frame_that_is_gone_changes_no_decision(store: Store, tmp_path: Path) -> None:
    """The message whose frame is gone keeps its decision, the rest is decided again, and it is told."""
    events = [frame(4.9, ANSWER), row("a", 5, "Two days at most.", name="Anna", **HUMAN), row("b", 9, "Bye", **HUMAN)]
    probe_id = visited(store, tmp_path, events, YAML)
    assert ["visitor", "bot", "human"] == [message["speaker"] for message in store.probe(probe_id)["messages"]]
    store._connection.db.execute("UPDATE events SET detail = json_set(detail, '$.data', '') WHERE name = 'wire'")
    done = again(store, probe_id)
    assert ((1,), False, None) == (done.gone, done.changed, done.problem)


@pytest.mark.parametrize(
    ("yaml", "problem"),
    [
        (None, "it is not in the database"),
        ("- a", "not a mapping"),
        ("chat: {names: {bot: [x]}}", "stored scenario * chat.names.bot: unknown key"),
        ("chat: {names: {bots: ['${NOBODY_SETS_THIS}']}}", "NOBODY_SETS_THIS is not set"),
        ("chat: [", "not valid YAML"),
    ],
)
def test_an_old_scenario_that_cannot_be_read_is_told(
    store: Store, tmp_path: Path, yaml: str | None, problem: str
) -> None:
    """A stored text that today's schema refuses, or that is not there, is that probe's problem only."""
    probe_id = visited(store, tmp_path, [row("a", 5, "Two days at most.", **HUMAN)])
    store._connection.db.execute("UPDATE scenarios SET yaml = ?", [yaml])
    done = again(store, probe_id)
    assert problem.rpartition("* ")[2] in (done.problem or "")


def test_an_old_scenario_is_read_for_its_chat_only(store: Store, tmp_path: Path) -> None:
    """Keys that no longer exist elsewhere, and secrets that are not set, do not matter."""
    probe_id = visited(store, tmp_path, [row("a", 5, "Two days at most.", **HUMAN)])
    old = "casino: 7\nurl: ${SECRET_URL}\nmode: fast\nvisitor: {password: '${SECRET}'}\n"
    store._connection.db.execute("UPDATE scenarios SET yaml = ?", [old])
    assert None is again(store, probe_id).problem
