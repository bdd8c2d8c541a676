"""Evidence that may be looked at every day: bets against a promise, which hardly ever win while it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import log, log1p

import numpy as np

from chatprobe.analysis.names import Floats, Ints

CONTRADICTED = 20.0
"""What bets must be worth to contradict a promise; where it is kept they get there in 1 of 20 casinos at most."""
REFUTED = 100.0
_GRID = 256
_LARGEST = 700.0
"""Exponents beyond which numbers end; nobody needs better evidence."""


@dataclass(frozen=True)
class Bet:
    """A bet against "the chance of an answer is at least `least`, whatever happened before".

    Worth after s answers and m misses: the mean of p^s (1 - p)^m over the chances p below `least`, weighted as
    Beta(`a`, `b`), divided by `least`^s (1 - `least`)^m. Under the promise its expectation never grows, so that by
    J. Ville (1939) it ever reaches 1/α with a chance of α at most, however often one looks.
    """

    least: float
    a: float
    b: float

    def worth(self, answers: Ints, misses: Ints) -> Floats:
        """e(s, m) for each pair; both at least 0."""
        if len(answers) and max(answers.max(), misses.max()) < _GRID:
            return _grid(self)[answers, misses]
        return self.exactly(answers, misses)

    def exactly(self, answers: Ints, misses: Ints) -> Floats:
        """The same without looking it up."""
        from scipy.special import betainc, betaln

        a, b = self.a + answers, self.b + misses
        with np.errstate(divide="ignore"):  # far above the promise nothing is left of the bet
            mixed = betaln(a, b) + np.log(betainc(a, b, self.least))
        start = betaln(self.a, self.b) + log(betainc(self.a, self.b, self.least))
        worth: Floats = np.exp(
            np.minimum(mixed - start - answers * log(self.least) - misses * log1p(-self.least), _LARGEST)
        )
        return worth

    def after(self, answers: int, misses: int) -> float:
        """e(s, m) of one pair."""
        return float(self.exactly(np.array([answers]), np.array([misses]))[0])


@lru_cache(maxsize=8)
def _grid(bet: Bet) -> Floats:
    counts = np.arange(_GRID)
    return bet.exactly(counts[:, None], counts[None, :])


HOURS = Bet(0.8, 0.5, 2.0)
"""Against "somebody answers 80 % of visits at whatever hour": what is left of 24/7 when blips are forgiven."""
SHARE = Bet(0.8, 2.0, 2.0)
"""Against "80 % of visits get what was promised", for waits and languages."""
UNSHARED = Bet(0.2, 2.0, 2.0)
"""Against "20 % of visits or more do not", with the roles swapped: misses stand where answers do."""
UPHELD = Bet(0.5, 0.5, 2.0)
"""Against "half of the visits find nobody", with the roles swapped: misses stand where answers do."""
