"""When promised hours may be said to be kept: no daily hole of some hours can be left in which half find nobody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from chatprobe.analysis.evidence import CONTRADICTED, UPHELD
from chatprobe.analysis.names import Ints
from chatprobe.analysis.trial import answers
from chatprobe.analysis.visits import Visits
from chatprobe.model import Outcome
from chatprobe.windows import LENGTHS

SHORTEST = 4
"""Hours of the shortest daily hole that is looked for."""


@dataclass(frozen=True)
class Daily:
    """One stretch of the day."""

    hours: tuple[int, ...]
    """Hours of the day, in order; they may go past midnight."""
    answered: int
    """Days on which the first chat in it was surely answered by a person."""
    days: int

    @property
    def worth(self) -> float:
        """The bet against "half of the visits in it find nobody"."""
        return UPHELD.after(self.days - self.answered, self.answered)

    @property
    def lacking(self) -> int:
        """How many more days with an answer would exclude a hole here; 0 where it is excluded."""
        missed = self.days - self.answered
        more = np.arange(4 * self.days + 20)
        worth = UPHELD.worth(np.full(len(more), missed), self.answered + more)
        return int(np.argmax(worth >= CONTRADICTED))


def daily(chats: Visits, promised: frozenset[int]) -> list[Daily]:
    """All stretches of the day, 4 h or longer within the `promised` hours, and what one casino's `chats` tell."""
    known = chats.where((answers(chats) >= 0) & np.isin(chats.cell, sorted(promised)))
    sure = known.are(Outcome.HUMAN_REPLY)
    clock, hour = known.clock, known.hour
    found = []
    for hours in stretches({cell % 24 for cell in promised}):
        rows: Ints = np.flatnonzero(np.isin(clock, hours))
        _, first = np.unique((hour[rows] - hours[0]) // 24, return_index=True)  # the first chat of each day's stretch
        found.append(Daily(hours, int(sure[rows[first]].sum()), len(first)))
    return found


def stretches(clocks: set[int]) -> Iterator[tuple[int, ...]]:
    """The stretches of the day that holes are looked for in: of 4, 6, 8 … h within `clocks`, all of a shorter run."""
    lengths = [length for length in LENGTHS if length >= SHORTEST]
    for run in _runs(clocks):
        whole_day = len(run) == 24
        for length in lengths if len(run) >= SHORTEST else [len(run)]:
            for start in range(24 if whole_day else len(run) - length + 1):
                yield tuple(run[(start + hour) % 24] if whole_day else run[start + hour] for hour in range(length))


def _runs(clocks: set[int]) -> list[list[int]]:
    """`clocks` as runs of neighbouring hours, round midnight too."""
    if len(clocks) == 24:
        return [list(range(24))]
    starts = sorted(hour for hour in clocks if (hour - 1) % 24 not in clocks)
    runs = []
    for start in starts:
        run = [start]
        while (run[-1] + 1) % 24 in clocks:
            run.append((run[-1] + 1) % 24)
        runs.append(run)
    return runs


def cheapest(lacking: Mapping[tuple[int, ...], int]) -> Counter[int]:
    """By hour of the day how many more visits, one a day in each stretch, give every stretch what it is `lacking`.

    Greedy: always the hour that most of the shortest stretches still want, so it is near the fewest, and enough.
    """
    wanted: Counter[int] = Counter()
    left = dict(lacking)
    while wanting := [hours for hours, more in left.items() if more > 0]:
        shortest = min(map(len, wanting))
        helped = Counter(hour for hours in wanting if len(hours) == shortest for hour in hours)
        hour = min(helped, key=lambda one: (-helped[one], wanted[one], one))
        wanted[hour] += 1
        for hours in wanting:
            left[hours] -= hour in hours
    return wanted
