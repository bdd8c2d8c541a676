"""Agreement of two judges: worked examples, honest edges, promises for any pairs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatprobe.analysis.kappa import agreement


def pairs(table: list[list[int]]) -> list[tuple[str, str]]:
    """The judgements behind a square table of counts."""
    return [(f"c{i}", f"c{j}") for i, row in enumerate(table) for j, count in enumerate(row) for _ in range(count)]


@pytest.mark.parametrize(
    ("table", "kappa", "low", "high"),
    [
        ([[20, 5], [10, 15]], 0.4, 0.151092, 0.648908),
        ([[88, 14, 18], [10, 40, 10], [2, 6, 12]], 0.491525, 0.391564, 0.591487),
    ],
)
def test_worked_examples(table: list[list[int]], kappa: float, low: float, high: float) -> None:
    """Two worked tables, the second with three names, give the kappa and interval that statsmodels 0.15 gives."""
    found = agreement(pairs(table))
    assert found.kappa_interval is not None
    assert pytest.approx((kappa, low, high), abs=1e-6) == (found.kappa, *found.kappa_interval)


def test_the_share_has_its_interval() -> None:
    """35 of 50 alike: 70 %, and Wilson's interval around it."""
    found = agreement(pairs([[20, 5], [10, 15]]))
    assert found.observed_interval is not None
    assert pytest.approx((0.7, 0.562, 0.809), abs=1e-3) == (found.observed, *found.observed_interval)


def test_one_name_has_no_kappa() -> None:
    """Where both gave everything the same name, chance explains all of it: no kappa, and no pretence of one."""
    found = agreement([("bot", "bot")] * 9)
    assert (9, 1.0, None, None) == (found.n, found.observed, found.kappa, found.kappa_interval)


def test_full_agreement_has_no_interval() -> None:
    """After full agreement the large-sample error is 0, which no sample of ten can promise: no interval is given."""
    found = agreement([("bot", "bot")] * 5 + [("human", "human")] * 5)
    assert (1.0, None) == (found.kappa, found.kappa_interval)
    assert found.observed_interval is not None
    assert pytest.approx((0.722, 1.0), abs=1e-3) == found.observed_interval


def test_nothing_judged() -> None:
    """Nothing in, no numbers out."""
    found = agreement([])
    assert (0, None, None, None, {}) == (found.n, found.observed, found.observed_interval, found.kappa, found.table)


NAMES = st.sampled_from(["human", "bot", "system", "unknown"])


@given(st.lists(st.tuples(NAMES, NAMES), min_size=1, max_size=60))
def test_any_pairs(found: list[tuple[str, str]]) -> None:
    """Kappa lies in -1 … 1, within its interval, does not care who is first, and is 1 only for full agreement."""
    one, turned = agreement(found), agreement([(b, a) for a, b in found])
    assert (one.kappa is None) == (turned.kappa is None)
    if one.kappa is None or turned.kappa is None:
        assert 1 == len(set(found))
        return
    assert pytest.approx(turned.kappa) == one.kappa
    assert -1 <= one.kappa <= 1
    assert (one.kappa == 1) == all(a == b for a, b in found)
    if one.kappa_interval:
        low, high = one.kappa_interval
        assert -1 <= low <= one.kappa <= high <= 1
