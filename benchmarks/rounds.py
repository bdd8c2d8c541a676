"""Rounds: N visitors come one after another, all wait at once, then the answers fall over some seconds."""

from __future__ import annotations

import asyncio
import itertools
import random
import sys
from dataclasses import dataclass

from benchmarks.figures import Cell, Measurement
from benchmarks.hall import Hall, until
from benchmarks.memory import browsers_mb
from benchmarks.visitors import PATIENCE_S, Visitors

ENTERING = 3
"""Visitors on the way to their question at the same time; the next enters when one of them has asked."""
ENTER_S = 120.0
"""How long one may take to ask before the next enters all the same."""
CALM_S = 3.0
"""From the last question to the first answer: people do not answer within two seconds."""
SPREAD_S = 0.3
"""Seconds of answering for each visitor, drawn at random: some three answers a second."""

_numbers = itertools.count(1)
_random = random.Random(20)  # the same draws in each run


@dataclass(frozen=True)
class Round:
    """What came of one round."""

    measurements: tuple[Measurement, ...]
    at_once: int
    """Visitors who waited at the moment before the first answer."""
    waiting_mb: float | None
    """Memory of the browsers at that moment."""


async def play(hall: Hall, visitors: Visitors, page: str, count: int) -> Round:
    """One round of `count` visitors to the bench page of that name."""
    questions = [f"How long does a withdrawal take, case {next(_numbers)}?" for _ in range(count)]
    gate = asyncio.Semaphore(ENTERING)
    visits = await asyncio.gather(*(_enter(hall, visitors, page, question, gate) for question in questions))
    await asyncio.sleep(CALM_S)
    waiting = hall.waiting(questions)
    memory = browsers_mb()
    window = max(CALM_S, SPREAD_S * count)
    for desk in waiting:
        hall.answer(desk, _random.uniform(0, window))
    await until(lambda: not hall.waiting(questions), window + PATIENCE_S)
    await visitors.dismiss()
    await asyncio.wait(visits, timeout=2 * PATIENCE_S)
    pairs = zip(questions, visits, strict=True)
    return Round(tuple(_measurement(hall, question, visit) for question, visit in pairs), len(waiting), memory)


async def _enter(
    hall: Hall, visitors: Visitors, page: str, question: str, gate: asyncio.Semaphore
) -> asyncio.Task[float]:
    async with gate:
        visit = asyncio.create_task(visitors.visit(hall.url(f"bench/{page}"), question))
        await until(lambda: visit.done() or hall.conversation(question) is not None, ENTER_S)
    return visit


def _measurement(hall: Hall, question: str, visit: asyncio.Task[float]) -> Measurement:
    truth = hall.conversation(question)
    return Measurement(_result(visit), truth.true_page_frt_ms if truth else None, truth.true_frt_ms if truth else None)


def _result(visit: asyncio.Task[float]) -> float | None:
    """A visit that failed or never ended has measured nothing; why goes to stderr."""
    if not visit.done():
        visit.cancel()
        print("lost: it never ended", file=sys.stderr)
        return None
    if error := visit.exception():
        print(f"lost: {str(error).splitlines()[0]}", file=sys.stderr)
        return None
    return visit.result()


async def measure(hall: Hall, visitors: Visitors, page: str, count: int, rounds: int) -> Cell:
    """Some rounds. Memory is taken from the first: a browser gives little back afterwards."""
    empty = browsers_mb()
    played = [await play(hall, visitors, page, count) for _ in range(rounds)]
    full = played[0].waiting_mb
    chat_mb = (full - empty) / count if full is not None and empty is not None else None
    measurements = tuple(one for each in played for one in each.measurements)
    return Cell(visitors.name, page, count, min(each.at_once for each in played), measurements, chat_mb)
