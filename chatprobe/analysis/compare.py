"""Casinos side by side: who is surely quicker than whom, and nothing more. No league table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import inf
from typing import Any

import numpy as np

from chatprobe.analysis.availability import WITHIN_MS, in_time
from chatprobe.analysis.intervals import Interval, clopper_pearson
from chatprobe.analysis.names import Floats, Mask
from chatprobe.analysis.reason import Reason
from chatprobe.analysis.visits import Visits
from chatprobe.analysis.waits import deadline_of

LEAST = 48
"""Fewest survey chats of a casino that is compared."""
ERROR = 0.05
"""How often any difference at all may be claimed where there is none."""


@dataclass(frozen=True)
class Compared:
    """One casino among others."""

    casino: str
    chats: int
    answered: int
    """Surely by a person, in time."""
    doubtful: int
    """Perhaps."""
    ranks: tuple[int, int]
    """From 1 + those significantly better to all less those significantly worse."""

    @property
    def low(self) -> float:
        """Share that was surely answered in time."""
        return self.answered / self.chats

    @property
    def high(self) -> float:
        """The same with the doubtful ones."""
        return (self.answered + self.doubtful) / self.chats

    @property
    def interval(self) -> Interval:
        """95 % limits of the share that is answered in time, doubtful ones both ways."""
        low = clopper_pearson(self.answered, self.chats).low
        return Interval(low, clopper_pearson(self.answered + self.doubtful, self.chats).high)


@dataclass(frozen=True)
class Comparison:
    """Casinos asked in one language, with one deadline, over one time."""

    language: str
    deadline_ms: float
    within_ms: float
    since: float
    """Epoch ms: all were visited from then …"""
    until: float
    """… until then."""
    casinos: tuple[Compared, ...]
    """By name: their order says nothing."""
    left_out: Mapping[str, Reason]
    """Casinos that cannot be compared, and why."""

    def as_rows(self) -> Iterator[dict[str, Any]]:
        """The shape of `stats --json`: the interval is that of the place, the estimate null."""
        for one in self.casinos:
            yield {
                "casino": one.casino,
                "metric": "place",
                "group": self.language,
                "estimate": None,
                "interval": list(one.ranks),
                "unit": "place",
                "counts": {"n": one.chats, "answered": one.answered, "doubtful": one.doubtful, "of": len(self.casinos)},
                "method": "rank set: all pairs, chi-square with Yates's correction, Holm 5 %",
                "note": f"by the share answered within {self.within_ms / 1000:.0f} s",
            }


def comparisons(survey: Visits, within_ms: float = WITHIN_MS) -> Iterator[Comparison]:
    """What can be compared in the `survey` of several casinos, by language; none where fewer than two can be."""
    for language in survey.language.met():
        asked = survey.where(survey.language.are(language))
        deadline = deadline_of(asked)
        if deadline is None or deadline < within_ms:
            continue
        same = asked.where(asked.deadline_ms == deadline)
        parts, left_out = _comparable(dict(same.by_casino()))
        if len(parts) >= 2:
            yield _comparison(parts, left_out, (language, deadline, within_ms))


def _comparable(parts: dict[str, Visits]) -> tuple[dict[str, Visits], dict[str, Reason]]:
    """Casinos with enough chats in the time in which all were visited; who has fewest there is left out first."""
    left_out: dict[str, Reason] = {}
    kept = dict(parts)
    while kept:
        since, until = _common(kept)
        inside = {name: int(((one.at >= since) & (one.at <= until)).sum()) for name, one in kept.items()}
        fewest = min(inside, key=lambda name: (inside[name], len(kept[name]), name))
        if inside[fewest] >= LEAST:
            chosen = {name: one.where((one.at >= since) & (one.at <= until)) for name, one in kept.items()}
            return dict(sorted(chosen.items())), left_out
        left_out[fewest] = Reason("few_together", have=inside[fewest], need=LEAST)
        del kept[fewest]
    return {}, left_out


def _common(parts: Mapping[str, Visits]) -> tuple[float, float]:
    """From when to when all were visited; a casino with too few chats of its own does not shorten it."""
    enough = [one for one in parts.values() if len(one) >= LEAST]
    spans = [(float(one.at[0]), float(one.at[-1])) for one in enough]
    return max((first for first, _ in spans), default=inf), min((last for _, last in spans), default=-inf)


def _comparison(
    parts: Mapping[str, Visits], left_out: Mapping[str, Reason], what: tuple[str, float, float]
) -> Comparison:
    language, deadline, within_ms = what
    counts = np.array([_counts(part, within_ms) for part in parts.values()])
    better = significant(*counts.T.astype(float))
    ranks = [(1 + int(better[:, one].sum()), len(parts) - int(better[one].sum())) for one in range(len(parts))]
    since, until = _common(parts)
    casinos = tuple(
        Compared(name, int(n), int(sure), int(doubtful), rank)
        for name, (n, sure, doubtful), rank in zip(parts, counts.tolist(), ranks, strict=True)
    )
    return Comparison(language, deadline, within_ms, since, until, casinos, left_out)


def _counts(chats: Visits, within_ms: float) -> tuple[int, int, int]:
    """Chats that tell whether somebody answered in time, those surely answered, those perhaps."""
    sure, doubtful, cut = in_time(chats, within_ms)
    return int((~cut).sum()), int(sure.sum()), int(doubtful.sum())


def significant(n: Floats, sure: Floats, doubtful: Floats) -> Mask:
    """[i, j] says whether i is better than j: its share without doubtful replies above that of j with all of them.

    All pairs at once, so that any claim at all is wrong in `ERROR` of cases at most: S. Holm (1979) over the two-sided
    chi-square tests with F. Yates's (1934) correction, which keeps them near R. A. Fisher's exact ones.
    """
    low, high = sure / n, (sure + doubtful) / n
    first, second = np.triu_indices(len(n), 1)
    up, down = low[first] > high[second], low[second] > high[first]
    one, other = np.where(up, first, second), np.where(up, second, first)
    p = np.where(up | down, _chi_square(sure[one], n[one], (sure + doubtful)[other], n[other]), 1.0)
    order = np.argsort(p, kind="stable")
    passed = p[order] <= ERROR / (len(p) - np.arange(len(p)))
    claimed = order[: int(np.argmin(passed)) if not passed.all() else len(p)]
    better = np.zeros((len(n), len(n)), bool)
    better[one[claimed], other[claimed]] = True
    return better


def _chi_square(hits: Floats, n: Floats, others: Floats, of: Floats) -> Floats:
    """Two-sided p of two shares being one, with Yates's correction; 1 where nothing could differ."""
    from scipy.special import erfc

    pooled = (hits + others) / (n + of)
    error = np.sqrt(pooled * (1 - pooled) * (1 / n + 1 / of))
    gap = np.maximum(np.abs(hits / n - others / of) - 0.5 * (1 / n + 1 / of), 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        p: Floats = np.where(error > 0, erfc(gap / error / np.sqrt(2)), 1.0)
    return p
