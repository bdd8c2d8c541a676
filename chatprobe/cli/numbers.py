"""How shares, waits and their intervals are put on a line."""

from __future__ import annotations

from math import isinf

NOTHING = "-"
NOT_REACHED = "not reached"


def percent(share: float) -> str:
    """``93 %``; a share that is not quite 0 or 1 is not told as if it were."""
    rounded = round(share * 100)
    if (rounded == 0 and share > 0) or (rounded == 100 and share < 1):
        return f"{share * 100:.1f} %"
    return f"{rounded} %"


def wait(ms: float) -> str:
    """``2m40s``, ``9.4s``; what never comes is not reached."""
    if isinf(ms):
        return NOT_REACHED
    if ms < 60_000:
        return f"{ms / 1000:.3g}s"
    minutes, seconds = divmod(round(ms / 1000), 60)
    return f"{minutes}m{seconds:02}s" if seconds else f"{minutes}m"


def told(value: float | None, unit: str) -> str:
    """A number in its unit."""
    if value is None:
        return NOTHING
    if unit == "share":
        return percent(value)
    return wait(value) if unit == "ms" else NOT_REACHED if isinf(value) else f"{value:.3g}"


def between(low: float | None, high: float | None, unit: str) -> str:
    """An interval in brackets; an open end as a dash."""
    if low is None and high is None:
        return ""
    return f"[{_end(low, unit)} to {_end(high, unit)}]"


def _end(value: float | None, unit: str) -> str:
    return "…" if value is None or isinf(value) else told(value, unit)
