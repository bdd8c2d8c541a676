"""What makes the benchmarks quick changes none of their figures."""

from __future__ import annotations

import random

import pytest

from benchmarks import quick
from benchmarks.court import Judge, tried
from benchmarks.plan_world import START, Casino, World, follow, held, stratified
from chatprobe.plan import belief


@pytest.mark.parametrize("seed", range(3))
def test_the_belief_with_numpy_is_the_plans(seed: int) -> None:
    """Odds of a day's hours agree to nine places, with and without looks and chats."""
    luck = random.Random(seed)

    def pairs(most: int) -> tuple[tuple[int, int], ...]:
        return tuple((cell, luck.randint(1, 3)) for cell in sorted(luck.sample(range(168), luck.randint(0, most))))

    signs = tuple((cell, luck.uniform(-2, 3)) for cell, _ in pairs(60))
    evidence = belief._Evidence(pairs(40), pairs(9), signs)
    cells = tuple((30 + 40 * seed + hour) % 168 for hour in range(24))
    assert belief._odds(evidence, cells) == pytest.approx(quick.odds(evidence, cells), abs=1e-9)


def test_judging_at_misses_is_judging_at_every_chat() -> None:
    """The judge that waits for the next miss contradicts after the same chat as one trial of the whole series."""
    world = World("hole")
    for run in range(3):
        found = follow(Casino(world, run), "stratified", 70)
        chats = list(held(Casino(world, run), stratified(Casino(world, run), 70)))
        whole = tried(chats)
        assert found.chats == (None if whole.contradicted is None else whole.contradicted.row + 1)


def test_outages_take_their_share() -> None:
    """Stretches of the wanted length fill the wanted share of the time."""
    casino = Casino(World("blips", hole_hours=0, outage_hours=1.5), 1)
    minutes = [at * 60_000.0 for at in range(0, 140 * 24 * 60, 7)]
    assert sum(casino.out(START + at) for at in minutes) / len(minutes) == pytest.approx(0.15, abs=0.02)
    assert {1.5} == {round((end - begin) / 3_600_000, 6) for begin, end in casino.outages}
    assert not Judge().hear(casino.chat(START, START))
