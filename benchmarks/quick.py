"""The plan's belief with numpy: thousands of casinos in the time of hundreds. A test holds it to the product's own."""

from __future__ import annotations

from functools import cache, lru_cache

import numpy as np
from scipy.special import betaln

from chatprobe.plan import belief
from chatprobe.windows import windows


@cache
def _cells() -> np.ndarray:
    """[cell, window]: whether the window holds the cell."""
    held = np.zeros((168, len(windows())))
    for number, (_, cells) in enumerate(windows()):
        held[sorted(cells), number] = 1
    return held


@cache
def _priors() -> np.ndarray:
    return np.log([weight for weight, _ in windows()])


def _sums(pairs: tuple[tuple[int, float], ...]) -> np.ndarray:
    by_cell = np.zeros(168)
    for cell, amount in pairs:
        by_cell[cell] = amount
    return by_cell @ _cells()


@lru_cache(maxsize=1_000)
def _weights(evidence: belief._Evidence) -> np.ndarray:
    s, m, signs = (_sums(pairs) for pairs in evidence)
    hits, misses = (sum(count for _, count in pairs) for pairs in (evidence.hits, evidence.misses))
    logs = _priors() + betaln(0.4 + s, 4 + m) + betaln(9 + hits - s, 1 + misses - m)
    v = np.exp(logs - logs.max())
    v /= v.sum()
    w = v * (1 + np.exp(np.minimum(signs, belief._STRONGEST)))  # noqa: SLF001
    return 0.5 * v + 0.5 * w / w.sum()


def odds(evidence: belief._Evidence, cells: tuple[int, ...]) -> list[float]:
    """What `belief._odds` gives."""
    held = _cells()[list(cells)]
    width = held.sum(axis=0)
    found = held @ np.where(width > 0, _weights(evidence) / np.maximum(width, 1), 0.0)
    return (found / (found.max(initial=0.0) or 1.0)).tolist()


def hurry() -> None:
    """From now on this process plans with numpy."""
    belief._odds = odds  # type: ignore[assignment]  # noqa: SLF001  # the one part that takes its time
