"""The stretches of the week in which a casino may be closed although it says otherwise, and how likely each is."""

from __future__ import annotations

from functools import cache

LENGTHS = {1: 0.05, 2: 0.15, 3: 0.15, 4: 0.20, 6: 0.20, 8: 0.15, 12: 0.07, 16: 0.03}
"""Hours that a gap lasts, with their weight."""
DAYS: dict[tuple[int, ...], float] = {
    tuple(range(7)): 0.60,
    (0, 1, 2, 3, 4): 0.10,
    (5, 6): 0.12,
    (4, 5): 0.05,
    **{(day,): 0.13 / 7 for day in range(7)},
}
"""Weekdays (0 is Monday) on which a gap begins, with their weight."""
WHOLE: dict[tuple[int, ...], float] = {(5,): 0.02, (6,): 0.02, (5, 6): 0.02}
"""Weekdays that are closed from midnight to midnight, with their weight."""


@cache
def windows() -> tuple[tuple[float, frozenset[int]], ...]:
    """Every window: its prior weight, summing to 1, and its cells. 24 starts × lengths × days, and the whole days.

    A gap that begins in the evening goes on past midnight.
    """
    gaps = [
        (weight * share / 24, frozenset((day * 24 + start + hour) % 168 for day in days for hour in range(length)))
        for length, weight in LENGTHS.items()
        for days, share in DAYS.items()
        for start in range(24)
    ]
    whole = [
        (weight, frozenset(day * 24 + hour for day in days for hour in range(24))) for days, weight in WHOLE.items()
    ]
    total = sum(weight for weight, _ in gaps + whole)
    return tuple((weight / total, cells) for weight, cells in gaps + whole)


@cache
def windows_of_cell() -> tuple[tuple[int, ...], ...]:
    """For each cell the numbers of the windows that hold it."""
    found: list[list[int]] = [[] for _ in range(168)]
    for number, (_, cells) in enumerate(windows()):
        for cell in cells:
            found[cell].append(number)
    return tuple(map(tuple, found))
