"""Promised hours of the week: ``24/7`` or ``Mon-Fri 09:00-23:00, Sat 10:00-02:00``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
DAY_MINUTES = 24 * 60
WEEK_MINUTES = 7 * DAY_MINUTES
ALWAYS = "24/7"

_RANGE = re.compile(r"([A-Za-z]{3})(?:\s*-\s*([A-Za-z]{3}))?\s+(\d{1,2}:\d{2})\s*-\s*(\d{1,2}:\d{2})")
_WRITE = "write Mon-Fri 09:00-23:00, or 24/7"


@dataclass(frozen=True)
class Hours:
    """Stretches of the week, in the scenario's own time zone."""

    ranges: tuple[tuple[int, int], ...] = ()
    """Half-open ``(from, to)`` minutes since Monday 00:00, sorted, not overlapping, none across the end of the week."""

    def at(self, minute: int) -> bool:
        """Whether minute `minute` of the week (0-10079; 0 is Monday 00:00) lies in the hours."""
        return any(start <= minute < end for start, end in self.ranges)

    def promises(self, cell: int) -> bool:
        """Whether the whole hour of the week `cell` (0-167) lies in the hours; half an hour is no promise."""
        return any(start <= cell * 60 and (cell + 1) * 60 <= end for start, end in self.ranges)

    def __str__(self) -> str:
        if self.ranges == ((0, WEEK_MINUTES),):
            return ALWAYS
        return ", ".join(_days_text(days, clocks) for days, clocks in _alike(self.ranges) if clocks)


def parse_hours(value: object) -> Hours:
    """The hours that a text or a list of texts names; `ValueError` says what is wrong."""
    texts = [value] if isinstance(value, str) else value
    if not isinstance(texts, list | tuple) or not all(isinstance(text, str) for text in texts):
        raise ValueError(f"expected hours of the week; {_WRITE}")
    entries = [entry.strip() for text in texts for entry in text.split(",")]
    return Hours(merged([piece for entry in entries for piece in _pieces(entry)]))


def _pieces(entry: str) -> list[tuple[int, int]]:
    if entry == ALWAYS:
        return [(0, WEEK_MINUTES)]
    found = _RANGE.fullmatch(entry)
    if not found:
        raise ValueError(f"{entry!r} is no range of hours; {_WRITE}")
    first, last = _day(found[1]), _day(found[2] or found[1])
    start, end = _minute(found[3]), _minute(found[4])
    if start in (end, DAY_MINUTES):
        raise ValueError(f"{entry!r} is empty; write 00:00-24:00 for a whole day")
    length = (end - start) % DAY_MINUTES or DAY_MINUTES  # an end before the start is on the next day
    days = range(first, first + (last - first) % 7 + 1)
    return [piece for day in days for piece in _wrapped(day % 7 * DAY_MINUTES + start, length)]


def _wrapped(start: int, length: int) -> list[tuple[int, int]]:
    end = start + length
    return [(start, end)] if end <= WEEK_MINUTES else [(start, WEEK_MINUTES), (0, end - WEEK_MINUTES)]


def merged(pieces: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Half-open stretches in order, those that touch or overlap as one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(pieces):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)


def _day(name: str) -> int:
    if name.capitalize() not in DAYS:
        raise ValueError(f"{name!r} is no weekday; write one of {', '.join(DAYS)}")
    return DAYS.index(name.capitalize())


def _minute(clock: str) -> int:
    hour, minute = (int(part) for part in clock.split(":"))
    if minute > 59 or hour * 60 + minute > DAY_MINUTES:
        raise ValueError(f"{clock} is no time of day; write 00:00 to 24:00")
    return hour * 60 + minute


def _alike(ranges: tuple[tuple[int, int], ...]) -> list[tuple[list[int], list[str]]]:
    """Neighbouring days of the same hours, and these hours as text."""
    found: list[tuple[list[int], list[str]]] = []
    for day in range(7):
        midnight = day * DAY_MINUTES
        inside = [(max(start - midnight, 0), min(end - midnight, DAY_MINUTES)) for start, end in ranges]
        clocks = [f"{_clock(start)}-{_clock(end)}" for start, end in inside if start < end]
        if found and found[-1][1] == clocks:
            found[-1][0].append(day)
        else:
            found.append(([day], clocks))
    return found


def _days_text(days: list[int], clocks: list[str]) -> str:
    name = DAYS[days[0]] if len(days) == 1 else f"{DAYS[days[0]]}-{DAYS[days[-1]]}"
    return ", ".join(f"{name} {clock}" for clock in clocks)


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
