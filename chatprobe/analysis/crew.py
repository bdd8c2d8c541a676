"""Who answers, as far as names tell: they may be shared or invented, so nothing here is a number of people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt

import numpy as np

from chatprobe.analysis.names import Ints
from chatprobe.analysis.visits import DAY_MS, Visits

WINDOW_DAYS = 28
"""Longer than this crews change: a bound on names met would mix several."""
LEAST = 30
"""Answered visits below which no lower bound on names is told."""


@dataclass(frozen=True)
class Crew:
    """The names met at one desk in the last four weeks, all made with one key."""

    key: str
    """Names of two keys cannot be compared."""
    visits: int
    """Answered visits that showed a name."""
    once: int
    """Names met once."""
    twice: int
    hours: dict[str, Ints]
    """By pseudonym how often it answered at each hour of the day, 0-23; those met most often first."""
    since: float
    """Epoch ms of the first of those visits."""
    until: float

    @property
    def names(self) -> int:
        """Names met."""
        return len(self.hours)

    @property
    def unmet(self) -> float:
        """At most this share of visits would meet a name not met before, with 95 % confidence.

        f1/n + (1.645 · √(f1 + 2 · f2) + 3) / n, after I. J. Good (1953) and W. W. Esty (1983): n visits, f1 names met
        once, f2 met twice; the 3 keeps it honest where f1 is 0.
        """
        slack = 1.645 * sqrt(self.once + 2 * self.twice) + 3
        return min(1.0, (self.once + slack) / self.visits)

    @property
    def at_least(self) -> float | None:
        """A lower bound on the names in use: A. Chao (1984), bias-corrected. None with too few visits."""
        if self.visits < LEAST:
            return None
        return self.names + self.once * (self.once - 1) / (2 * (self.twice + 1))


def crews(survey: Visits) -> Iterator[Crew]:
    """One casino's crew of the last four weeks of `survey`, once for each key that its names were made with."""
    named = survey.where(survey.agent.known() & survey.key.known())
    if not len(named):
        return
    recent = named.where(named.at > named.at[-1] - WINDOW_DAYS * DAY_MS)
    for key in recent.key.met():
        yield _crew(key, recent.where(recent.key.are(key)))


def _crew(key: str, met: Visits) -> Crew:
    counts = Counter(met.agent.codes.tolist())
    often = Counter(counts.values())
    clock = met.clock
    hours = {
        met.agent.names[code]: np.bincount(clock[met.agent.codes == code], minlength=24)
        for code, _ in counts.most_common()
    }
    return Crew(key, len(met), often[1], often[2], hours, float(met.at[0]), float(met.at[-1]))
