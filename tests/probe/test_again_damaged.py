"""Deciding again where the database is damaged or its key is gone: that probe's trouble alone, and said."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatprobe.errors import MissingKey
from chatprobe.model import Speaker
from chatprobe.probe.again import correct, decide_again
from chatprobe.probe.basis import kept_basis
from chatprobe.store.store import Store
from tests.probe.stored import HUMAN, row, visited

ANSWER = "Two days at most."


@pytest.mark.parametrize("table", ["messages", "decisions"])
def test_a_damaged_speaker_is_that_probes_trouble_alone(store: Store, tmp_path: Path, table: str) -> None:
    """Where a speaker is none of the list, the probe is left as it is and says why."""
    probe_id = visited(store, tmp_path, [row("a", 5, ANSWER)])
    store._connection.db.execute(f"UPDATE {table} SET speaker = 'alien' WHERE seq = 1")
    assert "message 1 is damaged: its speaker is none" == decide_again(store, probe_id, kept_basis(store)).problem


def test_a_damaged_time_of_one_day_stops_no_other(store: Store, tmp_path: Path) -> None:
    """What another day's probe heard is left out where its times cannot be read."""
    other = visited(store, tmp_path, [row("a", 5, ANSWER)], started_at="2026-03-01T10:00:00.000Z")
    probe_id = visited(store, tmp_path, [row("a", 5, ANSWER)])
    store._connection.db.execute("UPDATE probes SET asked_at = 'noon' WHERE id = ?", [other])
    assert decide_again(store, probe_id, kept_basis(store)).problem is None


@pytest.mark.parametrize("damage", ["$.region", "$.text"])
def test_an_answer_that_does_not_come_back_stays(store: Store, tmp_path: Path, damage: str) -> None:
    """Where the event of a stored message lost what it rests on, no answer becomes none: facts are no longer kept."""
    probe_id = visited(store, tmp_path, [row("a", 5, ANSWER, **HUMAN)])
    lost = "UPDATE events SET detail = json_set(detail, ?, 'gone') WHERE name = 'message' AND detail LIKE '%Two days%'"
    kept = lost if damage == "$.region" else lost.replace("json_set(detail, ?, 'gone')", "json_remove(detail, ?)")
    store._connection.db.execute(kept, [damage])
    assert "facts no longer kept" in (decide_again(store, probe_id, kept_basis(store)).problem or "")
    assert "human_reply" == store.probe(probe_id)["outcome"]


def test_a_missing_key_is_never_replaced_by_looking(tmp_path: Path) -> None:
    """Without its key a database is not decided again, a person's word still counts, and only a visit makes a key."""
    with Store.open(tmp_path / "x.db", create=True) as store:
        probe_id = visited(store, tmp_path, [row("a", 5, ANSWER)])
    (tmp_path / "x.db.key").unlink()
    with Store.open(tmp_path / "x.db") as store:
        with pytest.raises(MissingKey) as missing:
            decide_again(store, probe_id, kept_basis(store), dry_run=True)
        assert "copy x.db.key beside x.db" == missing.value.hint
        correct(store, probe_id, {1: Speaker.BOT}, "ada", kept_basis(store))
        speakers = [one["speaker"] for one in store.probe(probe_id)["messages"]]
        assert (["visitor", "bot"], False) == (speakers, (tmp_path / "x.db.key").exists())
        visited(store, tmp_path, [row("a", 5, ANSWER)])
        assert (tmp_path / "x.db.key").exists()
