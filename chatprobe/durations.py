"""Durations as people write them in a scenario or on the command line: ``90s``, ``2m``, ``1h30m``, ``500ms``."""

from __future__ import annotations

import re
from datetime import timedelta

_UNITS = {"h": 3_600_000, "m": 60_000, "s": 1_000, "ms": 1}
PATTERN = r"^(\d+h)?(\d+m)?(\d+s)?(\d+ms)?$"
"""What a duration looks like, as JSON Schema can say it."""

_PART = re.compile(r"(\d+)(ms|h|m|s)")
_BARE_NUMBER = re.compile(r"\d+")
_LONGEST_DIGITS = 9
"""More digits than any real duration has: eleven years of seconds."""


def parse_duration(text: object) -> timedelta:
    """The duration `text` names; `ValueError` says what is wrong with it."""
    compact = str(text).strip()
    if _BARE_NUMBER.fullmatch(compact):
        raise ValueError(f"a duration needs a unit: {compact}s or {compact}m?")
    if not compact or not re.match(PATTERN, compact) or re.search(rf"\d{{{_LONGEST_DIGITS + 1}}}", compact):
        raise ValueError(f"{compact!r} is no duration; write 90s, 2m, 1h30m or 500ms")
    return timedelta(milliseconds=sum(int(number) * _UNITS[unit] for number, unit in _PART.findall(compact)))


def format_duration(duration: timedelta) -> str:
    """The shortest text that `parse_duration` reads back as `duration`, to the millisecond."""
    left = round(duration.total_seconds() * 1000)
    parts = []
    for unit, size in _UNITS.items():
        count, left = divmod(left, size)
        if count:
            parts.append(f"{count}{unit}")
    return "".join(parts) or "0s"
