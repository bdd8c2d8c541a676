"""What limits a slot."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from chatprobe.plan.budget import HOUR, MINUTE
from chatprobe.plan.dice import Dice
from chatprobe.plan.hours import Hour
from chatprobe.plan.room import Load, Neighbours, Tally, apart, moment
from tests.plan.helpers import most_within

AN_HOUR = Hour(0, int(HOUR), 0)


@settings(deadline=None)
@given(st.lists(st.integers(0, 60), max_size=12), st.integers(0, 60), st.integers(0, 4), st.integers(1, 20))
def test_tally_counts_every_stretch(times: list[int], at: int, most: int, span: int) -> None:
    """One more has room if no stretch that holds it, before, around or after, is then too full."""
    around = [time for time in times if abs(time - at) < span]
    fits = all(sum(end - span < time <= end for time in [*around, at]) <= most for end in range(at, at + span))
    assert fits == Tally([(most, span)], times).has_room(at)


@settings(deadline=None)
@given(st.integers(0, 5), st.integers(0, 30), st.integers(0, 2**40))
def test_tally_fills_up_to_its_limit(most: int, tries: int, seed: int) -> None:
    """What is added wherever there is room never exceeds the limit."""
    tally, dice = Tally([(most, 24.0), (2 * most, 72.0)]), Dice(seed, "tries")
    for _ in range(tries):
        at = dice.unit() * 200
        if tally.has_room(at):
            tally.add(at)
    assert most_within(tally.times, 24) <= most
    assert most_within(tally.times, 72) <= 2 * most


def test_load_counts_overlaps() -> None:
    """A visit has room where fewer than the limit overlap it, minute by minute."""
    load = Load(2)
    load.add(0, 10 * MINUTE)
    load.add(5 * MINUTE, 10 * MINUTE)
    starts = [minute for minute in range(-5, 20) if load.has_room(minute * MINUTE, 2 * MINUTE)]
    assert [*range(-5, 3), *range(11, 20)] == starts


def test_full_hour_has_no_moment() -> None:
    """An hour in which nothing fits gives no moment; one free minute is found."""
    assert moment(Dice(1, "full"), AN_HOUR, lambda at: False) is None
    found = moment(Dice(1, "free"), AN_HOUR, lambda at: 7 * MINUTE <= at < 8 * MINUTE)
    assert found is not None
    assert 7 == found // MINUTE


def test_gap_between_chats_is_kept_by_whole_hours() -> None:
    """An hour is apart from a time if its first and last moment are."""
    assert apart(AN_HOUR, [-2 * HOUR, 3 * HOUR], 2 * HOUR)
    assert not apart(AN_HOUR, [-2 * HOUR + 1], 2 * HOUR)
    assert not apart(AN_HOUR, [3 * HOUR - 1], 2 * HOUR)


def test_look_beside_very_long_chats() -> None:
    """Where a chat may last longer than the dial allows, looks keep clear of it in time only."""
    beside = Neighbours(100 * MINUTE, [-80 * MINUTE], [])
    at = next(at for fits in beside.clear(AN_HOUR) if (at := moment(Dice(1, "look"), AN_HOUR, fits)) is not None)
    assert 20 * MINUTE <= at < HOUR


@settings(deadline=None)
@given(
    st.lists(st.floats(0, 10), min_size=1, max_size=6).filter(lambda weights: sum(weights) > 0), st.integers(0, 2**40)
)
def test_no_weight_no_chance(weights: list[float], seed: int) -> None:
    """What has no weight is never drawn."""
    assert weights[Dice(seed, "weighted").weighted(weights)] > 0


def test_dice_are_fair() -> None:
    """Draws are uniform: 60 numbers, 60,000 draws, chi-square at one in a million."""
    dice = Dice(1, "fair")
    counts = Counter(dice.below(60) for _ in range(60_000))
    assert sum((counts[number] - 1000) ** 2 / 1000 for number in range(60)) < 124


def test_dice_are_pinned() -> None:
    """The same name gives the same numbers on every machine and in every version."""
    dice = Dice(1, "lucky", "phase")
    assert [0.1329, 0.3341, 0.5076] == [round(dice.unit(), 4) for _ in range(3)]
