"""How long a visitor who comes at a random hour waits for a person, and whether one ever comes."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

import numpy as np

from chatprobe.analysis.curve import Curve, incidence
from chatprobe.analysis.intervals import Interval, clopper_pearson
from chatprobe.analysis.names import Floats
from chatprobe.analysis.reason import Reason
from chatprobe.analysis.visits import DAY_MS, Visits
from chatprobe.model import Outcome

LEAST = {0.5: 6, 0.75: 13, 0.9: 36}
"""Fewest chats for a quantile: with less its interval has no upper end, whatever was seen."""
LEAST_CHATS = 24
LEAST_DAYS = 14
MOST_UNSURE = 0.2
"""With more replies of unknown author only bounds are told."""


@dataclass(frozen=True)
class Share:
    """A share of all visits, with what is known of it."""

    estimate: float | None
    """By replies that were surely a person's; None where only the bounds can be told."""
    low: float
    """The lower limit if no reply of unknown author was a person's, and who we left would never have been answered."""
    high: float
    """The upper limit if all of them were, at once."""


@dataclass(frozen=True)
class Wait:
    """A quantile of the wait, in ms; infinite where fewer are ever answered."""

    estimate: float | None
    low: float
    high: float


@dataclass(frozen=True)
class Waits:
    """The waits of a set of visits: F(t) = P(a person answers within t), for a visitor at a random hour.

    Kaplan-Meier with T infinite for those who were told "closed": that is no wait that somebody gave up. `low` is the
    curve of replies that were surely a person's: a reply of unknown author was none, and where we left politely nobody
    would ever have come. In `high` both were a person's, the latter at the moment we left.
    """

    low: Curve
    high: Curve
    visits: int
    could_ask: int
    """Those that found the chat open."""
    answered: int
    """Surely by a person."""
    unsure: int
    """By somebody of whom that is not known."""
    left: int
    """We went politely although somebody might still have come."""
    cut: int
    """We were interrupted while waiting: censored."""
    missing: Reason | None
    """Why F(t) is not to be told yet, as a sentence; None where it is."""

    @property
    def bounds_only(self) -> bool:
        """Whether too many replies are of unknown author for an estimate."""
        return self.unsure > MOST_UNSURE * self.visits

    def within(self, ms: float) -> Share | None:
        """F(t) for t of `ms`; None where nobody was followed for that long."""
        if not self.high.followed(ms) or not self.low.followed(ms):
            return None
        return self._share(self.low.by(ms), self.low.limits(ms), self.high.limits(ms))

    def within_when_open(self, ms: float) -> Share | None:
        """G(t) = F(t) / P(could ask): the same when the chat is open. None where that is not known."""
        if not self.could_ask or self.within(ms) is None:
            return None
        open_share = self.could_ask / self.visits
        low, high = (_when_open(curve, ms, open_share) for curve in (self.low, self.high))
        return self._share(min(1.0, self.low.by(ms) / open_share), low, high)

    def quantile(self, q: float) -> Wait | None:
        """The time within which a share `q` of all visitors is answered; None with too few visits."""
        if self.visits < LEAST.get(q, min(LEAST.values())):
            return None
        low, high = self.low.quantile(q), self.high.quantile(q)
        return Wait(None if self.bounds_only else low.at, high.low, low.high)

    def never(self, ms: float) -> Share | None:
        """The share that nobody answers within `ms`, the longest that was waited."""
        share = self.within(ms)
        if share is None:
            return None
        estimate = None if share.estimate is None else 1 - share.estimate
        return Share(estimate, 1 - share.high, 1 - share.low)

    def _share(self, estimate: float, low: Interval, high: Interval) -> Share:
        return Share(None if self.bounds_only else estimate, low.low, high.high)


def waits_of(survey: Visits) -> Waits:
    """The waits of `survey`, which is what `Visits.survey` gives or a part of it."""
    human, unknown, left = survey.first_human_ms, survey.first_unknown_ms, survey.left
    sure = ~np.isnan(human)
    doubtful = ~np.isnan(unknown) & (~sure | (unknown < np.where(sure, human, inf)))
    never = survey.shut | (doubtful & ~sure) | left
    followed = _followed(survey)
    low = incidence(np.where(sure, human, np.where(never, inf, followed)), sure)
    best = np.where(doubtful, unknown, np.where(sure, human, np.where(survey.shut, inf, followed)))
    high = incidence(best, (sure | doubtful | left) & ~survey.shut)
    return Waits(
        low,
        high,
        visits=len(survey),
        could_ask=int((~survey.shut).sum()),
        answered=int(sure.sum()),
        unsure=int((doubtful & ~sure).sum()),
        left=int(left.sum()),
        cut=int((survey.are(Outcome.INTERRUPTED) & ~sure & ~doubtful).sum()),
        missing=missing(survey),
    )


def missing(survey: Visits, *, by_weekday: bool = False) -> Reason | None:
    """What is still lacking for shares of all visits; those of one weekday need not cover the others."""
    if len(survey) < LEAST_CHATS:
        return Reason("few_chats", have=len(survey), need=LEAST_CHATS)
    days = (survey.at[-1] - survey.at[0]) / DAY_MS
    if days < LEAST_DAYS:
        return Reason("few_days", have=int(days), need=LEAST_DAYS)
    hours = sorted(set(range(24)) - set(survey.clock.tolist()))
    if hours:
        return Reason("hours_missing", hours=hours)
    weekend = set((survey.weekday >= 5).tolist())
    if len(weekend) < 2 and not by_weekday:
        return Reason("weekends_missing" if weekend == {False} else "weekdays_missing")
    return None


def _followed(survey: Visits) -> Floats:
    """How long nobody is known to have answered: to the end of listening, and where that is unknown not at all."""
    return np.nan_to_num(np.fmax(survey.waited_ms, 0.0))


def _when_open(curve: Curve, ms: float, open_share: float) -> Interval:
    """Limits of the share by `ms` among those who could ask."""
    size = curve.size(ms)
    return clopper_pearson(min(curve.by(ms) * size, size * open_share), size * open_share)


def deadline_of(survey: Visits) -> float | None:
    """The longest wait, ms, that most of the visits allowed; None where none is stored."""
    known = survey.deadline_ms[~np.isnan(survey.deadline_ms)]
    if not len(known):
        return None
    values, counts = np.unique(known, return_counts=True)
    return float(values[np.argmax(counts)])
