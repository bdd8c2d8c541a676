"""Time as the daemon sees it: the system's clock, which people and servers set, and one that only runs."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Protocol

from chatprobe.times import now_ms

JUMP_MS = 60_000.0
"""A difference between the clocks that is no mere correction."""

_STEADY = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)  # a machine that slept was down; its clock did not jump


class Clock(Protocol):
    """Two clocks."""

    def now_ms(self) -> float:
        """Epoch milliseconds of the system's clock."""

    def steady_ms(self) -> float:
        """Milliseconds of a clock that nobody sets and that runs on while the machine sleeps."""


class SystemClock:
    """The machine's own clocks."""

    def now_ms(self) -> float:
        """See `Clock`."""
        return now_ms()

    def steady_ms(self) -> float:
        """See `Clock`."""
        return time.clock_gettime(_STEADY) * 1000


@dataclass(frozen=True)
class Jump:
    """The system's clock was set."""

    expected_ms: float
    """Epoch ms it would show."""
    now_ms: float
    """Epoch ms it shows."""

    @property
    def seconds(self) -> float:
        """How far it was set, negative where back."""
        return (self.now_ms - self.expected_ms) / 1000


class Jumps:
    """Notices when the system's clock is set. Slow corrections are followed."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last = clock.now_ms(), clock.steady_ms()

    def look(self) -> Jump | None:
        """The jump since the last look, if there was one."""
        now, steady = self._clock.now_ms(), self._clock.steady_ms()
        expected = self._last[0] + steady - self._last[1]
        self._last = now, steady
        return Jump(expected, now) if abs(now - expected) > JUMP_MS else None
