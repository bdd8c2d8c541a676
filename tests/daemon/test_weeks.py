"""Weeks of the whole daemon in seconds: under a clock that is data, at desks that keep shifts."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Any

import pytest

from chatprobe.daemon.keeper import Keeper
from chatprobe.daemon.planner import Planner
from chatprobe.lab.casinos import CASINOS
from chatprobe.lab.clock import hour_of_day
from chatprobe.model import Depth, Outcome
from chatprobe.plan.budget import DAY, HOUR, WEEK
from chatprobe.settings import Limits
from chatprobe.times import epoch_ms, iso
from tests.daemon.conftest import House, write
from tests.plan.helpers import gaps, most_within

CURFEW = next(casino for casino in CASINOS if casino.name == "curfew")
BEGIN = epoch_ms("2026-03-02T00:00:00.000Z")
"""Clocks change on 8 March in New York, on 29 March in Paris."""
PROMISE = "timezone: {zone}\nclaims: {{hours: 24/7}}\n"
WEEKS = 4


async def live(house: House, planner: Planner, until: float) -> None:
    """Let time pass from slot to slot, as fast as the machine can; `curfew`'s shifts say who answers."""
    while house.clock.now < until:
        waiting = house.store.slots.due(iso(until))
        following = epoch_ms(waiting[0]["planned_at"]) if waiting else until
        house.clock.run(max(0.0, min(following, until) - house.clock.now))
        closed = bool(CURFEW.at(hour_of_day(house.clock.now)).widget.before)
        is_look = bool(waiting) and waiting[0]["depth"] == Depth.PRESENCE
        house.dispatch.outcome = Outcome.ONLINE if is_look else Outcome.OFFLINE if closed else Outcome.HUMAN_REPLY
        await house.fire()


def chats_at(rows: list[dict[str, Any]], casino: str) -> list[float]:
    done = [row for row in rows if (row["casino"], row["depth"], row["status"]) == (casino, "chat", "done")]
    return sorted(epoch_ms(row["planned_at"]) for row in done)


@pytest.mark.slow
async def test_four_weeks_across_both_changes_of_clocks(house: House) -> None:
    """Every slot ends done; hours are covered evenly, caps are kept, and the hunt finds the hours that are closed."""
    for casino, zone in (("lucky", "Europe/Paris"), ("monte", "America/New_York")):
        write(house.folder.path, casino, PROMISE.format(zone=zone))
    house.clock.now = BEGIN
    planner = Planner(house.store, house.folder, house.clock, seed=5)
    house.worker.chat_ended = planner.chat_ended
    house.keeper = Keeper(house.store, house.folder, house.gate, planner, house.state)
    house.keeper.limits, house.keeper.anew = Limits(disk_free_mb=0), True
    await asyncio.to_thread(house.keeper.round)
    await live(house, planner, BEGIN + WEEKS * WEEK)
    rows = house.store.slots.between(iso(BEGIN), iso(BEGIN + WEEKS * WEEK))
    ends = Counter((row["status"], row["reason"]) for row in rows)
    assert {("done", None), ("cancelled", "plan_changed")} >= set(ends)
    assert len({row["probe_id"] for row in rows if row["probe_id"]}) == ends["done", None]
    for casino in ("lucky", "monte"):
        looks = Counter(
            row["cell"] for row in rows if (row["casino"], row["depth"], row["status"]) == (casino, "presence", "done")
        )
        assert (168, True) == (len(looks), max(looks.values()) - min(looks.values()) <= 2)
        chats = chats_at(rows, casino)
        assert most_within(chats, DAY) <= 3
        assert most_within(chats, WEEK) <= 10
        assert min(gaps(chats)) >= 2 * HOUR
        hunts = [row for row in rows if (row["casino"], row["mode"], row["status"]) == (casino, "adaptive", "done")]
        night = [row for row in hunts if CURFEW.at(hour_of_day(epoch_ms(row["planned_at"]))).widget.before]
        assert len(night) >= 4
    assert [] == house.store.check(iso(house.clock.now))
