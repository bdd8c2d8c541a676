"""Looks at the launcher: evenness, gaps, clocks that change."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatprobe.plan.budget import DAY, HOUR, WEEK
from chatprobe.plan.desk import Desk, House
from chatprobe.plan.draw import Drawn, Past, draw
from chatprobe.plan.hours import hour_at
from chatprobe.plan.room import BEFORE_CHAT_MS, BETWEEN_LOOKS_MS
from chatprobe.plan.slot import Slot
from chatprobe.times import epoch_ms
from tests.plan.helpers import HUNTED, MONDAY, ZONES, gaps, looks, planned, surveys, times

SEEDS = st.integers(0, 2**63)


@settings(max_examples=40, deadline=None)
@given(SEEDS, st.integers(1, 24), st.integers(1, 7), st.integers(0, 6))
def test_every_hour_of_the_week_as_often(seed: int, a_day: int, weeks: int, weekday: int) -> None:
    """Over whole weeks no hour of the week is met more than once more than another."""
    desk = Desk("lucky", presence_per_day=a_day)
    slots = looks(planned(desk, MONDAY + weekday * DAY, weeks, seed=seed).slots)
    assert weeks * 7 * a_day == len(slots)
    assert spread(slots) <= 1


@settings(max_examples=40, deadline=None)
@given(SEEDS, st.integers(1, 24), st.integers(1, 7), st.integers(0, 167), st.sampled_from(ZONES))
def test_plan_that_begins_within_a_day(seed: int, a_day: int, weeks: int, later: int, zone: str) -> None:
    """That holds from whatever hour the plan began at."""
    begun = hour_at(zone, MONDAY - 5 * WEEK + later * HOUR).start
    slots = planned(Desk("lucky", zone, presence_per_day=a_day, begun=begun), begun, weeks, seed=seed).slots
    assert weeks * 7 * a_day == len(looks(slots))
    assert spread(looks(slots)) <= 1


@settings(max_examples=40, deadline=None)
@given(SEEDS, st.sampled_from([1, 2, 3, 4, 6, 8, 12, 24]), st.integers(1, 7), st.floats(0, 168))
def test_plan_that_begins_within_an_hour(seed: int, a_day: int, weeks: int, later: float) -> None:
    """The hour in which a plan begins is cut in two: it may be one look behind the others."""
    begun = MONDAY + later * HOUR
    slots = planned(Desk("lucky", presence_per_day=a_day, begun=begun), begun, weeks, seed=seed).slots
    assert spread(looks(slots)) <= 2


@settings(max_examples=40, deadline=None)
@given(SEEDS, st.sampled_from([8, 24]), st.floats(0, 168), st.floats(0, 1))
def test_plan_drawn_again_within_the_hour(seed: int, a_day: int, later: float, after: float) -> None:
    """A look that was over when the plan began does not come back when the plan is drawn again."""
    desk, now = Desk("lucky", "Europe/Paris", presence_per_day=a_day), MONDAY + later * HOUR
    rows = [slot.row() for slot in draw([desk], Past(), House(), seed, now, now + 2 * DAY).slots]
    again = draw([desk], Past(rows), House(), seed, now + after * HOUR, now + 2 * DAY)
    assert Drawn([], [], []) == again


def spread(slots: list[Slot]) -> int:
    """How much more often one hour of the week is met than another."""
    counts = Counter(slot.cell for slot in slots)
    return max(counts.values()) - min(counts[cell] for cell in range(168))


@settings(max_examples=20, deadline=None)
@given(SEEDS, st.sampled_from([3, 8, 24]), st.sampled_from(ZONES))
def test_looks_keep_clear(seed: int, a_day: int, zone: str) -> None:
    """Looks are five minutes from each other; none begins shortly before a chat or while one may last."""
    desk = Desk("lucky", zone, presence_per_day=a_day, hunted=HUNTED.hunted)
    slots = planned(desk, weeks=2, seed=seed).slots
    at, chats = times(looks(slots)), times(slot for slot in slots if slot.depth == "chat")
    assert min(gaps(at)) >= BETWEEN_LOOKS_MS
    assert [] == [look for look in at for chat in chats if -BEFORE_CHAT_MS < look - chat < desk.chat_ms]


@pytest.mark.parametrize("a_day", [8, 24])
def test_no_minute_is_favoured(a_day: int) -> None:
    """Minutes of the hour are uniform, whatever gaps to neighbours forbid (chi-square, 59 degrees, p = 1e-6)."""
    desks = [Desk(f"casino-{number}", presence_per_day=a_day) for number in range(12)]
    minutes = Counter(slot.at // 60_000 % 60 for slot in looks(planned(desks, weeks=10).slots))
    expected = minutes.total() / 60
    assert sum((minutes[minute] - expected) ** 2 / expected for minute in range(60)) < 124


def test_no_fixed_phase() -> None:
    """From one hour to the next the minute changes freely: 60 looks in a row use most of the dial in every order."""
    at = times(looks(planned(Desk("lucky", presence_per_day=24), weeks=1).slots))
    steps = [step // 60_000 % 60 for step in gaps(at)]
    assert len(set(steps)) > 45


@pytest.mark.parametrize(
    ("zone", "monday", "change", "left_out"),
    [
        ("Europe/Paris", "2026-03-23T00:00:00+01:00", -1, 6 * 24 + 2),
        ("Europe/Paris", "2026-10-19T00:00:00+02:00", 1, None),
        ("America/New_York", "2026-03-02T00:00:00-05:00", -1, 6 * 24 + 2),
        ("America/New_York", "2026-10-26T00:00:00-04:00", 1, None),
        ("Australia/Lord_Howe", "2026-09-28T00:00:00+10:30", -0.5, None),
        ("Australia/Lord_Howe", "2026-03-30T00:00:00+11:00", 0.5, None),
        ("America/Sao_Paulo", "2018-10-29T00:00:00-03:00", -1, 6 * 24),
        ("America/Sao_Paulo", "2018-02-12T00:00:00-02:00", 1, None),
    ],
)
def test_week_in_which_clocks_change(zone: str, monday: str, change: float, left_out: int | None) -> None:
    """Hourly looks meet each hour of that week once: a repeated one not twice, one left out not at all."""
    start = epoch_ms(monday)
    week = looks(planned(Desk("lucky", zone, presence_per_day=24), start, 1 + change / 168).slots)
    met = Counter(slot.cell for slot in week)
    assert dict.fromkeys(set(range(168)) - {left_out}, 1) == met


def test_chance_of_an_hour() -> None:
    """The stored probability is the share of seeds that look at an hour: a third for eight looks a day."""
    desk, hour, seeds = Desk("lucky", presence_per_day=8), range(int(MONDAY + 9 * HOUR), int(MONDAY + 10 * HOUR)), 400
    drawn = [looks(planned(desk, weeks=1 / 7, seed=seed).slots) for seed in range(seeds)]
    assert {1 / 3} == {slot.probability for slots in drawn for slot in slots}
    hits = sum(any(slot.at in hour for slot in slots) for slots in drawn)
    assert abs(hits / seeds - 1 / 3) < 4.5 * (2 / 9 / seeds) ** 0.5


def test_opening_hours_do_not_limit_looks() -> None:
    """A casino that promises office hours is looked at day and night all the same."""
    office = frozenset(day * 24 + hour for day in range(5) for hour in range(9, 17))
    slots = planned(Desk("lucky", hunted=office), weeks=6).slots
    assert 168 == len({slot.cell for slot in looks(slots)})
    assert 24 == len({slot.cell % 24 for slot in surveys(slots)})
    assert DAY < max(slot.at for slot in slots) - MONDAY
