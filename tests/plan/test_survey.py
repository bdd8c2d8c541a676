"""The survey's chats: evenness, manners, independence of outcomes."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatprobe.plan.budget import DAY, HOUR, WEEK, Caps
from chatprobe.plan.desk import Desk
from chatprobe.plan.draw import Past
from chatprobe.plan.room import Load
from chatprobe.plan.seen import Seen
from chatprobe.plan.survey import Survey
from tests.plan.helpers import EVERY_HOUR, HUNTED, MONDAY, QUIET, ZONES, most_within, planned, probe_row, surveys, times

SEEDS = st.integers(0, 2**63)


@settings(max_examples=40, deadline=None)
@given(SEEDS, st.sampled_from([HUNTED, QUIET]), st.integers(1, 12))
def test_every_hour_of_the_day_as_often(seed: int, desk: Desk, weeks: int) -> None:
    """No hour of the day is met more than once more than another."""
    clocks = Counter(slot.cell % 24 for slot in surveys(planned(desk, weeks=weeks, seed=seed).slots))
    assert max(clocks.values()) - min(clocks[clock] for clock in range(24)) <= 1


@settings(max_examples=40, deadline=None)
@given(SEEDS, st.sampled_from(ZONES), st.booleans())
def test_manners(seed: int, zone: str, hunted: bool) -> None:
    """Two hours apart; beside a hunt at most 5 in any week and 2 in any day, so that 5 and 1 are left for it."""
    desk = Desk("lucky", zone, hunted=EVERY_HOUR if hunted else frozenset())
    at = times(surveys(planned(desk, weeks=8, seed=seed).slots))
    assert min(after - before for before, after in pairwise(at)) >= 2 * HOUR
    assert most_within(at, WEEK) <= (5 if hunted else 7)
    assert most_within(at, DAY) <= 2


def test_one_in_each_42_hours() -> None:
    """Beside a hunt there is one survey chat in each of the four parts of a week."""
    at = times(surveys(planned(HUNTED, weeks=26).slots))
    (phase,) = [
        p for p in range(42) if set(Counter(int((t - p * HOUR) // (42 * HOUR)) for t in at).values()) == {1}
    ] or [-1]
    assert phase >= 0


def test_hours_of_the_week_even_out() -> None:
    """In the long run the hours of the week are met alike too."""
    survey = Survey(HUNTED, 1, [])
    cells = Counter(slot.cell for slot in survey.draw(MONDAY, MONDAY + 84 * WEEK, Load(9)))
    assert (1, 3) == (min(cells[cell] for cell in range(168)), max(cells.values()))


@settings(max_examples=15, deadline=None)
@given(
    SEEDS, st.lists(st.sampled_from(["human_reply", "offline", "no_reply", "probe_fault"]), min_size=30, max_size=30)
)
def test_outcomes_do_not_bend_it(seed: int, outcomes: list[str]) -> None:
    """Whatever chats found, the survey's slots of the weeks to come are the same to the millisecond."""
    first = planned(HUNTED, weeks=2, seed=seed)
    rows = [slot.row() for slot in first.slots]
    chats = [slot for slot in first.slots if slot.depth == "chat"]
    found = [probe_row(slot.at, slot.cell, outcome=how) for slot, how in zip(chats, outcomes, strict=False)]
    now = MONDAY + 2 * WEEK
    plain = planned(HUNTED, now, 2, seed=seed, past=Past(rows))
    told = planned(HUNTED, now, 2, seed=seed, past=Past(rows, {"lucky": Seen.of(found)}))
    assert surveys(plain.slots) == surveys(told.slots)


def test_chance_of_an_hour_is_right() -> None:
    """Weighing each chat by the inverse of its probability estimates any total over hours without bias.

    Each of a fortnight's hours has a value; 1,500 seeds draw the survey. The mean estimate is the true total within 4.5
    standard errors, both for values that grow with time and for one single hour, the hardest to hit.
    """
    hours = 14 * 24
    for value in (float, lambda hour: float(hour == 41)):
        estimates = []
        for seed in range(1500):
            drawn = Survey(HUNTED, seed, []).draw(MONDAY, MONDAY + hours * HOUR, Load(9))
            estimates.append(
                sum(value(int((s.at - MONDAY) // HOUR)) / s.probability for s in drawn if s.at < MONDAY + hours * HOUR)
            )
        mean = sum(estimates) / len(estimates)
        error = (sum((one - mean) ** 2 for one in estimates) / len(estimates) ** 2) ** 0.5
        assert abs(mean - sum(map(value, range(hours)))) < 4.5 * error


@pytest.mark.parametrize(("a_day", "a_week"), [(1, 1), (1, 2), (1, 10), (2, 3), (3, 5), (3, 10), (0, 10), (3, 0)])
def test_lower_caps_hold(a_day: int, a_week: int) -> None:
    """Caps that a scenario lowers hold in any day and any week, with the hunt or without."""
    for hunted in (EVERY_HOUR, frozenset[int]()):
        desk = Desk("lucky", caps=Caps(a_day, a_week), hunted=hunted)
        drawn = planned(desk, weeks=8)
        at = times(slot for slot in (*drawn.slots, *drawn.projected) if slot.depth == "chat")
        assert most_within(at, DAY) <= a_day
        assert most_within(at, WEEK) <= a_week
        assert bool(at) == (min(a_day, a_week) > 0)


def test_agents_time_is_a_cap() -> None:
    """A week's chats may together take no more of agents' time than allowed, each counted in full."""
    desk = Desk("lucky", caps=Caps(agent_ms_per_week=30 * 60_000), hunted=EVERY_HOUR)
    drawn = planned(desk, weeks=8)
    assert 5 == most_within(times(slot for slot in (*drawn.slots, *drawn.projected) if slot.depth == "chat"), WEEK)


def test_minutes_of_chats_are_uniform() -> None:
    """No minute of the hour is favoured by survey or hunt (chi-square, 59 degrees, p = 1e-6)."""
    drawn = planned([replace(HUNTED, casino=f"casino-{number}") for number in range(60)], weeks=8)
    chats = [slot for slot in (*drawn.slots, *drawn.projected) if slot.depth == "chat"]
    minutes = Counter(slot.at // 60_000 % 60 for slot in chats)
    expected = len(chats) / 60
    assert len(chats) > 60 * 8 * 8
    assert sum((minutes[minute] - expected) ** 2 / expected for minute in range(60)) < 124
