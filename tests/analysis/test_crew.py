"""Names met, and what may be said of them."""

from __future__ import annotations

from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from skbio.diversity.alpha import chao1

from chatprobe.analysis.crew import Crew, crews
from chatprobe.analysis.figures import figures
from tests.analysis.helpers import row, visits


def crew_of(names: list[str]) -> Crew:
    (found,) = crews(visits([row(n / 4, n % 24, agent=name, key="k1") for n, name in enumerate(names)]).survey())
    return found


@given(st.lists(st.integers(0, 25), min_size=30, max_size=100))
def test_the_lower_bound_is_chao1(drawn: list[int]) -> None:
    """With 30 visits and more it is scikit-bio's bias-corrected Chao1."""
    counts = np.bincount(drawn)
    found = crew_of([f"name{one}" for one in drawn])
    assert found.at_least == pytest.approx(chao1(counts, bias_corrected=True), abs=1e-9)
    assert (found.names, found.visits) == ((counts > 0).sum(), len(drawn))


def test_few_visits_have_no_lower_bound() -> None:
    """Below 30 answered visits only the names met are told."""
    assert (None, 3) == (crew_of(["a", "b", "c"] * 9).at_least, crew_of(["a", "b", "c"] * 9).names)


def test_the_bound_on_new_names_by_hand() -> None:
    """40 visits, 6 names met once and 4 twice: at most 6/40 + (1.645 · √14 + 3)/40 of visits would meet another."""
    names = [f"once{n}" for n in range(6)] + [f"twice{n}" for n in range(4)] * 2 + ["often"] * 26
    found = crew_of(names)
    assert (40, 6, 4) == (found.visits, found.once, found.twice)
    assert 6 / 40 + (1.645 * sqrt(14) + 3) / 40 == pytest.approx(found.unmet)
    assert 1.0 == crew_of(["a", "b"]).unmet


def test_only_the_last_four_weeks_count() -> None:
    """A name of five weeks ago is another crew's."""
    rows = [row(0, agent="old", key="k1"), *(row(day, agent="new", key="k1") for day in range(8, 36))]
    (found,) = crews(visits(rows).survey())
    assert ["new"] == list(found.hours)


def test_keys_are_never_mixed() -> None:
    """Names made with two keys are two crews; visits without a name are in none."""
    rows = [row(0, agent="a", key="k1"), row(1, agent="b", key="k2"), row(2, agent="b", key="k2"), row(3)]
    assert [("k1", 1), ("k2", 2)] == [(one.key, one.visits) for one in crews(visits(rows).survey())]
    assert [] == list(crews(visits([row(0)]).survey()))


def test_shifts_show_by_hour() -> None:
    """Each name tells how often it answered at each hour of the day, those met most often first."""
    rows = [row(day, 3, agent="night", key="k") for day in range(3)] + [
        row(day, 15, agent="noon", key="k") for day in range(2)
    ]
    (found,) = crews(visits(rows).survey())
    assert [("night", 3, 3), ("noon", 15, 2)] == [
        (name, int(np.argmax(hours)), int(hours.sum())) for name, hours in found.hours.items()
    ]


def test_no_number_of_people_is_told() -> None:
    """Twenty people who share four names are four names, and every figure says that it counts names."""
    rows = [row(n / 4, n % 24, agent=f"name{n % 20 % 4}", key="k") for n in range(90)]
    told = [one for one in figures(visits(rows)) if "name" in one.metric]
    assert {"names_met": 4, "names_at_least": 4} == {
        one.metric: one.low if one.estimate is None else one.estimate for one in told if one.unit == "names"
    }
    assert all("names" in one.method for one in told if one.unit == "names")
