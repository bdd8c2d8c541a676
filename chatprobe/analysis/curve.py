"""How much of something has happened by a time, when some are no longer followed and some never get it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import inf, nan

import numpy as np

from chatprobe.analysis.intervals import ANYTHING, ERROR, Interval, clopper_pearson
from chatprobe.analysis.names import Floats, Mask

_ROUNDING = 1e-12
SLACK_MS = 1000.0
"""Waits end a little before or after the deadline."""


@dataclass(frozen=True)
class Quantile:
    """The time by which a share of all has it; infinite where that share is not reached."""

    at: float
    low: float
    high: float


@dataclass(frozen=True)
class Curve:
    """A cumulative incidence: a step function that rises at each of `times`.

    Limits are those of Clopper and Pearson at the size of sample that would be as exact, share · (1 - share) /
    variance: F. J. Dorey, E. L. Korn (1987), Effective sample sizes for confidence intervals for survival
    probabilities. Without censoring that is the sample itself.
    """

    n: int
    """How many were followed from the start, those who never get it included."""
    times: Floats
    """When it happened, ascending, each once."""
    share: Floats
    """Share that has it from that time on: 1 - S(t) of E. L. Kaplan, P. Meier (1958)."""
    variance: Floats
    """Of `share`, after M. Greenwood (1926)."""
    ends: Floats
    """Until when each was followed, ascending: infinite for those of whom all is known."""
    horizon: float
    """The longest that anybody was followed; infinite where nobody was lost before it was known."""

    def by(self, at: float) -> float:
        """The share that has it by `at`; NaN without anybody."""
        place = self._place(at)
        return nan if not self.n else 0.0 if place < 0 else float(self.share[place])

    def followed(self, at: float) -> bool:
        """Whether anybody was followed for as long as `at`, or all is known; past it the curve says nothing."""
        return bool(self.n) and self.horizon + SLACK_MS >= at

    def limits(self, at: float) -> Interval:
        """95 % limits of the share by `at`."""
        size = self.size(at)
        return clopper_pearson(self.by(at) * size, size) if self.n else ANYTHING

    def size(self, at: float) -> float:
        """How large a sample without censoring would tell the share by `at` as exactly."""
        place = self._place(at)
        return float(self._sizes[place]) if place >= 0 else self._followed_until(at)

    def quantile(self, q: float) -> Quantile:
        """The first time at which the share reaches `q`, and the first times at which its limits do."""
        from scipy.special import betainc

        hits, sizes = self.share * self._sizes, self._sizes
        rest = np.maximum(sizes - hits, 0.0)
        with np.errstate(divide="ignore"):
            far = 5 / np.sqrt(sizes) + 8 / sizes  # no limit is so far from its share
        upper, lower = self.share >= q, self.share > q + far
        near = np.flatnonzero(~upper & (self.share >= q - far))
        upper[near] = (rest[near] <= 0) | (betainc(hits[near] + 1, rest[near], q) <= 1 - ERROR / 2)
        near = np.flatnonzero(~lower & (self.share >= q))
        lower[near] = (hits[near] > 0) & (betainc(hits[near], rest[near] + 1, q) <= ERROR / 2)
        at_once = self.limits(-inf).high >= q
        return Quantile(
            self._first(self.share >= q - _ROUNDING), 0.0 if at_once else self._first(upper), self._first(lower)
        )

    @cached_property
    def _sizes(self) -> Floats:
        with np.errstate(divide="ignore", invalid="ignore"):
            sizes = self.share * (1 - self.share) / self.variance
        known = self.n - np.searchsorted(self.ends, self.times, "left").astype(float)
        return np.where(self.variance > 0, sizes, known)

    def _place(self, at: float) -> int:
        return int(np.searchsorted(self.times, at, "right")) - 1

    def _followed_until(self, at: float) -> float:
        return float(self.n - np.searchsorted(self.ends, at, "left"))

    def _first(self, rows: Mask) -> float:
        return float(self.times[np.argmax(rows)]) if rows.any() else inf


def incidence(times: Floats, happened: Mask) -> Curve:
    """The curve of those who got it at `times` where it `happened`, and were followed until `times` where it did not.

    An infinite time is that of one who never gets it, which is known: never censored, always among the rest.
    """
    at, counts = np.unique(times[happened], return_counts=True)
    risk = (len(times) - np.searchsorted(np.sort(times), at, "left")).astype(float)
    survival = np.cumprod(1 - counts / risk)
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.cumsum(counts / (risk * (risk - counts)))
        variance = np.where(survival > 0, survival**2 * terms, 0.0)
    lost = np.isfinite(times) & ~happened
    horizon = float(times[lost | happened].max()) if lost.any() else inf
    return Curve(len(times), at, 1 - survival, variance, np.sort(np.where(happened, inf, times)), horizon)
