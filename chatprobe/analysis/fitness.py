"""Whether our own failures leave enough to judge by."""

from __future__ import annotations

from collections.abc import Mapping

from chatprobe.analysis.reason import Reason
from chatprobe.analysis.visits import Visits

MOST_FAULTS = 0.25
WINDOW_HOURS = 4
LEAST_LOST = 3
"""Fewer lost slots say nothing of a window: in the first weeks it has only one or two."""


def unfit(chats: Visits, slots: Mapping[int, tuple[int, int]]) -> Reason | None:
    """Why no verdict may be made of `chats`, as a sentence; None where one may.

    `slots` tells by hour of the day how many survey slots are over and how many of them were lost.
    """
    ours = int((~chats.sided).sum())
    if ours > MOST_FAULTS * len(chats):
        return Reason("faults", ours=ours, chats=len(chats), most=round(100 * MOST_FAULTS))
    for start in range(24):
        hours = [(start + hour) % 24 for hour in range(WINDOW_HOURS)]
        all_slots, lost = (sum(slots.get(hour, (0, 0))[which] for hour in hours) for which in (0, 1))
        if lost >= LEAST_LOST and 2 * lost > all_slots:
            end = (start + WINDOW_HOURS) % 24
            return Reason("slots_lost", lost=lost, slots=all_slots, first=start, last=end)
    return None
