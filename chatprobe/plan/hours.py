"""A casino's hours on its own clocks, as stretches of real time: none lost, none met twice, whatever the clocks do."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from chatprobe.plan.budget import HOUR
from chatprobe.plan.cells import cell

HOUR_MS = int(HOUR)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MS = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Hour:
    """One hour of the week, once it happens.

    60 minutes, but where clocks change: the hour they repeat in autumn is one stretch of 120 minutes, the one they
    leave out in spring is not there, and zones that shift by half an hour have hours of 30 and 90.
    """

    start: int
    """Epoch ms."""
    end: int
    """Epoch ms, exclusive."""
    cell: int
    """Hour of the week, 0-167."""

    @property
    def clock(self) -> int:
        """Hour of the day, 0-23."""
        return self.cell % 24


def local_day(timezone: str, at: float) -> int:
    """The day of `at` (epoch ms) on the calendar of `timezone`, as `date.toordinal` counts."""
    return (_EPOCH + at * _MS).astimezone(ZoneInfo(timezone)).toordinal()


@lru_cache(maxsize=20_000)
def hours_of_day(timezone: str, ordinal: int) -> tuple[Hour, ...]:
    """The hours of one day of `timezone`, in order, without gap or overlap; none of a day a zone skipped."""
    zone = ZoneInfo(timezone)
    at, midnight = _midnight(zone, ordinal), _midnight(zone, ordinal + 1)
    hours: list[Hour] = []
    while at < midnight:
        upto = min(_next_hour(zone, at), midnight)
        here = cell(at, timezone)
        if hours and hours[-1].cell == here:
            hours[-1] = replace(hours[-1], end=upto)
        else:
            hours.append(Hour(at, upto, here))
        at = upto
    return tuple(hours)


def hours_between(timezone: str, start: float, until: float) -> list[Hour]:
    """The hours that begin in [`start`, `until`), epoch ms."""
    # A day more at both ends: a day does not always begin at its midnight.
    days = range(local_day(timezone, start) - 1, local_day(timezone, until) + 2)
    return [hour for day in days for hour in hours_of_day(timezone, day) if start <= hour.start < until]


def hour_at(timezone: str, at: float) -> Hour:
    """The hour that `at` (epoch ms) lies in."""
    today = local_day(timezone, at)
    # Clocks set back at midnight give a day's end after the next day has begun.
    near = (hour for day in (today, today - 1, today + 1) for hour in hours_of_day(timezone, day))
    return next(hour for hour in near if hour.start <= at < hour.end)


def _midnight(zone: ZoneInfo, ordinal: int) -> int:
    """When a day begins; where clocks leave midnight out, the moment they jump."""
    return (datetime.combine(date.fromordinal(ordinal), time(), tzinfo=zone) - _EPOCH) // _MS


def _next_hour(zone: ZoneInfo, at: int) -> int:
    """When the clock's hour ends: at its full hour, or when the clocks are changed before."""
    offset = _offset(zone, at)
    end = at + HOUR_MS - (at + offset) % HOUR_MS
    if _offset(zone, end) == offset:
        return end
    before = at
    while end - before > 1:
        middle = (before + end) // 2
        if _offset(zone, middle) == offset:
            before = middle
        else:
            end = middle
    return end


def _offset(zone: ZoneInfo, at: int) -> int:
    """How far the clocks are ahead of UTC, in ms."""
    return ((_EPOCH + at * _MS).astimezone(zone).utcoffset() or timedelta()) // _MS
