"""Texts and frames go, numbers stay."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from chatprobe.cli.db import db as db_commands
from chatprobe.model import Event, EventName
from chatprobe.store import Store
from chatprobe.times import epoch_ms

if TYPE_CHECKING:
    from tests.store.conftest import Begin

OLD, NEW = "2026-01-05T10:00:00.000Z", "2026-06-05T10:00:00.000Z"
LIMIT, NOW = "2026-03-01T00:00:00.000Z", "2026-08-01T00:00:00.000Z"
SECRET = "Ottoline of the night shift"
EVIDENCE = [{"source": "text", "detail": f"reads like {SECRET}", "weight": 0.5, "speaker": "human"}]


@pytest.fixture
def chat(begin: Begin) -> Any:
    """A finished chat with a secret in every place that holds words."""

    def chat(probe_id: str, at: str) -> str:
        recorder = begin(id=probe_id, started_at=at, lease_until="2026-12-31T00:00:00.000Z", casino=probe_id.lower())
        start = epoch_ms(at)
        details: list[tuple[EventName, dict[str, Any]]] = [
            (EventName.STEP_OK, {"step": "chat.input", "ms": 12.5, "status": "ok"}),
            (EventName.ASKING, {}),
            (EventName.WIRE, {"via": "websocket", "direction": "in", "data": SECRET}),
            (EventName.MESSAGE, {"id": "f:1", "text": SECRET, "typing": False, "buttons": [SECRET], "changed_at": 7.5}),
            (EventName.QUEUE, {"text": SECRET, "position": 3, "over": True}),
        ]
        for number, (name, detail) in enumerate(details):
            recorder.add(Event(start + number, name, detail))
        message = {"seq": 0, "at": at, "at_ms": 5.0, "speaker": "human", "text": SECRET, "evidence": EVIDENCE}
        columns = {"outcome": "human_reply", "finished_at": at, "first_human_ms": 5.0}
        recorder.finish(columns, messages=[{**message, "confidence": 0.5}])
        return probe_id

    return chat


def test_words_are_emptied_and_numbers_stay(store: Store, chat: Any) -> None:
    """Of an old chat texts, frames and the words of evidence go; times, speakers, outcome, weights and steps stay."""
    before = store.probe(chat("01OLD", OLD))
    assert 1 == store.prune(LIMIT, NOW)
    after = store.probe("01OLD")
    assert {**before, "pruned_at": NOW, "messages": after["messages"], "events": after["events"]} == after
    evidence = [{"source": "text", "weight": 0.5, "speaker": "human"}]
    assert [{**before["messages"][0], "text": "", "evidence": evidence}] == after["messages"]
    assert [
        {"step": "chat.input", "ms": 12.5, "status": "ok"},
        None,
        None,
        {"id": "f:1", "typing": False, "changed_at": 7.5},
        {"position": 3, "over": True},
    ] == [event["detail"] for event in after["events"]]
    decided = store._connection.db.table("decisions").rows_where("probe_id = '01OLD'")
    assert [evidence] == [json.loads(row["evidence"]) for row in decided]
    assert [] == store.check(NOW)


def test_nothing_of_the_words_is_left_in_the_file(store: Store, chat: Any, path: Path) -> None:
    """Afterwards neither the file nor its log holds the words anywhere."""
    chat("01OLD", OLD)
    files = [path, path.with_name(f"{path.name}-wal")]
    assert any(SECRET.encode() in file.read_bytes() for file in files)
    store.prune(LIMIT, NOW)
    store.close()
    assert [] == [file for file in files if file.exists() and SECRET.encode() in file.read_bytes()]


def test_what_is_younger_or_still_runs_is_left_alone(store: Store, chat: Any, begin: Begin) -> None:
    """A young chat keeps its words, an open one is not touched, and a second time there is nothing to do."""
    chat("01OLD", OLD)
    young = store.probe(chat("01NEW", NEW))
    begin(id="01OPEN", started_at=OLD, casino="open", lease_until="2027-01-01T00:00:00.000Z")
    assert [1, 0] == [store.prune(LIMIT, NOW), store.prune(LIMIT, NOW)]
    assert (young, None) == (store.probe("01NEW"), store.probe("01OPEN")["pruned_at"])


def test_many_probes_go_in_batches(store: Store) -> None:
    """More probes than one batch holds are all emptied."""
    with store._connection.transaction() as db:
        rows = [
            {"id": f"01{n:04}", "casino": "c", "depth": "chat", "started_at": OLD, "outcome": "no_reply"}
            for n in range(450)
        ]
        db.table("probes").insert_all(rows)
    assert 450 == store.prune(LIMIT, NOW)


def test_damaged_json_is_emptied_altogether(store: Store, chat: Any) -> None:
    """What cannot be read cannot be kept in part."""
    chat("01OLD", OLD)
    with store._connection.transaction() as db:
        db.execute("UPDATE events SET detail = ? WHERE name = 'queue'", [f"{{{SECRET}"])
        db.execute("UPDATE messages SET evidence = ?", [f"[{SECRET}"])
    store.prune(LIMIT, NOW)
    probe = store.probe("01OLD")
    assert (None, None) == (probe["events"][-1]["detail"], probe["messages"][0]["evidence"])


def test_prune_command_goes_by_the_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`db prune` takes the days from the settings and says how many probes it touched."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CHATPROBE_LIMITS_TEXT_DAYS", "1")
    with Store.open(tmp_path / "c.db", create=True) as store:
        row = {"id": "01P", "casino": "c", "depth": "chat", "started_at": OLD}
        store.begin(row, NOW).finish({"outcome": "no_reply", "finished_at": OLD})
    said = [CliRunner().invoke(db_commands, ["prune", "--db", "c.db"]).stdout for _ in range(2)]
    assert [f"c.db: texts of {count} probes emptied, artifacts of 0 deleted\n" for count in (1, 0)] == said
