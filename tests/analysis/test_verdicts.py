"""Verdicts on whole casinos."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import Any

import pytest

from chatprobe.analysis.case import Case
from chatprobe.analysis.claims import Claim, Claims
from chatprobe.analysis.judge import verdicts
from chatprobe.analysis.upheld import cheapest, stretches
from chatprobe.analysis.verdict import Standing, Verdict
from chatprobe.model import EndedBy, Outcome
from tests.analysis.helpers import row, visits

EVERYWHERE = frozenset(range(168))
ALWAYS = Claims(EVERYWHERE, "24/7")
PROMPT = Claims(first_reply_ms=60_000.0, first_reply_text="1m")
FRENCH = Claims(languages=("fr",))
Rows = list[dict[str, Any]]


def judge(claims: Claims, rows: Rows, **more: Any) -> dict[Claim, Verdict]:
    return {one.claim: one for one in verdicts(Case("lucky", visits(rows), claims, **more))}


def hours(rows: Rows, **more: Any) -> Verdict:
    return judge(ALWAYS, rows, **more)[Claim.HOURS]


def everyday(days: int, *at: float, outcome: Outcome = Outcome.HUMAN_REPLY, **columns: Any) -> Rows:
    return [row(day, hour, outcome, **columns) for day, hour in product(range(days), at)]


ROUND_THE_CLOCK = everyday(8, 1, 5, 9, 13, 17, 21)
NIGHTS = [*everyday(40, 12), *(row(day, 3.2 + day % 2 * 1.6, Outcome.OFFLINE) for day in range(40))]


def test_a_claim_that_is_kept_round_the_clock_is_upheld() -> None:
    """Answers in every four hours of the day on six days or more uphold it, and it is said what is excluded."""
    verdict = hours(ROUND_THE_CLOCK)
    assert (Standing.UPHELD, 1.0) == (verdict.standing, verdict.estimate)
    assert verdict.evidence >= 20
    assert "4 h or longer" in verdict.excluded


def test_five_days_are_too_few() -> None:
    """With five days there is not enough data, and one more round would do."""
    verdict = hours(everyday(5, 1, 5, 9, 13, 17, 21))
    assert Standing.OPEN == verdict.standing
    way = verdict.settling[0]
    assert (Standing.UPHELD, 6) == (way.towards, way.visits)
    more = everyday(9, *way.hours)[5 * len(way.hours) :]
    assert Standing.UPHELD == hours(everyday(5, 1, 5, 9, 13, 17, 21) + more).standing


def test_doubtful_answers_uphold_nothing() -> None:
    """A reply of unknown author counts for the casino against the bets, and not for it when it comes to praise."""
    verdict = hours([*everyday(8, 1, 5, 9, 13, 17), *everyday(8, 21, outcome=Outcome.UNSURE_REPLY)])
    assert (Standing.OPEN, 1.0) == (verdict.standing, verdict.estimate)


def test_many_chats_of_one_night_are_one() -> None:
    """One chat a day counts in each stretch: six answers within one night exclude nothing."""
    rows = everyday(6, 9, 13, 17, 21) + [row(3, hour) for hour in (1, 2, 3, 4, 5, 5.5)]
    assert Standing.OPEN == hours(rows).standing


def test_a_nightly_gap_is_refuted() -> None:
    """The verdict tells its dates, its hours by the clock and its visits, and names no hour without a miss."""
    verdict = hours(NIGHTS)
    assert Standing.REFUTED == verdict.standing
    assert verdict.evidence >= 100
    assert [(3, 0, 19), (4, 0, 20)] == [(one.hour, one.answered, one.missed) for one in verdict.clocks]
    assert {"offline"} == {one.outcome for one in verdict.witnesses}
    assert verdict.since == verdict.witnesses[0].at < verdict.settled_at < verdict.until == verdict.witnesses[-1].at
    assert () == verdict.settling


def test_our_own_faults_leave_no_verdict() -> None:
    """With more than a quarter of the chats failed on our side there is none, and the reason is told."""
    broken = everyday(40, 15, outcome=Outcome.SCENARIO_BROKEN)
    verdict = hours([*everyday(40, 12), *everyday(40, 3, outcome=Outcome.OFFLINE), *broken])
    assert (Standing.OPEN, ()) == (verdict.standing, verdict.settling)
    assert "40 of 120 chats failed on our side, more than 25 %" == verdict.reason


@pytest.mark.parametrize(
    ("slots", "reason"),
    [
        ({2: (3, 2), 4: (2, 1)}, "3 of 5 survey slots between 01:00 and 05:00 were lost on our side"),
        ({2: (3, 2), 4: (3, 1)}, None),
        ({2: (2, 2)}, None),
        ({23: (2, 2), 0: (1, 1)}, "3 of 3 survey slots between 21:00 and 01:00 were lost on our side"),
    ],
)
def test_a_window_that_we_lost_leaves_no_verdict(slots: Mapping[int, tuple[int, int]], reason: str | None) -> None:
    """Where more than half of the survey of four hours was lost, three slots at least, nothing is said."""
    assert reason == hours(ROUND_THE_CLOCK, slots=slots).reason


def test_only_the_promise_of_today_is_judged() -> None:
    """Visits of a time when other hours were promised count for nothing, those of unknown texts as if it were today."""
    office = Claims(frozenset(range(9, 17)), "Mon 09:00-17:00")
    assert Standing.OPEN == hours(NIGHTS, earlier={"s1": office}).standing
    assert Standing.REFUTED == hours(NIGHTS, earlier={"s1": ALWAYS}).standing
    assert Standing.REFUTED == hours([{**one, "scenario": None} for one in NIGHTS], earlier={"s1": office}).standing


def look(day: float, hour: float, outcome: Outcome = Outcome.ONLINE) -> dict[str, Any]:
    return row(day, hour, outcome, chat=0)


LOOKS = [look(day, hour) for day, hour in product(range(6), (1, 5, 9, 13, 17, 21))]


@pytest.mark.parametrize(
    ("closed", "standing"),
    [
        ([], Standing.UPHELD),
        ([(3, 3)], Standing.CONTRADICTED),
        ([(0, 3), (1, 3), (2, 3)], Standing.CONTRADICTED),
        ([(0, 3), (3, 3), (6, 3)], Standing.REFUTED),
    ],
)
def test_the_widgets_own_sign_is_a_claim_of_its_own(closed: list[tuple[int, int]], standing: Standing) -> None:
    """One "closed" in promised hours contradicts them, three dates over six days refute; the hours stay open."""
    found = judge(ALWAYS, [*LOOKS, *(look(*at, Outcome.OFFLINE) for at in closed)])
    assert (standing, Standing.OPEN) == (found[Claim.STATUS].standing, found[Claim.HOURS].standing)
    assert len(closed or LOOKS) == len(found[Claim.STATUS].witnesses)


def test_a_closed_sign_when_nothing_is_promised_says_nothing() -> None:
    """Outside the promised hours the widget may say what it likes."""
    by_day = Claims(frozenset(cell for cell in EVERYWHERE if 8 <= cell % 24 < 20), "Mon-Sun 08:00-20:00")
    found = judge(by_day, [*LOOKS, look(3, 3, Outcome.OFFLINE)])
    assert Standing.UPHELD == found[Claim.STATUS].standing


def first_reply(rows: Rows, claims: Claims = PROMPT) -> Verdict:
    return judge(claims, rows)[Claim.FIRST_REPLY]


@pytest.mark.parametrize(
    ("columns", "outcome", "kept"),
    [
        ({"first_human_ms": 50_000.0}, Outcome.HUMAN_REPLY, 1),
        ({"first_human_ms": 61_000.0}, Outcome.HUMAN_REPLY, 0),
        ({"first_human_ms": 50_000.0, "line_ms": 20_000.0}, Outcome.HUMAN_REPLY, 0),
        (
            {"first_human_ms": 50_000.0, "line_ms": 20_000.0, "greeted_ms": 9.0},
            Outcome.HUMAN_REPLY,
            1,
        ),
        ({"first_unknown_ms": 50_000.0}, Outcome.UNSURE_REPLY, 1),
        ({"first_unknown_ms": 70_000.0}, Outcome.UNSURE_REPLY, 0),
        ({}, Outcome.NO_REPLY, 0),
        ({"waited_ms": 30_000.0, "ended_by": str(EndedBy.OVERLOADED)}, Outcome.NO_REPLY, 1),
        ({"waited_ms": 30_000.0, "ended_by": str(EndedBy.CLOSED)}, Outcome.NO_REPLY, 0),
        ({"waited_ms": 30_000.0}, Outcome.INTERRUPTED, 1),
        ({}, Outcome.OFFLINE, None),
        ({}, Outcome.SITE_DOWN, None),
    ],
)
def test_the_first_reply_counts_from_getting_in_line(
    columns: dict[str, Any], outcome: Outcome, kept: int | None
) -> None:
    """A minute from the request to a person's first text, greetings included; what is arguable was kept."""
    verdict = first_reply([row(0, outcome=outcome, **columns)])
    assert (0 if kept is None else 1, kept or 0) == (verdict.counts["counted"], verdict.counts["kept"])


def test_closed_in_promised_hours_is_no_first_reply() -> None:
    """Where hours are promised, a closed chat in them is a late reply, and outside of them says nothing."""
    claims = Claims(frozenset(range(8, 20)), "Mon 08:00-20:00", 60_000.0, "1m")
    verdict = first_reply([row(0, 9, Outcome.OFFLINE), row(0, 22, Outcome.OFFLINE), row(1, 9)], claims)
    assert (1, 0, 1) == tuple(verdict.counts[name] for name in ("counted", "kept", "closed"))


@pytest.mark.parametrize(
    ("wait_ms", "days", "standing"),
    [
        (30_000.0, 40, Standing.UPHELD),
        (30_000.0, 20, Standing.OPEN),
        (90_000.0, 40, Standing.REFUTED),
        (90_000.0, 3, Standing.OPEN),
    ],
)
def test_a_share_needs_its_visits(wait_ms: float, days: int, standing: Standing) -> None:
    """Always kept is upheld after some weeks of the survey, never kept refuted, a few visits settle nothing."""
    assert standing == first_reply(everyday(days, 12, first_human_ms=wait_ms)).standing


def test_one_bad_day_settles_nothing() -> None:
    """Breaches must lie on three dates over six days, however many there are."""
    rows = [row(0, hour / 10, first_human_ms=90_000.0) for hour in range(100)]
    assert Standing.OPEN == first_reply(rows).standing


def test_hunted_chats_are_not_for_shares() -> None:
    """Shares rest on the survey: chats that were drawn by a look at outcomes count for hours only."""
    assert 0 == first_reply(everyday(40, 12, adaptive=1)).counts["counted"]


def test_a_language_is_judged_by_what_people_answered_in() -> None:
    """Asked in French, answered in English is a breach; answers whose language cannot be told say nothing."""
    answered = everyday(30, 12, language="fr", answered_in="en") + everyday(5, 15, language="fr", answered_in=None)
    verdict = judge(FRENCH, [*answered, *everyday(9, 18, language="en", answered_in="en")])[Claim.LANGUAGES]
    assert (Standing.REFUTED, 0.0) == (verdict.standing, verdict.estimate)
    assert {"counted": 30, "kept": 0, "surely": 0, "asked": 35, "answered_in_en": 30} == verdict.counts


def test_nobody_who_claims_nothing_is_judged() -> None:
    """Without claims there are no verdicts, with all of them one for each, each language apart."""
    assert {} == judge(Claims(), ROUND_THE_CLOCK)
    every = Claims(EVERYWHERE, "24/7", 60_000.0, "1m", ("en", "fr"))
    names = [one.claim for one in verdicts(Case("lucky", visits([]), every))]
    assert ["hours", "status", "first_reply", "languages", "languages"] == names


def test_verdicts_are_rows_without_what_json_cannot_hold() -> None:
    """Each verdict is a row with times as text; the visits behind it come only when asked for."""
    verdict = hours(NIGHTS)
    told = verdict.as_row(why=True)
    assert ("hours", "refuted", "2026-03-03T04:48:00.000Z") == (told["claim"], told["standing"], told["since"])
    assert verdict.witnesses[0].probe_id == told["witnesses"][0]["probe_id"]
    assert verdict.as_row()["witnesses"] is None


@pytest.mark.parametrize(
    ("clocks", "expected"),
    [
        (set(range(24)), 24 * 5),
        ({9, 10, 11}, 1),
        (set(range(8, 14)), 3 + 1),
        ({22, 23, 0, 1}, 1),
        ({9, 10, 14, 15}, 2),
    ],
)
def test_stretches_lie_within_the_promised_hours(clocks: set[int], expected: int) -> None:
    """Of a whole day 4, 6, 8, 12 and 16 h from every hour on; of fewer hours those that fit, else the whole run."""
    found = list(stretches(clocks))
    assert expected == len(found)
    assert all(set(hours) <= clocks for hours in found)


def test_the_cheapest_visits_fill_every_stretch() -> None:
    """The visits asked for give each stretch what it lacks."""
    lacking = {tuple((start + hour) % 24 for hour in range(4)): start % 3 for start in range(24)}
    wanted = cheapest(lacking)
    assert all(sum(wanted[hour] for hour in hours) >= more for hours, more in lacking.items())
    assert wanted.total() <= 14
