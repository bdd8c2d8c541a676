"""A casino's hours as stretches of real time."""

from __future__ import annotations

from datetime import date
from zoneinfo import available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatprobe.plan.budget import DAY, HOUR, MINUTE
from chatprobe.plan.cells import cell
from chatprobe.plan.hours import hour_at, hours_between, hours_of_day
from chatprobe.times import epoch_ms

SOME_TIME = st.integers(int(epoch_ms("1990-01-01T00:00:00Z")), int(epoch_ms("2037-01-01T00:00:00Z")))
ANY_ZONE = st.sampled_from(sorted(zone for zone in available_timezones() if "/" in zone))


@settings(deadline=None)
@given(ANY_ZONE, SOME_TIME)
def test_hours_tile_time(zone: str, at: int) -> None:
    """Whatever the clocks of a zone do, its hours follow each other without gap or overlap."""
    hours = hours_between(zone, at, at + 5 * DAY)
    assert [hour.end for hour in hours[:-1]] == [hour.start for hour in hours[1:]]
    assert hours[0].start - at <= 2 * HOUR


@settings(deadline=None)
@given(ANY_ZONE, SOME_TIME)
def test_hour_of_a_moment(zone: str, at: int) -> None:
    """The hour of a moment holds it and has its cell, from the first to the last millisecond."""
    hour = hour_at(zone, at)
    assert hour.start <= at < hour.end
    assert [hour.cell] * 3 == [cell(moment, zone) for moment in (at, hour.start, hour.end - 1)]


def lengths(zone: str, day: str) -> dict[int, float]:
    """Minutes of each hour of a day."""
    return {
        hour.clock: (hour.end - hour.start) / MINUTE for hour in hours_of_day(zone, date.fromisoformat(day).toordinal())
    }


@pytest.mark.parametrize(
    ("zone", "day", "unusual"),
    [
        ("UTC", "2026-03-29", {}),
        ("Europe/Paris", "2026-03-29", {2: None}),
        ("Europe/Paris", "2026-10-25", {2: 120}),
        ("America/New_York", "2026-03-08", {2: None}),
        ("America/New_York", "2026-11-01", {1: 120}),
        ("Australia/Lord_Howe", "2026-10-04", {2: 30}),
        ("Australia/Lord_Howe", "2026-04-05", {1: 90}),
        ("America/Sao_Paulo", "2018-11-04", {0: None}),
        ("America/Sao_Paulo", "2018-02-17", {23: 120}),
    ],
)
def test_change_of_clocks(zone: str, day: str, unusual: dict[int, int | None]) -> None:
    """An hour that clocks leave out is not there, one they repeat is one long hour."""
    usual = {**dict.fromkeys(range(24), 60), **unusual}
    assert {clock: length for clock, length in usual.items() if length} == lengths(zone, day)


def test_skipped_day() -> None:
    """A day that a zone left out of its calendar has no hours."""
    assert {} == lengths("Pacific/Apia", "2011-12-30")
