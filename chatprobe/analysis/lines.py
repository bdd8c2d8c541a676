"""Lines of waiting visitors: what was announced, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import inf

import numpy as np

from chatprobe.analysis.curve import Curve, incidence
from chatprobe.analysis.visits import Visits

PLACES = ((1, 1), (2, 2), (3, 5), (6, 10), (11, inf))
"""First places in line that are put together."""


@dataclass(frozen=True)
class Line:
    """Visits that were told about as good a place in line."""

    places: tuple[float, float]
    """First and last place; the last may be infinite."""
    visits: int
    answered: int
    """By a person."""
    left: int
    """Of the others those that left a line longer than the scenario allows: they stand in no curve's way, censored."""
    wait: Curve
    """From the first notice to a person's text, ms."""

    @property
    def name(self) -> str:
        """The places as text: ``3-5``, ``11+``."""
        first, last = self.places
        return f"{first}" if first == last else f"{first}+" if last == inf else f"{first}-{last}"


def lines_of(survey: Visits) -> Iterator[Line]:
    """The lines met in `survey`, by the first place that was announced, those of unknown place left out."""
    for first, last in PLACES:
        stood = survey.where((survey.queue_first >= first) & (survey.queue_first <= last))
        if not len(stood):
            continue
        entered = np.nan_to_num(stood.queue_entered_ms)
        human = ~np.isnan(stood.first_human_ms)
        followed = np.where(human, stood.first_human_ms, np.nan_to_num(stood.waited_ms)) - entered
        wait = incidence(np.maximum(followed, 0.0), human)
        yield Line((first, last), len(stood), int(human.sum()), int(stood.left.sum()), wait)
