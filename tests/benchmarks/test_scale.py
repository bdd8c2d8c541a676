"""The arithmetic and the page of the benchmark of scale."""

from __future__ import annotations

import pytest

from benchmarks.scale import Figure, Run, growth, judged, render


def figures(*cpu_s: float) -> list[Figure]:
    """One command at ten times the size each; in wall time it takes twice as long."""
    sizes = [1_000 * 10**n for n in range(len(cpu_s))]
    shell = Run(1.0, 0.5, 9.0)
    return [Figure("stats", n, Run(2 * s, s, 300.0), shell, 10.0) for n, s in zip(sizes, cpu_s, strict=True)]


@pytest.mark.parametrize(
    ("wall_s", "cpu_s", "peak_mb", "said"),
    [
        (9.0, 8.0, 500.0, "met"),
        (30.0, 8.0, 500.0, "met by CPU time, on a busy machine"),
        (9.0, 10.5, 500.0, "MISSED"),
        (9.0, 8.0, 1_000.0, "MISSED"),
    ],
)
def test_a_target_is_met_in_time_and_memory(wall_s: float, cpu_s: float, peak_mb: float, said: str) -> None:
    """Both must hold; where only CPU time does, it is said."""
    assert said == judged(wall_s, cpu_s, peak_mb, 10.0)


def test_growth_is_that_of_the_worse_step() -> None:
    """1 is linear; nothing can be said of one size."""
    assert [0.0, 1.0, 2.0] == [growth(figures(*seconds)) for seconds in ((1.0,), (1.0, 10.0), (0.5, 2.0, 40.0))]


def test_the_page_tells_what_was_missed() -> None:
    """The largest size is held to its target, and each size stands beside the shell."""
    kept, missed = (" ".join(render(figures(0.5, last)).split()) for last in (4.0, 12.0))
    assert "| <= 10 s | 8.0 s | 4.0 s | 300 MB" in kept
    assert "MISSED" not in kept
    assert "2.40 MISSED" in missed
    assert "| 24.00 s | 12.00 s | 300 MB | 0.50 s" in missed
