"""Two clocks, and telling when one of them was set."""

from __future__ import annotations

import pytest

from chatprobe.daemon.clock import Jumps, SystemClock
from tests.daemon.fakes import HandClock

HOUR_MS = 3_600_000.0


@pytest.mark.parametrize("hours", [2, -2])
def test_a_clock_that_is_set_is_noticed_once(hours: int) -> None:
    """A jump of two hours either way is told once, with where it went from and to."""
    clock = HandClock(1_000_000.0)
    jumps = Jumps(clock)
    clock.run(5_000)
    clock.set(hours * HOUR_MS)
    jump = jumps.look()
    assert jump is not None
    assert (1_005_000.0, 1_005_000.0 + hours * HOUR_MS) == (jump.expected_ms, jump.now_ms)
    assert hours * 3600 == jump.seconds
    assert jumps.look() is None


def test_time_that_passes_is_no_jump() -> None:
    """However long nobody looked, clocks that agree did not jump; nor do corrections of some seconds count."""
    clock = HandClock()
    jumps = Jumps(clock)
    for passed, correction in ((5_000, 0), (8 * HOUR_MS, 0), (5_000, 900), (5_000, -900)):
        clock.run(passed)
        clock.set(correction)
        assert jumps.look() is None


def test_the_machines_own_clocks_run() -> None:
    """The real clocks go forward and agree."""
    clock = SystemClock()
    first = clock.steady_ms()
    assert Jumps(clock).look() is None
    assert first <= clock.steady_ms()
