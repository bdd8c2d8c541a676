"""The verdict on the widget's own word: does it say "open" when the casino promises that it is?"""

from __future__ import annotations

import numpy as np

from chatprobe.analysis.case import Case, clocks, dates, witnesses
from chatprobe.analysis.claims import Claim
from chatprobe.analysis.intervals import sequence
from chatprobe.analysis.names import Ints, Mask
from chatprobe.analysis.reason import Reason
from chatprobe.analysis.trial import DATES, SPAN_DAYS
from chatprobe.analysis.upheld import SHORTEST, cheapest, stretches
from chatprobe.analysis.verdict import Settling, Standing, Verdict
from chatprobe.analysis.visits import Visits
from chatprobe.model import Outcome

METHOD = (
    'the widget\'s own sign, as looks and chats met it; one "closed" in promised hours contradicts them, '
    "on three dates over six days or more it refutes them"
)
LEAST = 6
"""Days with a look in every stretch of the day before a claim is upheld: as many as the bets on answers need."""
EXCLUDED = Reason("excluded_sign", length=SHORTEST)


def on_status(case: Case) -> Verdict:
    """Whether the widget says "open" in the promised hours. Whether anybody answers then is another claim."""
    promised = case.claims.hours or frozenset()
    seen = case.visits.where(case.in_force(Claim.STATUS, visits=case.visits))
    spoken = seen.where(_says_something(seen) & np.isin(seen.cell, sorted(promised)))
    closed = spoken.are(Outcome.OFFLINE)
    looks = ~spoken.chat
    days = np.unique(spoken.day[closed])
    standing = _standing(spoken, days, promised)
    refuting = standing in (Standing.CONTRADICTED, Standing.REFUTED)
    rows = np.flatnonzero(closed) if refuting else np.arange(len(spoken))
    since, until = dates(spoken, rows)
    n, hits = int(looks.sum()), int((looks & ~closed).sum())
    return Verdict(
        casino=case.casino,
        claim=Claim.STATUS,
        promise=case.claims.hours_text,
        standing=standing,
        evidence=None,
        estimate=hits / n if n else None,
        interval=sequence(hits, n),
        counts={
            "looks": n,
            "closed_looks": n - hits,
            "chats": len(spoken) - n,
            "closed_chats": int((closed & ~looks).sum()),
            "closed_dates": len(days),
        },
        method=METHOD,
        since=since,
        until=until,
        settled_at=since if refuting else None,
        clocks=clocks(spoken, np.arange(len(spoken)), ~closed),
        excluded=EXCLUDED if standing is Standing.UPHELD else None,
        settling=_settling(spoken, promised) if standing is Standing.OPEN else (),
        witnesses=witnesses(spoken, rows, ~closed),
    )


def _says_something(seen: Visits) -> Mask:
    """Looks that read a sign, and chats that were offered or told that it is closed."""
    asked = seen.chat & seen.sided & ~seen.are(Outcome.SITE_DOWN, Outcome.NOT_OFFERED)
    return asked | (~seen.chat & seen.are(Outcome.ONLINE, Outcome.OFFLINE))


def _standing(spoken: Visits, closed_days: Ints, promised: frozenset[int]) -> Standing:
    if len(closed_days) >= DATES and closed_days[-1] - closed_days[0] >= SPAN_DAYS:
        return Standing.REFUTED
    if len(closed_days):
        return Standing.CONTRADICTED
    return Standing.OPEN if any(_lacking(spoken, promised).values()) else Standing.UPHELD


def _lacking(spoken: Visits, promised: frozenset[int]) -> dict[tuple[int, ...], int]:
    """By stretch of the day on how many more days somebody must look."""
    clock, day = spoken.clock, spoken.day
    shortest = [hours for hours in stretches({cell % 24 for cell in promised}) if len(hours) <= SHORTEST]
    return {hours: max(0, LEAST - len(np.unique(day[np.isin(clock, hours)]))) for hours in shortest}


def _settling(spoken: Visits, promised: frozenset[int]) -> tuple[Settling, ...]:
    """One "closed" would contradict it; looks that all say "open" would uphold it."""
    wanted = cheapest(_lacking(spoken, promised))
    return Settling(Standing.UPHELD, wanted.total(), dict(sorted(wanted.items()))), Settling(Standing.CONTRADICTED, 1)
