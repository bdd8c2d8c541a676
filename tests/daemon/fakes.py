"""Stand-ins at our own protocols: clocks set by hand, and a dispatch that writes real rows without a browser."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from ulid import ULID

from chatprobe.daemon.dispatch import Errand, Looked, Made
from chatprobe.errors import BrowserMissing
from chatprobe.model import Depth, Event, EventName, Origin, Outcome
from chatprobe.plan.cells import cell
from chatprobe.scenario.schema import Scenario
from chatprobe.store import Recorder, Store
from chatprobe.times import iso


class HandClock:
    """Both clocks stand still until told."""

    def __init__(self, now: float = 0.0) -> None:
        self.now = now
        self.steady = 0.0

    def now_ms(self) -> float:
        return self.now

    def steady_ms(self) -> float:
        return self.steady

    def run(self, ms: float) -> None:
        """Time passes."""
        self.now += ms
        self.steady += ms

    def set(self, ms: float) -> None:
        """Somebody sets the system's clock, so much forward."""
        self.now += ms


class RowDispatch:
    """Opens and closes a probe's row; what happens between is the test's."""

    def __init__(self, store: Store, now: Callable[[], float]) -> None:
        self.outcome = Outcome.HUMAN_REPLY
        self.reachable = True
        self.error: Exception | None = None
        """Raised instead of doing anything."""
        self.hold = False
        """Whether a probe goes on until it is let go or stopped."""
        self.deaf = False
        """Whether it does not hear that it is to stop."""
        self.errands: list[Errand] = []
        self.going = asyncio.Event()
        """Lets go what is held."""
        self.held = 0
        """How many are held."""
        self.holding = asyncio.Event()
        """Set when one is."""
        self.refused: Exception | None = None
        """Raised instead of looking at a scenario that broke."""
        self.advice: str | None = "chat.launcher is broken"
        """What the doctor says."""
        self.examined: list[str] = []
        """The casinos that he looked at."""
        self._store, self._now = store, now

    async def online(self) -> bool:
        return self.reachable

    async def probe(self, errand: Errand, stop: asyncio.Event) -> Made:
        self.errands.append(errand)
        if self.error and not isinstance(self.error, BrowserMissing):
            raise self.error
        recorder = self._begun(errand)
        outcome = self.outcome
        if self.hold and await self._stopped(stop):
            outcome = Outcome.INTERRUPTED
        if self.error:
            outcome = Outcome.PROBE_FAULT
        recorder.finish({"outcome": str(outcome), "finished_at": iso(self._now())})
        if self.error:
            raise self.error
        return Made(recorder.probe_id, outcome)

    async def examine(self, scenario: Scenario, stop: asyncio.Event) -> Looked:
        if self.refused:
            raise self.refused
        self.examined.append(scenario.casino)
        recorder = self._begun(Errand("", iso(self._now()), Depth.CHAT, scenario), Origin.DOCTOR)
        part = {"part": "chat.launcher", "state": "broken", "proposals": [{"text": "#new", "verified": True}]}
        recorder.add(Event(self._now(), EventName.EXAMINED, {"parts": [part] if self.advice else []}))
        outcome = Outcome.SCENARIO_BROKEN if self.advice else Outcome.ONLINE
        recorder.finish({"outcome": str(outcome), "finished_at": iso(self._now())})
        return Looked(recorder.probe_id, self.advice)

    def _begun(self, errand: Errand, origin: Origin = Origin.PLAN) -> Recorder:
        scenario, now = errand.scenario, self._now()
        self._store.add_scenario(scenario.casino, scenario.sha256, scenario.yaml, iso(now))
        row = {
            "id": str(ULID()),
            "casino": scenario.casino,
            "scenario_sha256": scenario.sha256,
            "slot_id": errand.slot_id or None,
            "origin": str(origin),
            "depth": str(errand.depth),
            "cell": cell(now, scenario.timezone),
            "planned_at": errand.planned_at,
            "started_at": iso(now),
        }
        recorder = self._store.begin(row, iso(now + 900_000))
        if origin is Origin.PLAN and errand.depth is Depth.CHAT and self.outcome is not Outcome.OFFLINE:
            recorder.add(Event(now, EventName.ASKING))
        return recorder

    async def _stopped(self, stop: asyncio.Event) -> bool:
        """Wait until let go (False) or told to stop (True)."""
        waits = [asyncio.create_task(self.going.wait())]
        waits += [] if self.deaf else [asyncio.create_task(stop.wait())]
        self.held += 1
        self.holding.set()
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self.held -= 1
            for wait in waits:
                wait.cancel()
        return not self.going.is_set()
