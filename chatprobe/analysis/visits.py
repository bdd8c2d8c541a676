"""The input of all statistics: ended visits as columns, what counts among them, and what is left out and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chatprobe.analysis.names import Floats, Ints, Mask, Names
from chatprobe.columns import NONE, Columns
from chatprobe.model import POLITE, EndedBy, Outcome, Side

HOUR_MS = 3_600_000.0
DAY_MS = 24 * HOUR_MS
_MONDAY = 72
"""The hour of the week at which the epoch began: it was a Thursday."""
_FARTHEST = 15
"""No clock on earth is further from UTC, in hours: a stored cell that says so is damaged."""
OUTCOMES = tuple(map(str, Outcome))
ENDINGS = tuple(map(str, EndedBy))


def code(outcome: Outcome) -> int:
    """The number of `outcome` in `Visits.outcome`."""
    return OUTCOMES.index(outcome)


_AS_READ = frozenset(
    {
        *("scenario", "question", "language", "agent", "key", "answered_in"),
        *("first_bot_ms", "first_unknown_ms", "first_human_ms", "waited_ms", "deadline_ms", "greeted_ms"),
        *("queue_entered_ms", "queue_first", "handoff_turns", "handoff_clicks", "answer_match"),
    }
)
_CASINO_SIDE = np.array([one.side == Side.CASINO for one in Outcome] + [False])
_POLITE = np.array([one in POLITE for one in EndedBy] + [False])


@dataclass(frozen=True)
class Visits:
    """Visits that ended, by casino (by alphabet), then by time; each field is a column with one entry for each visit.

    Times are epoch ms, durations ms from asking unless said otherwise; NaN where the database holds nothing.
    """

    ids: NDArray[np.object_]
    """ULIDs of the probes."""
    casino: Names
    scenario: Names
    """SHA-256 of the scenario's text."""
    question: Names
    language: Names
    """What was asked in."""
    answered_in: Names
    """What a person answered in; of several languages the one that was asked in."""
    agent: Names
    """Pseudonym of the person who answered first."""
    key: Names
    """The key that pseudonym was made with: never mix two."""
    planned: Mask
    """Drawn by the plan; what people ran when it suited them is a convenience sample."""
    chat: Mask
    """Whether a question was to be asked; else it was a look at the launcher."""
    even: Mask
    """Not drawn by a look at outcomes: with `planned` and `chat` the survey, on which all estimates rest."""
    outcome: NDArray[np.int8]
    """Index into `OUTCOMES`; -1 for what this program does not know."""
    ended_by: NDArray[np.int8]
    """Index into `ENDINGS`, or -1."""
    proven: Mask
    """False for a `not_offered` unless the same scenario found the chat up to 48 h before and after: it may be ours."""
    at: Floats
    """When it was asked, else started."""
    hour: Ints
    """The hour on the casino's own clocks, counted from its 1970-01-01 00:00."""
    asked: Mask
    """Whether the question was sent, or was about to be."""
    line_ms: Floats
    """From getting in line to asking."""
    greeted_ms: Floats
    """From getting in line to a person's text before the question."""
    first_bot_ms: Floats
    first_unknown_ms: Floats
    first_human_ms: Floats
    queue_entered_ms: Floats
    queue_first: Floats
    """First place in line that was announced."""
    handoff_turns: Floats
    handoff_clicks: Floats
    waited_ms: Floats
    """To the end of listening; of those who could not ask, from getting in line."""
    deadline_ms: Floats
    answer_match: Floats
    """1 if a person's answer held what the key expects, 0 if not."""

    def __len__(self) -> int:
        return len(self.at)

    def where(self, rows: Mask | Ints | slice) -> Visits:
        """Those `rows` only."""
        return Visits(**{one.name: getattr(self, one.name)[rows] for one in fields(self)})

    def of(self, casino: str) -> Visits:
        """One casino's."""
        return self.where(self.casino.are(casino))

    def by_casino(self) -> Iterator[tuple[str, Visits]]:
        """Each casino with its visits, by alphabet; a view, not a copy."""
        codes = self.casino.codes
        edges = [0, *(np.flatnonzero(np.diff(codes)) + 1).tolist(), len(codes)]
        for first, last in pairwise(edges):
            if first < last:
                yield self.casino.names[codes[first]], self.where(slice(first, last))

    def since(self, at: float) -> Visits:
        """Those of `at` (epoch ms) and later."""
        return self.where(self.at >= at)

    def are(self, *outcomes: Outcome) -> Mask:
        """Which ended with one of `outcomes`."""
        return np.isin(self.outcome, [code(one) for one in outcomes])

    @cached_property
    def sided(self) -> Mask:
        """Which outcomes are the casino's doing."""
        return _CASINO_SIDE[self.outcome] & self.proven

    @cached_property
    def counted(self) -> Mask:
        """Which enter statistics: the casino's doing, but for pages that failed; and waits that we cut short."""
        cut = ~_CASINO_SIDE[self.outcome] & self.asked & self.are(Outcome.INTERRUPTED)
        return (self.sided & ~self.are(Outcome.SITE_DOWN)) | cut

    @cached_property
    def shut(self) -> Mask:
        """Which found the chat closed or not there: nobody answers, however long one waits."""
        return self.are(Outcome.OFFLINE, Outcome.NOT_OFFERED) & self.proven

    @cached_property
    def left(self) -> Mask:
        """Which we left politely although somebody might still have come, and nobody had answered."""
        return _POLITE[self.ended_by] & self.sided & ~self.shut & ~self.are(Outcome.HUMAN_REPLY, Outcome.UNSURE_REPLY)

    @property
    def clock(self) -> Ints:
        """Hour of the day on the casino's clocks, 0-23."""
        return self.hour % 24

    @property
    def cell(self) -> Ints:
        """Hour of the week, 0-167; 0 is Monday 00:00-00:59."""
        return (self.hour + _MONDAY) % 168

    @property
    def day(self) -> Ints:
        """The date on the casino's calendar, days since 1970-01-01."""
        return self.hour // 24

    @property
    def weekday(self) -> Ints:
        """0 is Monday."""
        return self.cell // 24

    def survey(self) -> Visits:
        """What estimates rest on: planned chats drawn evenly, as far as they count."""
        return self.where(self.chat & self.even & self.counted)

    def left_out(self) -> dict[str, int]:
        """Chats that enter no statistics, by the reason: an outcome of ours before asking, a page that failed …"""
        rows = self.chat & ~self.counted
        names = [OUTCOMES[one] if one >= 0 else "unknown outcome" for one in self.outcome[rows].tolist()]
        return dict(Counter(names).most_common())


def visits_of(columns: Columns, *, everything: bool = False) -> Visits:
    """The visits in `columns` (what `Store.visits` gives): those of the plan, or `everything`.

    What has no time is left out. A chat of no known slot counts as drawn evenly: only a hunt looks at outcomes.
    """
    texts, numbers = _arrays(columns)
    at = np.rint(numbers["at"])  # SQLite counts days; the database holds whole ms
    table: dict[str, Any] = {
        **{name: values for name, values in numbers.items() if name in _AS_READ},
        **{name: values for name, values in texts.items() if name in _AS_READ},
        "ids": np.array(columns.ids, object) if columns.ids else np.full(columns.count, None, object),
        "casino": texts["casino"].by_alphabet(),
        "planned": numbers["planned"] > 0,
        "chat": numbers["chat"] > 0,
        "even": ~(numbers["adaptive"] > 0),
        "outcome": texts["outcome"].recoded(OUTCOMES),
        "ended_by": texts["ended_by"].recoded(ENDINGS),
        "proven": numbers["proven"] > 0,
        "at": at,
        "hour": _local_hour(at, numbers["cell"]),
        "asked": numbers["asking"] > 0,
        "line_ms": np.rint(numbers["line_ms"]),
    }
    visits = Visits(**table)
    kept = np.flatnonzero(~np.isnan(at) & (visits.planned | everything))
    return visits.where(kept[np.lexsort((at[kept], visits.casino.codes[kept]))])


def _arrays(columns: Columns) -> tuple[dict[str, Names], dict[str, Floats]]:
    """The columns as arrays, without a copy; those that were not read hold nothing."""
    nothing, blank = np.full(columns.count, NONE, np.int32), np.full(columns.count, np.nan)
    texts = {
        name: Names(nothing, ()) if name in columns.left_out else Names.of(column)
        for name, column in columns.texts.items()
    }
    numbers: dict[str, Floats] = {
        name: blank if name in columns.left_out else np.frombuffer(column) for name, column in columns.numbers.items()
    }
    return texts, numbers


def _local_hour(at: Floats, cell: Floats) -> Ints:
    """The hour on the casino's clocks: the one nearest in UTC that is the stored hour of the week."""
    utc = np.floor(np.nan_to_num(at) / HOUR_MS).astype(np.int64)
    ahead = (np.nan_to_num(cell).astype(np.int64) - utc - _MONDAY + 84) % 168 - 84
    ahead[np.isnan(cell) | (np.abs(ahead) > _FARTHEST)] = 0
    return utc + ahead
