"""Verdicts and estimates on casinos whose truth is known: `benchmarks.truth` with few runs."""

from __future__ import annotations

from statistics import mean

import pytest

from benchmarks import quick, truth_waits
from benchmarks.plan_world import World
from benchmarks.truth import BLIPS, DOUBT, FLAT, WEEKS, kept
from chatprobe.plan import belief

RUNS = 12


@pytest.fixture(autouse=True)
def _hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(belief, "_odds", quick.odds)


@pytest.mark.slow
@pytest.mark.parametrize("world", [FLAT, WEEKS, BLIPS, DOUBT], ids=["flat", "weeks", "blips", "doubt"])
def test_kept_promises_are_hardly_ever_contradicted(world: World) -> None:
    """200 looks at casinos that answer as much as the promise demands, by luck or in spells, accuse nobody.

    Without the certificate, or with doubts counted against the casino, a third of them would be; by peeking nearly all.
    """
    found = [kept(run, world) for run in range(RUNS)]
    assert sum(one.contradicted for one in found) <= 1
    assert not any(one.refuted for one in found)
    if world is FLAT:
        assert sum(one.naive for one in found) >= RUNS // 2


@pytest.mark.slow
def test_a_hunt_bends_no_estimate() -> None:
    """Where a gap at night is hunted for, the survey alone tells F(5 min) and F(15 min); all chats do not."""
    found = [truth_waits.hunted(run) for run in range(RUNS)]
    for place in (0, 1):
        assert abs(mean(survey.errors[place] for survey, _ in found)) <= 0.06
        assert mean(everything.errors[place] for _, everything in found) <= -0.12
        assert sum(survey.covered[place] for survey, _ in found) >= RUNS - 2


def test_doubtful_replies_are_covered() -> None:
    """With 30 % of unknown author, half of them people, the interval holds the truth in nearly all runs."""
    found = [truth_waits.doubtful(run) for run in range(40)]
    assert all(sum(one.covered[place] for one in found) >= 38 for place in (0, 1))
