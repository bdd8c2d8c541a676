"""The judge of promised hours: what a chat says, which count, and when the bets are won."""

from __future__ import annotations

from itertools import product
from math import exp, log
from typing import Any

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.special import betainc, betaln

from chatprobe.analysis.evidence import HOURS, UPHELD, Bet
from chatprobe.analysis.trial import Trial, answers, certified, spread, trial
from chatprobe.analysis.visits import HOUR_MS, Visits
from chatprobe.model import EndedBy, Outcome
from chatprobe.plan.seen import answered as plans_answer
from chatprobe.windows import windows
from tests.analysis.helpers import row, visits

EVERYWHERE = frozenset(range(168))


@pytest.mark.parametrize(("s", "m"), list(product((0, 1, 3, 10, 60), (0, 1, 4, 30))))
def test_a_bet_is_a_martingale_under_the_promise(s: int, m: int) -> None:
    """Whatever came before, an answer with a chance of .8 leaves its expected worth as it is."""
    mean = 0.8 * HOURS.after(s + 1, m) + 0.2 * HOURS.after(s, m + 1)
    assert mean == pytest.approx(HOURS.after(s, m), rel=1e-9, abs=1e-9)


def test_bets_are_worth_what_they_should_be() -> None:
    """Values worked out once and for all."""
    assert [4.0545, 17.4156, 77.4329, 351.9925] == [round(HOURS.after(0, misses), 4) for misses in (1, 2, 3, 4)]
    assert (8.793, 8.4555) == (round(HOURS.after(1, 3), 3), round(HOURS.after(2, 4), 4))


@pytest.mark.parametrize("bet", [HOURS, UPHELD, Bet(0.8, 2, 2)])
def test_a_bet_is_a_mixture_of_likelihood_ratios(bet: Bet) -> None:
    """e(s, m) is the mean likelihood ratio over the prior cut at the promise, as integrated numerically."""
    whole = exp(betaln(bet.a, bet.b)) * betainc(bet.a, bet.b, bet.least)

    def part(p: float) -> float:
        prior = p ** (bet.a - 1) * (1 - p) ** (bet.b - 1) / whole
        return prior * exp(7 * log(p / bet.least) + 3 * log((1 - p) / (1 - bet.least)))

    assert quad(part, 0, bet.least)[0] == pytest.approx(bet.after(7, 3), rel=1e-6)


def test_looking_up_is_computing() -> None:
    """The table gives what the formula gives, also where counts outgrow it, and nothing overflows."""
    s, m = np.array([0, 3, 255, 255]), np.array([0, 4, 255, 0])
    assert HOURS.exactly(s, m) == pytest.approx(HOURS.worth(s, m), rel=1e-12)
    large = HOURS.worth(np.array([3000, 0]), np.array([2, 5000]))
    assert (True, True) == (bool(0 <= large[0] < 1e-3), bool(1e300 < large[1] < np.inf))


WAYS = [
    *(({}, outcome) for outcome in Outcome if outcome not in (Outcome.ONLINE, Outcome.NOT_OFFERED)),
    *(({"asking": 0}, outcome) for outcome in (Outcome.INTERRUPTED, Outcome.PROBE_FAULT)),
    *(({"ended_by": str(end)}, outcome) for end in EndedBy for outcome in (Outcome.NO_REPLY, Outcome.BOT_ONLY)),
    *(({"handoff_turns": 1, "ended_by": str(end)}, Outcome.BOT_ONLY) for end in EndedBy),
    *(({"handoff_clicks": 2, **more}, Outcome.BOT_ONLY) for more in ({}, {"first_unknown_ms": 5.0})),
    *(({"handoff_turns": 1, "greeted_ms": 900.0}, outcome) for outcome in (Outcome.NO_REPLY, Outcome.BOT_ONLY)),
    *(({"greeted_ms": 900.0}, outcome) for outcome in (Outcome.OFFLINE, Outcome.SITE_DOWN, Outcome.HUMAN_REPLY)),
]


@pytest.mark.parametrize(("columns", "outcome"), WAYS)
def test_plan_and_verdict_agree_on_what_a_chat_says(columns: dict[str, Any], outcome: Outcome) -> None:
    """The hunt and the judge take every ending alike."""
    one = row(0, outcome=outcome, **columns)
    asking = "2026-03-02T12:00:00.000Z" if one["asking"] else None
    keys = ("ended_by", "first_unknown_ms", "handoff_turns", "handoff_clicks", "greeted_ms")
    told = plans_answer({"outcome": str(outcome), "asking_at": asking, **{key: one.get(key) for key in keys}})
    assert {None: -1, False: 0, True: 1}[told] == answers(visits([one]))[0]


@pytest.mark.parametrize(
    ("columns", "outcome", "said"),
    [
        ({}, Outcome.OFFLINE, 0),
        ({}, Outcome.NO_REPLY, 0),
        ({"handoff_turns": 2}, Outcome.BOT_ONLY, 0),
        ({}, Outcome.BOT_ONLY, 1),
        ({"handoff_turns": 2, "first_unknown_ms": 9.0}, Outcome.BOT_ONLY, 1),
        ({}, Outcome.UNSURE_REPLY, 1),
        ({}, Outcome.QUEUE_TIMEOUT, 1),
        ({"ended_by": "overloaded"}, Outcome.NO_REPLY, 1),
        ({"greeted_ms": 900.0}, Outcome.NO_REPLY, 1),
        ({"greeted_ms": 900.0, "handoff_turns": 2}, Outcome.BOT_ONLY, 1),
        ({"greeted_ms": 900.0}, Outcome.OFFLINE, 1),
        ({}, Outcome.INTERRUPTED, 1),
        ({"asking": 0}, Outcome.INTERRUPTED, -1),
        ({}, Outcome.SCENARIO_BROKEN, -1),
        ({}, Outcome.SITE_DOWN, -1),
        ({}, Outcome.NOT_OFFERED, -1),
    ],
)
def test_what_is_arguable_counts_for_the_casino(columns: dict[str, Any], outcome: Outcome, said: int) -> None:
    """1: somebody was there or may have been; 0: nobody; -1: the visit says nothing, as a chat not offered unproven."""
    assert said == answers(visits([row(0, outcome=outcome, **columns)]))[0]


def test_a_chat_counts_after_an_answered_one() -> None:
    """The chat before, of the casino's side, must have been answered by a person, at most 72 h ago."""
    rows = [
        row(0),
        row(2, outcome=Outcome.SCENARIO_BROKEN),
        row(3, 12, Outcome.OFFLINE),  # just 72 h after the answer
        row(4, outcome=Outcome.OFFLINE),  # the desk may be down altogether
        row(5),
        row(8, 12.1, Outcome.OFFLINE),
        row(9),
        row(9.5, outcome=Outcome.UNSURE_REPLY),
        row(10, outcome=Outcome.OFFLINE),
    ]
    assert [False, True, True, False, False, False, False, True, False] == certified(visits(rows)).tolist()


def misses(*at: tuple[float, float]) -> Visits:
    return visits([row(day, hour, Outcome.OFFLINE) for day, hour in at])


@pytest.mark.parametrize(
    ("at", "enough"),
    [
        ([(0, 3), (3, 4), (6, 3.5)], True),
        ([(0, 3), (3, 4), (5, 3.5)], False),  # five days
        ([(0, 3), (6, 4)], False),  # two dates
        ([(0, 3), (0, 4), (6, 3.5)], False),
        ([(0, 3), (3, 3.5), (6, 3.9)], False),  # always at one time
        ([(0, 23.75), (3, 0.25), (6, 0.5)], False),  # 45 minutes round midnight
        ([(0, 23.25), (3, 0.25), (7, 0.1)], True),
    ],
)
def test_misses_must_be_spread_out(at: list[tuple[float, float]], enough: bool) -> None:
    """Three dates over six days, not all within one hour of the clock."""
    seen = misses(*at)
    assert enough == spread(seen, np.arange(len(seen)))


@pytest.mark.parametrize(
    ("at", "ahead_ms", "enough"),
    [
        ([(0, 9.2), (3, 9.7), (6, 9.5)], [5.5] * 3, False),  # in Mumbai, from 14:42 to 15:12
        ([(0, 9.0), (3, 10.0), (6, 9.5)], [5.5] * 3, True),  # from 14:30 to 15:30
        ([(0, 14.0), (3, 13.0), (6, 13.0)], [1, 2, 2], False),  # always at 15:00, in winter and in summer
    ],
)
def test_misses_are_spread_out_on_the_casinos_clocks(
    at: list[tuple[float, float]], ahead_ms: list[float], enough: bool
) -> None:
    """Neither a zone half an hour off UTC nor a change to summer time makes an hour where there is none."""
    rows = [row(day, hour, Outcome.OFFLINE) for day, hour in at]
    seen = visits(
        [
            {**one, "cell": int(one["cell"] + one["at"] / HOUR_MS % 1 + h) % 168}
            for one, h in zip(rows, ahead_ms, strict=True)
        ]
    )
    assert enough == spread(seen, np.arange(len(seen)))


def nightly(nights: int, *, missed: bool = True) -> list[dict[str, Any]]:
    """Each day answered at noon, and each night a chat between 3 and 5 that nobody answers."""
    outcome = Outcome.OFFLINE if missed else Outcome.HUMAN_REPLY
    return [one for day in range(nights) for one in (row(day, 12), row(day + 1, 3 + day % 2 + 0.1, outcome))]


def judged(rows: list[dict[str, Any]], promised: frozenset[int] = EVERYWHERE) -> Trial:
    return trial(visits(rows), promised)


def plainly(seen: Visits, cap: int | None = None) -> list[float]:
    """E after each chat that counts, written out: every window for itself, nothing remembered."""
    said, counted, found = answers(seen), certified(seen), []
    rows = [n for n in range(len(seen)) if counted[n] and said[n] >= 0]
    for last in range(1, len(rows) + 1):
        total = 0.0
        for weight, cells in windows():
            inside = [n for n in rows[:last] if seen.cell[n] in cells]
            weeks = [(seen.day[n] + 3) // 7 for n in inside]
            kept = [n for place, n in enumerate(inside) if cap is None or weeks[:place].count(weeks[place]) < cap]
            hits = sum(int(said[n]) for n in kept)
            total += weight * HOURS.after(hits, len(kept) - hits)
        found.append(total)
    return found


def test_the_worth_of_all_bets_is_their_weighted_sum() -> None:
    """Kept up chat by chat, E is what it is when every window is counted anew, with and without the cap."""
    rows = nightly(9)
    seen, result = visits(rows), judged(rows)
    assert plainly(seen)[-1] == pytest.approx(result.evidence, rel=1e-9)
    assert plainly(seen, cap=2)[-1] == pytest.approx(result.capped, rel=1e-9)


def test_a_gap_at_night_is_contradicted_and_then_refuted() -> None:
    """Misses on many nights win, with the hours they happened at; two bets a week take longer."""
    result = judged(nightly(30))
    assert result.contradicted
    assert result.refuted
    assert result.contradicted.row < result.refuted.row
    hole = result.refuted.hole
    assert {3, 4} <= {cell % 24 for cell in hole.cells} <= set(range(12))
    assert (30, 0) == (len(hole.missed), len(hole.answered))


def test_answers_win_nothing() -> None:
    """Where everybody is answered the bets lose nearly all."""
    result = judged(nightly(30, missed=False))
    assert (None, None) == (result.contradicted, result.refuted)
    assert result.evidence < 0.6
    assert result.more
    assert result.more[1] >= 3


def test_hours_not_promised_say_nothing() -> None:
    """Misses outside the promised hours do not count, nor those of a time when something else was promised."""
    by_day = frozenset(cell for cell in range(168) if 8 <= cell % 24 < 20)
    assert judged(nightly(30), by_day).contradicted is None
    seen = visits(nightly(30))
    assert 0 == len(trial(seen, EVERYWHERE, np.zeros(len(seen), bool)).rows)


def test_a_desk_down_for_weeks_is_not_a_gap() -> None:
    """After the first miss nothing counts until somebody has answered again."""
    rows = [row(0), *(row(day, 3 + day % 3, Outcome.OFFLINE) for day in range(1, 40))]
    result = judged(rows)
    assert (1, None) == (len(result.rows), result.contradicted)


def test_one_look_at_no_chats() -> None:
    """Without any chat nothing is won and four misses or so would be needed."""
    result = judged([])
    assert (0, 1.0, None) == (len(result.rows), pytest.approx(result.evidence), result.contradicted)
