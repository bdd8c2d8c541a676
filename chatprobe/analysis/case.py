"""One casino before its judge: its visits, its claims, and what they were when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from chatprobe.analysis.claims import Claim, Claims
from chatprobe.analysis.fitness import unfit
from chatprobe.analysis.names import Ints, Mask
from chatprobe.analysis.reason import Reason
from chatprobe.analysis.verdict import Clock, Met, Witness
from chatprobe.analysis.visits import OUTCOMES, Visits


@dataclass(frozen=True)
class Case:
    """All that verdicts on one casino rest on."""

    casino: str
    visits: Visits
    """Its planned visits, looks and chats, of all times."""
    claims: Claims
    """What it claims today."""
    earlier: Mapping[str, Claims] = field(default_factory=dict)
    """What it claimed in each scenario text, by SHA-256; of a text that is not here the same as today."""
    slots: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    """By hour of the day its survey slots that are over, and how many of them were lost."""

    @cached_property
    def chats(self) -> Visits:
        """Its chats, survey and hunt."""
        return self.visits.where(self.visits.chat)

    def in_force(self, claim: Claim, language: str = "", visits: Visits | None = None) -> Mask:
        """Which of the chats (or `visits`) fell in times in which the same was claimed as today."""
        column = (self.chats if visits is None else visits).scenario
        texts = [self.earlier.get(sha256) for sha256 in column.names]
        same = [text is None or self.claims.same(claim, text, language) for text in texts]
        return np.array([*same, True])[column.codes]  # the last is for visits of no known text

    def unfit(self, chats: Visits) -> Reason | None:
        """Why no verdict may be made of `chats`; None where one may."""
        return unfit(chats, self.slots)


def witnesses(visits: Visits, rows: Ints, answered: Mask) -> tuple[Witness, ...]:
    """The visits in `rows`, as evidence."""
    cells = visits.cell
    return tuple(
        Witness(
            str(visits.ids[row]),
            float(visits.at[row]),
            int(cells[row]),
            OUTCOMES[visits.outcome[row]],
            answered=bool(answered[row]),
        )
        for row in rows.tolist()
    )


def clocks(visits: Visits, rows: Ints, answered: Mask) -> tuple[Clock, ...]:
    """The visits in `rows` by hour of the day, those hours that have any."""
    hours, met = visits.clock[rows], answered[rows]
    return tuple(
        Clock(hour, int((met & (hours == hour)).sum()), int((~met & (hours == hour)).sum()))
        for hour in np.unique(hours).tolist()
    )


def whole_day(chats: Visits, met: Ints, counted: Mask) -> tuple[Met, ...]:
    """The `chats` by hour of the day, those hours that have any; `met` is what `trial.answers` says of each."""
    found = []
    for hour in np.unique(chats.clock[met >= 0]).tolist():
        here = chats.clock == hour
        missed = here & (met == 0)
        sizes = (int(rows.sum()) for rows in (here & (met == 1), missed & counted, missed & ~counted))
        found.append(Met(hour, *sizes))
    return tuple(found)


def dates(visits: Visits, rows: Ints) -> tuple[float | None, float | None]:
    """Epoch ms of the first and the last of the visits in `rows`."""
    at = visits.at[rows]
    return (float(at.min()), float(at.max())) if len(at) else (None, None)
