"""The plan finds out what it is for: casinos with a hole, simulated as in the benchmark."""

from __future__ import annotations

from statistics import median

import pytest

from benchmarks import quick
from benchmarks.plan import play
from benchmarks.plan_world import World
from chatprobe.plan import belief

RUNS, DAYS = 60, 56
HONEST, ONLINE = World("honest"), World("always online", honest=False)


@pytest.fixture(autouse=True)
def _hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(belief, "_odds", quick.odds)


@pytest.mark.slow
@pytest.mark.parametrize(("world", "most"), [(HONEST, 16), (ONLINE, 20)])
def test_hunt_finds_a_hole_soon(world: World, most: int) -> None:
    """A daily hole of 4 hours is found after few chats in the median, by day 21 in most runs, within the caps."""
    row = play(world, "ours", RUNS, DAYS)
    assert row.median <= most
    assert row.share(21) >= (0.93 if world.honest else 0.85)
    assert max(one.most_in_week for one in row.found) <= 10
    assert max(one.most_in_day for one in row.found) <= 3


@pytest.mark.slow
def test_even_chats_alone_are_slow() -> None:
    """A stratified plan needs more than twice as many: the hunt is worth its trouble."""
    row = play(HONEST, "stratified", RUNS, 3 * DAYS)
    assert median(one.chats or 999 for one in row.found) >= 35
