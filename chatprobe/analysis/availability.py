"""Is anybody there? Three figures for each hour: a chat is offered, something answers, a person answers in time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from chatprobe.analysis.curve import SLACK_MS
from chatprobe.analysis.intervals import Interval, clopper_pearson, wilson
from chatprobe.analysis.names import Ints, Mask
from chatprobe.analysis.visits import ENDINGS, Visits
from chatprobe.model import EndedBy, Outcome

WITHIN_MS = 300_000.0
"""What is meant by "in time" unless something else is asked for."""
LEAST_IN_CELL = 5
"""With fewer chats a cell of a heat map shows no shade."""


@dataclass(frozen=True)
class Rate:
    """A share of visits with Wilson's interval."""

    hits: int
    n: int
    doubtful: int = 0
    """Perhaps hits, not counted as such: the interval goes from its lower end without them to its upper with them."""

    @property
    def estimate(self) -> float | None:
        """Without the doubtful ones; None where there was no visit."""
        return self.hits / self.n if self.n else None

    @property
    def interval(self) -> Interval:
        """95 %."""
        return Interval(wilson(self.hits, self.n).low, wilson(self.hits + self.doubtful, self.n).high)

    @property
    def limits(self) -> Interval:
        """The same by Clopper and Pearson, for a share that is published by itself."""
        low, high = (clopper_pearson(hits, self.n) for hits in (self.hits, self.hits + self.doubtful))
        return Interval(low.low, high.high)


@dataclass(frozen=True)
class Availability:
    """What was met in some hours."""

    offered: Rate
    """A chat could be used."""
    any_answer: Rate
    """A bot, a person or somebody unknown wrote something after the question."""
    human: Rate
    """A person answered in time; `doubtful` where that is not known."""

    @property
    def enough(self) -> bool:
        """Whether there were enough visits for a shade in a heat map."""
        return self.offered.n >= LEAST_IN_CELL


def availability(survey: Visits, parts: Ints, count: int, within_ms: float = WITHIN_MS) -> list[Availability]:
    """For each of the numbers 0 to `count` - 1 in `parts`, one for each visit of `survey`, what was met there.

    `survey.clock` with 24 gives hours of the day, `survey.cell` with 168 hours of the week. Who was cut short by our
    own fault before there was an answer, or before `within_ms`, tells nothing of that figure and is not in its `n`.
    """
    human, doubtful, cut = in_time(survey, within_ms)
    answered = ~np.isnan(survey.first_human_ms) | ~np.isnan(survey.first_bot_ms) | ~np.isnan(survey.first_unknown_ms)

    def counted(rows: Mask) -> list[int]:
        return [int(one) for one in np.bincount(parts[rows], minlength=count)]

    def rates(hits: Mask, known: Mask, perhaps: Mask) -> list[Rate]:
        columns = (counted(one) for one in (hits, known, perhaps))
        return [Rate(*row) for row in zip(*columns, strict=True)]

    everybody, nobody = np.ones(len(survey), bool), np.zeros(len(survey), bool)
    told = answered | ~survey.are(Outcome.INTERRUPTED)
    offered = rates(~survey.shut, everybody, nobody)
    anything = rates(answered, told, survey.left & ~answered)
    return [Availability(*one) for one in zip(offered, anything, rates(human, ~cut, doubtful), strict=True)]


def in_time(chats: Visits, within_ms: float) -> tuple[Mask, Mask, Mask]:
    """Which chats a person surely answered in time, which perhaps, and which we cut short before that was known.

    Perhaps: by a reply of unknown author, or had we not left politely, or waited no longer than our deadline.
    """
    human = chats.first_human_ms <= within_ms
    long_enough = chats.waited_ms + SLACK_MS >= within_ms
    gone = chats.left | (chats.ended_by == ENDINGS.index(EndedBy.DEADLINE))
    doubtful = ~human & ((chats.first_unknown_ms <= within_ms) | (gone & ~chats.shut & ~long_enough))
    return human, doubtful, chats.are(Outcome.INTERRUPTED) & ~human & ~doubtful & ~long_enough
