"""Cumulative incidence, against other people's programs and by hand."""

from __future__ import annotations

import warnings
from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.duration.survfunc import SurvfuncRight

from chatprobe.analysis.curve import Quantile, incidence
from chatprobe.analysis.intervals import clopper_pearson
from chatprobe.analysis.names import Floats, Mask

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # its dependencies warn of each other
    from lifelines import KaplanMeierFitter

FOLLOWED = st.lists(st.tuples(st.integers(1, 30).map(float), st.booleans()), min_size=1, max_size=80)
"""Times with many ties, some censored."""


def arrays(rows: list[tuple[float, bool]]) -> tuple[Floats, Mask]:
    times, happened = zip(*rows, strict=True)
    return np.array(times), np.array(happened)


@given(FOLLOWED)
@settings(max_examples=30)  # it is slow
def test_agrees_with_lifelines(rows: list[tuple[float, bool]]) -> None:
    """1 - F is Kaplan and Meier's survival at every time, whatever is tied or censored, also of one row only."""
    times, happened = arrays(rows)
    ours, theirs = incidence(times, happened), KaplanMeierFitter().fit(times, happened)
    at = np.arange(0, 32.0, 0.5)
    assert [1 - ours.by(one) for one in at] == pytest.approx(theirs.predict(at).tolist(), abs=1e-9)


@given(FOLLOWED)
def test_variance_is_greenwoods(rows: list[tuple[float, bool]]) -> None:
    """The variance of the share is statsmodels' squared standard error wherever anybody is left."""
    times, happened = arrays(rows)
    ours, theirs = incidence(times, happened), SurvfuncRight(times, happened.astype(int))
    errors = dict(zip(theirs.surv_times.tolist(), theirs.surv_prob_se.tolist(), strict=True))
    for at, share, variance in zip(ours.times.tolist(), ours.share.tolist(), ours.variance.tolist(), strict=True):
        if share < 1 - 1e-12:
            assert variance == pytest.approx(errors[at] ** 2, abs=1e-9)


@given(st.lists(st.integers(1, 9).map(float), min_size=1, max_size=40), st.integers(0, 10))
def test_without_censoring_limits_are_those_of_the_counts(times: list[float], never: int) -> None:
    """With all fates known, the limits at a time are Clopper and Pearson's for that many of all."""
    n = len(times) + never
    curve = incidence(np.array([*times, *[inf] * never]), np.array([True] * len(times) + [False] * never))
    for at in range(11):
        hits = sum(time <= at for time in times)
        assert curve.limits(at) == pytest.approx(clopper_pearson(hits, n), abs=1e-9)
        assert curve.followed(at)


@given(FOLLOWED, st.sampled_from([0.1, 0.5, 0.75, 0.9]))
def test_quantiles_invert_the_limits(rows: list[tuple[float, bool]], q: float) -> None:
    """A quantile and its limits are the first times at which the share, its upper and its lower limit reach it."""
    curve = incidence(*arrays(rows))
    found = curve.quantile(q)

    def first(which: int) -> float:
        reach = [at for at in curve.times.tolist() if (curve.by(at), *curve.limits(at))[which] >= q - 1e-12]
        return reach[0] if reach else inf

    low = 0.0 if clopper_pearson(0, len(rows)).high >= q else first(2)
    assert Quantile(first(0), low, first(1)) == found


def test_nobody_has_no_curve() -> None:
    """Without visits no share is told, and no time followed."""
    empty = incidence(np.array([]), np.array([], bool))
    assert (0, False, True) == (empty.n, empty.followed(0.0), bool(np.isnan(empty.by(1.0))))
    assert ((0.0, 1.0), inf) == (empty.limits(5.0), empty.quantile(0.5).at)


def test_past_the_last_that_was_followed_nothing_is_told() -> None:
    """With somebody lost at 10 minutes and nobody followed for longer, F(15 min) is not known."""
    curve = incidence(np.array([60e3, 600e3, inf]), np.array([True, False, False]))
    assert [True, True, False] == [curve.followed(at) for at in (60e3, 600e3, 900e3)]
