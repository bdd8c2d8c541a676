"""All that is known of one casino, once read: what the page's sections are made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from chatprobe.analysis.availability import WITHIN_MS
from chatprobe.analysis.claims import Claims
from chatprobe.analysis.verdict import Verdict
from chatprobe.analysis.visits import Visits
from chatprobe.analysis.waits import Waits, deadline_of, waits_of

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LONGEST_MS = 600_000.0
"""How far waits are told where no probe says how long it would have waited."""


@dataclass(frozen=True)
class Matter:
    """One casino."""

    casino: str
    key: str
    """What it is called in the page's own addresses and in names of files."""
    visits: Visits
    """Its visits that are told of: planned ones, or all."""
    claims: Claims
    verdicts: tuple[Verdict, ...]
    zone: ZoneInfo
    """Whose clocks its hours are those of."""
    url: str = ""
    spent: dict[str, Any] = field(default_factory=dict)
    """See `Account.spent`."""
    made_with: tuple[dict[str, Any], ...] = ()
    """See `Account.made_with`."""
    slots: tuple[dict[str, Any], ...] = ()
    """See `Account.slots`."""
    seeds: tuple[int, ...] = ()
    simulated: bool = False
    """Whether any of its visits is one that nobody made."""

    @property
    def host(self) -> str:
        """The host of its address."""
        return urlsplit(self.url).hostname or ""

    @cached_property
    def survey(self) -> Visits:
        """What estimates rest on."""
        return self.visits.survey()

    @cached_property
    def waits(self) -> Waits:
        """How long visitors wait."""
        return waits_of(self.survey)

    @cached_property
    def deadline_ms(self) -> float:
        """How long most visits would have waited."""
        return deadline_of(self.survey) or LONGEST_MS

    @property
    def within_ms(self) -> float:
        """What "in time" is: no longer than most visits would have waited."""
        return min(WITHIN_MS, self.deadline_ms)

    def day(self, at: float) -> int:
        """The date of `at` (epoch ms) on the casino's calendar, days since 1970-01-01."""
        return self.local(at).toordinal() - _EPOCH.toordinal()

    def local(self, at: float) -> datetime:
        """`at` (epoch ms) on the casino's clocks."""
        return (_EPOCH + timedelta(milliseconds=at)).astimezone(self.zone)
