"""Waits, comparisons and crews of simulated casinos, against their truth."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import product
from math import erf, log, sqrt
from typing import Any

import numpy as np

from benchmarks.court import row, visits_of_rows
from benchmarks.plan_world import START, Casino, Ours, World, held
from benchmarks.targets import Check, share_of
from chatprobe.analysis.compare import significant
from chatprobe.analysis.crew import crews
from chatprobe.analysis.figures import figures
from chatprobe.analysis.visits import Visits
from chatprobe.analysis.waits import waits_of
from chatprobe.model import Outcome
from chatprobe.plan.budget import HOUR
from chatprobe.plan.seen import Chat

MEDIAN_MS, SPREAD = 120_000.0, 0.9
"""Waits are lognormal."""
LIMITS = (300_000.0, 900_000.0)
DEADLINE = 1_800_000.0
NIGHT = World("closed 4 h a day", fault=0.0, unsure=0.0)


def within(ms: float) -> float:
    """P(wait <= ms) of those who are answered."""
    return 0.5 * (1 + erf(log(ms / MEDIAN_MS) / SPREAD / sqrt(2)))


@dataclass(frozen=True)
class Estimated:
    """What one run made of F(5 min) and F(15 min)."""

    errors: tuple[float, ...]
    covered: tuple[bool, ...]


def _estimated(visits: Visits, truths: tuple[float, ...]) -> Estimated:
    errors, covered = [], []
    for ms, truth in zip(LIMITS, truths, strict=True):
        share = waits_of(visits).within(ms)
        assert share is not None
        middle = (share.low + share.high) / 2 if share.estimate is None else share.estimate
        errors.append(middle - truth)
        covered.append(share.low <= truth <= share.high)
    return Estimated(tuple(errors), tuple(covered))


def hunted(run: int) -> tuple[Estimated, Estimated]:
    """By the survey alone, and by all chats as if they had been drawn evenly: a gap at night that is hunted for."""
    casino, luck = Casino(NIGHT, run), np.random.default_rng(run)
    plan = Ours(casino, 140)
    rows = [{**_timed(chat, luck), "adaptive": int(not plan.drawn_evenly(chat.at))} for chat in held(casino, plan)]
    share = (20 * NIGHT.open_answer + 4 * NIGHT.hole_answer) / 24
    truths = tuple(share * within(ms) for ms in LIMITS)
    visits = visits_of_rows(rows)
    return _estimated(visits.survey(), truths), _estimated(visits.where(visits.counted), truths)


def _timed(chat: Chat, luck: np.random.Generator) -> dict[str, Any]:
    wait = MEDIAN_MS * float(np.exp(SPREAD * luck.standard_normal()))
    made = row(chat)
    if chat.human and wait <= DEADLINE:
        return {**made, "first_human_ms": wait, "waited_ms": wait, "deadline_ms": DEADLINE}
    outcome = Outcome.NO_REPLY if chat.human else made["outcome"]
    return {**made, "outcome": str(outcome), "waited_ms": DEADLINE, "deadline_ms": DEADLINE}


def _chat(n: int, outcome: Outcome, **columns: Any) -> dict[str, Any]:
    """A chat of a survey: every 7 h, so that all hours of the week come in turn."""
    at = START + n * 7 * HOUR
    human = outcome == Outcome.HUMAN_REPLY
    made = row(Chat(at, int((at - START) // HOUR) % 168, human, human, sided=True, counted=True))
    return {**made, "outcome": str(outcome), "waited_ms": DEADLINE, "deadline_ms": DEADLINE, **columns}


_UNSURE, _SURE = ("first_unknown_ms", Outcome.UNSURE_REPLY), ("first_human_ms", Outcome.HUMAN_REPLY)


def doubtful(run: int) -> Estimated:
    """60 chats, all answered; 3 in 10 by nobody knows whom, half of these by a person."""
    luck = np.random.default_rng(run)
    rows = []
    for n in range(60):
        wait = min(MEDIAN_MS * float(np.exp(SPREAD * luck.standard_normal())), DEADLINE)
        column, outcome = _UNSURE if luck.random() < 0.3 else _SURE
        rows.append(_chat(n, outcome, **{column: wait, "waited_ms": wait + 120_000}))
    return _estimated(visits_of_rows(rows), tuple(0.85 * within(ms) for ms in LIMITS))


def _offline(n: int = 200_000) -> Visits:
    luck = np.random.default_rng(9)
    there = luck.random(n) < 0.8
    waits = MEDIAN_MS * np.exp(SPREAD * luck.standard_normal(n))
    return visits_of_rows(
        _chat(i, Outcome.HUMAN_REPLY, first_human_ms=float(wait)) if here else _chat(i, Outcome.OFFLINE)
        for i, (here, wait) in enumerate(zip(there, waits, strict=True))
    )


def checks(pool: ProcessPoolExecutor, runs: int) -> Iterator[Check]:
    """All of them."""
    found = list(pool.map(hunted, range(runs), chunksize=5))
    for (place, minutes), (which, name) in product(_MINUTES, ((0, "the survey"), (1, "all chats"))):
        what = f"a gap at night, hunted for; F({minutes} min) by {name}"
        yield from _of([one[which] for one in found], place, what, strict=not which)
    yield from _offline_checks()
    many = list(pool.map(doubtful, range(4 * runs), chunksize=20))
    for place, minutes in _MINUTES:
        what = f"30 % of unknown author, half of them people: F({minutes} min) covered"
        yield _covers([one.covered[place] for one in many], what, 0.95)
    yield from _equal_casinos(4 * runs)
    yield _shared_names()


_MINUTES = ((0, 5), (1, 15))


def _of(runs: list[Estimated], place: int, what: str, *, strict: bool) -> Iterator[Check]:
    errors = np.array([one.errors[place] for one in runs])
    bias, error = float(errors.mean()), float(errors.std() / sqrt(len(errors)))
    met = abs(bias) <= 0.02 if strict else None
    yield Check(f"{what}: bias", "<= .02" if strict else "", f"{bias:+.3f} ± {error:.3f}", met)
    yield _covers([one.covered[place] for one in runs], f"{what}: covered", 0.94 if strict else None)


def _covers(covered: list[bool], what: str, least: float | None) -> Check:
    check = share_of(covered, what, None)
    share = sum(covered) / len(covered)
    if least is None:
        return check
    return Check(what, f">= {least:.0%}".replace("%", " %"), check.found, share >= least)


def _offline_checks() -> Iterator[Check]:
    waits = waits_of(_offline())
    share, middle = waits.within(900_000.0), waits.quantile(0.5)
    assert share is not None
    assert middle is not None
    assert share.estimate is not None
    assert middle.estimate is not None
    error = sqrt(share.estimate * (1 - share.estimate) / waits.visits)
    yield Check(
        "20 % offline: F(15 min)",
        ".79 ± .01",
        f"{share.estimate:.4f} ± {error:.4f}",
        abs(share.estimate - 0.79) <= 0.01,
    )
    seconds, half = middle.estimate / 1000, (middle.high - middle.low) / 1000 / 2 / 1.96
    yield Check("20 % offline: median", "160 ± 5 s", f"{seconds:.1f} ± {half:.1f} s", abs(seconds - 160) <= 5)


def _equal_casinos(runs: int) -> Iterator[Check]:
    luck, n = np.random.default_rng(11), np.full(20, 60.0)
    for chance in (0.5, 0.8, 0.95):
        full = []
        for _ in range(runs):
            sure = luck.binomial(60, chance, 20).astype(float)
            full.append(not significant(n, sure, np.zeros(20)).any())
        yield _covers(full, f"20 equal casinos, {chance:.0%} in time: all rank sets full".replace("%", " %"), 0.95)


def _shared_names() -> Check:
    """20 people answer under 4 names: nothing may be told that is a number of people."""
    luck = np.random.default_rng(12)
    rows = [
        _chat(n, Outcome.HUMAN_REPLY, first_human_ms=60_000.0, agent=f"name{luck.integers(20) % 4}", key="k")
        for n in range(90)
    ]
    visits = visits_of_rows(rows)
    (crew,) = crews(visits.survey())
    told = [one for one in figures(visits) if "names" in one.metric]
    honest = all(one.unit == "names" for one in told) and crew.names == 4
    text = ", ".join(f"{one.metric} {one.estimate if one.estimate is not None else one.low:g}" for one in told)
    return Check("20 people under 4 names: what is told", "names only", text, honest)
