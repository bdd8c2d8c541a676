"""Hours of the week."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo


def cell(at: float, timezone: str) -> int:
    """The hour of the week of `at` (epoch ms) on the clocks of `timezone` (IANA name): 0-167, 0 is Monday 00:00-00:59.

    The hour that clocks repeat in autumn gives the same cell twice, the one they leave out in spring none.
    """
    return minute_of_week(at, timezone) // 60


def minute_of_week(at: float, timezone: str) -> int:
    """The minute of the week of `at` in the same way: 0-10079, 0 is Monday 00:00."""
    local = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=at)).astimezone(ZoneInfo(timezone))
    return (local.weekday() * 24 + local.hour) * 60 + local.minute
