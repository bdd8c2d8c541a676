"""The promise of hours before its judge: what each chat tells, and what the bets on all windows are worth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from chatprobe.analysis.bets import Bets
from chatprobe.analysis.evidence import CONTRADICTED, REFUTED
from chatprobe.analysis.names import Floats, Ints, Mask
from chatprobe.analysis.visits import DAY_MS, HOUR_MS, Visits
from chatprobe.model import Outcome
from chatprobe.windows import windows

CERTIFICATE_MS = 72 * HOUR_MS
"""How long a person's answer shows that the desk is not down altogether."""
DATES, SPAN_DAYS, APART_MINUTES = 3, 6, 60
"""Counted misses must lie on so many dates, so far apart, and not all at one time of the day."""
BETS_A_WEEK = 2
"""Bets that count for a refutation in one window and ISO week."""


def answers(chats: Visits) -> Ints:
    """For each chat 1 if somebody was there, 0 if nobody was, -1 where it says nothing.

    What is arguable counts for the casino: replies of unknown author, lines, a person's greeting, chats that we left
    politely, faults of ours after asking, bots that nobody tried to get past.
    """
    missed = chats.shut | (chats.are(Outcome.NO_REPLY) & ~chats.left)
    tried = (chats.handoff_turns > 0) | (chats.handoff_clicks > 0)
    missed |= chats.are(Outcome.BOT_ONLY) & tried & np.isnan(chats.first_unknown_ms) & ~chats.left
    missed &= np.isnan(chats.greeted_ms)
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
    """One window of the week, as the chats that count show it; the chats as rows of the visits."""

    cells: frozenset[int]
    """Those of them that are promised."""
    evidence: float
    """What all bets were worth when this window led."""
    answered: Ints
    missed: Ints


@dataclass(frozen=True)
class Won:
    """Bets that were won."""

    row: int
    """The chat after which they first were."""
    hole: Hole
    """With its chats until now where the bets still stand so high, else until then."""


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
    more: tuple[int, int] | None
    """A cell, and how many more counted misses in it would contradict the promise; None where it is."""


def trial(chats: Visits, promised: frozenset[int], in_force: Mask | None = None) -> Trial:
    """Bet against the promise of the hours `promised` with all of one casino's planned `chats`, a look after each.

    Chats that are not `in_force`, of a time when something else was promised, certify others and count for nothing.
    """
    court = _Court(chats, promised, in_force)
    every, capped = Bets(), Bets(BETS_A_WEEK)
    contradicted = refuted = None
    for row in court.rows.tolist():
        for bets in (every, capped):
            bets.place(row, int(court.cells[row]), int(court.weeks[row]), answered=bool(court.answered[row]))
        contradicted = contradicted or court.won(every, CONTRADICTED, row)
        refuted = refuted or court.won(capped, REFUTED, row)
    dates = DATES - len(np.unique(chats.day[court.hole(every).missed]))
    cell, more = every.needed(promised, CONTRADICTED)
    return Trial(
        court.rows,
        every.total,
        capped.total,
        contradicted and court.until_now(contradicted, every, CONTRADICTED),
        refuted and court.until_now(refuted, capped, REFUTED),
        court.hole(every),
        None if contradicted else (cell, max(more, dates)),
    )


class _Court:
    """The chats of one trial, and what bets on them show."""

    def __init__(self, chats: Visits, promised: frozenset[int], in_force: Mask | None) -> None:
        self.answered, self.cells = answers(chats), chats.cell
        self.weeks = (chats.day + 3) // 7  # 1970-01-01 was a Thursday
        counted = certified(chats) & (self.answered >= 0) & np.isin(self.cells, sorted(promised))
        self.rows = np.flatnonzero(counted if in_force is None else counted & in_force)
        self._chats, self._promised = chats, promised

    def won(self, bets: Bets, threshold: float, row: int) -> Won | None:
        """Whether the bets are won after the chat `row`: worth enough, by misses in a leading window spread out."""
        if bets.total < threshold:
            return None
        spread_out = [window for window in bets.leading if self._spread(bets.rows(window))]
        return Won(row, self._hole(spread_out, bets.total, row)) if spread_out else None

    def until_now(self, earlier: Won, bets: Bets, threshold: float) -> Won:
        """The same with what came since, where it still stands."""
        now = self.won(bets, threshold, int(self.rows[-1]))
        return Won(earlier.row, now.hole) if now else earlier

    def hole(self, bets: Bets) -> Hole:
        """The window that leads."""
        return self._hole(bets.leading, bets.total, len(self._chats))

    def _hole(self, leading: list[int], evidence: float, until: int) -> Hole:
        """Of windows that lead together the one with most chats, those beyond a cap included, `until` a row."""
        cells = [windows()[window][1] & self._promised for window in leading]
        inside = [self.rows[np.isin(self.cells[self.rows], sorted(one))] for one in cells]
        most = max(range(len(leading)), key=lambda place: len(inside[place]))
        rows = inside[most][inside[most] <= until]
        there = self.answered[rows] == 1
        return Hole(cells[most], evidence, rows[there], rows[~there])

    def _spread(self, rows: Ints) -> bool:
        return spread(self._chats, rows[self.answered[rows] == 0])


def spread(chats: Visits, missed: Ints) -> bool:
    """Whether misses lie on enough dates, far enough apart, and not all at one time of the day."""
    days = np.unique(chats.day[missed])
    if len(days) < DATES or days[-1] - days[0] < SPAN_DAYS:
        return False
    # By the casino's clocks minutes are wrong where its zone is half an hour off; by UTC summer time moves all of them.
    at = chats.at[missed]
    clocks = (chats.clock[missed] * 60 + at % HOUR_MS / 60_000, at % DAY_MS / 60_000)
    return all(_extent(minutes) >= APART_MINUTES for minutes in clocks)


def _extent(minutes: Floats) -> float:
    """Of the shortest stretch of the day, round midnight too, that holds all these minutes of it."""
    ordered = np.sort(minutes)
    return float(24 * 60 - np.diff([*ordered, ordered[0] + 24 * 60]).max())
