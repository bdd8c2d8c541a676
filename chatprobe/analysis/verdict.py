"""What is said of a claim, with everything that it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any

from chatprobe.analysis.claims import Claim
from chatprobe.analysis.intervals import Interval
from chatprobe.analysis.reason import Reason
from chatprobe.times import iso


class Standing(StrEnum):
    """How a claim stands."""

    UPHELD = "upheld so far"
    CONTRADICTED = "contradicted"
    """Evidence of 20 : 1 or more, for the dates told."""
    REFUTED = "refuted"
    """Evidence of 100 : 1 or more by at most two visits a week: to be published."""
    OPEN = "not enough data"


SETTLED = frozenset({Standing.UPHELD, Standing.REFUTED})
"""Nothing more is hunted for."""


_MANY = 1_000_000


def odds(evidence: float) -> str:
    """``120 : 1``; beyond a million nobody cares."""
    return f"over {_MANY:,} : 1" if evidence > _MANY else f"{evidence:,.0f} : 1"


@dataclass(frozen=True)
class Witness:
    """One visit that a verdict rests on."""

    probe_id: str
    at: float
    """Epoch ms."""
    cell: int
    """Hour of the week on the casino's clocks, 0-167."""
    outcome: str
    answered: bool
    """Whether it speaks for the claim."""


@dataclass(frozen=True)
class Clock:
    """What was met at one hour of the day."""

    hour: int
    answered: int
    missed: int


@dataclass(frozen=True)
class Met:
    """All that was met at one hour of the day, in the window or not."""

    hour: int
    answered: int
    """What is arguable counts as an answer."""
    counted: int
    """Nobody was there, and it counts."""
    uncounted: int
    """Nobody was there, and it counts for nothing: nobody had just answered before."""


@dataclass(frozen=True)
class Settling:
    """What would settle the claim soonest, if the visits to come all went one way."""

    towards: Standing
    visits: int
    hours: Mapping[int, int] = field(default_factory=dict)
    """How many of them at which hour of the day; empty where any hour will do."""
    cells: tuple[int, ...] = ()
    """The hours of the week that they must lie in, where not every day will do."""


@dataclass(frozen=True)
class Verdict:
    """How one claim of one casino stands, and why."""

    casino: str
    claim: Claim
    promise: str
    """What is claimed, as people write it: ``24/7``, ``fr``, ``60s``."""
    standing: Standing
    evidence: float | None
    """What the bets are worth to 1: those against the claim, or of an upheld one those against a breach of it.

    None where nothing is betted on.
    """
    estimate: float | None
    """Share of visits that found what was promised, by the survey; None where too little is known."""
    interval: Interval
    """Of that share: right at every look at once in 95 % of casinos."""
    counts: Mapping[str, int]
    """Visits by what they are to the claim."""
    method: str
    since: float | None
    """Epoch ms of the first visit that counts; None without any."""
    until: float | None
    """Of the last one; of a contradicted or refuted claim, of the last one that it was so by."""
    settled_at: float | None = None
    """When it was contradicted or refuted."""
    reason: Reason | None = None
    """Why there is no verdict, where our own faults are the reason."""
    clocks: tuple[Clock, ...] = ()
    """The hours of the day in the window that the bets won by, or that they lead in."""
    window: frozenset[int] = frozenset()
    """The hours of the week of that window."""
    day: tuple[Met, ...] = ()
    """Every hour of the day in which anything is promised."""
    excluded: Reason | None = None
    """Of an upheld claim, what kind of breach can be excluded, and nothing else."""
    settling: tuple[Settling, ...] = ()
    """What would settle it, of a claim that is open."""
    witnesses: tuple[Witness, ...] = field(default=(), repr=False)
    """The visits behind it, oldest first."""

    @property
    def shared_by(self) -> int:
        """Visits that `estimate` is a share of: those of the survey, or looks at the sign."""
        return next((self.counts[name] for name in ("survey", "looks", "counted") if name in self.counts), 0)

    def as_row(self, *, why: bool = False) -> dict[str, Any]:
        """The shape of `verdict --json`, with the visits behind it where `why` is asked for."""
        row = asdict(replace(self, reason=None, excluded=None, witnesses=self.witnesses if why else ()))
        row |= {name: reason and str(reason) for name, reason in (("reason", self.reason), ("excluded", self.excluded))}
        row |= {"claim": str(self.claim), "standing": str(self.standing), "interval": list(self.interval)}
        row |= {name: None if row[name] is None else iso(row[name]) for name in ("since", "until", "settled_at")}
        row["window"] = sorted(self.window)
        row["witnesses"] = [{**one, "at": iso(one["at"])} for one in row["witnesses"]] if why else None
        return row
