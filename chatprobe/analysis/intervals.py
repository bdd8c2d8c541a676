"""Intervals for shares. SciPy is imported where it is needed: the plain ones are quick to have."""

from __future__ import annotations

from collections.abc import Callable
from math import lgamma, log, log1p, sqrt
from typing import NamedTuple

Z = 1.959963984540054
"""The normal quantile of a two-sided interval of 95 %."""
ERROR = 0.05
"""How often an interval may miss what it is about."""


class Interval(NamedTuple):
    """From `low` to `high`, both included."""

    low: float
    high: float


ANYTHING = Interval(0.0, 1.0)
"""What is known of a share before anything was seen."""


def wilson(hits: float, n: float) -> Interval:
    """95 % interval of a share, `hits` of `n`: E. B. Wilson (1927), right on average; for heat maps."""
    if n <= 0:
        return ANYTHING
    share, square = hits / n, Z * Z
    centre = (share + square / (2 * n)) / (1 + square / n)
    half = Z * sqrt(share * (1 - share) / n + square / (4 * n * n)) / (1 + square / n)
    return Interval(0.0 if hits <= 0 else max(0.0, centre - half), 1.0 if hits >= n else min(1.0, centre + half))


def clopper_pearson(hits: float, n: float) -> Interval:
    """95 % interval of a share, `hits` of `n`: C. J. Clopper, E. S. Pearson (1934), never below 95 %; to be published.

    `hits` and `n` need not be whole: with censored waits they are the size of a sample that would be as exact.
    """
    from scipy.special import betaincinv

    if n <= 0:
        return ANYTHING
    low = 0.0 if hits <= 0 else float(betaincinv(hits, n - hits + 1, ERROR / 2))
    high = 1.0 if hits >= n else float(betaincinv(hits + 1, n - hits, 1 - ERROR / 2))
    return Interval(low, high)


def sequence(hits: int, n: int, error: float = ERROR) -> Interval:
    """An interval of a share that is right at all looks at once, in all but `error` of series, however often one looks.

    The shares that a Beta(1, 1) mixture does not bet down: B(1 + s, 1 + m) / (p^s (1 - p)^m) < 1 / `error`, for s
    `hits` and m misses: H. Robbins (1970), Statistical methods related to the law of the iterated logarithm.
    """
    misses = n - hits
    if n <= 0:
        return ANYTHING
    mixed = lgamma(1 + hits) + lgamma(1 + misses) - lgamma(2 + n)

    def refuted(p: float) -> bool:
        return mixed - hits * log(p) - misses * log1p(-p) >= -log(error)

    share = hits / n
    low = 0.0 if hits == 0 else _edge(refuted, 0.0, share)
    high = 1.0 if misses == 0 else _edge(refuted, 1.0, share)
    return Interval(low, high)


def _edge(refuted: Callable[[float], bool], outside: float, inside: float) -> float:
    """Where `refuted` changes between a refuted `outside` and a point `inside`; the outer side, so none is lost."""
    for _ in range(60):
        middle = (outside + inside) / 2
        if refuted(middle):
            outside = middle
        else:
            inside = middle
    return outside
