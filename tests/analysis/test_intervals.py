"""Intervals of shares, against other people's programs and against what they promise."""

from __future__ import annotations

from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import betaln, xlog1py, xlogy
from statsmodels.stats.proportion import proportion_confint

from chatprobe.analysis.intervals import clopper_pearson, sequence, wilson

COUNTS = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(COUNTS)
def test_agrees_with_statsmodels(counts: tuple[int, int]) -> None:
    """Wilson's and Clopper and Pearson's intervals are those of statsmodels, to nine places."""
    assert wilson(*counts) == pytest.approx(proportion_confint(*counts, method="wilson"), abs=1e-9)
    assert clopper_pearson(*counts) == pytest.approx(proportion_confint(*counts, method="beta"), abs=1e-9)


def test_without_visits_nothing_is_known() -> None:
    """No visit leaves every share possible."""
    assert [(0.0, 1.0)] * 3 == [wilson(0, 0), clopper_pearson(0, 0), sequence(0, 0)]


@given(COUNTS)
def test_edges_of_the_sequence_are_where_the_mixture_wins(counts: tuple[int, int]) -> None:
    """At an inner edge the Beta(1, 1) mixture is worth just 20, and the share itself lies inside."""
    hits, n = counts
    low, high = sequence(hits, n)
    assert low <= hits / n <= high
    for edge in {low, high} - {0.0, 1.0}:
        worth = betaln(1 + hits, 1 + n - hits) - xlogy(hits, edge) - xlog1py(n - hits, -edge)
        assert worth == pytest.approx(log(20), abs=1e-6)


def test_sequence_is_right_at_every_look() -> None:
    """Looked at after each of 200 visits, it misses the truth at any look in at most 5 % of series."""
    chance = np.random.default_rng(1)
    hits = np.cumsum(chance.random((2_000, 200)) < 0.9, axis=1)
    n = np.arange(1, 201)
    worth = betaln(1 + hits, 1 + n - hits) - hits * log(0.9) - (n - hits) * log(0.1)
    assert 0.05 >= np.mean((worth >= log(20)).any(axis=1))
    assert all(
        sequence(int(h), k)[0] <= 0.9 <= sequence(int(h), k)[1] for h, k in zip(hits[0], n.tolist(), strict=True)
    )
