"""The seam between plan and probe: what is to be done, whoever and wherever does it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Protocol

from chatprobe.model import Depth, Outcome
from chatprobe.scenario.schema import Scenario


@dataclass(frozen=True)
class Errand:
    """One planned probe, its time having come."""

    slot_id: str
    planned_at: str
    """ISO text."""
    depth: Depth
    scenario: Scenario
    """As it is now; its text travels with the errand."""


@dataclass(frozen=True)
class Made:
    """The probe that an errand became, its row closed."""

    probe_id: str
    outcome: Outcome


@dataclass(frozen=True)
class Looked:
    """What the doctor said of a scenario."""

    probe_id: str
    advice: str | None
    """What is wrong and what to write instead; None where all is well."""


class Dispatch(Protocol):
    """Whoever does probes."""

    async def online(self) -> bool:
        """Whether our own network works; True where there is no way to tell."""

    async def probe(self, errand: Errand, stop: asyncio.Event) -> Made:
        """Do one probe; leave politely once `stop` is set.

        Raises BudgetRefused, with nothing written, when manners forbid it; BrowserMissing, the row closed, when no
        browser starts; StorageFull and DatabaseError when the facts cannot be kept.
        """

    async def examine(self, scenario: Scenario, stop: asyncio.Event) -> Looked:
        """Have a scenario that broke examined, without sending anything; raises what `probe` raises."""
