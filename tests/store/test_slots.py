"""Planned times: claimed once, closed with a reason, given up when their time is over."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from chatprobe.model import SlotReason
from chatprobe.store import Store

if TYPE_CHECKING:
    from tests.store.conftest import Begin

NOON = "2026-03-02T12:00:00.000Z"
ONE = "2026-03-02T13:00:00.000Z"
TWO = "2026-03-02T14:00:00.000Z"


def slot(name: str, planned_at: str = NOON, casino: str = "lucky", **columns: Any) -> dict[str, Any]:
    return {"id": name, "casino": casino, "depth": "presence", "planned_at": planned_at, **columns}


def states(store: Store) -> dict[str, tuple[str, str | None]]:
    """Status and reason by slot."""
    rows = store.slots.between("2026-01-01T00:00:00.000Z", "2027-01-01T00:00:00.000Z")
    return {row["id"]: (row["status"], row["reason"]) for row in rows}


def test_drawn_slots_wait_in_the_order_of_their_times(store: Store) -> None:
    """What was drawn is kept with all columns, due once its time has come, and not stored twice."""
    drawn = {"cell": 12, "mode": "even", "probability": 0.25, "seed": 7}
    assert 2 == store.slots.add([slot("B", ONE), slot("A", **drawn)])
    assert 1 == store.slots.add([slot("A", TWO), slot("C", TWO)])
    assert ["A", "B"] == [row["id"] for row in store.slots.due(TWO)]
    assert drawn == {name: store.slots.due(ONE)[0][name] for name in drawn}
    assert ["B"] == [row["id"] for row in store.slots.between(ONE, TWO, "lucky")]
    assert [] == store.slots.between(ONE, TWO, "other")


def test_slot_without_an_id_gets_one(store: Store) -> None:
    """The store numbers slots that come without an id, each with its own."""
    rows = [{"casino": "lucky", "depth": "chat", "planned_at": NOON} for _ in range(3)]
    assert 3 == store.slots.add(rows)
    assert {26} == {len(name) for name in states(store)}


def test_a_slot_that_nobody_will_go_to_is_stored_as_such(store: Store) -> None:
    """A draw that fell where no visit is allowed is kept with its reason, and is not due."""
    store.slots.add([slot("A", status="skipped", reason="blackout")])
    assert {"A": ("skipped", "blackout")} == states(store)
    assert [] == store.slots.due(TWO)


def test_nothing_drawn_is_nothing_stored(store: Store) -> None:
    """An empty plan is fine."""
    assert 0 == store.slots.add([])


def test_a_slot_is_claimed_once(store: Store, path: Path) -> None:
    """Of many that want a slot at once, from two connections, exactly one gets it."""
    store.slots.add([slot("A")])
    with Store.open(path) as other, ThreadPoolExecutor(8) as pool:
        won = list(pool.map(lambda n: (store, other)[n % 2].slots.claim("A", NOON), range(16)))
    assert 1 == sum(won)
    assert [("running", NOON)] == [(row["status"], row["claimed_at"]) for row in store.slots.between(NOON, ONE)]


def test_a_closed_slot_stays_closed(store: Store) -> None:
    """What is done, or was given up, can neither be claimed nor closed again."""
    store.slots.add([slot("A"), slot("B")])
    assert store.slots.claim("A", NOON)
    store.slots.done("A", "01P")
    store.slots.drop("A", SlotReason.OFFLINE)
    store.slots.drop("B", SlotReason.LAG)
    assert [False, False] == [store.slots.claim(name, NOON) for name in "AB"]
    assert {"A": ("done", None), "B": ("skipped", "lag")} == states(store)


@pytest.mark.parametrize(
    ("reason", "status"),
    [
        *[(reason, "missed") for reason in ("daemon_down", "overrun", "clock_jump", "offline")],
        *[(reason, "skipped") for reason in ("budget", "blackout", "opt_out", "paused", "lag")],
        *[(reason, "cancelled") for reason in ("plan_changed", "scenario_changed")],
    ],
)
def test_each_reason_has_its_status(store: Store, reason: str, status: str) -> None:
    """Missed is what we failed, skipped what we chose, cancelled what the plan no longer wants."""
    store.slots.add([slot("A")])
    store.slots.drop("A", SlotReason(reason))
    assert {"A": (status, reason)} == states(store)


def test_cancelling_touches_the_future_of_one_casino(store: Store) -> None:
    """Only waiting slots of that casino after the moment are cancelled."""
    store.slots.add([slot("past"), slot("next", TWO), slot("taken", TWO), slot("other", TWO, "other")])
    store.slots.claim("taken", ONE)
    assert 1 == store.slots.cancel("lucky", ONE, SlotReason.SCENARIO_CHANGED)
    assert {
        "past": ("planned", None),
        "next": ("cancelled", "scenario_changed"),
        "taken": ("running", None),
        "other": ("planned", None),
    } == states(store)


def test_past_slots_are_missed_for_the_reason_the_ledger_tells(store: Store) -> None:
    """What nobody started is an overrun while the daemon was alive, else the daemon was down."""
    store.uptime.beat("2026-03-02T12:30:00.000Z", "2026-03-02T13:30:00.000Z")
    store.slots.add([slot("down"), slot("alive", ONE), slot("ahead", TWO)])
    assert {"down", "alive"} == {row["id"] for row in store.slots.miss(TWO)}
    expected = {"down": ("missed", "daemon_down"), "alive": ("missed", "overrun"), "ahead": ("planned", None)}
    assert expected == states(store)


def test_claimed_slots_are_settled_after_a_crash(store: Store, begin: Begin) -> None:
    """A claimed slot is done where its probe is closed, missed where it never began, open while either may go on."""
    store.slots.add([slot(name) for name in ("over", "open", "never", "busy")])
    for name in ("over", "open", "never", "busy"):
        store.slots.claim(name, NOON)
    begin(id="01OVER", slot_id="over").finish({"outcome": "online", "finished_at": ONE})
    begin(id="01OPEN", slot_id="open", casino="other")
    assert 2 == store.slots.settle({"busy"}, SlotReason.DAEMON_DOWN)
    expected = {
        "over": ("done", None),
        "open": ("running", None),
        "never": ("missed", "daemon_down"),
        "busy": ("running", None),
    }
    assert expected == states(store)
    assert "01OVER" == next(row["probe_id"] for row in store.slots.between(NOON, ONE) if row["id"] == "over")
    assert [] == store.check("2026-03-02T10:01:00.000Z")
