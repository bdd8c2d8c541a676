"""Verdicts and estimates against casinos whose truth is known: `python -m benchmarks.truth`.

Writes docs/benchmarks-verdicts.md: what docs/metrics.md promises, what was found, and the error of the simulation.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median

import numpy as np
from scipy.stats import binom

from benchmarks import quick, truth_waits
from benchmarks.court import EVERYWHERE, seen, tried
from benchmarks.plan import Row
from benchmarks.plan_world import Casino, Found, Ours, World, follow, held
from benchmarks.targets import Check, share_of
from chatprobe.analysis.evidence import CONTRADICTED
from chatprobe.analysis.upheld import daily
from chatprobe.plan.seen import Chat

PAGE = Path(__file__).parent.parent / "docs/benchmarks-verdicts.md"
LOOKS = 200
DAYS = 175
"""Enough for so many looks, by far the most plans."""
HONEST = {"hole_hours": 0, "unsure": 0.0, "fault": 0.0}
FLAT = World("answers 80 % of chats, at any hour", open_answer=0.8, **HONEST)
WEEKS = World("answers 95 %, but for outages of a week, 15 % of the time", 0.95, outage_hours=168.0, **HONEST)
BLIPS = World("answers 95 %, but for blips of 1.5 h, 15 % of the time", 0.95, outage_hours=1.5, **HONEST)
DOUBT = World("answers 85 %, 10 % of the answers of unknown author", 0.85, **{**HONEST, "unsure": 0.1})
GOOD = World("answers 97 %, 5 % of them of unknown author; 5 % faults of ours", 0.97, hole_hours=0)
HOLE = World("closed 4 h a day; the widget mostly shows it")
SILENT = World('closed 4 h a day; the widget always says "online"', honest=False)


@dataclass(frozen=True)
class Kept:
    """What was claimed of a casino that keeps its promise."""

    contradicted: bool
    refuted: bool
    naive: bool
    """What peeking at an ordinary test would have claimed."""


def kept(run: int, world: World) -> Kept:
    """One casino, looked at after each of its chats."""
    casino = Casino(world, run)
    chats = list(held(casino, Ours(casino, DAYS)))[:LOOKS]
    result = tried(chats)
    return Kept(result.contradicted is not None, result.refuted is not None, _naive(chats))


def _naive(chats: Sequence[Chat]) -> bool:
    """Whether a binomial test at 5 % of any daily window of 4 h, after any chat, would have rejected the promise."""
    answered = np.array([chat.answered for chat in chats if chat.answered is not None], bool)
    clock = np.array([chat.cell % 24 for chat in chats if chat.answered is not None])
    for start in range(24):
        inside = answered[(clock - start) % 24 < 4]
        n = np.arange(1, len(inside) + 1)
        if (binom.cdf(np.cumsum(inside), n, 0.8) < 0.05).any():
            return True
    return False


def until_upheld(run: int, world: World) -> float:
    """After how many chats the promise is upheld; infinite where it is not within `LOOKS`."""
    casino = Casino(world, run)
    chats = list(held(casino, Ours(casino, DAYS)))[:LOOKS]
    for count in range(40, len(chats) + 1, 4):
        if all(one.worth >= CONTRADICTED for one in daily(seen(chats[:count]), EVERYWHERE)):
            return count
    return float("inf")


def sequential(pool: ProcessPoolExecutor, runs: int) -> Iterator[Check]:
    """Promises that are kept, or nearly: hardly any may be contradicted."""
    for world, most in ((FLAT, 0.035), (WEEKS, 0.01), (BLIPS, 0.03), (DOUBT, 0.02)):
        casinos = range(runs if world is FLAT else runs // 3)
        found = list(pool.map(partial(kept, world=world), casinos, chunksize=20))
        yield share_of([one.contradicted for one in found], f"{world.name}: contradicted", most)
        yield share_of([one.refuted for one in found], f"{world.name}: refuted", 0.01)
        if world is FLAT:
            yield share_of(
                [one.naive for one in found], "the same, by peeking at a test of every 4 h: contradicted", None
            )


def holes(pool: ProcessPoolExecutor, runs: int) -> Iterator[Check]:
    """Promises that are broken: found soon, and within the manners."""
    for world, most, least, number in ((HOLE, 16, 0.93, runs), (SILENT, 20, None, runs // 2)):
        found = list(pool.map(partial(_found, world=world, planner="ours", days=140), range(number), chunksize=10))
        row, name = Row(world.name, "ours", found), f"{world.name}: "
        yield Check(f"{name}chats until contradicted, median", f"<= {most}", row.median_text(), row.median <= most)
        target = f">= {least:.0%}".replace("%", " %") if least else ""
        yield Check(f"{name}by day 21", target, row.share_text(21), row.share(21) >= least if least else None)
        week, day = max(one.most_in_week for one in found), max(one.most_in_day for one in found)
        yield Check(f"{name}most chats in 168 h, in 24 h", "<= 10, 3", f"{week}, {day}", week <= 10 and day <= 3)
    found = list(pool.map(partial(_found, world=HOLE, planner="stratified", days=280), range(runs // 2), chunksize=10))
    row = Row(HOLE.name, "stratified", found)
    yield Check("the first of these by a stratified plan, median", ">= 35", row.median_text(), row.median >= 35)


def _found(run: int, world: World, planner: str, days: int) -> Found:
    return follow(Casino(world, run), planner, days)


def upheld(pool: ProcessPoolExecutor, runs: int) -> Iterator[Check]:
    """Promises that are kept are said to be, after a while; those with a gap are not."""
    counts = list(pool.map(partial(until_upheld, world=GOOD), range(runs), chunksize=5))
    yield Check(f"{GOOD.name}: chats until upheld, median", "about 100", f"{median(counts):g}", None)
    half = World("half of the visits in 4 h a day find nobody", 0.97, hole_answer=0.5, fault=0.0, unsure=0.0)
    counts = list(pool.map(partial(until_upheld, world=half), range(runs), chunksize=5))
    yield share_of([count < float("inf") for count in counts], f"{half.name}: upheld", 0.05)


HEAD = """\
# Benchmark of verdicts and estimates

<!-- Written by `make bench`. Not edited by hand. -->

Simulated casinos whose truth is known, visited as `chatprobe plan` would ({looks} chats, some five months, a look after
each), judged and measured by the same code as `chatprobe verdict` and `chatprobe stats`. [metrics.md](metrics.md) says
what each figure is. After ± stands one standard error of the simulation itself.

| | wanted | found | |
|---|---|---|---|
"""
TAIL = """
Casinos in a row: {runs} that answer 80 % at any hour, a third of that in the other rows on kept promises; {holes} with
a gap that the widget shows, half of that otherwise; {few} in rows on upheld promises. {waits} series of chats that are
hunted, four times as many of others. {seconds:.0f} s.
"""


def render(checks: Sequence[Check], foot: str) -> str:
    """The whole page, in Markdown."""
    return HEAD.format(looks=LOOKS) + "\n".join(check.text() for check in checks) + "\n" + foot


def main() -> None:
    """Simulate, print the page and write it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.truth", description=__doc__)
    parser.add_argument("--runs", type=int, default=2000, help="casinos that keep their promise; default: 2000")
    parser.add_argument(
        "--output", type=Path, default=PAGE, metavar="FILE", help="default: docs/benchmarks-verdicts.md"
    )
    options = parser.parse_args()
    began, runs = time.monotonic(), options.runs
    sizes = {"runs": runs, "holes": max(4, runs * 2 // 5), "few": max(4, runs // 20), "waits": max(4, runs // 4)}
    with ProcessPoolExecutor(initializer=quick.hurry) as pool:
        parts = (
            sequential(pool, sizes["runs"]),
            holes(pool, sizes["holes"]),
            upheld(pool, sizes["few"]),
            truth_waits.checks(pool, sizes["waits"]),
        )
        checks = [_said(check) for part in parts for check in part]
    options.output.write_text(render(checks, TAIL.format(**sizes, seconds=time.monotonic() - began)), encoding="utf-8")
    missed = sum(check.met is False for check in checks)
    print(f"{missed} targets missed; written to {options.output}", file=sys.stderr)


def _said(check: Check) -> Check:
    print(check.text(), flush=True)
    return check


if __name__ == "__main__":
    main()
