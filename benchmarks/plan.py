"""Four ways to plan chats, side by side, in simulated casinos: `python -m benchmarks.plan`.

Every run is a casino with its own hole and its own luck, the same for all planners. Writes docs/benchmarks-plan.md.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from math import sqrt
from pathlib import Path

from benchmarks.plan_world import PLAIN_A_WEEK, PLANNERS, Casino, Found, World, follow

PAGE = Path(__file__).parent.parent / "docs/benchmarks-plan.md"
RUNS, DAYS = 800, 140
SOON = 21
WORLDS = (
    World("closed 4 h a day; the widget mostly shows it"),
    World('closed 4 h a day; the widget always says "online"', honest=False),
    World("answers 80 % of chats, at any hour", open_answer=0.8, hole_hours=0, unsure=0.0),
)
HEAD = """\
# Benchmark of the plan

<!-- Written by `make bench`. Not edited by hand. -->

Which way of choosing hours finds out soonest that a promise of 24/7 is not kept? {runs} simulated casinos for each row,
{days} days at most. [plan.md](plan.md) explains the method.

| casino | planner | chats until contradicted, median | by day {soon} | ever | most in 168 h | most in 24 h |
|---|---|---|---|---|---|---|
"""
TAIL = """
- While it is staffed, a casino with a hole answers 97 % of chats, in its hole 2 %. 5 % of chats fail on our side; of
  5 % of the answers nobody can say whether a person gave them. The hole begins at a different hour in every run. A
  widget that shows it says "closed" in 85 % of looks during the hole and in 3 % outside.
- *uniform*: {plain} moments a week at random. *stratified*: one chat in each of {plain} parts of a week, at the hours
  of the day met least often. *ours*: the survey and the hunt of `chatprobe plan`. *oracle*: the same with a hunt that
  knows the hole; where there is none, it hunts for answers only.
- *Contradicted* is the verdict of `chatprobe verdict`, looked at after each chat ([metrics.md](metrics.md#verdicts)).
  The casino without a hole answers just as often as the promise is taken to demand: contradicting it is a mistake,
  allowed in 5 % of runs.
- The figure after ± is one standard error of the simulation itself; for the median, half the width of the interval that
  holds it in 68 of 100 simulations.
"""


@dataclass(frozen=True)
class Row:
    """One planner in one world."""

    world: str
    planner: str
    found: Sequence[Found]

    @property
    def median(self) -> float:
        """Chats until contradicted in half the runs, infinite where that was never reached."""
        return self._chats()[len(self.found) // 2]

    def median_text(self) -> str:
        """The median with its error: order statistics, since medians jump."""
        chats, n = self._chats(), len(self.found)
        low, high = (chats[min(n - 1, max(0, round(n / 2 + side * sqrt(n) / 2)))] for side in (-1, 1))
        return "not reached" if high == float("inf") else f"{self.median:g} ± {(high - low) / 2:g}"

    def share(self, days: float) -> float:
        """Share of runs contradicted within `days`."""
        return sum(one.day is not None and one.day <= days for one in self.found) / len(self.found)

    def share_text(self, days: float) -> str:
        """The share with its error."""
        share = self.share(days)
        return f"{share:.1%} ± {sqrt(share * (1 - share) / len(self.found)):.1%}".replace("%", " %")

    def text(self) -> str:
        """A line of the table."""
        week, day = (max(most) for most in zip(*((f.most_in_week, f.most_in_day) for f in self.found), strict=True))
        shares = (self.share_text(SOON), self.share_text(float("inf")))
        return f"| {' | '.join((self.world, self.planner, self.median_text(), *shares, str(week), str(day)))} |"

    def _chats(self) -> list[float]:
        return sorted(float("inf") if one.chats is None else one.chats for one in self.found)


def play(world: World, planner: str, runs: int, days: int) -> Row:
    """Follow one planner through `runs` casinos of `world`."""
    return Row(world.name, planner, [follow(Casino(world, run), planner, days) for run in range(runs)])


def render(rows: Sequence[Row], days: int) -> str:
    """The whole page, in Markdown."""
    head = HEAD.format(runs=len(rows[0].found), days=days, soon=SOON)
    return head + "\n".join(row.text() for row in rows) + "\n" + TAIL.format(plain=PLAIN_A_WEEK)


def main() -> None:
    """Simulate, print the page and write it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.plan", description=__doc__)
    parser.add_argument("--runs", type=int, default=RUNS, help=f"casinos for each row; default: {RUNS}")
    parser.add_argument("--days", type=int, default=DAYS, help=f"days of each; default: {DAYS}")
    parser.add_argument("--output", type=Path, default=PAGE, metavar="FILE", help="default: docs/benchmarks-plan.md")
    options = parser.parse_args()
    began = time.monotonic()
    pairs = [(world, planner) for world in WORLDS for planner in PLANNERS]
    with ProcessPoolExecutor() as pool:
        rows = list(pool.map(partial(play, runs=options.runs, days=options.days), *zip(*pairs, strict=True)))
    text = render(rows, options.days)
    options.output.write_text(text, encoding="utf-8")
    print(text)
    print(f"{time.monotonic() - began:.0f} s; written to {options.output}", file=sys.stderr)


if __name__ == "__main__":
    main()
