"""Times as text and as numbers, the one place that turns one into the other."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MS = timedelta(milliseconds=1)


def iso(epoch: float) -> str:
    """UTC ISO-8601 text, always ``YYYY-MM-DDTHH:MM:SS.mmmZ`` so that text sorts as time does.

    `epoch` is in milliseconds. Raises OverflowError or ValueError outside the years 1 to 9999.
    """
    return (_EPOCH + round(epoch) * _MS).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def epoch_ms(text: str) -> float:
    """Epoch milliseconds of ISO-8601 text that carries a time zone; ValueError without one."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"{text}: no time zone")
    return (moment - _EPOCH) / _MS


def moment_ms(text: str) -> float:
    """Epoch milliseconds of a day or time as people write it: UTC where it names no zone. Raises ValueError."""
    moment = datetime.fromisoformat(text.strip())
    return ((moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - _EPOCH) / _MS


def now_ms() -> float:
    """Epoch milliseconds of the system's clock."""
    return (datetime.now(UTC) - _EPOCH) / _MS
