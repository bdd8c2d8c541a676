"""Bets on all windows of the week at once, each against somebody being there in it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache

import numpy as np

from chatprobe.analysis.evidence import HOURS
from chatprobe.analysis.names import Floats, Ints
from chatprobe.windows import windows, windows_of_cell

_NEVER = -(10**9)
MOST_WANTED = 20
"""More visits than this are not asked for."""


class Bets:
    """What they are worth, chat by chat."""

    def __init__(self, cap: int | None = None) -> None:
        """`cap`: so many chats count in one window and week, the first ones; None: all."""
        size = len(windows())
        self._cap = cap
        self._answered, self._missed, self._used = (np.zeros(size, np.int64) for _ in range(3))
        self._week = np.full(size, _NEVER)
        self._worth = np.ones(size)
        self._placed: list[tuple[int, Ints]] = []

    @property
    def total(self) -> float:
        """E: the bets of all windows, weighted by their priors."""
        return float(_priors() @ self._worth)

    @property
    def leading(self) -> list[int]:
        """The numbers of the windows whose bets are worth most: often several that the same chats fell in."""
        worth = _priors() * self._worth
        return [int(number) for number in np.flatnonzero(worth >= worth.max() * (1 - 1e-9))]

    def place(self, row: int, cell: int, week: int, *, answered: bool) -> None:
        """One more chat, in `row`: in which hour of the week, in which week, and whether somebody was there."""
        where = _windows_at()[cell]
        if self._cap is not None:
            self._used[where] = np.where(self._week[where] == week, self._used[where], 0)
            self._week[where] = week
            where = where[self._used[where] < self._cap]
            self._used[where] += 1
        (self._answered if answered else self._missed)[where] += 1
        self._worth[where] = HOURS.worth(self._answered[where], self._missed[where])
        self._placed.append((row, where))

    def rows(self, window: int) -> Ints:
        """The rows of the chats that count in `window`."""
        return np.array([row for row, where in self._placed if window in where], np.int64)

    def after(self, cell: int, misses: int) -> float:
        """What all would be worth after so many more misses in `cell`."""
        where = _windows_at()[cell]
        gain = HOURS.worth(self._answered[where], self._missed[where] + misses) - self._worth[where]
        return self.total + float(_priors()[where] @ gain)

    def needed(self, cells: Collection[int], threshold: float) -> tuple[int, int]:
        """Which of `cells` misses would be worth most in, and how many more there reach `threshold`."""
        cell = max(sorted(cells), key=lambda one: self.after(one, 1))
        enough = (count for count in range(1, MOST_WANTED) if self.after(cell, count) >= threshold)
        return cell, next(enough, MOST_WANTED)


@cache
def _priors() -> Floats:
    return np.array([weight for weight, _ in windows()])


@cache
def _windows_at() -> Sequence[Ints]:
    return [np.array(numbers) for numbers in windows_of_cell()]
