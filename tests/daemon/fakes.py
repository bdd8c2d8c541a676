"""Stand-ins at our own protocols: a clock that is set by hand."""

from __future__ import annotations


class HandClock:
    """Both clocks stand still until told."""

    def __init__(self, now: float = 0.0) -> None:
        self.now = now
        self.steady = 0.0

    def now_ms(self) -> float:
        return self.now

    def steady_ms(self) -> float:
        return self.steady

    def run(self, ms: float) -> None:
        """Time passes."""
        self.now += ms
        self.steady += ms

    def set(self, ms: float) -> None:
        """Somebody sets the system's clock, so much forward."""
        self.now += ms
