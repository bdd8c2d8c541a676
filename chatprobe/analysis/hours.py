"""The verdict on promised hours."""

from __future__ import annotations

import numpy as np

from chatprobe.analysis.case import Case, clocks, dates, whole_day, witnesses
from chatprobe.analysis.claims import Claim
from chatprobe.analysis.evidence import CONTRADICTED
from chatprobe.analysis.intervals import sequence
from chatprobe.analysis.names import Mask
from chatprobe.analysis.reason import Reason
from chatprobe.analysis.trial import Hole, Trial, answers, trial
from chatprobe.analysis.upheld import SHORTEST, Daily, cheapest, daily
from chatprobe.analysis.verdict import Met, Settling, Standing, Verdict
from chatprobe.analysis.visits import Visits

METHOD = (
    "anytime-valid bets on 2,115 windows of the week against an answer in 80 % of visits at whatever hour; "
    "a chat counts after one that a person answered, at most 72 h before"
)
EXCLUDED = Reason("excluded_gap", length=SHORTEST)


def on_hours(case: Case) -> Verdict:
    """Whether somebody is there in the promised hours."""
    chats, promised = case.chats, case.claims.hours or frozenset()
    in_force = case.in_force(Claim.HOURS)
    mine, met = chats.where(in_force), answers(chats) == 1
    result, stretches = trial(chats, promised, in_force), daily(mine, promised)
    reason = case.unfit(mine)
    standing = Standing.OPEN if reason else _standing(result, stretches)
    won = {Standing.REFUTED: result.refuted, Standing.CONTRADICTED: result.contradicted}.get(standing)
    hole = won.hole if won else result.leading
    in_hole = np.sort(np.concatenate([hole.answered, hole.missed]))
    rows = in_hole if won else result.rows
    survey = mine.where(mine.even & np.isin(mine.cell, sorted(promised)))
    n, hits = (int((answers(survey) >= least).sum()) for least in (0, 1))
    since, until = dates(chats, rows)
    return Verdict(
        casino=case.casino,
        claim=Claim.HOURS,
        promise=case.claims.hours_text,
        standing=standing,
        evidence=min(one.worth for one in stretches) if standing is Standing.UPHELD else hole.evidence,
        estimate=hits / n if n else None,
        interval=sequence(hits, n),
        counts=_counts(result, hole, mine, n),
        method=METHOD,
        since=since,
        until=until,
        settled_at=float(chats.at[won.row]) if won else None,
        reason=reason,
        clocks=clocks(chats, in_hole, met),
        window=hole.cells,
        day=_whole_day(chats, in_force, result, promised),
        excluded=EXCLUDED if standing is Standing.UPHELD else None,
        settling=_settling(result, stretches) if standing is Standing.OPEN and not reason else (),
        witnesses=witnesses(chats, rows, met),
    )


def _whole_day(chats: Visits, in_force: Mask, result: Trial, promised: frozenset[int]) -> tuple[Met, ...]:
    rows = np.flatnonzero(in_force & np.isin(chats.cell, sorted(promised)))
    told = chats.where(rows)
    return whole_day(told, answers(told), np.isin(rows, result.rows))


def _standing(result: Trial, stretches: list[Daily]) -> Standing:
    if result.refuted and result.contradicted:
        return Standing.REFUTED
    if result.contradicted:
        return Standing.CONTRADICTED
    excluded = bool(stretches) and all(one.worth >= CONTRADICTED for one in stretches)
    return Standing.UPHELD if excluded else Standing.OPEN


def _counts(result: Trial, hole: Hole, mine: Visits, survey: int) -> dict[str, int]:
    return {
        "chats": len(mine),
        "counted": len(result.rows),
        "survey": survey,
        "window_answered": len(hole.answered),
        "window_missed": len(hole.missed),
        "ours": int((~mine.sided).sum()),
    }


def _settling(result: Trial, stretches: list[Daily]) -> tuple[Settling, ...]:
    wanted = cheapest({one.hours: one.lacking for one in stretches})
    ways = [Settling(Standing.UPHELD, wanted.total(), dict(sorted(wanted.items())))]
    if result.more:
        cell, more = result.more
        ways.append(Settling(Standing.CONTRADICTED, more, {cell % 24: more}, tuple(sorted(result.leading.cells))))
    return tuple(ways)
