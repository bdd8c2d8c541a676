"""Waits by hand: every number here can be checked on paper. docs/metrics.md tells them in words."""

from __future__ import annotations

from math import inf
from typing import Any

import numpy as np
import pytest

from chatprobe.analysis.intervals import clopper_pearson
from chatprobe.analysis.waits import Waits, waits_of
from chatprobe.model import EndedBy, Outcome
from tests.analysis.helpers import row, visits

MINUTE = 60_000.0


def waits(*rows: dict[str, Any]) -> Waits:
    return waits_of(visits(rows).survey())


def answered(day: float, minutes: float) -> dict[str, Any]:
    return row(day, first_human_ms=minutes * MINUTE)


def test_closed_is_never_and_no_censored_wait() -> None:
    """Two of ten find it closed, eight are answered after 1 to 8 minutes: F(4 min) is 4 of 10, G(4 min) 4 of 8."""
    found = waits(*(answered(n, n + 1) for n in range(8)), *(row(n, 3, Outcome.OFFLINE) for n in (8, 9)))
    share, when_open = found.within(4 * MINUTE), found.within_when_open(4 * MINUTE)
    assert share
    assert when_open
    assert (0.4, 0.5) == (pytest.approx(share.estimate), pytest.approx(when_open.estimate))
    assert clopper_pearson(4, 10) == pytest.approx((share.low, share.high))
    assert clopper_pearson(4, 8) == pytest.approx((when_open.low, when_open.high))
    assert (8, 5 * MINUTE) == (found.could_ask, found.quantile(0.5).estimate)
    assert 0.2 == pytest.approx(found.never(10 * MINUTE).estimate)


def test_an_unanswered_chat_is_a_censored_wait() -> None:
    """Answered at 1 and 3 min, given up at 2: F(3 min) is 1 - 2/3 · 0/1, not two of three."""
    found = waits(answered(0, 1), answered(1, 3), row(2, outcome=Outcome.NO_REPLY, waited_ms=2 * MINUTE))
    assert [pytest.approx(1 / 3), pytest.approx(1.0)] == [found.low.by(MINUTE), found.low.by(3 * MINUTE)]


def test_unsure_replies_widen_both_ways() -> None:
    """Of ten answered chats one is of unknown author: at least 9, at most 10 of 10, with the limits of both."""
    rows = [answered(n, 1) for n in range(9)] + [row(9, outcome=Outcome.UNSURE_REPLY, first_unknown_ms=MINUTE)]
    share = waits(*rows).within(5 * MINUTE)
    assert share
    assert 0.9 == pytest.approx(share.estimate)
    assert (clopper_pearson(9, 10).low, 1.0) == (pytest.approx(share.low), share.high)


def test_many_unsure_replies_leave_bounds_only() -> None:
    """With three of ten of unknown author there is no estimate, but there are bounds."""
    rows = [answered(n, 1) for n in range(7)] + [row(n, outcome=Outcome.UNSURE_REPLY) for n in (7, 8, 9)]
    found = waits(*rows)
    assert (None, None) == (found.within(5 * MINUTE).estimate, found.quantile(0.5).estimate)
    assert clopper_pearson(7, 10).low == pytest.approx(found.within(5 * MINUTE).low)


def test_leaving_politely_says_anything_from_never_to_at_once() -> None:
    """Who leaves a long line after 2 min would have been answered then, or never: 1 of 2, between both limits."""
    gone = row(1, outcome=Outcome.QUEUE_TIMEOUT, ended_by=str(EndedBy.QUEUE_LIMIT), waited_ms=2 * MINUTE)
    found = waits(answered(0, 1), gone)
    assert (0.5, 0.5, 1.0) == (found.low.by(9 * MINUTE), found.high.by(MINUTE), found.high.by(2 * MINUTE))
    assert 1 == found.left


def test_our_own_faults_shorten_nothing() -> None:
    """Faults before asking are as if nobody had gone; interrupted waits are followed as long as they were."""
    rows = [answered(0, 1), answered(1, 3), row(2, outcome=Outcome.SCENARIO_BROKEN)]
    cut = row(3, outcome=Outcome.INTERRUPTED, waited_ms=2 * MINUTE)
    assert 2 == waits(*rows).visits
    found = waits(*rows, cut)
    assert (3, 1) == (found.visits, found.cut)
    assert [pytest.approx(1 / 3), pytest.approx(1.0)] == [found.low.by(MINUTE), found.low.by(3 * MINUTE)]


@pytest.mark.parametrize(("q", "least"), [(0.5, 6), (0.75, 13), (0.9, 36)])
def test_quantiles_need_so_many_chats(q: float, least: int) -> None:
    """With fewer there is none; with just so many, all answered, its interval has an upper end."""
    assert waits(*(answered(n, 1) for n in range(least - 1))).quantile(q) is None
    wait = waits(*(answered(n, 1) for n in range(least))).quantile(q)
    assert wait
    assert MINUTE == wait.high


def test_a_quantile_that_is_not_reached_has_no_end() -> None:
    """Where six of ten are never answered there is no median: it is not reached."""
    found = waits(*(answered(n, 1) for n in range(4)), *(row(n, outcome=Outcome.OFFLINE) for n in range(4, 10)))
    assert (inf, inf) == (found.quantile(0.5).estimate, found.quantile(0.5).high)


@pytest.mark.parametrize(
    ("rows", "lacking"),
    [
        ([row(n) for n in range(23)], "23 of 24 chats"),
        ([row(n / 3, n % 24) for n in range(24)], "8 of 14 days"),
        ([row(n, n % 23) for n in range(46)], "no chat yet at 23 h"),
        ([row(n + n // 5 * 2, n % 24) for n in range(48)], "no chat yet on weekends"),
        ([row(n, n % 24) for n in range(24)], None),
    ],
)
def test_shares_need_chats_at_all_hours(rows: list[dict[str, Any]], lacking: str | None) -> None:
    """24 chats, over 14 days, at each hour of the day, on weekdays and weekends."""
    assert lacking == waits(*rows).missing


def test_offline_for_a_fifth() -> None:
    """With a fifth offline and waits lognormal around 120 s, F(15 min) is .79 and the median 160 s."""
    chance = np.random.default_rng(5)
    rows = [
        row(n / 8, n % 24, waited_ms=1_800_000.0, first_human_ms=float(wait), outcome="human_reply")
        if there
        else row(n / 8, n % 24, Outcome.OFFLINE)
        for n, (there, wait) in enumerate(
            zip(chance.random(20_000) < 0.8, 120_000 * np.exp(0.9 * chance.standard_normal(20_000)), strict=True)
        )
    ]
    found = waits(*rows)
    assert found.within(15 * MINUTE).estimate == pytest.approx(0.79, abs=0.01)
    assert found.quantile(0.5).estimate == pytest.approx(160_000, abs=5_000)
