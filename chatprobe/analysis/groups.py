"""What visits can be split by."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

import numpy as np

from chatprobe.analysis.names import Ints
from chatprobe.analysis.visits import Visits

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


class By(StrEnum):
    """A way to split visits."""

    HOUR = "hour"
    """Of the day, on the casino's clocks."""
    WEEKDAY = "weekday"
    CASINO = "casino"
    LANGUAGE = "language"
    """That was asked in."""
    QUESTION = "question"


def groups(visits: Visits, by: By) -> Iterator[tuple[str, Visits]]:
    """One casino's `visits` by `by`: the name of each part that has any, and the part."""
    if by is By.CASINO:
        yield "", visits
    elif by is By.HOUR:
        yield from _parts(visits, visits.clock, [f"{hour:02}" for hour in range(24)])
    elif by is By.WEEKDAY:
        yield from _parts(visits, visits.weekday, list(DAYS))
    else:
        column = visits.language if by is By.LANGUAGE else visits.question
        for name in column.met():
            yield name, visits.where(column.are(name))


def _parts(visits: Visits, of: Ints, names: list[str]) -> Iterator[tuple[str, Visits]]:
    for number in np.unique(of).tolist():
        yield names[number], visits.where(of == number)
