"""What is looked after in every round."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from chatprobe.daemon.keeper import Keeper
from chatprobe.plan.desk import House as Manners
from chatprobe.times import iso
from tests.daemon.conftest import MINUTE, House, write

HOUR = 60 * MINUTE


async def test_a_start_after_a_crash_leaves_nothing_open(house: House) -> None:
    """Probes become interrupted and their slots done; slots claimed without a probe, and past ones, are missed."""
    house.slot("probed", after_ms=-20 * MINUTE)
    house.slot("claimed", after_ms=-10 * MINUTE)
    house.slot("past", after_ms=-3 * HOUR)
    house.slot("just now", after_ms=-1)
    house.slot("ahead", after_ms=MINUTE)
    house.slot("asked not to", "monte", after_ms=-HOUR)
    for name in ("probed", "claimed"):
        house.store.slots.claim(name, iso(house.clock.now))
    row = {"id": "01P", "casino": "lucky", "depth": "chat", "slot_id": "probed"}
    house.store.begin({**row, "started_at": iso(house.clock.now - 20 * MINUTE)}, iso(house.clock.now - MINUTE))
    house.gate.house = Manners(opted_out=frozenset({"monte"}))
    Keeper(house.store, house.folder, house.gate, None, house.state).start()
    assert {
        "probed": ("done", None),
        "claimed": ("missed", "daemon_down"),
        "past": ("missed", "daemon_down"),
        "just now": ("missed", "daemon_down"),
        "ahead": ("planned", None),
        "asked not to": ("skipped", "opt_out"),
    } == house.ends()
    assert "interrupted" == house.store.probe("01P")["outcome"]
    assert [] == house.store.check(iso(house.clock.now))
    assert [(1, 2, 2)] == [(one["probes"], one["claimed"], one["missed"]) for one in house.events("daemon_recovered")]


async def test_a_clock_set_forward_misses_what_it_jumped_over(house: House) -> None:
    """Two hours forward: what lay between is missed for that reason, nothing is caught up, what comes after is done."""
    house.keeper.round()
    house.slot("over", after_ms=HOUR)
    house.slot("after", after_ms=2 * HOUR + MINUTE)
    house.clock.run(5_000)
    house.clock.set(2 * HOUR)
    await house.fire()
    house.clock.run(MINUTE)
    await house.fire()
    assert {"over": ("missed", "clock_jump"), "after": ("done", None)} == house.ends()
    assert [7200] == [one["seconds"] for one in house.events("clock_jumped")]


async def test_a_clock_set_back_brings_no_slot_back(house: House) -> None:
    """Two hours back: what was done stays done, what was ahead still is, and is done when its time comes."""
    house.slot("done")
    house.slot("ahead", after_ms=HOUR)
    await house.fire()
    house.clock.set(-2 * HOUR)
    await house.fire()
    assert {"done": ("done", None), "ahead": ("planned", None)} == house.ends()
    for _ in range(36):
        house.clock.run(5 * MINUTE)
        await house.fire()
    assert {"done": ("done", None), "ahead": ("done", None)} == house.ends()
    assert 2 == len(house.dispatch.errands)


@pytest.mark.parametrize("hours", [2, -2])
async def test_a_clock_that_is_set_ends_no_probe(house: House, hours: int) -> None:
    """What runs while the clock is set goes on, although by the clock its lease is long over, and its slot is done."""
    house.dispatch.hold = True
    house.slot("A")
    await house.fire()
    house.clock.run(5_000)
    house.clock.set(hours * HOUR)
    house.keeper.round()
    assert None is house.store.probe("last")["outcome"]
    await house.let_go()
    assert ({"A": ("done", None)}, "human_reply") == (house.ends(), house.store.probe("last")["outcome"])


async def test_a_machine_that_slept_was_down(house: House) -> None:
    """Hours in which both clocks ran on without a round are no jump: their slots are missed as down."""
    house.keeper.round()
    house.slot("slept over", after_ms=HOUR)
    house.clock.run(2 * HOUR)
    house.keeper.round()
    assert {"slept over": ("missed", "daemon_down")} == house.ends()
    assert [] == house.events("clock_jumped")


async def test_heartbeats_make_the_ledger(house: House) -> None:
    """Rounds lengthen one stretch; a gap and a clock that was set each begin another."""
    for passed in (0, 5_000, 30_000, 30_000, HOUR, 30_000, 30_000):
        house.clock.run(passed)
        house.keeper.round()
    house.clock.set(HOUR)
    house.keeper.round()
    with house.store._connection.reading() as db:
        ledger = list(db.query("SELECT from_at, to_at FROM uptime ORDER BY from_at"))
    noon = house.clock.now - 2 * HOUR - 125_000
    assert [
        {"from_at": iso(noon + begun), "to_at": iso(noon + ended)}
        for begun, ended in ((0, 65_000), (65_000 + HOUR, 125_000 + HOUR), (125_000 + 2 * HOUR, 125_000 + 2 * HOUR))
    ] == ledger


async def test_scenario_edits_are_told(house: House) -> None:
    """A good edit, a bad one and a deleted file are each told once, two rounds after they came to rest."""
    write(house.folder.path, "new")
    (house.folder.path / "lucky.yaml").write_text("casino: lucky\n", encoding="utf-8")
    (house.folder.path / "monte.yaml").unlink()
    for _ in range(4):
        house.keeper.round()
    assert ["lucky", "monte", "new"] == [one["casino"] for one in house.events("scenario_taken")]
    assert ["monte"] == [one["casino"] for one in house.events("scenario_gone")]
    assert 2 == len(house.events("scenario_refused"))
    assert {"lucky", "new"} == set(house.folder.scenarios)


async def test_a_locked_database_is_said_once_and_waited_for(house: House) -> None:
    """While another process holds the database rounds find nothing to do; afterwards the slot is done in time."""
    house.slot("A")
    with house.store._connection.reading() as db:
        db.execute("PRAGMA busy_timeout = 20")
    with closing(sqlite3.connect(house.store.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        for _ in range(3):
            await house.fire()
        assert ({"A": ("planned", None)}, ["database"]) == (house.ends(), list(house.state.troubles))
        other.execute("ROLLBACK")
    house.clock.run(MINUTE)
    await house.fire()
    assert ({"A": ("done", None)}, {}) == (house.ends(), house.state.troubles)
    assert (1, 1) == (len(house.events("trouble")), len(house.events("trouble_over")))


async def test_a_slot_claimed_during_a_round_is_not_given_up(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a worker takes while the round is under way is the worker's."""
    house.slot("A")
    real = house.store.recover

    def recover(now: str) -> list[str]:
        house.state.running["A"] = "lucky"
        assert house.store.slots.claim("A", now)
        return real(now)

    monkeypatch.setattr(house.store, "recover", recover)
    house.keeper.round()
    assert {"A": ("running", None)} == house.ends()


async def test_slots_come_up_ten_minutes_before_their_time(house: House) -> None:
    """A round hands on what is due within ten minutes, and not what is being worked on."""
    house.slot("soon", after_ms=9 * MINUTE)
    house.slot("later", after_ms=11 * MINUTE)
    assert ["soon"] == [slot["id"] for slot in house.keeper.round() or []]
    house.state.running["soon"] = "lucky"
    assert [] == house.keeper.round()
