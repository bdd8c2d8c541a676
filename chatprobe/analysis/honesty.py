"""Does "online" mean that somebody is there? The widget's sign against what a chat found at about the same time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from chatprobe.analysis.availability import Rate
from chatprobe.analysis.names import Ints, Mask
from chatprobe.analysis.visits import HOUR_MS, Visits
from chatprobe.model import Outcome

NEAR_MS = 2 * HOUR_MS
"""A look tells of a chat that is no further away."""


@dataclass(frozen=True)
class Honesty:
    """Chats beside the look nearest to each, and what looks said altogether."""

    online: Rate
    """Of the chats near a look that said "open", those that a person answered by the deadline."""
    offline: Rate
    """The same near a look that said "closed"."""
    unpaired: int
    """Chats without a look near them."""
    shown_open: Rate
    """Looks that said "open", of all that read a sign."""


def honesty(visits: Visits) -> Honesty:
    """One casino's; `visits` are all of it, looks and chats."""
    survey = visits.survey()
    unknown = ~np.isnan(survey.first_unknown_ms)
    # Who was cut short by our own fault before anybody wrote tells nothing of who would have.
    survey = survey.where(~survey.are(Outcome.INTERRUPTED) | ~np.isnan(survey.first_human_ms) | unknown)
    looks = visits.where(~visits.chat & visits.are(Outcome.ONLINE, Outcome.OFFLINE))
    open_signs = looks.are(Outcome.ONLINE)
    human = ~np.isnan(survey.first_human_ms)
    unsure = ~human & (~np.isnan(survey.first_unknown_ms) | survey.left)
    nearest = _nearest(looks, survey)
    paired = nearest >= 0
    said_open = np.zeros(len(survey), bool)
    said_open[paired] = open_signs[nearest[paired]]

    def rate(rows: Mask) -> Rate:
        return Rate(int((human & rows).sum()), int(rows.sum()), int((unsure & rows).sum()))

    shown = Rate(int(open_signs.sum()), len(looks))
    return Honesty(rate(paired & said_open), rate(paired & ~said_open), int((~paired).sum()), shown)


def _nearest(looks: Visits, chats: Visits) -> Ints:
    """For each chat the row of the look nearest in time, -1 where none is near."""
    if not len(looks):
        return np.full(len(chats), -1)
    after = np.searchsorted(looks.at, chats.at)
    before, after = np.maximum(after - 1, 0), np.minimum(after, len(looks) - 1)
    gaps = [np.abs(looks.at[rows] - chats.at) for rows in (before, after)]
    nearest = np.where(gaps[0] <= gaps[1], before, after)
    return np.where(np.minimum(*gaps) <= NEAR_MS, nearest, -1)
