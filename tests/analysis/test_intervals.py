"""Intervals of shares, against other people's programs and against what they promise."""

from __future__ import annotations

from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta
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
        mixture = -np.log(beta(1 + hits, 1 + n - hits).pdf(edge)) + log(1 / (n + 1))
        worth = -(mixture + np.log(_binomial(hits, n))) if False else _worth(hits, n, edge)
        assert worth == pytest.approx(20, rel=1e-6)
