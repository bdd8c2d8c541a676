"""Bots, lines, signs, languages, answers and comparisons by hand, and figures as rows."""

from __future__ import annotations

import json
from math import inf
from typing import Any

import numpy as np
import pytest
from scipy.stats import chi2_contingency
from statsmodels.stats.multitest import multipletests

from chatprobe.analysis.answers import answers_to
from chatprobe.analysis.availability import Rate, availability
from chatprobe.analysis.bots import bots_of
from chatprobe.analysis.compare import comparisons, significant
from chatprobe.analysis.figures import figures
from chatprobe.analysis.groups import By
from chatprobe.analysis.honesty import honesty
from chatprobe.analysis.intervals import wilson
from chatprobe.analysis.lines import lines_of
from chatprobe.analysis.tongues import tongues
from chatprobe.analysis.visits import Visits
from chatprobe.model import Outcome
from tests.analysis.helpers import row, visits

MINUTE = 60_000.0
Rows = list[dict[str, Any]]


def survey(rows: Rows) -> Visits:
    return visits(rows).survey()


def test_three_figures_for_an_hour() -> None:
    """At 12 h: five visits, one closed, one with a bot only, one late, one of unknown author, one in time."""
    rows = [
        row(0, outcome=Outcome.OFFLINE),
        row(1, outcome=Outcome.BOT_ONLY, first_bot_ms=900.0),
        row(2, first_human_ms=6 * MINUTE, waited_ms=7 * MINUTE),
        row(3, outcome=Outcome.UNSURE_REPLY),
        row(4),
        row(5, outcome=Outcome.SITE_DOWN),
        row(6, outcome=Outcome.INTERRUPTED, waited_ms=MINUTE),
        row(7, 13),
    ]
    seen = survey(rows)
    noon = availability(seen, seen.clock, 24)[12]
    assert (Rate(5, 6), Rate(4, 5), Rate(1, 5, 1)) == (noon.offered, noon.any_answer, noon.human)
    assert (wilson(1, 5).low, wilson(2, 5).high) == noon.human.interval
    assert [True, False] == [availability(seen, seen.clock, 24)[hour].enough for hour in (12, 13)]
    at_night = availability(seen, seen.clock, 24)[3].offered
    assert (0, None) == (at_night.n, at_night.estimate)


def test_giving_up_before_the_time_asked_for_is_no_miss() -> None:
    """A chat given up at a deadline of two minutes may have been answered within five, but surely not within two."""
    given_up = row(0, outcome=Outcome.NO_REPLY, ended_by="deadline", waited_ms=119_900.0)
    hung_up = row(1, outcome=Outcome.NO_REPLY, ended_by="closed", waited_ms=50_000.0)
    seen = survey([given_up, hung_up, row(2, outcome=Outcome.OFFLINE, ended_by="deadline")])
    for within_ms, doubtful in ((5 * MINUTE, 1), (2 * MINUTE, 0)):
        assert Rate(0, 3, doubtful) == availability(seen, seen.clock * 0, 1, within_ms)[0].human


def test_what_we_cut_short_counts_against_nobody() -> None:
    """A wait that we interrupted is no miss of a bot's desk, of a sign, or of an hour; a polite leave is a doubt."""
    cut = row(0, outcome=Outcome.INTERRUPTED, first_bot_ms=900.0, waited_ms=MINUTE)
    left = row(1, outcome=Outcome.BOT_ONLY, first_bot_ms=900.0, ended_by="agent_time", waited_ms=MINUTE)
    silent = row(2, outcome=Outcome.INTERRUPTED, waited_ms=MINUTE)
    in_line = row(3, outcome=Outcome.QUEUE_TIMEOUT, ended_by="queue_limit", waited_ms=MINUTE)
    looks = [row(day, 11.5, Outcome.ONLINE, chat=0) for day in range(5)]
    seen = visits([*looks, cut, left, silent, in_line, row(4)])
    assert Rate(0, 1, 1) == bots_of(seen.survey()).passed
    assert Rate(1, 3, 2) == honesty(seen).online
    (met,) = availability(seen.survey(), seen.survey().clock * 0, 1)
    assert (Rate(5, 5), Rate(3, 4, 1), Rate(1, 3, 2)) == (met.offered, met.any_answer, met.human)


def test_bots_are_timed_apart() -> None:
    """A bot's first text counts for the bot's time only; chats without a bot are waits for one that were given up."""
    rows = [
        row(0, first_bot_ms=1_000.0, handoff_turns=2, handoff_clicks=1),
        row(1, first_bot_ms=3_000.0),
        row(2, outcome=Outcome.BOT_ONLY, first_bot_ms=2_000.0, handoff_turns=4, handoff_clicks=0),
        row(3, outcome=Outcome.UNSURE_REPLY, first_bot_ms=2_000.0),
        row(4),
        row(5, outcome=Outcome.OFFLINE),
    ]
    bots = bots_of(survey(rows))
    assert (5, 4, Rate(2, 4, 1)) == (bots.asked, bots.met, bots.passed)
    assert (2_000.0, 0.8) == (bots.response.quantile(0.5).at, pytest.approx(bots.response.by(5_000.0)))
    assert [0.25, pytest.approx(0.625)] == [bots.escape.by(0), bots.escape.by(3)]


def test_lines_by_the_place_announced() -> None:
    """Waits in line run from the first notice; who leaves a long one is counted apart."""
    rows = [
        row(0, queue_first=1, queue_entered_ms=5_000.0, first_human_ms=65_000.0),
        row(
            1, queue_first=4, queue_entered_ms=0.0, outcome=Outcome.QUEUE_TIMEOUT, ended_by="queue_limit", waited_ms=9.0
        ),
        row(2, queue_first=3, first_human_ms=120_000.0),
        row(3, queue_first=40, outcome=Outcome.QUEUE_TIMEOUT),
        row(4),
    ]
    found = {line.name: line for line in lines_of(survey(rows))}
    assert ["1", "3-5", "11+"] == list(found)
    assert [(1, 1, 0), (2, 1, 1), (1, 0, 0)] == [(one.visits, one.answered, one.left) for one in found.values()]
    assert (60_000.0, inf) == (found["1"].wait.quantile(0.5).at, found["11+"].wait.quantile(0.5).at)


def test_signs_against_people() -> None:
    """Each chat is held against the look nearest to it, within two hours; looks are counted for themselves."""

    def look(day: float, hour: float, outcome: Outcome) -> dict[str, Any]:
        return row(day, hour, outcome, chat=0)

    rows = [
        look(0, 11, Outcome.ONLINE),
        row(0),
        look(0, 12.5, Outcome.ONLINE),
        look(1, 13, Outcome.OFFLINE),
        row(1),
        look(2, 10.9, Outcome.ONLINE),
        row(2, outcome=Outcome.NO_REPLY),
        row(3),
        look(3, 14.1, Outcome.ONLINE),
    ]
    found = honesty(visits(rows))
    assert (Rate(1, 2), Rate(1, 1), 1, Rate(4, 5)) == (found.online, found.offline, found.unpaired, found.shown_open)
    assert 2 == honesty(visits([row(0), row(1)])).unpaired


def test_languages_and_answers() -> None:
    """Asked in French: three of four told languages are French; of answers with a key those that hold it are right."""
    rows = [row(day, language="fr", answered_in="fr", question="q", answer_match=1) for day in range(3)]
    rows += [row(3, language="fr", answered_in="en", question="q", answer_match=0), row(4, language="fr", question="q")]
    (french,) = tongues(survey(rows))
    assert ("fr", 5, 5, Rate(3, 4), {"en": 1}) == (
        french.asked_in,
        french.visits,
        french.answered,
        french.same,
        french.others,
    )
    (answers,) = answers_to(survey(rows))
    assert (Rate(3, 4), 0.375) == (answers.right, answers.contradicting)
    low, high = answers.right.limits
    assert low < 0.5 < high
    assert (2 * high * (1 - high), 0.5) == answers.contradicting_limits
    assert [] == answers_to(survey([row(0, question="q")]))


def test_differences_are_claimed_by_holm_and_yates() -> None:
    """All pairs are tested by the corrected chi-square, and claims step down as in statsmodels."""
    n, hits = np.array([60.0, 80.0, 60.0, 100.0]), np.array([55.0, 50.0, 20.0, 61.0])
    pairs = [(i, j) for i in range(4) for j in range(i + 1, 4)]
    tables = [[[hits[i], n[i] - hits[i]], [hits[j], n[j] - hits[j]]] for i, j in pairs]
    claimed = multipletests([chi2_contingency(table).pvalue for table in tables], 0.05, "holm")[0]
    better = significant(n, hits, np.zeros(4))
    assert claimed.tolist() == [bool(better[i, j] or better[j, i]) for i, j in pairs]
    assert all(hits[i] / n[i] > hits[j] / n[j] for i, j in zip(*np.nonzero(better), strict=True))


def test_doubtful_answers_count_for_the_other() -> None:
    """What nobody knows may have been a person's: a claim must hold even so."""
    n, hits = np.array([100.0, 100.0]), np.array([90.0, 60.0])
    assert significant(n, hits, np.zeros(2))[0, 1]
    assert not significant(n, hits, np.array([0.0, 35.0])).any()


def many(casino: str, days: int, share: float, first: int = 0) -> Rows:
    return [
        row(day, day % 24, casino=casino, language="en", first_human_ms=MINUTE if day % 10 < share * 10 else 9 * MINUTE)
        for day in range(first, first + days)
    ]


def test_casinos_are_compared_over_one_time() -> None:
    """Only the time counts in which all were visited; who has too few chats in it is named and left out."""
    rows = [*many("quick", 70, 1.0), *many("slow", 70, 0.3, first=10), *many("new", 20, 1.0, first=60)]
    (found,) = comparisons(survey(rows))
    assert [("quick", 60, (1, 1)), ("slow", 60, (2, 2))] == [
        (one.casino, one.chats, one.ranks) for one in found.casinos
    ]
    assert {"new": "10 of 48 chats in the time that all were visited"} == found.left_out
    assert "place" == next(iter(found.as_rows()))["metric"]


def test_other_deadlines_and_languages_are_not_compared() -> None:
    """Two casinos that were asked in different languages, or waited for differently long, stand in no one table."""
    other = [{**one, "language": "fr"} for one in many("b", 60, 1.0)]
    patient = [{**one, "deadline_ms": 900_000.0} for one in many("c", 60, 1.0)]
    assert [] == list(comparisons(survey([*many("a", 60, 1.0), *other, *patient])))


@pytest.mark.parametrize("by", [None, *By])
@pytest.mark.parametrize("rows", [[], [row(0)], [row(0, outcome=Outcome.SCENARIO_BROKEN)], many("x", 40, 0.5)])
def test_figures_are_rows_for_any_visits(by: By | None, rows: Rows) -> None:
    """However few visits there are, figures are rows that JSON can hold, with a reason where there is no number."""
    found = list(figures(visits(rows), by))
    json.dumps([one.as_row() for one in found], allow_nan=False)
    assert all(one.method for one in found)
    bare = [one for one in found if one.estimate is None and one.low is None and one.high is None]
    assert all(one.note or one.counts["n"] < 2 for one in bare)
