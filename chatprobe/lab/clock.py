"""The lab's clock: what time it is for the casinos' shifts. Data, so that a week may pass in twenty minutes."""

from __future__ import annotations

from dataclasses import dataclass

from chatprobe.lab.truth import now_ms

HOUR_MS = 3_600_000.0


@dataclass(frozen=True)
class LabClock:
    """A straight line over the machine's time. The default is that time itself; all moments are epoch milliseconds."""

    shown_ms: float = 0.0
    """What it shows …"""
    at_ms: float = 0.0
    """… at this moment of the machine's."""
    speed: float = 1.0
    """How many times as fast as the machine's it runs; 0 stands still."""

    def shows(self, at_ms: float) -> float:
        """What it shows at that moment of the machine's."""
        return self.shown_ms + (at_ms - self.at_ms) * self.speed

    def when(self, shown_ms: float) -> float:
        """The moment of the machine's at which it shows that; ZeroDivisionError if it stands still."""
        return self.at_ms + (shown_ms - self.shown_ms) / self.speed

    @classmethod
    def from_now(cls, shown_ms: float, speed: float = 1.0) -> LabClock:
        """One that shows `shown_ms` now."""
        return cls(shown_ms, now_ms(), speed)

    @classmethod
    def at_noon(cls) -> LabClock:
        """One that shows noon now, UTC: every shift is on duty, at whatever hour a demo or a test is run."""
        return cls.from_now(12 * HOUR_MS)


def hour_of_day(shown_ms: float) -> int:
    """The hour of the day, 0 to 23, in UTC."""
    return int(shown_ms // HOUR_MS) % 24
