"""The promise of hours before its judge: what each chat tells, and what the bets on all windows are worth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

import numpy as np

from chatprobe.analysis.evidence import CONTRADICTED, HOURS, REFUTED
from chatprobe.analysis.names import Floats, Ints, Mask
from chatprobe.analysis.visits import HOUR_MS, Visits
from chatprobe.model import Outcome
from chatprobe.windows import windows, windows_of_cell

CERTIFICATE_MS = 72 * HOUR_MS
"""How long a person's answer shows that the desk is not down altogether."""
DATES, SPAN_DAYS, APART_MINUTES = 3, 6, 60
"""Counted misses must lie on so many dates, so far apart, and not all at one time of the day."""
_MOST_WANTED = 20
BETS_A_WEEK = 2
"""Bets that count for a refutation in one window and ISO week."""


def answers(chats: Visits) -> Ints:
    """For each chat 1 if somebody was there, 0 if nobody was, -1 where it says nothing.

    What is arguable counts for the casino: replies of unknown author, lines, a person's greeting, chats that we left
    politely, faults of ours after asking, bots that nobody tried to get past.
    """
    missed = chats.shut | (chats.are(Outcome.NO_REPLY) & ~chats.left & np.isnan(chats.greeted_ms))
    tried = (chats.handoff_turns > 0) | (chats.handoff_clicks > 0)
    missed |= chats.are(Outcome.BOT_ONLY) & tried & np.isnan(chats.first_unknown_ms) & ~chats.left
    silent = chats.are(Outcome.SITE_DOWN) | ~chats.proven | (~chats.sided & ~chats.asked)
    return np.where(silent, -1, np.where(missed, 0, 1))


def certified(chats: Visits) -> Mask:
    """Which chats came after one at most 72 h old, the last of the casino's side, that a person answered."""
    human, last = chats.are(Outcome.HUMAN_REPLY), float("-inf")
    found = np.zeros(len(chats), bool)
    for row, (at, sided) in enumerate(zip(chats.at.tolist(), chats.sided.tolist(), strict=True)):
        found[row] = at - last <= CERTIFICATE_MS
        if sided:
            last = at if human[row] else float("-inf")
    return found


@dataclass(frozen=True)
class Hole:
    """One window of the week, as the chats that count show it."""

    cells: frozenset[int]
    evidence: float
    """Of all bets, when this window led."""
    answered: Ints
    """Rows of the visits in it that somebody answered."""
    missed: Ints
    """Rows of the visits in it that nobody answered."""


@dataclass(frozen=True)
class Won:
    """Bets that were won."""

    row: int
    """The chat after which they first were."""
    hole: Hole
    """With all its chats until now where the bets still stand so high, else as it was then."""


@dataclass(frozen=True)
class Trial:
    """What became of the bets against one promise of hours."""

    rows: Ints
    """The chats that count, as rows of the visits."""
    evidence: float
    """What all bets are worth now."""
    capped: float
    """The same with two bets in a window and week at most: what a refutation needs."""
    contradicted: Won | None
    """None if the promise never was contradicted."""
    refuted: Won | None
    """The same of the refutation."""
    leading: Hole
    """The window whose bet is worth most now."""
    more: tuple[int, int] | None = None
    """A cell of that window, and how many more counted misses there would contradict the promise; None if it is."""


@cache
def _priors() -> Floats:
    return np.array([weight for weight, _ in windows()])


@cache
def _windows_at() -> Sequence[Ints]:
    return [np.array(numbers) for numbers in windows_of_cell()]


@dataclass
class _Bets:
    """The bets of one kind in all windows, as they stand."""

    threshold: float
    cap: int | None
    s: Ints = field(default_factory=lambda: np.zeros(len(_priors()), np.int64))
    m: Ints = field(default_factory=lambda: np.zeros(len(_priors()), np.int64))
    e: Floats = field(default_factory=lambda: np.ones(len(_priors())))
    week: Ints = field(default_factory=lambda: np.full(len(_priors()), -(10**9)))
    used: Ints = field(default_factory=lambda: np.zeros(len(_priors()), np.int64))
    placed: list[tuple[int, Ints]] = field(default_factory=list)
    """Each chat with the windows in which it counted."""
    won: Won | None = None

    @property
    def total(self) -> float:
        return float(_priors() @ self.e)

    def place(self, row: int, cell: int, week: int, *, answered: bool) -> None:
        """One more chat."""
        where = _windows_at()[cell]
        if self.cap is not None:
            self.used[where] = np.where(self.week[where] == week, self.used[where], 0)
            self.week[where] = week
            where = where[self.used[where] < self.cap]
            self.used[where] += 1
        counts = self.s if answered else self.m
        counts[where] += 1
        self.e[where] = HOURS.worth(self.s[where], self.m[where])
        self.placed.append((row, where))

    def look(self, row: int, chats: Visits, answered: Ints) -> None:
        """Whether the bets are won, first after the chat `row`."""
        if self.total >= self.threshold:
            hole = self.hole(answered)
            self.won = Won(row, hole) if spread(chats, hole.missed) else self.won

    def hole(self, answered: Ints) -> Hole:
        """The window that leads, with its chats."""
        leading = int(np.argmax(_priors() * self.e))
        rows = np.array([row for row, where in self.placed if leading in where], np.int64)
        there = answered[rows] == 1
        return Hole(windows()[leading][1], self.total, rows[there], rows[~there])

    def needed(self, hole: Hole, chats: Visits) -> tuple[int, int]:
        """The cell of `hole` at which misses would be worth most, and how many more it takes."""
        cell = max(sorted(hole.cells), key=lambda one: self._after(one, 1))
        dates = DATES - len(np.unique(chats.day[hole.missed]))
        more = next(
            (count for count in range(1, _MOST_WANTED) if self._after(cell, count) >= self.threshold), _MOST_WANTED
        )
        return cell, max(more, dates)

    def _after(self, cell: int, misses: int) -> float:
        """What all bets would be worth after so many more misses in `cell`."""
        where = _windows_at()[cell]
        gain = HOURS.worth(self.s[where], self.m[where] + misses) - self.e[where]
        return self.total + float(_priors()[where] @ gain)


def trial(chats: Visits, promised: frozenset[int], in_force: Mask | None = None) -> Trial:
    """Bet against the promise of the hours `promised` with all of one casino's planned `chats`, a look after each.

    Chats that are not `in_force`, of a time when something else was promised, certify others and count for nothing.
    """
    answered, cells = answers(chats), chats.cell
    counted = certified(chats) & (answered >= 0) & np.isin(cells, sorted(promised))
    counted &= True if in_force is None else in_force
    rows, weeks = np.flatnonzero(counted), (chats.day + 3) // 7  # 1970-01-01 was a Thursday
    every, capped = _Bets(CONTRADICTED, None), _Bets(REFUTED, BETS_A_WEEK)
    for row in rows.tolist():
        for bets in (every, capped):
            bets.place(row, int(cells[row]), int(weeks[row]), answered=bool(answered[row]))
            if bets.won is None:
                bets.look(row, chats, answered)
    for bets in (every, capped):
        if bets.won:
            bets.look(bets.won.row, chats, answered)
    leading = every.hole(answered)
    more = None if every.won else every.needed(leading, chats)
    return Trial(rows, every.total, capped.total, every.won, capped.won, leading, more)


def spread(chats: Visits, missed: Ints) -> bool:
    """Whether misses lie on enough dates, far enough apart, and not all at one time of the day."""
    days = np.unique(chats.day[missed])
    if len(days) < DATES or days[-1] - days[0] < SPAN_DAYS:
        return False
    minutes = np.sort(chats.clock[missed] * 60 + chats.at[missed] % HOUR_MS / 60_000)
    gaps = np.diff([*minutes, minutes[0] + 24 * 60])
    return bool(24 * 60 - gaps.max() >= APART_MINUTES)
