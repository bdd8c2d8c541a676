"""How far two people, or a person and a program, say the same of the same things."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from chatprobe.analysis.intervals import Z, wilson


@dataclass(frozen=True)
class Agreement:
    """What came out of one comparison."""

    n: int
    """Things that both judged."""
    observed: float | None
    """Share judged alike; None where nothing was judged."""
    observed_interval: tuple[float, float] | None
    """95 % interval of `observed`, after Wilson."""
    kappa: float | None
    """Cohen's kappa; None where it is not defined: nothing judged, or both gave all things one and the same name."""
    kappa_interval: tuple[float, float] | None
    """95 % interval of `kappa`; None where the large-sample error is 0 or not defined, as after full agreement."""
    table: Mapping[tuple[str, str], int]
    """How often the first said the one and the second the other; only pairs that occurred."""


def agreement(pairs: Sequence[tuple[str, str]]) -> Agreement:
    """Compare two judges; each pair is what the first and what the second said of one thing.

    Kappa is that of J. Cohen (1960), A coefficient of agreement for nominal scales; its interval is kappa ± 1.96
    standard errors with the large-sample variance of J. L. Fleiss, J. Cohen and B. S. Everitt (1969), Large sample
    standard errors of kappa and weighted kappa, formula 13, cut to -1 … 1. The interval of the plain share is that of
    E. B. Wilson (1927). With few things, or hardly any that differ, trust the share and not kappa's interval.
    """
    n = len(pairs)
    if n == 0:
        return Agreement(0, None, None, None, None, {})
    table = Counter(pairs)
    alike = sum(count for (one, other), count in table.items() if one == other)
    kappa, error = _kappa(table, n)
    around = (max(-1.0, kappa - Z * error), min(1.0, kappa + Z * error)) if kappa is not None and error else None
    return Agreement(n, alike / n, wilson(alike, n), kappa, around, dict(table))


def _kappa(table: Mapping[tuple[str, str], int], n: int) -> tuple[float | None, float]:
    """Kappa and its standard error."""
    first: Counter[str] = Counter()
    second: Counter[str] = Counter()
    for (one, other), count in table.items():
        first[one] += count
        second[other] += count
    shares = {pair: count / n for pair, count in table.items()}
    rows, columns = ({name: count / n for name, count in one.items()} for one in (first, second))
    observed = sum(count for (one, other), count in table.items() if one == other) / n
    expected = sum(share * columns.get(name, 0.0) for name, share in rows.items())
    if first.keys() == second.keys() and len(first) == 1:
        return None, 0.0
    both = {name: rows.get(name, 0.0) + columns.get(name, 0.0) for name in {*rows, *columns}}
    on = sum(
        share * ((1 - expected) - both[one] * (1 - observed)) ** 2
        for (one, other), share in shares.items()
        if one == other
    )
    off = (1 - observed) ** 2 * sum(
        # In this sum, the second's share of the first's name meets the first's share of the second's name.
        share * (columns.get(one, 0.0) + rows.get(other, 0.0)) ** 2
        for (one, other), share in shares.items()
        if one != other
    )
    rest = (observed * expected - 2 * expected + observed) ** 2
    variance = (on + off - rest) / (n * (1 - expected) ** 4)
    return (observed - expected) / (1 - expected), sqrt(max(0.0, variance))
